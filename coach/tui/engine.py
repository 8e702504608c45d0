"""The bridge to the engine: a talk's session, run off the event loop.

A `Session` is synchronous and wants one caller at a time. `Talk` queues what a screen asks for,
runs one job after the other in a thread worker, and posts one message per event to the screen that
asked. All of `Talk`'s own state is touched on the event loop only.
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
from coach.tui.drafts import Drafts
from coach.tui.keeping import QUIT_PATIENCE
from coach.tui.words import trouble

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario
    from coach.practice.events import Event
    from coach.tui.app import CoachApp

Call = Callable[[Session], "Iterable[Event] | None"]


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
    """A job could not be done."""

    job: str
    sentence: str


@dataclass(eq=False)
class _Job:
    name: str
    call: Call
    audience: MessagePump | None

    def tell(self, message: Message) -> None:
        """Tell whoever asked for it; a screen that is gone hears nothing."""
        if self.audience is not None:
            self.audience.post_message(message)


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
        """The screen that asks, and is told what comes of it; set by the screen itself."""
        self._app = app
        self._open_session = open_session
        self._session: Session | None = None
        self._jobs: deque[_Job] = deque()
        self._current: _Job | None = None
        self._drafts = Drafts(app, self._write_draft)

    @property
    def busy(self) -> bool:
        """Whether anything but a draft is being worked on or waits."""
        return self._current is not None or bool(self._jobs)

    def open(self) -> None:
        """Open the session, if it is not open yet, and tell the talk from its start."""
        self._submit("open", lambda session: session.opening())

    def take_turn(self, text: str) -> None:
        """Take a turn; drafts of it that still wait are dropped."""
        self._drafts.drop()
        self._submit("turn", partial(self._take, text))

    def read_again(self) -> None:
        """Read the kept but unread turn."""
        self._submit("read again", lambda session: session.read_again())

    def reopen(self, number: int) -> None:
        """Open an earlier turn to be taken again."""
        self._submit("reopen", lambda session: session.reopen(number))

    def cancel_reopen(self) -> None:
        """Leave the talk as it was before `reopen`."""
        self._submit("cancel", lambda session: session.cancel_reopen())

    def hint(self) -> None:
        """Ask for a hint."""
        self._submit("hint", lambda session: session.hint())

    def save_draft(self, text: str) -> None:
        """Keep the line being typed, whatever else is under way."""
        self._drafts.keep(text)

    def pause(self) -> None:
        """Leave the talk for later."""
        self._submit("pause", lambda session: session.pause())

    def finish(self) -> None:
        """End the talk."""
        self._submit("finish", lambda session: session.finish())

    def debrief(self, rating: int | None, words: str) -> None:
        """Look back on the talk, after the learner's own rating and sentence."""
        self._submit("debrief", lambda session: session.debrief(rating, words))

    async def settle_down(self) -> None:
        """Wait a moment for what is being written."""
        waited = 0.0
        while (self.busy or self._drafts.busy) and waited < QUIT_PATIENCE:
            await asyncio.sleep(0.02)
            waited += 0.02

    def _take(self, text: str, session: Session) -> Iterable[Event]:
        # Keeping a turn clears the draft: what was typed of this one must be written before that,
        # what is typed of the next after it.
        with self._drafts.held:
            return session.take_turn(text)

    def _write_draft(self, text: str) -> None:
        """In the drafts' worker; unlike the rest of a session, this may run beside a job."""
        try:
            if self._session is not None:
                self._session.save_draft(text)
        except CoachError as problem:
            if self.audience is not None:
                self.audience.post_message(Failed("draft", str(problem)))

    def _submit(self, name: str, call: Call) -> None:
        self._jobs.append(_Job(name, call, self.audience))
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
                job.tell(Told(event))
            if job.name == "open":
                job.tell(_opened(self._session))
        except Exception as problem:  # the worker's last line: say it, keep the app alive
            if not isinstance(problem, CoachError):
                self._app.log.error(f"{job.name}: {problem!r}")
            job.tell(Failed(job.name, trouble(problem)))
        finally:
            # Not through the app's queue: that stands still while the app waits to quit.
            with suppress(RuntimeError):  # the loop is gone, and so is everybody waiting
                loop.call_soon_threadsafe(self._done, job)

    def _done(self, job: _Job) -> None:
        self._current = None
        job.tell(Settled(job.name))
        self._next()


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
