"""Figures of the grammar and overlap for training pairs, scaled, and kept between runs."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.listening import features
from coach.listening.pair_reader import FARTHEST
from coach.listening.utterance import Ear
from coach.training.data import read_json_lines
from coach.training.examples import Example

log = logging.getLogger(__name__)

_LEAST_SEEN = 30
Row = NDArray[np.float32]


@dataclass
class Figured:
    """Which figures count, their scale, and the raw figures of every pair looked at."""

    names: list[str]
    mean: Row
    scale: Row
    raw: dict[str, dict[str, float]] = field(default_factory=dict)

    def row(self, example: Example) -> Row:
        """The scaled figures of a pair, (names,); zeros where it was not looked at."""
        found = self.raw.get(_key(example))
        if found is None:
            return np.zeros(len(self.names), np.float32)
        values = np.array([found.get(name, 0.0) for name in self.names], np.float32)
        scaled: Row = np.clip((values - self.mean) / self.scale, -FARTHEST, FARTHEST)
        return scaled


def look(examples: Iterable[Example], ear: Ear, work: Path) -> dict[str, dict[str, float]]:
    """The raw figures of pairs by their key; those of an earlier run are taken from ``work``."""
    work.mkdir(parents=True, exist_ok=True)
    path = work / f"figures-{_stamp(ear)}.jsonl"
    known = {row["key"]: row["figures"] for row in read_json_lines(path)} if path.exists() else {}
    found: dict[str, dict[str, float]] = {}
    with path.open("a", encoding="utf-8") as out:
        for one in examples:
            key = _key(one)
            if key not in known:
                named = features.figures(ear.hear(one.text), ear.hear(one.context))
                known[key] = {name: round(value, 4) for name, value in named.items() if value}
                out.write(json.dumps({"key": key, "figures": known[key]}) + "\n")
            found[key] = known[key]
    log.info("%d pairs looked at", len(found))
    return found


def figure(examples: Sequence[Example], ear: Ear, work: Path) -> Figured:
    """Choose and scale figures by the pairs they were seen in."""
    raw = look(examples, ear, work)
    seen = Counter(name for row in raw.values() for name in row)
    names = sorted(name for name, count in seen.items() if count >= _LEAST_SEEN)
    table = np.array([[row.get(name, 0.0) for name in names] for row in raw.values()])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 0.1
    return Figured(names, mean.astype(np.float32), scale.astype(np.float32), raw)


def _stamp(ear: Ear) -> str:
    """What the figures come from: the pipeline's weights and the code that reads with them."""
    digest = hashlib.sha256(repr(sorted(ear.nlp.meta.items(), key=lambda item: item[0])).encode())
    folder = Path(features.__file__).parent
    names = ("features", "overlap", "words", "cue", "question")
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith(names):
            digest.update(path.read_bytes())
    if ear.nlp.path is not None:
        for path in sorted(ear.nlp.path.rglob("model")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _key(example: Example) -> str:
    text = f"{example.context}\0{example.text}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
