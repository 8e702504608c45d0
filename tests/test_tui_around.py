"""Everything around a talk: history, reading, settings, help, keys, palette, copying, the tour."""

from __future__ import annotations

import asyncio
import base64
import gc
import subprocess
import threading
import tomllib
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, Select

from coach import paths
from coach.errors import StorageError
from coach.feedback.card import Card
from coach.feedback.words import PLAIN
from coach.mentor.library import find_scenario
from coach.practice.events import TurnTaken
from coach.practice.memory import MemoryStore
from coach.practice.session import Session
from coach.practice.typed import shown
from coach.records import open_store
from coach.records.export import export_talk, save_export
from coach.records.retold import retell
from coach.settings import load_settings
from coach.tui import clipboard
from coach.tui.app import CoachApp
from coach.tui.bindings import all_bindings, key_words, live_bindings
from coach.tui.clipboard import copy_escape, copy_text
from coach.tui.commands import CoachCommands
from coach.tui.keeping import settings_kept
from coach.tui.keymap import load_keymap
from coach.tui.screens.briefing import BriefingScreen
from coach.tui.screens.card_view import CardScreen
from coach.tui.screens.confirm import ConfirmScreen
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.help import HelpScreen
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.looked_back import LookedBackScreen
from coach.tui.screens.settings import SettingsScreen
from coach.tui.screens.talk_view import TalkViewScreen
from coach.tui.screens.too_small import TooSmallScreen
from coach.tui.screens.tour import TourGuide, WelcomeScreen
from coach.tui.themes import DEFAULT_THEME, THEMES, theme_choices
from coach.tui.widgets.debrief_words import DebriefWords
from coach.tui.widgets.export_dialog import ExportDialog
from coach.tui.widgets.figures import FiguresView
from coach.tui.widgets.transcript import Transcript, stretches_of
from coach.tui.widgets.turn_input import TurnInput
from coach.tui.words import showable, trained, trains
from tests.builders import a_reading
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario
from tests.records_scene import HOSTILE, begin, whole_talk
from tests.tui_scene import an_app, home, idle, say, to_home, to_talk, until

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")


def texts(widget) -> str:
    return "\n".join(str(part.render()) for part in widget.query("PlainText"))


@pytest.fixture
def kept(home):
    """Three talks on record: a whole one, and two unfinished."""
    paths.private_home()
    with open_store() as store:
        whole = whole_talk(store)
        begin(store, title="The [bold]night[/bold] shift", mentor="Ida", scenario="small-port")
        begin(store, title="Gone", mentor="Per", scenario="no-such-scenario")
    return SimpleNamespace(whole=whole, night=whole + 1, gone=whole + 2)


def records_app(**options):
    return an_app(store_factory=None, **options)


async def to_history(pilot):
    app = await to_home(pilot)
    await pilot.press("h")
    await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
    await until(pilot, lambda: app.screen._arrived, "the talks")
    return app


async def to_reading(pilot, talk_id):
    app = await to_home(pilot)
    app.action_read_talk(talk_id)
    await until(pilot, lambda: app.screen.query(".stretch"), "the talk")
    return app


def ids(screen) -> list[int]:
    return [int(option.id) for option in screen.query_one("#talks").options]


# ---------------------------------------------------------------- history


async def test_history_lists_and_finds_talks_by_their_words(kept):
    async with records_app().run_test() as pilot:
        app = await to_history(pilot)
        screen = app.screen
        assert ids(screen) == [kept.gone, kept.night, kept.whole]
        await pilot.press("slash", *"others see PAPER")
        await until(pilot, lambda: ids(screen) == [kept.whole], "the one talk")
        assert "One talk" in texts(screen)
        await pilot.press(*"zzz")
        await until(pilot, lambda: not ids(screen), "no talk")
        assert "No talk has all these words" in texts(screen)
        await pilot.press("escape")
        await until(pilot, lambda: len(ids(screen)) == 3, "all of them")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")


async def test_an_older_search_does_not_overwrite_a_newer_one(kept):
    async with records_app().run_test() as pilot:
        app = await to_history(pilot)
        services, real, gate = app.services, app.services.history, threading.Event()

        def slow(learner=None, search=""):
            if search == "paper":
                assert gate.wait(10)
            return real(learner, search)

        services.history = slow
        app.screen.search("paper")
        app.screen.query_one("#find").value = "night"
        await until(pilot, lambda: ids(app.screen) == [kept.night], "the newer answer")
        gate.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert ids(app.screen) == [kept.night]


async def test_history_shows_what_a_talk_was_about_where_there_is_room(kept):
    async with records_app().run_test(size=(120, 40)) as pilot:
        app = await to_history(pilot)
        await pilot.press("end")
        await pilot.pause()
        about = str(app.screen.query_one("#about-words").render())
        assert "I listened, *mostly*." in about
        assert "Ask one thing at a time." in about
        assert app.screen.query_one("#about").display
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.screen.query_one("#about").display, "the list alone")


async def test_a_talk_is_deleted_only_after_asking(kept):
    async with records_app().run_test() as pilot:
        app = await to_history(pilot)
        await pilot.press("end", "delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question")
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.services.history()) == 3
        # A mere Enter keeps it: what is deleted cannot be brought back.
        await pilot.press("delete", "enter")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
        assert len(app.services.history()) == 3
        await pilot.press("delete", "left", "enter")
        await until(pilot, lambda: len(ids(app.screen)) == 2, "the talk to go")
        assert [talk.id for talk in app.services.history()] == [kept.gone, kept.night]


