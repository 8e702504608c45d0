"""The one door to the models: whoever reads turns is a `Listener`.

Three forms answer it: in this process (`coach.listening.inprocess`, batches and tests), in a
child process (`coach.listening.child`, the screen) and over HTTP (`coach.listening.remote`,
a workshop's shared server). All are synchronous: the screen calls them from a worker thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict

from coach.listening.reading import Reading

Task = Literal["turn", "paraphrase"]


class Row(BaseModel):
    """One turn to read: ``text`` answers ``context``.

    ``key_points``, where given, are used instead of those cut from the context.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | None = None
    context: str = ""
    text: str
    task: Task = "turn"
    key_points: tuple[str, ...] | None = None


class Reply(BaseModel):
    """A line that could follow a turn.

    ``kind`` is what it stands for in a scenario: a story, a small answer, an answer to what is
    asked after any story, or nothing that is asked for. ``asked_as`` is the wording, of those that
    ask for it, nearest to the turn; ``near`` how near, 0 to 1, and ``behind`` how far that is
    behind whatever else the mentor knows.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    kind: Literal["story", "small", "after", "none"] = "none"
    asked_as: str = ""
    near: float = 0.0
    behind: float = 0.0


@runtime_checkable
class Listener(Protocol):
    """Reads turns. Same text, same models: same reading, alone or in a batch."""

    @property
    def version(self) -> str:
        """The models' version, as every reading carries it."""
        ...

    def read(self, context: str, text: str) -> Reading:
        """The reading of one turn.

        Raises:
            coach.errors.MissingModel: the weights are not there or damaged.
            coach.errors.MissingPart: the models' process or server is gone.
        """
        ...

    def read_rows(self, rows: Sequence[Row]) -> list[Reading]:
        """One reading per row, same order, carrying the rows' ids."""
        ...

    def closeness(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        """How near in meaning each candidate is to each text: cosines, -1 to 1.

        One list per text, each in the candidates' order. Candidates are remembered, so that
        asking for the same again costs no more than a look-up.
        """
        ...

    def fits(
        self, context: str, text: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> list[float]:
        """How likely each reply makes sense right after ``text``, which answers ``context``.

        0 to 1, each judged alone, in the order of the replies. ``earlier``: what was said before
        ``context``, oldest first; the exchange before it is enough.
        """
        ...

    def prepare(self, texts: Sequence[str]) -> None:
        """Read texts ahead (a mentor's line before it is answered); changes no result."""
        ...

    def close(self) -> None:
        """Let go of processes and connections; calling it twice is fine."""
        ...
