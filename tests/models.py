"""The shipped models, loaded once for all tests that read with them."""

from __future__ import annotations

from functools import cache

from coach.listening.inprocess import InProcessListener
from coach.listening.pipeline import load_pipeline
from coach.listening.utterance import Ear


@cache
def listener() -> InProcessListener:
    return InProcessListener()


@cache
def ear() -> Ear:
    return Ear(load_pipeline())
