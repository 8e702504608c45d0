"""Where the keys go: the focus is seen and never lost, and everything is reached in any window."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from textual.color import Color
from textual.events import Key, Paste
from textual.widgets import Button, Input, OptionList, Select
from textual.widgets._footer import FooterKey

from coach.errors import MissingPart, StorageError
from coach.feedback.debrief_model import Debrief, Figures
from coach.practice.events import DebriefReady
from coach.practice.memory import MemoryStore
from coach.tui.bindings import all_bindings, live_bindings
from coach.tui.commands import _MOVES
from coach.tui.engine import Told
from coach.tui.screens.base import Sheet
from coach.tui.screens.confirm import ConfirmScreen
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.looked_back import LookedBackScreen
from coach.tui.screens.talk_view import TalkViewScreen
from coach.tui.screens.tour import WelcomeScreen
from coach.tui.widgets.debrief_words import DebriefWords
from coach.tui.widgets.dialogue import Dialogue
from coach.tui.widgets.export_dialog import ExportDialog
from coach.tui.widgets.transcript import Transcript
from coach.tui.widgets.turn_input import TurnInput
from tests.fakes import FakeListener
from tests.tui_scene import (
    Gate,
    an_app,
    burst,
    home,
    idle,
    say,
    talk_screen,
    to_home,
    to_talk,
    until,
)

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")

OPEN = "How did the great gale begin, and what was it like?"


def seen_whole(widget) -> bool:
    """Whether nothing of a widget is cut off."""
    placed = widget.screen.find_widget(widget)
    return placed.visible_region.size == placed.region.size != (0, 0)


# ---------------------------------------------------------------- the focus is seen


def drawn(widget) -> list[str]:
    """A widget's rows as they are on the screen, without what scrolls it."""
    rows = [strip.text for strip in widget.screen._compositor.render_strips()]
    place = widget.region
    return [row[place.x : place.right - 1] for row in rows[place.y : place.bottom]]


async def to_help(pilot):
    await pilot.press("f1")
    await until(pilot, lambda: pilot.app.screen.query(".line"), "help")
    return pilot.app.screen.query_one("#help")


async def to_story(pilot):
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen.query("#story"), "the briefing")
    return pilot.app.screen.query_one("#story")


async def to_dialogue(pilot):
    app = await to_talk(pilot)
    return app.screen.query_one(Dialogue)


async def to_past_talk(pilot):
    app = await to_talk(pilot)
    app.action_read_talk(1)
    await until(pilot, lambda: app.screen.query(".stretch"), "the talk")
    return app.screen.query_one(Transcript)


@pytest.mark.parametrize("where", [to_help, to_story, to_dialogue, to_past_talk])
async def test_text_with_the_focus_has_a_bar_beside_it_and_stands_still(where):
    async with an_app().run_test(size=(80, 24)) as pilot:
        await to_home(pilot)
        text = await where(pilot)
        pilot.app.set_focus(None)
        await pilot.pause()
        before = drawn(text)
        text.focus()
        await pilot.pause()
        after = drawn(text)
        assert {row[0] for row in after} == {"\u258c"} != {row[0] for row in before}
        assert [row[1:] for row in after] == [row[1:] for row in before]


@pytest.mark.parametrize("colour", [True, False])
async def test_a_choice_with_the_focus_is_told_from_the_others(monkeypatch, colour):
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        app.action_settings()
        await until(pilot, lambda: app.screen.query(".control"), "the settings")
        app.screen.query_one("#motion", Select).focus()
        await pilot.pause()

        def looks(name):
            label = app.screen.query_one(f"#{name} #label")
            return label.background_colors[1], bool(label.rich_style.underline)

        plain, accent = (Color.parse(app.theme_variables[n]) for n in ("background", "primary"))
        assert looks("motion") == (plain.blend(accent, 0.3), not colour)
        assert looks("numbers") == looks("hint_level") != looks("motion")
        assert not looks("numbers")[1]


# ---------------------------------------------------------------- the focus is not lost


