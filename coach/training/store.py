"""Writes a model folder: weights as safetensors, names and check sums as JSON."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

from coach.listening.model_folder import CONFIG, LISTENING, ModelFiles


def write_model(
    folder: Path, config: dict[str, Any], tensors: dict[str, Any], files: ModelFiles = LISTENING
) -> None:
    """Write the weights, and ``config.json`` with their check sum, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    data = save({name: np.ascontiguousarray(t) for name, t in tensors.items()})
    (folder / files.weights).write_bytes(data)
    write_config(folder, {**config, "sha256": {files.weights: hashlib.sha256(data).hexdigest()}})


def write_config(folder: Path, config: dict[str, Any]) -> None:
    """Write a model's names and figures as JSON, the same for the same."""
    text = json.dumps(config, ensure_ascii=False, indent=0, sort_keys=True)
    (folder / CONFIG).write_text(text + "\n", encoding="utf-8")
