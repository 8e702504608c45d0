"""Vectors of the mentors' lines kept on disk, so that a talk need not work them out anew.

Only lines of scenarios ever come here, never what a learner typed. A file that is damaged or in
the way is thrown away and made again; one that cannot be written is done without.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from coach import paths
from coach.listening.encoder import Floats

_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
_MANY = 500


class VectorCache:
    """Vectors by text, for one encoder."""

    def __init__(self, file: Path, encoder: str) -> None:
        """Keep vectors in ``file``; ``encoder`` tells those of one encoder from another's."""
        self._file, self._encoder = file, encoder

    def get(self, texts: Iterable[str]) -> dict[str, Floats]:
        """The vectors that are there, by text."""
        keys = {self._key(text): text for text in texts}
        found: dict[str, Floats] = {}
        if not self._file.exists():
            return found
        try:
            with closing(sqlite3.connect(self._file)) as base:
                wanted = list(keys)
                for start in range(0, len(wanted), _MANY):
                    some = wanted[start : start + _MANY]
                    marks = ",".join("?" * len(some))
                    query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608
                    for key, vector in base.execute(query, some):
                        found[keys[key]] = np.frombuffer(vector, np.float16).astype(np.float32)
        except sqlite3.Error:
            with suppress(OSError):
                self._file.unlink()
        return found

    def put(self, vectors: Mapping[str, Floats]) -> None:
        """Keep these too, in half precision."""
        rows = [
            (self._key(text), vector.astype(np.float16).tobytes())
            for text, vector in vectors.items()
        ]
        try:
            paths.made_private(self._file.parent)
            with closing(sqlite3.connect(self._file)) as base, base:
                base.execute(_TABLE)
                base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        except (sqlite3.Error, OSError):
            return

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._encoder}\0{text}".encode("utf-8", "surrogatepass")).digest()