async def test_letters_typed_while_one_reads_on_go_into_the_field():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        field = app.screen.query_one(TurnInput)
        field.fill("so ")
        app.screen.query_one(Dialogue).focus()
        await pilot.press(*"you left?")
        assert field.has_focus and field.text == "so you left?"


async def test_letters_that_come_all_at_once_stay_in_order():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        field = app.screen.query_one(TurnInput)
        app.screen.query_one(Dialogue).focus()
        await pilot.pause()
        await burst(app, "the quick fox")
        await until(pilot, lambda: len(field.text) == 13, "the letters")
        assert field.has_focus and field.text == "the quick fox"


async def test_so_do_those_that_come_while_the_talk_is_opened():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        app.begin_talk(app.screen._scenarios["small-port"])
        for letter in "quick":
            app.post_message(Key(letter, letter))
        await until(pilot, lambda: idle(app), "the mentor's first words")
        assert app.screen.query_one(TurnInput).text == "quick"


@pytest.mark.parametrize("where", [Dialogue, None])
async def test_what_is_pasted_while_one_reads_on_goes_into_the_field(where):
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        app.screen.set_focus(where and app.screen.query_one(where))
        app.post_message(Paste("the quick\nfox"))
        await burst(app, "es")
        await pilot.pause()
        assert app.screen.query_one(TurnInput).text == "the quick\nfoxes"


async def test_a_letter_that_is_somebodys_own_key_keeps_its_meaning():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        app.set_keymap({"talk.notes": "y"})
        app.screen.query_one(Dialogue).focus()
        await pilot.press("y")
        assert app.screen.query_one("#looked-up").display
        assert app.screen.query_one(TurnInput).text == ""


@pytest.mark.parametrize("key", ["f9", "enter"])
async def test_who_tries_again_from_the_button_types_on_in_the_field(key):
    listener = FakeListener()
    async with an_app(listener).run_test() as pilot:
        app = await to_talk(pilot)
        listener.error = MissingPart("The models stopped; read the turn again.")
        await say(pilot, OPEN)
        listener.error = None
        app.screen.query_one("#read-again", Button).focus()
        await pilot.press(key)
        assert app.screen.query_one(TurnInput).has_focus
        await until(pilot, lambda: idle(app) and 1 in talk_screen(app).cards, "the reading")


# ---------------------------------------------------------------- keys that do nothing now


def greyed(screen) -> set[str]:
    """The keys that the footer shows as of no use."""
    return {key.key for key in screen.query(FooterKey) if key.has_class("-disabled")}


def disabled(screen) -> set[str]:
    return {live.binding.action for live in live_bindings(screen) if not live.usable}


async def test_keys_that_would_do_nothing_are_shown_as_such():
    gate = Gate()
    async with an_app(gate).run_test() as pilot:
        app = await to_talk(pilot)
        screen = talk_screen(app)
        assert not disabled(screen) & {"hint", "finish"}
        screen.query_one(TurnInput).fill(OPEN)
        await pilot.press("enter")
        assert "hint" in disabled(screen) and "finish" not in disabled(screen)
        await until(pilot, lambda: greyed(screen) == {"f2", "f5"}, "the footer")
        gate.open.set()
        await until(pilot, lambda: idle(app), "the answer")
        assert "hint" not in disabled(screen)
        await until(pilot, lambda: not greyed(screen), "the footer")
        await say(pilot, "Goodbye then, and thank you.")
        assert "hint" in disabled(screen) and "finish" not in disabled(screen)


async def test_a_talk_that_could_not_be_opened_is_not_finished():
    class Shut(MemoryStore):
        def begin_talk(self, **options):
            raise StorageError("The records are locked; close the other coach.")

    async with an_app(store_factory=Shut).run_test() as pilot:
        app = await to_home(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await until(pilot, lambda: talk_screen(app)._stage == "closed", "the failure")
        assert {"hint", "finish"} <= disabled(app.screen)
        await pilot.press("f4")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)


