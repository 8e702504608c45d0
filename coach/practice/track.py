"""A talk's tree of turns and where in it the talk stands.

Everything here but the turn reopened is worked out from what the store gave back, so a talk resumed
stands where it was left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from coach.mentor.mentor import Line, MentorState
from coach.practice.store import TalkHead, TurnRecord, branch


class Track:
    """The turns of one talk. ``None`` for a turn's id stands for the mentor's opening."""

    def __init__(self, head: TalkHead, turns: list[TurnRecord]) -> None:
        self.head = head
        self.reopened: TurnRecord | None = None
        """The turn that the next one replaces."""
        self._turns = {turn.id: turn for turn in turns}

    def took(self, turn: TurnRecord) -> None:
        """A turn was kept: the talk goes on from it."""
        self._turns[turn.id] = turn
        self.head = replace(self.head, tip=turn.id)
        self.reopened = None

    def completed(self, turn: TurnRecord) -> None:
        """A turn was read and answered."""
        self._turns[turn.id] = turn

    @property
    def branch(self) -> list[TurnRecord]:
        """The turns up to the tip, the last perhaps unread."""
        return branch(list(self._turns.values()), self.head.tip)

    @property
    def answered(self) -> list[TurnRecord]:
        """The turns up to the tip that were read and answered."""
        return [turn for turn in self.branch if turn.reply is not None]

    @property
    def unread(self) -> TurnRecord | None:
        """The tip, where it was kept and not answered yet."""
        tip = self._turns[self.head.tip] if self.head.tip is not None else None
        return tip if tip is not None and tip.reply is None else None

    @property
    def parent(self) -> int | None:
        """The turn that the next one follows: it takes the place of one reopened or unread."""
        replaced = self.reopened or self.unread
        return replaced.parent if replaced is not None else self.head.tip

    def number_after(self, turn_id: int | None) -> int:
        """The number of a turn that follows."""
        return self._turns[turn_id].number + 1 if turn_id is not None else 1

    def turn(self, turn_id: int | None) -> TurnRecord | None:
        """The turn; None for the opening."""
        return self._turns[turn_id] if turn_id is not None else None

    def line_after(self, turn_id: int | None) -> Line:
        """What the mentor said to a turn."""
        return Line.model_validate(self._after(turn_id)[0])

    def state_after(self, turn_id: int | None) -> MentorState:
        """The mentor as they were once they had answered a turn."""
        return MentorState.model_validate(self._after(turn_id)[1])

    def try_before(self, turn: TurnRecord) -> TurnRecord | None:
        """The last attempt at the same turn before this one that has a card."""
        tries = [
            other
            for other in self._turns.values()
            if other.parent == turn.parent
            and other.attempt < turn.attempt
            and other.card is not None
        ]
        return max(tries, key=lambda other: other.attempt, default=None)

    def _after(self, turn_id: int | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        turn = self.turn(turn_id)
        if turn is None:
            return self.head.opening, self.head.opening_state
        return turn.reply, turn.state
