"""The trained pair net at work: a context and a turn in, calibrated scores out.

Two nets of one build: one reads a turn against what it answers, the other an attempt against one
key point. What ships is what training changed (``listening.safetensors``, eight bits); the rest
comes from the packaged sentence encoder they were tuned from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from coach.listening.pair_net import LABELS, MAY_LACK, PairNet
from coach.listening.pairing import Pair, Pieces, batch, lay_out_all
from coach.listening.reading import Span
from coach.listening.utterance import Utterance

PIECES = 256
"""Word pieces of a pass over several pairs; more of them are no quicker together."""
SURE = 0.98
"""The probability of what is beyond doubt word by word."""
FARTHEST = 3.0
"""How far from the usual a figure counts, in its usual spread."""


@dataclass(frozen=True)
class Look:
    """One pair to read: a turn, and what it is read against.

    ``points`` are spans of the context, ``claims`` spans of the turn; ``named`` are the pair's
    figures (`coach.listening.features.figures`), none for key points.
    """

    context: str
    turn: Utterance
    points: Sequence[Span] = ()
    claims: Sequence[Span] = ()
    named: dict[str, float] | None = None


@dataclass(frozen=True)
class PairRead:
    """What the net says of one pair.

    ``scores`` are calibrated log odds by label (those of the question kinds a softmax's).
    ``pieces`` (pieces, labels) is what each word piece of the turn says for each label, at the
    characters ``offsets``, and ``twists`` (pieces,) the log odds that it turns the one point round.
    ``points`` (points, 3) and ``claims`` (claims,) are probabilities: of covered, missed and
    distorted, and of nothing supporting it.
    """

    scores: dict[str, float]
    pieces: Floats
    twists: Floats
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

    def read(self, looks: Sequence[Look], *, alone: bool = False) -> list[PairRead]:
        """Read some pairs, several in a pass.

        The last digits of a pair depend on what shares its pass: ask for what one turn needs, and
        a reading depends on that turn and nothing else.

        Args:
            looks: the pairs.
            alone: their contexts are single points, in whoever's words, not all that was said.
        """
        if not looks:
            return []
        laid = lay_out_all(self._tokenizer, [(one.context, one.turn.text) for one in looks])
        return [
            read
            for some in _passes(laid)
            for read in self._pass(looks[some], laid[some], alone=alone)
        ]

    def _pass(self, looks: Sequence[Look], laid: Sequence[Pair], *, alone: bool) -> list[PairRead]:
        pairs = list(zip(looks, laid, strict=True))
        points = [_Placed.of(look.points, look.context, pair.in_context) for look, pair in pairs]
        claims = [_Placed.of(look.claims, look.turn.text, pair.in_turn) for look, pair in pairs]
        compared = [
            figures
            for look, placed in zip(looks, points, strict=True)
            for figures in contrasts(placed.texts, look.context, look.turn.text, self._against)
        ]
        rows = torch.from_numpy(np.stack([self._row(look.named) for look in looks]))
        with torch.inference_mode():
            net = self._given_net if alone else self.net
            laid_out = batch(laid, rows, _of_rows(points), _of_rows(claims), compared)
            said = net(laid_out, end_to_end=True)
        scores = said.labels.numpy() * self._slope + self._shift
        heat, shift = self._given if alone else self._cut
        likely = _softmax(said.points.numpy() * heat + shift)
        added = _sigmoid(said.claims.numpy(), *self._claim_line)
        return [
            PairRead(
                {label: float(score) for label, score in zip(LABELS, scores[row], strict=True)},
                said.pieces[row, slice(*pair.turn)].numpy(),
                said.twists[row, slice(*pair.turn)].numpy(),
                pair.offsets[slice(*pair.turn)],
                points[row].spread(self._settled(look, points[row], mine), _UNREAD_POINT),
                claims[row].spread(_unless_copied(look, claims[row], new), (0.0,))[:, 0],
            )
            for row, ((look, pair), mine, new) in enumerate(
                zip(pairs, _split(likely, points), _split(added, claims), strict=True)
            )
        ]

    def _settled(self, look: Look, points: _Placed, likely: Floats) -> Floats:
        """What word by word is beyond doubt settles a point, whatever the net says.

        Copied with nothing changed it is not turned round, and whole it is kept; copied but for one
        change that turns it round, or with two things exchanged, it is.
        """
        if not points.texts:
            return likely
        mine = Said.of(look.turn.text)
        swapped = changed_places(look.context, mine)
        for row, text, (start, end) in zip(likely, points.texts, points.spans, strict=True):
            point = Said.of(text)
            share = untouched(point, mine)
            exchanged = any(a < end and b > start for a, b in swapped)
            if turned(point, mine, self._against) or (exchanged and share < 1.0):
                row[:] = (1.0 - SURE) / 2, (1.0 - SURE) / 2, SURE
            elif share:
                row[0], row[2] = row[0] + row[2], 0.0
            if share == 1.0:
                row[:] = SURE, 1.0 - SURE, 0.0
        return likely

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
    if any(not any(part in name for part in MAY_LACK) for name in lacking):
        raise MissingModel(f"The listening model is from another version; {LISTENING.remedy}.")
    return net.eval()


_UNREAD_POINT = (0.0, 1.0, 0.0)
"""What stands too far back to be read was not handed back as far as anybody can tell."""


@dataclass(frozen=True)
class _Placed:
    """Spans of one side of a pair: ``pieces`` of each, None where it was not read.

    ``spans`` and ``texts`` are those of the read ones alone.
    """

    pieces: tuple[Pieces | None, ...]
    spans: tuple[Span, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, spans: Sequence[Span], text: str, find: Callable[[Span], Pieces | None]) -> _Placed:
        pieces = tuple(find(span) for span in spans)
        read = tuple(s for s, place in zip(spans, pieces, strict=True) if place is not None)
        return cls(pieces, read, tuple(text[start:end] for start, end in read))

    def spread(self, found: Floats, otherwise: Sequence[float]) -> Floats:
        """Rows for all spans, also for those that were not read."""
        rows = iter(found)
        spread = [np.asarray(otherwise) if p is None else next(rows) for p in self.pieces]
        return np.asarray(spread, np.float32).reshape(len(spread), len(otherwise))


def _passes(laid: Sequence[Pair]) -> Iterator[slice]:
    """Which pairs go together: in order, so many that they stay below `PIECES` word pieces."""
    start, held = 0, 0
    for at, pair in enumerate(laid):
        if at > start and held + len(pair.ids) > PIECES:
            yield slice(start, at)
            start, held = at, 0
        held += len(pair.ids)
    yield slice(start, len(laid))


def _of_rows(placed: Sequence[_Placed]) -> list[tuple[int, Pieces]]:
    return [(row, p) for row, one in enumerate(placed) for p in one.pieces if p is not None]


def _split(found: Floats, placed: Sequence[_Placed]) -> list[Floats]:
    return np.split(found, np.cumsum([len(one.spans) for one in placed])[:-1])


def _unless_copied(look: Look, claims: _Placed, added: Floats) -> Floats:
    """Nothing is added by words that are the other's, as they stood."""
    theirs = Said.of(look.context)
    copied = [untouched(Said.of(text), theirs) == 1.0 for text in claims.texts]
    kept: Floats = np.where(copied, np.float32(0.0), added)[:, None]
    return kept


def _softmax(scores: Floats) -> Floats:
    if not len(scores):
        return scores
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def _sigmoid(scores: Floats, slope: float, shift: float) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores * slope + shift, -30, 30))), np.float32)
