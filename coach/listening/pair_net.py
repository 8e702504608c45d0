"""The network that reads a turn against what it answers, in one pass over both.

The pretrained sentence encoder (all-MiniLM-L6-v2) with its upper layers tuned, reading
``[CLS] context [SEP] turn [SEP]``. On its word-piece states stand linear readouts:

- *labels*: every label of the turn gets a score per word piece and one for the whole; the turn's
  score is the whole's plus a smooth maximum over the turn's pieces, so that one sentence among
  many is enough for a move, and the piece that speaks for it can be shown.
- *points*: covered, missed or distorted, for spans of the context; a small net over what
  `coach.listening.contrast` found between the two speaks beside it. Beside one point by itself,
  each piece of the turn also says whether it turns that point round, and one that does is enough.
- *claims*: supported or added, for spans of the turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from coach.listening.contrast import FIGURES
from coach.listening.reading import MOVES, QUESTION_FLAGS, QUESTION_KINDS, KeyPointStatus

LABELS: tuple[str, ...] = (
    *(f"question {kind}" for kind in QUESTION_KINDS),
    *(f"flag {flag}" for flag in QUESTION_FLAGS),
    "reflects",
    "deep",
    "uptake",
    *(f"move {move}" for move in MOVES),
    "worth",
)
"""What the net says of a whole turn; ``worth`` is how good an attempt to paraphrase it is."""

STATUSES: tuple[KeyPointStatus, ...] = ("covered", "missed", "distorted")

NOT_SHIPPED = ("word_embeddings", "position_ids", "pooler")
"""Parts of the encoder that training leaves as they are; the rest ships."""
MAY_LACK = (*NOT_SHIPPED, "by_twist")
"""Parts that weights may lack: the last says nothing until it has learned."""

_SHARP = 4.0
_CONTRASTS = 24


@dataclass(frozen=True)
class PairBatch:
    """Pairs laid out for the net.

    ``ids``, ``types``, ``mask`` and ``turn`` are (rows, pieces); ``turn`` marks the turn's own
    pieces. ``figures`` is (rows, figures). ``points`` and ``claims`` name a row and the pieces of
    a span each, as (spans, 3): row, first piece, piece after the last. ``contrasts`` is (points,
    `coach.listening.contrast.FIGURES`).
    """

    ids: Tensor
    types: Tensor
    mask: Tensor
    turn: Tensor
    figures: Tensor
    points: Tensor
    claims: Tensor
    contrasts: Tensor


@dataclass(frozen=True)
class PairScores:
    """Raw scores: ``labels`` (rows, labels), ``points`` (spans, 3), ``claims`` (spans,).

    ``pieces`` (rows, pieces, labels) is what each piece of the turn says for each label,
    ``twists`` (rows, pieces) that it turns round the one point it is read beside.
    """

    labels: Tensor
    points: Tensor
    claims: Tensor
    pieces: Tensor
    twists: Tensor


class PairNet(nn.Module):
    """The tuned encoder with its readouts."""

    def __init__(self, encoder: Any, labels: Sequence[str], figures: int) -> None:
        """Put fresh readouts on an encoder.

        Args:
            encoder: a transformers ``BertModel``.
            labels: names of the turn's labels, `LABELS` first.
            figures: how many figures of the grammar and overlap come with each pair.
        """
        super().__init__()
        width = int(encoder.config.hidden_size)
        self.encoder = encoder
        self.labels = tuple(labels)
        self.by_piece = nn.Linear(width, len(labels))
        self.by_whole = nn.Linear(3 * width, len(labels))
        self.by_figure = nn.Linear(figures, len(labels), bias=False)
        self.by_point = nn.Linear(3 * width, len(STATUSES))
        self.by_contrast = nn.Sequential(
            nn.Linear(len(FIGURES), _CONTRASTS), nn.Tanh(), nn.Linear(_CONTRASTS, len(STATUSES))
        )
        self.by_claim = nn.Linear(3 * width, 1)
        self.by_twist = nn.Linear(width, 1)
        self.drop = nn.Dropout(0.1)
        for silent in (self.by_figure.weight, self.by_twist.weight, self.by_twist.bias):
            nn.init.zeros_(silent)

    def forward(self, batch: PairBatch, *, end_to_end: bool = False) -> PairScores:
        """Read a batch of pairs, side by side (for training) or end to end (for a few rows)."""
        states = self._end_to_end(batch) if end_to_end else self._side_by_side(batch)
        states = self.drop(states)
        first = states[:, 0]
        turn = _mean(states, batch.turn)
        context = _mean(states, batch.mask - batch.turn)
        whole = torch.cat([first, turn, context], dim=-1)
        pieces = self.by_piece(states)
        labels = self.by_whole(whole) + _peak(pieces, batch.turn) + self.by_figure(batch.figures)
        points = self.by_point(self._spans(states, batch.points, turn))
        points = points + self.by_contrast(batch.contrasts)
        twists = self.by_twist(states)
        turned = _peak(twists, batch.turn)[batch.points[:, 0]]
        points = points + functional.pad(turned, (STATUSES.index("distorted"), 0))
        claims = self.by_claim(self._spans(states, batch.claims, context)).squeeze(-1)
        return PairScores(labels, points, claims, pieces, twists.squeeze(-1))

    def _side_by_side(self, batch: PairBatch) -> Tensor:
        states: Tensor = self.encoder(
            input_ids=batch.ids, attention_mask=batch.mask, token_type_ids=batch.types
        ).last_hidden_state
        return states

    def _end_to_end(self, batch: PairBatch) -> Tensor:
        """States as if side by side; no time goes into padding, and no pair sees another."""
        there = batch.mask.bool()
        own, places = there.nonzero(as_tuple=True)
        read = self.encoder(
            input_ids=batch.ids[there][None],
            token_type_ids=batch.types[there][None],
            position_ids=places[None],
            attention_mask=(own[:, None] == own)[None, None],
        ).last_hidden_state[0]
        states: Tensor = read.new_zeros(*there.shape, read.shape[-1])
        states[there] = read
        return states

    def _spans(self, states: Tensor, spans: Tensor, beside: Tensor) -> Tensor:
        """Mean and peak of the pieces of each span, with the mean of the other side."""
        rows, start, end = spans.unbind(-1)
        places = torch.arange(states.shape[1], device=states.device)
        inside = ((places >= start[:, None]) & (places < end[:, None])).to(states.dtype)
        mine = states[rows]
        mean = _mean(mine, inside)
        peak = mine.masked_fill(inside[..., None] == 0, -1e4).amax(dim=1)
        return torch.cat([mean, peak, beside[rows]], dim=-1)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1.0)


def _peak(pieces: Tensor, turn: Tensor) -> Tensor:
    """A smooth maximum over the turn's pieces: near the mean where all are alike."""
    hidden = pieces.masked_fill(turn.unsqueeze(-1) == 0, -1e4)
    count = turn.sum(1, keepdim=True).clamp(min=1).to(pieces.dtype)
    return (torch.logsumexp(hidden * _SHARP, dim=1) - torch.log(count)) / _SHARP
