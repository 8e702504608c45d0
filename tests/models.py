"""The shipped models, loaded once for all tests that read with them."""

from __future__ import annotations

from functools import cache

from coach.listening.inprocess import InProcessListener


@cache
def listener() -> InProcessListener:
    return InProcessListener()
