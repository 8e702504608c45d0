"""What every suite needs: the models under measure, and the plain baselines beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.errors import BadInput
from coach.listening.encoder import Encoder
from coach.listening.listener import Row
from coach.listening.meaning import Meaning
from coach.listening.overlap import content_words
from coach.listening.pipeline import load_pipeline
from coach.listening.reader import Reader
from coach.listening.reading import Reading
from coach.listening.utterance import Ear
from coach.paths import models_dir
from coach.training.data import LabelledTurn, labelled_turns


class Bench:
    """The models under measure, with our own test parts read once."""

    def __init__(self, listening: Path | None = None) -> None:
        """Load a listening model, the shipped one if None; ``english`` lies beside it."""
        folder = listening if listening is not None else models_dir() / "listening"
        self.ear = Ear(load_pipeline(folder.parent / "english"))
        self.meaning = Meaning(Encoder())
        self.reader = Reader(folder, self.ear)
        self._turns: list[tuple[LabelledTurn, Reading]] = []

    def turns(self) -> list[tuple[LabelledTurn, Reading]]:
        """Our test turns with their readings."""
        if not self._turns:
            for gold in labelled_turns("test"):
                self._turns.append((gold, self.read(gold.context, gold.text)))
        return self._turns

    def read(self, context: str, text: str, *, paraphrase: bool = False) -> Reading:
        """One reading."""
        task = "paraphrase" if paraphrase else "turn"
        return self.reader.read(Row(context=context, text=text, task=task))

    def cosine(self, one: str, two: str) -> float:
        """The encoder alone."""
        return float(self.meaning.vector(one) @ self.meaning.vector(two))


def overlap(one: str, two: str) -> float:
    """Share of the words of both that they have in common, the plainest baseline."""
    a, b = set(content_words(one)), set(content_words(two))
    return len(a & b) / max(1, len(a | b))


def majority(labels: Sequence[str]) -> list[str]:
    """The commonest label for every row."""
    names, counts = np.unique(labels, return_counts=True)
    return [str(names[counts.argmax()])] * len(labels)


def rule_kind(bench: Bench, text: str) -> str:
    """The question kind by the grammar rules alone."""
    return bench.ear.hear(text).ruled_kind


def corpus(corpora: Path | None, *parts: str) -> Path:
    """A file of the public corpora.

    Raises:
        BadInput: no folder was named, or it lacks the file.
    """
    if corpora is None:
        raise BadInput(f"This suite measures on '{parts[1]}': name the corpora with --corpora.")
    path = corpora.joinpath(*parts)
    if not path.is_file():
        raise BadInput(
            f"'{path}' is not there: --corpora takes the folder with 'train' and 'eval'."
        )
    return path
