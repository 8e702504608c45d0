"""The small trained heads: features of a turn in, probabilities out.

Every head is linear over the same features, so all of them are one matrix product. Scaling,
calibration and class weights are folded into that matrix by `coach.training.turns`; what is read
here is `models/listening`: ``heads.safetensors`` and the names of its columns in ``config.json``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors

from coach.errors import MissingModel
from coach.listening.encoder import Floats
from coach.listening.features import figures, pair_vector, shapes
from coach.listening.reading import MOVES, QUESTION_FLAGS, QUESTION_KINDS, REFLECTION_KINDS, Span
from coach.listening.utterance import Utterance

CONFIG = "config.json"
WEIGHTS = "heads.safetensors"
_REFLECTION_ROWS = 2
_ROWS = len(QUESTION_KINDS) + len(QUESTION_FLAGS) + _REFLECTION_ROWS + 1 + len(MOVES)
_REMEDY = "restore 'models/listening' (reinstall, or 'git checkout models/listening')"


@dataclass(frozen=True)
class Marks:
    """What the heads say of one turn: probabilities per label; ``uptake`` 0 to 1."""

    question: dict[str, float]
    flags: dict[str, float]
    reflection: dict[str, float]
    uptake: float
    moves: dict[str, float]


NOTHING = Marks(
    question={"none": 1.0, "open": 0.0, "closed": 0.0},
    flags=dict.fromkeys(QUESTION_FLAGS, 0.0),
    reflection={"none": 1.0, "simple": 0.0, "complex": 0.0},
    uptake=0.0,
    moves=dict.fromkeys(MOVES, 0.0),
)
"""The marks of a turn that says nothing the models can read."""


def load_folder(folder: Path) -> tuple[dict[str, Any], dict[str, Floats]]:
    """Read and check ``config.json`` and the weights it names.

    Raises:
        MissingModel: a file is missing, or is not what the config's check sum says.
    """
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        weights = (folder / WEIGHTS).read_bytes()
    except FileNotFoundError as error:
        name = Path(error.filename or folder).name
        raise MissingModel(
            f"The listening model is not there: '{name}' is missing from '{folder}'; {_REMEDY}."
        ) from error
    except (OSError, ValueError) as error:
        raise MissingModel(
            f"The listening model in '{folder}' cannot be read ({error}); {_REMEDY}."
        ) from error
    expected = config.get("sha256", {}).get(WEIGHTS) if isinstance(config, dict) else None
    if hashlib.sha256(weights).hexdigest() != expected:
        raise MissingModel(
            f"The listening model '{WEIGHTS}' in '{folder}' is damaged: its check sum is not the "
            f"one in '{CONFIG}'; {_REMEDY}."
        )
    try:
        return config, load_tensors(weights)
    except SafetensorError as error:
        raise MissingModel(f"'{WEIGHTS}' in '{folder}' cannot be read; {_REMEDY}.") from error


class Heads:
    """All heads of a turn. Columns: figures, shapes, pair vector, helpers' logits."""

    def __init__(self, config: dict[str, Any], tensors: dict[str, Floats]) -> None:
        """Take the columns' names from the config and the weights from the tensors.

        Raises:
            MissingModel: config and weights do not belong together.
        """
        self.figures: list[str] = list(config["figures"])
        self._figure_at = {name: at for at, name in enumerate(self.figures)}
        self._shape_at = {name: at for at, name in enumerate(config["shapes"])}
        self.weight, self.bias = tensors["turn.weight"], tensors["turn.bias"]
        self.helpers = (tensors["helpers.weight"], tensors["helpers.bias"])
        columns = len(self.figures) + len(self._shape_at) + self.helpers[0].shape[1]
        if self.weight.shape != (_ROWS, columns + len(self.helpers[1])):
            raise MissingModel(f"'{CONFIG}' and '{WEIGHTS}' do not belong together; {_REMEDY}.")

    def columns(self, turn: Utterance, context: Utterance) -> Floats:
        """The features of a turn, (columns,)."""
        named = np.zeros(len(self.figures), np.float32)
        for name, value in figures(turn, context).items():
            at = self._figure_at.get(name)
            if at is not None:
                named[at] = value
        pair = pair_vector(turn.vector, context.vector)
        helped = self.helpers[0] @ pair + self.helpers[1]
        return np.concatenate([named, self._shapes(turn), pair, helped]).astype(np.float32)

    def _shapes(self, turn: Utterance, span: Span | None = None) -> Floats:
        present = np.zeros(len(self._shape_at), np.float32)
        tokens = turn.doc[:]
        if span is not None:
            inside = turn.tokens_in(span)
            tokens = turn.doc[inside[0] : inside[-1] + 1] if inside else turn.doc[:0]
        for shape in shapes(tokens):
            at = self._shape_at.get(shape)
            if at is not None:
                present[at] = 1.0
        return present

    def read(self, turn: Utterance, context: Utterance) -> Marks:
        """All heads on one turn."""
        scores = self.weight @ self.columns(turn, context) + self.bias
        kinds, rest = np.split(scores, [len(QUESTION_KINDS)])
        flags, rest = np.split(rest, [len(QUESTION_FLAGS)])
        (there, deep), rest = np.split(rest, [_REFLECTION_ROWS])
        return Marks(
            question=_named(QUESTION_KINDS, _softmax(kinds)),
            flags=_named(QUESTION_FLAGS, _sigmoid(flags)),
            reflection=_reflection(*_sigmoid(np.array([there, deep]))),
            uptake=float(np.clip(rest[0], 0.0, 1.0)),
            moves=_named(MOVES, _sigmoid(rest[1:])),
        )

    def where(self, move: str, turn: Utterance) -> Span | None:
        """The sentence of a turn that speaks most for a move.

        The part of the move's score that rests on the words and vector of a sentence alone.
        """
        if not turn.sentences:
            return None
        offset = len(QUESTION_KINDS) + len(QUESTION_FLAGS) + _REFLECTION_ROWS + 1
        row = self.weight[offset + MOVES.index(move)]
        after_figures, width = len(self.figures), len(turn.vector)
        for_shapes = row[after_figures : after_figures + len(self._shape_at)]
        after_shapes = after_figures + len(self._shape_at)
        for_vector = row[after_shapes : after_shapes + width]
        at = self._figure_at.get(f"cue {move}")
        for_cue = abs(float(row[at])) if at is not None else 0.0
        best, most = turn.sentences[0], -np.inf
        for span in turn.sentences:
            score = float(for_shapes @ self._shapes(turn, span) + for_vector @ turn.vector_of(span))
            cued = [c for c in turn.cues if c.label == move and span[0] <= c.start < span[1]]
            score += (1.0 + for_cue) * bool(cued)
            if score > most:
                best, most = span, score
        return best


def _reflection(there: float, deep: float) -> dict[str, float]:
    """Probabilities of the kinds from whether there is a reflection, and whether it goes deep."""
    kinds = (1.0 - there, there * (1.0 - deep), there * deep)
    return {kind: float(p) for kind, p in zip(REFLECTION_KINDS, kinds, strict=True)}


def _named(labels: tuple[str, ...], values: Floats) -> dict[str, float]:
    return {label: float(value) for label, value in zip(labels, values, strict=True)}


def _softmax(scores: Floats) -> Floats:
    raised: Floats = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), np.float32)


def _sigmoid(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30))), np.float32)
