"""The real app in a real (pseudo-)terminal: keys in, screens out, nothing lost."""

from __future__ import annotations

import re
import signal

import pytest

from coach.records import open_store
from tests.terminal import Terminal

OPEN = "How did that come about, and what was it like?"
BACK = "So you were on your own with it."

pytestmark = pytest.mark.alone


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def terminal(home):
    opened = []

    def open_one(*arguments, **options):
        opened.append(Terminal(home, *arguments, **options))
        return opened[-1]

    yield open_one
    for one in opened:
        one.child.close(force=True)


def talks(home):
    """What the records hold: every talk with its turns."""
    with open_store(home / "records.sqlite3") as store:
        return [(talk, store.turns(talk.id)) for talk in store.history()]


def to_talk(one):
    """From a first start, past the welcome, through the briefing into a talk."""
    one.until("Welcome", "Look around first")
    one.press("escape")
    one.until("Whom would you like to talk with?", "None yet.")
    one.press("enter")
    one.until("Start the talk", "The models are ready.")
    one.press("f2")
    one.until("Your turn", "Enter sends")


def say(one, number, *keys):
    """Type a turn, send it and wait until the mentor has answered."""
    one.press(*keys, "enter")
    # The frame with the turn in it is also the one that takes "Your turn" away.
    one.until(f"You, turn {number}")
    one.until("Your turn")


def test_a_talk_from_the_home_screen_to_its_debrief(terminal, home):
    one = terminal("practice", "--seed", "3")
    to_talk(one)
    say(one, 1, OPEN)
    assert OPEN in one.screen.words
    say(one, 2, BACK, "ctrl+j", "And then?")
    assert re.search(rf"{re.escape(BACK)} [^A-Za-z]*\u258c And then\?", one.screen.words)
    one.press("f4")
    one.until("Finish this talk and look back on it?")
    one.press("enter")
    one.until("how well did you listen in this talk?", "3 about half the time")
    one.press("down", "enter")
    one.until(true=lambda: one.screen.line == "In your own words")
    one.press("I asked too much at once.", "enter")
    one.until("Home", "Export", "most of the time")
    one.press("h")
    one.until("Whom would you like to talk with?", "Your talks")
    one.press("ctrl+q")
    assert one.ended() == 0
    # The terminal is given back: its own screen and cursor, no mouse, no paste mode.
    for switch in ("1049l", "25h", "1000l", "2004l"):
        assert f"\x1b[?{switch}" in one.screen.raw.rpartition("\x1b[?1049h")[2]
    ((talk, turns),) = talks(home)
    assert [turn.text for turn in turns] == [OPEN, f"{BACK}\nAnd then?"]
    assert (talk.own_rating, talk.own_words) == (4, "I asked too much at once.")
    assert talk.ended is not None and talk.debrief is not None


