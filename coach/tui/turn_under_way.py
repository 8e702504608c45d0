"""The turn to come: its number, what it takes the place of, and its words while they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.tui.widgets.dialogue import Entry


@dataclass
class TurnUnderWay:
    """What the talk's next turn is, from its first letter until it is on record.

    Once `send` was called it is either `kept`, or taken back as it was.
    """

    last: int = 0
    """The last turn on record."""
    unread: bool = False
    """Whether that one could not be read; a turn sent instead takes its place."""
    again: int | None = None
    """The earlier turn that is taken again."""
    put_away: str = ""
    """What was being typed before an earlier turn was opened again."""
    sent: str | None = None
    """Its words, on their way to the records."""
    replaced: tuple[Entry, ...] = ()
    """The lines it took the place of."""

    @property
    def number(self) -> int:
        """Which turn it is."""
        return self.again or (self.last if self.unread else self.last + 1)

    @property
    def reopened(self) -> bool:
        """Whether an earlier turn waits to be said another way."""
        return self.again is not None and self.sent is None

    def reopen(self, turn: int, typed: str) -> None:
        """An earlier turn is taken again; what was ``typed`` is put away meanwhile."""
        if self.again is None:
            self.put_away = typed
        self.again = turn

    def send(self, text: str, entries: Iterable[Entry]) -> None:
        """The words are on their way to the records."""
        self.sent = text
        self.replaced = tuple(entry for entry in entries if entry.turn >= self.number)

    def take_back(self) -> str:
        """They could not be kept; nothing has changed.

        Returns:
            The words.
        """
        words, self.sent, self.replaced = self.sent or "", None, ()
        return words

    def kept(self, turn: int) -> str:
        """A turn is on record.

        Returns:
            What had been put away.
        """
        self.take_back()
        self.last, self.unread = turn, False
        return self.give_up()

    def give_up(self) -> str:
        """No turn is taken again any more.

        Returns:
            What had been put away.
        """
        typed, self.put_away, self.again = self.put_away, "", None
        return typed
