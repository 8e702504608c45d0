"""How often a trainer would sign the praise that a card gives.

Measured on the third of the judged turns that fitted nothing (`coach.training.signing`); no weights
have seen them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from coach.feedback.signing import ENOUGH, chance
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench
from coach.training.signing import Possible, judged_turns, measures, possible, verdicts
from coach.training.suites_marks import precision, recall

_PLAIN = 0.65
_FLOOR = f"the first from {_PLAIN} on"
_PLAIN_ODDS = float(np.log(_PLAIN / (1 - _PLAIN)))


def signed(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Praise on cards, and turns that get some where it is due, as readers judged it."""
    del corpora
    said = verdicts()
    turns = [turn for turn in judged_turns(said) if measures(turn.id)]
    rows = [row for turn in turns for row in possible(turn, bench, said)]
    truth = np.array([row.signed for row in rows])
    ours = _given(rows, _given_by_card)
    plain = _given(rows, lambda row: row.sure >= _PLAIN_ODDS)
    names = [row.turn for row in rows]
    return [
        measured("praise that is signed", precision, truth, ours, plain, _FLOOR, names),
        measured("praise to sign that is given", recall, truth, ours, plain, _FLOOR, names),
    ]


def _given_by_card(row: Possible) -> bool:
    enough = chance(row.remark.skill, row.sure, row.carried) >= ENOUGH
    return enough and row.certainty >= row.least


def _given(rows: Sequence[Possible], holds: Callable[[Possible], bool]) -> np.ndarray:
    """Of each turn's praise the first that holds."""
    found: list[bool] = []
    for _, some in groupby(rows, key=lambda row: row.turn):
        each = [holds(row) for row in some]
        first = each.index(True) if True in each else -1
        found += [at == first for at in range(len(each))]
    return np.array(found)
