"""What nobody should type, paste, save or unplug: one clear sentence, the right code, no loss.

Single parts have their own tests of this (the records' troubles, bad rows, bad settings); here
the real command meets it whole.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from coach import paths
from coach.cli import app, batch, talk
from coach.errors import BadInput, CoachError
from coach.mentor.library import load_scenario
from coach.practice.session import Session
from coach.practice.typed import kept_turn
from coach.records import open_store
from coach.records.export import export_talk
from coach.settings import load_settings
from tests.coach_command import FAKE, coach, environment, lines_of, one_sentence
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario
from tests.records_scene import whole_talk

ASK = "What was that first year like?"
REFLECT = "So you felt on your own in that year."

CAPABILITY_DROP = 24
"""prctl's PR_CAPBSET_DROP."""
OVERRIDES = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: with them root writes where nobody may."""


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def turns_kept(home):
    """The learner's words on record, talk by talk, oldest first."""
    with open_store(home / "records.sqlite3") as store:
        talks = sorted(store.history(), key=lambda talk: talk.id)
        return [[turn.text for turn in store.turns(talk.id)] for talk in talks]


# ------------------------------------------------------------------ words

BOOKS = (
    "so you said, and then? ",
    "so you said, and then ",
    "a, ",
    "? ",
    "- ",
    "it sounds like ",
    "x",
    "(",
    "\u05e9 ",
    "\U0001f600",
)


def test_a_hundred_thousand_characters_of_anything(home):
    books = [(line * 100_000)[:100_000] for line in BOOKS]
    # A turn of blanks alone is none, so the blank one ends in words.
    books.append(" " * 99_990 + "how so?")
    typed = "\n".join(books) + "\n"
    # Seconds are enough; what grows with the square of a turn's length needs minutes.
    done = coach("practice", "--json", home=home, typed=typed, module=FAKE, patience=30)
    assert (done.returncode, done.stderr) == (0, "")
    told = lines_of(done.stdout)
    assert [event["text"] for event in told if event["event"] == "turn_taken"] == books
    assert sum(event["event"] == "card" for event in told) == len(books)
    assert told[-1]["event"] == "debrief"
    assert turns_kept(home) == [books]


def told_in_process(home, path):
    """Replay a file of turns through the whole command, with records, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(home))
        patch.setattr(talk, "make_listener", lambda _settings: FakeListener())
        patch.setattr(batch, "batch_listener", FakeListener)
        replayed = CliRunner().invoke(app, ["practice", "--json", "--replay", str(path)])
        scored = CliRunner().invoke(app, ["score", str(path)])
        exported = {
            form: CliRunner().invoke(app, ["export", "last", "--format", form])
            for form in ("md", "html", "json")
        }
    return replayed, scored, exported


def sayable(text):
    with suppress(BadInput):
        return kept_turn(text)
    return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60).filter(bool), min_size=1, max_size=6))
@example(["k", "\x1b[31m\x07\x00", "[/] [b", "\u202e\u05e9\u202c", "\U0001f469\u200d\U0001f680"])
@example(["/pause", "//finish", "/", "\\", "\n", "\x85\u2028x", "Wie war das?"])
def test_any_words_are_taken_read_kept_and_exported(tmp_path_factory, texts):
    home = tmp_path_factory.mktemp("any") / "home"
    home.mkdir()
    path = home / "turns.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    replayed, scored, exported = told_in_process(home, path)
    good = [clean for text in texts if (clean := sayable(text)) is not None]
    told = lines_of(replayed.stdout)
    assert [event["text"] for event in told if event["event"] == "turn_taken"] == good
    assert sum(event["event"] == "card" for event in told) == len(good)
    assert told[-1]["event"] == "debrief"
    # What a reader cannot see is refused in words, and blank lines are no turns at all.
    refused = [text for text in texts if sayable(text) is None and text.strip()]
    assert replayed.exit_code == (1 if refused else 0)
    assert replayed.stderr.count("There is nothing in this turn yet") == len(refused)
    assert [turn["text"] for turn in json.loads(exported["json"].stdout)["turns"]] == good
    for form, done in exported.items():
        assert done.exit_code == 0
        disturbing = [c for c in "\x00\x07\x1b\u202e" if c in done.stdout]
        assert not disturbing or (form, disturbing) == ("json", ["\u202e"])
    assert scored.exit_code == 0
    assert len(lines_of(scored.stdout)) == len(texts)


def test_a_talk_replayed_from_its_export_says_what_was_said(home):
    said = [ASK, "//pause is what I said", "/hint", "//", "and\\", "two lines"]
    coach("practice", "--json", "--seed", 1, home=home, typed="\n".join(said), module=FAKE)
    ((*first,),) = turns_kept(home)
    assert first == [ASK, "/pause is what I said", "/", "and\ntwo lines"]
    file = home / "talk.json"
    file.write_text(coach("export", "last", "--format", "json", home=home).stdout)
    coach("practice", "--json", "--seed", 1, "--replay", file, home=home, module=FAKE)
    assert turns_kept(home) == [first, first]


# ------------------------------------------------------------------ weights


@pytest.fixture
def some_models(tmp_path):
    """The shipped models, linked file by file so that one can be taken away or spoilt."""
    folder = tmp_path / "models"
    shutil.copytree(paths.models_dir(), folder, copy_function=os.symlink)
    return folder


def spoil(path):
    """Cut a file in half, as a broken download does."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


