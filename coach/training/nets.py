"""Small networks over named figures, trained here and read by `coach.listening.pointing.Net`."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

Array = NDArray[np.float64]

_MEMBERS = 4
_STEPS = 700
_UNITS = 10


@dataclass(frozen=True)
class Trained:
    """A net: the names of its columns, and weights with scaling folded in."""

    names: list[str]
    inner: Array
    inner_bias: Array
    outer: Array
    outer_bias: Array

    def tensors(self, name: str) -> dict[str, NDArray[np.float32]]:
        """The weights under the names that `Net.load` looks for."""
        parts = ("inner", "inner_bias", "outer", "outer_bias")
        return {f"{name}.{part}": getattr(self, part).astype(np.float32) for part in parts}

    def logits(self, rows: Sequence[dict[str, float]]) -> Array:
        """Scores of some rows, (rows, classes)."""
        columns = table(rows, self.names)
        return np.asarray(
            np.tanh(columns @ self.inner.T + self.inner_bias) @ self.outer.T + self.outer_bias
        )


def table(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Array:
    """Named figures as a matrix, absent ones zero: (rows, names)."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows]).reshape(
        len(rows), len(names)
    )


def train_classes(
    rows: Sequence[dict[str, float]], labels: Sequence[int], *, seed: int, hidden: int, decay: float
) -> Trained:
    """Fit a few small classifiers that differ in their seed alone; their mean logits count."""
    names = sorted({name for row in rows for name in row})
    columns = table(rows, names)
    mean, scale = columns.mean(axis=0), columns.std(axis=0) + 0.05
    members: list[Any] = []
    with warnings.catch_warnings():
        # A fixed number of passes is the stopping rule here.
        warnings.simplefilter("ignore", ConvergenceWarning)
        for number in range(_MEMBERS):
            member = MLPClassifier(
                hidden_layer_sizes=(hidden,),
                activation="tanh",
                alpha=decay,
                max_iter=100,
                learning_rate_init=0.004,
                random_state=seed + number,
            )
            members.append(member.fit((columns - mean) / scale, labels))
    inner = np.concatenate([m.coefs_[0].T for m in members]) / scale
    bias = np.concatenate([m.intercepts_[0] for m in members]) - inner @ mean
    outer = np.concatenate([m.coefs_[1].T for m in members], axis=1) / _MEMBERS
    outer_bias = np.mean([m.intercepts_[1] for m in members], axis=0)
    return Trained(names, inner, bias, outer, outer_bias)


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
    torch.manual_seed(seed)
    names = sorted(signs)
    columns = table(rows, names)
    mean, scale = columns.mean(axis=0), columns.std(axis=0) + 0.05
    turn = np.array([signs[name] for name in names]) / scale
    level, spread = float(np.mean(wanted)), float(np.std(wanted))
    x = torch.tensor((columns - mean) * turn, dtype=torch.float32)
    y = torch.tensor((np.array(wanted) - level) / spread, dtype=torch.float32)
    inner = (torch.randn(_UNITS, len(names)) * 0.5 - 1.5).requires_grad_()
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
    weights = positive(inner).detach().numpy().astype(np.float64) * turn
    return Trained(
        names,
        weights,
        bias.detach().numpy() - weights @ mean,
        positive(outer).detach().numpy()[None, :] * spread,
        last.detach().numpy() * spread + level,
    )
