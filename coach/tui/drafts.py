"""The line being typed, kept beside whatever else is done for the talk.

A turn may take long to be read, and a line typed meanwhile must not wait for it: drafts are
written by a worker of their own.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


class Drafts:
    """Writes drafts one at a time, and of those that wait only the latest.

    Args:
        app: runs the worker.
        write: keeps a draft; called in the worker.
    """

    def __init__(self, app: CoachApp, write: Callable[[str], None]) -> None:
        self._app = app
        self._write = write
        self._latest: deque[str] = deque(maxlen=1)
        self.busy = False
        """Whether a draft waits or is being written."""
        self.held = threading.Lock()
        """Whoever has it keeps drafts from being written meanwhile."""

    def keep(self, text: str) -> None:
        """Write this as soon as may be."""
        self._latest.append(text)
        if not self.busy:
            self._start()

    def drop(self) -> None:
        """Forget what waits to be written."""
        self._latest.clear()

    def _start(self) -> None:
        self.busy = True
        self._app.run_worker(
            partial(self._run, asyncio.get_running_loop()),
            thread=True,
            group="draft",
            exit_on_error=False,
        )

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the worker's thread."""
        try:
            with self.held:
                text = self._take()
                if text is not None:
                    self._write(text)
        finally:
            # Not through the app's queue: that stands still while the app waits to quit.
            with suppress(RuntimeError):  # the loop is gone, and so is everybody waiting
                loop.call_soon_threadsafe(self._done)

    def _take(self) -> str | None:
        try:
            return self._latest.pop()
        except IndexError:  # dropped meanwhile
            return None

    def _done(self) -> None:
        self.busy = False
        if self._latest:
            self._start()
