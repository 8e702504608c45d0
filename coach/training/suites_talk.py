"""Suites on other people's talk, where a corpus means nearly what a label of ours means.

Meetings (MRDA), telephone calls (SwDA), forum replies (EPITOME) and classrooms (held-out lessons).
None of them trained anything; a seeded sample of each keeps the run short.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from coach.listening.reading import Reading
from coach.training import measures
from coach.training.data import read_json_lines
from coach.training.examples import kept_out
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, corpus, overlap

_SAMPLE = 900
Said = tuple[str, str, str]
"""Context, text, tag."""


def lessons(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Classrooms kept out of training: how far the teacher takes up the pupil (experts' mean)."""
    path = corpus(corpora, "train", "uptake", "uptake-train.jsonl")
    rows = [
        row
        for row in read_json_lines(path)
        if row["uptake_zscore"] and kept_out(f"lesson {row['obs_id']}")
    ]
    gold = [float(row["uptake_zscore"]) for row in rows]
    pairs = [(row["student_text"], row["teacher_text"]) for row in rows]
    ours = [bench.read(*pair).uptake for pair in pairs]
    near = [bench.cosine(*pair) for pair in pairs]
    shared = [overlap(*pair) for pair in pairs]
    groups = [row["obs_id"] for row in rows]
    args = ("uptake, rank correlation", measures.spearman, gold, ours)
    return [
        measured(*args, near, "cosine", groups),
        measured(*args, shared, "shared words", groups),
    ]


def mrda(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Meetings: asks or not; checks of understanding and commitments, by their tags."""
    path = corpus(corpora, "eval", "mrda", "test_set.txt")
    rows = _turns(path, tag=lambda parts: parts[4])
    asks = _drawn(rows, {"qy", "qw", "qo", "qrr", "qr"}, {"s"})
    found = _questions(bench, asks, {"qy", "qw", "qo", "qrr", "qr"})
    found += _tagged(bench, rows, {"bu"}, {"s", "aa"}, "understanding check", _reflects)
    found += _tagged(bench, rows, {"cc"}, {"s", "aa"}, "commitment", _move("commitment"))
    return found


def swda(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Telephone calls: asks or not; reformulations of the other's words."""
    path = corpus(corpora, "eval", "swda", "test_set.txt")
    rows = _turns(path, tag=lambda parts: parts[-1])
    kinds = {"qy", "qw", "qo", "qy^d", "qw^d"}
    found = _questions(bench, _drawn(rows, kinds, {"sd", "sv"}), kinds)
    found += _tagged(bench, rows, {"bf", "b^m"}, {"sd", "sv"}, "reformulates", _reflects)
    return found


def epitome(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Forum replies: strong explorations ask, strong interpretations hand back."""
    found: list[Figure] = []
    tasks: tuple[tuple[str, Callable[[Reading], float]], ...] = (
        ("explorations", _asks),
        ("interpretations", _reflects),
    )
    for name, value in tasks:
        path = corpus(corpora, "eval", "epitome", f"{name}-reddit.csv")
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if row["level"] in {"0", "2"}]
        random.Random(7).shuffle(rows)
        rows = rows[:_SAMPLE]
        gold = [row["level"] == "2" for row in rows]
        pairs = [(row["seeker_post"], row["response_post"]) for row in rows]
        ours = [value(bench.read(*pair)) for pair in pairs]
        shared = [overlap(*pair) for pair in pairs]
        found.append(measured(f"{name}, AUC", measures.auc, gold, ours, shared, "shared words"))
    return found


def _turns(path: Path, tag: Callable[[Sequence[str]], str]) -> list[Said]:
    """Utterances with what the other speakers said just before."""
    rows: list[Said] = []
    before: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("|")
        speaker, text = parts[0], parts[1]
        others = [said for who, said in before[-6:] if who != speaker][-3:]
        rows.append((" ".join(others), text, tag(parts)))
        before.append((speaker, text))
    return [row for row in rows if len(row[1].split()) > 2]


def _drawn(rows: Sequence[Said], yes: set[str], no: set[str]) -> list[Said]:
    rng = random.Random(7)
    wanted = [row for row in rows if row[2] in yes]
    others = [row for row in rows if row[2] in no]
    return rng.sample(wanted, min(len(wanted), _SAMPLE // 3)) + rng.sample(
        others, min(len(others), _SAMPLE * 2 // 3)
    )


def _questions(bench: Bench, rows: Sequence[Said], kinds: set[str]) -> list[Figure]:
    gold = [tag in kinds for _, _, tag in rows]
    said = [bench.read(context, text).question.kind != "none" for context, text, _ in rows]
    marked = ["?" in text for _, text, _ in rows]
    return [measured("asks, macro F1", measures.macro_f1, gold, said, marked, "question mark")]


def _tagged(
    bench: Bench,
    rows: Sequence[Said],
    yes: set[str],
    no: set[str],
    name: str,
    value: Callable[[Reading], float],
) -> list[Figure]:
    some = _drawn(rows, yes, no)
    gold = [tag in yes for _, _, tag in some]
    ours = [value(bench.read(context, text)) for context, text, _ in some]
    shared = [overlap(context, text) for context, text, _ in some]
    return [measured(f"{name}, AUC", measures.auc, gold, ours, shared, "shared words")]


def _reflects(reading: Reading) -> float:
    return 1.0 - reading.reflection.p["none"]


def _asks(reading: Reading) -> float:
    return 1.0 - reading.question.p["none"]


def _move(name: str) -> Callable[[Reading], float]:
    return lambda reading: reading.moves[name]
