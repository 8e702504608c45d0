"""The listener in a process of its own, for the screen: models never stall its event loop.

`ChildListener` starts `coach.listening.worker` and speaks JSON lines with it. Any thread may
call it; calls wait until the models are ready. A process that dies is started again once and
the call repeated; dying twice over one call is a `MissingPart`, and a later call starts afresh.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from coach.errors import MissingPart
from coach.listening.listener import Reply, Row
from coach.listening.process import WorkerDied, WorkerProcess
from coach.listening.reading import Reading
from coach.listening.wire import reading_from_json, reply_to_json, row_to_json


class ChildListener:
    """A `Listener` that reads in a child process.

    Args:
        command: what to run instead of the coach's own worker.
        encoder: folder or hub id of another encoder; None for the one that ships.
        cache: file to keep the vectors of scenarios' lines in; None: they are not kept.
        on_state: told each new state, from a thread of the listener's own: "starting",
            "loading", "ready" or "failed: " and a sentence.
    """

    def __init__(
        self,
        *,
        command: Sequence[str] | None = None,
        encoder: str | None = None,
        cache: Path | None = None,
        on_state: Callable[[str], None] | None = None,
    ) -> None:
        own = [sys.executable, "-P", "-m", "coach.listening.worker"]
        self._command = list(command) if command else own
        if encoder:
            self._command += ["--encoder", encoder]
        if cache:
            self._command += ["--cache", str(cache)]
        self._on_state = on_state
        self._process: WorkerProcess | None = None
        self._lock = threading.Lock()
        self._restarts = 1
        self._closed = False

    @property
    def state(self) -> str:
        """One of "starting", "loading", "ready", or "failed: " and a sentence."""
        process = self._process
        return process.state if process else "starting"

    @property
    def ready(self) -> bool:
        """Whether a call would be answered without waiting for the models to load."""
        return self.state == "ready"

    @property
    def pid(self) -> int | None:
        """The process's number while it runs, for those who measure it."""
        process = self._process
        return process.popen.pid if process and not process.dead else None

    @property
    def version(self) -> str:
        """The models' version; waits until they are ready.

        Raises:
            coach.errors.MissingModel: the weights are not there or damaged.
            coach.errors.MissingPart: the process ended, twice.
        """
        for last in (False, True):
            process = self._running()
            process.settled.wait()
            if not process.dead:
                return process.version
            if last or process.gave_reason:
                raise process.error or _gone()
        raise AssertionError  # the second round returns or raises

    def start(self) -> None:
        """Start the process if it does not run; returns at once.

        Raises:
            coach.errors.MissingPart: no process can be started, or the listener was closed.
        """
        self._running()

    def read(self, context: str, text: str) -> Reading:
        """The reading of one turn; waits until the models are ready."""
        return reading_from_json(self._ask({"do": "read", "context": context, "text": text}))

    def read_rows(self, rows: Sequence[Row]) -> list[Reading]:
        """One reading per row, same order."""
        sent = [row_to_json(row) for row in rows]
        return [reading_from_json(one) for one in self._ask({"do": "read_rows", "rows": sent})]

    def closeness(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        """Cosines of the candidates to each text, same order."""
        request = {"do": "closeness", "texts": list(texts), "candidates": list(candidates)}
        return [[float(value) for value in row] for row in self._ask(request)]

    def fits(
        self, context: str, text: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> list[float]:
        """How likely each reply makes sense after a turn, same order."""
        sent = [reply_to_json(reply) for reply in replies]
        said = {"earlier": list(earlier), "context": context, "text": text}
        return [float(v) for v in self._ask({"do": "fits", **said, "replies": sent})]

    def prepare(self, texts: Sequence[str]) -> None:
        """Have texts read ahead whenever the process has nothing else to do; returns at once."""
        process = self._process
        if process is not None and texts:
            process.tell({"do": "prepare", "texts": list(texts)})

    def close(self) -> None:
        """End the process; calls that wait for it fail."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None and not process.ended.is_set():
            process.end()

    def _tell(self, state: str) -> None:
        """Pass a state on; what the one told does with it cannot harm the listener."""
        if self._on_state is not None:
            # Not only a CoachError: a screen that is being torn down may raise anything.
            with suppress(Exception):
                self._on_state(state)

    def _bury(self, process: WorkerProcess) -> None:
        """Deal with a process that ended: start another, once, or say that it failed."""
        another: WorkerProcess | None = None
        with self._lock:
            # Somebody may have asked, and been given a new one, in the meantime.
            ours = process is self._process and not self._closed
            if ours and not process.gave_reason and self._restarts > 0:
                self._restarts -= 1
                with suppress(OSError):
                    another = self._process = self._new()
        if another is not None:
            self._begin(another)
        elif ours:
            self._tell(process.state)

    def _ask(self, request: dict[str, Any]) -> Any:
        for last in (False, True):
            process = self._running()
            try:
                answer = process.ask(request).result()
            except WorkerDied:
                process.ended.wait()
                if self._closed:
                    raise _gone() from None
                if last or process.gave_reason:
                    raise process.error or _gone() from None
            else:
                self._restarts = 1
                return answer
        raise AssertionError  # the second round returns or raises

    def _running(self) -> WorkerProcess:
        """The process, started afresh if there is none or it failed."""
        with self._lock:
            if self._closed:
                raise _gone()
            process = self._process
            if process is not None and not process.dead:
                return process
            try:
                process = self._process = self._new()
            except OSError as problem:
                raise MissingPart(
                    f"The models' process could not be started ({problem}); run `coach doctor`."
                ) from problem
        self._begin(process)
        return process

    def _new(self) -> WorkerProcess:
        return WorkerProcess(self._command, self._tell, self._bury)

    def _begin(self, process: WorkerProcess) -> None:
        # Not under the lock: the one told may well ask back.
        self._tell("starting")
        process.begin()


def _gone() -> MissingPart:
    return MissingPart("The models' process was closed; leave the talk and open it again.")
