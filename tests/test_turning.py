"""The word that turns a point round."""

from __future__ import annotations

import numpy as np
import pytest

from coach.listening.turning import turning_word

TEXT = "So you didn't sell-out the boat"
PIECES = [(0, 2), (3, 6), (7, 10), (10, 13), (14, 18), (18, 19), (19, 22), (23, 26), (27, 31)]


def at(piece: int, score: float) -> np.ndarray:
    scores = np.full(len(PIECES), -5.0, np.float32)
    scores[piece] = score
    return scores


@pytest.mark.parametrize(
    ("piece", "word"), [(1, "you"), (3, "didn't"), (6, "sell-out"), (8, "boat"), (5, "sell-out")]
)
def test_it_is_shown_whole(piece, word):
    start, end = turning_word(TEXT, PIECES, at(piece, 2.0))
    assert TEXT[start:end] == word


def test_none_is_shown_where_none_stands_out():
    assert turning_word(TEXT, PIECES, at(2, -1.5)) is None
    assert turning_word("", [], np.zeros(0, np.float32)) is None
    assert turning_word("so?!", [(0, 2), (2, 4)], np.array([-5.0, 3.0], np.float32)) is None
