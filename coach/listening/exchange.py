"""Two things that changed places when a statement was handed back, word by word; no models.

"Surgeons nod at me, the cleaners know my name" becomes "cleaners nod at you, the surgeons know your
name": every word is the partner's, and both halves are wrong. A net that reads words beside each
other overlooks it: of 72 such reversals in our labelled data it named a turned point in 21. Of
5,488 attempts labelled as faithful, partial, invented or off the topic this rule catches none. Nor
of 285 such of a hand who did not know of it (`paraphrases/short`), but 16 of the 90 reversals. Who
changed places with whom ("I phoned the court": "the court phoned you") it finds, of 68,555
attempts, in 203 more that are wrong and in 10 that are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from coach.listening.contrast import Said
from coach.listening.reading import Span
from coach.listening.words import words

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+(?=\s|$)|$)", re.DOTALL)
_CLAUSE = re.compile(r"\S.*?(?:[,;:]+(?=\s|$)|$)", re.DOTALL)
_TURNS = words(
    "before after than until because then not instead without unless more less first last by"
)
"""Grammar words about which two things change places: before and after them is not the same. Who
says "the court was phoned by you" for "I phoned the court" has a "by" more."""
_PERSONS = frozenset({"<you>", "<your>", "<them>", "<their>"})
_WHO = frozenset({"<you>", "<them>"})
_FEWEST = 3
_MOST_STRETCHES = 5
_MOST_WORDS = 60
"""A longer sentence has lost its stops; what changed places in it would say little of a point."""


def changed_places(said: str, turn: Said) -> list[Span]:
    """The sentences or clauses of ``said`` that ``turn`` says with two things exchanged."""
    found: list[Span] = []
    for sentence in _SENTENCE.finditer(said):
        clauses = _parts(_CLAUSE, sentence)
        inside = [span for span in clauses if _exchanged(said[slice(*span)], turn)]
        if not inside and len(clauses) > 1 and _exchanged(sentence.group(), turn):
            inside = [sentence.span()]
        found += inside
    return found


def _parts(pattern: re.Pattern[str], within: re.Match[str]) -> list[Span]:
    start = within.start()
    return [(start + m.start(), start + m.end()) for m in pattern.finditer(within.group())]


def _exchanged(text: str, turn: Said) -> bool:
    point = Said.of(text)
    if len(point.forms) > _MOST_WORDS:
        return False
    if _in_a_stretch(point, turn) or _by_replacing(point, turn):
        return True
    return not _WHO.isdisjoint(point.forms) and _in_a_stretch(point, turn, _WHO)


def _in_a_stretch(point: Said, turn: Said, persons: frozenset[str] = frozenset()) -> bool:
    """Whether some stretch of the turn is the point's words with two blocks exchanged.

    ``persons``: those whose place tells as well; mostly they come and go.
    """
    wanted = [form for form, telling in _telling(point, persons) if telling]
    stretches = list(_stretches(turn, persons))
    for first in range(len(stretches)):
        told: list[str] = []
        for stretch in stretches[first : first + _MOST_STRETCHES]:
            told = told + stretch
            if len(told) >= len(wanted):
                break
        if len(wanted) >= _FEWEST and _blocks_exchanged(wanted, told):
            return True
    return False


def _telling(said: Said, persons: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Each word's form, and whether its place tells anything."""
    for form, matter, plain in zip(said.forms, said.matter, said.plain, strict=True):
        yield form, matter or plain in _TURNS or form in persons


def _stretches(turn: Said, persons: frozenset[str]) -> Iterator[list[str]]:
    """The telling words of a turn, from one stop to the next."""
    stretch: list[str] = []
    for (form, telling), stops in zip(_telling(turn, persons), turn.stops, strict=True):
        if telling:
            stretch.append(form)
        if stops:
            yield stretch
            stretch = []
    yield stretch


def _blocks_exchanged(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both are the same but for two blocks, with something between, that changed places.

    A block that only moves ("after the storm we rang" for "we rang after the storm") has nothing
    between it and what it moved past.
    """
    if one == other or Counter(one) != Counter(other):
        return False
    start = next(at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    end = next(at for at in range(len(one), 0, -1) if one[at - 1] != other[at - 1])
    mine, theirs = list(one[start:end]), list(other[start:end])
    for first in range(1, len(mine) - 1):
        for last in range(first + 1, len(mine)):
            before, between, behind = mine[:first], mine[first:last], mine[last:]
            if theirs == behind + between + before:
                return Counter(before) != Counter(behind)
    return False


def _by_replacing(point: Said, turn: Said) -> bool:
    """Whether a near copy differs in two places, each holding what stood in the other."""
    matcher = SequenceMatcher(None, point.forms, turn.forms, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
    if 2 * sum(block.size for block in blocks) < len(point.forms):
        return False
    changes = []
    for tag, a, b, c, d in matcher.get_opcodes():
        beside = tag == "insert" and a in {0, len(point.forms)}
        out, put = _body(point, a, b), _body(turn, c, d)
        if tag != "equal" and not beside and (out or put):
            changes.append((out, put))
    if len(changes) != 2:
        return False
    (gone, came), (left, back) = changes
    return bool(gone and came) and gone == back and came == left and gone != came


def _body(said: Said, start: int, end: int) -> list[str]:
    """The words of a part that carry something, persons among them, in any order."""
    part = zip(said.forms[start:end], said.matter[start:end], strict=True)
    return sorted(form for form, matter in part if matter or form in _PERSONS)
