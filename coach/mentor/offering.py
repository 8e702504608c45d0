"""Whether a turn asks for what the mentor has just offered to tell ("Ask me how I counted").

Meaning is of little help there: an offer names its story in a word or two, and "How many?" is near
to nothing.
"""

from __future__ import annotations

from coach.listening.overlap import content_words
from coach.mentor.asking import begs_leave_to_ask, is_lost

_OF_ASKING = frozenset(("ask", "asking", "asked", "tell", "telling", "hear"))
_BEGINNING, _ENDING = 3, 2
"""Letters that forms of one word have in common at least ("lose", "lost"), and that the shorter one
may end in otherwise: "mistake" is no form of "missing"."""


def asks_for_offer(line: str, text: str, asking: str) -> bool:
    """Whether a turn asks for what the line it answers offers to tell.

    It does where it has no subject of its own, or half of its subject is in the line.

    Args:
        line: what the mentor said.
        text: the turn.
        asking: the words of it that ask.
    """
    if is_lost(text) or begs_leave_to_ask(text):
        return False
    offered, asked = _matter(line), _matter(asking)
    taken = [word for word in asked if any(_alike(word, other) for other in offered)]
    return 2 * len(taken) >= len(asked)


def _matter(text: str) -> list[str]:
    return [word for word in content_words(text) if word not in _OF_ASKING]


def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    common = max(_BEGINNING, shorter - _ENDING)
    return one == other or (shorter > _BEGINNING and one[:common] == other[:common])