async def test_who_deletes_a_talk_is_told_of_the_copies_that_stay(kept):
    async with records_app().run_test() as pilot:
        app = await to_history(pilot)
        await pilot.press("end", "delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question")
        assert "exported" not in texts(app.screen)
        await pilot.press("escape")
        copies = [save_export(app.services.store(), kept.whole, form) for form in ("md", "json")]
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question")
        assert all(str(file) in texts(app.screen).replace("\n", "") for file in copies)


async def test_a_talk_is_taken_up_from_the_history(kept):
    async with records_app().run_test() as pilot:
        app = await to_history(pilot)
        await pilot.press("c")  # the newest one, whose scenario is gone
        await until(pilot, lambda: list(app._notifications), "a notice")
        assert any("no-such-scenario" in n.message for n in app._notifications)
        assert isinstance(app.screen, HistoryScreen)
        await pilot.press("down")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await until(pilot, lambda: idle(app), "the talk told again")
        assert app.talk.talk_id == kept.night
        # A second talk cannot be taken up over this one.
        app.action_history()
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
        await until(pilot, lambda: app.screen._arrived, "the talks")
        assert app.screen.check_action("go_on", ()) is False
        app.screen.query_one("#talks").highlighted = ids(app.screen).index(kept.night)
        assert app.screen.check_action("delete", ()) is False


async def test_history_without_any():
    async with an_app().run_test() as pilot:
        app = await to_history(pilot)
        assert "None yet" in texts(app.screen)
        assert app.screen.check_action("delete", ()) is False


class Stumbling(MemoryStore):
    """Records in which nobody foresaw what goes wrong."""

    def history(self, learner=None, search=""):
        raise KeyError("learner")

    def talk(self, talk_id):
        raise KeyError("talk")

    def delete_talk(self, talk_id):
        raise KeyError("talk")


def stumbled(app) -> bool:
    return any("fault of its own (KeyError" in n.message for n in app._notifications)


async def test_a_fault_that_nobody_foresaw_is_said_and_the_screens_stay(monkeypatch):
    def no_library(services, *, again=False):
        raise KeyError("scenarios")

    monkeypatch.setattr("coach.tui.services.Services.library", no_library)
    async with an_app(store_factory=Stumbling).run_test() as pilot:
        app = await to_home(pilot)
        assert "no scenarios here" in texts(app.screen)
        for act in (app.action_history, partial(app.action_read_talk, 1), app.action_tour):
            app.clear_notifications()
            act()
            await until(pilot, lambda: stumbled(app), "the sentence")
        app.action_home()
        app.clear_notifications()
        history = HistoryScreen()
        app.push_screen(history)
        await until(pilot, lambda: history._arrived, "the note")
        assert "could not be read" in texts(history)
        app.clear_notifications()
        history.delete(1)
        await until(pilot, lambda: stumbled(app), "the sentence")


async def test_records_that_cannot_be_read_are_said():
    class Broken(MemoryStore):
        def history(self, learner=None, search=""):
            raise StorageError("The records are damaged; restore a copy.")

    async with an_app(store_factory=Broken).run_test() as pilot:
        app = await to_history(pilot)
        assert "could not be read" in texts(app.screen)
        assert any("damaged" in n.message for n in app._notifications)


# ---------------------------------------------------------------- a past talk


async def test_a_past_talk_can_be_read_whole(kept):
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        await until(pilot, lambda: len(app.screen.query(".stretch")) == 14, "all of it")
        shown = texts(app.screen)
        for words in (
            "Ask about <the flood>",
            "You, turn 1",
            "Handed it back",
            "You, turn 2, attempt 1, set aside",
            "You, turn 2, attempt 2",
            "kept but was not read",
        ):
            assert words in shown
        assert "<script>alert('x')</script>" in shown
        assert "\x1b" not in shown
        assert not app.screen.query("TextArea")


def test_what_cannot_be_shown_leaves_a_mark_as_in_plain_lines():
    text = "a\x1b[31m\u202eb"
    assert showable(text) == shown(text) == "a\ufffd[31m\ufffdb"
    assert showable("a\r\nb\rc\td") == "a\nb\nc   d"


async def test_words_are_found_in_a_past_talk(kept):
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        screen = app.screen
        await pilot.press("slash", *"YES. THAT")
        await pilot.pause()
        assert screen._found == 4
        assert "1 of 4" in texts(screen)
        await pilot.press("enter")
        assert "2 of 4" in texts(screen)
        await pilot.press("enter", "enter", "enter")
        assert "1 of 4" in texts(screen)
        await pilot.press("escape")
        assert not screen.query_one("#finding").display
        assert screen._found == 0
        await pilot.press("slash", *"[31m", "down")
        await pilot.pause()
        assert screen._found == 1


async def test_finding_scrolls_to_the_words():
    turns = "\n".join(f"line {n}" for n in range(200)) + "\nthe needle"
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, turns)
        app.action_read_talk(1)
        await until(pilot, lambda: isinstance(app.screen, TalkViewScreen), "the talk")
        view = app.screen.query_one(Transcript)
        await until(pilot, lambda: view.max_scroll_y > 100, "a long text")
        await pilot.press("slash", *"needle")
        await until(pilot, lambda: view.scroll_y > 100, "the needle")


async def test_cards_and_debrief_of_a_past_talk(kept):
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CardScreen), "the card")
        await until(pilot, lambda: "somebody's roof" in texts(app.screen), "its words")
        assert "Turn 1" in texts(app.screen)
        await pilot.press("escape", "d")
        await until(pilot, lambda: isinstance(app.screen, LookedBackScreen), "the debrief")
        await until(pilot, lambda: app.screen.query(DebriefWords), "its words")
        assert "most of the time" in texts(app.screen)
        await pilot.press("n")
        await until(pilot, lambda: app.screen.query(FiguresView), "the numbers")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TalkViewScreen), "the talk")


