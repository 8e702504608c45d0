"""The models' own process: JSON lines in on stdin, JSON lines out on stdout.

Started by `coach.listening.child`. Requests are ``{"id", "do", ...}`` with ``do`` one of
``read``, ``read_rows``, ``closeness``, ``fits`` and ``prepare``; answers ``{"id", "ok"}`` or
``{"id", "error": {"kind", "message"}}``; and, unasked, ``{"state", ...}``. Texts to prepare are
read a few at a time whenever nothing else waits, so that they hardly delay a turn.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from importlib import import_module
from io import BufferedReader, BufferedWriter
from json import loads
from typing import Any, cast

from coach.errors import BadInput, CoachError, MissingPart
from coach.listening.listener import Listener
from coach.listening.wire import dump_line, error_to_json, reply_from_json, row_from_json

REAL = "coach.listening.inprocess:InProcessListener"
"""What the worker serves when nobody says otherwise."""

_WARM_UP = ("I moved here in May.", "So you moved here in May. How was that for you?")
_AT_ONCE = 12
"""Texts of a long list prepared before the worker looks for requests again."""


class Inbox:
    """What waits to be done: requests in order, texts to prepare behind them, the latest first.

    Filled by a thread of its own, so that the other side's writing never blocks.
    """

    def __init__(self) -> None:
        self._requests: deque[dict[str, Any]] = deque()
        self._texts: deque[list[str]] = deque()
        self._changed = threading.Condition()

    def put(self, request: dict[str, Any]) -> None:
        """Queue a request."""
        with self._changed:
            if request.get("do") == "prepare":
                self._texts.append(list(request["texts"]))
            else:
                self._requests.append(request)
            self._changed.notify()

    def take(self) -> dict[str, Any]:
        """The next thing to do; waits for one."""
        with self._changed:
            while not self._requests and not self._texts:
                self._changed.wait()
            if self._requests:
                return self._requests.popleft()
            return {"do": "prepare", "texts": self._some_texts()}

    def _some_texts(self) -> list[str]:
        """The next texts to prepare; never a handful cut from many, which would be read whole."""
        texts = self._texts.pop()
        if len(texts) < 2 * _AT_ONCE:
            return texts
        self._texts.append(texts[_AT_ONCE:])
        return texts[:_AT_ONCE]


def make_listener(factory: str, **named: str | None) -> Listener:
    """Call ``module:function``, with what is named (encoder, cache), and warm what it made."""
    module, _, name = factory.partition(":")
    make = cast(Callable[..., Listener], getattr(import_module(module), name))
    listener = make(**{key: value for key, value in named.items() if value})
    # The first reading is the slow one; better now than while somebody waits for it.
    listener.read(*_WARM_UP)
    return listener


def answer(listener: Listener, request: dict[str, Any]) -> Any:
    """What a request asks for, JSON-ready."""
    match request.get("do"):
        case "read":
            return listener.read(request["context"], request["text"]).to_json()
        case "read_rows":
            rows = [row_from_json(row) for row in request["rows"]]
            return [reading.to_json() for reading in listener.read_rows(rows)]
        case "closeness":
            return listener.closeness(request["texts"], request["candidates"])
        case "fits":
            replies = [reply_from_json(reply) for reply in request["replies"]]
            return listener.fits(request["context"], request["text"], replies, request["earlier"])
        case "prepare":
            return listener.prepare(request["texts"])
        case other:
            raise BadInput(f"The models' process was asked for {other!r}, which it cannot do.")


def _as_missing(error: Exception) -> CoachError:
    """Why the models cannot be loaded."""
    if isinstance(error, CoachError):
        return error
    return MissingPart(
        f"The models could not be loaded ({type(error).__name__}: {error}); run `coach doctor`."
    )


def _own_streams() -> tuple[BufferedReader, BufferedWriter]:
    """Take stdin and stdout for the protocol; what a library prints goes to stderr instead."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, answers


def _fill(inbox: Inbox, requests: BufferedReader) -> None:
    try:
        for line in requests:
            inbox.put(loads(line))
    finally:
        # The other side is gone, so nobody waits for what is being read: leave at once.
        os._exit(0)


def serve(factory: str, encoder: str | None, cache: str | None = None) -> int:
    """Load, say so, answer until stdin ends; 1 where the models cannot be loaded."""
    requests, answers = _own_streams()

    def say(message: dict[str, Any]) -> None:
        answers.write(dump_line(message))
        answers.flush()

    inbox = Inbox()
    threading.Thread(target=_fill, args=(inbox, requests), daemon=True).start()
    say({"state": "loading"})
    try:
        listener = make_listener(factory, encoder=encoder, cache=cache)
        say({"state": "ready", "version": listener.version})
    except Exception as error:
        say({"state": "failed", "error": error_to_json(_as_missing(error))})
        raise
    while True:
        request = inbox.take()
        try:
            message = {"ok": answer(listener, request)}
        except Exception as error:
            message = {"error": error_to_json(error)}
        if "id" in request:
            say({"id": request["id"], **message})


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until the other side closes stdin."""
    parser = argparse.ArgumentParser(prog="coach.listening.worker")
    parser.add_argument("--factory", default=REAL, help="module:function that makes a listener")
    parser.add_argument("--encoder", default=None, help="folder or hub id of the encoder")
    parser.add_argument("--cache", default=None, help="file to keep the lines' vectors in")
    options = parser.parse_args(arguments)
    # Ctrl+C is for the screen; this process ends when the screen does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return serve(options.factory, options.encoder, options.cache)


if __name__ == "__main__":
    sys.exit(main())
