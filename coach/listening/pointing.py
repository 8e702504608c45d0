"""Judges a paraphrase: each key point covered, missed or distorted, each claim backed or added.

Small networks over the figures of `coach.listening.paraphrase`, trained by
`coach.training.points`; a third, smaller one puts what they found on one scale, the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coach.listening.encoder import Floats
from coach.listening.overlap import concision
from coach.listening.paraphrase import (
    Beside,
    Point,
    claim_figures,
    is_claim,
    point_figures,
    points_of,
)
from coach.listening.reading import KeyPoint, KeyPointStatus, Paraphrase, Span

STATUSES: tuple[KeyPointStatus, ...] = ("covered", "missed", "distorted")
ADDED = 0.5
"""How sure it must be that nothing supports a claim, where a paraphrase was asked for."""
ADDED_IN_TALK = {"none": 0.75, "simple": 0.75, "complex": 0.85}
"""The same in a talk, by the kind of reflection: surer, since a turn also says things of its own.

The lowest bars (in steps of 0.05) at which at most 15 in 100 of our training turns with such a
reflection had a claim marked; the net that marks them was not trained on turns.
"""
_DIGITS = 4


@dataclass(frozen=True)
class Net:
    """One hidden layer of tanh units over named figures; scaling is folded into the weights."""

    names: dict[str, int]
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    @classmethod
    def load(cls, name: str, config: dict[str, Any], tensors: dict[str, Floats]) -> Net:
        """Take a net by name out of a model folder's config and tensors."""
        names = {figure: at for at, figure in enumerate(config[f"{name} figures"])}
        parts = ("inner", "inner_bias", "outer", "outer_bias")
        return cls(names, *(tensors[f"{name}.{part}"] for part in parts))

    def logits(self, rows: Sequence[dict[str, float]]) -> Floats:
        """Scores of each row of named figures, (rows, classes); unknown names are passed over."""
        table = np.zeros((len(rows), len(self.names)), np.float32)
        for at, row in enumerate(rows):
            for name, value in row.items():
                column = self.names.get(name)
                if column is not None:
                    table[at, column] = value
        # One row at a time: a figure may not depend on how many rows stand beside it.
        scored = [
            self.outer @ np.tanh(self.inner @ row + self.inner_bias) + self.outer_bias
            for row in table
        ]
        return np.stack(scored) if scored else np.zeros((0, len(self.outer_bias)), np.float32)


@dataclass(frozen=True)
class Judgement:
    """What the models make of one attempt.

    ``p`` holds each key point's probabilities of `STATUSES`, (points, 3); ``p_added`` how likely
    it is that nothing in the context supports a claim of the turn, (claims,).
    """

    points: tuple[Point, ...]
    p: Floats
    claims: tuple[Span, ...]
    p_added: Floats


class Paraphraser:
    """The models of a paraphrase, loaded."""

    def __init__(self, config: dict[str, Any], tensors: dict[str, Floats]) -> None:
        self._points = Net.load("point", config, tensors)
        self._claims = Net.load("claim", config, tensors)
        self._score = Net.load("score", config, tensors)

    def judge(self, points: Sequence[Point], beside: Beside) -> Judgement:
        """The probabilities behind a paraphrase's figures."""
        logits = self._points.logits([point_figures(p, points, beside) for p in points])
        raised = np.exp(logits - logits.max(axis=1, keepdims=True)) if len(logits) else logits
        p = raised / raised.sum(axis=1, keepdims=True) if len(raised) else raised
        turn = beside.turn
        claims = tuple(span for span in turn.claims if is_claim(span, turn))
        scores = self._claims.logits([claim_figures(span, beside) for span in claims])[:, 0]
        p_added = 1.0 / (1.0 + np.exp(-scores))
        return Judgement(tuple(points), p, claims, np.asarray(p_added, np.float32))

    def read(
        self, points: Sequence[Point] | None, beside: Beside, *, added_from: float = ADDED
    ) -> Paraphrase:
        """The paraphrase part of a reading.

        Args:
            points: key points worded by the caller; None to judge by those cut from the context.
            beside: the turn and its context.
            added_from: the probability from which a claim counts as added.
        """
        cut = points_of(beside.context)
        judged = self.judge(cut if points is None else points, beside)
        found = summary_figures(judged, beside)
        if points is not None and cut:
            found = blend(found, summary_figures(self.judge(cut, beside), beside))
        key_points = tuple(
            _key_point(point, p) for point, p in zip(judged.points, judged.p, strict=True)
        )
        statuses = [point.status for point in key_points]
        added = tuple(
            span for span, p in zip(judged.claims, judged.p_added, strict=True) if p >= added_from
        )
        held = statuses.count("covered")
        return Paraphrase(
            score=score(found, self._score),
            coverage=round(held / len(statuses), _DIGITS) if statuses else 0.0,
            faithfulness=round(found["faithfulness"], _DIGITS),
            own_words=round(found["own"], _DIGITS),
            concision=round(found["concision"], _DIGITS),
            key_points=key_points,
            added=added,
        )


def _key_point(point: Point, p: Floats) -> KeyPoint:
    at = int(p.argmax())
    return KeyPoint(
        text=point.text, span=point.span, status=STATUSES[at], p=round(float(p[at]), _DIGITS)
    )


def summary_figures(judged: Judgement, beside: Beside) -> dict[str, float]:
    """What the score rests on.

    ``coverage`` and ``distorted`` are expected shares of the key points, ``anything kept`` and
    ``twisted`` the chances that at least one is covered, or distorted; ``added`` is the share of
    the turn's claims nothing supports; ``faithfulness`` is what twisting and adding leave.
    """
    p = judged.p if len(judged.p) else np.array([[0.0, 1.0, 0.0]])
    p_added = judged.p_added if len(judged.p_added) else np.zeros(1)
    twisted = float(1.0 - np.prod(1.0 - p[:, 2]))
    whole = beside.whole
    return {
        "coverage": float(p[:, 0].mean()),
        "anything kept": float(1.0 - np.prod(1.0 - p[:, 0])),
        "best kept": float(p[:, 0].max()),
        "least kept": float(p[:, 0].min()),
        "distorted": float(p[:, 2].mean()),
        "twisted": twisted,
        "most twisted": float(p[:, 2].max()),
        "added": float(p_added.mean()),
        "most added": float(p_added.max()),
        "faithfulness": (1.0 - twisted) * (1.0 - float(p_added.mean())),
        "own": whole["turn own"],
        "copied": whole["turn copied"],
        "concision": float(concision(beside.context.text, beside.turn.text)),
        "near": max(0.0, whole["turn near"]),
        "length": whole["turn length"],
        "about me": whole["turn about me"],
    }


def blend(given: dict[str, float], cut: dict[str, float]) -> dict[str, float]:
    """Figures by the caller's key points and by the context's own wording, taken together.

    A twist of the partner's words shows best against those words, whatever the key points say.
    """
    return {name: (value + cut[name]) / 2 for name, value in given.items()}


def score(found: dict[str, float], net: Net) -> int:
    """The paraphrase score, 0 to 100: the net's, but never more than anything kept allows."""
    raw = float(net.logits([found])[0, 0])
    return int(round(min(raw, 100.0 * found["anything kept"], 100.0) if raw > 0 else 0.0))
