"""What comes in: turns, line by line, from a keyboard, a pipe or a file that is replayed.

A line that ends in a backslash goes on in the next one. Bytes that are not UTF-8 are replaced
and the replacement is told. At the end of the input every further question finds nothing.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from coach.errors import BadInput

_BYTE_ORDER_MARK = "\ufeff"


class Source(Protocol):
    """Where lines come from, as bytes: an open file or a `coach.plain.keyboard.Keyboard`."""

    def readline(self) -> bytes:
        """The next line with its end; empty at the end of the input."""
        ...


class Lines:
    """The learner's lines, in order.

    Args:
        source: where bytes come from once ``replayed`` is used up; None: nowhere.
        prompt: called with the words to show before a line is read from ``source``; None where
            nobody sits in front of it.
        note: told what had to be changed in a line.
        replayed: lines to be taken first, as if they were typed.
    """

    def __init__(
        self,
        source: Source | None,
        *,
        note: Callable[[str], None],
        prompt: Callable[[str], None] | None = None,
        replayed: Iterable[str] = (),
    ) -> None:
        self._source = source
        self._prompt = prompt
        self._note = note
        self._replayed = deque(replayed)
        self._first = True
        self.number = 0

    @property
    def typed(self) -> bool:
        """Whether the next line will be asked of a person."""
        return self._prompt is not None and not self._replayed

    def next(self, prompt: str) -> str | None:
        """The next turn, without its line end; None at the end of the input."""
        if self._replayed:
            return self._replayed.popleft()
        parts: list[str] = []
        while (line := self._read(prompt if not parts else "... ")) is not None:
            if not line.endswith("\\"):
                return "\n".join([*parts, line])
            parts.append(line[:-1])
        return "\n".join(parts) if parts else None

    def _read(self, prompt: str) -> str | None:
        if self._source is None:
            return None
        if self._prompt is not None:
            self._prompt(prompt)
        raw = self._source.readline()
        if not raw:
            return None
        self.number += 1
        text = raw.decode("utf-8", "replace")
        if "\ufffd" in text and b"\xef\xbf\xbd" not in raw:
            self._note(
                f"Line {self.number} was not UTF-8 in places; what could not be read stands as "
                '"\ufffd". Set the terminal or the file to UTF-8.'
            )
        if self._first:
            text = text.removeprefix(_BYTE_ORDER_MARK)
            self._first = False
        return text.removesuffix("\n").removesuffix("\r")


def replayed_turns(path: Path) -> list[str]:
    """The learner's turns in a file, to be taken again.

    The file may be a talk exported as JSON (its current branch), the events of
    ``coach practice --json`` (the branch it ended on), rows of ``coach score``, or plain
    lines, where a trailing backslash goes on in the next line.

    Raises:
        BadInput: the file cannot be read, or holds no turn.
    """
    try:
        with path.open("rb") as file:
            text = file.read().decode("utf-8-sig", "replace")
    except OSError as error:
        raise BadInput(
            f"{path}: the file to replay cannot be read ({error.strerror}); check its name."
        ) from error
    turns = _exported(text) if text.lstrip().startswith("{") else None
    if turns is None:
        turns = _plain(text)
    if not turns:
        raise BadInput(f"{path}: there is no turn in this file; give one turn a line.")
    return turns


def _plain(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\\\n", "\0").split("\n")
    return [line.replace("\0", "\n") for line in lines if line.strip("\0 \t")]


def _exported(text: str) -> list[str] | None:
    """Turns of one JSON document or of JSON lines; None where it is neither."""
    try:
        talk: Any = json.loads(text)
    except ValueError:
        return _rows(text)
    if isinstance(talk, dict) and isinstance(talk.get("turns"), list):
        turns = [turn for turn in talk["turns"] if isinstance(turn, dict)]
        current = [turn for turn in turns if turn.get("current", True)]
        return [_said(turn) for turn in current if turn.get("text")]
    return _rows(text)


def _rows(text: str) -> list[str] | None:
    events: dict[Any, str] = {}
    # Not splitlines(): JSON leaves other line breaks, such as U+2028, as they are in a text.
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            return None
        if not isinstance(row, dict):
            return None
        if row.get("event", "turn_taken") == "turn_taken" and row.get("text"):
            key = ("turn", str(row["turn"])) if "turn" in row else number
            # Taken again: the talk goes on from there, and what had followed is left behind.
            while key in events:
                events.popitem()
            events[key] = _said(row)
    return list(events.values())


def _said(row: dict[str, Any]) -> str:
    """A turn's words as a line that says them: a slash they begin with makes no command."""
    text = str(row["text"])
    words = text.lstrip()
    return f"{text.removesuffix(words)}/{words}" if words.startswith("/") else text
