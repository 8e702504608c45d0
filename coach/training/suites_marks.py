"""How often a mark on a card is right, in turns that nobody wrote to show a label.

Most turns of a talk make no move at all, so a model that knows the moves well still shows many that
are not there. ``python -m coach.training.suites_marks`` finds, on one half of those turns, from
which probability on a mark may be shown (`coach.feedback.margins`); the suite measures on the
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from coach.feedback.margins import RARELY, margin
from coach.listening.reading import MOVES, PRESENT, QUESTION_FLAGS, Reading
from coach.training.data import LabelledTurn, labelled_turns
from coach.training.measures import Figure, Values, measured
from coach.training.measuring import Bench

Rows = Sequence[tuple[LabelledTurn, Reading]]
Mark = tuple[str, float, bool]
"""What is said of a turn, how sure that is, and whether it is so."""

_RIGHT = 0.75
_LEAST_SAID = 6
_STEPS = np.arange(PRESENT, RARELY, 0.05)
_PLAIN = 0.65
_FLOOR = f"every mark from {_PLAIN} on"


def marks(gold: LabelledTurn, reading: Reading) -> Iterator[Mark]:
    """Everything a card may say of a turn."""
    question = reading.question
    for kind in ("open", "closed"):
        said = question.p[kind] if question.kind == kind else 0.0
        yield kind, said, gold.question == kind
    for flag in QUESTION_FLAGS:
        yield flag, question.flag_p.get(flag, 0.0), flag in gold.flags
    for move in MOVES:
        yield move, reading.moves[move], move in gold.moves
    yield "reflects", _reflects(reading), gold.reflection != "none"
    yield "complex", reading.reflection.p["complex"], gold.reflection == "complex"


def point_marks(gold: LabelledTurn, reading: Reading) -> Iterator[Mark]:
    """What a card may say of the mentor's points; a turn that hands nothing back missed them."""
    became = {(start, end): status for start, end, status in gold.points}
    for point in reading.paraphrase.key_points if reading.paraphrase else ():
        truth = "missed" if gold.reflection == "none" else became.get(point.span or (0, 0))
        if truth is not None:
            yield point.status, point.p, point.status == truth


def find_margins(rows: Rows) -> dict[str, float]:
    """From which probability on three of four are right, or none is wrong.

    The points are those of turns that are said to hand something back.
    """
    found = _margins(mark for gold, reading in rows for mark in marks(gold, reading))
    handed = found.get("reflects", RARELY)
    back = [(gold, reading) for gold, reading in rows if _reflects(reading) >= handed]
    return found | _margins(mark for gold, reading in back for mark in point_marks(gold, reading))


def _reflects(reading: Reading) -> float:
    return 1 - reading.reflection.p["none"]


def _margins(every: Iterable[Mark]) -> dict[str, float]:
    said: dict[str, list[tuple[float, bool]]] = {}
    for name, p, right in every:
        said.setdefault(name, []).append((p, right))
    least = {name: _least(marks_said) for name, marks_said in said.items()}
    return {name: enough for name, enough in least.items() if enough is not None}


def _least(said: Sequence[tuple[float, bool]]) -> float | None:
    for step in _STEPS:
        right = [so for p, so in said if p >= step]
        if all(right) or (len(right) >= _LEAST_SAID and np.mean(right) >= _RIGHT):
            return round(float(step), 2)
    return None


def read_half(bench: Bench, *, odd: bool) -> list[tuple[LabelledTurn, Reading]]:
    """Every second of the turns with its reading."""
    return [
        (gold, bench.read(gold.context, gold.text))
        for gold in labelled_turns("unposed")[int(odd) :: 2]
    ]


def shown(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Marks as cards show them, on the half of the turns that chose no margin."""
    del corpora
    rows = read_half(bench, odd=True)
    every = [list(marks(gold, reading)) for gold, reading in rows]
    truth = np.array([[right for _, _, right in one] for one in every])
    ours = np.array([[p >= margin(name) for name, p, _ in one] for one in every])
    plain = np.array([[p >= _PLAIN for _, p, _ in one] for one in every])
    points = [
        mark
        for gold, reading in rows
        if _reflects(reading) >= margin("reflects")
        for mark in point_marks(gold, reading)
    ]
    so = np.array([right for _, _, right in points])
    sure = np.array([p >= margin(name) for name, p, _ in points])
    unsure = np.array([p >= _PLAIN for _, p, _ in points])
    return [
        measured("marks shown that are right", precision, truth, ours, plain, _FLOOR),
        measured("marks to show that are shown", recall, truth, ours, plain, _FLOOR),
        measured("turns without a wrong mark", spotless, truth, ours, plain, _FLOOR),
        measured("points' marks that are right", precision, so, sure, unsure, _FLOOR),
    ]


def precision(truth: Values, said: Values) -> float:
    """Of what is said, the share that is so."""
    return float(truth[said].mean()) if said.any() else 1.0


def recall(truth: Values, said: Values) -> float:
    """Of what is so, the share that is said."""
    return float(said[truth].mean()) if truth.any() else 1.0


def spotless(truth: Values, said: Values) -> float:
    """The share of rows of which nothing is said that is not so."""
    return float(1 - (said & ~truth).any(axis=1).mean())


def main() -> None:
    """Print the margins."""
    found = find_margins(read_half(Bench(), odd=False))
    for name, least in sorted(found.items()):
        print(f'    "{name}": {least:.2f},')  # noqa: T201


if __name__ == "__main__":
    main()
