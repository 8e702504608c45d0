"""Reads a folder of trained weights: ``config.json`` and the weights it names, checked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors

from coach.errors import MissingModel

CONFIG = "config.json"


@dataclass(frozen=True)
class ModelFiles:
    """A model by its name in messages, where it ships, and the name of its weights."""

    name: str
    place: str
    weights: str

    @property
    def remedy(self) -> str:
        """What to do where it is missing or damaged."""
        return f"restore '{self.place}' (reinstall, or 'git checkout {self.place}')"


LISTENING = ModelFiles("listening model", "models/listening", "listening.safetensors")


def load_folder(
    folder: Path, files: ModelFiles = LISTENING
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read and check ``config.json`` and its weights (numpy arrays by name).

    Raises:
        MissingModel: a file is missing, or is not what the config's check sum says.
    """
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        weights = (folder / files.weights).read_bytes()
    except FileNotFoundError as error:
        name = Path(error.filename or folder).name
        raise MissingModel(
            f"The {files.name} is not there: '{name}' is missing from '{folder}'; {files.remedy}."
        ) from error
    except (OSError, ValueError) as error:
        raise MissingModel(
            f"The {files.name} in '{folder}' cannot be read ({error}); {files.remedy}."
        ) from error
    expected = config.get("sha256", {}).get(files.weights) if isinstance(config, dict) else None
    if hashlib.sha256(weights).hexdigest() != expected:
        raise MissingModel(
            f"The {files.name} '{files.weights}' in '{folder}' is damaged: its check sum is not "
            f"the one in '{CONFIG}'; {files.remedy}."
        )
    try:
        return config, load_tensors(weights)
    except SafetensorError as error:
        raise MissingModel(
            f"'{files.weights}' in '{folder}' cannot be read; {files.remedy}."
        ) from error
