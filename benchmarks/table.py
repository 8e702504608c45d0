"""How a figure of the bench is written down."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table; ``held`` says whether the aim is met, None where there is none."""

    what: str
    figure: str
    baseline: str
    ratio: str
    aim: str
    held: bool | None


HEAD = "| what | measured | baseline | ratio | aim | |\n|---|---|---|---|---|---|"


def spread(seconds: Sequence[float]) -> str:
    """Median and quartiles of times, in milliseconds."""
    low, middle, high = (1000 * q for q in statistics.quantiles(seconds, n=4))
    return f"{middle:.1f} ms ({low:.1f}-{high:.1f})"


def show(rows: Sequence[Row]) -> None:
    """Print the rows as Markdown."""
    for row in rows:
        held = {True: "met", False: "MISSED", None: ""}[row.held]
        cells = (row.what, row.figure, row.baseline, row.ratio, row.aim, held)
        print("| " + " | ".join(cells) + " |", flush=True)