async def test_an_unfinished_talk_is_gone_on_with_from_reading(kept):
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.night)
        assert app.screen.check_action("debrief", ()) is False
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")


async def test_long_talks_are_mounted_bit_by_bit(monkeypatch):
    from coach.tui.widgets import transcript

    monkeypatch.setattr(transcript, "AT_ONCE", 3)
    store = MemoryStore()
    head = begin(store)
    parent = None
    for number in range(1, 9):
        parent = store.add_turn(head.id, parent=parent, number=number, context="c", text="t").id
    told, _ = stretches_of(retell(store.talk(head.id), store.turns(head.id)))
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        app = await to_home(pilot)
        app.action_read_talk(head.id)
        await until(pilot, lambda: len(app.screen.query(".stretch")) == len(told), "all of it")
        assert [v.stretch for v in app.screen.query(".stretch")] == told


def test_a_card_that_says_nothing_says_so_when_read_again():
    store = MemoryStore()
    head = begin(store)
    turn = store.add_turn(head.id, parent=None, number=1, context="c", text="Mm, right.")
    made = {"reading": a_reading("Mm, right."), "card": Card(judged=True)}
    store.complete_turn(turn.id, **made, reply={}, state={})
    told, _ = stretches_of(retell(store.talk(head.id), store.turns(head.id)))
    assert [s.content.plain for s in told if s.kind == "card"] == [PLAIN]


async def test_a_talk_that_is_not_there_is_said():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        app.action_read_talk(99)
        await until(pilot, lambda: list(app._notifications), "a notice")
        assert "no talk 99" in next(iter(app._notifications)).message


# ---------------------------------------------------------------- export


@pytest.mark.parametrize(("steps", "ending"), [(0, "md"), (1, "html"), (2, "json")])
async def test_a_talk_is_exported(kept, steps, ending):
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        await pilot.press("e")
        assert isinstance(app.screen, ExportDialog)
        await pilot.press(*["down"] * steps, "enter")
        await until(pilot, lambda: app.screen.query_one("#after").display, "the file")
        (file,) = paths.exports_dir().iterdir()
        assert file.suffix == f".{ending}"
        assert "others see paper" in file.read_text("utf-8")
        assert str(file) in texts(app.screen).replace("\n", "")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TalkViewScreen), "the talk")


@pytest.mark.parametrize("numbers", [False, True])
async def test_a_talk_leaves_with_the_figures_only_where_the_learner_wants_them(
    kept, bare, monkeypatch, numbers
):
    delivered = []
    async with records_app(settings={"numbers": numbers}).run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        store = app.services.store()
        wanted = export_talk(store, kept.whole, "md", numbers=numbers)
        assert wanted != export_talk(store, kept.whole, "md", numbers=not numbers)
        await pilot.press("e", "enter")
        await until(pilot, lambda: app.screen.query_one("#after").display, "the file")
        (file,) = paths.exports_dir().iterdir()
        assert file.read_text("utf-8") == wanted
        await pilot.press("escape", "c")
        await until(pilot, lambda: app.clipboard, "the copy")
        assert app.clipboard == wanted
        monkeypatch.setattr(type(app), "is_web", property(lambda self: True))
        monkeypatch.setattr(app, "deliver_text", lambda file, **_: delivered.append(file.read()))
        await pilot.press("e", "enter")
        await until(pilot, lambda: delivered, "the download")
        assert delivered == [wanted]


async def test_export_to_a_browser_is_a_download(kept, monkeypatch):
    delivered = []
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        monkeypatch.setattr(type(app), "is_web", property(lambda self: True))
        monkeypatch.setattr(
            app, "deliver_text", lambda file, save_filename: delivered.append((file, save_filename))
        )
        await pilot.press("e", "enter")
        await until(pilot, lambda: delivered, "the download")
        assert "others see paper" in delivered[0][0].read()
        assert delivered[0][1].endswith(".md")
        assert not paths.exports_dir().exists()


@pytest.mark.parametrize("problem", [StorageError("The disk is full."), KeyError("disk is full")])
async def test_export_that_fails_is_said(kept, monkeypatch, problem):
    def full(*args, **options):
        raise problem

    monkeypatch.setattr("coach.records.export.save_export", full)
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        await pilot.press("e", "enter")
        await until(pilot, lambda: list(app._notifications), "a notice")
        assert any("disk is full" in n.message for n in app._notifications)
        assert isinstance(app.screen, ExportDialog)


# ---------------------------------------------------------------- settings


async def to_settings(pilot):
    app = await to_home(pilot)
    app.action_settings()
    await until(pilot, lambda: app.screen.query(".control"), "the settings")
    return app


async def test_settings_count_at_once_and_are_kept():
    paths.private_home()
    paths.settings_file().write_text('# mine\nmotion = "none"  # calm\n')
    async with an_app(settings={"motion": "none"}).run_test() as pilot:
        app = await to_settings(pilot)
        screen = app.screen
        assert screen.query_one("#motion", Select).value == "none"
        screen.query_one("#theme", Select).value = "coach-light"
        screen.query_one("#numbers", Select).value = True
        screen.query_one("#hint_level", Select).value = 3
        name = screen.query_one("#learner", Input)
        name.focus()
        name.value = " Kim [x] "
        await pilot.press("tab")
        await until(pilot, lambda: app.learner == "Kim [x]", "the name")
        assert app.theme == "coach-light"
        await app.workers.wait_for_complete()
        assert "# mine" in paths.settings_file().read_text()
        again = load_settings()
        assert (again.theme, again.numbers, again.hint_level) == ("coach-light", True, 3)
        assert (again.learner, again.motion) == ("Kim [x]", "none")


