"""Measures with a bootstrap interval, the same for a model and for the baseline beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]
Measure = Callable[[Values, Values], float]

_DRAWS = 400


@dataclass(frozen=True)
class Figure:
    """One measured figure: value, 95% interval, and the baseline's value from the same rows.

    ``rows`` is how many items it rests on.
    """

    name: str
    value: float
    low: float
    high: float
    baseline: float
    baseline_name: str
    rows: int


def measured(
    name: str,
    measure: Measure,
    gold: Sequence[Any] | Values,
    ours: Sequence[Any] | Values,
    floor: Sequence[Any] | Values,
    floor_name: str,
    groups: Sequence[str] | None = None,
) -> Figure:
    """Measure a model and its baseline against gold.

    Args:
        name: what the figure is called.
        measure: takes gold and predictions, gives one number, better when larger.
        gold: the labels.
        ours: the model's answers.
        floor: the baseline's answers to the same rows.
        floor_name: what the baseline is.
        groups: rows of one group are drawn together in the bootstrap; each row alone if None.
    """
    truth, mine, plain = np.array(gold), np.array(ours), np.array(floor)
    names = np.array(groups if groups is not None else [str(at) for at in range(len(truth))])
    rows_of = [np.flatnonzero(names == one) for one in np.unique(names)]
    rng = np.random.default_rng(7)
    draws = []
    for _ in range(_DRAWS):
        picked = np.concatenate([rows_of[at] for at in rng.integers(0, len(rows_of), len(rows_of))])
        draws.append(measure(truth[picked], mine[picked]))
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return Figure(
        name,
        round(measure(truth, mine), 3),
        round(float(low), 3),
        round(float(high), 3),
        round(measure(truth, plain), 3),
        floor_name,
        len(truth),
    )


def accuracy(gold: Values, said: Values) -> float:
    """The share that is said rightly."""
    return float(np.mean(gold == said))


def f1(gold: Values, said: Values) -> float:
    """F1 of true against false."""
    both = float(np.sum(gold & said))
    total = float(np.sum(gold) + np.sum(said))
    return 2 * both / total if total else float("nan")


def macro_f1(gold: Values, said: Values) -> float:
    """Mean F1 over the classes that occur in gold."""
    return float(np.mean([f1(gold == label, said == label) for label in np.unique(gold)]))


def macro_f1_columns(gold: Values, said: Values) -> float:
    """Mean F1 over the columns (rows, labels) of a multi-label answer; empty columns left out."""
    each = [f1(gold[:, at], said[:, at]) for at in range(gold.shape[1]) if gold[:, at].any()]
    return float(np.mean(each))


def spearman(gold: Values, said: Values) -> float:
    """Rank correlation, ties given their mean rank."""
    one, two = _ranks(gold), _ranks(said)
    if one.std() == 0 or two.std() == 0:
        return 0.0
    return float(np.corrcoef(one, two)[0, 1])


def auc(gold: Values, said: Values) -> float:
    """How often a true row scores above a false one; ties count half."""
    ranks = _ranks(said)
    positive = gold.astype(bool)
    yes, no = int(positive.sum()), int((~positive).sum())
    if not yes or not no:
        return float("nan")
    return float((ranks[positive].sum() - yes * (yes + 1) / 2) / (yes * no))


def closeness_to_truth(gold: Values, said: Values) -> float:
    """One minus the mean squared error of probabilities (one minus the Brier score)."""
    return float(1.0 - np.mean((said - gold) ** 2))


def calibration(gold: Values, said: Values) -> float:
    """One minus the expected calibration error over ten equal bins of probability."""
    truth, p = gold.ravel(), said.ravel()
    bins = np.minimum((p * 10).astype(int), 9)
    gaps = [
        abs(p[bins == at].mean() - truth[bins == at].mean()) * np.mean(bins == at)
        for at in range(10)
        if np.any(bins == at)
    ]
    return float(1.0 - np.sum(gaps))


def in_order(gold: Values, said: Values) -> float:
    """Share of rows (better, worse) whose better one scores higher; ties count half."""
    del gold
    return float(np.mean((said[:, 0] > said[:, 1]) + 0.5 * (said[:, 0] == said[:, 1])))


def _ranks(values: Values) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2.0)[place], np.float64)
