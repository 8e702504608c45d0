"""The trained pair net at work: a context and a turn in, calibrated scores out.

Two nets of one build: one reads a turn against what it answers, the other an attempt against one
key point. What ships is what training changed (``listening.safetensors``, eight bits); the rest
comes from the packaged sentence encoder they were tuned from. Pairs are read one at a time: padding
rows together would move the last digits of a reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from coach.errors import MissingModel
from coach.listening.contrast import Said, contrasts, opposites, turned, untouched
from coach.listening.encoder import Floats, default_folder, load_encoder, threads
from coach.listening.exchange import changed_places
from coach.listening.model_folder import LISTENING
from coach.listening.overlaying import overlay
from coach.listening.pair_net import LABELS, NOT_SHIPPED, PairNet
from coach.listening.pairing import Pieces, batch, lay_out
from coach.listening.reading import Span
from coach.listening.utterance import Utterance

SURE = 0.98
"""The probability of what is beyond doubt word by word."""
FARTHEST = 3.0
"""How far from the usual a figure counts, in its usual spread."""


@dataclass(frozen=True)
class PairRead:
    """What the net says of one pair.

    ``scores`` are calibrated log odds by label (those of the question kinds a softmax's).
    ``pieces`` (pieces, labels) is what each word piece of the turn says for each label, at the
    characters ``offsets``. ``points`` (points, 3) and ``claims`` (claims,) are probabilities: of
    covered, missed and distorted, and of nothing supporting it.
    """

    scores: dict[str, float]
    pieces: Floats
    offsets: tuple[Span, ...]
    points: Floats
    claims: Floats

    def strongest(self, label: str, spans: Sequence[Span]) -> list[float]:
        """For each span of the turn, the score of its piece that speaks most for a label."""
        column = self.pieces[:, LABELS.index(label)]
        found: list[float] = []
        for start, end in spans:
            inside = [
                float(column[at]) for at, (a, b) in enumerate(self.offsets) if a < end and b > start
            ]
            found.append(max(inside, default=-np.inf))
        return found


class PairReader:
    """The net with its weights, ready to read."""

    def __init__(self, config: dict[str, Any], tensors: dict[str, NDArray[Any]]) -> None:
        """Overlay trained weights on the packaged encoder; ``net`` reads turns.

        Raises:
            MissingModel: config, weights and the packaged encoder do not belong together.
        """
        torch.set_num_threads(threads())
        self._tokenizer, encoder = load_encoder(str(default_folder()))
        self._figures = {name: at for at, name in enumerate(config["figures"])}
        self.net = net_of("net", encoder, len(self._figures), tensors)
        _, other = load_encoder(str(default_folder()))
        # The word pieces' vectors, half of an encoder, are the same in both.
        other.embeddings.word_embeddings = encoder.embeddings.word_embeddings
        self._given_net = net_of("given", other, len(self._figures), tensors)
        self._mean, self._scale = tensors["figures.mean"], tensors["figures.scale"]
        self._slope = np.asarray(tensors["calibration.slope"], np.float32)
        self._shift = np.asarray(tensors["calibration.shift"], np.float32)
        self._cut, self._given = tensors["calibration.points"], tensors["calibration.given"]
        self._against = opposites((one, other) for one, other in config["antonyms"])
        slope, shift = config["calibration"]["claims"]
        self._claim_line = (float(slope), float(shift))

    def read(
        self,
        context: str,
        turn: Utterance,
        points: Sequence[Span],
        claims: Sequence[Span],
        named: dict[str, float] | None,
        *,
        alone: bool = False,
    ) -> PairRead:
        """Read one pair.

        Args:
            context: what the turn answers.
            turn: the turn.
            points: spans of the context to judge.
            claims: spans of the turn to judge.
            named: the pair's figures (`coach.listening.features.figures`), none for key points.
            alone: the context is one key point, in whoever's words, not what was said.
        """
        pair = lay_out(self._tokenizer, context, turn.text)
        places = [pair.in_context(span) for span in points]
        held = [pair.in_turn(span) for span in claims]
        texts = [context[a:b] for (a, b), p in zip(points, places, strict=True) if p is not None]
        pairs = batch(
            [pair],
            torch.from_numpy(self._row(named)[None]),
            [(0, place) for place in places if place is not None],
            [(0, place) for place in held if place is not None],
            contrasts(texts, context, turn.text, self._against),
        )
        with torch.inference_mode():
            said = (self._given_net if alone else self.net)(pairs)
        scores = said.labels[0].numpy() * self._slope + self._shift
        start, end = pair.turn
        heat, shift = self._given if alone else self._cut
        hot = said.points.numpy() * heat + shift
        mine = Said.of(turn.text)
        said_there = [Said.of(text) for text in texts]
        swapped = changed_places(context, mine) if texts else []
        read = [span for span, place in zip(points, places, strict=True) if place is not None]
        likely = _settled(
            _softmax(hot),
            [untouched(point, mine) for point in said_there],
            [turned(point, mine, self._against) for point in said_there],
            [any(a < end and b > start for start, end in swapped) for a, b in read],
        )
        added = _sigmoid(said.claims.numpy(), *self._claim_line)
        theirs = Said.of(context)
        said_of = [turn.text[a:b] for (a, b), p in zip(claims, held, strict=True) if p is not None]
        added *= [untouched(Said.of(text), theirs) < 1.0 for text in said_of]
        return PairRead(
            {label: float(score) for label, score in zip(LABELS, scores, strict=True)},
            said.pieces[0, start:end].numpy(),
            pair.offsets[start:end],
            _spread(likely, places, _UNREAD_POINT),
            _spread(added[:, None], held, [0.0])[:, 0],
        )

    def labels(
        self, context: str, turns: Sequence[Utterance], named: Sequence[dict[str, float]]
    ) -> list[dict[str, float]]:
        """The calibrated scores of several turns after one context, in one pass."""
        pairs = [lay_out(self._tokenizer, context, turn.text) for turn in turns]
        rows = torch.from_numpy(np.stack([self._row(one) for one in named]))
        with torch.inference_mode():
            said = self.net(batch(pairs, rows))
        scores = said.labels.numpy() * self._slope + self._shift
        return [
            {label: float(score) for label, score in zip(LABELS, row, strict=True)}
            for row in scores
        ]

    def _row(self, named: dict[str, float] | None) -> Floats:
        """Named figures as the net takes them: scaled, none where the turn was not looked at."""
        row = np.zeros(len(self._figures), np.float32)
        if named is None:
            return row
        for name, value in named.items():
            at = self._figures.get(name)
            if at is not None:
                row[at] = value
        scaled: Floats = np.clip((row - self._mean) / self._scale, -FARTHEST, FARTHEST)
        return scaled


def net_of(name: str, encoder: Any, figures: int, tensors: dict[str, NDArray[Any]]) -> PairNet:
    """One of the nets, its weights overlaid on the packaged encoder.

    Raises:
        MissingModel: weights and encoder do not belong together.
    """
    net = PairNet(encoder, LABELS, figures)
    packed = {
        part.removeprefix(f"{name}."): value
        for part, value in tensors.items()
        if part.startswith(f"{name}.")
    }
    lacking = overlay(net, packed, LISTENING)
    if any(not any(part in name for part in NOT_SHIPPED) for name in lacking):
        raise MissingModel(f"The listening model is from another version; {LISTENING.remedy}.")
    return net.eval()


_UNREAD_POINT = [0.0, 1.0, 0.0]
"""What stands too far back to be read was not handed back as far as anybody can tell."""


def _spread(found: Floats, places: Sequence[Pieces | None], otherwise: Sequence[float]) -> Floats:
    """Rows for all spans, also for those that were not read."""
    rows = iter(found)
    spread = [np.asarray(otherwise) if place is None else next(rows) for place in places]
    return np.asarray(spread, np.float32).reshape(len(places), len(otherwise))


def _settled(
    points: Floats, copied: Sequence[float], turned: Sequence[bool], swapped: Sequence[bool]
) -> Floats:
    """What word by word is beyond doubt settles a point, whatever the net says.

    Copied with nothing changed it is not turned round, and whole it is kept; copied but for one
    change that turns it round, or with two things exchanged, it is.
    """
    for row, share, opposed, exchanged in zip(points, copied, turned, swapped, strict=True):
        if opposed or (exchanged and share < 1.0):
            row[:] = (1.0 - SURE) / 2, (1.0 - SURE) / 2, SURE
        elif share:
            row[0], row[2] = row[0] + row[2], 0.0
        if share == 1.0:
            row[:] = SURE, 1.0 - SURE, 0.0
    return points


def _softmax(scores: Floats) -> Floats:
    if not len(scores):
        return scores
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def _sigmoid(scores: Floats, slope: float, shift: float) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores * slope + shift, -30, 30))), np.float32)
