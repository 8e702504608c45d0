"""How the screens look, at three sizes, in dark, light and without colour.

After a wanted change: ``pytest tests/test_snapshots.py --snapshot-update``, then look at them.
"""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from coach.tui.app import CoachApp
from coach.tui.engine import Talk
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.themes import LIGHT
from coach.tui.widgets.debrief_words import DebriefWords
from tests.mentor_scene import a_scenario
from tests.tui_scene import MENTOR, an_app, home, idle, to_home, until
from tests.tui_scripted import PastStore, ScriptedSession

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")

SIZES = [(60, 20), (80, 24), (120, 40)]
SIZE_NAMES = ["60x20", "80x24", "120x40"]


@pytest.fixture(autouse=True)
def no_blinking(monkeypatch):
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)


async def still(pilot) -> None:
    """Nothing that comes and goes."""
    app = pilot.app
    app.animation_level = "none"
    app.clear_notifications()
    app.wake_models()
    await until(pilot, lambda: app.models_state == "ready", "the models")
    await pilot.pause()


def the_app(**options) -> CoachApp:
    return an_app(store_factory=PastStore, **options)


async def to_scripted(pilot, *, compared: bool = False) -> CoachApp:
    app = await to_home(pilot)
    talk = Talk(app, a_scenario(mentor=MENTOR), lambda: ScriptedSession(compared=compared))
    app.push_screen(ConversationScreen(talk))
    await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
    await until(pilot, lambda: idle(app), "the talk so far")
    await still(pilot)
    return app


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
def test_home(snap_compare, size):
    async def go(pilot):
        await to_home(pilot)
        await still(pilot)

    assert snap_compare(the_app(), terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
def test_briefing(snap_compare, size):
    async def go(pilot):
        app = await to_home(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await still(pilot)

    assert snap_compare(the_app(), terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
def test_conversation(snap_compare, size):
    assert snap_compare(the_app(), terminal_size=size, run_before=to_scripted)


def test_conversation_in_light(snap_compare):
    app = the_app(settings={"theme": LIGHT.name})
    assert snap_compare(app, terminal_size=(120, 40), run_before=to_scripted)


def test_conversation_without_colour(snap_compare, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(the_app(), terminal_size=(120, 40), run_before=to_scripted)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
def test_turn_taken_again(snap_compare, size):
    async def go(pilot):
        await to_scripted(pilot, compared=True)
        await pilot.press("f5")
        await pilot.pause()

    assert snap_compare(the_app(), terminal_size=size, run_before=go)


def test_whole_card(snap_compare):
    async def go(pilot):
        await to_scripted(pilot)
        await pilot.press("f5")
        await pilot.pause()

    assert snap_compare(the_app(settings={"numbers": True}), run_before=go)


def test_rating(snap_compare):
    async def go(pilot):
        app = await to_scripted(pilot)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen), "the rating")
        await still(pilot)

    assert snap_compare(the_app(), run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("numbers", [False, True], ids=["words", "numbers"])
def test_debrief(snap_compare, size, numbers):
    async def go(pilot):
        app = await to_scripted(pilot)
        await pilot.press("f4", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen), "the rating")
        await pilot.press("down", "enter", *"calm", "enter")
        await until(pilot, lambda: app.screen.query(DebriefWords), "the debrief")
        if numbers:
            await pilot.press("n")
            await until(pilot, lambda: app.screen.query("FiguresView"), "the numbers")
        await still(pilot)

    assert snap_compare(the_app(), terminal_size=size, run_before=go)
