"""Trains the listening heads and writes ``models/listening``.

Run as ``python -m coach.training.turns --corpora DIR --out models/listening --seed 7``: our own
labelled turns and paraphrases from ``data/labelled``, helpers and word lists from the public
corpora. The same data, seed and library versions give the same weights.
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import StratifiedKFold

from coach.listening.alignment import Antonyms
from coach.listening.encoder import Encoder
from coach.listening.features import figures, pair_vector, shapes
from coach.listening.pipeline import load_pipeline
from coach.listening.reading import MOVES, QUESTION_FLAGS, QUESTION_KINDS, REFLECTION_KINDS
from coach.listening.utterance import Ear, Utterance
from coach.training.corpora import antonym_pairs, english_words
from coach.training.data import LabelledTurn, labelled_statements, labelled_turns
from coach.training.helpers import Helpers, train_helpers
from coach.training.listening_card import write_card
from coach.training.points import lay, train_points
from coach.training.store import write_model

log = logging.getLogger(__name__)

Array = NDArray[np.float64]
VERSION = "listening-0.1.0"
_FOLDS = 5
_LEAST_SEEN = 3
_LEAN = 0.3


@dataclass(frozen=True)
class Heard:
    """A labelled turn and its raw features."""

    gold: LabelledTurn
    figures: dict[str, float]
    shapes: frozenset[str]
    turn: Utterance
    context: Utterance


@dataclass(frozen=True)
class Weighting:
    """How much each group of columns counts in a head, and how freely it may fit (``fit``)."""

    figures: float = 1.0
    shapes: float = 1.0
    turn: float = 0.5
    context: float = 0.3
    shared: float = 0.0
    apart: float = 0.0
    helpers: float = 1.0
    fit: float = 0.01


QUESTION = Weighting(shapes=0.5, turn=0.2, context=0.1)
FLAGS = Weighting(shapes=0.7, turn=0.3, context=0.1, fit=0.03)
REFLECTION = Weighting(turn=0.3, context=0.1, shared=0.1, fit=0.05)
UPTAKE = Weighting(figures=0.5, turn=0.3, context=0.1, helpers=0.5)
MOVE = Weighting(shared=0.1, helpers=0.5)


@dataclass(frozen=True)
class Columns:
    """The columns of all heads: names, scales and raw values (turns, columns)."""

    figures: list[str]
    shapes: list[str]
    mean: Array
    scale: Array
    blocks: list[slice]

    def weighted(self, raw: Array, by: Weighting) -> tuple[Array, Array]:
        """Scaled columns of one head and the factors they were multiplied by."""
        factors = 1.0 / self.scale
        values = (by.figures, by.shapes, by.turn, by.context, by.shared, by.apart, by.helpers)
        for block, value in zip(self.blocks, values, strict=True):
            factors[block] *= value
        return (raw - self.mean) * factors, factors


def hear_all(turns: Sequence[LabelledTurn], ear: Ear) -> list[Heard]:
    """Analyse turns and contexts."""
    heard: list[Heard] = []
    for gold in turns:
        turn, context = ear.hear(gold.text), ear.hear(gold.context)
        found = figures(turn, context)
        heard.append(Heard(gold, found, frozenset(shapes(turn.doc)), turn, context))
    return heard


def lay_out(heard: Sequence[Heard], helpers: Helpers) -> tuple[Columns, Array]:
    """Choose the columns and fill them: figures, shapes, pair vector, helpers."""
    names = sorted({name for one in heard for name in one.figures})
    seen = Counter(shape for one in heard for shape in one.shapes)
    kept = sorted(shape for shape, count in seen.items() if count >= _LEAST_SEEN)
    named = np.array([[one.figures.get(name, 0.0) for name in names] for one in heard])
    shaped = np.array([[float(shape in one.shapes) for shape in kept] for one in heard])
    pairs = np.array([pair_vector(one.turn.vector, one.context.vector) for one in heard])
    helped = pairs @ helpers.weight.T + helpers.bias
    raw = np.hstack([named, shaped, pairs, helped]).astype(np.float64)
    width = pairs.shape[1] // 4
    edges = np.cumsum([0, len(names), len(kept), width, width, width, width, helped.shape[1]])
    blocks = [slice(int(a), int(b)) for a, b in zip(edges, edges[1:], strict=False)]
    mean, scale = raw.mean(axis=0), raw.std(axis=0) + 0.1
    # Phrases and vectors keep their own scale; a rare phrase is not made loud by dividing.
    mean[blocks[1]], scale[blocks[1]] = 0.0, 1.0
    for block in blocks[2:6]:
        mean[block], scale[block] = 0.0, 1.0 / np.sqrt(width)
    scale[blocks[4]] = 1.0 / width
    return Columns(names, kept, mean, scale, blocks), raw


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


def fit_heads(columns: Columns, raw: Array, gold: Sequence[LabelledTurn]) -> tuple[Array, Array]:
    """All heads, in the order that `coach.listening.heads.Heads` reads them."""
    heads = [fit_classes(columns, raw, [g.question for g in gold], QUESTION_KINDS, QUESTION)]
    for flag in QUESTION_FLAGS:
        heads.append(fit_present(columns, raw, np.array([flag in g.flags for g in gold]), FLAGS))
    reflections = [g.reflection for g in gold]
    heads.append(fit_classes(columns, raw, reflections, REFLECTION_KINDS, REFLECTION))
    heads.append(fit_amount(columns, raw, np.array([g.uptake for g in gold]), UPTAKE))
    for move in MOVES:
        heads.append(fit_present(columns, raw, np.array([move in g.moves for g in gold]), MOVE))
    return np.concatenate([w for w, _ in heads]), np.concatenate([b for _, b in heads])


def main(argv: list[str] | None = None) -> int:
    """Train everything in ``models/listening`` and write it."""
    options = _options(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    began = time.monotonic()
    ear = Ear(load_pipeline(options.out.parent / "english"), Encoder(options.encoder))
    turns = labelled_turns("train")
    helpers = train_helpers(ear.encoder, options.corpora, seed=options.seed)
    heard = hear_all(turns, ear)
    log.info("%d turns heard", len(heard))
    columns, raw = lay_out(heard, helpers)
    weight, bias = fit_heads(columns, raw, turns)
    pairs = antonym_pairs(options.corpora)
    laid = lay(labelled_statements("train"), ear, Antonyms(pairs))
    log.info("%d attempts laid beside their statements", len(laid))
    points = train_points(laid, seed=options.seed)
    tensors = {
        "turn.weight": weight,
        "turn.bias": bias,
        "helpers.weight": helpers.weight,
        "helpers.bias": helpers.bias,
        **points.nets.points.tensors("point"),
        **points.nets.claims.tensors("claim"),
        **points.score.tensors("score"),
    }
    config = {
        "version": VERSION,
        "description": "Heads that read a turn: question, reflection, uptake, moves, paraphrase",
        "licence": "CC BY-SA 4.0",
        "encoder": {"name": "all-MiniLM-L6-v2", "width": ear.encoder.width},
        "seed": options.seed,
        "figures": columns.figures,
        "shapes": columns.shapes,
        "helpers": helpers.names,
        "point figures": points.nets.points.names,
        "claim figures": points.nets.claims.names,
        "score figures": points.score.names,
        "antonyms": [list(pair) for pair in pairs],
        "vocabulary": english_words(options.corpora, [t.text for t in turns]),
    }
    write_model(options.out, config, tensors)
    facts = {
        "labelled turns": len(turns),
        "labelled attempts to paraphrase": len(laid),
        "minutes of training, one thread": round((time.monotonic() - began) / 60, 1),
        "helpers' held-out correlation with their own labels": helpers.held_out,
    }
    result = write_card(options.out, config, facts, options.corpora)
    log.info("written to %s\n%s", options.out, "\n".join(result.lines()))
    return 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    corpora = Path(os.environ.get("COACH_CORPORA", "corpora"))
    parser.add_argument("--corpora", type=Path, default=corpora)
    parser.add_argument("--out", type=Path, default=Path("models/listening"))
    parser.add_argument("--encoder", default=None, help="folder or hub id; the packaged one if not")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
