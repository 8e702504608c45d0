"""The store: what it keeps, for whom, and in whose company."""

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from coach import paths
from coach.errors import BadInput
from coach.practice.memory import MemoryStore
from coach.practice.session import Session
from coach.practice.store import branch
from coach.practice.typed import kept
from coach.records import choose_store, open_store
from coach.records.database import connect, locate
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario
from tests.records_scene import LINE, REPLY, STATE, begin, debrief, full_card, read, whole_talk


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(folder))
    return folder


@pytest.fixture
def store(home):
    with open_store() as opened:
        yield opened


def add(store, talk, text="So you see people.", parent=None, number=1):
    return store.add_turn(talk, parent=parent, number=number, context=LINE, text=text)


def test_a_talk_comes_back_as_it_was_kept(store):
    head = begin(store, notes="first\nsecond", seed=2**62)
    turn = add(store, head.id)
    done = store.complete_turn(
        turn.id, reading=read(turn.text), card=full_card(turn.text), reply=REPLY, state=STATE
    )
    ended = store.end_talk(head.id, own_rating=3, own_words="Fine", debrief=debrief())
    with open_store() as again:
        assert again.talk(head.id) == ended
        assert again.turns(head.id) == [done]
    assert ended.started == head.started and head.started.tzinfo is UTC
    assert done.reading == read(turn.text) and done.card == full_card(turn.text)
    assert done.text == turn.text and done.taken == turn.taken
    assert ended.tip == turn.id and ended.notes == "first\nsecond"


def test_the_file_and_its_folder_are_private(store, home):
    begin(store)
    assert home.stat().st_mode & 0o777 == 0o700
    assert {f.name for f in home.iterdir()} >= {"records.sqlite3", "records.sqlite3-wal"}
    assert all(f.stat().st_mode & 0o777 == 0o600 for f in home.iterdir())


def test_a_file_named_by_path_or_url(home, tmp_path):
    file = tmp_path / "new" / "a 100%.sqlite3"
    with open_store(file) as store:
        talk = begin(store).id
    with open_store(f"sqlite:///{file}") as store:
        assert store.talk(talk).mentor == "Ada"
    with open_store(str(file)) as store:
        assert store.talk(talk).mentor == "Ada"
    assert not home.exists()


def test_the_settings_that_make_it_safe(store):
    with store._engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "secure_delete": 1}


def test_attempts_are_counted_among_the_same_place(store):
    talk = begin(store).id
    first, again = add(store, talk), add(store, talk)
    below = add(store, talk, parent=first.id, number=2)
    other = add(store, talk, parent=again.id, number=2)
    assert [t.attempt for t in (first, again, below, other)] == [1, 2, 1, 1]
    assert store.talk(talk).tip == other.id
    assert [t.id for t in branch(store.turns(talk), other.id)] == [again.id, other.id]


@pytest.mark.parametrize("keeping", [True, False])
def test_what_was_made_of_a_turn_is_never_written_over(home, keeping):
    store = choose_store(keeping)
    talk = begin(store).id
    made = {"reading": read("a b"), "card": full_card("a b"), "state": STATE}
    done = store.complete_turn(add(store, talk).id, reply=REPLY, **made)
    with pytest.raises(BadInput, match="Turn 1 was answered already"):
        store.complete_turn(done.id, reply={**REPLY, "text": "No."}, **made)
    assert store.turns(talk) == [done]


def test_drafts(store):
    talk = begin(store).id
    assert store.draft(talk) == ""
    for line in ("So", "So you", "", "So you see"):
        store.save_draft(talk, line)
        assert store.draft(talk) == line


@pytest.mark.parametrize("keeping", [True, False])
def test_ending_again_adds_and_never_takes_away(home, keeping):
    store = choose_store(keeping)
    talk = begin(store).id
    ended = store.end_talk(talk).ended
    store.end_talk(talk, own_rating=2, own_words="Hm", debrief=debrief())
    head = store.end_talk(talk)
    assert (head.ended, head.own_rating, head.own_words) == (ended, 2, "Hm")
    assert head.debrief == debrief()


def test_unfinished_talks_newest_first(store):
    kim, _lee, late = begin(store), begin(store, learner="Lee"), begin(store)
    store.end_talk(begin(store).id)
    assert [h.id for h in store.unfinished("Kim")] == [late.id, kim.id]
    assert len(store.unfinished()) == 3


def test_history_finds_words_on_both_sides(store):
    storm = begin(store)
    other = begin(
        store, title="Ärger & 100%", learner="Lee", mentor="Bo", opening={**REPLY, "text": "Well?"}
    )
    add(store, storm.id, "What did the FLOOD change?")

    def found(search, learner=None):
        return [head.id for head in store.history(learner, search)]

    assert found("") == [other.id, storm.id]
    assert found("flood") == found("Flood what") == found("hundred") == [storm.id]
    assert found("ärger") == found("ÄRGER 100%") == [other.id]
    assert found("flood", "Lee") == found("%%") == found("f_ood") == found("flood ärger") == []
    assert found("", "Lee") == [other.id]
    assert found("x" * 100_000) == found("a\x00 [ ' \" \\ \ud800") == []


def test_history_finds_the_mentors_first_words_and_the_last(store):
    begun = begin(store, opening={**REPLY, "text": "Ärger mit dem Ofen?"})
    talk = begin(store)
    turn = add(store, talk.id)
    made = {"reading": read("a b"), "card": full_card("a b"), "state": STATE}
    store.complete_turn(turn.id, reply={**REPLY, "text": "Bis bald, sagte die MÖWE."}, **made)

    def found(search):
        return [head.id for head in store.history(search=search)]

    assert found("ärger OFEN") == [begun.id]
    assert found("möwe") == found("people BALD") == [talk.id]
    assert found("encouraged") == []


