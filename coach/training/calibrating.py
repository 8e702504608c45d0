"""Calibrates the pair net on rows that did not train it: a line per label, heat for points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from coach.listening.pair_net import LABELS, PairNet
from coach.listening.reading import QUESTION_KINDS
from coach.training.pair_data import Ready, collate

Array = NDArray[np.float64]
_KINDS = len(QUESTION_KINDS)
_PRIOR = 12.0
"""How many imagined rows stand for the line that changes nothing."""
_LEAN = 0.25


@dataclass(frozen=True)
class Calibration:
    """Slope and shift of each of `LABELS`; the points' heat and shifts; the claims' line.

    ``points`` is (2, statuses): heat, shift, of the claims cut from what was said; ``given`` the
    same of key points read alone.
    """

    slope: Array
    shift: Array
    points: Array
    given: Array
    claims: tuple[float, float]


@dataclass(frozen=True)
class Said:
    """Raw scores of some rows, one by one as the reader reads them."""

    labels: Array
    points: list[Array]
    claims: list[Array]


def say(net: PairNet, rows: Sequence[Ready]) -> Said:
    """Read rows one at a time, without dropout."""
    net.eval()
    labels, points, claims = [], [], []
    with torch.inference_mode():
        for row in rows:
            scores = net(collate([row], net.labels)[0])
            labels.append(scores.labels[0, : len(LABELS)].numpy().astype(np.float64))
            points.append(scores.points.numpy().astype(np.float64))
            claims.append(scores.claims.numpy().astype(np.float64))
    return Said(np.array(labels), points, claims)


def calibrate(
    said: Said, rows: Sequence[Ready], alone: Said, key_points: Sequence[Ready]
) -> Calibration:
    """Fit every line and heat.

    Args:
        said: the net's scores of ``rows``.
        rows: turns and attempts beside what they answer.
        alone: the other net's scores of ``key_points``.
        key_points: attempts beside one key point each.
    """
    slope, shift = np.ones(len(LABELS)), np.zeros(len(LABELS))
    gold = np.array([[r.example.labels.get(label, np.nan) for label in LABELS] for r in rows])
    asked = ~np.isnan(gold[:, 0])
    slope[:_KINDS] = _heat(said.labels[asked, :_KINDS], gold[asked, :_KINDS].argmax(axis=1))
    for at, label in enumerate(LABELS):
        known = ~np.isnan(gold[:, at])
        if at >= _KINDS and label not in {"uptake", "worth"} and known.any():
            lean = _LEAN if label.startswith(("move", "flag")) else 0.0
            slope[at], shift[at] = _line(said.labels[known, at], gold[known, at], lean)
    claims = np.concatenate([c for c in said.claims if len(c)])
    added = np.array([a for row in rows for _, a in row.claims])
    cut, given = _of_points(said, rows), _of_points(alone, key_points)
    return Calibration(slope, shift, cut, given, _line(claims, added, 0.0))


def _of_points(said: Said, rows: Sequence[Ready]) -> Array:
    statuses = np.array([status for row in rows for _, status, _ in row.points])
    return _heat_and_shift(np.concatenate(said.points), statuses)


def _line(scores: Array, gold: Array, lean: float) -> tuple[float, float]:
    """Slope and shift of log odds, held near 1 and 0 where few rows speak.

    Rare labels are weighted up a little (``lean``), so that at one half a turn is about as well
    called present as absent; without it rare moves would hardly ever reach it.
    """
    if not 0 < gold.sum() < len(gold):
        return 1.0, 0.0
    odds = (len(gold) / gold.sum() - 1.0) ** lean
    # Imagined rows at a spread of scores, labelled by chance as the raw scores say.
    grid = np.linspace(-5.0, 5.0, 11)
    p = 1.0 / (1.0 + np.exp(-grid))
    x = np.concatenate([scores, grid, grid])
    y = np.concatenate([gold > 0.5, np.ones(11), np.zeros(11)])
    own = np.where(gold > 0.5, odds, 1.0)
    weight = np.concatenate([own, p * _PRIOR / 11, (1 - p) * _PRIOR / 11])
    fitted = LogisticRegression(C=1e4, max_iter=1000).fit(x[:, None], y, sample_weight=weight)
    return max(0.2, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])


def _heat_and_shift(logits: Array, gold: NDArray[Any]) -> Array:
    """A factor on the logits and a shift of each class that make these rows likeliest."""
    heat = _heat(logits, gold)
    shift = np.zeros(logits.shape[1])
    counts = np.bincount(gold, minlength=len(shift))
    for _ in range(100):
        hot = logits * heat + shift
        p = np.exp(hot - hot.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        # Iterative proportional fitting: said shares are drawn to the true ones.
        shift += 0.5 * np.log((counts + 1.0) / (p.sum(axis=0) + 1.0))
        shift -= shift.mean()
    return np.stack([np.full(len(shift), heat), shift])


def _heat(logits: Array, gold: NDArray[Any]) -> float:
    """The factor on the logits that makes these rows likeliest."""
    best, least = 1.0, np.inf
    for factor in np.geomspace(0.25, 3.0, 60):
        hot = logits * factor
        hot = hot - hot.max(axis=1, keepdims=True)
        log_p = hot - np.log(np.exp(hot).sum(axis=1, keepdims=True))
        loss = -log_p[np.arange(len(gold)), gold].mean()
        if loss < least:
            best, least = float(factor), float(loss)
    return best
