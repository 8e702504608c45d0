"""What the rows kept out of training decide about trained nets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.listening.pair_net import PairNet
from coach.listening.weighing import Weighing
from coach.training.calibrating import Calibration, Said, calibrate, say
from coach.training.curriculum import Kept
from coach.training.worth import likely, weigh


@dataclass(frozen=True)
class Settled:
    """What the rows kept out decide: calibration, and how given points are weighed."""

    calibration: Calibration
    weighing: Weighing


def settle(net: PairNet, points: PairNet, kept: Kept) -> Settled:
    """Calibration and weighing, from rows that trained neither net."""
    beside = [one.beside for one in kept.attempts] + kept.turns
    alone = [say(points, one.given) for one in kept.attempts]
    given = [row for one in kept.attempts for row in one.given]
    calibration = calibrate(say(net, beside), beside, _together(alone), given)
    chances = [
        likely(
            say(net, [one.seen]),
            by_itself,
            calibration,
            [row.example.context for row in one.given],
            one.claims,
        )
        for one, by_itself in zip(kept.attempts, alone, strict=True)
    ]
    statuses = [[s for g in one.given for _, s, _ in g.points] for one in kept.attempts]
    return Settled(calibration, weigh(chances, statuses))


def _together(said: Sequence[Said]) -> Said:
    """What was said of some rows after what was said of others."""
    return Said(
        np.concatenate([one.labels for one in said]),
        [points for one in said for points in one.points],
        [claims for one in said for claims in one.claims],
    )
