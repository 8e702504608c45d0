"""Faithful words turned false by one change: what teaches the point net to see a distortion.

Our own attempts hold few distortions, each written by hand. Here the statements themselves, and
attempts that keep exactly one key point, get one word denied, reversed, or given to another
person; what was covered there is then distorted. Used in training only, never measured on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from coach.listening.alignment import Antonyms
from coach.listening.paraphrase import Beside, Point, given_point, point_figures, points_of
from coach.listening.pointing import STATUSES
from coach.listening.utterance import Ear, Utterance
from coach.listening.words import words
from coach.training.data import Statement

TWISTS_PER_TEXT = 3

_AUXILIARIES = words("was were is are did had would could can will has have do does")
_DENIALS = frozenset(("not", "never", "n't", "n’t"))
_PAIRS = (
    "all none,every no,everyone nobody,everybody nobody,always never,most few,more less,before "
    "after,first last,everything nothing,somebody nobody,both neither,up down,with without,"
    "good bad,right wrong,better worse,best worst,early late,same different,old young,big small,"
    "loved hated,left stayed,lost won,kept lost,bought sold,gave took,hired fired,opened closed,"
    "started stopped,passed failed,quiet loud,slow fast,easy hard,cheap expensive,full empty"
)
_REVERSED = {
    word: other
    for pair in _PAIRS.split(",")
    for word, other in (pair.split(" "), pair.split(" ")[::-1])
}
_NUMBERS = ("two", "three", "five", "seven", "nine", "twelve", "twenty", "forty", "ninety")
_OTHERS = ("somebody else", "your boss", "they", "the manager", "your brother")


@dataclass(frozen=True)
class Change:
    """Characters ``start`` to ``end`` replaced by ``put``."""

    start: int
    end: int
    put: str


def changes(text: Utterance, rng: random.Random, antonyms: Antonyms) -> list[Change]:
    """The single changes that would turn some claim of a text false."""
    found: list[Change] = []
    for token in text.doc:
        for make in _MAKERS:
            change = make(token, rng)
            if change is not None:
                found.append(change)
        opposites = antonyms.of(token.lower_) if token.pos_ in {"ADJ", "NOUN"} else []
        if opposites:
            found.append(_swap(token, rng.choice(opposites)))
    return found


def _swap(token: Token, put: str) -> Change:
    shown = put.capitalize() if token.text[:1].isupper() and token.lower_ != "i" else put
    return Change(token.idx, token.idx + len(token), shown)


def _denied(token: Token, rng: random.Random) -> Change | None:
    end = token.idx + len(token)
    if token.lower_ in {"not", "never"} and token.i > 0:
        return Change(token.idx, min(end + 1, len(token.doc.text)), "")
    denied = any(child.lower_ in _DENIALS for child in token.head.children)
    if denied or any(child.lower_ in _DENIALS for child in token.children):
        return None
    if token.lower_ in _AUXILIARIES and token.dep_ in {"aux", "cop", "aux:pass"}:
        return Change(end, end, rng.choice((" not", " never")))
    subject = any(child.dep_ == "nsubj" for child in token.children)
    helped = any(child.dep_.startswith("aux") for child in token.children)
    if token.tag_ in {"VBD", "VBP", "VBZ"} and token.pos_ == "VERB" and subject and not helped:
        return Change(token.idx, token.idx, "never ")
    return None


def _reversed(token: Token, rng: random.Random) -> Change | None:
    del rng
    other = _REVERSED.get(token.lower_)
    return _swap(token, other) if other is not None else None


def _counted(token: Token, rng: random.Random) -> Change | None:
    if token.pos_ != "NUM" or not token.is_alpha:
        return None
    return _swap(token, rng.choice([word for word in _NUMBERS if word != token.lower_]))


def _given_away(token: Token, rng: random.Random) -> Change | None:
    if token.dep_ != "nsubj" or token.lower_ not in {"i", "you", "he", "she", "they", "we"}:
        return None
    if token.head.tag_ not in {"VBD", "VBN"}:
        return None
    mine = token.lower_ in {"i", "you", "we"}
    return _swap(token, rng.choice(_OTHERS) if mine else "you")


_MAKERS: tuple[Callable[[Token, random.Random], Change | None], ...] = (
    _denied,
    _reversed,
    _counted,
    _given_away,
)


def twisted_rows(
    statements: Sequence[Statement], ear: Ear, antonyms: Antonyms, *, seed: int
) -> list[tuple[str, dict[str, float], int]]:
    """Figures and labels of key points under twisted texts, with their statement's id."""
    rng = random.Random(seed)
    rows: list[tuple[str, dict[str, float], int]] = []
    for statement in statements:
        context = ear.hear(statement.context)
        given = [given_point(ear.hear(text), context) for text in statement.key_points]
        for points in (given, points_of(context)):
            for change in _drawn(changes(context, rng, antonyms), rng):
                labels = _labels_of_copy(points, change)
                rows += _rows(statement.id, context, points, change, labels, context, ear, antonyms)
        for attempt in statement.attempts:
            if attempt.status.count("covered") == 1 and "distorted" not in attempt.status:
                turn = ear.hear(attempt.text)
                labels = ["distorted" if s == "covered" else s for s in attempt.status]
                for change in _drawn(changes(turn, rng, antonyms), rng):
                    rows += _rows(statement.id, turn, given, change, labels, context, ear, antonyms)
    return rows


def _drawn(found: list[Change], rng: random.Random) -> list[Change]:
    return rng.sample(found, min(TWISTS_PER_TEXT, len(found)))


def _labels_of_copy(points: Sequence[Point], change: Change) -> list[str | None]:
    """In a copy of the statement all is covered but for the place that was changed."""
    here = [start <= change.start < end for start, end in (point.source for point in points)]
    if sum(here) != 1:
        return [None if hit else "covered" for hit in here]
    return ["distorted" if hit else "covered" for hit in here]


def _rows(
    statement: str,
    text: Utterance,
    points: Sequence[Point],
    change: Change,
    labels: Sequence[str | None],
    context: Utterance,
    ear: Ear,
    antonyms: Antonyms,
) -> list[tuple[str, dict[str, float], int]]:
    twisted = text.text[: change.start] + change.put + text.text[change.end :]
    beside = Beside(ear.hear(twisted), context, antonyms)
    return [
        (statement, point_figures(point, points, beside), _status(label))
        for point, label in zip(points, labels, strict=True)
        if label is not None
    ]


def _status(label: str) -> int:
    return [*STATUSES].index(label)  # type: ignore[arg-type]
