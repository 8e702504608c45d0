"""Listeners that misbehave, for the models' process to serve in tests."""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from coach.errors import BadInput, MissingModel
from coach.listening.listener import Reply
from coach.listening.reading import Reading
from tests.fakes import FakeListener


class OddListener(FakeListener):
    """Reads like the fake; certain words make it die, fail, print or report itself."""

    version = "odd-1"

    def read(self, context: str, text: str) -> Reading:
        if text == "die":
            os._exit(7)
        if text == "die once" and not Path(context).exists():
            Path(context).touch()
            os._exit(7)
        if text == "refuse":
            raise BadInput("This text is refused; try another.")
        if text == "break":
            raise ZeroDivisionError("division by zero")
        if text == "hang":
            threading.Event().wait()
        if text == "print":
            sys.stdout.write("a library prints\n")
            sys.stdout.flush()
            os.write(1, b"and so does its C code\n")
        if text == "say":
            os.write(2, b"the last thing it said\n")
            os._exit(3)
        return super().read(context, text)

    def fits(
        self, context: str, text: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> list[float]:
        """Says how much was said before."""
        return [len(earlier) / 10] * len(replies)

    def closeness(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        if texts == ["prepared?"]:
            return [[float(candidate in self.prepared) for candidate in candidates]]
        return super().closeness(texts, candidates)


def no_weights() -> FakeListener:
    raise MissingModel("The weights are not there; run `make practice`.")


def broken() -> FakeListener:
    sys.stderr.write("a warning\n")
    raise RuntimeError("no such layer")


def with_encoder(encoder: str = "none") -> FakeListener:
    listener = FakeListener()
    listener.version = f"encoder-{encoder}"
    return listener