async def test_what_the_command_line_asked_for_is_not_written():
    async with an_app(settings={"history": False}).run_test() as pilot:
        app = await to_settings(pilot)
        app.screen.query_one("#numbers", Select).value = True
        await until(pilot, lambda: app.settings.numbers, "the change")
        await app.workers.wait_for_complete()
        assert tomllib.loads(paths.settings_file().read_text()) == {"numbers": True}
        assert app.settings.history is False
        assert app.services.settings().history is False


async def test_a_setting_of_the_environment_is_said_and_fixed(monkeypatch):
    monkeypatch.setenv("COACH_HINT_LEVEL", "1")
    async with an_app(settings={"hint_level": 1}).run_test() as pilot:
        app = await to_settings(pilot)
        assert app.screen.query_one("#hint_level").disabled
        assert "COACH_HINT_LEVEL" in texts(app.screen)


async def test_a_setting_that_cannot_be_kept_is_said(monkeypatch):
    def full(*args):
        raise StorageError("The disk is full.")

    monkeypatch.setattr("coach.settings.save_setting", full)
    async with an_app().run_test() as pilot:
        app = await to_settings(pilot)
        app.screen.query_one("#numbers", Select).value = True
        await until(pilot, lambda: list(app._notifications), "a notice")
        assert any("disk is full" in n.message for n in app._notifications)
        assert app.settings.numbers


async def test_whoever_quits_is_told_nothing_of_a_setting_that_broke(monkeypatch):
    complaints = []
    begun = threading.Event()

    def broken(*args):
        begun.wait(10)
        raise ZeroDivisionError

    monkeypatch.setattr("coach.settings.save_setting", broken)
    async with an_app().run_test() as pilot:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: complaints.append(context["message"]))
        app = await to_settings(pilot)
        app.screen.query_one("#numbers", Select).value = True
        await until(pilot, lambda: app.settings.numbers, "the setting")
        asyncio.get_running_loop().call_later(0.05, begun.set)
        await settings_kept(app)
        gc.collect()
        await pilot.pause()
        assert complaints == []


async def test_leaving_the_settings_keeps_a_half_typed_name():
    async with an_app().run_test() as pilot:
        app = await to_settings(pilot)
        app.screen.query_one("#learner").focus()
        await pilot.press(*"Bea", "escape")
        await until(pilot, lambda: app.learner == "Bea", "the name")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")


async def test_a_theme_chosen_in_the_palette_is_kept():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        app.theme = "nord"
        await until(pilot, lambda: app.settings.theme == "nord", "the setting")
        await app.workers.wait_for_complete()
        assert load_settings().theme == "nord"


# ---------------------------------------------------------------- themes


def test_the_first_paint_has_the_theme_of_a_file_that_notepad_saved():
    paths.private_home()
    paths.settings_file().write_bytes(b'\xef\xbb\xbftheme = "nord"\n')
    assert CoachApp(store_factory=MemoryStore).theme == "nord"


def _luminance(color: Color) -> float:
    parts = [v / 255 for v in (color.r, color.g, color.b)]
    parts = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(share * v for share, v in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: Color, other: Color) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_own_themes_can_be_read(theme):
    colors = theme.to_color_system().generate()

    def color(name):
        return Color.parse(colors[name])

    chosen = color("background").blend(color("primary"), 0.3)
    for behind in (color("background"), color("surface"), color("panel"), chosen):
        assert contrast(color("foreground"), behind) >= 7
        assert contrast(behind.blend(color("foreground"), 0.7), behind) >= 4.5
        for name in ("muted", "primary", "accent", "success", "warning", "error"):
            assert contrast(color(f"text-{name}"), behind) >= 4.5, (name, behind)
    over = color("primary").get_contrast_text(0.87)
    assert contrast(color("primary").blend(over.with_alpha(1), over.a), color("primary")) >= 4.5


async def test_themes_can_be_shown():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        choices = [name for _, name in theme_choices(app)]
        assert choices[0] == DEFAULT_THEME == app.theme
        assert {"coach-light", "coach-grey", "textual-light", "ansi-dark"} <= set(choices)
        for name in ("coach-light", "coach-grey", "textual-light", "ansi-dark", "nord"):
            app.theme = name
            await pilot.pause()
            assert "Whom would you like" in texts(app.screen)


async def test_no_colour(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        colours = {
            segment.style.color.triplet
            for strip in app.screen._compositor.render_strips()
            for segment in strip.apply_filter(app._filters[-1], Color(0, 0, 0))
            if segment.style and segment.style.color and segment.style.color.triplet
        }
        assert colours
        assert all(c.red == c.green == c.blue for c in colours)
        chosen = app.screen.query_one("#scenarios", OptionList)
        lined = [any(s.style and s.style.underline for s in chosen.render_line(y)) for y in (1, 8)]
        assert lined == [True, False]


# ---------------------------------------------------------------- help, keys, palette


async def test_help_shows_the_screens_words_and_its_live_keys():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await until(pilot, lambda: app.screen.query(".line"), "the keys")
        shown = texts(app.screen)
        assert "Type what you would say" in shown
        assert "Ctrl+Q" in shown
        assert "F3\nTake a turn again (not at this moment)" in shown
        assert "F9" not in shown
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        assert isinstance(app.focused, TurnInput)


async def test_help_closes_with_its_own_key():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "help")
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")


