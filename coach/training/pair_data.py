"""Examples made ready for the pair net: word pieces, figures, targets, batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from coach.listening.contrast import Opposites, contrasts
from coach.listening.pair_net import PairBatch
from coach.listening.pairing import Pair, Pieces, batch, lay_out
from coach.listening.reading import Span
from coach.training.examples import Example

MOST_PIECES = 3072
"""Word pieces of one batch, padding included."""
_MOST_ROWS = 48
_POOL = 60
"""Batches' worth of rows that are sorted by length together."""


@dataclass(frozen=True)
class Ready:
    """An example as the net reads it: points and claims as pieces with their target.

    A point has its contrast with the turn beside it. ``twists``: the pieces that turn the one point
    round; None where it is not known.
    """

    example: Example
    pair: Pair
    figures: NDArray[np.float32]
    points: tuple[tuple[Pieces, int, list[float]], ...]
    claims: tuple[tuple[Pieces, float], ...]
    twists: tuple[Pieces, ...] | None


@dataclass(frozen=True)
class Targets:
    """What a batch should come to. NaN where nothing is known.

    ``labels`` (rows, labels) with ``weight`` (rows,); ``points`` (spans,) status indices with
    ``point_weight``; ``claims`` (spans,) with ``claim_weight``; ``twists`` (rows, pieces).
    """

    labels: Tensor
    weight: Tensor
    points: Tensor
    point_weight: Tensor
    claims: Tensor
    claim_weight: Tensor
    twists: Tensor


def make_ready(
    tokenizer: Any, example: Example, figures: NDArray[np.float32], against: Opposites
) -> Ready:
    """Cut an example into word pieces; spans that were not read are left out."""
    pair = lay_out(tokenizer, example.context, example.text)
    texts = [example.context[start:end] for (start, end), _ in example.points]
    beside = contrasts(texts, example.context, example.text, against)
    points = (
        (pair.in_context(span), status, found)
        for (span, status), found in zip(example.points, beside, strict=True)
    )
    claims = ((pair.in_turn(span), added) for span, added in example.claims)
    return Ready(
        example,
        pair,
        figures,
        tuple((place, status, found) for place, status, found in points if place is not None),
        tuple((place, added) for place, added in claims if place is not None),
        _pieces(pair, example.twists),
    )


def _pieces(pair: Pair, spans: Sequence[Span] | None) -> tuple[Pieces, ...] | None:
    """The pieces of spans of the turn, those that were read."""
    if spans is None:
        return None
    return tuple(place for place in map(pair.in_turn, spans) if place is not None)


def batches(
    rows: Sequence[Ready], labels: Sequence[str], rng: random.Random
) -> Iterator[tuple[PairBatch, Targets]]:
    """All rows once, shuffled, rows of like length together."""
    order = list(rows)
    rng.shuffle(order)
    size = _POOL * _MOST_ROWS
    for start in range(0, len(order), size):
        pool = sorted(order[start : start + size], key=lambda one: len(one.pair.ids))
        cut = list(_cut(pool))
        rng.shuffle(cut)
        for some in cut:
            yield collate(some, labels)


def _cut(rows: Sequence[Ready]) -> Iterator[list[Ready]]:
    """Neighbouring rows, as many as fit; the rows come with rising length."""
    some: list[Ready] = []
    for row in rows:
        if some and ((len(some) + 1) * len(row.pair.ids) > MOST_PIECES or len(some) == _MOST_ROWS):
            yield some
            some = []
        some.append(row)
    if some:
        yield some


def collate(rows: Sequence[Ready], labels: Sequence[str]) -> tuple[PairBatch, Targets]:
    """One batch and its targets."""
    points = [(at, place) for at, row in enumerate(rows) for place, _, _ in row.points]
    beside = [found for row in rows for _, _, found in row.points]
    claims = [(at, place) for at, row in enumerate(rows) for place, _ in row.claims]
    figures = torch.from_numpy(np.stack([row.figures for row in rows]))
    known = torch.tensor(
        [[row.example.labels.get(label, float("nan")) for label in labels] for row in rows]
    )
    weight = torch.tensor([row.example.weight for row in rows])
    statuses = torch.tensor([s for row in rows for _, s, _ in row.points], dtype=torch.long)
    added = torch.tensor([a for row in rows for _, a in row.claims], dtype=torch.float32)
    # A statement's many points together weigh as one pair does; so do a turn's claims.
    point_weight = [row.example.weight / len(row.points) for row in rows for _ in row.points]
    claim_weight = [row.example.weight / len(row.claims) for row in rows for _ in row.claims]
    targets = Targets(
        known,
        weight,
        statuses,
        torch.tensor(point_weight),
        added,
        torch.tensor(claim_weight),
        _twists(rows),
    )
    return batch([row.pair for row in rows], figures, points, claims, beside), targets


def _twists(rows: Sequence[Ready]) -> Tensor:
    """For each piece of a turn whether it turns the point round, NaN elsewhere and if not known."""
    found = torch.full((len(rows), max(len(row.pair.ids) for row in rows)), float("nan"))
    for at, row in enumerate(rows):
        if row.twists is not None:
            found[at, slice(*row.pair.turn)] = 0.0
            for start, end in row.twists:
                found[at, start:end] = 1.0
    return found
