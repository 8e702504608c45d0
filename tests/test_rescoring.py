"""Kept talks read again by later models: what moved is told, and kept only when asked."""

import json

from typer.testing import CliRunner

from coach.cli import app, batch
from coach.listening.reading import Reflection
from coach.records import open_store
from coach.records.rescoring import changes_between, rescore
from tests.fakes import FakeListener
from tests.records_scene import LINE, STATE, begin, full_card, read


class Later(FakeListener):
    """Tomorrow's models: every turn reflects, and thanks are heard."""

    def read(self, context, text):
        found = super().read(context, text)
        return found.model_copy(
            update={
                "model": "listening-9",
                "reflection": Reflection(
                    kind="complex", p={"none": 0.1, "simple": 0.2, "complex": 0.7}
                ),
                "moves": found.moves | {"appreciation": 0.9},
            }
        )


def kept(store, text="So you see people."):
    talk = begin(store).id
    turn = store.add_turn(talk, parent=None, number=1, context=LINE, text=text)
    store.complete_turn(
        turn.id, reading=read(text), card=full_card(text), reply={"text": "Yes."}, state=STATE
    )
    store.add_turn(talk, parent=turn.id, number=2, context=LINE, text="Not scored yet")
    return talk


def test_the_same_models_move_nothing(tmp_path):
    with open_store(tmp_path / "r.sqlite3") as store:
        talk = kept(store)
        (one,) = rescore(store, FakeListener(), [talk])
        assert one.moved is None


def test_a_turn_is_read_again_against_the_points_of_the_story_it_answers(tmp_path):
    class Asked(FakeListener):
        def read_rows(self, rows):
            points.extend(row.key_points for row in rows)
            return super().read_rows(rows)

    points = []
    with open_store(tmp_path / "r.sqlite3") as store:
        talk = begin(store).id
        before = None
        for number, told in enumerate((["the kiln cracked"], []), 1):
            turn = store.add_turn(talk, parent=before, number=number, context=LINE, text="So.")
            reply = {"text": LINE, "key_points": told}
            store.complete_turn(
                turn.id, reading=read("So."), card=full_card("So."), reply=reply, state=STATE
            )
            before = turn.id
        list(rescore(store, Asked(), [talk]))
    assert points == [None, ("the kiln cracked",)]


def test_what_moved_is_told_in_words():
    before = read("So you see people.")
    after = Later().read(LINE, "So you see people.")
    told = list(changes_between(before, after))
    assert f"reflection {before.reflection.kind} -> complex" in told
    assert "move appreciation gained" in told
    assert "move appreciation lost" in list(changes_between(after, before))


def test_the_command_tells_and_keeps_only_when_asked(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    monkeypatch.setattr(batch, "batch_listener", Later)
    with open_store() as store:
        talk = kept(store)
    told = CliRunner().invoke(app, ["rescore", "--json"])
    assert told.exit_code == 0
    row = json.loads(told.stdout)
    assert (row["talk"], row["number"], row["after"]) == (talk, 1, "listening-9")
    assert "1 of 1 turns read differently." in told.stderr
    with open_store() as store:
        assert store.turns(talk)[0].reading.model != "listening-9"
    assert CliRunner().invoke(app, ["rescore", "last", "--write"]).exit_code == 0
    with open_store() as store:
        first = store.turns(talk)[0]
        assert first.reading.model == "listening-9"
        assert first.card == full_card("So you see people.")
    gone = CliRunner().invoke(app, ["rescore", "999"])
    assert (gone.exit_code, gone.stdout) == (1, "")
    again = CliRunner().invoke(app, ["rescore"])
    assert again.stdout == ""
