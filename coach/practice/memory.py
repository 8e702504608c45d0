"""A store that keeps nothing: for a talk without history, and for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from coach.errors import BadInput
from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief
from coach.listening.reading import Reading
from coach.practice.store import TalkHead, TurnRecord, answered_already


class MemoryStore:
    """Keeps talks in memory for as long as the program runs; writes nothing anywhere."""

    def __init__(self) -> None:
        self._talks: dict[int, TalkHead] = {}
        self._turns: dict[int, TurnRecord] = {}
        self._drafts: dict[int, str] = {}

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
        """Remember a new talk."""
        head = TalkHead(
            id=len(self._talks) + 1,
            scenario=scenario,
            title=title,
            mentor=mentor,
            learner=learner,
            seed=seed,
            started=datetime.now(UTC),
            opening=opening,
            opening_state=opening_state,
            notes=notes,
        )
        self._talks[head.id] = head
        return head

    def talk(self, talk_id: int) -> TalkHead:
        """The talk; `BadInput` where there is none."""
        try:
            return self._talks[talk_id]
        except KeyError:
            raise BadInput(
                f"There is no talk {talk_id}; without history only the talk under way is known."
            ) from None

    def unfinished(self, learner: str | None = None) -> list[TalkHead]:
        """Talks begun and not ended, newest first."""
        return [
            head
            for head in reversed(self._talks.values())
            if head.ended is None and learner in (None, head.learner)
        ]

    def met(self, scenario: str, learner: str) -> list[TalkHead]:
        """This learner's ended talks with a scenario, those with no turn left out, newest first."""
        return [
            head
            for head in reversed(self._talks.values())
            if (head.scenario, head.learner) == (scenario, learner)
            and head.ended is not None
            and head.tip is not None
        ]

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
        """Remember the learner's words and make them the talk's tip."""
        head = self.talk(talk_id)
        tries = [
            turn
            for turn in self._turns.values()
            if turn.talk == talk_id and turn.parent == parent and turn.number == number
        ]
        record = TurnRecord(
            id=len(self._turns) + 1,
            talk=talk_id,
            parent=parent,
            number=number,
            attempt=len(tries) + 1,
            context=context,
            text=text,
            taken=datetime.now(UTC),
            hints=hints,
        )
        self._turns[record.id] = record
        self._talks[talk_id] = replace(head, tip=record.id)
        return record

    def complete_turn(
        self,
        turn_id: int,
        *,
        reading: Reading,
        card: Card,
        reply: dict[str, Any],
        state: dict[str, Any],
    ) -> TurnRecord:
        """Remember what was made of a turn; `BadInput` where that was done already."""
        turn = self._turns[turn_id]
        if turn.reply is not None:
            raise answered_already(turn.number)
        record = replace(turn, reading=reading, card=card, reply=reply, state=state)
        self._turns[turn_id] = record
        return record

    def turns(self, talk_id: int) -> list[TurnRecord]:
        """Every attempt of the talk, oldest first."""
        return [turn for turn in self._turns.values() if turn.talk == talk_id]

    def save_draft(self, talk_id: int, text: str) -> None:
        """Remember a line that is being typed."""
        self._drafts[self.talk(talk_id).id] = text

    def draft(self, talk_id: int) -> str:
        """The line that was being typed, or an empty string."""
        return self._drafts.get(talk_id, "")

    def end_talk(
        self,
        talk_id: int,
        *,
        own_rating: int | None = None,
        own_words: str = "",
        debrief: Debrief | None = None,
    ) -> TalkHead:
        """Mark the talk ended; called again to add rating and debrief, never to take them away."""
        head = self.talk(talk_id)
        self._talks[talk_id] = replace(
            head,
            ended=head.ended or datetime.now(UTC),
            own_rating=head.own_rating if own_rating is None else own_rating,
            own_words=own_words or head.own_words,
            debrief=debrief or head.debrief,
        )
        return self._talks[talk_id]
