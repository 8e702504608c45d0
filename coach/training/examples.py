"""Training examples for the pair net: pairs with whatever is known of them."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from coach.listening.pair_net import STATUSES
from coach.listening.reading import MOVES, QUESTION_FLAGS, QUESTION_KINDS, Span
from coach.training.data import Attempt, LabelledTurn, Statement

WORTH = {1: 1.0, 2: 0.78, 3: 0.55, 4: 0.38, 5: 0.16, 6: 0.06, 7: 0.0}
"""How good an attempt of each rank is; only order and distance matter."""

_REFLECTING = frozenset({"accurate", "copied", "half", "one", "opposite", "added", "mixed"})


@dataclass(frozen=True)
class Example:
    """One pair and what is known of it; what is not known teaches nothing.

    ``labels``: values 0 to 1 by label name. ``points``: spans of the context with the index of
    their status. ``claims``: spans of the turn, 1.0 where nothing supports them. ``group``: rows
    of one group never stand on both sides of a split. ``twists``: the words of the turn that turn
    its one point round; None where nobody knows which.
    """

    context: str
    text: str
    group: str
    labels: dict[str, float] = field(default_factory=dict)
    points: tuple[tuple[Span, int], ...] = ()
    claims: tuple[tuple[Span, float], ...] = ()
    weight: float = 1.0
    twists: tuple[Span, ...] | None = None


_KEPT_OUT = 10
"""One group in so many is kept out of training."""


def kept_out(group: str) -> bool:
    """Whether a group of rows is kept out of training, by its name alone."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % _KEPT_OUT == 0


def from_turn(turn: LabelledTurn) -> Example:
    """Everything our own labels say of a turn."""
    labels = {f"question {kind}": float(turn.question == kind) for kind in QUESTION_KINDS}
    labels |= {f"flag {flag}": float(flag in turn.flags) for flag in QUESTION_FLAGS}
    labels |= {f"move {move}": float(move in turn.moves) for move in MOVES}
    labels["reflects"] = float(turn.reflection != "none")
    if turn.reflection != "none":
        labels["deep"] = float(turn.reflection == "complex")
    labels["uptake"] = turn.uptake
    points = tuple(((a, b), STATUSES.index(status)) for a, b, status in turn.points)
    return Example(turn.context, turn.text, turn.id, labels, points)


def from_attempts(
    statement: Statement,
    cut: Sequence[Span],
    sources: Sequence[Span],
    claims: Callable[[str], Sequence[Span]],
) -> Iterator[Example]:
    """Each attempt beside the statement as it was said, then beside each of its key points.

    Args:
        statement: what was said, its key points and the attempts.
        cut: the statement's claims as the pipeline cuts them.
        sources: for each key point, the claim of ``cut`` it was taken from.
        claims: finds the claims of an attempt.
    """
    plainest = next((a.id for a in statement.attempts if a.kind == "accurate"), None)
    for attempt in statement.attempts:
        labels = {"worth": WORTH[attempt.rank]}
        if attempt.id == plainest:
            labels["deep"] = 0.0  # quite other words are not yet a deeper meaning
        if attempt.kind in _REFLECTING:
            labels["reflects"] = 1.0
        elif attempt.kind == "offtopic":
            labels["reflects"] = labels["uptake"] = 0.0
        kept = sum(status != "missed" for status in attempt.status)
        if attempt.kind in _REFLECTING and (kept >= 2 or attempt.kind == "one"):
            labels["move summary"] = float(kept >= 2)
        spans = _claim_labels(attempt.kind, attempt.added, claims(attempt.text))
        carried = _carried(cut, sources, attempt.status)
        yield Example(
            statement.context, attempt.text, statement.id, labels, carried, spans, weight=0.6
        )
        yield from from_points(statement, attempt)


def from_points(statement: Statement, attempt: Attempt) -> Iterator[Example]:
    """An attempt beside each of the statement's key points alone."""
    exchanged = exchanged_words(statement, attempt)
    for point, status in zip(statement.key_points, attempt.status, strict=True):
        yield _alone(statement, attempt, point, STATUSES.index(status), exchanged)


