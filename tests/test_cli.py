"""The command line: what goes to stdout and stderr, what is written, and the exit codes."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from types import ModuleType

import pexpect
import pytest
from typer.testing import CliRunner

import coach
from coach.cli import app, batch, checks, inventory, output, talk
from coach.cli.batch import batch_listener
from coach.errors import MissingModel, StorageError
from coach.mentor import library as mentor_library
from coach.mentor.template import template
from coach.records import migrate, open_store
from coach.training.evaluate import SUITES
from coach.tui.bindings import all_bindings
from tests.fakes import FakeListener

ASK = "What was that first year like?"
REFLECT = "So you felt on your own in that year."
FAKE = ["-m", "tests.fake_coach"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith("COACH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(talk, "make_listener", lambda _settings: FakeListener())
    monkeypatch.setattr(batch, "batch_listener", FakeListener)
    return tmp_path / "home"


def run(*arguments, typed=""):
    return CliRunner().invoke(app, [str(word) for word in arguments], input=typed)


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def spoken(*turns):
    return "".join(f"{turn}\n" for turn in turns)


# ------------------------------------------------------------------ the whole


def test_version_and_help():
    assert run("--version").stdout == f"coach {coach.__version__}\n"
    assert metadata.version("listening-coach") == coach.__version__
    shown = run("--help")
    assert shown.exit_code == 0
    commands = "practice score scenarios eval models export history erase doctor keys where"
    for command in commands.split():
        assert f"\n  {command} " in shown.stdout
        assert run(command, "--help").exit_code == 0


@pytest.mark.parametrize("group", [[], ["scenarios"]])
def test_help_says_what_a_command_does_in_one_whole_line(group, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    commands = run(*group, "--help").stdout.split("Commands:\n")[1].splitlines()
    assert len(commands) > 4
    assert all(re.fullmatch(r"  [a-z]+ +[A-Z].*[^.]\.", line) for line in commands)


@pytest.mark.parametrize(
    "wrong",
    [
        ["nonsense"],
        ["score"],
        ["practice", "--seed", "x"],
        ["score", "a.jsonl", "--format", "xml"],
        ["score", __file__],
        ["practice", "--resume", "--no-history"],
        ["erase"],
        ["erase", "--learner", "a", "--everything", "--yes"],
        ["scenarios", "new", "Not An Id"],
    ],
)
def test_wrong_use_is_exit_code_2(wrong):
    done = run(*wrong)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr


def test_bad_settings_stop_a_command_in_one_sentence(home):
    home.mkdir()
    (home / "settings.toml").write_text("them = 1\n")
    done = run("practice", "--plain", typed=ASK)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "settings.toml:1: there is no setting 'them'; did you mean 'theme'?" in done.stderr


def test_python_dash_m_and_a_closed_pipe(tmp_path):
    path = tmp_path / "turns.jsonl"
    path.write_text('{"text": "How so?"}\n' * 5000)
    process = subprocess.Popen(
        [sys.executable, *FAKE, "score", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert json.loads(process.stdout.readline())["id"] == "t1"
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141
    done = subprocess.run([sys.executable, "-m", "coach", "--version"], capture_output=True)
    assert done.stdout.startswith(b"coach ")


# ------------------------------------------------------------------ practice


def test_practice_without_a_terminal_is_plain_and_takes_the_first_scenario():
    done = run(typed=spoken(ASK, REFLECT))
    assert done.exit_code == 0
    assert "\nMentor (" in done.stdout
    assert f"\nYou: {ASK}\n" in done.stdout
    assert "Coach: Debrief." in done.stdout


def test_practice_json_gives_the_readings_of_score(tmp_path):
    turns = [ASK, REFLECT, "Did it hurt?", "I see.", "So you should have left, no?"]
    done = run("practice", "--plain", "--json", "--seed", 3, typed=spoken(*turns))
    read = [event for event in lines_of(done.stdout) if event["event"] == "turn_read"]
    assert [event["text"] for event in read] == turns
    path = tmp_path / "turns.jsonl"
    rows = [
        {"id": str(event["turn"]), "context": event["context"], "text": event["text"]}
        for event in read
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    scored = lines_of(run("score", path).stdout)
    for event, reading in zip(read, scored, strict=True):
        assert {**event["reading"], "id": reading["id"]} == reading


def test_same_seed_same_talk_and_a_seed_of_its_own_is_told():
    first, second = (
        lines_of(run("practice", "--json", "--seed", 4, "--no-history", typed=spoken(ASK)).stdout)
        for _ in range(2)
    )
    assert first == second
    assert isinstance(lines_of(run("practice", "--json").stdout)[0]["seed"], int)


def test_practice_is_kept_and_resumed_and_replayed(tmp_path):
    run("practice", "--learner", "Ama", typed=spoken(ASK, "/pause"))
    store = open_store()
    [head] = store.unfinished("Ama")
    done = run("practice", "--learner", "Ama", "--resume", "--json", typed=spoken(REFLECT))
    events = lines_of(done.stdout)
    assert (events[0]["talk"], events[0]["resumed"]) == (head.id, True)
    assert [e["text"] for e in events if e["event"] == "turn_taken"] == [ASK, REFLECT]
    assert store.unfinished("Ama") == []
    again = run("practice", "--learner", "Ama", "--resume")
    assert (again.exit_code, "no unfinished talk" in again.stderr) == (1, True)
    path = tmp_path / "talk.json"
    path.write_text(run("export", head.id, "--format", "json").stdout)
    replayed = lines_of(run("practice", "--json", "--replay", path, "--seed", 1).stdout)
    assert [e["text"] for e in replayed if e["event"] == "turn_taken"] == [ASK, REFLECT]
    store.close()


def test_a_talk_begun_with_a_file_is_resumed_with_it(tmp_path):
    path = tmp_path / "draft.yaml"
    path.write_text(template("my-talk"))
    run("practice", "--scenario", path, typed=spoken(ASK, "/pause"))
    lost = run("practice", "--resume", typed=spoken(REFLECT))
    assert (lost.exit_code, lost.stdout) == (1, "")
    assert "There is no scenario 'my-talk'" in lost.stderr
    assert "begun with a file, give it: --resume --scenario FILE" in lost.stderr
    other = run("practice", "--resume", "--scenario", "librarian", typed=spoken(REFLECT))
    assert "no unfinished talk to resume with the scenario 'librarian'" in other.stderr
    done = run("practice", "--json", "--resume", "--scenario", path, typed=spoken(REFLECT))
    told = lines_of(done.stdout)
    assert [e["text"] for e in told if e["event"] == "turn_taken"] == [ASK, REFLECT]


def test_the_app_resumes_a_talk_begun_with_a_file(tmp_path, monkeypatch):
    path = tmp_path / "draft.yaml"
    path.write_text(template("my-talk"))
    run("practice", "--scenario", path, typed=spoken(ASK, "/pause"))
    opened = []
    monkeypatch.setattr(talk, "_has_screen", lambda: True)
    monkeypatch.setattr("coach.tui.app.CoachApp.run", lambda app: opened.append(app))
    assert run("practice", "--resume", "--scenario", path).exit_code == 0
    [asked] = opened
    assert (asked.first_talk, asked.first_scenario) == (1, str(path))


def test_no_history_writes_nothing(home):
    done = run("practice", "--no-history", typed=spoken(ASK, "/finish", "3", "Fine."))
    assert done.exit_code == 0
    assert not home.exists()
    left = run("practice", "--no-history", typed=spoken(ASK, "/pause"))
    assert "nothing of it is kept" in left.stdout


def test_an_unknown_scenario_names_the_nearest():
    known = run("scenarios", "list").stdout.split()[0]
    done = run("practice", "--scenario", f"{known}x", typed=spoken(ASK))
    assert done.exit_code == 1
    assert f"Did you mean '{known}'?" in done.stderr


def test_missing_models_are_exit_code_3_with_the_turn_kept(monkeypatch):
    error = MissingModel("The weights are not there; run `make practice`.")
    monkeypatch.setattr(talk, "make_listener", lambda _settings: FakeListener(error))
    done = run("practice", typed=spoken(ASK))
    assert done.exit_code == 3
    assert "coach: Turn 1 is kept but was not read: The weights" in done.stderr
    store = open_store()
    assert [turn.text for turn in store.turns(store.unfinished()[0].id)] == [ASK]
    store.close()


def test_the_listener_is_closed_whatever_happens(monkeypatch):
    made = []

    def make(_settings):
        made.append(FakeListener())
        return made[-1]

    monkeypatch.setattr(talk, "make_listener", make)
    run("practice", "--scenario", "nothing-like-it", typed=ASK)
    run("practice", typed=ASK)
    assert [listener.closed for listener in made] == [True, True]


# ------------------------------------------------------------------ at a terminal


@pytest.fixture
def terminal(home):
    running = []

    def start(*arguments):
        child = pexpect.spawn(
            sys.executable,
            [*FAKE, *arguments],
            env={**os.environ, "TERM": "dumb"},
            encoding="utf-8",
            timeout=60,
            dimensions=(24, 80),
            # Tests run in the background of a shell have inherited that Ctrl-C is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        running.append(child)
        return child

    yield start
    for child in running:
        child.close(force=True)


def test_a_talk_typed_at_a_dumb_terminal(terminal):
    child = terminal()
    child.expect("Enter for 1: ")
    child.sendline("")
    child.expect("You: ")
    child.sendline(ASK)
    child.expect("Coach: ")
    child.expect(r"Mentor \(")
    child.sendline("/finish")
    child.expect("Enter to skip: ")
    child.sendline("4")
    child.expect("in one sentence: ")
    child.sendline("It went well.")
    child.expect("Coach: Debrief")
    child.expect("for the figures: ")
    child.sendline("")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_ctrl_c_keeps_the_talk_and_the_next_start_offers_it(terminal):
    child = terminal("practice", "--plain", "--learner", "Ama")
    child.expect("Enter for 1: ")
    child.sendline("1")
    child.expect("You: ")
    child.sendline(ASK)
    child.expect("You: ")
    child.sendintr()
    child.expect("The talk is kept")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in child.before
    child = terminal("practice", "--plain", "--learner", "Ama")
    child.expect("There is an unfinished talk")
    child.expect("Enter for 1: ")
    child.sendline("1")
    child.expect("taken up again")
    child.expect(f"You: {ASK[:-1]}")
    child.sendeof()


@pytest.mark.parametrize("rated", [False, True])
def test_ctrl_c_at_or_after_the_rating_looks_back_and_says_so(terminal, rated):
    child = terminal("practice", "--plain", "--learner", "Ama")
    child.expect("Enter for 1: ")
    child.sendline("1")
    child.expect("You: ")
    child.sendline(ASK)
    child.expect("You: ")
    child.sendline("/finish")
    child.expect("Enter to skip: ")
    if rated:
        child.sendline("")
        child.expect("for the figures: ")
    child.sendintr()
    child.expect("The talk is over and kept")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    child = terminal("export", "last", "--format", "json")
    child.expect('"debrief": {')
    child.expect(pexpect.EOF)


# ------------------------------------------------------------------ score


def test_score_exit_codes_and_streams(tmp_path):
    path = tmp_path / "turns.jsonl"
    path.write_text('{"id": "a", "text": "How so?"}\n')
    good = run("score", path)
    assert (good.exit_code, good.stderr) == (0, "")
    assert [row["id"] for row in lines_of(good.stdout)] == ["a"]
    path.write_text('{"id": "a", "text": "How so?"}\nnonsense\n')
    bad = run("score", path)
    assert bad.exit_code == 1
    assert [row["id"] for row in lines_of(bad.stdout)] == ["a", "t2"]
    assert "1 of 2 rows could not be read; the first: line 2: this is not JSON" in bad.stderr
    for name in ("none.jsonl", "none"):
        missing = run("score", tmp_path / name)
        assert (missing.exit_code, missing.stdout) == (1, "")
        assert "there is no such file" in missing.stderr
    path.write_text("\n")
    empty = run("score", path)
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "turns.jsonl: there is no turn in it." in empty.stderr


def test_score_reads_stdin():
    done = run("score", "-", typed='{"text": "How so?"}\n')
    assert [row["id"] for row in lines_of(done.stdout)] == ["t1"]
    done = run("score", "-", "--format", "txt", typed="Ada: We lost.\nBen: How?\n")
    assert [row["id"] for row in lines_of(done.stdout)] == ["t1", "t2"]


def test_score_writes_a_file_whole_or_not_at_all(tmp_path, monkeypatch):
    path, out = tmp_path / "turns.jsonl", tmp_path / "out.jsonl"
    path.write_text('{"id": "a", "text": "How so?"}\n')
    assert run("score", path, "-o", out).stdout == ""
    kept = out.read_text()
    assert [row["id"] for row in lines_of(kept)] == ["a"]
    lost = FakeListener(MissingModel("No weights."))
    monkeypatch.setattr(batch, "batch_listener", lambda: lost)
    assert run("score", path, "-o", out).exit_code == 3
    assert out.read_text() == kept
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out.jsonl", "turns.jsonl"]


def test_score_does_not_write_over_what_it_reads(tmp_path):
    path, link = tmp_path / "turns.csv", tmp_path / "link.csv"
    path.write_text("text\nHow so?\n")
    link.symlink_to(path)
    for out in (path, link):
        done = run("score", path, "-o", out)
        assert (done.exit_code, "this is the file to be read" in done.stderr) == (1, True)
        assert path.read_text() == "text\nHow so?\n"


def test_score_into_places_that_cannot_be(tmp_path):
    path = tmp_path / "turns.jsonl"
    path.write_text('{"text": "How so?"}\n')
    nowhere = run("score", path, "-o", tmp_path / "no" / "out")
    assert (nowhere.exit_code, "make it first" in nowhere.stderr) == (1, True)
    assert run("score", path, "-o", tmp_path).exit_code == 1
    full = run("score", path, "-o", "/dev/full")
    assert (full.exit_code, "No space left on device" in full.stderr) == (3, True)


def test_writing_fails_in_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    place = tmp_path / "out.txt"
    place.write_text("before")
    place.chmod(0o640)
    with pytest.raises(StorageError, match="free some space"), output.writing(place) as file:
        file.write("half")
        raise OSError(28, "No space left on device")
    assert place.read_text() == "before"
    with output.writing(place) as file:
        file.write("after")
    assert (place.read_text(), place.stat().st_mode & 0o777) == ("after", 0o640)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.txt"]


def test_a_full_stdout_is_told():
    with open("/dev/full", "wb") as full:
        process = subprocess.run(
            [sys.executable, *FAKE, "score", "-"],
            input=b'{"text": "How so?"}\n',
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert process.returncode == 3
    assert process.stderr.count(b"\n") == 1
    assert b"No space left on device" in process.stderr


# ------------------------------------------------------------------ scenarios


def test_scenarios_list_show_check(tmp_path):
    listed = run("scenarios", "list")
    assert listed.exit_code == 0
    names = [line.split()[0] for line in listed.stdout.splitlines()]
    rows = lines_of(run("scenarios", "list", "--json").stdout)
    assert [row["id"] for row in rows] == names
    assert rows[0]["title"] in run("scenarios", "show", names[0]).stdout
    checked = run("scenarios", "check", rows[0]["file"])
    assert (checked.exit_code, "1 file: 0 to mend" in checked.stderr) == (0, True)


def test_a_broken_scenario_is_told_and_stops_none_of_the_others(home):
    (home / "scenarios").mkdir(parents=True)
    broken = home / "scenarios" / "mine.yaml"
    broken.write_text("id: mine\ntitel: A talk\n")
    listed = run("scenarios", "list")
    assert listed.exit_code == 1
    assert listed.stdout
    assert "mine.yaml" in listed.stderr
    checked = run("scenarios", "check", broken)
    assert checked.exit_code == 1
    assert "mine.yaml:2" in checked.stdout
    assert run("scenarios", "check", home / "nothing.yaml").exit_code == 1
    by_id = run("scenarios", "check", "mine")
    assert (by_id.exit_code, by_id.stdout) == (1, checked.stdout)
    assert run("scenarios", "check", "mine.yaml").stdout == checked.stdout
    assert "Did you mean 'librarian'?" in run("scenarios", "check", "librarin").stderr
    (home / "empty").mkdir()
    assert "no .yaml file in this folder" in run("scenarios", "check", home / "empty").stderr
    assert run("scenarios", "show", "librarian.yaml").exit_code == 0


def test_scripted_listeners_play_whether_or_not_it_is_asked_for():
    done, asked = (run("scenarios", "play", "librarian", *auto) for auto in ([], ["--auto"]))
    assert "librarian" in done.stdout
    assert (done.exit_code, done.stdout) == (asked.exit_code, asked.stdout)


def test_a_scenario_that_is_checked_is_read_once(monkeypatch):
    read = []
    real = mentor_library.read_yaml
    monkeypatch.setattr(mentor_library, "read_yaml", lambda path: read.append(path) or real(path))
    assert run("scenarios", "check", "librarian").exit_code == 0
    assert len(read) == 1


def test_a_file_is_checked_by_its_id_whatever_it_is_called(home):
    (home / "scenarios").mkdir(parents=True)
    (home / "scenarios" / "draft.yaml").write_text(template("leeks"))
    checked = run("scenarios", "check", "leeks", "--quick")
    assert "The id is 'leeks', the file is called 'draft'" in checked.stdout


def test_a_new_scenario_can_be_practised_at_once(home):
    made = run("scenarios", "new", "my-talk")
    path = home / "scenarios" / "my-talk.yaml"
    assert made.stdout == f"{path}\n"
    assert "my-talk" in run("scenarios", "list").stdout
    assert run("practice", "--scenario", "my-talk", typed=spoken(ASK)).exit_code == 0
    assert run("practice", "--scenario", path, typed=spoken(ASK)).exit_code == 0
    again = run("scenarios", "new", "my-talk")
    assert (again.exit_code, "there already" in again.stderr) == (1, True)
    assert run("scenarios", "new", "my-talk", "-o", "-").stdout == path.read_text()


def test_an_id_that_is_taken_is_refused_for_a_new_scenario(home):
    refused = run("scenarios", "new", "librarian")
    assert refused.exit_code == 1
    assert "The id 'librarian' belongs to" in refused.stderr
    assert not home.exists()


# ------------------------------------------------------------------ records


def test_history_export_and_erase(home, tmp_path):
    assert "No talks yet" in run("history").stderr
    assert run("export", "last").exit_code == 1
    run("practice", "--learner", "Ama", typed=spoken("What about zebras?"))
    run("practice", "--learner", "Ben", typed=spoken(ASK, "/pause"))
    rows = lines_of(run("history", "--json").stdout)
    assert [(row["learner"], row["ended"] is None) for row in rows] == [
        ("Ben", True),
        ("Ama", False),
    ]
    assert "(unfinished)" in run("history").stdout.splitlines()[0]
    assert len(run("history", "zebras").stdout.splitlines()) == 1
    assert len(run("history", "--learner", "Ben").stdout.splitlines()) == 1
    assert "zebras" in run("export", rows[1]["id"]).stdout
    page = tmp_path / "talk.html"
    done = run("export", "last", "--format", "html", "-o", page)
    assert (done.stdout, done.exit_code) == ("", 0)
    assert page.read_text().startswith("<!")
    assert run("export", "999").exit_code == 1
    assert run("export", "first").exit_code == 1
    assert run("erase", "--learner", "Ben", "--yes").exit_code == 0
    assert [row["learner"] for row in lines_of(run("history", "--json").stdout)] == ["Ama"]
    assert run("erase", "--yes").exit_code == 0
    assert run("history").stdout == ""


def test_erase_needs_a_word_where_nobody_can_be_asked():
    run("practice", typed=spoken(ASK))
    assert run("erase").exit_code == 2
    assert run("history").stdout


# ------------------------------------------------------------------ this machine


def test_where_names_the_home(home):
    told = run("where").stdout
    assert f"\nrecords            {home / 'records.sqlite3'}  (not there yet)\n" in told
    assert f"\ncache              {home / 'cache'}  (not there yet)\n" in told


def test_where_names_the_records_that_are_used_and_no_password(monkeypatch, tmp_path):
    kept = tmp_path / "kept.sqlite3"
    kept.touch()
    monkeypatch.setenv("COACH_DATABASE_URL", f"sqlite:///{kept}")
    assert run("where").stdout.endswith(f"\nrecords            {kept}\n")
    monkeypatch.setenv("COACH_DATABASE_URL", "postgresql+psycopg://ama:secret@host/talks")
    told = run("where").stdout
    assert told.endswith("\nrecords            postgresql+psycopg://ama:***@host/talks\n")
    assert "secret" not in told


def test_where_names_the_folders_beside_settings_that_are_refused(home):
    home.mkdir()
    (home / "settings.toml").write_text("them = 1\n")
    done = run("where")
    assert (done.exit_code, "settings.toml:1: there is no setting" in done.stderr) == (1, True)
    assert f"\nsettings           {home / 'settings.toml'}\n" in done.stdout


def test_doctor_says_what_is_missing_and_how_to_mend_it(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_MODELS", str(tmp_path / "nothing"))
    done = run("doctor")
    assert done.exit_code == 3
    assert "MISSING  models/english: not at" in done.stdout
    assert "Unset COACH_MODELS" in done.stdout
    rows = {row["name"]: row for row in lines_of(run("doctor", "--json").stdout)}
    assert rows["python"]["good"]
    assert rows["packages"]["good"]
    assert rows["scenarios"]["good"]
    assert not rows["models/listening"]["good"]


def test_doctor_survives_everything_it_finds(home, monkeypatch):
    home.mkdir()
    (home / "settings.toml").write_text("broken")
    (home / "records.sqlite3").write_bytes(b"not a database at all" * 100)
    found = {check.name: check for check in checks.examine()}
    assert "settings.toml:1" in found["settings"].found
    # Told once: the rest cannot be looked at before.
    assert [name for name, check in found.items() if check.word == "MISSING"] == ["settings"]
    assert [found[name].found[:13] for name in ("encoder", "records")] == ["not looked at"] * 2

    def explode():
        raise RuntimeError("no luck")
        yield

    monkeypatch.setitem(checks._CHECKS, "python", explode)
    [first, *_] = checks.examine()
    assert (first.good, first.found) == (False, "RuntimeError: no luck")


def test_doctor_names_a_damaged_database(home):
    home.mkdir()
    (home / "records.sqlite3").write_bytes(b"not a database at all" * 100)
    found = {check.name: check for check in checks.examine()}
    assert not found["records"].good
    assert "records.sqlite3" in found["records"].found


def test_doctor_makes_no_records(home, tmp_path, monkeypatch):
    assert [check.found for check in checks._records()] == ["none yet"]
    elsewhere = tmp_path / "elsewhere.sqlite3"
    monkeypatch.setenv("COACH_DATABASE_URL", f"sqlite:///{elsewhere}")
    assert [check.found for check in checks._records()] == ["none yet"]
    assert not elsewhere.exists()
    assert not home.exists()


def test_doctor_counts_the_talks_and_updates_none(monkeypatch):
    run("practice", typed=spoken(ASK, "/pause"))
    assert [check.found for check in checks._records()] == ["1 talk, up to date"]
    monkeypatch.setattr(migrate, "REVISIONS", (migrate.NEWEST, "9999"))
    monkeypatch.setattr(migrate, "NEWEST", "9999")
    [check] = checks._records()
    assert check.found.startswith("of an earlier coach")


def test_doctor_names_records_of_a_newer_coach(monkeypatch):
    run("practice", typed=spoken(ASK, "/pause"))
    monkeypatch.setattr(migrate, "REVISIONS", ("0000",))
    monkeypatch.setattr(migrate, "NEWEST", "0000")
    with pytest.raises(StorageError, match="Update the coach"):
        list(checks._records())


def test_help_names_every_suite():
    told = " ".join(run("eval", "--help").stdout.split())
    assert all(f" {suite}" in told for suite in SUITES)


def test_doctor_names_missing_packages(monkeypatch):
    monkeypatch.setattr(
        metadata, "requires", lambda _name: ["no-such-thing>=1,<2", "typer>=0.1", 'x; extra == "y"']
    )
    [check] = checks._packages()
    assert "1 there, lacking no-such-thing<2,>=1 (not installed)" in check.found
    assert check.remedy.endswith(' -m pip install "no-such-thing<2,>=1"')


def test_doctor_names_packages_at_a_version_that_does_not_suit(monkeypatch):
    version = metadata.version("typer")
    wanted = ["typer<0.1", f"typer=={version}", "typer<0.1; python_version < '3'"]
    monkeypatch.setattr(metadata, "requires", lambda _name: wanted)
    [check] = checks._packages()
    assert check.found == f"1 there, lacking typer<0.1 ({version} is installed)"
    assert check.remedy.endswith(' -m pip install "typer<0.1"')


def test_doctor_names_a_home_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "file" / "home"))
    found = {check.name: check for check in checks.examine()}
    assert not found["home"].good
    assert "COACH_HOME" in found["home"].remedy


def model_folder(tmp_path, weights):
    folder = tmp_path / "models" / "listening"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text('{"version": "listening-9", "license": "CC0"}')
    (folder / "CARD.md").write_text("# What it is\n")
    (folder / "listening.safetensors").write_bytes(weights)
    return folder


def safetensors(end=4, rest=b"1234"):
    head = json.dumps({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, end]}}).encode()
    return len(head).to_bytes(8, "little") + head + rest


def test_models_are_listed_with_version_size_and_licence(tmp_path, monkeypatch):
    model_folder(tmp_path, safetensors())
    monkeypatch.setenv("COACH_MODELS", str(tmp_path / "models"))
    done = run("models")
    assert done.exit_code == 0
    assert "all-MiniLM-L6-v2" in done.stdout
    assert "listening  listening-9  0.0 MB  CC0\n  What it is\n" in done.stdout


@pytest.mark.parametrize(
    "weights", [b"", b"short", b"\xff" * 64, safetensors(end=400), b"\x02" + bytes(7) + b"[]xx"]
)
def test_damaged_weights_are_named(tmp_path, monkeypatch, weights):
    model_folder(tmp_path, weights)
    monkeypatch.setenv("COACH_MODELS", str(tmp_path / "models"))
    done = run("models")
    assert done.exit_code == 3
    assert "DAMAGED: " in done.stdout
    assert "listening.safetensors" in done.stdout


def test_weights_that_are_not_those_of_the_card(tmp_path, monkeypatch):
    folder = model_folder(tmp_path, safetensors())
    about = {"version": "1", "sha256": {"listening.safetensors": "0" * 64}}
    (folder / "config.json").write_text(json.dumps(about))
    monkeypatch.setenv("COACH_MODELS", str(tmp_path / "models"))
    [model] = inventory.shipped_models()
    assert "not the file it was" in model.damage()


def test_what_is_wrong_with_a_file_is_told_before_any_model(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "batch_listener", lambda: pytest.fail("the models were loaded"))
    for command in ("score", "scenarios check", "scenarios play"):
        done = run(*command.split(), tmp_path / "none.jsonl")
        assert (done.exit_code, "there is no such file" in done.stderr) == (1, True)


def test_whole_scenarios_are_read_by_who_the_settings_name_and_let_go_of(monkeypatch):
    made = []

    class Remote(FakeListener):
        def __init__(self, url):
            super().__init__()
            made.append((url, self))

    monkeypatch.setattr(batch, "batch_listener", batch_listener)
    monkeypatch.setattr("coach.listening.remote.RemoteListener", Remote)
    monkeypatch.setenv("COACH_LISTENER_URL", "http://workshop.example")
    for command in ("check", "play"):
        assert run("scenarios", command, "librarian").exit_code in (0, 1)
    assert [url.rstrip("/") for url, _ in made] == ["http://workshop.example"] * 2
    assert all(listener.asked and listener.closed for _, listener in made)


def test_eval_prints_a_table_or_json(monkeypatch):
    @dataclass
    class Result:
        name: str

        def lines(self):
            return [f"{self.name}: fine", "  0.9"]

    evaluate = ModuleType("coach.training.evaluate")
    evaluate.run_suite = lambda suite, corpora: Result(f"{suite} {corpora}")
    monkeypatch.setitem(sys.modules, "coach.training.evaluate", evaluate)
    assert run("eval", "moves").stdout == "moves None: fine\n  0.9\n"
    assert lines_of(run("eval", "all", "--json", "--corpora", "x").stdout) == [{"name": "all x"}]


def test_keys_are_listed_by_id():
    done = run("keys")
    assert done.exit_code == 0
    ids = [line.split()[0] for line in done.stdout.splitlines()]
    assert ids == sorted(str(binding.id) for binding in all_bindings())
    assert "keymap.toml" in done.stderr


def test_keys_and_doctor_know_the_keymap(home):
    assert [check.found for check in checks._keymap()] == ["none kept; built-in keys"]
    home.mkdir()
    (home / "keymap.toml").write_text('"talk.hint" = "f10"\n"talk.hnt" = "f12"\n')
    done = run("keys")
    assert done.exit_code == 1
    assert re.search("^talk.hint +f10 +Hint$", done.stdout, re.M)
    assert "keymap.toml:2: there is no key with the id 'talk.hnt'" in done.stderr
    [check] = checks._keymap()
    assert (check.word, check.remedy) == ("note", "Run: coach keys")
    assert "'talk.hnt'" in check.found


def test_stdout_is_utf8_in_a_pipe(tmp_path):
    path = tmp_path / "turns.jsonl"
    path.write_text('{"id": "\u00e9\u2014", "text": "How so?"}\n')
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, *FAKE, "score", str(path)], capture_output=True, env=environment
    )
    assert json.loads(io.BytesIO(done.stdout).readline().decode("utf-8"))["id"] == "\u00e9\u2014"
