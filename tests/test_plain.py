"""Plain mode: a whole talk as lines of text, and the same talk as events."""

import io
import json
import re

import pytest

from coach.errors import BadInput, ExitCode, MissingModel, MissingPart, StorageError
from coach.plain import Options, practise
from coach.plain.keyboard import Keyboard
from coach.plain.lines import Lines, replayed_turns
from coach.plain.telling import JsonTeller, TextTeller
from coach.practice.memory import MemoryStore
from coach.practice.session import RATING_QUESTION
from tests.builders import a_scenario
from tests.fakes import FakeListener

ASK = "What was that first year like?"
REFLECT = "So you felt on your own in that year."


class Talk:
    """One run of plain practice and everything it said."""

    def __init__(self, *typed, tty=False, as_json=False, store=None, listener=None, **options):
        content = "".join(f"{line}\n" for line in typed) if typed else ""
        self.out, self.err, self.prompts = io.StringIO(), io.StringIO(), []
        self.teller = (
            JsonTeller(self.out, self.err) if as_json else TextTeller(self.out, numbers=False)
        )
        self.store = store or MemoryStore()
        lines = Lines(
            io.BytesIO(content.encode() if isinstance(content, str) else content),
            note=self.teller.note,
            prompt=self.prompts.append if tty else None,
            replayed=options.pop("replayed", ()),
        )
        self.code = practise(
            a_scenario(),
            listener or FakeListener(),
            self.store,
            lines=lines,
            teller=self.teller,
            options=Options(**options),
        )

    @property
    def text(self):
        return self.out.getvalue()

    @property
    def events(self):
        return [json.loads(line) for line in self.text.splitlines()]

    def said(self, name):
        return [event for event in self.events if event["event"] == name]


# ------------------------------------------------------------------ text


def test_every_line_says_who_speaks():
    talk = Talk(ASK, REFLECT)
    name = a_scenario().mentor.name
    roles = "Scenario: |Mentor: |Where: |Your part: |Your goal: |You: |Coach: |  "
    roles += f"|Mentor \\({name}\\): "
    spoken = [line for line in talk.text.splitlines() if line]
    assert all(re.match(roles, line) for line in spoken), spoken
    assert f"You: {ASK}" in spoken
    assert talk.code is ExitCode.DONE


def test_no_box_drawing_no_colour():
    talk = Talk(ASK, "/hint", REFLECT, "/again 1", ASK, "/finish", "4", "I listened.")
    assert not re.search("[\u2500-\u259f\x1b]", talk.text)


def test_the_card_quotes_and_says_why():
    talk = Talk("So you should just hire more people, right?")
    assert re.search(r"^Coach: (Worked|To try): ", talk.text, re.M)
    assert re.search(r"^  Why: ", talk.text, re.M)
    assert re.search(r'^  You said: "', talk.text, re.M)


def test_end_of_input_finishes_and_debriefs():
    talk = Talk(ASK, REFLECT, ASK)
    assert RATING_QUESTION in talk.text
    assert "Coach: Debrief." in talk.text
    head = talk.store.talk(1)
    assert head.ended is not None
    assert (head.own_rating, head.own_words) == (None, "")


def test_a_piped_rating_and_sentence_are_kept():
    talk = Talk(ASK, "/finish", "4", "I let her talk.")
    head = talk.store.talk(1)
    assert (head.own_rating, head.own_words) == (4, "I let her talk.")
    assert talk.code is ExitCode.DONE


def test_a_piped_line_that_is_no_rating_is_told_and_passed_over():
    talk = Talk(ASK, "/finish", "well enough")
    assert 'not taken: "well enough"' in talk.text
    assert talk.code is ExitCode.BAD_INPUT
    assert talk.store.talk(1).own_rating is None


def test_at_a_terminal_the_rating_is_asked_for_until_it_is_one():
    talk = Talk(ASK, "/finish", "9", "many", "5", "Fine.", "/numbers", "", tty=True)
    assert talk.text.count("A number from 1 to 5, please.") == 2
    assert talk.store.talk(1).own_rating == 5
    assert "Coach: Turns: 1" in talk.text
    assert talk.prompts[0] == "You: "
    assert f"You: {ASK}" not in talk.text  # it was typed there


def test_prompts_are_for_people_only():
    assert Talk(ASK).prompts == []
    assert Talk(ASK, tty=True).prompts


def test_the_mentors_goodbye_ends_the_talk():
    goodbye = a_scenario().farewells[0]
    talk = Talk(goodbye, "3")
    assert "The talk is over." in talk.text
    assert talk.store.talk(1).own_rating == 3


