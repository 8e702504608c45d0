"""The debrief of a whole talk: words first, numbers on demand.

These are the types; `coach.feedback.debrief` writes them. The learner's own rating and
sentence come before any of it.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from coach.feedback.card import Card
from coach.listening.reading import Reading


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReadTurn(_Frozen):
    """One turn of the talk as feedback sees it.

    ``number`` counts from 1. ``reply`` is what the mentor said to it.
    """

    number: int
    context: str
    text: str
    reading: Reading
    card: Card
    reply: str


class Moment(_Frozen):
    """A turn worth going back to: what was said, why it stands out, a better wording if missed."""

    turn: int
    theirs: str
    yours: str
    why: str
    better: str | None = None


class Figures(_Frozen):
    """Numbers that describe a talk, not a person. None where there is nothing to divide by.

    ``reflections_to_questions`` is a ratio (fair 1:1, good 2:1, MITI 4.2.1), ``open_share`` the
    share of questions that were open, ``talk_share`` the learner's share of the words,
    ``uptake`` one value per judged turn in order.
    """

    turns: int
    judged: int
    questions: int
    reflections: int
    reflections_to_questions: float | None
    open_share: float | None
    talk_share: float | None
    uptake: tuple[float, ...]
    uptake_turns: tuple[int, ...]
    note: str


class Debrief(_Frozen):
    """What a learner takes away: two moments that worked, two openings missed, one thing next."""

    judged: bool
    reason: str | None = None
    opening: str
    """The sentence the debrief begins with; names the learner's own rating where they gave one."""
    worked: tuple[Moment, ...] = ()
    missed: tuple[Moment, ...] = ()
    practise_next: str | None = None
    practise_skill: str | None = None
    heard: tuple[str, ...] = ()
    """What the mentor opened up about, in the scenario's words."""
    unheard: int = 0
    """How many of the scenario's topics stayed closed."""
    figures: Figures
