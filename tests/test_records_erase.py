"""Erasing leaves no trace: every byte of every file that stays is searched."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from types import SimpleNamespace

import pytest

import coach.records.erase as erasing
from coach import paths
from coach.cli import keeping
from coach.errors import StorageError
from coach.records import open_store
from coach.records.erase import erase, left_alone
from coach.records.export import FORMATS, save_export
from tests.records_scene import LINE, begin, whole_talk

SECRET = "the flood took the piano"
OTHER = "the fire took the ledger"


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(folder))
    monkeypatch.setattr("coach.records.database.BUSY_TIMEOUT_MS", 20)
    monkeypatch.setattr("coach.records.erase.BUSY_TIMEOUT_MS", 20)
    return folder


def holding(home, words):
    """The files that hold the words, anywhere below the home."""
    files = [f for f in home.rglob("*") if f.is_file()]
    return [f for f in files if words.encode() in f.read_bytes()]


def fill(home, learner="Kim", words=SECRET):
    """Talks, drafts and exports with the words in them, and what belongs to nobody's talk."""
    with open_store() as store:
        talk = begin(store, learner=learner, notes=words).id
        for number in range(30):  # more than a page
            store.add_turn(talk, parent=None, number=1, context=LINE, text=f"{words} {number}" * 9)
        store.save_draft(talk, words)
        for fmt in FORMATS:
            save_export(store, talk, fmt)
    paths.settings_file().write_text("numbers = true\n")
    paths.user_scenarios_dir().mkdir(exist_ok=True)
    (paths.user_scenarios_dir() / "mine.yaml").write_text("id: mine\n")
    return talk


def test_everything_said_is_gone_and_the_rest_stays(home):
    fill(home)
    with closing(sqlite3.connect(paths.database_file())) as reader:
        # A killed program leaves its log behind; a reader keeps this one from being tidied away.
        reader.execute("SELECT * FROM talks").fetchall()
        with open_store() as store:
            store.save_draft(1, SECRET + " again")
    (home / "records.sqlite3.damaged").write_bytes(SECRET.encode())
    # The window was closed while an editor was open.
    edited = home / f"{paths.EDITED}abc"
    edited.mkdir()
    (edited / "turn.md~").write_text(SECRET)
    assert holding(home, SECRET)
    gone = erase()
    assert holding(home, SECRET) == []
    left = sorted(str(f.relative_to(home)) for f in home.rglob("*"))
    assert left == ["scenarios", "scenarios/mine.yaml", "settings.toml"]
    assert paths.database_file() in gone and len(gone) == 6
    assert erase() == []
    with open_store() as store:
        assert store.history() == []


def test_the_bytes_are_overwritten_before_the_file_goes(home, monkeypatch):
    fill(home)
    seen = {}
    unlink = type(home).unlink

    def look(file, **options):
        if file.exists():
            seen[file.name] = file.read_bytes()
        unlink(file, **options)

    written = []
    truncate = erasing.os.fsync

    def fsync(descriptor):
        written.append(erasing.os.pread(descriptor, 1 << 24, 0))
        truncate(descriptor)

    monkeypatch.setattr(type(home), "unlink", look)
    monkeypatch.setattr(erasing.os, "fsync", fsync)
    erase()
    assert seen["records.sqlite3"] == b""
    assert len(written) == len(seen) and any(len(w) > 10_000 for w in written)
    assert all(set(w) <= {0} for w in written)


def test_one_person_is_erased_and_the_others_stay(home):
    fill(home, "Kim", SECRET)
    kept = fill(home, "Lee", OTHER)
    renamed = paths.exports_dir() / "renamed by hand.txt"
    next(paths.exports_dir().glob("*talk-1*.md")).rename(renamed)
    gone = erase(learner="Kim")
    assert holding(home, SECRET) == [] and holding(home, "Kim") == []
    assert gone[0] == paths.database_file() and len(gone) == 4 and renamed in gone
    assert erase(learner="Kim") == []
    assert len(holding(home, OTHER)) == 4
    with open_store() as store:
        assert [head.id for head in store.history()] == [kept]
        assert len(store.turns(kept)) == 30 and store.draft(kept) == OTHER


def test_those_without_a_name_are_a_person_too(home):
    fill(home, "", SECRET)
    fill(home, "Lee", OTHER)
    erase(learner="")
    assert holding(home, SECRET) == [] and len(holding(home, OTHER)) == 4