@pytest.mark.parametrize("screen", ["history", "settings", "tour", "read", "export", "welcome"])
async def test_every_screen_has_help(kept, screen):
    async with records_app().run_test() as pilot:
        app = await to_home(pilot)
        match screen:
            case "read":
                app.action_read_talk(kept.whole)
            case "export":
                app.action_export_talk(kept.whole)
            case "welcome":
                app.push_screen(WelcomeScreen())
            case _:
                await app.run_action(screen)
        await until(pilot, lambda: not isinstance(app.screen, HomeScreen), "the screen")
        await pilot.pause()
        about = app.screen
        assert len(about.HELP) > 60
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "help")
        await until(pilot, lambda: about.HELP[:30] in texts(app.screen), "its words")


def test_every_key_has_an_id_a_word_and_a_place_of_its_own():
    bindings = list(all_bindings())
    found = [binding.id for binding in bindings]
    assert len(found) == len(set(found)) > 40
    assert {"app.help", "talk.hint", "history.find", "settings.back"} <= set(found)
    assert all(binding.description for binding in bindings)
    taken: dict[tuple[str, str], str] = {}
    for binding in bindings:
        for key in binding.key.split(","):
            for scope in (binding.id.split(".")[0], "app"):
                assert taken.get((scope, key), binding.id) == binding.id, (key, binding.id)
            taken[binding.id.split(".")[0], key] = binding.id


async def test_own_keys():
    paths.private_home()
    paths.keymap_file().write_text('talk.hint = "f10"\n"app.help" = ["f1", "ctrl+t"]\n')
    async with an_app(settings={"hint_level": 3}).run_test() as pilot:
        app = await to_talk(pilot)
        hint = app.screen.query_one("#hint")
        await pilot.press("f2")
        await pilot.pause()
        assert not hint.display
        await pilot.press("f10")
        await until(pilot, lambda: hint.display, "the hint")
        (live,) = [b for b in live_bindings(app.screen) if b.binding.id == "talk.hint"]
        assert key_words(app, live.binding) == "F10"
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen), "help")
        await until(pilot, lambda: "F1, Ctrl+T" in texts(app.screen), "the new key")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            'talk.hnit = "f10"',
            ":1: there is no key with the id 'talk.hnit'; did you mean 'talk.hint'",
        ),
        ('talk.hint = "esacpe"', "there is no key 'esacpe'; did you mean 'escape'"),
        ("talk.hint = 6", "needs a key in quotation marks"),
        ('talk.hint = ""', "needs a key in quotation marks"),
        ('talk.hint = "cmd+f10"', "there is no key 'cmd+f10'"),
        ('# x\ntalk.hint = "f3"', ":2: 'f3' is taken by 'talk.again'"),
        ('talk.hint = "f1"', "is taken by 'app.help'"),
        ('talk.hint = "f6"', "the text field's own key"),
        ("talk.hint = ", "not TOML"),
    ],
)
def test_a_key_that_cannot_be_is_said_and_left_out(line, words):
    paths.private_home()
    paths.keymap_file().write_text(f'{line}\n"app.quit" = "ctrl+t"\n')
    keymap, problems = load_keymap()
    assert "talk.hint" not in keymap
    assert len(problems) == 1
    assert words in problems[0]
    assert str(paths.keymap_file()) in problems[0]
    if "TOML" not in words:
        assert keymap == {"app.quit": "ctrl+t"}


def test_keys_may_change_places():
    paths.private_home()
    paths.keymap_file().write_text('talk.hint = "f3"\ntalk.again = "f2"\nhome.filter = "f"\n')
    assert load_keymap() == ({"talk.hint": "f3", "talk.again": "f2", "home.filter": "f"}, [])


def test_no_keymap_and_an_unreadable_one():
    assert load_keymap() == ({}, [])
    paths.private_home()
    paths.keymap_file().write_bytes(b"\xff\xfe\x00")
    keymap, problems = load_keymap()
    assert keymap == {}
    assert len(problems) == 1


@given(st.text(max_size=60))
def test_any_keymap_gives_sentences_and_never_a_fault(text):
    paths.private_home()
    paths.keymap_file().write_text(text, "utf-8", "replace")
    keymap, problems = load_keymap()
    assert all(isinstance(keys, str) for keys in keymap.values())
    assert all(str(paths.keymap_file()) in problem for problem in problems)


def names(app) -> list[str]:
    return [command.name for command in CoachCommands(app.screen)._commands()]


async def test_the_palette_has_every_action_of_the_screen_and_the_places_to_go():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        before = names(app)
        assert {"Hint", "Finish", "Leave", "Notes", "History", "Settings", "Help"} <= set(before)
        assert {"Export this talk", "Copy this talk"} <= set(before)
        assert not {"Take again", "Copy the last card", "Home", "Send"} & set(before)
        assert len(before) == len(set(before))
        await say(pilot, "How did the great gale begin?")
        assert {"Take again", "Whole card", "Copy the last card"} <= set(names(app))


async def test_a_command_of_the_palette_is_carried_out():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        hint = app.screen.query_one("#hint")
        await pilot.press("ctrl+p", *"hint")
        await until(pilot, lambda: app.screen.query_one("CommandList").option_count, "the hit")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("enter")
        await until(pilot, lambda: hint.display, "the hint")
        # Letters that a field would type are reached by name.
        app.action_history()
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
        await pilot.press("slash")
        assert "Find" in names(app)


async def test_of_the_stock_palette_only_the_themes_are_left():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        assert app.focused.allow_maximize
        assert [command.title for command in app.get_system_commands(app.screen)] == ["Theme"]


async def found(app, query: str) -> list[str]:
    return [hit.text async for hit in CoachCommands(app.screen).search(query)]


