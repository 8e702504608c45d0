"""Vectors of texts by meaning, remembered: what the mentor's lines are found by."""

from __future__ import annotations

from collections import OrderedDict

from coach.listening.encoder import Encoder, Floats
from coach.listening.utterance import readable_part

_KEPT = 8192


class Meaning:
    """The frozen encoder's vector of each text, worked out once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[str, Floats] = OrderedDict()

    def vector(self, text: str) -> Floats:
        """The unit vector of a text, (width,)."""
        found = self._vectors.get(text)
        if found is None:
            found = self._encoder.encode(readable_part(text))
            self._vectors[text] = found
            if len(self._vectors) > _KEPT:
                self._vectors.popitem(last=False)
        else:
            self._vectors.move_to_end(text)
        return found