def test_what_is_not_there(store):
    talk, other = begin(store).id, begin(store).id
    turn = add(store, talk)
    for call in (
        lambda: store.talk(99),
        lambda: store.talk(10**30),
        lambda: store.talk(-1),
        lambda: add(store, 99),
        lambda: add(store, other, parent=turn.id),
        lambda: store.save_draft(99, "x"),
        lambda: store.end_talk(99),
        lambda: store.delete_talk(99),
        lambda: store.complete_turn(
            99, reading=read("a b"), card=full_card("a b"), reply=REPLY, state=STATE
        ),
    ):
        with pytest.raises(BadInput, match="no (talk|turn)"):
            call()
    for nobodys in (99, 0, -1, 2**40, 2**70):
        assert store.turns(nobodys) == [] and store.draft(nobodys) == ""
    assert len(store.turns(talk)) == 1 and store.talk(other).tip is None


def test_text_no_record_can_hold_is_refused_and_nothing_kept(store):
    talk = begin(store).id
    for bad, what in (("a\x00b", "NUL"), ("a\ud800b", "surrogate")):
        with pytest.raises(BadInput, match=what):
            add(store, talk, bad)
        with pytest.raises(BadInput, match=what):
            store.save_draft(talk, bad)
        with pytest.raises(BadInput, match=what):
            begin(store, learner=bad)
    with pytest.raises(BadInput, match="seed"):
        begin(store, seed=2**63)
    assert store.turns(talk) == [] and store.talk(talk).tip is None
    assert len(store.history()) == 1


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text())
def test_any_text_comes_back_whole(store, words):
    clean = kept(words)
    talk = begin(store, notes=clean).id
    assert add(store, talk, clean).text == clean
    assert store.turns(talk)[0].text == clean
    assert store.talk(talk).notes == clean


def test_a_hundred_thousand_characters(store):
    talk = begin(store).id
    long = "سقف 🏠 [b] " * 10_000
    add(store, talk, long)
    assert store.turns(talk)[0].text == long


def test_a_deleted_talk_is_gone_with_its_words(store, home):
    keep, talk = begin(store).id, whole_talk(store)
    add(store, talk, "a secret nobody should find")
    store.save_draft(talk, "another secret")
    store.delete_talk(talk)
    assert [h.id for h in store.history()] == [keep]
    assert store.turns(talk) == [] and store.draft(talk) == ""
    assert not any(b"secret" in f.read_bytes() for f in home.iterdir())
    assert begin(store).id == talk + 1  # a number is never given twice


def test_threads_share_one_store(store):
    talk = begin(store).id
    threads = [
        threading.Thread(target=lambda: [add(store, talk) for _ in range(10)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(t.attempt for t in store.turns(talk)) == list(range(1, 41))


_WRITER = """
import sys
from coach.records import open_store
import coach.records.store, alembic.command, tests.records_scene as scene
print("ready", flush=True)
sys.stdin.readline()
store = open_store()
mine = scene.begin(store, learner=sys.argv[1]).id
for n in range(25):
    store.add_turn(mine, parent=None, number=1, context="c", text=f"{sys.argv[1]} {n}")
    store.add_turn(1, parent=None, number=1, context="c", text="shared")
    store.save_draft(1, sys.argv[1])
"""


def test_a_new_file_that_another_program_is_making_is_waited_for(tmp_path):
    """SQLite's own busy timeout does not cover the switch to the write-ahead log."""
    file = tmp_path / "records.sqlite3"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("create table made (at)")
    other.execute("begin immediate")
    release = threading.Timer(0.3, lambda: other.execute("commit"))
    release.start()
    with connect(locate(file)).connect() as mine:
        assert mine.exec_driver_sql("pragma journal_mode").scalar() == "wal"
    release.join()
    other.close()


def test_two_programs_begin_and_write_one_database_together(home):
    """Both make the tables, both write at once; nothing is lost and nobody is turned away."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("Kim", "Lee")
    ]
    for program in programs:
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        assert program.communicate()[1] == "" and program.returncode == 0
    with open_store() as store:
        heads = {head.learner: head for head in store.history()}
        assert set(heads) == {"Kim", "Lee"}
        shared = store.turns(1)
        assert sorted(t.attempt for t in shared) == list(range(1, 76))
        mine = heads["Lee" if heads["Kim"].id == 1 else "Kim"]
        assert [t.attempt for t in store.turns(mine.id)] == list(range(1, 26))


def test_without_history_nothing_is_written(home, tmp_path):
    store = choose_store(False)
    assert isinstance(store, MemoryStore)
    session = Session.start(a_scenario(), FakeListener(), store, learner="Kim")
    list(session.opening())
    session.save_draft("So you")
    list(session.take_turn("How did that come about?"))
    list(session.finish())
    list(session.debrief(3, "Fine"))
    assert session.talk.debrief is not None
    assert list(tmp_path.iterdir()) == []


def test_with_history_the_same_session_is_on_record(home):
    store = choose_store(True)
    session = Session.start(a_scenario(), FakeListener(), store, learner="Kim")
    list(session.take_turn("How did that come about?"))
    assert paths.database_file().exists()
    with open_store() as again:
        assert [t.text for t in again.turns(session.talk.id)] == ["How did that come about?"]


def printed_by(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_the_records_loads_no_database():
    heavy = ("sqlalchemy", "alembic", "pydantic", "jinja2")
    code = f"import sys, coach.records; print([m for m in {heavy} if m in sys.modules])"
    assert printed_by(code) == "[]"


def test_opening_records_that_are_up_to_date_does_not_load_alembic(store):
    code = (
        "import sys, coach.records as r; print(r.open_store().history(), 'alembic' in sys.modules)"
    )
    assert printed_by(code) == "[] False"
