"""Whether the partner's words, taken over into a turn, stand in an order that says anything.

Words listed or thrown together share all their matter with what they answer, and nets that look for
shared matter take them for listening. Their parts of speech give them away: in talk, in dialect and
a learner's English too, most follow those that usually do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from coach.listening.overlap import content_words, folded
from coach.listening.utterance import Utterance

Following = Mapping[str, Mapping[str, float]]
"""For each part of speech those seen after it: log of how much oftener than by chance. Under ``""``
stands what holds for any other."""

_LEAST, _MATTER = 5, 3
"""Words, and those among them that carry matter: fewer are a remark ("Scanner, not memory")."""
_THEIRS, _IN_ORDER = 0.8, 0.7
"""The share of the words that are the partner's, and that come as the partner had them: notes of
what was said, one after the other, are no jumble."""
_LOOSE = 0.15
"""No labelled row that plays no trick lies below; the nearest, one that trains, lies at 0.19."""
_EDGE, _STOP, _PAUSE = "^", ".", ","
_DOUBT = 3.0
"""So many sightings a chance neighbour counts for."""


def following(docs: Iterable[Doc]) -> dict[str, dict[str, float]]:
    """What usually follows what, from analysed texts (bigrams smoothed towards single tags)."""
    pairs = Counter(pair for doc in docs for pair in pairwise(_tags(doc)))
    after, before = Counter[str](), Counter[str]()
    for (first, second), count in pairs.items():
        before[first] += count
        after[second] += count
    whole = after.total()
    found = {tag: {"": round(math.log(_DOUBT / (n + _DOUBT)), 2)} for tag, n in before.items()}
    for (first, second), count in pairs.items():
        chance = after[second] / whole
        p = (count + _DOUBT * chance) / (before[first] + _DOUBT)
        found[first][second] = round(math.log(p / chance), 2)
    return found


def jumbled(turn: Utterance, context: Utterance, usual: Following) -> bool:
    """Whether a turn is the context's words, neither in their order nor in any other."""
    yours, theirs = folded(turn.text), folded(context.text)
    if len(yours) < _LEAST or len(content_words(turn.text)) < _MATTER:
        return False
    if _taken(yours, theirs) < _THEIRS or _flow(_tags(turn.doc), usual) >= _LOOSE:
        return False
    return _in_order(yours, theirs) < _IN_ORDER


def _taken(yours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of different words that are the partner's."""
    mine = set(yours)
    return len(mine & set(theirs)) / len(mine)


def _in_order(yours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of the words that come as they did with the partner, others between or not.

    By the longest common subsequence.
    """
    longest = [0] * (len(theirs) + 1)
    for mine in yours:
        before = 0
        for at, other in enumerate(theirs, 1):
            above = longest[at]
            longest[at] = before + 1 if mine == other else max(above, longest[at - 1])
            before = above
    return longest[-1] / len(yours)


def _flow(tags: Sequence[str], usual: Following) -> float:
    """How usual each part of speech is after the one before, on the mean."""
    steps = list(pairwise(tags))
    after = [usual.get(first, {}) for first, _ in steps]
    how = [one.get(second, one.get("", 0.0)) for one, (_, second) in zip(after, steps, strict=True)]
    return sum(how) / len(how)


def _tags(doc: Doc) -> list[str]:
    return [_EDGE, *filter(None, map(_tag, doc)), _EDGE]


def _tag(token: Token) -> str:
    """A part of speech; a new line stops as a full stop does, and blanks are nothing."""
    if token.is_space:
        return _STOP if "\n" in token.text else ""
    if token.is_punct:
        return _STOP if token.text in ".!?;:" else _PAUSE
    return token.tag_
