"""Lays labelled attempts, and made-up part copies, beside their statements as figures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from coach.listening.alignment import Antonyms
from coach.listening.paraphrase import (
    Beside,
    Point,
    claim_figures,
    given_point,
    is_claim,
    point_figures,
    points_of,
)
from coach.listening.utterance import Ear, Utterance
from coach.training.copies import copies
from coach.training.data import Statement

TARGETS = {1: 90.0, 2: 72.0, 3: 50.0, 4: 34.0, 5: 16.0, 6: 7.0, 7: 1.0}
"""Where the score should put attempts of each rank; only their order and distance matter."""
COPY = "copy"
TWISTED = 6.0
_COPIED_LEAST, _COPIED_MORE = 14.0, 58.0


@dataclass(frozen=True)
class Gold:
    """What is known of an attempt: where its score should be, and what became of each point.

    ``added`` is None where nobody said. Statuses of None are not sure enough to teach.
    """

    kind: str
    rank: int
    target: float
    added: bool | None
    given: list[str | None]
    cut: list[str | None]


@dataclass(frozen=True)
class Laid:
    """An attempt as figures.

    ``given`` and ``cut`` hold one row per key point as worded by the labeller and as cut by the
    pipeline, ``claims`` one per claim of the attempt.
    """

    statement: str
    gold: Gold
    beside: Beside
    given: list[dict[str, float]]
    cut: list[dict[str, float]]
    claims: list[dict[str, float]]


def lay(statements: Sequence[Statement], ear: Ear, antonyms: Antonyms, *, seed: int) -> list[Laid]:
    """Lay all attempts, and some part copies, beside their statements."""
    laid: list[Laid] = []
    rng = random.Random(seed)
    for statement in statements:
        context = ear.hear(statement.context)
        given = [given_point(ear.hear(text), context) for text in statement.key_points]
        cut = points_of(context)
        for text, gold in [
            *_attempts(statement, given, cut),
            *_copies(context, given, cut, antonyms, rng),
        ]:
            beside = Beside(ear.hear(text), context, antonyms)
            spans = [span for span in beside.turn.claims if is_claim(span, beside.turn)]
            one = Laid(
                statement.id,
                gold,
                beside,
                [point_figures(point, given, beside) for point in given],
                [point_figures(point, cut, beside) for point in cut],
                [claim_figures(span, beside) for span in spans],
            )
            laid.append(one)
    return laid


def _attempts(
    statement: Statement, given: Sequence[Point], cut: Sequence[Point]
) -> list[tuple[str, Gold]]:
    return [
        (
            attempt.text,
            Gold(
                attempt.kind,
                attempt.rank,
                TARGETS[attempt.rank],
                attempt.added,
                list(attempt.status),
                _cut_status(cut, given, attempt.status),
            ),
        )
        for attempt in statement.attempts
    ]


def _copies(
    context: Utterance,
    given: Sequence[Point],
    cut: Sequence[Point],
    antonyms: Antonyms,
    rng: random.Random,
) -> list[tuple[str, Gold]]:
    found: list[tuple[str, Gold]] = []
    for copy in copies(context, given, cut, antonyms, rng):
        target = TWISTED if copy.twisted else _COPIED_LEAST + _COPIED_MORE * copy.kept
        added = None if copy.twisted else False
        found.append((copy.text, Gold(COPY, 0, target, added, copy.given, copy.cut)))
    return found


def _cut_status(
    cut: Sequence[Point], given: Sequence[Point], status: Sequence[str]
) -> list[str | None]:
    """Carry gold statuses over to the points as cut: by place, a distortion before all else."""
    found: list[str | None] = []
    for point in cut:
        here = {s for g, s in zip(given, status, strict=True) if g.source == point.source}
        # Labelled points of one place that fared differently say nothing sure about it.
        if "distorted" in here:
            found.append("distorted")
        else:
            found.append(here.pop() if len(here) == 1 else None)
    return found
