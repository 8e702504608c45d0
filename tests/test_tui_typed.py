"""What somebody types is lost on no way out of the field it stands in, and is taken for no more."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.widgets import Input, TextArea

from coach import paths
from coach.practice.memory import MemoryStore
from coach.records import open_store
from coach.settings import load_settings
from coach.tui.screens.briefing import BriefingScreen
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.settings import SettingsScreen
from coach.tui.widgets.debrief_words import DebriefWords
from coach.tui.widgets.turn_input import TurnInput
from tests.records_scene import begin
from tests.tui_scene import an_app, burst, home, idle, say, talk_screen, to_home, to_talk, until

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")

# ---------------------------------------------------------------- a turn taken again


async def taking_again(pilot):
    """Two turns were said, the first is open again and half said another way."""
    app = await to_talk(pilot)
    await say(pilot, "first turn here")
    await say(pilot, "second turn here")
    screen = talk_screen(app)
    await pilot.press("f3", "up", "enter")
    await until(pilot, lambda: screen.turn.again == 1, "the turn to open")
    await pilot.press(*"half")
    return screen


async def test_the_turn_that_is_open_may_be_chosen_once_more():
    async with an_app().run_test() as pilot:
        screen = await taking_again(pilot)
        await pilot.press("f3", "up", "enter")
        await until(pilot, lambda: idle(pilot.app) and screen.is_current, "calm")
        assert screen.turn.again == 1
        assert screen.query_one(TurnInput).text == "half"


async def test_what_was_typed_of_one_turn_can_be_brought_back_after_another_was_opened():
    async with an_app().run_test() as pilot:
        screen = await taking_again(pilot)
        field = screen.query_one(TurnInput)
        await pilot.press("f3", "enter")
        await until(pilot, lambda: screen.turn.again == 2, "the other turn")
        assert field.text == ""
        await pilot.press("up")
        assert field.text == "half"


# ---------------------------------------------------------------- earlier turns brought back


async def a_field(pilot) -> TurnInput:
    app = await to_talk(pilot)
    field = app.screen.query_one(TurnInput)
    field.earlier += ["one", "two"]
    return field


async def test_an_earlier_turn_that_was_changed_waits_at_the_end():
    async with an_app().run_test() as pilot:
        field = await a_field(pilot)
        await pilot.press("up", *" or so", "up")
        assert field.text == "one"
        await pilot.press("down")
        assert field.text == "two"
        await pilot.press("down")
        assert field.text == "two or so"


async def test_so_does_what_was_typed_before_it():
    async with an_app().run_test() as pilot:
        field = await a_field(pilot)
        await pilot.press(*"three", "up", *" or so", "down")
        assert field.text == "three"
        await pilot.press("down")
        assert field.text == "two or so"
        await pilot.press("down")
        assert field.text == "two or so"


async def recalling(pilot) -> TurnInput:
    """A turn was said; another, half typed, gave way to it."""
    app = await to_talk(pilot)
    await say(pilot, "first turn here")
    await pilot.press(*"my thought", "up")
    field = app.screen.query_one(TurnInput)
    assert field.text == "first turn here"
    return field


@pytest.mark.parametrize(("keys", "draft"), [("", "my thought"), ("!", "my thought\n{}!")])
async def test_the_draft_is_what_was_typed_and_not_the_turn_brought_back(keys, draft):
    store = MemoryStore()
    draft = draft.format("first turn here")
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        await recalling(pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: store.draft(1) == draft, "the draft")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen), "home")
        await until(pilot, lambda: pilot.app.screen.query_one("#recent").option_count, "the list")
        await pilot.press("c")
        await until(pilot, lambda: pilot.app.screen.query(TurnInput), "the talk")
        field = pilot.app.screen.query_one(TurnInput)
        await until(pilot, lambda: field.text == draft, "the draft in the field")


async def test_a_turn_said_once_more_leaves_what_was_typed_in_the_field():
    async with an_app().run_test() as pilot:
        field = await recalling(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: idle(pilot.app) and pilot.app.screen.turn.last == 2, "the turn")
        assert field.text == "my thought"
        await pilot.press("enter")
        await until(pilot, lambda: idle(pilot.app) and pilot.app.screen.turn.last == 3, "the next")
        assert field.text == ""


async def test_what_comes_close_behind_an_enter_stays_in_the_field():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await burst(app, "how so")
        app.post_message(Key("enter", "\r"))
        await burst(app, "next")
        await until(pilot, lambda: idle(app) and talk_screen(app).turn.last == 1, "the turn")
        field = app.screen.query_one(TurnInput)
        assert (field.text, field.earlier) == ("next", ["how so"])


async def test_what_was_typed_is_back_after_a_turn_was_taken_again():
    async with an_app().run_test() as pilot:
        field = await recalling(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: pilot.app.screen.turn.again == 1, "the turn to open")
        assert field.text == ""
        await pilot.press("escape")
        assert field.text == "my thought"


async def test_what_is_laid_by_is_what_was_typed_and_nothing_twice():
    async with an_app().run_test() as pilot:
        field = await a_field(pilot)
        await pilot.press(*"three", "up")
        field.lay_by()
        assert (field.text, field.earlier) == ("", ["one", "two", "three"])


# ---------------------------------------------------------------- searching


async def test_whoever_empties_the_search_types_on_in_it():
    paths.private_home()
    with open_store() as store:
        begin(store)
    async with an_app(store_factory=None).run_test() as pilot:
        app = await to_home(pilot)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
        await until(pilot, lambda: app.screen.query_one("#talks").has_focus, "the talks")
        await pilot.press("slash", "z")
        await until(pilot, lambda: not app.screen._talks, "no talk")
        await pilot.press("backspace")
        await until(pilot, lambda: app.screen._talks, "the talk")
        await pilot.press("c")
        assert app.screen.query_one("#find", Input).value == "c"


# ---------------------------------------------------------------- briefing and settings


async def to_notes(pilot) -> None:
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen.query("#start"), "the briefing")


async def test_notes_wait_whichever_way_a_briefing_was_left():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        await to_notes(pilot)
        await pilot.press("f3", *"why")
        app.action_home()  # what the palette calls
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        await to_notes(pilot)
        assert app.screen.query_one("#notes", TextArea).text == "why"


async def test_notes_that_went_into_a_talk_do_not_wait_for_the_next():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot, notes="why")
        assert talk_screen(app).notes == "why"
        app.action_home()
        await to_notes(pilot)
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen.query_one("#notes", TextArea).text == ""


async def test_quitting_the_settings_keeps_a_half_typed_name():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        app.action_settings()
        await until(pilot, lambda: app.screen.query("#learner"), "the settings")
        assert isinstance(app.screen, SettingsScreen)
        app.screen.query_one("#learner").focus()
        await pilot.press(*"Bea", "ctrl+q")
        await pilot.pause()
    assert load_settings().learner == "Bea"


# ---------------------------------------------------------------- the rating


@pytest.mark.parametrize(("keys", "rating"), [(["tab"], None), (["3"], 3)])
async def test_the_line_one_stands_on_is_no_rating_until_it_is_chosen(keys, rating):
    store = MemoryStore()
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, "How did the great gale begin?")
        await pilot.press("f4", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen), "the rating")
        await pilot.press(*keys, *"fine", "enter")
        await until(pilot, lambda: app.screen.query(DebriefWords), "the debrief")
        assert (store.talk(1).own_rating, store.talk(1).own_words) == (rating, "fine")
