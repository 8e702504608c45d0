"""One run of the models' process: its pipes, who waits for it, and what became of it.

`coach.listening.child` keeps one of these running. The protocol is described in
`coach.listening.worker`, which is what runs.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import IO, Any

from coach.errors import CoachError, MissingPart
from coach.listening.wire import dump_line, error_from_json

_STDERR_LINES = 40
_LEAVE_SECONDS = 2.0


class WorkerDied(Exception):
    """The process ended under a request."""


class WorkerProcess:
    """One run of the worker: its pipes, the requests that wait for it, what became of it.

    ``settled`` is set once it is ready or gone, ``ended`` once it is gone and its end dealt with;
    ``error`` then says why, and ``gave_reason`` whether the process itself said so.

    Args:
        command: what to run.
        on_state: told "loading" and "ready", from a thread of the process's own.
        on_end: called once when it is gone, before anybody who waits is told.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        on_state: Callable[[str], None],
        on_end: Callable[[WorkerProcess], None],
    ) -> None:
        self.state = "starting"
        self.version = ""
        self.error: CoachError | None = None
        self.gave_reason = False
        self.dead = False
        self.settled = threading.Event()
        self.ended = threading.Event()
        self._on_state = on_state
        self._on_end = on_end
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._said: deque[str] = deque(maxlen=_STDERR_LINES)
        self.popen = _start(command)
        self._hearing = threading.Thread(target=self._hear, name="coach-models", daemon=True)
        self._draining = threading.Thread(target=self._drain, name="coach-stderr", daemon=True)

    def begin(self) -> None:
        """Listen to what the process says."""
        self._draining.start()
        self._hearing.start()

    def ask(self, request: dict[str, Any]) -> Future[Any]:
        """Send a request; the future, or this call, fails with `WorkerDied` if the process ends."""
        future: Future[Any] = Future()
        number = next(self._numbers)
        with self._lock:
            if self.dead:
                raise WorkerDied
            self._waiting[number] = future
            if not self._write({"id": number, **request}):
                del self._waiting[number]
                raise WorkerDied
        return future

    def tell(self, request: dict[str, Any]) -> None:
        """Send a request that needs no answer; lost if the process is gone."""
        with self._lock:
            self._write(request)

    def end(self) -> None:
        """Let the process leave, or make it."""
        # A worker that is stopped might hold a writer, and with it the lock, for ever.
        if self._lock.acquire(timeout=_LEAVE_SECONDS):
            _close(self.popen.stdin)
            self._lock.release()
        try:
            self.popen.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
        self.ended.wait(_LEAVE_SECONDS)

    def _write(self, message: dict[str, Any]) -> bool:
        assert self.popen.stdin is not None
        try:
            self.popen.stdin.write(dump_line(message))
            self.popen.stdin.flush()
        except (OSError, ValueError):  # gone, or closed by `end`
            return False
        return True

    def _hear(self) -> None:
        assert self.popen.stdout is not None
        try:
            for line in self.popen.stdout:
                self._take(json.loads(line))
        except (ValueError, KeyError, TypeError) as problem:
            self.error = MissingPart(
                f"The models' process said something that cannot be read ({problem}); "
                "run `coach doctor`."
            )
            self.popen.kill()
        self._bury(self.popen.wait())

    def _take(self, message: dict[str, Any]) -> None:
        if "state" in message:
            if message["state"] == "failed":
                self.error = error_from_json(message.get("error"))
                self.gave_reason = True
                return
            self.state = message["state"]
            self.version = message.get("version", "")
            self._on_state(self.state)
            if self.state == "ready":
                self.settled.set()
            return
        with self._lock:
            future = self._waiting.pop(message["id"], None)
        if future is not None and "error" in message:
            future.set_exception(error_from_json(message["error"]))
        elif future is not None:
            future.set_result(message["ok"])

    def _bury(self, code: int) -> None:
        """Say why the process ended, free its pipes and everybody who waits for it."""
        self._draining.join(_LEAVE_SECONDS)
        if self.error is None:
            last = next((text for text in reversed(self._said) if text), "")
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            self.error = MissingPart(
                f"The models' process ended unexpectedly ({how}{': ' + last if last else ''}); "
                "try again, and run `coach doctor` if it happens again."
            )
        with self._lock:
            self.dead = True
            self.state = f"failed: {self.error}"
            waiting, self._waiting = self._waiting, {}
            _close(self.popen.stdin)
        _close(self.popen.stdout)
        if not self._draining.is_alive():
            _close(self.popen.stderr)
        self._on_end(self)
        self.settled.set()
        self.ended.set()
        for future in waiting.values():
            future.set_exception(WorkerDied())

    def _drain(self) -> None:
        assert self.popen.stderr is not None
        for line in self.popen.stderr:
            self._said.append(line.decode("utf-8", "replace").strip()[:300])


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        # A session of its own: Ctrl+C in the terminal is for the screen.
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    """This environment, with the package to be found wherever the user stands.

    ``-P`` keeps the user's own folder off the child's path; a checkout that was never installed
    is then found through PYTHONPATH.
    """
    environment = dict(os.environ)
    root = Path(__file__).resolve().parents[2]
    if root.name not in ("site-packages", "dist-packages"):
        paths = [environment.get("PYTHONPATH", ""), str(root)]
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environment


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        try:
            stream.close()
        except OSError:
            return
