"""From Enter to the card, against the bare encoder on the same turn in the same process."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from benchmarks.table import Row, spread
from benchmarks.turns import realistic_turns
from coach import paths
from coach.listening.encoder import Encoder
from coach.listening.inprocess import InProcessListener
from coach.mentor.library import load_library
from coach.practice.events import CardReady
from coach.practice.session import Session
from coach.records import open_store

TURNS = 200
TALK = 20
"""A new talk is begun after so many turns."""


def rows() -> list[Row]:
    """One row: the time to the card as a ratio to the median raw forward pass."""
    listener = InProcessListener()
    encoder = Encoder()
    scenarios = list(load_library().scenarios.values())
    store = open_store(Path(paths.home()) / "bench.sqlite3")
    cards: list[float] = []
    forwards: list[float] = []
    session: Session | None = None
    for number, text in enumerate(realistic_turns(TURNS)):
        if session is None or number % TALK == 0 or session.over:
            scenario = scenarios[number % len(scenarios)]
            session = Session.start(scenario, listener, store, seed=number)
            list(session.opening())
        start = time.perf_counter()
        events = session.take_turn(text)
        for event in events:
            if isinstance(event, CardReady):
                cards.append(time.perf_counter() - start)
        start = time.perf_counter()
        encoder.encode(text)
        forwards.append(time.perf_counter() - start)
    listener.close()
    forward = statistics.median(forwards)
    worst = statistics.quantiles(cards, n=20)[-1]
    return [
        Row(
            f"Enter to the card, p95 of {len(cards)} turns",
            f"{1000 * worst:.1f} ms; median {spread(cards)}",
            f"one forward pass {spread(forwards)}",
            f"{worst / forward:.2f}",
            "within 8x",
            worst / forward <= 8,
        )
    ]
