"""The bridge to the engine: a talk's session, run off the event loop.

A `Session` is synchronous and wants one caller at a time. `Talk` queues what the screen asks
for, runs one job after the other in a thread worker, and posts one message per event to
whichever screen is its audience. All of `Talk`'s own state is touched on the event loop only.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from coach.errors import CoachError
from coach.practice.session import Session

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario
    from coach.practice.events import Event
    from coach.tui.app import CoachApp

Call = Callable[[Session], "Iterable[Event] | None"]

QUIT_PATIENCE = 2.0
"""Seconds that leaving the app waits for a draft to be written."""


@dataclass
class Told(Message):
    """The engine told one event."""

    event: Event


@dataclass
class Opened(Message):
    """The session is there: its draft, and whether its last turn still waits to be read."""

    talk_id: int
    draft: str
    unread: bool
    notes: str


@dataclass
class Settled(Message):
    """A job is done and all its events were told."""

    job: str


@dataclass
class Failed(Message):
    """A job could not be done; ``text`` is what the learner had typed for it."""

    job: str
    sentence: str
    text: str = ""


@dataclass(eq=False)
class _Job:
    name: str
    call: Call
    text: str = ""


class Talk:
    """One talk as the screens see it.

    Args:
        app: runs the workers; they outlive any one screen.
        scenario: what is talked about.
        open_session: makes the session; called in the worker.
    """

    def __init__(
        self, app: CoachApp, scenario: Scenario, open_session: Callable[[], Session]
    ) -> None:
        self.scenario = scenario
        self.talk_id: int | None = None
        self.audience: MessagePump | None = None
        """The screen that is told what happens; set by the screen itself."""
        self._app = app
        self._open_session = open_session
        self._session: Session | None = None
        self._jobs: deque[_Job] = deque()
        self._current: _Job | None = None

    @property
    def busy(self) -> bool:
        """Whether anything but a draft is being worked on or waits."""
        current = [self._current] if self._current is not None else []
        return any(job.name != "draft" for job in (*current, *self._jobs))

    def open(self) -> None:
        """Open the session and tell the talk from its start."""
        self._submit(_Job("open", _opening))

    def take_turn(self, text: str) -> None:
        """Take a turn; drafts of it that still wait are dropped."""
        self._drop_drafts()
        self._submit(_Job("turn", lambda session: session.take_turn(text), text))

    def read_again(self) -> None:
        """Read the kept but unread turn."""
        self._submit(_Job("read again", lambda session: session.read_again()))

    def reopen(self, number: int) -> None:
        """Open an earlier turn to be taken again."""
        self._submit(_Job("reopen", lambda session: session.reopen(number)))

    def cancel_reopen(self) -> None:
        """Leave the talk as it was before `reopen`."""
        self._submit(_Job("cancel", lambda session: session.cancel_reopen()))

    def hint(self) -> None:
        """Ask for a hint."""
        self._submit(_Job("hint", lambda session: session.hint()))

    def save_draft(self, text: str) -> None:
        """Keep the line being typed; only the latest waiting one is written."""
        self._drop_drafts()
        self._submit(_Job("draft", lambda session: session.save_draft(text)))

    def pause(self) -> None:
        """Leave the talk for later."""
        self._submit(_Job("pause", lambda session: session.pause()))

    def finish(self) -> None:
        """End the talk."""
        self._submit(_Job("finish", lambda session: session.finish()))

    def debrief(self, rating: int | None, words: str) -> None:
        """Look back on the talk, after the learner's own rating and sentence."""
        self._submit(_Job("debrief", lambda session: session.debrief(rating, words)))

    async def settle_down(self) -> None:
        """Wait a moment for what is being written."""
        waited = 0.0
        while (self._current is not None or self._jobs) and waited < QUIT_PATIENCE:
            await asyncio.sleep(0.02)
            waited += 0.02

    def _drop_drafts(self) -> None:
        self._jobs = deque(job for job in self._jobs if job.name != "draft")

    def _submit(self, job: _Job) -> None:
        self._jobs.append(job)
        self._next()

    def _next(self) -> None:
        if self._current is None and self._jobs:
            self._current = self._jobs.popleft()
            # The queue above keeps jobs one at a time. "Exclusive" would not: cancelling a
            # thread worker lets it run on beside the new one.
            self._app.run_worker(
                partial(self._run, self._current, asyncio.get_running_loop()),
                thread=True,
                group="talk",
                description=self._current.name,
                exit_on_error=False,
            )

    def _run(self, job: _Job, loop: asyncio.AbstractEventLoop) -> None:
        """One job, in the worker's thread."""
        try:
            if self._session is None:
                if job.name != "open":
                    return
                self._session = self._open_session()
                self.talk_id = self._session.talk.id
            for event in job.call(self._session) or ():
                self._tell(Told(event))
            if job.name == "open":
                self._tell(_opened(self._session))
        except CoachError as problem:
            self._tell(Failed(job.name, str(problem), job.text))
        except Exception as problem:  # the worker's last line: say it, keep the app alive
            self._app.log.error(f"{job.name}: {problem!r}")
            sentence = (
                f"The coach stumbled over a fault of its own ({type(problem).__name__}: "
                f"{problem}); what you typed is kept, try once more or leave and come back."
            )
            self._tell(Failed(job.name, sentence, job.text))
        finally:
            # Not through the app's queue: that stands still while the app waits to quit.
            with suppress(RuntimeError):  # the loop is gone, and so is everybody waiting
                loop.call_soon_threadsafe(self._done, job)

    def _tell(self, message: Message) -> None:
        if self.audience is not None:
            self.audience.post_message(message)

    def _done(self, job: _Job) -> None:
        self._current = None
        self._tell(Settled(job.name))
        self._next()


def _opening(session: Session) -> Iterable[Event]:
    return session.opening()


def _opened(session: Session) -> Opened:
    return Opened(
        talk_id=session.talk.id,
        draft=session.draft,
        unread=session.unread is not None,
        notes=session.talk.notes,
    )


def begin(app: CoachApp, scenario: Scenario, notes: str, *, anew: bool = False) -> Session:
    """Begin a talk; blocks until listener and store are there.

    ``anew``: as strangers, whatever talks are on record; so with a seed, which is there so that a
    talk can be held once more to the letter.
    """
    return Session.start(
        scenario,
        app.services.listener(),
        app.services.store(),
        learner=app.learner,
        seed=app.seed if app.seed is not None else secrets.randbelow(2**31),
        notes=notes,
        hint_level=app.setting("hint_level", 2),
        anew=anew or app.afresh or app.seed is not None,
        voice=app.services.voice(),
    )


def resume(app: CoachApp, scenario: Scenario, talk_id: int) -> Session:
    """Take up a talk; blocks until listener and store are there."""
    return Session.resume(
        talk_id,
        scenario,
        app.services.listener(),
        app.services.store(),
        hint_level=app.setting("hint_level", 2),
        voice=app.services.voice(),
    )
