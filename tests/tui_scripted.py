"""A talk that tells events written beforehand: screens can be shown without any engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from coach.feedback.card import Card, PointKept, QuestionNote, Quote, Remark
from coach.feedback.debrief_model import Debrief, Figures, Moment
from coach.practice.events import (
    CardReady,
    DebriefReady,
    Event,
    MentorSaid,
    RatingAsked,
    TalkStarted,
    TurnCompared,
    TurnTaken,
)
from coach.practice.memory import MemoryStore
from coach.practice.store import TalkHead

OPENING = (
    "Come in. I have the tide tables open, so give me a moment. They tell me you start on the "
    "quay next week. What made you choose a port?"
)
STORY = (
    "The winter of the great gale we lost two masts in one night, and the harbour board wanted "
    "to sell the yard. I kept the stores open on my own account for a month. Nobody asked me "
    "to, and nobody thanked me until the spring."
)
REPLY = "That is it. I still have the key to that store, you know."
ASKED = "How did you end up keeping the stores that winter?"
CLOSED = "Did you keep the stores that winter?"
HANDED_BACK = (
    "So the board was ready to sell, and you kept the stores going by yourself for a month. "
    "What did that cost you?"
)


def _quote(text: str) -> Quote:
    return Quote(text=text, span=(0, len(text)))


ASKED_CARD = Card(
    strength=Remark(
        skill="open_question",
        title="The answer is theirs",
        words="The question is open: it lets them choose where to start.",
        rule="a question that starts with \u201cwhat\u201d or \u201chow\u201d leaves the answer to "
        "them.",
        yours=_quote(ASKED),
        theirs=_quote("I have the tide tables open"),
    ),
    question=QuestionNote(
        kind="open", flags=(), words=(_quote("How"),), why="\u201cHow\u201d leaves it to them."
    ),
)
CLOSED_CARD = Card(
    try_next=Remark(
        skill="open_it",
        title="Open the question",
        words="A yes or a no answers this one.",
        rule="a question that starts with a verb can be answered in one word.",
        yours=_quote(CLOSED),
        example="How did you keep the stores that winter?",
    ),
    question=QuestionNote(
        kind="closed", flags=(), words=(_quote("Did"),), why="\u201cDid you\u201d asks yes or no."
    ),
)
BACK_CARD = Card(
    strength=Remark(
        skill="paraphrase_faithful",
        title="Their point, your words",
        words="Two of their points come back in other words, and nothing is added.",
        rule="a paraphrase shows a person that they arrived.",
        yours=_quote("you kept the stores going by yourself for a month"),
        theirs=_quote("I kept the stores open on my own account for a month"),
    ),
    try_next=Remark(
        skill="feeling",
        title="Reach for what lay behind",
        words="They also said that nobody thanked them; that is left standing.",
        rule="what somebody says last, and in passing, often weighs most.",
        theirs=_quote("nobody thanked me until the spring"),
        example="And all that without a word of thanks until spring.",
    ),
    question=QuestionNote(
        kind="open", flags=(), words=(_quote("What"),), why="\u201cWhat\u201d leaves it to them."
    ),
    points=(
        PointKept(text="the board wanted to sell", span=None, status="covered", sure=True),
        PointKept(text="he kept the stores open", span=None, status="covered", sure=True),
        PointKept(text="two masts were lost", span=None, status="missed", sure=True),
        PointKept(text="nobody thanked him", span=None, status="missed", sure=False),
    ),
    depth="close to the words",
    score=71,
)
DEBRIEF = Debrief(
    judged=True,
    opening="You gave this talk 4 of 5. Here is a look back on its four turns.",
    worked=(
        Moment(turn=1, theirs="I have the tide tables open", yours=ASKED, why="An open door."),
        Moment(
            turn=2,
            theirs="I kept the stores open on my own account",
            yours=HANDED_BACK,
            why="Their point came back in your words.",
        ),
    ),
    missed=(
        Moment(
            turn=3,
            theirs="nobody thanked me until the spring",
            yours="I see.",
            why="What was said last went by.",
            better="And all that without a word of thanks until spring.",
        ),
    ),
    practise_next="Hand back what somebody says last, before you ask anything new.",
    heard=("the great gale",),
    unheard=4,
    figures=Figures(
        turns=4,
        judged=4,
        questions=3,
        reflections=2,
        reflections_to_questions=0.67,
        open_share=0.67,
        talk_share=0.31,
        uptake=(0.4, 0.9, 0.2, 0.7),
        uptake_turns=(1, 2, 3, 4),
        note="The numbers describe this talk, not you.",
    ),
)


class ScriptedSession:
    """Answers as a session does, with what was written above."""

    unread = None
    draft = ""

    def __init__(self, *, compared: bool = False) -> None:
        self.talk = SimpleNamespace(id=1, notes="")
        self._compared = compared

    def opening(self) -> Iterator[Event]:
        yield TalkStarted(
            talk=1, scenario="x", title="x", mentor="Bo", role="x", goal="x", seed=1, resumed=True
        )
        yield MentorSaid(turn=0, text=OPENING)
        yield TurnTaken(turn=1, attempt=1, text=ASKED)
        yield CardReady(turn=1, attempt=1, card=ASKED_CARD)
        if self._compared:
            yield TurnCompared(
                turn=1,
                before_text=CLOSED,
                after_text=ASKED,
                before=CLOSED_CARD,
                after=ASKED_CARD,
                words="The question was closed and is open now.",
            )
        yield MentorSaid(turn=1, text=STORY)
        if self._compared:
            return
        yield TurnTaken(turn=2, attempt=1, text=HANDED_BACK)
        yield CardReady(turn=2, attempt=1, card=BACK_CARD)
        yield MentorSaid(turn=2, text=REPLY)

    def finish(self) -> Iterator[Event]:
        yield RatingAsked(
            question="Before any feedback: how well did you listen in this talk?",
            choices=(
                "1  hardly at all",
                "2  now and then",
                "3  about half the time",
                "4  most of the time",
                "5  nearly all the time",
            ),
        )

    def debrief(self, rating: int | None, words: str) -> Iterator[Event]:
        yield DebriefReady(debrief=DEBRIEF, own_rating=rating, own_words=words)

    def save_draft(self, text: str) -> None:
        """Nothing is kept."""


class PastStore(MemoryStore):
    """Two talks of long ago, so that their dates read the same on any day."""

    def history(self, learner: str | None = None, search: str = "") -> list[TalkHead]:
        def head(number: int, title: str, **more: Any) -> TalkHead:
            return TalkHead(
                id=number,
                scenario="small-port",
                title=title,
                mentor="Bo Ahlgren",
                learner="",
                seed=1,
                started=datetime(2023, 3, number, 12, tzinfo=UTC),
                opening={},
                opening_state={},
                **more,
            )

        ended = datetime(2023, 3, 2, tzinfo=UTC)
        return [head(2, "A small port"), head(1, "The tall ship", ended=ended)]
