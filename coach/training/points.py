"""Trains the paraphrase models: key points covered, missed or distorted; claims backed or added.

Learns from our own statements and attempts (``data/labelled/paraphrases``); folds are cut by
statement, so that no attempt is judged by a model that saw another attempt at the same statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import GroupKFold

from coach.listening.pointing import STATUSES, Judgement, blend, summary_figures
from coach.training.laying import Laid
from coach.training.nets import Trained, train_classes, train_rising

SIGNS = {
    **dict.fromkeys(("coverage", "anything kept", "best kept", "least kept"), 1),
    **dict.fromkeys(("faithfulness", "own", "concision", "near"), 1),
    **dict.fromkeys(("distorted", "twisted", "most twisted"), -1),
    **dict.fromkeys(("added", "most added", "about me"), -1),
}
"""Which way the score may go with each figure."""

_FOLDS = 5


@dataclass(frozen=True)
class Nets:
    """The trained nets for key points and for claims."""

    points: Trained
    claims: Trained

    def judge(self, laid: Laid, *, given: bool) -> Judgement:
        """The judgement of one attempt, as `Paraphraser.judge` gives it."""
        logits = self.points.logits(laid.given if given else laid.cut)
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        p = raised / raised.sum(axis=1, keepdims=True)
        p_added = 1.0 / (1.0 + np.exp(-self.claims.logits(laid.claims)[:, 0]))
        return Judgement((), np.asarray(p, np.float32), (), np.asarray(p_added, np.float32))

    def figures(self, laid: Laid) -> tuple[dict[str, float], dict[str, float]]:
        """What the score rests on, by given points and by the points as cut."""
        given, cut = (
            summary_figures(self.judge(laid, given=way), laid.beside) for way in (True, False)
        )
        return blend(given, cut), cut


@dataclass(frozen=True)
class PointModels:
    """The trained paraphrase models."""

    nets: Nets
    score: Trained


def point_rows(laid: Sequence[Laid]) -> tuple[list[dict[str, float]], list[int]]:
    """Rows and labels of all key points, as given and as cut."""
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    names = [str(status) for status in STATUSES]
    for one in laid:
        both = [*zip(one.given, one.gold.given, strict=True)]
        for figures, status in both + [*zip(one.cut, one.gold.cut, strict=True)]:
            if status is not None:
                rows.append(figures)
                labels.append(names.index(status))
    return rows, labels


def claim_rows(laid: Sequence[Laid]) -> tuple[list[dict[str, float]], list[int]]:
    """Rows and labels of claims: added in invented and off-topic attempts, backed in faithful ones.

    Attempts that say the opposite, or add to what they keep, are passed over: their labels do not
    say which claim it is.
    """
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    for one in laid:
        all_added = one.gold.kind in {"invented", "offtopic"} and one.gold.added
        all_backed = one.gold.added is False and one.gold.kind != "opposite"
        if all_added or all_backed:
            rows += one.claims
            labels += [int(bool(all_added))] * len(one.claims)
    return rows, labels


def train_nets(laid: Sequence[Laid], *, seed: int) -> Nets:
    """Train the nets that judge key points and claims."""
    points = train_classes(*point_rows(laid), seed=seed, hidden=24, decay=1.0)
    claims = train_classes(*claim_rows(laid), seed=seed, hidden=6, decay=1.0)
    return Nets(points, claims)


def train_points(laid: Sequence[Laid], *, seed: int) -> PointModels:
    """Train the nets on all attempts, and the score on what nets see that have not seen them."""
    found: list[dict[str, float]] = []
    targets: list[float] = []
    groups = [one.statement for one in laid]
    for train, test in GroupKFold(_FOLDS).split(laid, groups=groups):
        nets = train_nets([laid[at] for at in train], seed=seed)
        for at in test:
            found += nets.figures(laid[at])
            targets += [laid[at].gold.target] * 2
    score = train_rising(found, targets, SIGNS, seed=seed)
    return PointModels(train_nets(laid, seed=seed), score)
