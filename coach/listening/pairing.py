"""Lays a context and a turn out as word pieces for `coach.listening.pair_net`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from coach.listening.contrast import FIGURES
from coach.listening.pair_net import PairBatch
from coach.listening.reading import Span

MOST_CONTEXT = 192
"""Word pieces read of a context, from the end of what was heard of it (its first 600 words)."""
MOST_TURN = 256
"""Word pieces read of a turn."""

Pieces = tuple[int, int]
"""First piece and piece after the last."""


@dataclass(frozen=True)
class Pair:
    """One pair as word pieces; ``offsets`` are characters into the text each piece is from."""

    ids: tuple[int, ...]
    split: int
    offsets: tuple[Span, ...]

    @property
    def turn(self) -> Pieces:
        """The turn's own pieces."""
        return self.split, len(self.ids) - 1

    def in_context(self, span: Span) -> Pieces | None:
        """The pieces of a span of the context; None where it was not read."""
        return self._find(span, 1, self.split - 1)

    def in_turn(self, span: Span) -> Pieces | None:
        """The pieces of a span of the turn; None where it was not read."""
        return self._find(span, *self.turn)

    def _find(self, span: Span, first: int, last: int) -> Pieces | None:
        inside = [
            at
            for at in range(first, last)
            if self.offsets[at][0] < span[1] and self.offsets[at][1] > span[0]
        ]
        return (inside[0], inside[-1] + 1) if inside else None


def lay_out(tokenizer: Any, context: str, text: str) -> Pair:
    """Cut a context and a turn into one row of word pieces."""
    return lay_out_all(tokenizer, [(context, text)])[0]


def lay_out_all(tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[Pair]:
    """Cut contexts and turns into rows of word pieces, each text once."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    cut = tokenizer(texts, add_special_tokens=False, return_offsets_mapping=True)
    pieces = {
        text: list(zip(ids, offsets, strict=True))
        for text, ids, offsets in zip(texts, cut["input_ids"], cut["offset_mapping"], strict=True)
    }
    end = (tokenizer.sep_token_id, (0, 0))
    found: list[Pair] = []
    for context, text in pairs:
        before, after = pieces[context][-MOST_CONTEXT:], pieces[text][:MOST_TURN]
        row = [(tokenizer.cls_token_id, (0, 0)), *before, end, *after, end]
        ids, offsets = zip(*row, strict=True)
        found.append(Pair(ids, len(before) + 2, offsets))
    return found


def batch(
    pairs: Sequence[Pair],
    figures: Tensor,
    points: Sequence[tuple[int, Pieces]] = (),
    claims: Sequence[tuple[int, Pieces]] = (),
    contrasts: Sequence[Sequence[float]] = (),
) -> PairBatch:
    """Pad pairs to one length; spans are named by their row in ``pairs``.

    ``contrasts`` go with ``points``, one row each.
    """
    longest = max(len(pair.ids) for pair in pairs)
    ids = torch.zeros(len(pairs), longest, dtype=torch.long)
    types, mask, turn = torch.zeros_like(ids), torch.zeros_like(ids), torch.zeros_like(ids)
    for row, pair in enumerate(pairs):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        types[row, pair.split : len(pair.ids)] = 1
        mask[row, : len(pair.ids)] = 1
        turn[row, slice(*pair.turn)] = 1
    beside = torch.tensor(contrasts, dtype=torch.float32).reshape(-1, len(FIGURES))
    return PairBatch(ids, types, mask, turn, figures, _spans(points), _spans(claims), beside)


def _spans(spans: Sequence[tuple[int, Pieces]]) -> Tensor:
    rows = [(row, start, end) for row, (start, end) in spans]
    return torch.tensor(rows, dtype=torch.long).reshape(-1, 3)
