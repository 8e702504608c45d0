"""The turn card: one strength and one thing to try, each with its reason in plain sight.

A card speaks about the turn, never about the person, and every remark carries the learner's
own words, the mentor's words it rests on and the rule behind it. These are the types;
`coach.feedback.rules` writes them.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

from coach.listening.reading import KeyPointStatus, QuestionFlag, QuestionKind, Span

_THE_MENTOR = re.compile(r"\bthe mentor\b", re.IGNORECASE)


def told_of(point: str, mentor: str) -> str:
    """A key point as it is told of somebody with a name; authors write "the mentor"."""
    return _THE_MENTOR.sub(lambda _: mentor, point)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(_Frozen):
    """Words somebody said: ``text`` is exactly ``source[span[0]:span[1]]``."""

    text: str
    span: Span


class Remark(_Frozen):
    """One thing said about a turn.

    ``skill`` is the rule's id (``open_question``, ``paraphrase_faithful``, ...), ``title`` at
    most six words, ``words`` one or two sentences to the learner about this turn, ``rule`` the
    rule behind it in plain English. ``yours`` quotes the learner, ``theirs`` the mentor.
    ``example``, where there is one, is a wording to try.
    """

    skill: str
    title: str
    words: str
    rule: str
    yours: Quote | None = None
    theirs: Quote | None = None
    example: str | None = None


class PointKept(_Frozen):
    """A key point of the mentor's and what became of it in the turn."""

    text: str
    span: Span | None
    status: KeyPointStatus
    sure: bool
    """False where the models are not sure enough to assert it."""

    def told_of(self, mentor: str) -> str:
        """The point as it is told of the mentor by name."""
        return told_of(self.text, mentor)


class QuestionNote(_Frozen):
    """The question's type and the words that decided it."""

    kind: QuestionKind
    flags: tuple[QuestionFlag, ...]
    words: tuple[Quote, ...]
    why: str


class Card(_Frozen):
    """What the learner sees after a turn.

    ``judged`` false: there was not enough to judge, ``reason`` says why, nothing else is filled.
    ``depth`` is a soft word on a reflection (closer to the words, or to what lies behind).
    ``added`` quotes claims of the turn's with no support, ``copied`` runs of words taken over
    from the mentor. ``score`` is the paraphrase's, shown only where the learner wants numbers.
    """

    judged: bool = True
    reason: str | None = None
    strength: Remark | None = None
    try_next: Remark | None = None
    question: QuestionNote | None = None
    points: tuple[PointKept, ...] = ()
    added: tuple[Quote, ...] = ()
    copied: tuple[Quote, ...] = ()
    depth: str | None = None
    score: int | None = None
    moves: tuple[str, ...] = ()
