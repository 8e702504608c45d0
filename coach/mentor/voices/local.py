"""A causal language model on this machine, run by transformers' own server in a child process.

In a process of its own, since importing torch or writing a sentence would hold up the screen.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx

from coach.errors import MissingPart
from coach.listening.client import http_client
from coach.mentor.voices.server import ServerVoice
from coach.mentor.voices.voice import VoiceTrouble, Wording

_RUN = "from transformers.cli.transformers import main; main()"


class LocalVoice:
    """Starts ``transformers serve`` with a folder or hub id and asks that."""

    def __init__(self, model: str) -> None:
        """Start the server; until its model is there, lines are said as written.

        Args:
            model: a folder, or a hub id; a hub id is fetched by transformers if it is not here yet.

        Raises:
            coach.errors.MissingPart: the server cannot be started.
        """
        self._model = model
        port = _free_port()
        command = [sys.executable, "-c", _RUN, "serve", model, "--host", "127.0.0.1"]
        try:
            self._process = subprocess.Popen(
                [*command, "--port", str(port)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise MissingPart(f"The voice '{model}' cannot be started: {error}.") from error
        self._url = f"http://127.0.0.1:{port}"
        self._server = ServerVoice(self._url, model, name=self.name)
        self._awake = False

    @property
    def name(self) -> str:
        """The model's name."""
        return f"{Path(self._model).name} on this machine"

    def word(self, wording: Wording) -> Iterator[str]:
        """The line in pieces; while the model still loads there is none."""
        self._wake()
        return self._server.word(wording)

    def close(self) -> None:
        """Stop the server."""
        self._server.close()
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
            return
        self._process.kill()

    def _wake(self) -> None:
        if self._process.poll() is not None:
            raise VoiceTrouble(
                "its server ended: is the model there, and `transformers[serving]` installed"
            )
        if self._awake:
            return
        try:
            with http_client(2.0) as client:
                self._awake = client.get(f"{self._url}/health").is_success
        except httpx.HTTPError:
            self._awake = False
        if not self._awake:
            raise VoiceTrouble("it is still loading")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