def test_at_a_terminal_a_goodbye_can_be_taken_back():
    goodbye = a_scenario().farewells[0]
    talk = Talk(goodbye, "/hint", "One more.", "/again", ASK, goodbye, "", "3", "", "", tty=True)
    assert [turn.text for turn in talk.store.turns(1)] == [goodbye, ASK, goodbye]
    assert talk.prompts.count("Enter looks back, /again takes your turn again: ") == 4
    assert talk.text.count("The talk is over.") == 2, "once for each goodbye"
    assert "The mentor has said goodbye" in talk.text
    assert "This talk is over: take an earlier turn again" in talk.text
    assert talk.store.talk(1).own_rating == 3


def test_a_finished_talk_cannot_be_taken_back():
    store = MemoryStore()
    goodbye = a_scenario().farewells[0]
    Talk(goodbye, "3", store=store)
    talk = Talk("", "", tty=True, store=store, resume=1)
    assert not any("/again" in prompt for prompt in talk.prompts)


def test_blank_lines_are_no_turns():
    talk = Talk("", "   ", ASK, "")
    assert len(talk.store.turns(1)) == 1
    assert talk.code is ExitCode.DONE


def test_a_backslash_goes_on_in_the_next_line():
    talk = Talk("So you were\\", "on your own\\", "that year.", ASK)
    assert [turn.text for turn in talk.store.turns(1)] == [
        "So you were\non your own\nthat year.",
        ASK,
    ]
    assert "You: So you were / on your own / that year." in talk.text


def test_bytes_that_are_no_utf8_are_told(monkeypatch):
    notes = []
    lines = Lines(io.BytesIO(b"caf\xe9?\n\xef\xbb\xbfok\n"), note=notes.append)
    assert lines.next("") == "caf\ufffd?"
    assert "Line 1 was not UTF-8" in notes[0]
    lines = Lines(io.BytesIO(b"\xef\xbb\xbfHow?\r\nwho\xef\xbf\xbd\n"), note=notes.append)
    assert [lines.next(""), lines.next(""), lines.next("")] == ["How?", "who\ufffd", None]
    assert len(notes) == 1


def test_control_characters_are_not_passed_to_the_terminal():
    talk = Talk("What \x1b[31m was \x07 it [bold]like[/bold]?\x00")
    assert "\x1b" not in talk.text
    assert "\x07" not in talk.text
    assert "[bold]like[/bold]" in talk.text


# ------------------------------------------------------------------ commands


def test_again_compares_and_goes_on_from_there():
    talk = Talk(ASK, REFLECT, "/again 1", "Why did you start here?")
    assert "Coach: Turn 1 again." in talk.text
    assert "Coach: Before and after, turn 1:" in talk.text
    assert f'  Before: "{ASK}"' in talk.text
    turns = talk.store.turns(1)
    assert [(turn.number, turn.attempt) for turn in turns] == [(1, 1), (2, 1), (1, 2)]


def test_again_without_a_number_takes_the_last_turn():
    talk = Talk(ASK, REFLECT, "/again", ASK)
    assert "Coach: Turn 2 again." in talk.text


def test_cancel_leaves_it_as_it_was():
    talk = Talk(ASK, REFLECT, "/again 1", "/cancel", ASK)
    assert [turn.number for turn in talk.store.turns(1)] == [1, 2, 3]


def test_hints_go_further_and_can_be_off():
    talk = Talk("/hint", "/hint", "/hint", hint_level=2)
    assert [int(n) for n in re.findall(r"Coach: Hint (\d):", talk.text)] == [1, 2, 2]
    assert "Hints are turned off" in Talk("/hint", hint_level=0).text


def test_card_numbers_help_and_pause():
    talk = Talk("/card", ASK, "/numbers", "/card", "/help", "/pause", "never read")
    assert "There is no card yet" in talk.text
    assert "Numbers are on." in talk.text
    assert talk.text.count("Coach: Question: open") == 2
    assert "/again 3" in talk.text
    assert "The talk is kept." in talk.text
    assert talk.store.talk(1).ended is None
    assert len(talk.store.turns(1)) == 1
    assert "Debrief" not in talk.text


@pytest.mark.parametrize(
    ("command", "words"),
    [("/again 7", "no turn"), ("/again x", "takes the number"), ("/again", "no turn to take")],
)
def test_bad_commands_in_a_pipe_are_told_and_the_talk_goes_on(command, words):
    talk = Talk(command, ASK)
    assert words in talk.text
    assert talk.code is ExitCode.BAD_INPUT
    assert len(talk.store.turns(1)) == 1


