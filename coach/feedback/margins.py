"""From which probability on a mark is shown on a card.

A move that one turn in fifty makes needs a surer sign than one that every third row of labelled
data holds: at 0.65 most of the moves that stood on cards of real talks were not there. Each margin
is the least at which eight marks of ten are right among turns that nobody wrote to show a label
(``python -m coach.training.suites_marks`` finds them; ``coach eval marks`` measures).
"""

from __future__ import annotations

from collections.abc import Mapping

RARELY = 0.95
"""For what hardly occurs in talks, so that no margin can be measured."""

MARGINS: Mapping[str, float] = {}
"""By the name of a move, of a status of a point (``covered``), ``reflects`` or ``complex``."""


def margin(mark: str) -> float:
    """The probability from which on a mark is shown."""
    return MARGINS.get(mark, RARELY)
