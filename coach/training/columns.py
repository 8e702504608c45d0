"""The columns that the heads of a turn are fitted on: heard turns laid out as one matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.listening.features import figures, pair_vector, shapes
from coach.listening.utterance import Ear, Utterance
from coach.training.helpers import Helpers, drawn, mibot

Array = NDArray[np.float64]

SILVER_ROWS = 1500
"""Counselling turns heard beside our own."""

_LEAST_SEEN = 3


@dataclass(frozen=True)
class Heard:
    """A turn and its raw features."""

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


@dataclass(frozen=True)
class Silver:
    """Machine-labelled counselling turns: raw columns and whether each reflects."""

    raw: Array
    present: NDArray[np.bool_]


def hear(ear: Ear, text: str, context: str) -> Heard:
    """Analyse one turn and its context."""
    turn, before = ear.hear(text), ear.hear(context)
    return Heard(figures(turn, before), frozenset(shapes(turn.doc)), turn, before)


def lay_out(heard: Sequence[Heard], helpers: Helpers) -> tuple[Columns, Array]:
    """Choose the columns and fill them: figures, shapes, pair vector, helpers."""
    names = sorted({name for one in heard for name in one.figures})
    seen = Counter(shape for one in heard for shape in one.shapes)
    kept = sorted(shape for shape, count in seen.items() if count >= _LEAST_SEEN)
    raw = fill(heard, names, kept, helpers)
    width = len(heard[0].turn.vector)
    sizes = [len(names), len(kept), width, width, width, width, len(helpers.names)]
    edges = np.cumsum([0, *sizes])
    blocks = [slice(int(a), int(b)) for a, b in zip(edges, edges[1:], strict=False)]
    mean, scale = raw.mean(axis=0), raw.std(axis=0) + 0.1
    # Phrases and vectors keep their own scale; a rare phrase is not made loud by dividing.
    mean[blocks[1]], scale[blocks[1]] = 0.0, 1.0
    for block in blocks[2:6]:
        mean[block], scale[block] = 0.0, 1.0 / np.sqrt(width)
    scale[blocks[4]] = 1.0 / width
    return Columns(names, kept, mean, scale, blocks), raw


def fill(
    heard: Sequence[Heard], names: Sequence[str], kept: Sequence[str], helpers: Helpers
) -> Array:
    """Raw columns of some turns, (turns, columns)."""
    named = np.array([[one.figures.get(name, 0.0) for name in names] for one in heard])
    shaped = np.array([[float(shape in one.shapes) for shape in kept] for one in heard])
    pairs = np.array([pair_vector(one.turn.vector, one.context.vector) for one in heard])
    helped = pairs @ helpers.weight.T + helpers.bias
    return np.hstack([named, shaped, pairs, helped]).astype(np.float64)


def hear_silver(
    columns: Columns, helpers: Helpers, ear: Ear, corpora: Path, *, seed: int
) -> Silver:
    """Analyse counselling turns with machine-made labels (MIBOT)."""
    pairs = drawn(list(mibot(corpora)), seed)[:SILVER_ROWS]
    heard = [hear(ear, pair.text, pair.context) for pair in pairs]
    raw = fill(heard, columns.figures, columns.shapes, helpers)
    return Silver(raw, np.array([pair.marks["mibot R"] > 0 for pair in pairs]))
