"""Suites on our own test parts: turns and attempts to paraphrase that taught nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.listening.listener import Row
from coach.listening.reading import (
    MOVES,
    PRESENT,
    QUESTION_FLAGS,
    QUESTION_KINDS,
    Reading,
    Span,
)
from coach.training import measures
from coach.training.data import Statement, labelled_statements
from coach.training.examples import exchanged_words
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, majority, overlap, rule_kind


def questions(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Question kind and flags on our test turns; the floor is the grammar rules alone."""
    del corpora
    rows = bench.turns()
    gold, said = [g.question for g, _ in rows], [r.question.kind for _, r in rows]
    ruled = [rule_kind(bench, g.text) for g, _ in rows]
    flagged = [[flag in g.flags for flag in QUESTION_FLAGS] for g, _ in rows]
    flags = [[flag in r.question.flags for flag in QUESTION_FLAGS] for _, r in rows]
    by_rule = [
        [any(flag in q.flags for q in bench.ear.hear(g.text).questions) for flag in QUESTION_FLAGS]
        for g, _ in rows
    ]
    is_kind, rule_says = _columns(gold), _columns(ruled)
    p = np.array([[r.question.p[kind] for kind in QUESTION_KINDS] for _, r in rows])
    sure = measures.calibration
    return [
        measured("kind, macro F1", measures.macro_f1, gold, said, ruled, "rules alone"),
        measured("kind, macro F1", measures.macro_f1, gold, said, majority(gold), "majority"),
        measured("kind, 1 - calibration error", sure, is_kind, p, rule_says, "rules alone"),
        measured("flags, macro F1", measures.macro_f1_columns, flagged, flags, by_rule, "rules"),
    ]


def _columns(kinds: Sequence[str]) -> NDArray[np.float64]:
    """One column a question kind, 1.0 where it is that."""
    return np.array([[float(kind == one) for one in QUESTION_KINDS] for kind in kinds])


