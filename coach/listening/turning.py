"""The word of a turn that most likely turns a point round.

The reader of single points learned which words were exchanged in attempts that differ from a true
one in a word or two; ``coach eval word`` says how often the word it names is one of those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.listening.encoder import Floats
from coach.listening.odds import logistic
from coach.listening.reading import Span

LEAST = 0.3
"""How likely it must be of the word itself."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def turning_word(text: str, offsets: Sequence[Span], twists: Floats) -> Span | None:
    """Where it stands; None where no word stands out.

    Args:
        text: the turn.
        offsets: where its word pieces stand.
        twists: log odds of each piece, (pieces,).
    """
    if not len(twists):
        return None
    best = int(twists.argmax())
    if logistic(float(twists[best])) < LEAST:
        return None
    start, end = offsets[best]
    around = (match.span() for match in _WORD.finditer(text))
    return next(((a, b) for a, b in around if a <= start and end <= b), None)
