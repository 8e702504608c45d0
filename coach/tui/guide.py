"""Somebody who stands beside a talk and says what to look at: the guided first talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coach.practice.events import Event


class Guide(Protocol):
    """Guidance lines shown above the input of a real conversation."""

    def first(self) -> str:
        """What is said before anything happened."""
        ...

    def told(self, event: Event) -> str | None:
        """What is said after an event; None leaves the line as it is, "" takes it away."""
        ...