def reflections(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Reflection on our test turns; floors are the majority and shared words."""
    del corpora
    rows = bench.turns()
    gold, said = [g.reflection for g, _ in rows], [r.reflection.kind for _, r in rows]
    there, heard = [g != "none" for g in gold], [s != "none" for s in said]
    shared = [overlap(g.context, g.text) for g, _ in rows]
    cut = sorted(shared, reverse=True)[sum(there)]
    by_words = [value > cut for value in shared]
    p = [1 - r.reflection.p["none"] for _, r in rows]
    macro = measures.macro_f1
    return [
        measured("kind, macro F1", macro, gold, said, majority(gold), "majority"),
        measured("present, macro F1", macro, there, heard, by_words, "shared words"),
        measured("present, AUC", measures.auc, there, p, shared, "shared words"),
        measured("1 - calibration error", measures.calibration, there, p, by_words, "shared words"),
    ]


def uptake(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Uptake on our test turns; floors are shared words and the encoder's cosine."""
    del corpora
    rows = bench.turns()
    gold, said = [g.uptake for g, _ in rows], [r.uptake for _, r in rows]
    shared = [overlap(g.context, g.text) for g, _ in rows]
    near = [bench.cosine(g.context, g.text) for g, _ in rows]
    return [
        measured("rank correlation", measures.spearman, gold, said, shared, "shared words"),
        measured("rank correlation", measures.spearman, gold, said, near, "cosine"),
    ]


def moves(bench: Bench, corpora: Path | None) -> list[Figure]:
    """The eighteen moves on our test turns; the floor is the cue phrases alone.

    Hard turns are decoys, noisy typing, dialect, second-language English, long and gaming ones.
    """
    del corpora
    rows = bench.turns()
    gold = np.array([[move in g.moves for move in MOVES] for g, _ in rows])
    p = np.array([[r.moves[move] for move in MOVES] for _, r in rows])
    cued = np.array(
        [[any(c.label == m for c in bench.ear.hear(g.text).cues) for m in MOVES] for g, _ in rows]
    )
    said = p >= PRESENT
    rates = np.tile(gold.mean(axis=0), (len(gold), 1))
    found = [
        measured("macro F1 at 0.5", measures.macro_f1_columns, gold, said, cued, "cues alone"),
        measured("1 - Brier", measures.closeness_to_truth, gold, p, rates, "base rates"),
        measured("1 - calibration error", measures.calibration, gold, p, cued, "cues alone"),
    ]
    plain = np.array([g.style == "plain" for g, _ in rows])
    for name, some in (("plain", plain), ("hard", ~plain)):
        args = (gold[some], said[some], cued[some], "cues alone")
        found.append(measured(f"macro F1, {name} turns", measures.macro_f1_columns, *args))
    for at, move in enumerate(MOVES):
        one = (gold[:, at], said[:, at], cued[:, at])
        found.append(measured(f"{move}, F1", measures.f1, *one, "cues alone"))
    return found


_REVERSAL = ("reversal", ("accurate", "opposite"))
_ORDERED: tuple[tuple[str, tuple[str, str] | None], ...] = (
    ("ordering", None),
    _REVERSAL,
    ("half above reversal", ("half", "opposite")),
    ("invented above reversal", ("invented", "opposite")),
)
"""Which pairs of attempts are compared; None: all that differ in rank."""


def paraphrase(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Attempts to hand a statement back, from our test part.

    Ordering: of two attempts at one statement, the better ranked scores higher; reversal: accurate
    above the opposite; half above reversal: half of the points above the opposite; and the like of
    what is invented. Once with key points as the pipeline cuts them, once as labelled.
    """
    del corpora
    return _handed_back(bench, labelled_statements("test"))


def short(bench: Bench, corpora: Path | None) -> list[Figure]:
    """The same for statements of one sentence, which make one claim or two."""
    del corpora
    return _handed_back(bench, labelled_statements("short"))


def talk(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Attempts written as they stand in a talk, between thanks, remarks, checks and questions."""
    del corpora
    return _handed_back(bench, labelled_statements("talk"))


def stories(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Stories of our mentors handed back in the gist, shortened, the sense drawn out."""
    del corpora
    return _handed_back(bench, labelled_statements("stories"))


def far(bench: Bench, corpora: Path | None) -> list[Figure]:
    """What our mentors tell in confidence, retold far from its words, right and wrong."""
    del corpora
    return _handed_back(bench, labelled_statements("far"))


def word(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Attempts in pairs, of which one word, or two that change places, makes one false.

    Beside the order of the scores: whether a point was marked as turned round, where one is, and
    whether the word that is said to turn it round is one of those exchanged.
    """
    del corpora
    statements = labelled_statements("word")
    found: list[Figure] = []
    for name, given in _POINTS:
        readings = [_attempts(bench, statement, given=given) for statement in statements]
        found += _orders(bench, statements, readings, name, (_REVERSAL,))
        found.append(_twisted(statements, readings, name))
    return [*found, _turning_words(statements, readings), _statuses(bench, statements, readings)]


def _turning_words(
    statements: Sequence[Statement], readings: Sequence[Sequence[Reading]]
) -> Figure:
    """Of points turned round and marked so, the word named; the floor is the first strange word."""
    said: list[bool] = []
    strange: list[bool] = []
    groups: list[str] = []
    for statement, read in zip(statements, readings, strict=True):
        known = set(_WORD.findall(statement.context.lower()))
        for attempt, reading in zip(statement.attempts, read, strict=True):
            exchanged = exchanged_words(statement, attempt)
            if not exchanged or reading.paraphrase is None:
                continue
            words = [match.span() for match in _WORD.finditer(attempt.text)]
            first = next((w for w in words if attempt.text[slice(*w)].lower() not in known), None)
            for status, point in zip(attempt.status, reading.paraphrase.key_points, strict=True):
                if status == point.status == "distorted" and point.word is not None:
                    said.append(_lies_in(point.word, exchanged))
                    strange.append(_lies_in(first, exchanged))
                    groups.append(statement.id)
    args = ("word named, share exchanged", measures.accuracy, [True] * len(said), said, strange)
    return measured(*args, "first strange word", groups)


def _lies_in(word: Span | None, spans: Sequence[Span]) -> bool:
    return word is not None and any(word[0] < end and start < word[1] for start, end in spans)


_WORD = re.compile(r"\w+(?:['’]\w+)*")
_POINTS = (("", False), (", given points", True))
"""What a figure's name adds, and whether key points were given, not cut by the pipeline."""


def _handed_back(bench: Bench, statements: Sequence[Statement]) -> list[Figure]:
    """Orders by key points as the pipeline cuts them and as labelled, and the latter's status."""
    found: list[Figure] = []
    for name, given in _POINTS:
        readings = [_attempts(bench, statement, given=given) for statement in statements]
        found += _orders(bench, statements, readings, name, _ORDERED)
    return [*found, _statuses(bench, statements, readings)]


def _orders(
    bench: Bench,
    statements: Sequence[Statement],
    readings: Sequence[Sequence[Reading]],
    name: str,
    orders: Sequence[tuple[str, tuple[str, str] | None]],
) -> Iterator[Figure]:
    for about, wanted in orders:
        ours, near, shared, groups = _pairs(bench, statements, readings, wanted)
        if not groups:
            continue  # no attempt of this sort was written
        floors = ((near, "cosine"), (shared, "shared words"))
        for floor, floor_name in floors[:1] if name else floors:
            args = (f"{about}{name}", measures.in_order, ours[:, 0], ours, floor, floor_name)
            yield measured(*args, groups)


def _twisted(
    statements: Sequence[Statement], readings: Sequence[Sequence[Reading]], name: str
) -> Figure:
    """Whether any key point of an attempt is marked as turned round; the floor never marks one."""
    gold = ["distorted" in a.status for statement in statements for a in statement.attempts]
    said = [
        any(point.status == "distorted" for point in reading.paraphrase.key_points)
        for read in readings
        for reading in read
        if reading.paraphrase is not None
    ]
    groups = [statement.id for statement in statements for _ in statement.attempts]
    args = (f"turned round{name}, macro F1", measures.macro_f1, gold, said, [False] * len(gold))
    return measured(*args, "never", groups)


def _attempts(bench: Bench, statement: Statement, *, given: bool) -> list[Reading]:
    points = statement.key_points if given else None
    return [
        bench.reader.read(
            Row(context=statement.context, text=a.text, task="paraphrase", key_points=points)
        )
        for a in statement.attempts
    ]


def _pairs(
    bench: Bench,
    statements: Sequence[Statement],
    readings: Sequence[Sequence[Reading]],
    wanted: tuple[str, str] | None,
) -> tuple[measures.Values, measures.Values, measures.Values, list[str]]:
    ours, near, shared, groups = [], [], [], []
    for statement, read in zip(statements, readings, strict=True):
        for one, two in combinations(range(len(read)), 2):
            a, b = sorted((one, two), key=lambda at: statement.attempts[at].rank)
            better, worse = statement.attempts[a], statement.attempts[b]
            kinds = (better.kind, worse.kind)
            if better.rank == worse.rank or (wanted is not None and kinds != wanted):
                continue
            scores = [read[at].paraphrase for at in (a, b)]
            ours.append([s.score if s is not None else 0 for s in scores])
            texts = (better.text, worse.text)
            near.append([bench.cosine(statement.context, text) for text in texts])
            shared.append([overlap(statement.context, text) for text in texts])
            groups.append(statement.id)
    return np.array(ours), np.array(near), np.array(shared), groups


def _statuses(
    bench: Bench, statements: Sequence[Statement], readings: Sequence[Sequence[Reading]]
) -> Figure:
    gold: list[str] = []
    said: list[str] = []
    plain: list[str] = []
    groups: list[str] = []
    for statement, read in zip(statements, readings, strict=True):
        for attempt, reading in zip(statement.attempts, read, strict=True):
            assert reading.paraphrase is not None
            gold += attempt.status
            said += [point.status for point in reading.paraphrase.key_points]
            near = [bench.cosine(text, attempt.text) for text in statement.key_points]
            plain += ["covered" if value > 0.45 else "missed" for value in near]
            groups += [statement.id] * len(attempt.status)
    args = ("status, given points, macro F1", measures.macro_f1, gold, said, plain, "cosine")
    return measured(*args, groups)
