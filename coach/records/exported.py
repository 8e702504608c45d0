"""The JSON form of an exported talk, whole and versioned.

`data/schema/talk.json` is this model's JSON Schema; a test holds the two together. A change
that an older reader would trip over raises `VERSION`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief
from coach.listening.reading import Reading
from coach.practice.store import TalkHead, TurnRecord, branch
from coach.records.retold import NOTE, learner_key

SCHEMA = "listening-coach/talk"
VERSION = 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ExportedTurn(_Part):
    """One attempt at one turn."""

    id: int
    parent: int | None
    """The turn it follows; null for a first turn."""
    number: int
    """Its place in the talk, from 1."""
    attempt: int
    """Which try at this place, from 1."""
    current: bool
    """Whether the talk went on from here."""
    taken: datetime
    context: str
    """What the mentor had said."""
    text: str
    """What the learner said."""
    hints: tuple[str, ...]
    reading: Reading | None
    """Null where the turn was kept and never read."""
    card: Card | None
    reply: dict[str, Any] | None
    """The mentor's line in answer: text, topic, depth, kind, rule, closing, key_points."""


class ExportedTalk(_Part):
    """One talk with everything that was kept of it, but for the mentor's inner state."""

    schema_name: Literal["listening-coach/talk"]
    version: Literal[1]
    note: str
    id: int
    scenario: str
    title: str
    mentor: str
    learner: str
    learner_key: str
    """By which `coach erase --learner` finds this file."""
    seed: int
    started: datetime
    ended: datetime | None
    notes: str
    opening: dict[str, Any]
    turns: tuple[ExportedTurn, ...]
    """Every attempt, oldest first."""
    own_rating: int | None
    own_words: str
    debrief: Debrief | None
    models: tuple[str, ...]
    """The versions of the models that read the turns."""


def exported(head: TalkHead, turns: list[TurnRecord]) -> ExportedTalk:
    """The talk in its exported form."""
    current = {turn.id for turn in branch(turns, head.tip)}
    return ExportedTalk(
        schema_name=SCHEMA,
        version=VERSION,
        note=NOTE,
        id=head.id,
        scenario=head.scenario,
        title=head.title,
        mentor=head.mentor,
        learner=head.learner,
        learner_key=learner_key(head.learner),
        seed=head.seed,
        started=head.started,
        ended=head.ended,
        notes=head.notes,
        opening=head.opening,
        turns=tuple(_turn(turn, turn.id in current) for turn in turns),
        own_rating=head.own_rating,
        own_words=head.own_words,
        debrief=head.debrief,
        models=tuple(dict.fromkeys(t.reading.model for t in turns if t.reading is not None)),
    )


def _turn(turn: TurnRecord, current: bool) -> ExportedTurn:
    return ExportedTurn(
        id=turn.id,
        parent=turn.parent,
        number=turn.number,
        attempt=turn.attempt,
        current=current,
        taken=turn.taken,
        context=turn.context,
        text=turn.text,
        hints=turn.hints,
        reading=turn.reading,
        card=turn.card,
        reply=turn.reply,
    )
