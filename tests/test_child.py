"""The listener in a process of its own: same readings, and what happens when it dies."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from coach.errors import BadInput, MissingModel, MissingPart
from coach.listening.child import ChildListener
from coach.listening.listener import Listener, Reply, Row
from coach.listening.worker import Inbox
from tests.fakes import FakeListener

WAIT = 60  # seconds until a test gives up on a process that hangs


def command(factory="tests.listeners:OddListener"):
    return [sys.executable, "-m", "coach.listening.worker", "--factory", factory]


class States(list):
    """Every state told, and a way to wait for one."""

    def __init__(self):
        super().__init__()
        self._changed = threading.Condition()

    def __call__(self, state):
        with self._changed:
            self.append(state)
            self._changed.notify_all()

    def wait_for(self, state, times=1):
        def seen():
            return sum(told.startswith(state) for told in self) >= times

        with self._changed:
            assert self._changed.wait_for(seen, WAIT), list(self)


@pytest.fixture
def states():
    return States()


@pytest.fixture
def child(states):
    listener = ChildListener(command=command(), on_state=states)
    yield listener
    listener.close()


def test_is_a_listener(child):
    assert isinstance(child, Listener)


def test_reads_what_the_listener_behind_it_reads(child):
    context, text = "We lost the house to damp — twice. 🏚", "So you lost it twice?\n\x00 [b]é"
    expected = FakeListener().read(context, text)
    assert child.read(context, text) == expected.model_copy(update={"model": "odd-1"})
    rows = [Row(id="a", context=context, text=text), Row(id="b", text="How?", task="paraphrase")]
    assert [reading.id for reading in child.read_rows(rows)] == ["a", "b"]
    assert child.closeness(["a b", "c"], ["a b", "c"]) == [[1.0, 0.0], [0.0, 1.0]]
    lines = [Reply(text="one"), Reply(text="other")]
    assert child.fits("A line.", "A turn.", lines) == [0.0, 0.0]
    assert child.fits("A line.", "A turn.", lines, ("Older.", "Yes.")) == [0.2, 0.2]
    assert child.version == "odd-1"


def test_says_its_states_in_order(child, states):
    assert child.state == "starting"
    assert not child.ready
    child.start()
    assert child.version
    assert states == ["starting", "loading", "ready"]
    assert child.ready


def test_many_threads_may_ask(child):
    texts = [f"What happened in year {number}?" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        readings = list(pool.map(lambda text: child.read("", text), texts))
    assert [reading.question.evidence[0][1] for reading in readings] == [len(t) for t in texts]


def test_errors_come_back_as_they_were(child):
    with pytest.raises(BadInput, match="This text is refused; try another"):
        child.read("", "refuse")
    with pytest.raises(BadInput, match=r"ZeroDivisionError: division by zero.*coach doctor"):
        child.read("", "break")
    assert child.read("", "How was it?").question.kind == "open"


def test_what_libraries_print_does_not_get_into_the_answers(child):
    assert child.read("", "print").judged is False
    assert child.read("", "How was it?").question.kind == "open"


def test_prepares_what_it_is_told_to(child):
    child.start()
    child.prepare(["first", "last"])
    while child.closeness(["prepared?"], ["first", "last", "other"]) != [[1.0, 1.0, 0.0]]:
        pass


def test_texts_to_prepare_wait_behind_what_is_asked():
    inbox = Inbox()
    many = [f"line {number}" for number in range(30)]
    inbox.put({"do": "prepare", "texts": many})
    inbox.put({"id": 1, "do": "read"})
    taken = [inbox.take()]
    taken.append(inbox.take())
    inbox.put({"id": 2, "do": "read"})
    taken += [inbox.take(), inbox.take()]
    assert taken == [
        {"id": 1, "do": "read"},
        {"do": "prepare", "texts": many[:12]},
        {"id": 2, "do": "read"},
        {"do": "prepare", "texts": many[12:]},
    ]


def test_what_was_asked_for_last_is_prepared_first():
    inbox = Inbox()
    looked_at, begun = ([f"{who} {number}" for number in range(12)] for who in ("one", "two"))
    inbox.put({"do": "prepare", "texts": looked_at})
    inbox.put({"do": "prepare", "texts": begun})
    assert [inbox.take()["texts"] for _ in range(2)] == [begun, looked_at]


def test_a_killed_process_is_started_again(child, states):
    child.read("", "How was it?")
    first = child.pid
    os.kill(first, signal.SIGKILL)
    states.wait_for("ready", times=2)
    assert child.read("", "How was it?").question.kind == "open"
    assert child.pid != first
    assert states == ["starting", "loading", "ready"] * 2


def test_a_call_survives_one_death(child, tmp_path, states):
    reading = child.read(str(tmp_path / "died"), "die once")
    assert reading.model == "odd-1"
    assert states == ["starting", "loading", "ready"] * 2


def test_a_call_that_kills_twice_is_given_up(child, states):
    with pytest.raises(MissingPart, match=r"ended unexpectedly \(exit code 7\).*coach doctor"):
        child.read("", "die")
    assert child.state.startswith("failed: The models' process ended")
    states.wait_for("failed")
    # The next call starts afresh, so that one bad turn does not end the talk.
    assert child.read("", "How was it?").question.kind == "open"


def test_killed_while_loading_is_started_again(child, states):
    child.start()
    os.kill(child.pid, signal.SIGKILL)
    assert child.version
    assert states[-1] == "ready"


def test_the_last_words_on_stderr_are_told(child):
    with pytest.raises(MissingPart, match="exit code 3: the last thing it said"):
        child.read("", "say")


def test_missing_weights_are_told_and_not_tried_twice(states):
    child = ChildListener(command=command("tests.listeners:no_weights"), on_state=states)
    with pytest.raises(MissingModel, match="The weights are not there; run `make practice`"):
        child.read("", "How was it?")
    with pytest.raises(MissingModel):
        _ = child.version
    states.wait_for("failed", times=2)
    assert [state for state in states if state != "loading"] == [
        "starting",
        "failed: The weights are not there; run `make practice`.",
    ] * 2
    child.close()


def test_a_listener_that_breaks_on_loading_is_told():
    child = ChildListener(command=command("tests.listeners:broken"))
    with pytest.raises(MissingPart, match="RuntimeError: no such layer"):
        _ = child.version
    child.close()


@pytest.mark.parametrize("nonsense", ["print('hello')", "print('[1]')", "print('{}')"])
def test_a_command_that_is_no_worker_fails_in_a_sentence(nonsense):
    child = ChildListener(command=[sys.executable, "-c", nonsense])
    with pytest.raises(MissingPart, match="cannot be read"):
        child.read("", "How was it?")
    child.close()


def test_a_command_that_is_not_there(tmp_path):
    child = ChildListener(command=[str(tmp_path / "nothing")])
    with pytest.raises(MissingPart, match="could not be started"):
        child.start()
    child.close()


def test_the_encoder_is_passed_on():
    child = ChildListener(command=command("tests.listeners:with_encoder"), encoder="other")
    assert child.version == "encoder-other"
    child.close()


def test_close_ends_the_process_and_whoever_waits(child):
    child.read("", "How was it?")
    process = psutil.Process(child.pid)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(child.read, "", "hang")
        while not child._process._waiting:
            pass
        child.close()
        with pytest.raises(MissingPart, match="was closed"):
            waiting.result(WAIT)
    process.wait(WAIT)
    child.close()
    with pytest.raises(MissingPart, match="was closed"):
        child.read("", "How was it?")


def test_ctrl_c_is_not_for_the_child(child):
    child.read("", "How was it?")
    before = child.pid
    os.kill(before, signal.SIGINT)
    assert child.read("", "How was it?").question.kind == "open"
    assert child.pid == before
    assert os.getsid(before) != os.getsid(0)


def test_the_child_leaves_when_its_parent_is_killed():
    script = (
        "import sys\n"
        "from coach.listening.child import ChildListener\n"
        f"child = ChildListener(command={command()!r})\n"
        "child.read('', 'How was it?')\n"
        "print(child.pid, flush=True)\n"
        "child.read('', 'hang')\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    pid = int(parent.stdout.readline())
    process = psutil.Process(pid)
    parent.kill()
    parent.wait(WAIT)
    parent.stdout.close()
    process.wait(WAIT)


def test_a_state_hook_that_raises_harms_nothing():
    def hook(_state):
        raise RuntimeError("the screen is gone")

    child = ChildListener(command=command(), on_state=hook)
    assert child.version
    child.close()