def test_a_slash_is_a_turn_in_a_pipe_and_a_slip_at_a_terminal():
    assert Talk("/hnit").store.turns(1)[0].text == "/hnit"
    talk = Talk("/hnit", "//hint is what I said", tty=True)
    assert "There is no command /hnit" in talk.text
    assert [turn.text for turn in talk.store.turns(1)] == ["/hint is what I said"]


def test_a_misspelt_command_with_a_number_is_no_turn():
    talk = Talk(ASK, "/agian 1", "/I said that aloud", tty=True)
    assert "There is no command /agian" in talk.text
    assert [turn.text for turn in talk.store.turns(1)] == [ASK, "/I said that aloud"]


def test_numbers_from_the_start_show_figures_in_the_debrief():
    talk = Talk("/numbers", ASK, REFLECT, ASK)
    assert re.search(r"^Coach: Reflections to questions: 1 to 2", talk.text, re.M)
    assert "1 to 1 is called fair, 2 to 1 good" in talk.text


# ------------------------------------------------------------------ when things go wrong


class Flaky(FakeListener):
    """Cannot read until it has been asked ``fails`` times."""

    def __init__(self, fails, error=None):
        super().__init__()
        self.fails = fails
        self.kind = error or MissingPart("The models are gone.")

    def read(self, context, text):
        if self.fails:
            self.fails -= 1
            raise self.kind
        return super().read(context, text)


def test_a_turn_that_cannot_be_read_is_kept_and_read_again():
    talk = Talk(ASK, "/retry", "/retry", tty=True, listener=Flaky(1))
    assert "Problem: The models are gone." in talk.text
    assert "/retry has them read again" in talk.text
    assert "Every turn has been read." in talk.text
    [turn] = talk.store.turns(1)
    assert turn.reply is not None


def test_in_a_pipe_lost_models_end_the_talk_with_the_turn_kept():
    store = MemoryStore()
    with pytest.raises(MissingPart, match="Turn 1 is kept but was not read"):
        Talk(ASK, REFLECT, listener=Flaky(9, MissingModel("No weights.")), store=store)
    [turn] = store.turns(1)
    assert turn.text == ASK
    assert store.talk(1).ended is None


def test_a_full_disk_is_told_at_a_terminal_and_raised_in_a_pipe():
    class Full(MemoryStore):
        def add_turn(self, *_args, **_kwargs):
            raise StorageError("The disk is full; free some space.")

    assert "The disk is full" in Talk(ASK, tty=True, store=Full()).text
    with pytest.raises(StorageError):
        Talk(ASK, store=Full())


def test_resumes_with_everything_said_before():
    store = MemoryStore()
    Talk(ASK, "/pause", store=store)
    store.save_draft(1, "half a li")
    talk = Talk(REFLECT, "/pause", store=store, resume=1)
    assert "taken up again" in talk.text
    assert f"You: {ASK}" in talk.text
    assert 'You were typing: "half a li"' in talk.text
    assert [turn.number for turn in store.turns(1)] == [1, 2]


def test_resumes_an_unread_turn_by_reading_it():
    store = MemoryStore()
    Talk(ASK, "/pause", tty=True, store=store, listener=Flaky(1))
    talk = Talk("/pause", store=store, resume=1, as_json=True)
    assert [event["text"] for event in talk.said("turn_read")] == [ASK]


def test_in_a_pipe_a_resumed_turn_that_stays_unread_ends_the_talk():
    store = MemoryStore()
    Talk(ASK, "/pause", tty=True, store=store, listener=Flaky(1))
    with pytest.raises(MissingPart, match="Turn 1 is kept but was not read"):
        Talk(store=store, listener=Flaky(9), resume=1)
    assert store.talk(1).ended is None


@pytest.mark.parametrize("typed", [[], [b"4\n", b"Fine.\n"]])
def test_leaving_after_the_end_says_that_the_talk_is_over(typed):
    class Leaving(io.BytesIO):
        def readline(self, *args):
            line = super().readline(*args)
            if not line:
                raise KeyboardInterrupt
            return line

    store, teller = MemoryStore(), TextTeller(io.StringIO())
    typed = Leaving(b"".join([f"{ASK}\n/finish\n".encode(), *typed]))
    lines = Lines(typed, note=teller.note, prompt=lambda _words: None)
    with pytest.raises(KeyboardInterrupt, match="The talk is over and kept"):
        practise(a_scenario(), FakeListener(), store, lines=lines, teller=teller, options=Options())
    assert store.talk(1).debrief is not None


