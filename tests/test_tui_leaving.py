"""Leaving, quitting and coming back while the mentor reads: nothing is lost or read twice."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from coach.practice.memory import MemoryStore
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.widgets.dialogue import Dialogue
from coach.tui.widgets.turn_input import TurnInput
from tests.tui_scene import Gate, an_app, home, idle, say, talk_screen, to_talk, until

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")

OPEN = "How did the great gale begin, and what was it like?"


def said(app) -> list[str]:
    return [entry.text for entry in talk_screen(app).query_one(Dialogue).entries]


async def while_it_is_read(pilot):
    """A turn is on record, its reading under way, and the next line in the field."""
    app = await to_talk(pilot)
    screen = talk_screen(app)
    screen.query_one(TurnInput).fill(OPEN)
    await pilot.press("enter")
    await until(pilot, lambda: screen.turn.last == 1, "the turn on record")
    screen.query_one(TurnInput).fill("and the masts?")
    return app


async def leave(pilot, app) -> None:
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
    await until(pilot, lambda: app.screen.query_one("#recent").option_count, "the list")


async def go_on(pilot, app) -> None:
    await pilot.press("c")
    await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")


@pytest.mark.parametrize("key", [None, "ctrl+q", "escape"])
async def test_a_line_typed_while_the_mentor_reads_is_kept_at_once(key):
    gate = Gate()
    kept = []

    class Noting(MemoryStore):
        def save_draft(self, talk_id, text):
            kept.append((text, "read" if gate.open.is_set() else "reading"))
            super().save_draft(talk_id, text)

    store = Noting()
    async with an_app(gate, lambda: store).run_test() as pilot:
        await while_it_is_read(pilot)
        if key is not None:
            await pilot.press(key)
        await until(pilot, lambda: kept and kept[-1][0], "a draft")
        assert kept[-1] == ("and the masts?", "reading")
        assert store.draft(1) == "and the masts?"


async def test_a_line_typed_before_the_turn_is_on_record_is_kept_after_it():
    class Slow(MemoryStore):
        let = threading.Event()

        def add_turn(self, *args, **options):
            assert self.let.wait(10)
            return super().add_turn(*args, **options)

    store = Slow()
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        app = await to_talk(pilot)
        screen = talk_screen(app)
        screen.query_one(TurnInput).fill(OPEN)
        screen.keep_draft()
        await pilot.press("enter")
        screen.query_one(TurnInput).fill("and the masts?")
        screen.keep_draft()
        await pilot.pause(0.05)
        store.let.set()
        await until(pilot, lambda: idle(app), "the answer")
        await until(pilot, lambda: not screen.talk._drafts.busy, "the draft")
        assert store.draft(1) == "and the masts?"


async def test_who_comes_back_while_the_mentor_reads_finds_the_talk_and_the_line_again():
    gate = Gate()
    async with an_app(gate).run_test() as pilot:
        app = await while_it_is_read(pilot)
        await leave(pilot, app)
        await go_on(pilot, app)
        gate.open.set()
        await until(pilot, lambda: idle(app), "the answer")
        assert [text for _, text in gate.asked] == [OPEN]
        assert len(said(app)) == 3 and said(app)[1] == OPEN
        assert sorted(talk_screen(app).cards) == [1]
        field = app.screen.query_one(TurnInput)
        assert field.text == "and the masts?"
        await pilot.press("enter")
        await until(pilot, lambda: idle(app) and len(said(app)) == 5, "the next answer")


async def test_so_does_who_held_another_talk_meanwhile():
    gate = Gate()
    async with an_app(gate).run_test() as pilot:
        app = await while_it_is_read(pilot)
        await leave(pilot, app)
        await to_talk(pilot)
        await leave(pilot, app)
        await pilot.pause()
        first = next(talk for talk in app.screen._talks if talk.id == 1)
        app.resume_talk(1, app.screen._scenarios[first.scenario])
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        gate.open.set()
        await until(pilot, lambda: idle(app) and len(said(app)) == 3, "the answer")
        assert [text for _, text in gate.asked] == [OPEN]


@pytest.mark.alone
async def test_talks_that_were_left_are_let_go_of():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        left = []
        for _ in range(3):
            left.append(weakref.ref(talk_screen(app)))
            await leave(pilot, app)
            await go_on(pilot, app)
            await until(pilot, lambda: idle(app), "the talk told again")

        def gone() -> bool:
            gc.collect()
            return not any(screen() for screen in left)

        # What a worker or a timer still holds is let go of a moment later.
        await until(pilot, gone, "the end of the screens that were left")