async def test_the_palette_finds_words_and_no_scattered_letters():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        assert await found(app, "erase") == ["Erase everything"]
        assert await found(app, "delete") == ["Delete or export a talk"]
        assert await found(app, "export") == ["Delete or export a talk"]
        assert await found(app, "hints") == ["Settings"]
        assert await found(app, "notes") == []
        await pilot.press("ctrl+p", *"erase")
        await until(pilot, lambda: app.screen.query_one("CommandList").option_count, "the hit")
        await pilot.press("enter")
        await until(pilot, lambda: list(app._notifications), "what to do")
        assert "'coach erase'" in next(iter(app._notifications)).message


async def test_the_palette_leads_to_deleting_where_it_is_not_at_hand(kept):
    async with records_app().run_test() as pilot:
        app = await to_home(pilot)
        (there,) = (c for c in CoachCommands(app.screen)._commands() if "Delete" in c.name)
        there.run()
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen), "the history")
        await until(pilot, lambda: app.screen._arrived, "the talks")
        assert "Delete" in names(app) and "Delete or export a talk" not in names(app)


# ---------------------------------------------------------------- copying


class Terminal:
    """What the app would write to."""

    def __init__(self, gone: bool = False) -> None:
        self.wrote = ""
        self.gone = gone

    def write(self, text: str) -> None:
        if self.gone:
            raise OSError("gone")
        self.wrote += text


@pytest.fixture
def bare(monkeypatch):
    """No clipboard program, no tmux, no remote; `ran` collects what is started."""
    for name in ("TMUX", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    scene = SimpleNamespace(programs=set(), ran=[], fails=set())

    def run(command, input, **options):
        scene.ran.append((command[0], input))
        if command[0] in scene.fails:
            raise subprocess.TimeoutExpired(command, 1)
        return SimpleNamespace(returncode=0 if command[0] in scene.programs else 1)

    monkeypatch.setattr(clipboard.shutil, "which", lambda name: name in scene.programs or None)
    monkeypatch.setattr(clipboard.subprocess, "run", run)
    return scene


def a_terminal(driver=None, is_web=False):
    return SimpleNamespace(_driver=driver, _clipboard="", is_web=is_web)


def test_the_systems_own_program_comes_first(bare, monkeypatch):
    bare.programs = {"pbcopy", "xclip"}
    app = a_terminal(Terminal())
    assert copy_text(app, "caf\u00e9") == "Copied (pbcopy)."
    assert bare.ran == [("pbcopy", "caf\u00e9".encode())]
    assert app._driver.wrote == ""
    assert app._clipboard == "caf\u00e9"
    # At another machine only a forwarded display is the person's own.
    monkeypatch.setenv("SSH_CONNECTION", "a b")
    copy_text(app, "x")
    assert "]52;" in app._driver.wrote
    monkeypatch.setenv("DISPLAY", ":10")
    assert copy_text(app, "x") == "Copied (xclip)."


def test_a_program_that_hangs_or_fails_gives_way(bare, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    bare.programs, bare.fails = {"xclip", "xsel"}, {"xclip"}
    assert copy_text(a_terminal(Terminal()), "x") == "Copied (xsel)."


def test_inside_tmux(bare, monkeypatch):
    monkeypatch.setenv("TMUX", "/tmp/x,1,0")
    bare.programs = {"tmux"}
    assert "tmux" in copy_text(a_terminal(Terminal()), "x")
    bare.programs = set()
    app = a_terminal(Terminal())
    copy_text(app, "x")
    assert app._driver.wrote.startswith("\x1bPtmux;\x1b\x1b]52;c;")
    assert app._driver.wrote.endswith("\x1b\\")


def test_a_terminal_that_is_gone(bare):
    assert "export" in copy_text(a_terminal(None), "x")
    assert "export" in copy_text(a_terminal(Terminal(gone=True)), "x")
    assert "may be cut" in copy_text(a_terminal(Terminal()), "x" * 90_000)


def test_in_a_browser_no_program_of_the_server_is_asked(bare, monkeypatch):
    monkeypatch.setenv("TMUX", "x")
    bare.programs = {"pbcopy", "tmux"}
    app = a_terminal(Terminal(), is_web=True)
    copy_text(app, "x")
    assert bare.ran == []
    assert app._driver.wrote.startswith("\x1b]52;")


@given(st.text(st.characters()))
def test_copying_never_raises_and_loses_nothing(text):
    app = a_terminal(Terminal())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clipboard.shutil, "which", lambda name: None)
        patch.delenv("TMUX", raising=False)
        assert copy_text(app, text)
    sent = app._driver.wrote.removeprefix("\x1b]52;c;").removesuffix("\x07")
    assert base64.b64decode(sent).decode() == text.encode("utf-8", "replace").decode()
    assert "\x1b" not in copy_escape(text)[1:]


async def test_copy_from_the_screen_goes_through_the_chain(kept, bare):
    async with records_app().run_test() as pilot:
        app = await to_reading(pilot, kept.whole)
        await pilot.press("c")
        await until(pilot, lambda: list(app._notifications), "what was done")
        assert "others see paper" in app.clipboard
        app.copy_to_clipboard("from a field")
        assert app.clipboard == "from a field"


# ---------------------------------------------------------------- the briefing


async def to_briefing(pilot):
    app = await to_home(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: app.screen.query("#start"), "the briefing")
    return app


async def test_the_briefing_begins_with_ones_own_part_and_is_read_with_the_keys():
    async with an_app().run_test(size=(60, 16)) as pilot:
        app = await to_briefing(pilot)
        story = app.screen.query_one("#story")
        shown = texts(story)
        assert shown.index("What you want") < shown.index("The mentor")
        assert app.focused.id == "start" and story.max_scroll_y > 0
        await pilot.press("down")
        assert story.scroll_y == 1
        await pilot.press("pagedown")
        assert story.scroll_y > 1
        await pilot.press("end")
        assert story.scroll_y == story.max_scroll_y
        await pilot.press("up")
        assert story.scroll_y == story.max_scroll_y - 1
        await pilot.press("pageup")
        await pilot.press("home")
        assert story.scroll_y == 0
        assert app.focused.id == "start"
        assert any(b.binding.description == "Read on" for b in live_bindings(app.screen))
        # In the field the same keys move the cursor.
        await pilot.press("f3", *"ab", "ctrl+j", "down", "up", "home", *"x")
        assert story.scroll_y == 0
        assert app.screen.query_one("#notes").text.startswith("xab")


async def test_why_the_models_failed_is_read_to_its_end():
    async with an_app().run_test(size=(60, 20)) as pilot:
        app = await to_briefing(pilot)
        words = "The encoder is not installed; install it, or name a folder in the settings. "
        app.models_state = f"failed: {words * 2}"
        await pilot.pause()
        warm = app.screen.query_one("#warm")
        assert warm.size.height > 2
        assert warm.size.height == warm.visual.get_height(warm.styles, warm.content_size.width)
        assert warm.region.bottom < 20


# ---------------------------------------------------------------- the list of mentors


async def test_the_lists_rows_are_counted_anew_where_the_window_changed_behind_a_screen(
    monkeypatch,
):
    # Of so many lengths that at any width some wrap otherwise by a column.
    many = {f"n{n}": a_scenario(id=f"n{n}", summary="so " * n) for n in range(20, 50)}
    library = SimpleNamespace(scenarios=many, problems=())
    monkeypatch.setattr("coach.tui.services.Services.library", lambda *_, **__: library)
    async with an_app().run_test(size=(80, 24)) as pilot:
        app = await to_home(pilot)
        rows = app.screen.query_one("#scenarios", OptionList)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await pilot.resize_terminal(120, 40)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        counted = dict(rows._heights)
        rows._clear_caches()
        assert counted == rows._heights


async def test_whoever_comes_back_finds_a_scenario_written_meanwhile():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        first = app.screen
        first.query_one("#skill", Select).value = "open_questions"
        folder = paths.scenarios_dir()
        port = (folder / "small-port.yaml").read_text()
        (folder / "new-port.yaml").write_text(port.replace("id: small-port", "id: new-port"))
        (folder / "broken.yaml").write_text("id: [")
        rows = first.query_one("#scenarios", OptionList)
        for _ in range(2):
            app.action_settings()
            await until(pilot, lambda: app.screen is not first, "the settings")
            await pilot.press("escape")
            await until(pilot, lambda: "new-port" in first._scenarios, "the new one")
            await app.workers.wait_for_complete()
            await pilot.pause()
        # What was narrowed down stays so, and what is wrong with a file is said once.
        assert {option.id for option in rows.options} == {"small-port", "new-port"}
        assert sum("broken.yaml" in n.message for n in app._notifications) == 1


async def test_the_bar_stays_with_whom_it_stood_on():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        first = app.screen
        rows = first.query_one("#scenarios", OptionList)
        assert rows.highlighted_option.id == "small-port"
        folder = paths.scenarios_dir()
        port = (folder / "small-port.yaml").read_text()
        before = port.replace("id: small-port", "id: a-port").replace("A small", "A big")
        (folder / "a-port.yaml").write_text(before)
        app.action_settings()
        await until(pilot, lambda: app.screen is not first, "the settings")
        await pilot.press("escape")
        await until(pilot, lambda: rows.option_count == 3, "the new one")
        assert [option.id for option in rows.options][:2] == ["a-port", "small-port"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BriefingScreen), "the briefing")
        assert app.screen._scenario.id == "small-port"