def test_erasing_while_another_coach_is_open_is_refused(home):
    fill(home)
    code = (
        "from coach.records import open_store; s = open_store(); s.history(); "
        "print('open', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "open\n"
    with pytest.raises(StorageError, match=r"Another coach .* nothing was erased"):
        erase()
    with open_store() as store:
        assert store.draft(1) == SECRET
    other.communicate("\n")
    erase()
    assert holding(home, SECRET) == []


def test_one_person_is_erased_beside_an_open_coach(home):
    fill(home)
    with open_store() as open_all_along:
        open_all_along.history()
        erase(learner="Kim")
        assert holding(home, SECRET) == []
        assert open_all_along.history() == []


def test_a_reader_in_the_way_is_named_and_a_second_try_finishes(home):
    fill(home)
    with closing(sqlite3.connect(paths.database_file(), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM turns").fetchone()
        with pytest.raises(StorageError, match=r"(still holds|locked).*again"):
            erase(learner="Kim")
    erase(learner="Kim")
    assert holding(home, SECRET) == []


def test_damaged_records_can_be_erased(home):
    fill(home)
    paths.database_file().write_bytes(b"rubbish, with " + SECRET.encode())
    erase()
    assert holding(home, SECRET) == []


@pytest.mark.parametrize("learner", [None, "Kim"])
@pytest.mark.parametrize("migrated", [False, True])
def test_somebody_elses_database_is_left_as_it_is(home, tmp_path, learner, migrated):
    fill(home)
    file = tmp_path / "bank.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE accounts (owner TEXT)")
        if migrated:
            other.execute("CREATE TABLE alembic_version (version_num TEXT)")
            other.execute("INSERT INTO alembic_version VALUES ('abc')")
        other.execute("INSERT INTO accounts VALUES ('Kim')")
        other.commit()
    before = file.read_bytes()
    with pytest.raises(StorageError, match="not the coach's"):
        erase(f"sqlite:///{file}", learner=learner)
    assert file.read_bytes() == before
    assert holding(home, SECRET)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        # Whose it is cannot be seen now, and may be once it is too late.
        with pytest.raises(StorageError, match="nothing was erased"):
            erase(file, learner=learner)


@pytest.mark.parametrize("learner", [None, "Kim"])
def test_a_file_that_is_no_database_is_left_as_it_is(home, tmp_path, learner):
    fill(home)
    letter = tmp_path / "notes.txt"
    letter.write_text("mine")
    with pytest.raises(StorageError, match="no database"):
        erase(f"sqlite:///{letter}", learner=learner)
    assert letter.read_text() == "mine"


def test_everything_takes_settings_and_scenarios_but_nothing_of_others(home, tmp_path):
    fill(home)
    (home / "my own letter.txt").write_text("mine")
    (home / "records.sqlite3-copy-of-mine").write_text("mine")
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    (paths.exports_dir() / "link.md").symlink_to(outside)
    erase(everything=True)
    left = sorted(str(f.relative_to(home)) for f in home.rglob("*"))
    assert left == ["my own letter.txt", "records.sqlite3-copy-of-mine"]
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("name", ["exports", f"{paths.EDITED}abc", "scenarios", "cache"])
def test_a_folder_that_is_a_link_is_left_with_all_that_is_in_it(home, tmp_path, name):
    theirs = tmp_path / "documents"
    (theirs / "scenarios" / "empty").mkdir(parents=True)
    for file in ("thesis.log", "scenarios/a.txt"):
        (theirs / file).write_text("years of work")
    paths.private_home()
    (home / name).symlink_to(theirs)
    erase(learner="Kim")
    erase()
    erase(everything=True)
    assert (theirs / "thesis.log").read_text() == "years of work"
    assert (theirs / "scenarios" / "a.txt").read_text() == "years of work"
    assert (theirs / "scenarios" / "empty").is_dir() and (home / name).is_symlink()
    assert [folder.parts[-1] for folder in left_alone(everything=True)] == [
        "scenarios" if name == "cache" else name
    ]


def test_a_home_that_is_a_link_is_erased_like_any(home, tmp_path):
    (tmp_path / "disk").mkdir()
    home.symlink_to(tmp_path / "disk")
    fill(home)
    erase()
    assert holding(home, SECRET) == [] and left_alone(everything=True) == []


def test_the_command_says_which_folder_it_left(home, tmp_path, capsys):
    theirs = tmp_path / "documents"
    theirs.mkdir()
    paths.private_home()
    paths.exports_dir().symlink_to(theirs)
    keeping.erase(yes=True)
    told = capsys.readouterr().err
    assert f"{paths.exports_dir()} is a link to {theirs}" in told and "nothing in it" in told


def test_the_command_asks_without_showing_a_password(home, monkeypatch):
    asked = []
    monkeypatch.setenv("COACH_DATABASE_URL", "postgresql+psycopg://anna:s3cret@db.example/coach")
    monkeypatch.setattr(keeping, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    monkeypatch.setattr(keeping.typer, "confirm", asked.append)
    keeping.erase()
    (question,) = asked
    assert "anna:***@db.example/coach" in question and "s3cret" not in question


def test_everything_of_a_home_that_was_only_the_coachs(home):
    fill(home)
    paths.scenario_values_dir().mkdir(parents=True)
    (paths.scenario_values_dir() / "mine.json").write_text("{}")
    for end in ("", "-wal", "-shm"):
        paths.vectors_file().with_name(paths.vectors_file().name + end).write_text("v")
    erase(everything=True)
    assert not home.exists()


def test_nothing_to_erase(home):
    assert erase() == erase(learner="Kim") == erase(everything=True) == []
    assert not home.exists()


def test_what_cannot_be_deleted_is_named(home, monkeypatch):
    fill(home)

    def refuse(file, **_):
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(type(home), "unlink", refuse)
    with pytest.raises(StorageError, match=r"records\.sqlite3 could not be erased \(Permission"):
        erase()


def test_records_elsewhere(home, tmp_path):
    file = tmp_path / "elsewhere" / "talks.db"
    with open_store(file) as store:
        whole_talk(store)
    assert erase(file, learner="Lee") == []
    assert erase(file, learner="Kim") == [file]
    with open_store(file) as store:
        assert store.history() == []
    assert erase(file) == [file] and list(file.parent.iterdir()) == []
