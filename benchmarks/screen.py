"""The running app: stalls of its event loop and the memory of its two processes."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import psutil

from benchmarks.table import Row
from benchmarks.turns import realistic_turns
from coach.listening.child import ChildListener
from coach.tui.app import CoachApp
from coach.tui.screens.briefing import BriefingScreen
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.screens.tour import WelcomeScreen
from coach.tui.widgets.turn_input import TurnInput

TURNS = 12
TICK = 0.005


class Pulse:
    """Ticks on the event loop and remembers the longest time between two ticks."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()

    async def beat(self) -> None:
        """Tick until cancelled."""
        while True:
            await asyncio.sleep(TICK)
            now = time.perf_counter()
            self.gaps.append(now - self._last - TICK)
            self._last = now

    def longest(self) -> float:
        """The longest gap since the last call, in seconds."""
        longest, self.gaps = max(self.gaps, default=0.0), []
        return longest


def _megabytes(pid: int | None) -> float:
    return float(psutil.Process(pid).memory_info().rss) / 2**20


async def _talk() -> tuple[float, float, float, float]:
    children: list[ChildListener] = []

    def listener(on_state: Any) -> ChildListener:
        children.append(ChildListener(on_state=on_state))
        return children[-1]

    app = CoachApp(listener_factory=listener, scenario="insurance-claims", seed=1)
    pulse = Pulse()
    async with app.run_test(size=(120, 40)) as pilot:
        ticking = asyncio.create_task(pulse.beat())
        await reach_briefing(app, pilot)
        pulse.longest()
        while not (children and children[0].ready):
            await pilot.pause(0.05)
        loading = pulse.longest()
        screen = await start_talk(app, pilot)
        turns = realistic_turns(TURNS)
        await pilot.pause(0.05)
        pulse.longest()
        for text in turns:
            await take_turn(screen, pilot, text)
        reading = pulse.longest()
        ticking.cancel()
        return loading, reading, _megabytes(None), _megabytes(children[0].pid)


async def reach_briefing(app: CoachApp, pilot: Any) -> None:
    """To the briefing, past the welcome of a first start."""
    while not isinstance(app.screen, BriefingScreen):
        if isinstance(app.screen, WelcomeScreen):
            await pilot.press("escape")
        await pilot.pause(0.05)


async def start_talk(app: CoachApp, pilot: Any) -> ConversationScreen:
    """From the briefing into the conversation, until it is the learner's turn."""
    await pilot.press("f2")
    while not isinstance(app.screen, ConversationScreen):
        await pilot.pause(0.05)
    screen = app.screen
    while screen._stage != "yours":
        await pilot.pause(0.05)
    return screen


async def take_turn(screen: ConversationScreen, pilot: Any, text: str) -> None:
    """Send a turn and wait until the next can be sent."""
    before = len(screen.cards)
    screen.query_one(TurnInput).text = text
    await pilot.press("enter")
    while len(screen.cards) == before or screen.talk.busy:
        await pilot.pause(0.02)


def rows() -> list[Row]:
    """Four rows: the loop's longest gaps while loading and reading, and both processes' memory."""
    loading, reading, screen, models = asyncio.run(_talk())
    return [
        Row(
            "event loop, longest gap while models load",
            f"{1000 * loading:.0f} ms",
            "",
            "",
            "under 100 ms",
            loading < 0.1,
        ),
        Row(
            f"event loop, longest gap over {TURNS} turns",
            f"{1000 * reading:.0f} ms",
            "",
            "",
            "under 100 ms",
            reading < 0.1,
        ),
        Row("memory, screen", f"{screen:.0f} MB", "", "", "under 150 MB", screen < 150),
        Row("memory, models", f"{models:.0f} MB", "", "", "under 1 GB", models < 1024),
    ]
