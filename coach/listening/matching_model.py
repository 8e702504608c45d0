"""The encoder tuned to find what a learner asks about: what of it is tuned, and its weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from coach.listening.model_folder import ModelFiles, load_folder
from coach.listening.overlaying import overlay

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


def put_on(encoder: Any, folder: Path) -> str:
    """Put the weights of a folder on the packaged encoder; gives their check sum.

    Raises:
        MissingModel: they are missing, damaged, or do not fit.
    """
    config, packed = load_folder(folder, MATCHING)
    overlay(encoder, packed, MATCHING)
    return str(config["sha256"][MATCHING.weights])
