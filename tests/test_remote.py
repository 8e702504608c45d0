"""The listener over HTTP, against a real server in a thread of this process."""

import json
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from coach.errors import BadInput, MissingModel, MissingPart
from coach.listening.listener import Listener, Reply, Row
from coach.listening.remote import RemoteListener
from tests.fakes import FakeListener


class Handler(BaseHTTPRequestHandler):
    """A small listening server over the fake; ``server.answer`` stands in for it where set."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._say(200, {"version": FakeListener.version})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, body))
        listener = FakeListener()
        if self.server.answer is not None:
            self._say(*self.server.answer)
        elif self.path == "/read":
            readings = listener.read_rows([Row(**row) for row in body["rows"]])
            self._say(200, {"readings": [r.to_json() for r in readings], "version": "fake-1"})
        elif self.path == "/fits":
            replies = [Reply(**reply) for reply in body["replies"]]
            self._say(200, {"fits": listener.fits(body["context"], body["text"], replies)})
        else:
            found = listener.closeness(body["texts"], body["candidates"])
            self._say(200, {"closeness": found})

    def _say(self, status, body):
        if body is None:
            self.server.gate.wait(60)
            self.close_connection = True
            return
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.answer, server.asked, server.gate = None, [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.gate.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def remote(server):
    listener = RemoteListener(f"http://127.0.0.1:{server.server_port}/")
    yield listener
    listener.close()


def test_reads_what_the_server_reads(remote, server):
    assert isinstance(remote, Listener)
    context, text = "We lost two — twice.", 'So you lost "two", é? 🏚\n'
    assert remote.read(context, text) == FakeListener().read(context, text)
    rows = [Row(id="a", text="How?", task="paraphrase", key_points=("b",)), Row(id="c", text="So")]
    assert [reading.id for reading in remote.read_rows(rows)] == ["a", "c"]
    assert server.asked[-1][1] == {
        "rows": [
            {"id": "a", "text": "How?", "task": "paraphrase", "key_points": ["b"]},
            {"id": "c", "text": "So"},
        ]
    }


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST"])
def test_a_server_on_this_machine_is_asked_past_a_proxy(server, monkeypatch, host):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    with closing(RemoteListener(f"http://{host}:{server.server_port}")) as listener:
        assert listener.version == "fake-1"


def test_a_server_elsewhere_is_asked_through_the_proxy(server, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("no_proxy", "")
    with closing(RemoteListener("http://workshop.invalid")) as listener:
        assert listener.version == "fake-1"


def test_closeness_and_version(remote, server):
    assert remote.closeness(["a b"], ["a b", "c"]) == [[1.0, 0.0]]
    assert remote.closeness(["a b"], []) == [[]]
    assert remote.version == "fake-1"
    remote.prepare(["anything"])
    assert len(server.asked) == 1


def test_an_error_of_the_servers_comes_back_as_it_was(remote, server):
    server.answer = (422, {"error": {"kind": "BadInput", "message": "This text is refused."}})
    with pytest.raises(BadInput, match=r"^This text is refused\.$"):
        remote.read("", "How?")
    server.answer = (503, {"error": {"kind": "MissingModel", "message": "No weights."}})
    with pytest.raises(MissingModel, match="No weights"):
        remote.read("", "How?")


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ((500, {"detail": "no"}), "status 500"),
        ((404, b"<html>not here</html>"), "status 404 and no JSON"),
        ((200, {}), "no 'readings'"),
        ((200, []), "no 'readings'"),
        ((200, {"readings": []}), "'readings' that does not fit"),
        ((200, {"readings": [{"id": "a"}]}), "not a reading"),
    ],
)
def test_a_server_that_is_none_of_ours(remote, server, answer, what):
    server.answer = answer
    with pytest.raises(MissingPart, match=what):
        remote.read("", "How?")


LINES = [Reply(text="one", kind="story"), Reply(text="other")]


def test_fits(remote, server):
    assert remote.fits("A line.", "A turn.", LINES, ("Older.", "Yes.")) == [0.5, 0.5]
    assert server.asked[-1][1]["earlier"] == ["Older.", "Yes."]
    assert server.asked[-1][1]["replies"] == [{"text": "one", "kind": "story"}, {"text": "other"}]
    assert remote.fits("A line.", "A turn.", []) == []


@pytest.mark.parametrize("fits", [None, [0.5], ["much", "little"]])
def test_odd_fits(remote, server, fits):
    server.answer = (200, {"fits": fits})
    with pytest.raises(MissingPart):
        remote.fits("A line.", "A turn.", LINES)


@pytest.mark.parametrize("row", [["near"], [0.5, 0.5], 0.5])
def test_odd_closeness(remote, server, row):
    server.answer = (200, {"closeness": [row]})
    with pytest.raises(MissingPart, match="no numbers"):
        remote.closeness(["a"], ["b"])


def test_nobody_there(server):
    port = server.server_port
    server.shutdown()
    server.server_close()
    listener = RemoteListener(f"http://127.0.0.1:{port}")
    with pytest.raises(MissingPart, match=r"cannot be reached .*listener_url in the settings"):
        listener.read("", "How?")
    with pytest.raises(MissingPart):
        _ = listener.version


def test_a_server_that_does_not_answer(server):
    server.answer = (200, None)
    listener = RemoteListener(f"http://127.0.0.1:{server.server_port}", timeout=0.05)
    with pytest.raises(MissingPart, match="did not answer in time"):
        listener.read("", "How?")


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://x", "http://", "file:///etc/passwd"])
def test_addresses_that_are_none(url):
    with pytest.raises(BadInput, match="no address of a listening server"):
        RemoteListener(url)


def test_closed(remote):
    remote.close()
    remote.close()
    with pytest.raises(MissingPart, match="was closed"):
        remote.read("", "How?")
