"""Probabilities as log odds, in which what speaks for something adds up."""

from __future__ import annotations

import math

_FARTHEST = 30.0
"""Log odds beyond which nothing changes any more."""

_SUREST = 0.99
"""No probability counts for more, nor for less than the rest to 1."""


def log_odds(p: float) -> float:
    """The log odds of a probability, 0 to 1."""
    p = min(max(p, 1.0 - _SUREST), _SUREST)
    return math.log(p / (1.0 - p))


def logistic(score: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-max(-_FARTHEST, min(_FARTHEST, score))))
