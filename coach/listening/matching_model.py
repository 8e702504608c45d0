"""The encoder tuned to find what a learner asks about: what of it is tuned, and its weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from coach.errors import MissingModel
from coach.listening.model_folder import ModelFiles, load_folder
from coach.listening.packing import unpack

LAYERS = 4
"""How many of the upper layers are tuned; the others ship with the packaged encoder."""

MATCHING = ModelFiles("matching model", "models/matching", "matching.safetensors")


def tuned(encoder: Any) -> list[torch.nn.Parameter]:
    """The tuned parameters of an encoder; the others are fixed."""
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    upper = [p for layer in encoder.encoder.layer[-LAYERS:] for p in layer.parameters()]
    for parameter in upper:
        parameter.requires_grad_(True)
    return upper


def overlay(encoder: Any, folder: Path) -> str:
    """Put the weights of a folder on the packaged encoder; gives their check sum.

    Raises:
        MissingModel: they are missing, damaged, or do not fit.
    """
    config, packed = load_folder(folder, MATCHING)
    state = {name: torch.from_numpy(value).float() for name, value in unpack(packed).items()}
    try:
        wrong = encoder.load_state_dict(state, strict=False)
    except RuntimeError as error:
        raise MissingModel(
            f"The matching model does not fit the encoder; {MATCHING.remedy}."
        ) from error
    if wrong.unexpected_keys:
        raise MissingModel(f"The matching model is from another version; {MATCHING.remedy}.")
    return str(config["sha256"][MATCHING.weights])
