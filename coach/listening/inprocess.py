"""The listener in this process: batches, tests, and the inside of the other two forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.listening.encoder import Encoder
from coach.listening.listener import Reply, Row
from coach.listening.meaning import Meaning
from coach.listening.pipeline import load_pipeline
from coach.listening.reader import Reader
from coach.listening.reading import Reading
from coach.listening.replying import ReplyReader
from coach.listening.utterance import Ear, readable_part
from coach.listening.vector_cache import VectorCache
from coach.paths import models_dir

_FEW = 8
_TOGETHER = 32
"""Rows whose texts are analysed together; the ear remembers several times as many."""


def _cache(file: str | Path | None, encoder: str) -> VectorCache | None:
    return VectorCache(Path(file), encoder) if file else None


class InProcessListener:
    """Reads turns with the models loaded here. Loading takes seconds, a turn hundredths."""

    def __init__(
        self,
        models: Path | None = None,
        encoder: str | Path | None = None,
        cache: str | Path | None = None,
    ) -> None:
        """Load pipeline, listening model and encoder.

        Args:
            models: the folder with ``english`` and ``listening``; the shipped one if None.
            encoder: a folder or hub id of the sentence encoder behind `closeness`; the packaged one
                with the matching model's weights if None. Readings always come from the listening
                model.
            cache: a file to keep the vectors of scenarios' lines in; None: they are not kept.

        Raises:
            MissingModel: a part is missing or damaged.
        """
        folder = models if models is not None else models_dir()
        self._ear = Ear(load_pipeline(folder / "english"))
        self._reader = Reader(folder / "listening", self._ear)
        self._replies = ReplyReader(folder / "replying", folder / "listening")
        tuned = folder / "matching" if encoder is None else None
        behind = Encoder(encoder, tuned)
        self._meaning = Meaning(behind, _cache(cache, behind.identity))

    @property
    def version(self) -> str:
        """The models' version, as every reading carries it."""
        return self._reader.version

    def read(self, context: str, text: str) -> Reading:
        """The reading of one turn."""
        return self._reader.read(Row(context=context, text=text))

    def read_rows(self, rows: Sequence[Row]) -> list[Reading]:
        """One reading per row, same order, carrying the rows' ids.

        Rows pass the net one by one: padding rows together would move the last digits.
        """
        readings: list[Reading] = []
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            self._ear.hear_ahead([text for row in some for text in (row.context, row.text)])
            readings += map(self._reader.read, some)
        return readings

    def closeness(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        """Cosines of the candidates with each text, -1 to 1: one list per text, same order.

        Candidates are lines of a scenario, which are remembered; texts are what somebody typed.
        """
        if not texts or not candidates:
            return [[] for _ in texts]
        near = self._meaning.turns(texts) @ self._meaning.matrix(candidates).T
        found: list[list[float]] = near.astype(np.float64).round(5).tolist()
        return found

    def fits(
        self, context: str, text: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> list[float]:
        """How likely each reply makes sense after a turn, 0 to 1, all in one pass."""
        said = [readable_part(line) for line in earlier]
        return self._replies.fits(readable_part(context), readable_part(text), replies, said)

    def prepare(self, texts: Sequence[str]) -> None:
        """Read texts ahead; changes no result.

        A few texts are lines about to be answered and are analysed; many are candidates for
        `closeness` and only need their vectors.
        """
        if len(texts) > _FEW:
            self._meaning.read_ahead(texts)
            return
        for text in texts:
            self._ear.hear(text)

    def close(self) -> None:
        """Nothing to let go of in this process."""