def test_killed_in_mid_talk_and_taken_up_again(terminal, home, tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    one = terminal(rows=40, FAKE_GATE=str(gate))
    to_talk(one)
    say(one, 1, OPEN)
    gate.unlink()
    one.press(BACK, "enter")
    one.until("is listening")
    # The words are on the disk before they are read; only then is the power cut.
    one.until(true=lambda: len(talks(home)[0][1]) == 2)
    one.child.kill(signal.SIGKILL)
    assert one.ended() == -signal.SIGKILL
    ((talk, turns),) = talks(home)
    assert [turn.text for turn in turns] == [OPEN, BACK]
    assert (turns[0].card is None, turns[1].reading) == (False, None)
    gate.touch()
    again = terminal(rows=40, FAKE_GATE=str(gate))
    again.until("Continue: ", "c Continue")
    again.press("c")
    again.until("You, turn 1", BACK)
    again.until("Your turn", true=lambda: talks(home)[0][1][1].reply is not None)
    ((same, turns),) = talks(home)
    assert same.id == talk.id
    assert [turn.reply is not None for turn in turns] == [True, True]
    again.press("ctrl+q")
    assert again.ended() == 0


def test_killed_while_typing_loses_none_of_a_kept_draft(terminal, home):
    one = terminal()
    to_talk(one)
    one.press("What I meant to ask")

    def drafted():
        with open_store(home / "records.sqlite3") as store:
            return store.draft(1) == "What I meant to ask"

    one.until(true=drafted)
    one.child.kill(signal.SIGKILL)
    assert one.ended() == -signal.SIGKILL
    again = terminal()
    again.until("Continue: ", "c Continue")
    again.press("c")
    again.until("What I meant to ask", "Your turn")


def test_a_window_of_twenty_by_five(terminal):
    one = terminal(rows=5, columns=20)
    one.until("Please make this window larger.", "At least 40 by 10.")
    one.resize(24, 80)
    one.until("Welcome")
    one.press("escape")
    one.until("Whom would you like to talk with?")
    one.resize(5, 20)
    one.until("Please make this")
    assert all(len(line) <= 20 for line in one.screen.text.splitlines())
    one.press("ctrl+q")
    assert one.ended() == 0


def test_the_window_changes_size_while_the_mentor_thinks(terminal, home, tmp_path):
    gate = tmp_path / "gate"
    one = terminal(rows=40, columns=120, FAKE_GATE=str(gate))
    to_talk(one)
    one.press(OPEN, "enter")
    one.until("is listening")
    one.resize(20, 60)
    one.until("is listening")
    one.resize(5, 20)
    one.until("Please make this")
    gate.touch()
    one.until(true=lambda: talks(home)[0][1][0].reply is not None)
    one.resize(24, 80)
    one.until("Your turn")
    say(one, 2, BACK)


def test_a_hundred_thousand_characters_pasted(terminal, home):
    book = "so you said, and then? " * 4400
    one = terminal(rows=40, columns=120)
    to_talk(one)
    one.paste(book)
    one.until("and then?")
    one.press("enter")
    one.until("Your turn", "Turn 1", true=lambda: talks(home)[0][1][0].reply is not None)
    say(one, 2, "And then?")
    ((_, turns),) = talks(home)
    assert [turn.text for turn in turns] == [book, "And then?"]


def test_what_is_pasted_is_never_obeyed(terminal, home):
    hostile = "[b]So[/b] \u202eyou\u202c [@click=app.quit()]left[/] \U0001f469\u200d\U0001f680?"
    one = terminal()
    to_talk(one)
    one.paste(hostile)
    one.until("[@click=app.quit()]left[/]")
    say(one, 1)
    sent = len(one.screen.raw)
    one.resize(40, 120)  # all is drawn again
    one.until("[b]So[/b] \ufffdyou\ufffd [@click=app.quit()]left[/]", "Turn 1")
    assert "\u202e" not in one.screen.raw[sent:]
    ((_, turns),) = talks(home)
    assert [turn.text for turn in turns] == [hostile]


def grey(colour):
    return max(colour) - min(colour) <= 1


def test_without_colour_everything_is_still_said(terminal):
    plain, coloured = terminal(NO_COLOR="1"), terminal()
    for one in (plain, coloured):
        one.until("Welcome", "Look around first")
        one.press("escape")
        one.until("Whom would you like to talk with?", "None yet.")
    # Each draws at its own pace; in the end they say the same.
    coloured.until(true=lambda: plain.look() and plain.screen.text == coloured.screen.text)
    assert not all(map(grey, coloured.screen.colours))
    assert all(map(grey, plain.screen.colours))


def test_two_coaches_on_one_database(terminal, home):
    first, second = (terminal(rows=40) for _ in range(2))
    for one in (first, second):
        to_talk(one)
    for number, one in enumerate((first, second, first, second), start=1):
        say(one, (number + 1) // 2, f"What was it like, the {number}?")
    for one in (first, second):
        one.press("ctrl+q")
        assert one.ended() == 0
    said = sorted([turn.text[-2] for turn in turns] for _, turns in talks(home))
    assert said == [["1", "3"], ["2", "4"]]