@pytest.mark.parametrize("known", [True, False])
async def test_a_talk_begun_with_a_file_is_gone_on_with_in_it(tmp_path, known):
    """Also where the library has another of the same id."""
    path = tmp_path / "draft.yaml"
    port = (paths.scenarios_dir() / "small-port.yaml").read_text()
    name = "small-port" if known else "my-port"
    path.write_text(port.replace("A small port", "My port").replace("small-port", name))
    store = MemoryStore()
    session = Session.start(find_scenario(str(path)), FakeListener(), store)
    list(session.opening())
    app = an_app(store_factory=lambda: store, scenario=str(path), resume=1)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await until(pilot, lambda: idle(app), "the mentor's words")
        assert (app.talk.talk_id, app.talk.scenario.title) == (1, "My port")
        assert not list(app._notifications)


def test_a_skill_whose_name_another_has_in_it_is_not_named_beside_it():
    scenario = a_scenario(
        aims={"step": "casual_interaction", "element": "respect_and_initiative"},
        skills=["initiative", "open_questions"],
    )
    assert trained(scenario) == "casual interaction, respect and initiative, open questions"
    assert trained(scenario, 2) == "casual interaction, respect and initiative"
    assert "initiative" in trains(scenario)  # the filter still knows it


# ---------------------------------------------------------------- looking back


async def to_rating(pilot):
    app = await to_talk(pilot)
    await say(pilot, "How did the great gale begin?")
    await pilot.press("f4", "enter")
    await until(pilot, lambda: isinstance(app.screen, DebriefScreen), "the rating")
    return app


