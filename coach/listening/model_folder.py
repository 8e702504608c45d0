"""Reads a folder of trained weights: ``config.json`` and the weights it names, checked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors

from coach.errors import MissingModel

CONFIG = "config.json"
WEIGHTS = "listening.safetensors"
REMEDY = "restore 'models/listening' (reinstall, or 'git checkout models/listening')"


def load_folder(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read and check ``config.json`` and its weights (numpy arrays by name).

    Raises:
        MissingModel: a file is missing, or is not what the config's check sum says.
    """
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        weights = (folder / WEIGHTS).read_bytes()
    except FileNotFoundError as error:
        name = Path(error.filename or folder).name
        raise MissingModel(
            f"The listening model is not there: '{name}' is missing from '{folder}'; {REMEDY}."
        ) from error
    except (OSError, ValueError) as error:
        raise MissingModel(
            f"The listening model in '{folder}' cannot be read ({error}); {REMEDY}."
        ) from error
    expected = config.get("sha256", {}).get(WEIGHTS) if isinstance(config, dict) else None
    if hashlib.sha256(weights).hexdigest() != expected:
        raise MissingModel(
            f"The listening model '{WEIGHTS}' in '{folder}' is damaged: its check sum is not the "
            f"one in '{CONFIG}'; {REMEDY}."
        )
    try:
        return config, load_tensors(weights)
    except SafetensorError as error:
        raise MissingModel(f"'{WEIGHTS}' in '{folder}' cannot be read; {REMEDY}.") from error