def away(path):
    shutil.rmtree(path) if path.is_dir() else path.unlink()


BROKEN = [
    (away, "english"),
    (away, "listening"),
    (away, "listening/listening.safetensors"),
    (spoil, "listening/listening.safetensors"),
    (spoil, "listening/config.json"),
    (spoil, "english/parser/model"),
    (spoil, "english/config.cfg"),
    (spoil, "english/vocab/strings.json"),
]


@pytest.mark.parametrize(("harm", "part"), BROKEN, ids=[f"{h.__name__} {p}" for h, p in BROKEN])
def test_broken_weights_are_exit_code_3_and_one_sentence(
    some_models, home, tmp_path, monkeypatch, harm, part
):
    harm(some_models / part)
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("COACH_MODELS", str(some_models))
    turns, out = tmp_path / "turns.jsonl", tmp_path / "out.jsonl"
    turns.write_text(json.dumps({"text": ASK}))
    out.write_text("what was there before")
    done = CliRunner().invoke(app, ["score", str(turns), "-o", str(out)])
    assert (done.exit_code, done.stdout) == (3, "")
    assert str(some_models) in done.stderr
    one_sentence(done.stderr)
    assert out.read_text() == "what was there before"


def test_broken_weights_in_a_talk_lose_nothing_said(some_models, home):
    spoil(some_models / "english/parser/model")
    typed = f"{ASK}\n{REFLECT}\n"
    done = coach("practice", "--plain", home=home, typed=typed, COACH_MODELS=str(some_models))
    assert done.returncode == 3
    one_sentence(done.stderr, "Turn 1 is kept but was not read", str(some_models))
    assert "Traceback" not in done.stdout
    assert turns_kept(home) == [[ASK]]
    # Mended, the talk goes on: the kept turn is read, and the rest can be said.
    done = coach("practice", "--json", "--resume", home=home, typed=REFLECT, module=FAKE)
    read = [event["text"] for event in lines_of(done.stdout) if event["event"] == "turn_read"]
    assert (done.returncode, read) == (0, [ASK, REFLECT])


# ------------------------------------------------------------------ files


def test_a_corrupt_scenario_is_refused_and_stops_no_other(home):
    own = home / "scenarios"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_bytes(b"id: mine\n\xff\xfe\x00")
    asked = coach("practice", "--scenario", "mine", home=home, typed=ASK, module=FAKE)
    assert (asked.returncode, asked.stdout) == (1, "")
    one_sentence(asked.stderr, "mine.yaml:2", "UTF-8")
    any_other = coach("practice", "--json", home=home, typed=ASK, module=FAKE)
    assert any_other.returncode == 0
    one_sentence(any_other.stderr, "mine.yaml:2")
    assert lines_of(any_other.stdout)[-1]["event"] == "debrief"


SHIPPED = sorted(paths.scenarios_dir().glob("*.yaml"))


@st.composite
def spoilt(draw, whole):
    """Bytes with a part overwritten, cut out or said twice."""
    start = draw(st.integers(0, len(whole) - 1))
    end = min(len(whole), start + draw(st.integers(0, 400)))
    middle = draw(st.one_of(st.binary(max_size=60), st.just(whole[start:end] * 2)))
    return whole[:start] + middle + whole[end:]


@settings(max_examples=40, deadline=None)
@given(spoilt(SHIPPED[0].read_bytes()))
def test_a_spoilt_scenario_is_used_or_refused_in_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("spoilt") / SHIPPED[0].name
    path.write_bytes(content)
    with suppress(BadInput):
        try:
            load_scenario(path)
        except BadInput as refused:
            assert str(path) in str(refused)
            assert "\n" not in str(refused)
            raise