def from_claims(
    statement: Statement, attempt: Attempt, cut: Sequence[Span], sources: Sequence[Span]
) -> Iterator[Example]:
    """An attempt beside each of the statement's claims alone, where its points tell how it fared.

    Arguments are those of `from_attempts`.
    """
    exchanged = exchanged_words(statement, attempt)
    for (start, end), status in _carried(cut, sources, attempt.status):
        yield _alone(statement, attempt, statement.context[start:end], status, exchanged)


def _alone(
    statement: Statement,
    attempt: Attempt,
    point: str,
    status: int,
    exchanged: tuple[Span, ...] | None,
) -> Example:
    """An attempt beside one point."""
    whole = (((0, len(point)), status),)
    twists = exchanged if status == STATUSES.index("distorted") or exchanged is None else ()
    return Example(point, attempt.text, statement.id, points=whole, weight=0.4, twists=twists)


def exchanged_words(statement: Statement, attempt: Attempt) -> tuple[Span, ...] | None:
    """The words of an attempt that its true twin has otherwise; none of a true twin.

    Twins are a true attempt and, after it, the same with a word or two exchanged; None where there
    is no twin. Where words were left out, the word after the gap stands for them.
    """
    at = statement.attempts.index(attempt)
    beside = statement.attempts[max(0, at - 1) : at + 2]
    for true, false in pairwise(beside):
        if (true.kind, false.kind) == ("accurate", "opposite") and attempt in (true, false):
            changed = _changed(true.text, false.text)
            if changed is not None:
                return changed if attempt == false else ()
    return None


_WORD = re.compile(r"\w+(?:['’]\w+)*")
_MOST_EXCHANGED = 0.25
"""Of the words of a false twin, at most so many are others than in the true one."""


def _changed(true: str, false: str) -> tuple[Span, ...] | None:
    """The words of one text that another has otherwise; None where too little is the same."""
    theirs = [word.lower() for word in _WORD.findall(true)]
    mine = [*_WORD.finditer(false)]
    words = [match.group().lower() for match in mine]
    found: list[Span] = []
    for kind, _, _, start, end in SequenceMatcher(None, theirs, words, False).get_opcodes():
        if kind != "equal":
            found += [match.span() for match in mine[start : max(end, start + 1)]]
    return tuple(found) if 0 < len(found) <= _MOST_EXCHANGED * len(mine) else None


def _claim_labels(kind: str, added: bool, claims: Sequence[Span]) -> tuple[tuple[Span, float], ...]:
    """Claims of invented attempts are added, of faithful ones backed; of others nobody said."""
    if kind in {"invented", "offtopic"}:
        return tuple((span, 1.0) for span in claims)
    if not added and kind in {"accurate", "copied", "half", "one"}:
        return tuple((span, 0.0) for span in claims)
    return ()


def _carried(
    cut: Sequence[Span], sources: Sequence[Span], status: Sequence[str]
) -> tuple[tuple[Span, int], ...]:
    """Statuses of key points carried over to the claims they were taken from."""
    found: list[tuple[Span, int]] = []
    for span in cut:
        here = {s for source, s in zip(sources, status, strict=True) if source == span}
        # Key points of one claim that fared differently say nothing sure about it.
        if "distorted" in here:
            found.append((span, STATUSES.index("distorted")))
        elif len(here) == 1:
            found.append((span, STATUSES.index(here.pop())))
    return tuple(found)


def crossed(examples: Sequence[Example], count: int, rng: random.Random) -> list[Example]:
    """Attempts laid beside somebody else's statement: nothing of it is handed back."""
    found: list[Example] = []
    usable = [one for one in examples if one.points]
    while len(found) < count and len(usable) > 1:
        one, other = rng.sample(usable, 2)
        if one.group == other.group:
            continue
        labels = {"worth": 0.0, "reflects": 0.0, "uptake": 0.0}
        points = tuple((span, STATUSES.index("missed")) for span, _ in one.points)
        claims = tuple((span, 1.0) for span, _ in other.claims)
        group = one.group
        found.append(Example(one.context, other.text, group, labels, points, claims, weight=0.3))
    return found
