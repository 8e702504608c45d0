"""Puts the weights that ship on the packaged encoder they were tuned from."""

from __future__ import annotations

from typing import Any

import torch

from coach.errors import MissingModel
from coach.listening.model_folder import ModelFiles
from coach.listening.packing import Tensors, unpack


def overlay(net: Any, packed: Tensors, files: ModelFiles) -> list[str]:
    """Fill a net with packed weights; gives the names of parameters that none of them fill.

    Raises:
        MissingModel: weights and net do not belong together.
    """
    state = {name: torch.from_numpy(value).float() for name, value in unpack(packed).items()}
    try:
        wrong = net.load_state_dict(state, strict=False)
    except RuntimeError as error:
        raise MissingModel(f"The {files.name} does not fit the encoder; {files.remedy}.") from error
    if wrong.unexpected_keys:
        raise MissingModel(f"The {files.name} is from another version; {files.remedy}.")
    return list(wrong.missing_keys)
