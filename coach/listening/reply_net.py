"""The network that reads what could be replied to a turn, all replies in one pass.

``[CLS] line [SEP] turn [SEP] last line [SEP] turn [SEP]`` stands first and is read once: the
exchange before the last line, as far as there was one, that line, and the turn to reply to. Behind
it stand the replies, each after the wording that asks for it. A reply sees itself and what stands
first, and none sees another: so every reply is judged alone, and a dozen of them cost little more
than one. The encoder is the listening model's, which knows turns and what they answer, with a
low-rank change to each of its matrices (LoRA, Hu et al. 2021); the change and the readout are all
that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from coach.listening.listener import Reply

RANK = 32
EARLIER, LAST, TURN, WORDING, REPLY = 28, 40, 72, 18, 44
"""Word pieces read of each earlier line, of the mentor's last line and of the turn (their ends), of
the wording that asks for a reply, and of the reply."""
LINES = 2
"""How many earlier lines are read: what the mentor said before the last, and the turn after it."""
SHAPE = (RANK, LINES, EARLIER, LAST, TURN, WORDING, REPLY)
"""What a net of other figures cannot go on from."""
KINDS = ("story", "small", "after", "none")
FIGURES = 2 + len(KINDS)
_HIDDEN = 128

Span = tuple[int, int]


@dataclass(frozen=True)
class Laid:
    """One row: word pieces, and where in it the turn and each reply stand."""

    ids: tuple[int, ...]
    turn: Span
    replies: tuple[Span, ...]
    figures: tuple[tuple[float, ...], ...]
    """What is known of each reply beside its words, about -2 to 2 each."""


class LowRank(nn.Module):
    """A change of a matrix by the product of two thin ones; none as it begins."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.a = nn.Parameter(torch.randn(RANK, columns) / columns**0.5)
        self.b = nn.Parameter(torch.zeros(rows, RANK))

    def forward(self, matrix: Tensor) -> Tensor:
        """The changed matrix."""
        return matrix + self.b @ self.a


class ReplyNet(nn.Module):
    """The encoder, changed, with a readout: one raw score a reply."""

    def __init__(self, encoder: Any) -> None:
        """Put the changes and a fresh readout on a transformers ``BertModel``."""
        super().__init__()
        self.encoder = encoder
        for parameter in encoder.parameters():
            parameter.requires_grad_(False)
        for part in list(encoder.encoder.modules()):
            if isinstance(part, nn.Linear):
                change = LowRank(*part.weight.shape)
                parametrize.register_parametrization(part, "weight", change)
        for parameter in encoder.encoder.parameters():
            # Biases and scales are few, and tuned as they are.
            parameter.requires_grad_(parameter.ndim == 1 or parameter.requires_grad)
        for layer in encoder.encoder.layer:
            # Attention with drop-out has no quick form on a processor: four times the time.
            layer.attention.self.dropout.p = 0.0
        width = int(encoder.config.hidden_size)
        self.readout = nn.Sequential(
            nn.Linear(4 * width + FIGURES, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, 1)
        )
        self.by_figure = nn.Linear(FIGURES, 1)

    def forward(self, rows: Sequence[Laid]) -> Tensor:
        """Raw scores of all replies of all rows, one after the other, (replies,)."""
        ids, places, own = _side_by_side(rows)
        see = (own[:, :, None] == own[:, None, :]) | (own[:, None, :] == _FIRST)
        states = self.encoder(
            input_ids=ids,
            position_ids=places,
            token_type_ids=(own > _FIRST).long(),
            attention_mask=see[:, None],
        ).last_hidden_state.float()
        figures = torch.tensor([known for row in rows for known in row.figures])
        seen = torch.cat([_readable(states, rows), figures], dim=-1)
        scores: Tensor = self.readout(seen).squeeze(-1) + self.by_figure(figures).squeeze(-1)
        return scores


_FIRST, _PADDING = 0, -1


def _side_by_side(rows: Sequence[Laid]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, places and owners of the pieces, (rows, pieces): owner 0 stands first, then replies."""
    longest = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    places = torch.zeros_like(ids)
    own = torch.full_like(ids, _PADDING)
    for at, row in enumerate(rows):
        first = row.turn[1]
        ids[at, : len(row.ids)] = torch.tensor(row.ids)
        own[at, :first] = _FIRST
        places[at, :first] = torch.arange(first)
        for number, (start, end) in enumerate(row.replies, 1):
            own[at, start:end] = number
            places[at, start:end] = torch.arange(first, first + end - start)
    return ids, places, own


def _readable(states: Tensor, rows: Sequence[Laid]) -> Tensor:
    """What the readout looks at, (replies, 4 x width): reply, its end, turn, what both share.

    All by one product: a slice for each of hundreds of replies would take longer than the layers.
    """
    most = max(len(row.replies) for row in rows)
    weights = torch.zeros(len(rows), 2 * most + 1, states.shape[1])
    there = torch.zeros(len(rows), most, dtype=torch.bool)
    for at, row in enumerate(rows):
        start, end = row.turn
        weights[at, -1, start:end] = 1 / (end - start)
        there[at, : len(row.replies)] = True
        for number, (start, end) in enumerate(row.replies):
            weights[at, number, start:end] = 1 / (end - start)
            weights[at, most + number, end - 1] = 1.0
    with torch.autocast("cpu", enabled=False):
        pooled = weights @ states
    reply, last, turn = pooled[:, :most], pooled[:, most:-1], pooled[:, -1:].expand(-1, most, -1)
    return torch.cat([reply, last, turn, reply * turn], dim=-1)[there]


def _known(reply: Reply) -> tuple[float, ...]:
    near = 4 * (reply.near - 0.5) if reply.near else 0.0
    return near, 5 * reply.behind, *(float(reply.kind == kind) for kind in KINDS)


class Layout:
    """Lays texts out for the net with a tokenizer, whose word pieces it remembers."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._pieces: dict[str, list[int]] = {}

    def lay_out(
        self, last: str, turn: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> Laid:
        """One row; ``last`` is the mentor's line that the turn answers, empty where none is.

        ``earlier``: what was said before that, oldest first; its last lines are read.
        """
        first, between = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        ids = [first]
        for line in earlier[-LINES:]:
            ids += [*self._cut(line)[-EARLIER:], between]
        ids += [*self._cut(last)[-LAST:], between]
        begun = len(ids)
        ids += [*self._cut(turn)[-TURN:], between]
        spans = [(begun, len(ids))]
        for reply in replies:
            start = len(ids)
            if reply.asked_as:
                ids += [*self._kept(reply.asked_as)[:WORDING], between]
            ids += [*self._kept(reply.text)[:REPLY], between]
            spans.append((start, len(ids)))
        return Laid(tuple(ids), spans[0], tuple(spans[1:]), tuple(map(_known, replies)))

    def _kept(self, text: str) -> list[int]:
        """Replies and wordings are a scenario's lines and come again."""
        if text not in self._pieces:
            self._pieces[text] = self._cut(text)
        return self._pieces[text]

    def _cut(self, text: str) -> list[int]:
        cut: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return cut


def merge(net: ReplyNet) -> ReplyNet:
    """Work the changes into the matrices, for reading only."""
    for part in list(net.encoder.encoder.modules()):
        if isinstance(part, nn.Linear) and parametrize.is_parametrized(part):
            parametrize.remove_parametrizations(part, "weight", leave_parametrized=True)
    return net
