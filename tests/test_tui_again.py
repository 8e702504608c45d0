"""Somebody met before: the briefing says so, and the talk goes on or begins afresh."""

from __future__ import annotations

import pytest

from coach.practice.memory import MemoryStore
from coach.practice.session import Session
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.widgets.dialogue import Dialogue
from coach.tui.widgets.turn_input import TurnInput
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario
from tests.tui_scene import an_app, home, idle, say, to_home, until

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")


def an_app_after_one_talk(**options):
    store = MemoryStore()
    session = Session.start(a_scenario(), FakeListener(), store)
    list(session.take_turn("how did great gale begin"))
    list(session.debrief(None, ""))
    app = an_app(store_factory=lambda: store, scenario="small-port", **options)
    app.seed = None
    return app


async def first_words(pilot, key: str) -> str:
    app = await to_home(pilot)
    await until(pilot, lambda: app.screen.query("#afresh"), "the briefing")
    await until(pilot, lambda: app.screen.query_one("#afresh").display, "the earlier talk")
    assert "met once before" in str(app.screen.query_one("#met").render())
    await pilot.click(key)
    await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
    await until(pilot, lambda: idle(app), "the mentor's words")
    return app.screen.query_one(Dialogue).entries[0].text


async def test_the_talk_goes_on_from_the_last():
    async with an_app_after_one_talk().run_test(size=(80, 24)) as pilot:
        assert await first_words(pilot, "#start") == "Aboard again?"


async def test_both_can_meet_as_strangers():
    async with an_app_after_one_talk().run_test(size=(80, 24)) as pilot:
        assert await first_words(pilot, "#afresh") == a_scenario().opening


async def test_a_first_meeting_offers_no_such_choice():
    async with an_app(scenario="small-port").run_test(size=(80, 24)) as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await pilot.pause(0.2)
        assert not app.screen.query_one("#afresh").display


async def test_the_app_says_why_the_mentor_spoke():
    async with an_app(scenario="small-port").run_test(size=(80, 24)) as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await until(pilot, lambda: idle(app), "the mentor's words")
        await say(pilot, "How did the great gale begin?")
        await pilot.press("f6")
        strip = app.screen.query_one("#looked-up")
        assert strip.display
        told = str(strip.render())
        assert "open question" in told and "trust stands at 53 of 100" in told
        # It covers nothing, so one types on beside it; Escape puts it away and stays in the talk.
        assert strip.region.bottom <= app.screen.query_one(TurnInput).region.y
        await pilot.press("escape")
        assert not strip.display and isinstance(app.screen, ConversationScreen)
        await pilot.press("f6")
        assert strip.display
        await say(pilot, "What was it like?")
        assert not strip.display
