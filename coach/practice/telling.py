"""Kept turns as events, the same whether they just happened or are told again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.feedback.card import Card
from coach.feedback.compare import compare
from coach.listening.reading import Reading
from coach.mentor.mentor import Line, MentorState
from coach.mentor.scenario import Scenario
from coach.practice.events import (
    CardReady,
    DebriefReady,
    Event,
    MentorSaid,
    Mind,
    TalkStarted,
    TurnCompared,
    TurnRead,
    TurnTaken,
)
from coach.practice.store import TalkHead, TurnRecord


def talk_started(
    head: TalkHead, scenario: Scenario, *, resumed: bool, voice: str = ""
) -> TalkStarted:
    """The talk's beginning."""
    return TalkStarted(
        talk=head.id,
        scenario=scenario.id,
        title=scenario.title,
        mentor=scenario.mentor.name,
        role=scenario.mentor.role,
        goal=scenario.goal,
        seed=head.seed,
        resumed=resumed,
        voice=voice,
    )


def mentor_said(turn: int, line: Line, state: dict[str, Any] | None) -> MentorSaid:
    """The mentor's line in answer to a turn (0: the opening), and their state after it."""
    return MentorSaid(
        turn=turn,
        text=line.text,
        topic=line.topic,
        depth=line.depth,
        rule=line.rule,
        closing=line.closing,
        mind=_mind(state, line) if state is not None else None,
        voice=line.voice,
        strayed=line.strayed,
    )


def _mind(state: dict[str, Any], line: Line) -> Mind:
    mentor = MentorState.model_validate(state)
    return Mind(
        trust=mentor.trust, patience=mentor.patience, interest=mentor.interest, moved=line.moved
    )


def turn_taken(turn: TurnRecord) -> TurnTaken:
    """The learner's words."""
    return TurnTaken(turn=turn.number, attempt=turn.attempt, text=turn.text)


def turn_read(turn: TurnRecord, reading: Reading) -> TurnRead:
    """A turn's reading."""
    return TurnRead(
        turn=turn.number,
        attempt=turn.attempt,
        context=turn.context,
        text=turn.text,
        reading=reading,
    )


def card_ready(turn: TurnRecord, card: Card) -> CardReady:
    """The feedback on a turn."""
    return CardReady(turn=turn.number, attempt=turn.attempt, card=card)


def turn_answered(turn: TurnRecord) -> Iterator[Event]:
    """What the mentor said to a turn; nothing where it was not answered yet."""
    if turn.reply is not None:
        yield mentor_said(turn.number, Line.model_validate(turn.reply), turn.state)


def told_again(turn: TurnRecord) -> Iterator[Event]:
    """All that happened at a turn."""
    yield turn_taken(turn)
    if turn.reading is not None:
        yield turn_read(turn, turn.reading)
    if turn.card is not None:
        yield card_ready(turn, turn.card)
    yield from turn_answered(turn)


def turn_compared(before: TurnRecord | None, after: TurnRecord, card: Card) -> Iterator[Event]:
    """A turn taken again, with its card, beside the attempt before; nothing where there is none."""
    if before is not None and before.card is not None:
        yield TurnCompared(
            turn=after.number,
            before_text=before.text,
            after_text=after.text,
            before=before.card,
            after=card,
            words=compare(before.card, card, before.text, after.text),
        )


def looked_back(head: TalkHead) -> Iterator[Event]:
    """The talk's debrief; nothing where it has none."""
    if head.debrief is not None:
        yield DebriefReady(
            debrief=head.debrief, own_rating=head.own_rating, own_words=head.own_words
        )