@pytest.mark.parametrize(("keys", "rating"), [(["4"], 4), (["down"], None), ([], None)])
async def test_leaving_the_rating_keeps_what_was_chosen(keys, rating):
    store = MemoryStore()
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        app = await to_rating(pilot)
        (escape,) = (b for b in live_bindings(app.screen) if b.binding.key == "escape")
        assert escape.binding.show and "history" in escape.words
        await pilot.press(*keys, "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        await until(pilot, lambda: store.talk(1).debrief is not None, "the debrief")
        assert store.talk(1).own_rating == rating
        assert any("history" in n.message for n in app._notifications)


async def test_no_history_is_promised_where_none_is_kept():
    async with an_app(settings={"history": False}).run_test() as pilot:
        app = await to_rating(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        assert not any("history" in n.message for n in app._notifications)


# ---------------------------------------------------------------- small windows


async def test_one_message_in_a_tiny_window():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        app.screen.query_one(TurnInput).fill("half a")
        for size in ((39, 24), (80, 9), (20, 5)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: isinstance(app.screen, TooSmallScreen), "the message")
            assert "larger" in texts(app.screen)
            await pilot.press(*"xyz", "enter")
            await pilot.resize_terminal(40, 10)
            await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        assert app.screen.query_one(TurnInput).text == "half a"
        assert app.focused is app.screen.query_one(TurnInput)


async def test_started_in_a_tiny_window():
    async with an_app(scenario="tall-ship").run_test(size=(20, 5)) as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: len(app.screen_stack) > 2, "the briefing")
        await until(pilot, lambda: isinstance(app.screen, TooSmallScreen), "the message in front")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home, nothing between")


# ---------------------------------------------------------------- the guided talk


def guide_line(app) -> str:
    return str(app.screen.query_one("#guide").render())


async def test_the_guided_talk_from_welcome_to_the_end():
    paths.private_home()
    async with records_app().run_test() as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the welcome")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await until(pilot, lambda: idle(app), "the mentor's words")
        # The gentlest of the two scenarios.
        assert app.screen.talk.scenario.id == "small-port"
        assert guide_line(app).startswith("1 of 5")
        await pilot.press("f2")
        await until(pilot, lambda: "A hint, then" in guide_line(app), "the hint's line")
        await say(pilot, "How did the great gale begin?")
        assert guide_line(app).startswith("2 of 5")
        await pilot.press("f3")
        await until(pilot, lambda: guide_line(app).startswith("3 of 5"), "the third line")
        await until(pilot, lambda: idle(app), "calm")
        await say(pilot, "What was the great gale like?")
        assert guide_line(app).startswith("4 of 5")
        await say(pilot, "So you saw the masts snapped overnight")
        assert guide_line(app).startswith("5 of 5")
        # It is a real talk: on record, with its readings, and still open.
        (talk,) = app.services.history()
        assert talk.scenario == "small-port"
        assert all(turn.reading is not None for turn in app.services.store().turns(talk.id))


async def test_the_guide_speaks_about_what_really_happened():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await until(pilot, lambda: idle(app), "the mentor's words")
        await say(pilot, "Well")
        assert "not enough to judge" in guide_line(app)


async def test_welcome_only_where_nobody_has_talked_yet(kept):
    async with records_app().run_test() as pilot:
        app = await to_home(pilot)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_the_guided_talks_lines_are_read_while_the_welcome_is():
    fake = FakeListener()
    async with records_app(listener=fake).run_test() as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the welcome")
        await until(pilot, lambda: fake.prepared, "the lines")
        easiest = app.services.library().scenarios["small-port"]
        assert easiest.topics[0].says.full in fake.prepared
        assert isinstance(app.screen, WelcomeScreen)


async def test_a_guided_talk_asked_for_by_its_key_has_its_lines_read_first():
    fake = FakeListener()
    async with an_app(fake).run_test() as pilot:
        app = await to_home(pilot)
        asked = []
        app.wake_models = lambda ahead=None: asked.append(ahead)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        assert [scenario.id for scenario in asked] == ["small-port"]


def test_the_guide_says_why_the_first_answer_takes_a_while():
    guide = TourGuide("Bo")
    assert "this first answer" in guide.told(TurnTaken(turn=1, attempt=1, text="How so?"))
    assert guide.told(TurnTaken(turn=1, attempt=2, text="How so?")) is None
    assert guide.told(TurnTaken(turn=2, attempt=1, text="How so?")) is None


async def test_nothing_promises_an_answer_at_once():
    """Models that are loaded may still have a mentor's lines to read."""
    async with an_app().run_test() as pilot:
        app = await to_briefing(pilot)
        await until(pilot, lambda: app.models_state == "ready", "the models")
        assert "A first answer takes a while" in str(app.screen.query_one("#warm").render())
        assert "ready" not in str(app.screen.query_one("#models").render())


async def test_welcome_can_be_waved_away():
    async with records_app().run_test() as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the welcome")
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")


async def test_guided_talk_without_scenarios(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "scenarios_dir", lambda: tmp_path / "none")
    async with an_app(FakeListener()).run_test() as pilot:
        app = await to_home(pilot)
        await pilot.press("t")
        await until(pilot, lambda: list(app._notifications), "a notice")
        assert any("coach doctor" in n.message for n in app._notifications)


async def test_settings_that_cannot_be_had_are_said(monkeypatch):
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)

        def gone():
            raise KeyError("theme")

        app.settings = None
        monkeypatch.setattr(app.services, "settings", gone)
        app.push_screen(SettingsScreen())
        await until(pilot, lambda: "KeyError" in texts(app.screen), "the sentence")


async def test_settings_screen_is_there_while_the_settings_are_still_read():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        app.push_screen(SettingsScreen())
        await until(pilot, lambda: app.screen.query("#theme"), "the form")
        assert HOSTILE not in texts(app.screen)
