"""Trains the paraphrase models: key points covered, missed or distorted; claims backed or added.

Learns from our own statements and attempts (``data/labelled/paraphrases``); folds are cut by
statement, so that no attempt is judged by a model that saw another attempt at the same statement.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier, MLPRegressor

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
from coach.listening.pointing import STATUSES, Judgement, blend, summary_figures
from coach.listening.utterance import Ear
from coach.training.data import Attempt, Statement

Array = NDArray[np.float64]

TARGETS = {1: 90.0, 2: 72.0, 3: 50.0, 4: 34.0, 5: 16.0, 6: 7.0, 7: 1.0}
"""Where the score should put attempts of each rank; only their order and distance matter."""

_FOLDS = 5
_NETS = 4
_STEP = 25.0


@dataclass(frozen=True)
class Laid:
    """An attempt laid beside its statement, as figures.

    ``given`` and ``cut`` hold one row per key point as worded by the labeller and as cut by the
    pipeline, ``claims`` one per claim of the attempt; ``cut_status`` is what the labels say of
    the points as cut, None where no gold point comes from that place.
    """

    statement: str
    attempt: Attempt
    beside: Beside
    given: list[dict[str, float]]
    cut: list[dict[str, float]]
    cut_points: list[Point]
    cut_status: list[str | None]
    claims: list[dict[str, float]]


def lay(statements: Sequence[Statement], ear: Ear, antonyms: Antonyms) -> list[Laid]:
    """Lay all attempts beside their statements."""
    laid: list[Laid] = []
    for statement in statements:
        context = ear.hear(statement.context)
        given = [given_point(ear.hear(text), context) for text in statement.key_points]
        cut = points_of(context)
        for attempt in statement.attempts:
            turn = ear.hear(attempt.text)
            beside = Beside(turn, context, antonyms)
            spans = [span for span in turn.claims if is_claim(span, turn)]
            laid.append(
                Laid(
                    statement.id,
                    attempt,
                    beside,
                    [point_figures(point, given, beside) for point in given],
                    [point_figures(point, cut, beside) for point in cut],
                    cut,
                    _cut_status(cut, given, attempt.status),
                    [claim_figures(span, beside) for span in spans],
                )
            )
    return laid


def _cut_status(
    cut: Sequence[Point], given: Sequence[Point], status: Sequence[str]
) -> list[str | None]:
    """Carry gold statuses over to the points as cut: by place, the worst status first."""
    worst = {"distorted": 0, "missed": 1, "covered": 2}
    found: list[str | None] = []
    for point in cut:
        here = [s for g, s in zip(given, status, strict=True) if g.source == point.source]
        # Two labelled points of one place that fared differently say nothing sure about it.
        if len(set(here)) > 1 and "distorted" not in here:
            found.append(None)
        else:
            found.append(min(here, key=lambda s: worst[s]) if here else None)
    return found


@dataclass(frozen=True)
class Trained:
    """A net's column names and weights, as `coach.listening.pointing.Net` reads them.

    What comes out is in ``unit``s: nets learn best on numbers of the size of one.
    """

    names: list[str]
    mean: Array
    scale: Array
    members: list[Any]
    unit: float

    def tensors(self, name: str) -> dict[str, NDArray[np.float32]]:
        """The weights with scaling folded in; members' mean logits are one wide layer."""
        inner = np.concatenate([m.coefs_[0].T for m in self.members])
        bias = np.concatenate([m.intercepts_[0] for m in self.members])
        outer = np.concatenate([m.coefs_[1].T for m in self.members], axis=1)
        outer = outer * (self.unit / len(self.members))
        outer_bias = np.mean([m.intercepts_[1] for m in self.members], axis=0) * self.unit
        inner = inner / self.scale
        found = {
            "inner": inner,
            "inner_bias": bias - inner @ self.mean,
            "outer": outer,
            "outer_bias": outer_bias,
        }
        return {f"{name}.{part}": value.astype(np.float32) for part, value in found.items()}

    def logits(self, rows: Array) -> Array:
        """Mean logits of the members, (rows, classes)."""
        scaled = (rows - self.mean) / self.scale
        scores = [
            np.tanh(scaled @ m.coefs_[0] + m.intercepts_[0]) @ m.coefs_[1] + m.intercepts_[1]
            for m in self.members
        ]
        return np.asarray(np.mean(scores, axis=0) * self.unit)


