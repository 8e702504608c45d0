"""What the engine tells whoever shows it: one frozen model per event.

``Event.to_json`` is the line ``coach practice --json`` prints; ``event`` is its name. Turns
count from 1; turn 0 is the mentor's opening. ``attempt`` counts the tries at one turn from 1.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief
from coach.listening.reading import Reading


class Event(BaseModel):
    """Base of all events."""

    model_config = ConfigDict(frozen=True)
    event: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """The event with its name first; readings in the contract's form."""
        data: dict[str, Any] = {"event": self.event, **self.model_dump(mode="json")}
        for key, value in self:
            if isinstance(value, Reading):
                data[key] = value.to_json()
        return data

    def to_line(self) -> str:
        """One line of JSON."""
        return json.dumps(self.to_json(), ensure_ascii=False)


class TalkStarted(Event):
    """A talk began or was taken up again."""

    event: ClassVar[str] = "talk_started"
    talk: int
    scenario: str
    title: str
    mentor: str
    role: str
    goal: str
    seed: int
    resumed: bool = False
    voice: str = ""
    """The language model that words the mentor's lines, where one does."""


class Mind(BaseModel):
    """Where the mentor stands, 0 to 1 each, and what in the turn moved them, in plain English."""

    model_config = ConfigDict(frozen=True)
    trust: float
    patience: float
    interest: float
    moved: tuple[str, ...] = ()


class MentorSaid(Event):
    """The mentor spoke. ``turn`` is the learner's turn it answers (0: the opening).

    ``topic`` and ``depth`` say where in the scenario the line stands, ``rule`` why it was said,
    ``mind`` where the mentor stands now.
    """

    event: ClassVar[str] = "mentor_said"
    turn: int
    text: str
    topic: str | None = None
    depth: str | None = None
    rule: str = ""
    closing: bool = False
    mind: Mind | None = None
    voice: str | None = None
    strayed: str | None = None
    """Why a voice's wording was not used, where one was tried."""

    @property
    def why(self) -> str:
        """Why it was said and where the mentor stands, in a few sentences."""
        if self.mind is None:
            return self.rule
        moved = f" What moved them: {'; '.join(self.mind.moved)}." if self.mind.moved else ""
        trust, patience, interest = (
            round(100 * of) for of in (self.mind.trust, self.mind.patience, self.mind.interest)
        )
        return (
            f"{self.rule}{moved} Their trust stands at {trust} of 100, their patience at "
            f"{patience}, their interest at {interest}."
        )


class MentorSpeaking(Event):
    """A voice is wording the mentor's line; so much of it is there. `MentorSaid` follows."""

    event: ClassVar[str] = "mentor_speaking"
    turn: int
    text: str


class TurnTaken(Event):
    """The learner's words, safely on disk (unless no history is kept)."""

    event: ClassVar[str] = "turn_taken"
    turn: int
    attempt: int
    text: str


class TurnRead(Event):
    """The models' reading of a turn."""

    event: ClassVar[str] = "turn_read"
    turn: int
    attempt: int
    context: str
    text: str
    reading: Reading


class CardReady(Event):
    """The feedback on a turn, told before the mentor's line.

    Told again where the turn has to be read again.
    """

    event: ClassVar[str] = "card"
    turn: int
    attempt: int
    card: Card


class TurnCompared(Event):
    """A turn taken again, beside the attempt before it."""

    event: ClassVar[str] = "comparison"
    turn: int
    before_text: str
    after_text: str
    before: Card
    after: Card
    words: str


class TurnReopened(Event):
    """An earlier turn is open to be taken again; the talk goes on from there."""

    event: ClassVar[str] = "turn_reopened"
    turn: int
    context: str
    text: str


class HintGiven(Event):
    """A hint for the turn to come; ``level`` 1 is a nudge, 2 a pointer, 3 a wording."""

    event: ClassVar[str] = "hint"
    level: int
    text: str


class RatingAsked(Event):
    """The talk is over; the learner's own rating comes before the debrief."""

    event: ClassVar[str] = "rating_asked"
    question: str
    choices: tuple[str, ...]


class DebriefReady(Event):
    """The talk looked back on."""

    event: ClassVar[str] = "debrief"
    debrief: Debrief
    own_rating: int | None = None
    own_words: str = ""


class TalkPaused(Event):
    """The talk is left for later; nothing is lost."""

    event: ClassVar[str] = "paused"
    talk: int


class TurnFailed(Event):
    """A turn is kept but could not be read or answered; ``message`` says what to do."""

    event: ClassVar[str] = "problem"
    turn: int
    message: str