SETTINGS = b'# mine\nlearner = "Ama"\nhint_level = 1\nnumbers = true\n\ntheme = "nord"\n'


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=80), spoilt(SETTINGS)))
@example(b"learner = [[[[[[" * 2000)
@example(b"hint_level = 1e999")
@example(b"learner = 1979-05-27T07:32:00Z")
def test_spoilt_settings_are_used_or_refused_in_a_sentence(tmp_path_factory, content):
    home = tmp_path_factory.mktemp("spoilt")
    (home / "settings.toml").write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COACH_HOME", str(home))
        try:
            load_settings()
        except BadInput as refused:
            assert str(home / "settings.toml") in str(refused)
            assert "\n" not in str(refused).strip()
            assert len(str(refused)) < 600


@pytest.mark.parametrize(
    "command", [["practice", "--json"], ["history"], ["export", "last"], ["erase", "--yes"]]
)
def test_corrupt_settings_stop_every_command_that_needs_them(home, command):
    home.mkdir()
    (home / "settings.toml").write_text('database_url = "sqlite:///elsewhere\n')
    done = coach(*command, home=home, typed=ASK, module=FAKE)
    assert (done.returncode, done.stdout) == (1, "")
    one_sentence(done.stderr, "settings.toml:1: this is not TOML")
    assert [entry.name for entry in home.iterdir()] == ["settings.toml"]


def test_a_home_that_is_not_there_is_no_full_disk():
    done = coach("scenarios", "new", "mine", home=Path("/proc/nothere"))
    assert (done.returncode, done.stdout) == (3, "")
    one_sentence(done.stderr, "/proc/nothere cannot be used", "check that it is there")


# ------------------------------------------------------------------ records


@pytest.mark.parametrize(
    "command",
    [["practice", "--json"], ["history"], ["export", "last"], ["erase", "--learner", "A", "--yes"]],
)
def test_a_corrupt_database_stops_every_command_and_is_left_alone(home, command):
    home.mkdir()
    file = home / "records.sqlite3"
    file.write_bytes(b"SQLite format 3\x00" + b"but nothing like it. " * 400)
    before = file.read_bytes()
    done = coach(*command, home=home, typed=ASK, module=FAKE)
    assert (done.returncode, done.stdout) == (3, "")
    one_sentence(done.stderr, "records.sqlite3", "damaged", "Nothing was deleted")
    assert file.read_bytes() == before


@cache
def sound():
    """The bytes of records with one whole talk in them."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "records.sqlite3")
        with open_store(file) as store:
            whole_talk(store)
        return file.read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_database_fails_in_words_or_not_at_all(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("damaged") / "records.sqlite3"
    whole = sound()
    start = data.draw(st.integers(0, len(whole) - 1))
    harm = data.draw(st.binary(min_size=1, max_size=4000))
    file.write_bytes(whole[:start] + harm + whole[start + len(harm) :])
    try:
        with open_store(file) as store:
            for head in store.history(search="a"):
                for form in ("md", "html", "json"):
                    export_talk(store, head.id, form)
            session = Session.start(a_scenario(), FakeListener(), store)
            list(session.take_turn(ASK))
            list(session.debrief(3, "Fine."))
    except CoachError as told:
        assert str(told).count("\n") == 0
        assert len(str(told)) < 800


# ------------------------------------------------------------------ disks


def without_privileges():
    """In the new process, let even root obey the rights of files."""
    for capability in OVERRIDES:
        ctypes.CDLL(None).prctl(CAPABILITY_DROP, capability, 0, 0, 0)


def obeys_rights(folder):
    """Whether a process as started here is kept from writing into a folder."""
    code = "import sys, pathlib; pathlib.Path(sys.argv[1], 'probe').touch()"
    tried = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(tried, capture_output=True, preexec_fn=without_privileges).returncode != 0


@pytest.fixture
def locked(home):
    """A home with a talk in it that can be read and not written."""
    coach("practice", "--json", home=home, typed=f"{ASK}\n/pause\n", module=FAKE)
    home.chmod(0o500)
    for entry in home.iterdir():
        entry.chmod(0o400)
    if not obeys_rights(home):
        home.chmod(0o700)
        pytest.skip("this user may write anywhere")
    yield home
    home.chmod(0o700)


@pytest.mark.parametrize("option", ["--json", "--resume"])
def test_a_read_only_home(locked, option):
    done = coach(
        "practice", option, home=locked, typed=REFLECT, module=FAKE, before=without_privileges
    )
    assert done.returncode == 3
    one_sentence(done.stderr, str(locked))
    locked.chmod(0o700)
    (locked / "records.sqlite3").chmod(0o600)
    assert turns_kept(locked) == [[ASK]]


def test_a_home_that_cannot_be_made(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if not obeys_rights(closed):
        pytest.skip("this user may write anywhere")
    done = coach(
        "practice", home=closed / "home", typed=ASK, module=FAKE, before=without_privileges
    )
    assert done.returncode == 3
    one_sentence(done.stderr, str(closed), "COACH_HOME", "without history")
    kept_nowhere = coach(
        "practice", "--no-history", home=closed / "home", typed=ASK, module=FAKE,
        before=without_privileges,
    )  # fmt: skip
    assert (kept_nowhere.returncode, kept_nowhere.stderr) == (0, "")
    assert "Coach: Debrief." in kept_nowhere.stdout


def test_a_scenario_that_may_not_be_read(tmp_path, home):
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine")
    path.chmod(0o000)
    done = coach("scenarios", "check", path, "--quick", home=home, before=without_privileges)
    if "is missing" in done.stdout:
        pytest.skip("this user may read anything")
    assert done.returncode == 1
    assert done.stdout.startswith(f"{path}: This file cannot be read (Permission denied).")


def small_disk():
    """In the new process, let no file grow beyond 400 kB, as if the disk ended there."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


