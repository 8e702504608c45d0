"""From the home screen through a talk to its debrief."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from coach import paths
from coach.errors import MissingPart, StorageError
from coach.feedback.card import Card, PointKept, QuestionNote, Quote, Remark
from coach.practice.memory import MemoryStore
from coach.tui.app import CoachApp
from coach.tui.card_words import card_blocks, card_text, point_word, short_blocks
from coach.tui.engine import Opened
from coach.tui.screens.briefing import BriefingScreen
from coach.tui.screens.card_view import CardScreen
from coach.tui.screens.choose_turn import ChooseTurn
from coach.tui.screens.conversation import ConversationScreen
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.widgets import dialogue as dialogue_module
from coach.tui.widgets.card import CardPanel
from coach.tui.widgets.debrief_words import DebriefWords
from coach.tui.widgets.dialogue import Dialogue
from coach.tui.widgets.figures import FiguresView
from coach.tui.widgets.speech import Speech
from coach.tui.widgets.strips import Strips
from coach.tui.widgets.turn_input import TurnInput
from coach.tui.words import first_name, models_words, showable, when
from tests.fakes import FakeListener
from tests.tui_scene import Gate, an_app, home, idle, say, talk_screen, to_home, to_talk, until

__all__ = ["home"]
pytestmark = pytest.mark.usefixtures("home")

OPEN = "How did the great gale begin, and what was it like?"
CLOSED = "Did the masts snap?"


def said(screen) -> list[str]:
    return [entry.text for entry in screen.query_one(Dialogue).entries]


def texts(widget) -> str:
    return "\n".join(str(part.render()) for part in widget.query("PlainText"))


async def test_home_lists_scenarios_and_filters_them():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        options = app.screen.query_one("#scenarios")
        assert [option.id for option in options.options] == ["small-port", "tall-ship"]
        await pilot.press("slash", *"sailing")
        assert [option.id for option in options.options] == ["tall-ship"]
        await pilot.press(*"xyz")
        assert not options.display
        assert "Nobody matches" in str(app.screen.query_one("#none").render())
        app.screen.query_one("#filter").value = ""
        app.screen.query_one("#skill").value = "open_questions"
        await pilot.pause()
        assert [option.id for option in options.options] == ["small-port"]


async def test_a_talk_from_home_to_debrief():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        for text in (OPEN, "So you saw the masts snapped overnight, is that right?", CLOSED):
            await say(pilot, text)
        screen = talk_screen(app)
        assert len(said(screen)) == 7
        assert sorted(screen.cards) == [1, 2, 3]
        await pilot.press("f4")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen), "the rating")
        assert not app.screen.query(DebriefWords)
        await pilot.press("down", "enter", *"fine", "enter")
        await until(pilot, lambda: app.screen.query(DebriefWords), "the debrief")
        assert "most of the time" in texts(app.screen.query_one(DebriefWords))
        assert "fine" in texts(app.screen.query_one(DebriefWords))
        assert not app.screen.query(FiguresView)
        await pilot.press("n")
        await until(pilot, lambda: app.screen.query(FiguresView), "the numbers")
        assert "Reflections to questions" in texts(app.screen.query_one(FiguresView))
        await pilot.press("n")
        await until(pilot, lambda: not app.screen.query(FiguresView), "numbers put away")
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        store = app.services.store()
        assert store.talk(1).own_rating == 4
        assert store.talk(1).own_words == "fine"


@pytest.mark.parametrize("size", [(80, 12), (60, 16), (40, 20)])
async def test_in_a_low_window_a_long_hint_leaves_the_field_on_the_screen(size):
    async with an_app().run_test(size=size) as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        screen = talk_screen(app)
        screen.show_hint("Ask what came before it. " * 16)
        if size[1] > 12:
            screen.show_failure("The models stopped. " * 8)
        await pilot.pause()
        field = screen.query_one(TurnInput)
        assert field.content_size.height >= 1
        assert field.region.bottom <= size[1] - 1


async def test_a_talk_can_be_held_in_the_smallest_window():
    async with an_app().run_test(size=(40, 10)) as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        screen = talk_screen(app)
        for key in (None, "f2", "f3", "f6"):
            if key is not None:
                await pilot.press(key)
                await until(pilot, lambda: idle(app), "calm")
            field, dialogue = screen.query_one(TurnInput), screen.query_one(Dialogue)
            assert field.content_size.height >= 1 and field.region.bottom <= 9
            assert dialogue.region.height >= 2
        await pilot.press("escape", "escape")
        await until(pilot, lambda: idle(app) and screen.turn.again is None, "calm")
        await pilot.pause()
        assert dialogue.region.height >= 6
        assert not screen.query_one(CardPanel).display
        await pilot.press("f5")
        assert isinstance(app.screen, CardScreen)


async def test_a_low_and_wide_window_keeps_the_card_beside_the_talk():
    async with an_app().run_test(size=(120, 10)) as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        card, field = app.screen.query_one(CardPanel), app.screen.query_one(TurnInput)
        assert card.region.x >= field.region.right
        assert card.region.height >= 8


async def test_notes_longer_than_there_is_room_for_are_read_by_key_and_put_away():
    async with an_app().run_test(size=(80, 24)) as pilot:
        app = await to_talk(pilot, notes="\n".join(f"Question {n}?" for n in range(20)))
        strips, field = app.screen.query_one(Strips), app.screen.query_one(TurnInput)
        await pilot.press("f8")
        await until(pilot, lambda: strips.max_scroll_y > 0, "the notes")
        assert field.has_focus and field.region.bottom <= 23
        await pilot.press("shift+tab", "end")
        await until(pilot, lambda: strips.scroll_y == strips.max_scroll_y, "their end")
        await pilot.press("escape", *"so")
        assert field.text == "so" and strips.region.height == 0


async def test_notes_wait_in_a_briefing_that_was_left():
    async with an_app().run_test() as pilot:
        app = await to_home(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await pilot.press("f3", *"why", "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        assert app.screen.query_one("#notes").text == "why"


async def test_two_enters_at_once_open_one_talk():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, "How did the great gale begin?")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        home_screen = app.screen
        await until(pilot, lambda: home_screen._talks, "the talk")
        home_screen.action_go_on()
        home_screen.action_go_on()
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        assert sum(isinstance(s, ConversationScreen) for s in app.screen_stack) == 1


async def test_words_typed_while_a_talk_opens_follow_its_draft():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        screen = talk_screen(app)
        field = screen.query_one(TurnInput)
        field.fill("xy")
        screen.on_opened(Opened(1, "a long draft", False, ""))
        assert field.text == "a long draft\nxy"


async def test_a_digit_rates_and_a_digit_in_ones_own_words_does_not():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, "How did the great gale begin?")
        await pilot.press("f4")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen), "the rating")
        await pilot.press("2", *"1 more", "enter")
        await until(pilot, lambda: app.screen.query(DebriefWords), "the debrief")
        talk = app.services.store().talk(1)
        assert (talk.own_rating, talk.own_words) == (2, "1 more")


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_a_talk_that_is_over_is_looked_back_on_even_unrated(key):
    app = an_app()
    async with app.run_test() as pilot:
        await to_talk(pilot)
        await say(pilot, "How did the great gale begin?")
        await pilot.press("f4")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen), "the rating")
        store = app.services.store()
        await pilot.press(*"hner")  # the first choice begins with an h
        assert isinstance(app.screen, DebriefScreen)
        app.screen.query_one("#own-words", Input).value = "I would wait longer."
        await pilot.press(key)
        await until(pilot, lambda: store.talk(1).debrief is not None, "a debrief")
        talk = store.talk(1)
        assert (talk.own_rating, talk.own_words) == (None, "I would wait longer.")


async def test_own_words_are_on_the_screen_before_they_are_read():
    gate = Gate()
    async with an_app(gate).run_test() as pilot:
        app = await to_talk(pilot)
        field = app.screen.query_one(TurnInput)
        field.fill(OPEN)
        await pilot.press("enter")
        assert said(app.screen)[-1] == OPEN
        assert field.text == ""
        assert "listening" in str(field.border_title)
        # The field stays usable; sending waits for the mentor and keeps the words.
        await pilot.press(*"and then", "enter")
        assert field.text == "and then"
        assert said(app.screen)[-1] == OPEN
        assert app.focused is field
        gate.open.set()
        await until(pilot, lambda: idle(app), "the answer")
        assert field.text == "and then"
        assert len(said(app.screen)) == 3


async def test_keys_of_the_input():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, "first turn here")
        await say(pilot, "second turn here")
        field = app.screen.query_one(TurnInput)
        await pilot.press(*"ab", "shift+enter", *"cd", "ctrl+j", *"ef")
        assert field.text == "ab\ncd\nef"
        assert len(said(app.screen)) == 5
        await pilot.press("up", "up")
        assert field.cursor_location[0] == 0
        await pilot.press("up")
        assert field.text == "second turn here"
        await pilot.press("up")
        assert field.text == "first turn here"
        await pilot.press("up")
        assert field.text == "first turn here"
        await pilot.press("down", "down")
        assert field.text == "ab\ncd\nef"


async def test_editor_in_a_terminal_without_one(monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        field = app.screen.query_one(TurnInput)
        field.fill("keep me")
        await pilot.press("ctrl+g")
        assert field.text == "keep me"
        assert list(app._notifications)


async def test_an_editor_setting_with_an_open_quote_is_told(monkeypatch):
    monkeypatch.setenv("VISUAL", "vim -c 'set tw=72")
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        field = app.screen.query_one(TurnInput)
        field.fill("keep me")
        await pilot.press("ctrl+g")
        assert field.text == "keep me"
        assert "quotation" in next(iter(app._notifications)).message


async def test_nothing_of_an_edited_turn_is_left_beside_it(monkeypatch, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ncp "$1" "$1~"\n(echo; echo more) >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    monkeypatch.setattr(CoachApp, "suspend", lambda app: nullcontext())
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        field = app.screen.query_one(TurnInput)
        field.fill("keep me")
        await pilot.press("ctrl+g")
        assert field.text == "keep me\nmore"
        assert not [place for place in paths.home().iterdir() if "turn" in place.name]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("printf 'the caf\\351' > \"$1\"", "UTF-8"),
        ("printf 'ten minutes of work' > \"$1\"; exit 3", "status 3"),
    ],
)
async def test_what_cannot_be_taken_back_from_the_editor_is_not_thrown_away(
    script, why, monkeypatch, tmp_path
):
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    monkeypatch.setattr(CoachApp, "suspend", lambda app: nullcontext())
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        field = app.screen.query_one(TurnInput)
        field.fill("keep me")
        await pilot.press("ctrl+g")
        assert field.text == "keep me"
        (told,) = app._notifications
        (left,) = paths.home().glob("turn-being-edited-*/turn.md")
        assert why in told.message and str(left) in told.message
        assert left.read_bytes() in (b"the caf\xe9", b"ten minutes of work")


async def test_an_editor_that_gives_up_without_a_word_leaves_nothing(monkeypatch):
    monkeypatch.setenv("VISUAL", "false")
    monkeypatch.setattr(CoachApp, "suspend", lambda app: nullcontext())
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        app.screen.query_one(TurnInput).fill("keep me")
        await pilot.press("ctrl+g")
        (told,) = app._notifications
        assert "status 1" in told.message and str(paths.home()) not in told.message
        assert not [place for place in paths.home().iterdir() if "turn" in place.name]


async def test_take_a_turn_again_shows_before_and_after():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, CLOSED)
        await say(pilot, "I see that now")
        screen = talk_screen(app)
        await pilot.press("f3")
        assert isinstance(app.screen, ChooseTurn)
        assert app.screen.query_one("#turns").highlighted == 1
        assert "what came after it is set aside" in texts(app.screen)
        await pilot.press("up", "enter")
        await until(pilot, lambda: screen.turn.again == 1, "the turn to open")
        assert all(s.has_class("-aside") for s in screen.query(Speech) if s.entry.turn >= 1)
        await say(pilot, OPEN)
        assert said(screen)[1] == OPEN
        assert len(said(screen)) == 3
        entry = screen.query_one(Dialogue).entries[1]
        assert entry.before == CLOSED
        assert screen.cards[1].before is not None
        assert sorted(screen.cards) == [1]
        shown = texts(screen.query_one(Dialogue))
        assert CLOSED in shown
        assert "Before" in shown
        await pilot.press("f5")
        assert isinstance(app.screen, CardScreen)
        await until(pilot, lambda: "Before" in texts(app.screen), "both cards")
        assert CLOSED in texts(app.screen)


async def test_escape_gives_up_taking_again_and_keeps_the_talk():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, CLOSED)
        screen = talk_screen(app)
        await pilot.press("f3")
        await until(pilot, lambda: screen.turn.again == 1, "the turn to open")
        await pilot.press("escape")
        await until(pilot, lambda: idle(app), "calm")
        assert screen.turn.again is None
        assert not screen.query(".-aside")
        await say(pilot, "and what came then")
        assert len(said(screen)) == 5


async def test_an_earlier_turn_is_taken_again_with_what_it_answers_in_sight():
    async with an_app().run_test(size=(80, 24)) as pilot:
        app = await to_talk(pilot)
        for text in (OPEN, CLOSED, "I see that now", "and what came then", "So you went on."):
            await say(pilot, text)
        screen = talk_screen(app)
        dialogue, field = screen.query_one(Dialogue), screen.query_one(TurnInput)
        field.fill("half a line")
        await pilot.press("f3", "up", "up", "up", "enter")
        await until(pilot, lambda: screen.turn.again == 2, "the turn to open")
        await pilot.pause()
        lines = [s for s in dialogue.query(Speech) if s.region.overlaps(dialogue.region)]
        assert (lines[0].entry.turn, lines[0].entry.mine) == (1, False)
        assert lines[1].entry.text == CLOSED
        assert all("set aside" in texts(line) for line in dialogue.query("Speech.-aside"))
        assert "set aside" not in texts(lines[0])
        assert screen.query_one(CardPanel)._card == screen.cards[2].card
        assert field.text == "" and "Escape keeps the talk" in str(field.border_subtitle)
        await pilot.press(*"no", "escape")
        await until(pilot, lambda: idle(app) and screen.turn.again is None, "calm")
        assert field.text == "half a line"
        assert not dialogue.query(".-aside") and "set aside" not in texts(dialogue)
        assert screen.query_one(CardPanel)._card == screen.cards[5].card
        await pilot.press("up")
        assert field.text == "no"  # what was typed for it is not lost either
        await pilot.press("down", "f3", "up", "enter")
        await until(pilot, lambda: screen.turn.again == 4, "the turn to open")
        screen.keep_draft()
        await until(pilot, lambda: not screen.talk._drafts.busy, "the draft")
        assert app.services.store().draft(1) == "half a line"
        await say(pilot, OPEN)
        assert [entry.turn for entry in dialogue.entries if entry.mine] == [1, 2, 3, 4]
        assert field.text == "half a line"


async def test_a_turn_not_taken_again_after_all_leaves_a_goodbye_a_goodbye():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        await say(pilot, "Goodbye then, and thank you.")
        screen = talk_screen(app)
        assert screen._stage == "over"
        await pilot.press("f3", "enter")
        await until(pilot, lambda: screen.turn.again == 2, "the turn to open")
        assert screen._stage == "yours"
        await pilot.press("escape")
        await until(pilot, lambda: idle(app) and screen.turn.again is None, "calm")
        assert screen._stage == "over"
        assert "F4 looks back" in str(screen.query_one("#hint").render())


async def test_leaving_keeps_the_talk_and_home_offers_it():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot, notes="ask about the gale")
        await say(pilot, OPEN)
        app.screen.query_one(TurnInput).fill("half a sentence")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        await until(pilot, lambda: app.screen.query_one("#recent").option_count == 1, "the talk")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk again")
        await until(pilot, lambda: idle(app), "calm")
        screen = talk_screen(app)
        assert len(said(screen)) == 3
        assert screen.query_one(TurnInput).text == "half a sentence"
        assert sorted(screen.cards) == [1]
        assert screen.notes == "ask about the gale"


async def test_hint_is_shown_until_the_turn_is_sent():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        hint = app.screen.query_one("#hint")
        await pilot.press("f2")
        await until(pilot, lambda: hint.display, "a hint")
        assert "Hint:" in str(hint.render())
        await say(pilot, OPEN)
        assert not hint.display


async def test_full_disk_gives_the_words_back():
    class Full(MemoryStore):
        full = False

        def add_turn(self, *args, **options):
            if self.full:
                raise StorageError("The disk is full; make room and send again.")
            return super().add_turn(*args, **options)

    store = Full()
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, CLOSED)
        screen = talk_screen(app)
        store.full = True
        await say(pilot, OPEN)
        assert screen.query_one(TurnInput).text == OPEN
        assert len(said(screen)) == 3
        assert any("disk is full" in n.message for n in app._notifications)
        # The same while a turn is taken again: the earlier attempt comes back too.
        screen.query_one(TurnInput).empty()
        await pilot.press("f3")
        await until(pilot, lambda: screen.turn.again == 1, "the turn to open")
        await say(pilot, OPEN)
        assert said(screen)[1] == CLOSED
        assert len(said(screen)) == 3
        store.full = False
        screen.query_one(TurnInput).empty()
        await say(pilot, OPEN)
        assert said(screen)[1] == OPEN
        assert screen.query_one(Dialogue).entries[1].before == CLOSED


async def test_a_fault_of_the_coachs_own_gives_the_words_back_and_does_not_call_them_kept():
    class Faulty(MemoryStore):
        def add_turn(self, *args, **options):
            raise RuntimeError("no such luck")

    async with an_app(store_factory=Faulty).run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        assert app.screen.query_one(TurnInput).text == OPEN
        (told,) = app._notifications
        assert "no such luck" in told.message and "kept" not in told.message


async def test_a_new_turn_takes_the_place_of_one_that_could_not_be_read():
    listener = FakeListener()
    async with an_app(listener).run_test() as pilot:
        app = await to_talk(pilot)
        listener.error = MissingPart("The models stopped; read the turn again.")
        await say(pilot, CLOSED)
        listener.error = None
        await say(pilot, OPEN)
        screen = talk_screen(app)
        await until(pilot, lambda: 1 in screen.cards, "the card")
        assert (screen.cards[1].text, screen.cards[1].card.question.kind) == (OPEN, "open")
        assert CLOSED not in said(screen) and screen.turn.last == 1
        await say(pilot, CLOSED)
        await until(pilot, lambda: 2 in screen.cards, "the card")
        assert screen.cards[2].text == CLOSED


async def test_a_turn_that_cannot_be_read_is_kept_and_read_again():
    listener = FakeListener()
    async with an_app(listener).run_test() as pilot:
        app = await to_talk(pilot)
        listener.error = MissingPart("The models stopped; read the turn again.")
        await say(pilot, OPEN)
        screen = talk_screen(app)
        assert screen.query_one("#failure").display
        assert "models stopped" in texts(screen.query_one("#failure"))
        assert said(screen)[-1] == OPEN
        listener.error = None
        await pilot.press("f9")
        await until(pilot, lambda: idle(app) and 1 in screen.cards, "the reading")
        assert not screen.query_one("#failure").display
        assert len(said(screen)) == 3


async def test_unread_turn_is_read_when_the_talk_is_taken_up():
    listener = FakeListener()
    async with an_app(listener).run_test() as pilot:
        app = await to_talk(pilot)
        listener.error = MissingPart("The models stopped.")
        await say(pilot, OPEN)
        listener.error = None
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        await until(pilot, lambda: app.screen.query_one("#recent").option_count, "the list")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await until(pilot, lambda: idle(app) and talk_screen(app).cards, "the reading")
        assert len(said(talk_screen(app))) == 3


async def test_models_that_fail_are_said_in_the_briefing():
    def no_models(tell):
        raise MissingPart("The encoder is not installed; run 'coach doctor'.")

    app = an_app()
    app.services._listener_factory = no_models
    async with app.run_test() as pilot:
        await to_home(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BriefingScreen), "the briefing")
        await until(pilot, lambda: app.models_state.startswith("failed"), "the failure")
        await pilot.pause()
        assert "encoder is not installed" in str(app.screen.query_one("#warm").render())


async def test_models_warm_up_visibly():
    tells = []
    app = an_app()
    fake = FakeListener()
    fake.start = lambda: tells[0]("loading")
    app.services._listener_factory = lambda tell: tells.append(tell) or fake
    async with app.run_test() as pilot:
        await to_home(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.models_state == "loading", "the warm-up")
        await pilot.pause()
        assert "warming up" in str(app.screen.query_one("#models").render())
        tells[0]("ready")
        await until(pilot, lambda: app.models_state == "ready", "ready")
        assert "ready" in str(app.screen.query_one("#warm").render())


async def test_a_mentors_lines_are_read_ahead_while_one_reads_the_briefing():
    fake = FakeListener()
    app = an_app(fake)
    async with app.run_test() as pilot:
        await to_home(pilot)
        assert not fake.prepared
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BriefingScreen), "the briefing")
        first = app.screen._scenario.topics[0]
        await until(pilot, lambda: first.says.full in fake.prepared, "the lines")


async def test_the_card_stands_beside_the_talk_or_below_it():
    async with an_app().run_test(size=(120, 40)) as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        panel = app.screen.query_one(CardPanel)
        dialogue = app.screen.query_one(Dialogue)
        assert panel.region.x >= dialogue.region.right
        assert not panel.short
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: panel.short, "the short card")
        assert panel.region.y >= dialogue.region.bottom
        assert panel.region.height <= 8
        assert app.screen.query_one(TurnInput).region.height >= 3


async def test_resize_while_the_mentor_replies():
    gate = Gate()
    async with an_app(gate).run_test(size=(120, 40)) as pilot:
        app = await to_talk(pilot)
        app.screen.query_one(TurnInput).fill(OPEN)
        await pilot.press("enter")
        await pilot.resize_terminal(60, 20)
        gate.open.set()
        await until(pilot, lambda: idle(app), "the answer")
        assert len(said(talk_screen(app))) == 3
        assert 1 in talk_screen(app).cards


async def test_long_talks_are_windowed(monkeypatch):
    monkeypatch.setattr(dialogue_module, "WINDOW", 6)
    monkeypatch.setattr(dialogue_module, "SLACK", 4)
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        dialogue = app.screen.query_one(Dialogue)
        for number in range(1, 20):
            dialogue.learner_says(f"line {number}", number)
            await pilot.pause()
        assert len(dialogue.entries) == 20
        assert len(dialogue.query(Speech)) <= 10
        assert dialogue.query_one("#earlier").display
        while dialogue._first > 0:
            dialogue.action_earlier()
            await pilot.pause()
        assert [s.entry for s in dialogue.query(Speech)] == dialogue.entries
        assert not dialogue.query_one("#earlier").display


async def test_an_early_turn_taken_again_leaves_the_talk_before_it_on_the_screen(monkeypatch):
    monkeypatch.setattr(dialogue_module, "WINDOW", 6)
    monkeypatch.setattr(dialogue_module, "SLACK", 4)
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        dialogue = app.screen.query_one(Dialogue)
        for number in range(1, 30):
            dialogue.learner_says(f"line {number}", number)
            await pilot.pause()
        dialogue.forget_from(10)
        dialogue.learner_says("line 10 again", 10)
        await pilot.pause()
        assert [s.entry for s in dialogue.query(Speech)] == dialogue.entries[-7:]
        assert "4 more" in str(dialogue.query_one("#earlier").label)
        dialogue.set_aside(2)
        dialogue.show_before(2)
        await pilot.pause()
        shown = list(dialogue.query(Speech))
        assert [s.entry for s in shown] == dialogue.entries[1:]
        assert [s.has_class("-aside") for s in shown] == [False] + [True] * 9


async def test_word_by_word_only_with_full_motion():
    async with an_app(settings={"motion": "full"}).run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        speech = app.screen.query(Speech).last()
        await until(pilot, lambda: speech._shown >= len(speech._words), "all words")
        assert str(speech.query_one(".said").render()) == speech.entry.text


@pytest.mark.parametrize(
    "text",
    [
        "[bold]not markup[/bold] [/] [red",
        "\x1b[31mred\x07 and a \x00 byte?",
        "\u202eturned\u202c around",
        "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
        "\U0001f469\u200d\U0001f680 \U0001f600 emoji",
        "x",
        "word " * 4000,
    ],
    ids=["brackets", "control", "bidi", "rtl", "emoji", "one letter", "long"],
)
async def test_awkward_words(text):
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, text)
        screen = talk_screen(app)
        assert len(said(screen)) == 3
        assert 1 in screen.cards
        shown = texts(screen)
        assert not any(character in shown for character in "\x00\x07\x1b\u202e")
        if text.startswith("["):
            assert "[bold]not markup[/bold]" in shown
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, CardScreen), "the card")


async def test_hundred_thousand_characters_pasted():
    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        await say(pilot, "a word and another " * 5300)
        assert 1 in talk_screen(app).cards


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (200, 60)])
async def test_any_window(size):
    async with an_app().run_test(size=size) as pilot:
        app = await to_home(pilot)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        await to_talk(pilot)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        await say(pilot, OPEN)
        assert 1 in talk_screen(app).cards


async def test_unknown_scenario_asked_for_by_name():
    async with an_app(scenario="small-prot").run_test() as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: list(app._notifications), "a notice")
        assert "small-port" in next(iter(app._notifications)).message


async def test_scenario_asked_for_by_name_opens_its_briefing():
    async with an_app(scenario="tall-ship").run_test() as pilot:
        app = await to_home(pilot)
        await until(pilot, lambda: isinstance(app.screen, BriefingScreen), "the briefing")


async def test_quitting_keeps_the_line_being_typed():
    store = MemoryStore()
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        app = await to_talk(pilot)
        app.screen.query_one(TurnInput).fill("nearly said")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert store.draft(1) == "nearly said"


async def test_every_screen_has_help_and_every_binding_an_id():
    for screen in (HomeScreen, BriefingScreen, ConversationScreen, DebriefScreen, CardScreen):
        assert screen.HELP and len(screen.HELP) > 60
    ids = []
    for cls in (HomeScreen, BriefingScreen, ConversationScreen, DebriefScreen, CardScreen):
        for binding in cls.BINDINGS:
            assert binding.id and binding.description
            ids.append(binding.id)
    assert len(ids) == len(set(ids))


# ---------------------------------------------------------------- words


CARD = Card(
    strength=Remark(
        skill="open_question",
        title="The answer is theirs",
        words="The question is open.",
        rule="Rule: 'how' leaves the answer to them.",
        yours=Quote(text="How did it begin?", span=(0, 17)),
        theirs=Quote(text="It began with [rope]", span=(0, 20)),
    ),
    question=QuestionNote(
        kind="closed",
        flags=("leading",),
        words=(Quote(text="don't you", span=(0, 9)),),
        why="The answer is in it.",
    ),
    points=(
        PointKept(text="a", span=None, status="covered", sure=True),
        PointKept(text="b", span=None, status="distorted", sure=True),
        PointKept(text="c", span=None, status="missed", sure=False),
    ),
    added=(Quote(text="new", span=(0, 3)),),
    copied=(Quote(text="same", span=(0, 4)),),
    score=61,
)


def test_card_in_words():
    text = card_text(CARD, "Bo")
    for words in (
        "Worked: The answer is theirs",
        "You: \u201cHow did it begin?\u201d",
        "Bo: \u201cIt began with [rope]\u201d",
        "Why: 'how' leaves the answer to them.",
        "Question: closed, leading. The answer is in it. \u201cdon't you\u201d",
        "kept: a",
        "turned around: b",
        "perhaps missed: c",
        "added: \u201cnew\u201d",
        "copied: \u201csame\u201d",
    ):
        assert words in text
    assert "61" not in text
    assert "61 of 100" in card_text(CARD, "Bo", numbers=True)


def test_card_without_judgement_says_so_and_nothing_else():
    card = Card(judged=False, reason="one word")
    assert [block.label for block in card_blocks(card, "Bo")] == ["Not enough to judge"]
    assert [block.text for block in short_blocks(card)] == ["one word"]


def test_statuses_differ_without_colour():
    words = {point_word(point) for point in CARD.points}
    assert len(words) == 3


@given(st.text())
def test_showable_is_safe_and_loses_no_ordinary_character(text):
    shown = showable(text)
    assert not any(ord(c) < 32 and c != "\n" for c in shown)
    kept = [c for c in text if c.isalnum()]
    assert kept == [c for c in shown if c.isalnum()]


def test_small_words():
    from datetime import datetime

    now = datetime(2025, 3, 10, 12, 0)
    assert when(datetime(2025, 3, 10, 9, 5), now) == "today 9:05"
    assert when(datetime(2025, 3, 9, 23, 0), now) == "yesterday 23:00"
    assert when(datetime(2025, 1, 2, 9, 5), now) == "2 January"
    assert when(datetime(2024, 1, 2, 9, 5), now) == "2 January 2024"
    assert first_name("Dr. Ana Maria Ruiz") == "Dr. Ruiz"
    assert first_name("Bo") == "Bo"
    assert "not available" in models_words("failed: gone")


async def test_jobs_of_a_talk_run_one_at_a_time_and_in_order():
    running, most, order = 0, 0, []

    async with an_app().run_test() as pilot:
        app = await to_talk(pilot)
        talk = talk_screen(app).talk

        def job(name):
            def call(session):
                nonlocal running, most
                running += 1
                most = max(most, running)
                order.append(name)
                running -= 1

            return call

        for name in "abcdef":
            talk._submit(name, job(name))
        await until(pilot, lambda: len(order) == 6, "all jobs")
        assert order == list("abcdef")
        assert most == 1
        await asyncio.sleep(0)


async def test_a_talk_that_cannot_be_opened_says_so_and_can_be_tried_again():
    class Shut(MemoryStore):
        shut = True

        def begin_talk(self, **options):
            if self.shut:
                raise StorageError("The records are locked; close the other coach.")
            return super().begin_talk(**options)

    store = Shut()
    async with an_app(store_factory=lambda: store).run_test() as pilot:
        app = await to_home(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("#start"), "the briefing")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ConversationScreen), "the talk")
        screen = talk_screen(app)
        await until(pilot, lambda: screen._stage == "closed", "the failure")
        assert "records are locked" in texts(screen.query_one("#failure"))
        await pilot.press(*"hello", "enter", "f2")
        assert screen.query_one(TurnInput).text == "hello"
        store.shut = False
        await pilot.press("f9")
        await until(pilot, lambda: idle(app), "the opening")
        assert len(said(screen)) == 1
        await pilot.press("enter")
        await until(pilot, lambda: idle(app) and len(said(screen)) == 3, "the answer")


async def test_a_window_resized_under_a_card_is_right_when_the_card_is_closed():
    async with an_app().run_test(size=(120, 40)) as pilot:
        app = await to_talk(pilot)
        await say(pilot, OPEN)
        await pilot.press("f5")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        screen = talk_screen(app)
        assert screen.query_one(CardPanel).short
        assert screen.has_class("-narrow")
        assert not screen.has_class("-wide")
        assert screen.query_one(TurnInput).region.bottom <= 20
