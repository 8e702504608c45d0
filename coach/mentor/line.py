"""What the mentor says in one breath, and why."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.listening.listener import Row
from coach.mentor.scenario import Depth

LineKind = Literal[
    "opening",
    "story",
    "answer",
    "answered",
    "correction",
    "encouraged",
    "move",
    "nod",
    "quiet",
    "lead",
    "question",
    "unknown",
    "unreadable",
    "dry",
    "closing",
]


class Line(BaseModel):
    """A line of the mentor's.

    ``topic`` and ``depth`` say where in the scenario it stands, ``rule`` in one plain sentence
    why it was said, ``key_points`` what a listener should be able to hand back. ``closing``:
    the talk ends with it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    text: str
    topic: str | None = None
    depth: Depth | None = None
    kind: LineKind
    rule: str
    closing: bool = False
    key_points: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    """What in the turn it answers warmed or cooled the mentor, in plain English."""
    voice: str | None = None
    """The language model that worded it; None where the words are the author's."""
    strayed: str | None = None
    """Why a voice's wording was not used, where one was tried."""

    def answered(self, text: str) -> Row:
        """A turn that answers this line, to be read against what its author finds worth hearing."""
        return Row(context=self.text, text=text, key_points=self.key_points or None)
