"""Where a talk is kept, as the engine sees it.

A talk is a tree of turns: each turn names the turn it follows (``parent``), so that taking a
turn again starts a branch and nothing is ever overwritten. The talk's ``tip`` is the turn the
conversation goes on from. `coach.records` keeps it in a database, `MemoryStore` nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from coach.errors import BadInput
from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief
from coach.listening.reading import Reading


@dataclass(frozen=True, slots=True)
class TalkHead:
    """What a talk is about.

    ``opening`` and ``opening_state`` are the mentor's first words and the mentor's state after
    them, JSON-ready.
    """

    id: int
    scenario: str
    title: str
    mentor: str
    learner: str
    seed: int
    started: datetime
    opening: dict[str, Any]
    opening_state: dict[str, Any]
    notes: str = ""
    """What the learner wrote at the briefing: questions and topics prepared."""
    ended: datetime | None = None
    tip: int | None = None
    own_rating: int | None = None
    own_words: str = ""
    debrief: Debrief | None = None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One attempt at one turn. Everything after ``text`` is filled once it was read.

    ``number`` counts from 1 along a branch, ``attempt`` from 1 among the tries at that number
    with the same parent. ``reply`` is the mentor's line and ``state`` the mentor's state after
    it, both JSON-ready.
    """

    id: int
    talk: int
    parent: int | None
    number: int
    attempt: int
    context: str
    text: str
    taken: datetime
    reading: Reading | None = None
    card: Card | None = None
    reply: dict[str, Any] | None = None
    state: dict[str, Any] | None = None
    hints: tuple[str, ...] = field(default_factory=tuple)
    """Hints that were shown before this turn."""


class Store(Protocol):
    """Keeps talks. Each call is whole on disk when it returns.

    Raises:
        coach.errors.StorageError: disk full, read-only, locked or damaged.
    """

    def begin_talk(
        self,
        *,
        scenario: str,
        title: str,
        mentor: str,
        learner: str,
        seed: int,
        opening: dict[str, Any],
        opening_state: dict[str, Any],
        notes: str = "",
    ) -> TalkHead:
        """Keep a new talk."""
        ...

    def talk(self, talk_id: int) -> TalkHead:
        """The talk; `coach.errors.BadInput` where there is none."""
        ...

    def unfinished(self, learner: str | None = None) -> list[TalkHead]:
        """Talks begun and not ended, newest first."""
        ...

    def met(self, scenario: str, learner: str) -> list[TalkHead]:
        """This learner's ended talks with a scenario, those with no turn left out, newest first."""
        ...

    def add_turn(
        self,
        talk_id: int,
        *,
        parent: int | None,
        number: int,
        context: str,
        text: str,
        hints: tuple[str, ...] = (),
    ) -> TurnRecord:
        """Keep the learner's words, before anything is scored, and make them the talk's tip."""
        ...

    def complete_turn(
        self,
        turn_id: int,
        *,
        reading: Reading,
        card: Card,
        reply: dict[str, Any],
        state: dict[str, Any],
    ) -> TurnRecord:
        """Keep what was made of a turn; `coach.errors.BadInput` where that was done already."""
        ...

    def turns(self, talk_id: int) -> list[TurnRecord]:
        """Every attempt of the talk, oldest first."""
        ...

    def save_draft(self, talk_id: int, text: str) -> None:
        """Keep a line that is being typed."""
        ...

    def draft(self, talk_id: int) -> str:
        """The line that was being typed, or an empty string."""
        ...

    def end_talk(
        self,
        talk_id: int,
        *,
        own_rating: int | None = None,
        own_words: str = "",
        debrief: Debrief | None = None,
    ) -> TalkHead:
        """Mark the talk ended; called again to add rating and debrief."""
        ...


def answered_already(number: int) -> BadInput:
    """That a turn was read and answered before: what was said of it is never written over."""
    return BadInput(
        f"Turn {number} was answered already, perhaps in another window; leave the talk and resume "
        "it to go on from there."
    )


def branch(turns: list[TurnRecord], tip: int | None) -> list[TurnRecord]:
    """The turns from the first to ``tip``, in order."""
    by_id = {turn.id: turn for turn in turns}
    path: list[TurnRecord] = []
    while tip is not None:
        turn = by_id[tip]
        path.append(turn)
        tip = turn.parent
    return path[::-1]
