"""Keeps Python's garbage collector from stalling the screen.

A full round over the loaded app holds the event loop for 0.15 s, a hundred times a frame; without
such rounds the longest stall of a talk is a sixth of that (thread time, `make bench`'s talk).
"""

from __future__ import annotations

import gc

_YOUNG = 20_000
"""New objects before a small round; Python's own 700 means one in nearly every message."""


def settle() -> None:
    """Leave all that is loaded by now out of the collector's rounds from here on.

    Called while nothing stands but what lives as long as the app: that need not be searched for
    rubbish again and again. What is made later is collected as ever; a screen that comes and goes
    must not be there yet, or it would never be let go of.
    """
    gc.set_threshold(_YOUNG, 20, 20)
    gc.freeze()
