"""Vectors of texts by meaning, remembered: what the mentor's lines are found by."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from coach.listening.encoder import Encoder, Floats
from coach.listening.utterance import readable_part
from coach.listening.vector_cache import VectorCache

_KEPT = 65536
_LISTS = 4
_TOGETHER = 16
"""Lines worked out in one pass: twice as fast as one by one, and a turn waits for one pass."""


class Meaning:
    """The encoder's vector of each text, worked out once."""

    def __init__(self, encoder: Encoder, cache: VectorCache | None = None) -> None:
        """Work vectors out with ``encoder``; those read ahead are kept in ``cache`` as well."""
        self._encoder = encoder
        self._cache = cache
        self._vectors: OrderedDict[str, Floats] = OrderedDict()
        self._stacked: OrderedDict[tuple[str, ...], Floats] = OrderedDict()

    def vector(self, text: str) -> Floats:
        """The unit vector of a text, (width,)."""
        found = self._vectors.get(text)
        if found is None:
            found = _as_kept(self._encoder.encode(readable_part(text)))
            self._remember(text, found)
        else:
            self._vectors.move_to_end(text)
        return found

    def turns(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of what somebody typed, (texts, width), in one pass; nothing is kept."""
        return self._encoder.encode_together([readable_part(text) for text in texts])

    def matrix(self, texts: Sequence[str]) -> Floats:
        """Vectors of a scenario's texts, (texts, width); the last few lists stay stacked."""
        key = tuple(texts)
        stacked = self._stacked.get(key)
        if stacked is None:
            self.read_ahead(texts)
            stacked = self._stacked[key] = np.stack([self.vector(text) for text in texts])
            if len(self._stacked) > _LISTS:
                self._stacked.popitem(last=False)
        return stacked

    def read_ahead(self, texts: Sequence[str]) -> None:
        """Have the vectors of a scenario's texts ready; they may be kept on disk."""
        unknown = [text for text in texts if text not in self._vectors]
        kept = self._cache.get(unknown) if self._cache and unknown else {}
        for text, vector in kept.items():
            self._remember(text, vector)
        missing = [text for text in dict.fromkeys(unknown) if text not in kept]
        fresh: dict[str, Floats] = {}
        for start in range(0, len(missing), _TOGETHER):
            some = missing[start : start + _TOGETHER]
            fresh |= zip(some, _as_kept(self.turns(some)), strict=True)
        for text, vector in fresh.items():
            self._remember(text, vector)
        if self._cache and fresh:
            self._cache.put(fresh)

    def _remember(self, text: str, vector: Floats) -> None:
        self._vectors[text] = vector
        if len(self._vectors) > _KEPT:
            self._vectors.popitem(last=False)


def _as_kept(vectors: Floats) -> Floats:
    """In half precision, as the cache keeps them, so that both give the same."""
    return vectors.astype(np.float16).astype(np.float32)
