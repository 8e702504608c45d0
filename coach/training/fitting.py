"""Fits the heads of a turn and folds scaling, class weights and calibration into their weights.

Every fit gives a weight matrix (rows, columns) on raw columns and a bias per row. How much each
group of columns counts was chosen by cross-validation on our training turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import StratifiedKFold

from coach.listening.reading import MOVES, QUESTION_FLAGS, QUESTION_KINDS
from coach.training.columns import Array, Columns, Silver, Weighting
from coach.training.data import LabelledTurn

QUESTION = Weighting(shapes=0.5, turn=0.2, context=0.1)
FLAGS = Weighting(shapes=0.7, turn=0.3, context=0.1, fit=0.03)
REFLECTION = Weighting(turn=0.3, context=0.1, shared=0.1, fit=0.05)
DEPTH = Weighting(turn=0.3, context=0.1)
SILVER_WEIGHT = 0.12
UPTAKE = Weighting(figures=0.5, turn=0.3, context=0.1, helpers=0.5)
MOVE = Weighting(shared=0.1, helpers=0.5)

_FOLDS = 5
_LEAN = 0.3


def fit_classes(
    columns: Columns, raw: Array, labels: Sequence[str], order: Sequence[str], by: Weighting
) -> tuple[Array, Array]:
    """A softmax head: weights (classes, columns) on raw columns, and biases."""
    scaled, factors = columns.weighted(raw, by)
    model = LogisticRegression(C=by.fit, max_iter=1000)

    def fit(rows: Any) -> LogisticRegression:
        return model.fit(scaled[rows], np.array(labels)[rows])

    held_out = np.zeros((len(labels), len(order)))
    for train, test in _folds(labels):
        fitted = fit(train)
        at = [list(fitted.classes_).index(label) for label in order]
        held_out[test] = fitted.decision_function(scaled[test])[:, at]
    heat = _temperature(held_out, [order.index(label) for label in labels])
    fitted = fit(slice(None))
    at = [list(fitted.classes_).index(label) for label in order]
    weight = fitted.coef_[at] * factors * heat
    bias = fitted.intercept_[at] * heat - weight @ columns.mean
    return weight, bias


def fit_present(
    columns: Columns, raw: Array, present: NDArray[np.bool_], by: Weighting
) -> tuple[Array, Array]:
    """A yes/no head: class-weighted, then calibrated on turns it has not seen."""
    scaled, factors = columns.weighted(raw, by)

    def fit(rows: Any) -> LogisticRegression:
        model = LogisticRegression(C=by.fit, max_iter=1000, class_weight="balanced")
        return model.fit(scaled[rows], present[rows])

    held_out = np.zeros(len(present))
    for train, test in _folds(present):
        held_out[test] = fit(train).decision_function(scaled[test])
    slope, shift = _platt(held_out, present)
    fitted = fit(slice(None))
    weight = fitted.coef_[0] * factors * slope
    bias = fitted.intercept_[0] * slope + shift - weight @ columns.mean
    return weight[None, :], np.array([bias])


def fit_reflects(
    columns: Columns, raw: Array, present: NDArray[np.bool_], silver: Silver
) -> tuple[Array, Array]:
    """Whether a turn reflects: our turns, with counselling talk beside them at a low weight.

    The silver rows make it hold for talk unlike ours; calibration rests on our turns alone.
    """
    scaled, factors = columns.weighted(raw, REFLECTION)
    beside, _ = columns.weighted(silver.raw, REFLECTION)

    def fit(rows: Any) -> LogisticRegression:
        model = LogisticRegression(C=REFLECTION.fit, max_iter=1000)
        mine = present[rows]
        weights = np.concatenate([np.ones(len(mine)), np.full(len(beside), SILVER_WEIGHT)])
        both = np.concatenate([mine, silver.present])
        return model.fit(np.vstack([scaled[rows], beside]), both, sample_weight=weights)

    held_out = np.zeros(len(present))
    for train, test in _folds(present):
        held_out[test] = fit(train).decision_function(scaled[test])
    fitted_to = LogisticRegression(C=10.0).fit(held_out[:, None], present)
    slope, shift = float(fitted_to.coef_[0, 0]), float(fitted_to.intercept_[0])
    fitted = fit(slice(None))
    weight = fitted.coef_[0] * factors * slope
    bias = fitted.intercept_[0] * slope + shift - weight @ columns.mean
    return weight[None, :], np.array([bias])


def fit_amount(columns: Columns, raw: Array, amounts: Array, by: Weighting) -> tuple[Array, Array]:
    """A regression head."""
    scaled, factors = columns.weighted(raw, by)
    fitted = Ridge(alpha=1.0 / by.fit).fit(scaled, amounts)
    weight = fitted.coef_ * factors
    return weight[None, :], np.array([fitted.intercept_ - weight @ columns.mean])


def _folds(labels: Any) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    return list(folds.split(np.zeros(len(labels)), labels))


def _temperature(logits: Array, gold: Sequence[int]) -> float:
    """The factor on the logits that makes held-out turns likeliest."""
    best, least = 1.0, np.inf
    for factor in np.geomspace(0.5, 4.0, 40):
        hot = logits * factor
        hot = hot - hot.max(axis=1, keepdims=True)
        log_p = hot - np.log(np.exp(hot).sum(axis=1, keepdims=True))
        loss = -log_p[np.arange(len(gold)), list(gold)].mean()
        if loss < least:
            best, least = float(factor), float(loss)
    return best


def _platt(scores: Array, present: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift that turn held-out scores into log odds.

    Rare labels are weighted up a little (`_LEAN`), so that a probability of a half is about where
    a turn is as well called present as absent; without it rare moves would hardly ever reach it.
    """
    odds = (len(present) / max(1, int(present.sum())) - 1.0) ** _LEAN
    weights = np.where(present, odds, 1.0)
    fitted = LogisticRegression(C=10.0).fit(scores[:, None], present, sample_weight=weights)
    return max(0.1, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])


def fit_heads(
    columns: Columns, raw: Array, gold: Sequence[LabelledTurn], silver: Silver
) -> tuple[Array, Array]:
    """All heads, in the order that `coach.listening.heads.Heads` reads them."""
    heads = [fit_classes(columns, raw, [g.question for g in gold], QUESTION_KINDS, QUESTION)]
    for flag in QUESTION_FLAGS:
        heads.append(fit_present(columns, raw, np.array([flag in g.flags for g in gold]), FLAGS))
    there = np.array([g.reflection != "none" for g in gold])
    deep = np.array([g.reflection == "complex" for g in gold])
    heads.append(fit_reflects(columns, raw, there, silver))
    heads.append(fit_present(columns, raw[there], deep[there], DEPTH))
    heads.append(fit_amount(columns, raw, np.array([g.uptake for g in gold]), UPTAKE))
    for move in MOVES:
        heads.append(fit_present(columns, raw, np.array([move in g.moves for g in gold]), MOVE))
    return np.concatenate([w for w, _ in heads]), np.concatenate([b for _, b in heads])