async def test_the_arrows_go_from_find_to_find_while_one_types():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, "rope, rope and rope")
        app.action_read_talk(1)
        await until(pilot, lambda: app.screen.query(".stretch"), "the talk")
        assert isinstance(app.screen, TalkViewScreen)
        await pilot.press("slash", *"rope")
        finds = app.screen.query_one("#finds")
        for key, place in (("down", "2"), ("down", "3"), ("up", "2"), ("up", "1"), ("up", "3")):
            await pilot.press(key)
            assert str(finds.render()) == f"{place} of 3"
        # With the talk in focus the letters do the same.
        await pilot.press("tab", "n")
        assert str(finds.render()) == "1 of 3"
        assert app.screen.query_one("#find", Input).value == "rope"


def test_the_palette_leaves_out_no_action_that_there_is_not():
    actions = {binding.action.rpartition(".")[2].partition("(")[0] for binding in all_bindings()}
    assert actions >= _MOVES


# ---------------------------------------------------------------- small windows


@pytest.mark.parametrize(
    "dialog",
    [
        WelcomeScreen,
        lambda: ConfirmScreen("Delete the talk? Its words are wiped. " * 6, "Delete", "Keep it"),
    ],
)
async def test_the_answers_of_a_dialog_are_seen_in_the_smallest_window(dialog):
    async with an_app().run_test(size=(40, 10)) as pilot:
        app = await to_home(pilot)
        app.push_screen(dialog())
        await until(pilot, lambda: app.screen.query(Button), "the dialog")
        await until(pilot, lambda: app.focused is not None and seen_whole(app.focused), "an answer")
        assert isinstance(app.focused, Button)
        await pilot.press("tab")
        if isinstance(app.focused, Button):
            assert seen_whole(app.focused)
            await pilot.press("tab")
        # What stands above them is reached by key too.
        assert isinstance(app.focused, Sheet)
        await pilot.press("home")
        assert app.focused.scroll_y == 0 and seen_whole(app.focused.query("PlainText").first())
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")


async def test_a_talk_is_exported_in_the_smallest_window():
    async with an_app(store_factory=None).run_test(size=(40, 10)) as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the welcome")
        await pilot.press("escape")
        await to_talk(pilot)
        app.action_export_talk(1)
        await until(pilot, lambda: isinstance(app.screen, ExportDialog), "the dialog")
        forms = app.screen.query_one("#forms", OptionList)
        assert forms.has_focus
        await pilot.press("end", "enter")
        await until(pilot, lambda: app.screen.query_one("#after").display, "the file")
        await until(pilot, lambda: seen_whole(app.screen.query_one("#done")), "the button")
        await pilot.press("tab")
        assert app.focused.id == "copy" and seen_whole(app.focused)


# ---------------------------------------------------------------- long talks


async def test_the_numbers_of_a_long_talk_all_stand_beside_its_plot():
    figures = Figures(
        turns=15,
        judged=15,
        questions=9,
        reflections=6,
        reflections_to_questions=0.67,
        open_share=0.5,
        talk_share=0.4,
        uptake=(0.5,) * 15,
        uptake_turns=tuple(range(1, 16)),
        note="They describe this talk.",
    )
    debrief = Debrief(judged=True, opening="A long talk.", figures=figures)
    told = SimpleNamespace(debrief=debrief, rating=None, head=SimpleNamespace(own_words=""))
    looking = DebriefScreen(SimpleNamespace(audience=None, talk_id=None), "How was it?", ("1",))
    async with an_app().run_test(size=(80, 24)) as pilot:
        app = await to_home(pilot)
        app.push_screen(looking)
        await until(pilot, lambda: looking.is_mounted and looking.query("#words"), "the screen")
        event = DebriefReady(debrief=debrief, own_rating=None, own_words="")
        looking.post_message(Told(event))
        for screen in (looking, LookedBackScreen(told)):
            if screen is not looking:
                app.push_screen(screen)
            await until(pilot, lambda: app.screen.query(DebriefWords), "the words")
            await pilot.press("n")
            await until(pilot, lambda: app.screen.query(".numbers"), "the numbers")
            numbers, plot = app.screen.query_one(".numbers"), app.screen.query_one("PlotextPlot")
            assert numbers.size.height == 15 <= app.screen.query_one("#uptake").size.height
            assert plot.size.height == 10
