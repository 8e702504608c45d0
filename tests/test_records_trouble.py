"""Records that cannot be used: one clear sentence, and nothing made worse."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

import coach.records.database as database
from coach.errors import BadInput, ExitCode, StorageError
from coach.records import open_store
from coach.records.examine import kept_schema
from coach.records.migrate import NEWEST
from tests.records_scene import LINE, begin, whole_talk


@pytest.fixture
def file(tmp_path):
    return tmp_path / "records.sqlite3"


def one_sentence(raised: pytest.ExceptionInfo[StorageError], *needed: str) -> None:
    said = str(raised.value)
    for words in needed:
        assert words in said
    plain = said.replace(needed[-1], "")
    assert "\n" not in said and "sqlalchemy" not in said and len(plain) < 400
    assert raised.value.exit_code is ExitCode.MISSING


def stop_growing(store) -> None:
    """From here on the database cannot grow, as on a full disk."""

    def hold(connection, _record, _proxy):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(store._engine, "checkout", hold)


def test_a_full_disk_loses_nothing_that_was_kept(file):
    with open_store(file) as store:
        talk = begin(store).id
        kept = store.add_turn(talk, parent=None, number=1, context=LINE, text="kept")
        stop_growing(store)
        with pytest.raises(StorageError) as raised:
            store.add_turn(talk, parent=kept.id, number=2, context=LINE, text="x" * 100_000)
        one_sentence(raised, "disk is full", str(file), "free some space")
        assert [t.text for t in store.turns(talk)] == ["kept"]
        assert store.talk(talk).tip == kept.id
    with open_store(file) as store:  # space was freed
        store.add_turn(talk, parent=kept.id, number=2, context=LINE, text="x" * 100_000)
        assert len(store.turns(talk)) == 2


def test_read_only_records(file):
    with open_store(file) as store:
        talk = begin(store).id
        event.listen(store._engine, "checkout", lambda c, *_: c.execute("PRAGMA query_only=ON"))
        with pytest.raises(StorageError) as raised:
            store.save_draft(talk, "So")
        one_sentence(raised, "read-only", str(file), "writable")
        assert store.talk(talk).mentor == "Ada"


def test_a_read_only_folder(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    try:
        (folder / "probe").touch()
    except PermissionError:
        with pytest.raises(StorageError) as raised:
            open_store(folder / "records.sqlite3")
        one_sentence(raised, "cannot be kept", str(folder))
    else:
        pytest.skip("this user may write anywhere")


@pytest.mark.parametrize("below", ["file/records.sqlite3", "file/folder/records.sqlite3", "folder"])
def test_a_place_where_no_file_can_be(tmp_path, below):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError) as raised:
        open_store(tmp_path / below)
    one_sentence(raised, "cannot be kept in", str(tmp_path / below), "COACH_HOME")
    assert (tmp_path / "file").read_text() == "mine"


def test_records_locked_by_another_program(file, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 20)
    with open_store(file) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        talk = begin(store).id
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as raised:
            store.save_draft(talk, "So")
        one_sentence(raised, "locked by another program", str(file), "try again")
        assert store.draft(talk) == ""  # reading goes on
        other.execute("ROLLBACK")
        store.save_draft(talk, "So")
        assert store.draft(talk) == "So"


def test_a_file_that_is_no_database(file):
    rubbish = b"this is not a database, but a letter to a friend. " * 50
    file.write_bytes(rubbish)
    with pytest.raises(StorageError) as raised:
        open_store(file)
    one_sentence(raised, "damaged", str(file), "Nothing was deleted", "-wal", ".damaged")
    assert file.read_bytes() == rubbish


def damage(file: Path, start: int) -> bytes:
    """Overwrite a part of the file, as a failing disk would."""
    data = bytearray(file.read_bytes())
    data[start : start + 30_000] = b"\xa5" * len(data[start : start + 30_000])
    file.write_bytes(data)
    return bytes(data)


def test_a_database_damaged_in_the_middle(file):
    with open_store(file) as store:
        talk = whole_talk(store)
    before = damage(file, 4096)
    with pytest.raises(StorageError) as raised:
        open_store(file).turns(talk)
    one_sentence(raised, "damaged", str(file), "Nothing was deleted")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE talks SET debrief = '{not json'",
        "UPDATE talks SET debrief = '{\"judged\": 7}'",
        "UPDATE talks SET started = 'yesterday'",
        "UPDATE talks SET title = CAST(x'ff00ff' AS TEXT)",
        "UPDATE turns SET reading = '{\"model\": 1}'",
        "UPDATE turns SET card = 'null or so'",
    ],
)
def test_a_row_that_makes_no_sense(file, change):
    with open_store(file) as store:
        talk = whole_talk(store)
        with closing(sqlite3.connect(file)) as other:
            other.execute(change)
            other.commit()
        with pytest.raises(StorageError) as raised:
            store.talk(talk)
            store.turns(talk)
        one_sentence(raised, str(file))


def test_records_of_a_newer_coach(file):
    open_store(file).close()
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    with pytest.raises(StorageError) as raised:
        open_store(file)
    one_sentence(raised, "newer coach", "9999", NEWEST, "Update the coach", str(file))
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_somebody_elses_database(file):
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    with pytest.raises(StorageError) as raised:
        open_store(file)
    one_sentence(raised, "not the coach's", str(file), "database_url")
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgres ql://kim:hush@host/x", "not a database URL"),
        ("mysql://kim:hush@host/x", "mysql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_urls_the_coach_cannot_use(url, said):
    with pytest.raises(BadInput, match=said) as raised:
        open_store(url)
    assert "hush" not in str(raised.value)


def test_a_server_whose_driver_is_missing_or_that_is_away():
    with pytest.raises(StorageError) as raised:
        open_store("postgresql+psycopg://kim:hush@127.0.0.1:1/coach")
    assert "hush" not in str(raised.value)
    one_sentence(raised, "postgresql+psycopg://kim:***@127.0.0.1:1/coach")


def test_a_look_makes_and_changes_nothing(file):
    assert kept_schema(file) is None
    assert not file.exists()
    file.touch()
    assert (kept_schema(file), file.stat().st_size) == (None, 0)
    with open_store(file) as store:
        whole_talk(store)
    before = file.read_bytes()
    assert kept_schema(file) == NEWEST
    assert file.read_bytes() == before
    for harmed in (damage(file, 4096), b"rubbish " * 200):
        file.write_bytes(harmed)
        with pytest.raises(StorageError) as raised:
            kept_schema(file)
        one_sentence(raised, "damaged", "Nothing was deleted", str(file))
        assert file.read_bytes() == harmed


def test_a_look_at_somebody_elses_database(file):
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    before = file.read_bytes()
    with pytest.raises(StorageError) as raised:
        kept_schema(file)
    one_sentence(raised, "not the coach's", str(file), "database_url")
    assert file.read_bytes() == before
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]