def test_a_disk_that_fills_in_mid_talk_keeps_what_was_said(home):
    book = "so you said that, and what then? " * 15_000
    done = coach(
        "practice", "--json", home=home, typed=f"{ASK}\n{book}\n{REFLECT}\n", module=FAKE,
        before=small_disk,
    )  # fmt: skip
    assert done.returncode == 3
    one_sentence(done.stderr, str(home), "disk")
    assert turns_kept(home) == [[ASK]]
    # There is room again: the talk is offered, and goes on where it was.
    done = coach("practice", "--json", "--resume", home=home, typed=f"{book}\n", module=FAKE)
    assert done.returncode == 0
    assert turns_kept(home) == [[ASK, book]]


@pytest.mark.parametrize("arguments", [["practice"], ["practice", "--json"], ["history"]])
def test_a_full_disk_behind_standard_output(home, arguments):
    coach("practice", home=home, typed=f"{ASK}\n/pause\n", module=FAKE)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", FAKE, *arguments],
            input=REFLECT.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(home),
            timeout=120,
        )
    assert done.returncode == 3
    one_sentence(done.stderr.decode(), "No space left on device", "free some space")


def test_an_export_onto_a_full_disk(home):
    coach("practice", home=home, typed=f"{ASK}\n", module=FAKE)
    done = coach("export", "last", "-o", "/dev/full", home=home)
    assert (done.returncode, done.stdout) == (3, "")
    one_sentence(done.stderr, "/dev/full", "No space left on device")


# ------------------------------------------------------------------ two at once


def test_two_coaches_on_one_database(home):
    """Both begin on a machine without records, at the same time."""
    both = [
        subprocess.Popen(
            [sys.executable, "-m", FAKE, "practice", "--json", "--learner", who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(home),
        )
        for who in ("Ama", "Ben")
    ]
    for number in range(1, 11):
        for who, one in zip("AB", both, strict=True):
            one.stdin.write(f"What was it like, {who}{number}?\n".encode())
            one.stdin.flush()
    for one in both:
        told, complaint = one.communicate(timeout=120)
        assert (one.returncode, complaint) == (0, b"")
        assert lines_of(told.decode())[-1]["event"] == "debrief"
    said = sorted(turns_kept(home))
    assert said == [[f"What was it like, {who}{n}?" for n in range(1, 11)] for who in "AB"]


def test_two_coaches_in_one_talk_lose_neither_ones_words(home):
    file = home / "records.sqlite3"
    with open_store(file) as one, open_store(file) as other:
        here = Session.start(a_scenario(), FakeListener(), one)
        there = Session.resume(here.talk.id, a_scenario(), FakeListener(), other)
        list(here.take_turn(ASK))
        list(there.take_turn(REFLECT))
        list(here.take_turn("How did it go on?"))
        list(there.take_turn("So it went on."))
        kept_there = {turn.text for turn in one.turns(here.talk.id)}
    assert kept_there == {ASK, REFLECT, "How did it go on?", "So it went on."}
    with open_store(file) as store:
        again = Session.resume(1, a_scenario(), FakeListener(), store)
        assert [event.event for event in again.opening()].count("card") == 2
        assert "card" in [event.event for event in again.take_turn("And now?")]