# ------------------------------------------------------------------ events


def test_json_is_one_event_a_line_and_nothing_else():
    talk = Talk(ASK, REFLECT, "", as_json=True)
    assert [event["event"] for event in talk.events] == [
        "talk_started",
        "mentor_said",
        *["turn_taken", "turn_read", "card", "mentor_said"] * 2,
        "rating_asked",
        "debrief",
    ]
    assert all(list(event)[0] == "event" for event in talk.events)


def test_json_readings_are_those_of_the_listener():
    talk = Talk(ASK, REFLECT, as_json=True)
    for event in talk.said("turn_read"):
        expected = FakeListener().read(event["context"], event["text"]).to_json()
        assert event["reading"] == expected


def test_json_notes_go_to_stderr():
    talk = Talk("/help", "/again 4", ASK, as_json=True)
    assert "/hint gives a hint" in talk.err.getvalue()
    assert "There is no turn" in talk.err.getvalue()
    assert len(talk.said("turn_taken")) == 1


def test_json_events_are_there_before_the_next_line_is_read():
    out, seen = io.StringIO(), []

    class Watched(io.BytesIO):
        def readline(self, *args):
            seen.append(out.getvalue().count('"event": "card"'))
            return super().readline(*args)

    teller = JsonTeller(out, io.StringIO())
    practise(
        a_scenario(),
        FakeListener(),
        MemoryStore(),
        lines=Lines(Watched(f"{ASK}\n{REFLECT}\n".encode()), note=teller.note),
        teller=teller,
        options=Options(),
    )
    assert seen[:3] == [0, 1, 2]


def test_same_seed_same_words_same_talk():
    first, second = (Talk(ASK, REFLECT, ASK, as_json=True, seed=5) for _ in range(2))
    assert first.text == second.text


# ------------------------------------------------------------------ replay


def test_replays_its_own_events(tmp_path):
    before = Talk(ASK, REFLECT, "/again 2", "So it was\\", "hard.", as_json=True)
    path = tmp_path / "talk.jsonl"
    path.write_text(before.text)
    assert replayed_turns(path) == [ASK, "So it was\nhard."]
    after = Talk(as_json=True, replayed=replayed_turns(path))
    assert [event["text"] for event in after.said("turn_taken")] == [ASK, "So it was\nhard."]


def test_replays_the_branch_its_events_ended_on(tmp_path):
    before = Talk(ASK, REFLECT, "Why?", "/again 1", "How did it begin?", "And then?", as_json=True)
    path = tmp_path / "talk.jsonl"
    path.write_text(before.text)
    assert replayed_turns(path) == ["How did it begin?", "And then?"]


@pytest.mark.parametrize(
    ("content", "turns"),
    [
        ("How?\n\nSo \\\nit was.\r\n/finish\n4\n", ["How?", "So \nit was.", "/finish", "4"]),
        ('{"id": "a", "text": "How?"}\n{"id": "b", "text": "Why?"}', ["How?", "Why?"]),
        (
            '{"turns": [{"text": "a", "current": false}, {"text": "b", "current": true}]}',
            ["b"],
        ),
        ("{not json\nHow?", ["{not json", "How?"]),
        ("\ufeffHow?", ["How?"]),
    ],
)
def test_files_to_replay(tmp_path, content, turns):
    path = tmp_path / "turns"
    path.write_bytes(content.encode())
    assert replayed_turns(path) == turns


def test_files_that_cannot_be_replayed(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        replayed_turns(tmp_path / "nothing")


@pytest.mark.parametrize("odd", ['{"turns": ["hello"]}', '{"turn": [1], "text": "hello"}'])
def test_an_odd_file_to_replay_is_no_crash(tmp_path, odd):
    path = tmp_path / "odd.json"
    path.write_text(odd)
    try:
        assert replayed_turns(path) == ["hello"]
    except BadInput as problem:
        assert "no turn in this file" in str(problem)
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(BadInput, match="no turn in this file"):
        replayed_turns(tmp_path / "empty")


def test_the_keyboard_takes_any_bytes_and_ends(monkeypatch):
    typed = io.TextIOWrapper(io.BytesIO(b"How?\ncaf\xe9\n"), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", typed)
    keyboard, notes = Keyboard(), []
    lines = Lines(keyboard, note=notes.append, prompt=keyboard.prompt)
    assert [lines.next("You: ") for _ in range(3)] == ["How?", "caf\ufffd", None]
    assert len(notes) == 1
