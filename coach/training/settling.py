"""What the rows kept out of training decide about trained nets."""

from __future__ import annotations

from dataclasses import dataclass

from coach.listening.pair_net import PairNet
from coach.listening.weighing import Weighing
from coach.training.calibrating import Calibration, calibrate, say
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
    given = [row for one in kept.attempts for row in one.given]
    calibration = calibrate(say(net, beside), beside, say(points, given), given)
    said = [(say(net, [one.seen]), say(points, one.given)) for one in kept.attempts]
    chances = [
        likely(cut, alone, calibration, [g.example.context for g in one.given], one.claims)
        for (cut, alone), one in zip(said, kept.attempts, strict=True)
    ]
    statuses = [[s for g in one.given for _, s, _ in g.points] for one in kept.attempts]
    return Settled(calibration, weigh(chances, statuses))
