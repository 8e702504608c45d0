"""Fits how likely whoever told a story feels heard (`coach.listening.felt_heard`).

Run as ``python -m coach.training.felt_heard``; it prints the weights. The turns of talks that one
reader labelled teach, and every second one of those that two labelled and of the short ones; the
suite ``heard`` measures on the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from coach.listening.felt_heard import figures
from coach.listening.reading import Reading
from coach.training.data import HeardTurn
from coach.training.measuring import Bench
from coach.training.suites_heard import read_half, read_turns

_HOLD = 0.3
"""How freely the weights may leave zero (the C of a logistic regression)."""


def fit(rows: Sequence[tuple[HeardTurn, Reading]]) -> dict[str, float]:
    """The weights that make it likeliest what readers said."""
    found = [figures(reading, turn.text) for turn, reading in rows]
    names = list(found[0])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_HOLD, max_iter=3000))
    model.fit([[one[name] for name in names] for one in found], [t.back == "well" for t, _ in rows])
    scaler, line = model[0], model[1]
    slopes = line.coef_[0] / scaler.scale_
    always = line.intercept_[0] - float(np.dot(slopes, scaler.mean_))
    weights = {"always": always} | dict(zip(names, slopes, strict=True))
    return {name: round(float(weight), 2) for name, weight in weights.items()}


def main() -> None:
    """Print the weights."""
    bench = Bench()
    halves = [row for part in ("test", "short") for row in read_half(bench, part, odd=True)]
    rows = [*read_turns(bench, "train"), *halves]
    judged = [(turn, reading) for turn, reading in rows if reading.judged]
    for name, weight in fit(judged).items():
        print(f'    "{name}": {weight},')  # noqa: T201


if __name__ == "__main__":
    main()
