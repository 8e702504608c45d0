"""Where a turn parts ways with a key point, word by word; no models.

A fluent reversal shares nearly every word with what was said, so what was changed is found by
laying the two beside each other in order: a denial gained or lost, another number, an opposite,
another person, a word swapped in. The pair net sees these figures beside the words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from coach.listening.overlap import FUNCTION_WORDS
from coach.listening.words import FOLDED, NEGATION, ORDER, SHARES, UNITS, VALUES, words

FIGURES = (
    "kept",
    "kept all",
    "copied",
    "denied",
    "denied in copy",
    "number",
    "number in copy",
    "opposite",
    "opposite in copy",
    "share",
    "order",
    "person",
    "person in copy",
    "swapped",
    "swapped in copy",
    "left out in copy",
    "only grammar in copy",
    "moved",
    "words",
    "turn strange",
)
"""What `contrast` measures of a key point beside a turn, in order."""

_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SIDES = frozenset({"<you>", "<your>", "<yourself>"})
_THEM = frozenset({"<them>", "<their>"})
_ENDINGS = ("ing", "ed", "es", "s", "ly")
_STOPS = ".,;:!?-–—()…"
_JOINTS = words("and but so then because cos which who when while that")
_MOST_WORDS = 400
_KEPT = 512
_LEAST_COPIED = 0.5
_LEAST_TURNED = 0.6
_DENIALS = words("not never no")
_HELPERS = words("do does did have has had")
_SHORTENED = {"can": "can", "won": "will", "shan": "shall", "ain": "is"}

Opposites = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Said:
    """The words of a text, folded so that both sides of a talk compare: I heard is you handed back.

    ``forms`` are what is compared, ``plain`` the lower-case words, ``matter`` whether each carries
    content, ``stops`` whether a clause ends behind it.
    """

    forms: tuple[str, ...]
    plain: tuple[str, ...]
    matter: tuple[bool, ...]
    stops: tuple[bool, ...]

    @classmethod
    @lru_cache(maxsize=_KEPT)
    def of(cls, text: str) -> Said:
        """Cut and fold a text; the last ones are remembered, for each is compared many times."""
        plain: list[str] = []
        stops: list[bool] = []
        text = text.replace("the mentor", "you").replace("The mentor", "You")
        for match in _WORD.finditer(text):
            word = match.group().lower().replace("’", "'").replace(",", "")
            stem, mark, end = word.partition("'")
            if mark and end == "t":  # didn't: did, not
                helper = _SHORTENED.get(stem, stem.removesuffix("n"))
                plain += [helper, "not"] if helper else ["not"]  # "did n't" in two words
            elif word == "cannot":
                plain += ["can", "not"]
            elif mark and end in {"s", "m", "re", "ve", "ll", "d"}:
                plain.append(stem)
            else:
                plain.append(word)
            rest = text[match.end() :].lstrip(" '\"”’")
            stops += [False] * (len(plain) - len(stops) - 1) + [not rest or rest[0] in _STOPS]
        kept = plain[:_MOST_WORDS]
        matter = tuple(w not in FUNCTION_WORDS and w not in FOLDED for w in kept)
        return cls(tuple(_folded(w) for w in kept), tuple(kept), matter, tuple(stops[:_MOST_WORDS]))

    def numbers(self) -> set[float]:
        """The amounts named, units multiplied in."""
        found: set[float] = set()
        last: float | None = None
        for word in self.plain:
            value = _value(word)
            if value is None and word in UNITS:
                last = (last if last is not None else 1.0) * UNITS[word]
                found.add(last)
                continue
            if value is not None:
                found.add(value)
            last = value
        return found

    def denials(self) -> int:
        """How many words deny."""
        return sum(word in NEGATION for word in self.plain)


def _value(word: str) -> float | None:
    if word[0].isdecimal():
        return float(word)
    return VALUES.get(word)


def _folded(word: str) -> str:
    if word in FOLDED:
        return FOLDED[word]
    if len(word) > 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word.removesuffix(ending)
    return word


def opposites(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Each word's opposites by folded form."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        a, b = _folded(one), _folded(other)
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {word: frozenset(others) for word, others in found.items()}


def contrast(point: Said, context: Said, turn: Said, against: Opposites) -> list[float]:
    """The figures of one key point beside a turn, in the order of `FIGURES`.

    Args:
        point: the key point.
        context: all that was said, the point among it; a word taken from there is not strange.
        turn: what was handed back.
        against: each word's opposites.
    """
    matched, window = _window(point, turn)
    here = Said(turn.forms[window], turn.plain[window], turn.matter[window], turn.stops[window])
    kept = [f in set(turn.forms) for f, m in zip(point.forms, point.matter, strict=True) if m]
    copied = len(matched) / max(1, len(point.forms))
    known = set(context.forms) | set(point.forms)
    lost = [f for at, f in enumerate(point.forms) if at not in matched]
    put = [(f, m) for f, m in zip(here.forms, here.matter, strict=True) if f not in point.forms]
    strange = [f for f, m in put if m and f not in known]
    turned = any(against.get(f, frozenset()) & {g for g, _ in put} for f in lost)
    denied = float((point.denials() - here.denials()) % 2)
    numbers = here.numbers() - context.numbers() - point.numbers()
    number = float(bool(numbers) and bool(point.numbers()))
    person = float(_persons(point) != _persons(here))
    left = [f for at, f in enumerate(point.forms) if at not in matched and point.matter[at]]
    return [
        sum(kept) / max(1, len(kept)),
        float(bool(kept) and all(kept)),
        copied,
        denied,
        denied * copied,
        number,
        number * copied,
        float(turned),
        turned * copied,
        float(_shares(point) != _shares(here)) * copied,
        float((set(point.plain) & ORDER) != (set(here.plain) & ORDER)) * copied,
        person,
        person * copied,
        min(3, len(strange)) / 3,
        min(3, len(strange)) / 3 * copied,
        min(3, len(left)) / 3 * copied,
        float(bool(put or lost) and not strange and not left) * copied,
        float(any(f in known and m for f, m in put)) * copied,
        min(20, len(point.forms)) / 20,
        float(bool(turn.numbers() - context.numbers() - point.numbers())),
    ]


def untouched(point: Said, turn: Said) -> float:
    """The share of a point that a turn copies from its first word on, changing nothing.

    Only the tail may be left out, half of it at most; else 0. A point cannot be turned round by
    such a copy: whatever the net says, a reversal needs a word that was changed.
    """
    start = next((at for at, word in enumerate(point.plain) if word not in _JOINTS), 0)
    wanted = point.forms[start:]
    if not wanted:
        return 0.0
    for at in range(len(turn.forms)):
        run = 0
        while run < len(wanted) and turn.forms[at + run : at + run + 1] == wanted[run : run + 1]:
            run += 1
        last = at + run - 1
        if run >= max(3, _LEAST_COPIED * len(wanted)):
            following = turn.plain[last + 1 : last + 2]
            ended = turn.stops[last] or not following or following[0] in _JOINTS
            return run / len(wanted) if ended and not _denied_before(turn, at) else 0.0
    return 0.0


def turned(point: Said, turn: Said, against: Opposites) -> bool:
    """Whether a turn copies a point but for one change, and that change turns it round.

    A denial gained or lost, one number for another, a word for its opposite; nothing else differs.
    """
    matched, window = _window(point, turn)
    if len(matched) < _LEAST_TURNED * len(point.forms):
        return False
    start, stop = window.start, window.stop
    while turn.plain[stop : stop + 1] and turn.plain[stop] in _DENIALS:  # "… and he did not"
        stop += 1
    changes = []
    matcher = SequenceMatcher(None, point.forms, turn.forms[start:stop], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        out, put = point.plain[a:b], turn.plain[start + c : start + d]
        beside = tag == "insert" and a in {0, len(point.forms)} and not set(put) <= _DENIALS
        if tag != "equal" and not beside and not set(out + put) <= _JOINTS:
            changes.append((out, put))
    if len(changes) != 1:
        return False
    out, put = changes[0]
    if set(out + put) <= _DENIALS | _HELPERS:
        return sum(w in _DENIALS for w in out) % 2 != sum(w in _DENIALS for w in put) % 2
    if len(out) != 1 or len(put) != 1:
        return False
    values = _value(out[0]), _value(put[0])
    opposed = _folded(put[0]) in against.get(_folded(out[0]), frozenset())
    return opposed or (None not in values and values[0] != values[1])


def source(point: Said, clauses: Sequence[Said]) -> int | None:
    """Which clause of a statement a key point was taken from: the one sharing most content.

    None where they share none: a key point may say with other words what an image said.
    """
    mine = {f for f, m in zip(point.forms, point.matter, strict=True) if m}
    shared = [len(mine & set(clause.forms)) / (4 + len(clause.forms)) for clause in clauses]
    best = max(range(len(shared)), key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] > 0 else None


def _denied_before(turn: Said, at: int) -> bool:
    """Whether the clause that leads up to a word denies: "it is not true that you left"."""
    first = at
    while first > 0 and not turn.stops[first - 1]:
        first -= 1
    return any(word in NEGATION for word in turn.plain[first:at])


def _window(point: Said, turn: Said) -> tuple[set[int], slice]:
    """Which of the point's words stand in the turn in order, and where in the turn they stand."""
    matcher = SequenceMatcher(None, point.forms, turn.forms, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    # Lone grammar words match anywhere and would stretch the window over the whole turn.
    firm = [b for b in blocks if any(point.matter[b.a : b.a + b.size]) or b.size > 2]
    if not firm:
        return set(), slice(0, 0)
    matched = {at for b in firm for at in range(b.a, b.a + b.size)}
    first = firm[0].b - min(3, firm[0].a)
    last = firm[-1].b + firm[-1].size
    rest = len(point.forms) - firm[-1].a - firm[-1].size
    return matched, slice(max(0, first), last + min(3, rest))


def _persons(said: Said) -> tuple[bool, bool]:
    forms = set(said.forms)
    return bool(forms & _SIDES), bool(forms & _THEM)


def _shares(said: Said) -> set[float]:
    return {SHARES[word] for word in said.plain if word in SHARES}


def contrasts(
    points: Sequence[str], context: str, turn: str, against: Opposites
) -> list[list[float]]:
    """`contrast` of several key points beside one turn: (points, figures)."""
    theirs, mine = Said.of(context), Said.of(turn)
    return [contrast(Said.of(point), theirs, mine, against) for point in points]
