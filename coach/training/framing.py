"""What people put around a recap in a talk, and rows as they stand between that.

An attempt to hand something back is written bare. In a talk thanks go before it and a question
comes after, and a net that never saw these around wrong attempts takes them for a sign of right
ones.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.listening.reading import MOVES
from coach.paths import data_dir
from coach.training.data import read_json_lines
from coach.training.examples import Example

ALONE = 0.2
"""How often only one side of a recap has something beside it, for each side."""
_STILL_TRUE = ("reflects", "deep", "uptake")
"""What a turn keeps when a question is asked after it."""


@dataclass(frozen=True)
class Frames:
    """Lines that fit before or after any recap; ``questions`` are those after it that ask on."""

    before: Sequence[str]
    after: Sequence[str]
    questions: Sequence[str]

    @classmethod
    def read(cls, path: Path | None = None) -> Frames:
        """The frames that train, of the project's data if no other file is named.

        Raises:
            ValueError: a line is not JSON; names file and line.
        """
        rows = list(read_json_lines(path or data_dir() / "labelled" / "frames.jsonl"))
        after = [row for row in rows if row["place"] == "after"]
        return cls(
            [row["text"] for row in rows if row["place"] == "before"],
            [row["text"] for row in after],
            [row["text"] for row in after if row["what"] == "question"],
        )

    def around(self, example: Example, rng: random.Random) -> Example:
        """An attempt with lines before and after it, or on one side."""
        draw = rng.random()
        before = f"{rng.choice(self.before)} " if draw >= ALONE else ""
        after = f" {rng.choice(self.after)}" if draw < 1.0 - ALONE else ""
        moved = len(before)
        claims = tuple(((a + moved, b + moved), added) for (a, b), added in example.claims)
        text = f"{before}{_closed(example.text) if after else example.text}{after}"
        return replace(example, text=text, claims=claims)

    def asked_after(self, example: Example, rng: random.Random) -> Example:
        """A turn that asks nothing, with a question after it.

        What it does beside asking stays true; whether it does anything more is not known.
        """
        labels = {
            name: value
            for name, value in example.labels.items()
            if name in _STILL_TRUE or (name.removeprefix("move ") in MOVES and value == 1.0)
        }
        text = f"{_closed(example.text)} {rng.choice(self.questions)}"
        return replace(example, text=text, labels=labels)


def _closed(text: str) -> str:
    """A text that ends before another begins."""
    text = text.rstrip()
    return text if text[-1:] in tuple(".!?…\"'") else f"{text}."