def table(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Array:
    """Named figures as a matrix, absent ones zero: (rows, names)."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows]).reshape(
        len(rows), len(names)
    )


def train_net(
    rows: Sequence[dict[str, float]], labels: Sequence[int], *, seed: int, hidden: int, decay: float
) -> Trained:
    """Fit a few small networks that differ in their seed alone."""

    def member(number: int) -> Any:
        return MLPClassifier(
            hidden_layer_sizes=(hidden,),
            activation="tanh",
            alpha=decay,
            max_iter=120,
            learning_rate_init=0.004,
            random_state=seed + number,
        )

    return _fit(rows, np.array(labels), member, 1.0)


def _fit(
    rows: Sequence[dict[str, float]],
    wanted: NDArray[Any],
    member: Callable[[int], Any],
    unit: float,
) -> Trained:
    names = sorted({name for row in rows for name in row})
    columns = table(rows, names)
    mean, scale = columns.mean(axis=0), columns.std(axis=0) + 0.05
    with warnings.catch_warnings():
        # A fixed number of passes is the stopping rule here.
        warnings.simplefilter("ignore", ConvergenceWarning)
        members = [member(at).fit((columns - mean) / scale, wanted) for at in range(_NETS)]
    return Trained(names, mean, scale, members, unit)


def point_rows(
    laid: Sequence[Laid],
) -> tuple[list[dict[str, float]], list[int]]:
    """Rows and labels of all key points, as given and as cut."""
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    for one in laid:
        for figures, status in zip(one.given, one.attempt.status, strict=True):
            rows.append(figures)
            labels.append(STATUSES.index(status))
        for figures, cut in zip(one.cut, one.cut_status, strict=True):
            if cut is not None:
                rows.append(figures)
                labels.append(STATUSES.index(cut))
    return rows, labels


def claim_rows(laid: Sequence[Laid]) -> tuple[list[dict[str, float]], list[int]]:
    """Rows and labels of claims: added in invented and off-topic attempts, backed in faithful ones.

    Attempts that say the opposite, or add to what they keep, are passed over: their labels do not
    say which claim it is.
    """
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    for one in laid:
        all_added = one.attempt.kind in {"invented", "offtopic"} and one.attempt.added
        all_backed = not one.attempt.added and one.attempt.kind != "opposite"
        if all_added or all_backed:
            rows += one.claims
            labels += [int(all_added)] * len(one.claims)
    return rows, labels


@dataclass(frozen=True)
class Nets:
    """The trained nets for key points and for claims."""

    points: Trained
    claims: Trained

    def judge(self, laid: Laid, *, given: bool) -> Judgement:
        """The judgement of one attempt, as `Paraphraser.judge` gives it."""
        rows = laid.given if given else laid.cut
        logits = self.points.logits(table(rows, self.points.names))
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        p = raised / raised.sum(axis=1, keepdims=True)
        scores = self.claims.logits(table(laid.claims, self.claims.names))[:, 0]
        p_added = 1.0 / (1.0 + np.exp(-scores))
        return Judgement((), np.asarray(p, np.float32), (), np.asarray(p_added, np.float32))


@dataclass(frozen=True)
class PointModels:
    """The trained paraphrase models."""

    nets: Nets
    score: Trained


def train_points(laid: Sequence[Laid], *, seed: int) -> PointModels:
    """Train the nets on all attempts, and the score on what nets see that have not seen them."""
    groups = [one.statement for one in laid]
    found: list[dict[str, float]] = []
    ranks: list[int] = []
    for train, test in GroupKFold(_FOLDS).split(laid, groups=groups):
        nets = _nets([laid[at] for at in train], seed)
        for at in test:
            given, cut = (
                summary_figures(nets.judge(laid[at], given=way), laid[at].beside)
                for way in (True, False)
            )
            found += [blend(given, cut), cut]
            ranks += [laid[at].attempt.rank] * 2
    return PointModels(_nets(laid, seed), _fit_score(found, ranks))


def _nets(laid: Sequence[Laid], seed: int) -> Nets:
    points = train_net(*point_rows(laid), seed=seed, hidden=24, decay=1.0)
    claims = train_net(*claim_rows(laid), seed=seed, hidden=6, decay=1.0)
    return Nets(points, claims)


def _fit_score(found: Sequence[dict[str, float]], ranks: Sequence[int]) -> Trained:
    """A net from what the models found to where the score should be.

    It is trained on what models found in statements they had not seen, as they will in use.
    """
    wanted = np.array([TARGETS[rank] for rank in ranks])

    def member(seed: int) -> Any:
        return MLPRegressor(
            hidden_layer_sizes=(8,),
            activation="tanh",
            alpha=0.1,
            max_iter=200,
            learning_rate_init=0.01,
            random_state=seed,
        )

    return _fit(found, wanted / _STEP, member, _STEP)
