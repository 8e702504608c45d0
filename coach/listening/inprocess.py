"""The listener in this process: batches, tests, and the inside of the other two forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coach.listening.encoder import Encoder
from coach.listening.listener import Row
from coach.listening.meaning import Meaning
from coach.listening.pipeline import load_pipeline
from coach.listening.reader import Reader
from coach.listening.reading import Reading
from coach.listening.utterance import Ear
from coach.paths import models_dir

_FEW = 8


class InProcessListener:
    """Reads turns with the models loaded here. Loading takes seconds, a turn hundredths."""

    def __init__(self, models: Path | None = None, encoder: str | Path | None = None) -> None:
        """Load pipeline, listening model and encoder.

        Args:
            models: the folder with ``english`` and ``listening``; the shipped one if None.
            encoder: a folder or hub id of the sentence encoder behind `closeness`; the packaged one
                if None. Readings always come from the listening model.

        Raises:
            MissingModel: a part is missing or damaged.
        """
        folder = models if models is not None else models_dir()
        self._ear = Ear(load_pipeline(folder / "english"))
        self._meaning = Meaning(Encoder(encoder))
        self._reader = Reader(folder / "listening", self._ear)

    @property
    def version(self) -> str:
        """The models' version, as every reading carries it."""
        return self._reader.version

    def read(self, context: str, text: str) -> Reading:
        """The reading of one turn."""
        return self._reader.read(Row(context=context, text=text))

    def read_rows(self, rows: Sequence[Row]) -> list[Reading]:
        """One reading per row, same order, carrying the rows' ids.

        Rows are read one by one: padding rows together would move the last digits.
        """
        return [self._reader.read(row) for row in rows]

    def closeness(self, text: str, candidates: Sequence[str]) -> list[float]:
        """Cosine of each candidate with the text, -1 to 1, same order."""
        if not candidates:
            return []
        mine = self._meaning.vector(text)
        # One by one, so that a candidate's figure does not depend on its neighbours.
        return [round(float(self._meaning.vector(c) @ mine), 6) for c in candidates]

    def prepare(self, texts: Sequence[str]) -> None:
        """Read texts ahead; changes no result.

        A few texts are lines about to be answered and are analysed; many are candidates for
        `closeness` and only need their vectors.
        """
        for text in texts:
            if len(texts) <= _FEW:
                self._ear.hear(text)
            else:
                self._meaning.vector(text)

    def close(self) -> None:
        """Nothing to let go of in this process."""
