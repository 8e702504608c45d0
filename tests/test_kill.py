"""Killed at any moment, a talk loses nothing that was acknowledged.

A program takes turns and says so; it kills itself (SIGKILL: no handler, no goodbye) at the n-th
of its own steps: statements to the database, commits, readings. Every step is tried, so the
points are the same at every run and none is left to luck.
"""

import signal
import subprocess
import sys
from itertools import count

import pytest

from coach.practice.session import Session
from coach.practice.store import branch
from coach.records import open_store
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario

NEVER = 10**6
WORDS = ("How did that come about?", "So you watched the hemp twist.", "What was it like?")

# Imports once and forks for each run, so that trying every step takes seconds. Each run has a
# database of its own, opened after the fork, and dies like any other program.
NURSERY = """
import os, signal, sys
import alembic.command
from sqlalchemy import event
from coach.practice.session import Session
from coach.practice.events import MentorSaid, TurnTaken
from coach.records import open_store
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario
from tests.test_kill import WORDS

left = 0

def step(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

class Steps(FakeListener):
    def read(self, context, text):
        step()
        reading = super().read(context, text)
        step()
        return reading

def told(*words):
    os.write(1, (" ".join(str(word) for word in words) + "\\n").encode())

def talk():
    store = open_store()
    session = Session.start(a_scenario(), Steps(), store, learner="Kim")
    list(session.opening())
    told("talk", session.talk.id)
    event.listen(store._engine, "before_cursor_execute", step)
    event.listen(store._engine, "commit", step)
    for number, words in enumerate(WORDS, start=1):
        session.save_draft(words)
        told("draft", number)
        for happened in session.take_turn(words):
            if isinstance(happened, TurnTaken):
                told("taken", number)
            if isinstance(happened, MentorSaid):
                told("answered", number)

for line in sys.stdin:
    folder, steps = line.rstrip().rsplit(" ", 1)
    os.environ["COACH_HOME"], left = folder, int(steps)
    child = os.fork()
    if child == 0:
        talk()
        os._exit(0)
    told("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Hold the talk for so many steps: what was acknowledged, and how the program ended."""
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def run(steps):
        home = tmp_path / f"killed at {steps}"
        monkeypatch.setenv("COACH_HOME", str(home))
        nursery.stdin.write(f"{home} {steps}\n")
        nursery.stdin.flush()
        told = {}
        while "ended" not in told:
            word, number = nursery.stdout.readline().split()
            told[word] = int(number)
        return told

    yield run
    nursery.stdin.close()
    nursery.stdout.close()
    nursery.wait()


def check(told):
    """What the next start finds is at least what was acknowledged, and can be gone on with."""
    with open_store() as store:
        (head,) = store.unfinished("Kim")
        assert head.id == told["talk"]
        turns = branch(store.turns(head.id), head.tip)
        taken, answered = told.get("taken", 0), told.get("answered", 0)
        assert len(turns) >= taken
        assert [t.text for t in turns] == list(WORDS[: len(turns)])
        assert sum(t.card is not None for t in turns) >= answered
        assert all(t.card is not None for t in turns[:-1])
        session = Session.resume(head.id, a_scenario(), FakeListener(), store)
        list(session.opening())
        draft, lost = told.get("draft", 0), len(turns)
        if draft > lost:  # the line was typed, not sent: it is there to be sent
            assert session.draft == WORDS[draft - 1]
        else:
            assert session.draft in ("", *WORDS[lost:])
        unread = len(turns) - len(session.turns)
        events = [e.event for e in session.read_again()]
        assert ("card" in events) == (unread == 1)
        for words in WORDS[len(turns) :]:
            assert "card" in [e.event for e in session.take_turn(words)]
        assert [t.text for t in session.turns] == list(WORDS)
        return [(t.text, t.reply) for t in session.turns]


def test_killed_at_every_step_of_three_turns(run):
    told = run(NEVER)
    assert told["ended"] == 0 and told["answered"] == len(WORDS)
    expected = check(told)
    for steps in count(1):
        told = run(steps)
        if told["ended"] == 0:
            break
        assert told["ended"] == -signal.SIGKILL
        # The same talk as if nothing had happened, to the mentor's last word.
        assert check(told) == expected
    assert steps > 40, "the steps were not counted"
