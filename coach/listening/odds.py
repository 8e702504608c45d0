"""Probabilities as log odds, in which what speaks for something adds up."""

from __future__ import annotations

import math

_SUREST = 0.99
"""No probability counts for more, nor for less than the rest to 1."""


def log_odds(p: float) -> float:
    """The log odds of a probability, 0 to 1."""
    p = min(max(p, 1.0 - _SUREST), _SUREST)
    return math.log(p / (1.0 - p))
