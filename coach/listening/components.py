"""What the coach's spaCy components share: saving, where nothing is kept, and scoring.

``nlp.add_pipe("coach_questions")`` works in any English pipeline with the parts a component
requires; ``nlp.evaluate(examples)`` scores it where the reference documents carry the same
extension (``doc._.questions`` and so on).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.training import Example

Marked = tuple[int, int, str]
"""Characters from and to, half-open, and a label."""


class Marking:
    """A component that sets one document extension from the parse alone, and keeps no state."""

    attribute: str
    """The extension it sets."""
    marks: Callable[[Any], Marked]
    """Place and label of one thing it found."""

    def score(self, examples: Iterable[Example], **_: object) -> dict[str, Any]:
        """Precision, recall and F1 of place and label; without a reference, None.

        Keys are ``<extension>_p``, ``_r``, ``_f``, as spaCy's own scorers name theirs.
        """
        hit = said = there = 0
        known = False
        for example in examples:
            gold = self._marked(example.reference)
            if gold is None:
                continue
            known = True
            found = self._marked(example.predicted) or set()
            hit, said, there = hit + len(found & gold), said + len(found), there + len(gold)
        p = hit / said if said else 0.0
        r = hit / there if there else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        values = (p, r, f) if known else (None, None, None)
        return {f"{self.attribute}_{k}": v for k, v in zip("prf", values, strict=True)}

    def _marked(self, doc: Doc) -> set[Marked] | None:
        found = doc._.get(self.attribute)
        return None if found is None else {type(self).marks(one) for one in found}

    def to_bytes(self, **_: object) -> bytes:
        """Nothing: all there is to it is in the code."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Marking:
        """Take up nothing."""
        return self

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write an empty folder, so that a saved pipeline says that the component was there."""
        Path(path).mkdir(parents=True, exist_ok=True)

    def from_disk(self, _path: str | Path, **_: object) -> Marking:
        """Take up nothing."""
        return self
