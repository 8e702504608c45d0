"""The app with a listener of rules and records in a temporary home, for the screens' tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from textual.events import Key
from textual.pilot import Pilot

from coach import paths
from coach.listening.reading import Reading
from coach.practice.memory import MemoryStore
from coach.settings import Settings
from coach.tui.app import CoachApp
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.widgets.turn_input import TurnInput
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario

MENTOR = {
    "name": "Bo Ahlgren",
    "role": "quartermaster of a small port",
    "age": 61,
    "about": "Has kept the stores for thirty years. Says little until somebody asks.",
    "manner": "Dry and exact.",
}


class Gate(FakeListener):
    """A listener that reads only when let."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()

    def read(self, context: str, text: str) -> Reading:
        assert self.open.wait(60)
        return super().read(context, text)

    def close(self) -> None:
        self.open.set()
        super().close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own and two scenarios; nothing of the machine's is seen or changed."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    for scenario in (
        a_scenario(mentor=MENTOR, title="A small port", skills=["listening", "open_questions"]),
        a_scenario(id="tall-ship", title="The tall ship", trade="sailing", difficulty="hard"),
    ):
        data = scenario.model_dump(mode="json", exclude_none=True)
        (folder / f"{scenario.id}.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(paths, "scenarios_dir", lambda: folder)
    return tmp_path / "home"


def an_app(
    listener: FakeListener | None = None,
    store_factory: Callable[[], Any] | None = MemoryStore,
    settings: dict[str, Any] | None = None,
    **options: Any,
) -> CoachApp:
    """The app; ``store_factory=None`` keeps real records in the temporary home."""
    return CoachApp(
        listener_factory=lambda tell: listener or FakeListener(),
        store_factory=store_factory,
        settings=Settings(**(settings or {})),
        seed=7,
        **options,
    )


async def until(pilot: Pilot[Any], true: Callable[[], Any], what: str = "") -> None:
    """Let the app run until something is so; fails after a generous while."""
    for _ in range(500):
        if true():
            await pilot.pause()
            return
        await asyncio.sleep(0.01)
        await pilot.pause()
    raise AssertionError(f"did not happen: {what or true}")


def talk_screen(app: CoachApp) -> ConversationScreen:
    """The conversation on the screen stack."""
    return next(s for s in reversed(app.screen_stack) if isinstance(s, ConversationScreen))


def idle(app: CoachApp) -> bool:
    """Whether the mentor waits for the learner."""
    screen = talk_screen(app)
    return screen._stage in ("yours", "over") and not screen.talk.busy


async def to_home(pilot: Pilot[Any]) -> CoachApp:
    """Wait for the home screen's lists."""
    app = pilot.app
    assert isinstance(app, CoachApp)
    first = app.screen_stack[0]
    assert isinstance(first, HomeScreen)
    await until(pilot, lambda: first._arrived, "the home screen's lists")
    return app


async def to_talk(pilot: Pilot[Any], notes: str = "") -> CoachApp:
    """Go through home and briefing into a talk."""
    app = await to_home(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: app.screen.query("#start"), "the briefing")
    if notes:
        app.screen.query_one("#notes").text = notes
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
    await until(pilot, lambda: idle(app), "the mentor's first words")
    return app


async def burst(app: CoachApp, text: str) -> None:
    """Letters as a slow line delivers them: one after the other, none waited for."""
    for letter in text:
        app.post_message(Key("space" if letter == " " else letter, letter))
        await asyncio.sleep(0)


async def say(pilot: Pilot[Any], text: str) -> None:
    """Type a turn, send it and wait for the mentor."""
    app = pilot.app
    assert isinstance(app, CoachApp)
    app.screen.query_one(TurnInput).fill(text)
    await pilot.press("enter")
    await until(pilot, lambda: idle(app), "the mentor's answer")
