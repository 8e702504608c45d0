"""Trains the net that puts an attempt's figures on one scale, the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from coach.listening.contrast import Said as Spoken
from coach.listening.contrast import source
from coach.listening.weighing import Weighing, named
from coach.training.calibrating import Calibration, Said

Array = NDArray[np.float64]

_UP = ("coverage", "anything kept", "least kept", "straight", "faithfulness")
_DOWN = ("distorted", "twisted", "most twisted")
SIGNS = {
    **dict.fromkeys(_UP, 1),
    **dict.fromkeys((f"{name} alone" for name in _UP), 1),
    **dict.fromkeys(("worth", "own", "concision", "reflects", "uptake"), 1),
    **dict.fromkeys(_DOWN, -1),
    **dict.fromkeys((f"{name} alone" for name in _DOWN), -1),
    **dict.fromkeys(("added", "most added"), -1),
}
"""Which way the score may go with each figure."""

SHARES = (0.0, 0.25, 0.5, 0.75)
LEANS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
"""What is tried for `Weighing`, and how much a twist leans when statuses are named."""

TARGETS = {1: 92.0, 2: 74.0, 3: 66.0, 4: 46.0, 5: 24.0, 6: 6.0, 7: -6.0}
"""Where the score should put attempts of each rank; only their order and distance matter.

What is half so far from what is turned round puts more halves above reversals, and orders all pairs
as well as if it were nearer (by four folds of the statements kept out). The last three need room
between them too: crowded between 10 and 0, what is turned round stood above what is invented.
"""


@dataclass(frozen=True)
class Likely:
    """Probabilities of an attempt's points: of key points alone, of the claims as cut.

    ``sources``: for each key point, the claim it was taken from.
    """

    alone: NDArray[np.float32]
    cut: NDArray[np.float32]
    sources: list[int | None]


def likely(
    cut: Said,
    given: Said,
    calibration: Calibration,
    points: Sequence[str],
    claims: Sequence[str],
) -> Likely:
    """The probabilities of an attempt.

    Args:
        cut: the net's scores of the attempt beside the statement.
        given: the other net's of the attempt beside each key point.
        calibration: of both.
        points: the key points.
        claims: the statement's claims that were read.
    """
    theirs = [Spoken.of(claim) for claim in claims]
    return Likely(
        _softened(np.concatenate(given.points), calibration.given),
        _softened(cut.points[0], calibration.points),
        [source(Spoken.of(point), theirs) for point in points],
    )


def weigh(tried: Sequence[Likely], statuses: Sequence[Sequence[int]]) -> Weighing:
    """The weighing that names most statuses rightly, by macro F1."""
    gold = np.concatenate([np.asarray(row) for row in statuses])
    best, most = Weighing(0.0), -1.0
    for share in SHARES:
        trial = Weighing(share)
        p = np.concatenate([trial.both(one.alone, one.cut, one.sources) for one in tried])
        for lean in LEANS:
            f1 = float(f1_score(gold, named(p, lean), average="macro"))
            if f1 > most:
                best, most = trial, f1
    return best


def _softened(scores: Array, line: Array) -> NDArray[np.float32]:
    heat, shift = line
    hot = np.exp(scores * heat + shift)
    return np.asarray(hot / hot.sum(axis=1, keepdims=True), np.float32)


_STEPS = 900
_UNITS = 4
_NETS = 5
"""So many small nets, each from a seed of its own, stand side by side as one: which seed was drawn
moved the share of pairs in order by 0.005 either way."""


@dataclass(frozen=True)
class Trained:
    """The net: the names of its columns, and weights with scaling folded in."""

    names: list[str]
    inner: Array
    inner_bias: Array
    outer: Array
    outer_bias: Array

    def written(self) -> dict[str, Any]:
        """As `coach.listening.paraphrase.Net` takes it out of a model's config."""
        parts = ("inner", "inner_bias", "outer", "outer_bias")
        return {"figures": self.names} | {name: getattr(self, name).tolist() for name in parts}


def train_rising(
    rows: Sequence[dict[str, float]],
    wanted: Sequence[float],
    signs: Mapping[str, int],
    *,
    seed: int,
) -> Trained:
    """Fit a net that can only rise (sign 1) or fall (sign -1) with each figure.

    Weights between the layers are held positive (Sill 1998), so that keeping more, or twisting
    less, can never cost anything, whatever the training rows happened to hold.
    """
    names = sorted(signs)
    columns = np.array([[row[name] for name in names] for row in rows])
    mean, scale = columns.mean(axis=0), columns.std(axis=0) + 0.05
    turn = np.array([signs[name] for name in names]) / scale
    level, spread = float(np.mean(wanted)), float(np.std(wanted))
    x = torch.tensor((columns - mean) * turn, dtype=torch.float32)
    y = torch.tensor((np.array(wanted) - level) / spread, dtype=torch.float32)
    fitted = [_fit(x, y, seed + at) for at in range(_NETS)]
    inner, bias, outer, last = (np.concatenate(part) for part in zip(*fitted, strict=True))
    weights = inner * turn
    return Trained(
        names,
        weights,
        bias - weights @ mean,
        outer[None, :] / _NETS * spread,
        last.mean(keepdims=True) * spread + level,
    )


def _fit(x: torch.Tensor, y: torch.Tensor, seed: int) -> tuple[Array, Array, Array, Array]:
    """Weights (units, figures) and bias of the units, their share in what is said, its level."""
    torch.manual_seed(seed)
    inner = (torch.randn(_UNITS, x.shape[1]) * 0.5 - 1.5).requires_grad_()
    bias = torch.randn(_UNITS).requires_grad_()
    outer = (torch.randn(_UNITS) * 0.3 - 0.5).requires_grad_()
    last = torch.zeros(1).requires_grad_()
    positive = torch.nn.functional.softplus
    optimizer = torch.optim.Adam([inner, bias, outer, last], lr=0.03)
    for _ in range(_STEPS):
        optimizer.zero_grad()
        said = torch.tanh(x @ positive(inner).T + bias) @ positive(outer) + last
        loss = ((said - y) ** 2).mean() + 1e-4 * (positive(inner) ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    found = (positive(inner), bias, positive(outer), last)
    wide, shift, share, level = (part.detach().numpy().astype(np.float64) for part in found)
    return wide, shift, share, level
