"""The suites behind ``coach eval SUITE``: held-out labels, bootstrap intervals, a floor to beat.

Our own test parts measure every head; where a folder of public corpora is at hand, real people's
talk measures what carries over. Nothing here trains or tunes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from coach.errors import BadInput
from coach.listening.encoder import Encoder
from coach.listening.listener import Row
from coach.listening.overlap import content_words
from coach.listening.pipeline import load_pipeline
from coach.listening.reader import Reader
from coach.listening.reading import MOVES, PRESENT, QUESTION_FLAGS, Reading
from coach.listening.utterance import Ear
from coach.paths import models_dir
from coach.training import measures
from coach.training.data import (
    LabelledTurn,
    Statement,
    labelled_statements,
    labelled_turns,
    read_json_lines,
)
from coach.training.measures import Figure, measured


@dataclass(frozen=True)
class SuiteResult:
    """What one suite measured."""

    name: str
    about: str
    figures: tuple[Figure, ...]

    def lines(self) -> list[str]:
        """The figures as a table of text, one line each under a heading."""
        rows = [f"{self.name}: {self.about}"]
        for figure in self.figures:
            rows.append(
                f"  {figure.name:<34} {figure.value:6.3f} [{figure.low:.3f}, {figure.high:.3f}]"
                f"  {figure.baseline_name} {figure.baseline:.3f}  n={figure.rows}"
            )
        return rows


class Bench:
    """The models under measure, with our own test parts read once."""

    def __init__(self, models: Path | None = None, encoder: str | Path | None = None) -> None:
        folder = models if models is not None else models_dir()
        self.ear = Ear(load_pipeline(folder / "english"), Encoder(encoder))
        self.reader = Reader(folder / "listening", self.ear)
        self._turns: list[tuple[LabelledTurn, Reading]] = []

    def turns(self) -> list[tuple[LabelledTurn, Reading]]:
        """Our test turns with their readings."""
        if not self._turns:
            for gold in labelled_turns("test"):
                self._turns.append((gold, self.read(gold.context, gold.text)))
        return self._turns

    def read(self, context: str, text: str, *, paraphrase: bool = False) -> Reading:
        """One reading."""
        task = "paraphrase" if paraphrase else "turn"
        return self.reader.read(Row(context=context, text=text, task=task))

    def cosine(self, one: str, two: str) -> float:
        """The encoder alone."""
        return float(self.ear.hear(one).vector @ self.ear.hear(two).vector)


def overlap(one: str, two: str) -> float:
    """Share of the words of both that they have in common, the plainest baseline."""
    a, b = set(content_words(one)), set(content_words(two))
    return len(a & b) / max(1, len(a | b))


def _majority(labels: Sequence[str]) -> list[str]:
    names, counts = np.unique(labels, return_counts=True)
    return [str(names[counts.argmax()])] * len(labels)


def _rule_kind(bench: Bench, text: str) -> str:
    kinds = {question.kind for question in bench.ear.hear(text).questions}
    return "open" if "open" in kinds else "closed" if kinds else "none"


def questions(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Question kind and flags on our test turns; the floor is the grammar rules alone."""
    del corpora
    rows = bench.turns()
    gold, said = [g.question for g, _ in rows], [r.question.kind for _, r in rows]
    ruled = [_rule_kind(bench, g.text) for g, _ in rows]
    flagged = [[flag in g.flags for flag in QUESTION_FLAGS] for g, _ in rows]
    flags = [[flag in r.question.flags for flag in QUESTION_FLAGS] for _, r in rows]
    by_rule = [
        [any(flag in q.flags for q in bench.ear.hear(g.text).questions) for flag in QUESTION_FLAGS]
        for g, _ in rows
    ]
    return [
        measured("kind, macro F1", measures.macro_f1, gold, said, ruled, "rules alone"),
        measured("kind, macro F1", measures.macro_f1, gold, said, _majority(gold), "majority"),
        measured("flags, macro F1", measures.macro_f1_columns, flagged, flags, by_rule, "rules"),
    ]


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
    return [
        measured("kind, macro F1", measures.macro_f1, gold, said, _majority(gold), "majority"),
        measured("present, F1", measures.f1, there, heard, by_words, "shared words"),
        measured("present, AUC", measures.auc, there, p, shared, "shared words"),
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
    """The eighteen moves on our test turns; the floor is the cue phrases alone."""
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
    for at, move in enumerate(MOVES):
        one = (gold[:, at], said[:, at], cued[:, at])
        found.append(measured(f"{move}, F1", measures.f1, *one, "cues alone"))
    return found


def paraphrase(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Attempts to hand a statement back, from our test part.

    Ordering: of two attempts at one statement, the better ranked scores higher; reversal: accurate
    above the opposite. Once with key points as the pipeline cuts them, once as labelled.
    """
    del corpora
    found: list[Figure] = []
    statements = labelled_statements("test")
    for name, given in (("", False), (", given points", True)):
        readings = [_attempts(bench, statement, given=given) for statement in statements]
        for about, wanted in (("ordering", None), ("reversal", ("accurate", "opposite"))):
            ours, near, shared, groups = _pairs(bench, statements, readings, wanted)
            floors = ((near, "cosine"), (shared, "shared words"))
            for floor, floor_name in floors if not given else floors[:1]:
                args = (f"{about}{name}", measures.in_order, ours[:, 0], ours, floor, floor_name)
                found.append(measured(*args, groups))
        if given:
            found.append(_statuses(bench, statements, readings))
    return found


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


def annomi(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Expert-coded counselling (AnnoMI dev): questions and reflections, drawn by video."""
    path = _corpus(corpora, "annomi", "annomi-dev.jsonl")
    said = ""
    rows: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for row in read_json_lines(path):
        if row["interlocutor"] == "client":
            said = row["utterance_text"]
            continue
        question = row["question_subtype"] if row["question_exists"] == "True" else "none"
        reflects = row["reflection_subtype"] if row["reflection_exists"] == "True" else "none"
        key = (row["transcript_id"], row["utterance_id"])
        rows.setdefault(key, (said, row["utterance_text"], question, reflects))
    videos = [video for video, _ in rows]
    kept = list(rows.values())
    readings = [bench.read(context, text) for context, text, _, _ in kept]
    asked, handed = [row[2] for row in kept], [row[3] for row in kept]
    kinds = [r.question.kind for r in readings]
    ruled = [_rule_kind(bench, row[1]) for row in kept]
    there = [label != "none" for label in handed]
    heard = [r.reflection.kind for r in readings]
    p = [1 - r.reflection.p["none"] for r in readings]
    shared = [overlap(row[0], row[1]) for row in kept]
    present = [kind != "none" for kind in heard]
    nothing = [False] * len(there)
    macro = measures.macro_f1
    return [
        measured("question none/open/closed", macro, asked, kinds, ruled, "rules", videos),
        measured("reflection present, macro F1", macro, there, present, nothing, "none", videos),
        measured("reflection present, AUC", measures.auc, there, p, shared, "words", videos),
        measured("reflection kind", macro, handed, heard, _majority(handed), "majority", videos),
    ]


def contextdep(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Interviews: does the host restate the guest (raters' votes, at least half say so)."""
    rows = list(read_json_lines(_corpus(corpora, "contextdep", "contextdep-dev.jsonl")))
    gold = [row["vote"][0] * 2 >= row["vote"][1] for row in rows]
    p = [1 - bench.read(row["guest"], row["host"]).reflection.p["none"] for row in rows]
    near = [bench.cosine(row["guest"], row["host"]) for row in rows]
    shared = [overlap(row["guest"], row["host"]) for row in rows]
    return [
        measured("restates, AUC", measures.auc, gold, p, near, "cosine"),
        measured("restates, AUC", measures.auc, gold, p, shared, "shared words"),
    ]


def apt(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Paraphrases with few shared words (APT): the score of one sentence against the other."""
    path = _corpus(corpora, "apt", "train")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines][::8]
    gold = [row[2] == "1" for row in rows]
    ours, near = [], []
    for one, two, _ in rows:
        there = bench.read(one, two, paraphrase=True).paraphrase
        ours.append(there.score if there is not None else 0)
        near.append(bench.cosine(one, two))
    shared = [overlap(row[0], row[1]) for row in rows]
    return [
        measured("paraphrase, AUC", measures.auc, gold, ours, near, "cosine"),
        measured("paraphrase, AUC", measures.auc, gold, ours, shared, "shared words"),
    ]


def _corpus(corpora: Path | None, folder: str, name: str) -> Path:
    if corpora is None:
        raise BadInput(f"The suite '{folder}' measures on a public corpus: name it with --corpora.")
    path = corpora / "eval" / folder / name
    if not path.is_file():
        raise BadInput(f"'{path}' is not there: --corpora takes the folder that holds 'eval'.")
    return path


OWN: dict[str, Callable[[Bench, Path | None], list[Figure]]] = {
    "questions": questions,
    "reflections": reflections,
    "uptake": uptake,
    "moves": moves,
    "paraphrase": paraphrase,
}
OUTER: dict[str, Callable[[Bench, Path | None], list[Figure]]] = {
    "annomi": annomi,
    "contextdep": contextdep,
    "apt": apt,
}
SUITES = (*OWN, *OUTER)


def run_suite(name: str, corpora: Path | None = None, bench: Bench | None = None) -> SuiteResult:
    """Run one suite, or "all": every suite that can run here, as one result.

    Args:
        name: one of `SUITES`, or "all".
        corpora: the folder of public corpora for the outer suites.
        bench: models already loaded.

    Raises:
        BadInput: there is no such suite, or its corpus is not there.
        MissingModel: the models cannot be loaded.
    """
    known = OWN | OUTER
    if name != "all" and name not in known:
        raise BadInput(f"There is no suite '{name}': choose one of all, {', '.join(SUITES)}.")
    bench = bench or Bench()
    if name != "all":
        about = (known[name].__doc__ or "").strip().splitlines()[0]
        return SuiteResult(name, about, tuple(known[name](bench, corpora)))
    figures: list[Figure] = []
    for suite, run in (known if corpora is not None else OWN).items():
        for figure in run(bench, corpora):
            figures.append(
                Figure(
                    f"{suite}: {figure.name}",
                    figure.value,
                    figure.low,
                    figure.high,
                    figure.baseline,
                    figure.baseline_name,
                    figure.rows,
                )
            )
    return SuiteResult("all", "Every suite that can run here.", tuple(figures))
