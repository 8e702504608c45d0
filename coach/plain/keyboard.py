"""A person at a terminal, as a source of lines: with editing, recall and lines of any length."""

from __future__ import annotations

import sys
from contextlib import suppress
from io import TextIOWrapper


class Keyboard:
    """Asks for a line with Python's own line editor where it has one.

    Without it a terminal cuts lines at 4,096 characters and shows arrow keys as letters.
    `prompt` is for `coach.plain.lines.Lines`, which calls it before every `readline`.
    """

    def __init__(self) -> None:
        self._words = ""
        with suppress(ImportError):  # some builds of Python come without it
            import readline  # noqa: F401 importing it is what makes input() edit
        if isinstance(sys.stdin, TextIOWrapper):
            # Bytes that are no text are told by `Lines`; they must not end the talk here.
            sys.stdin.reconfigure(errors="surrogateescape")

    def prompt(self, words: str) -> None:
        """Show these words before the next line."""
        self._words = words

    def readline(self) -> bytes:
        """The next line with its end; empty at the end of the input."""
        try:
            line = input(self._words)
        except EOFError:
            return b""
        return line.encode(sys.stdin.encoding or "utf-8", "surrogateescape") + b"\n"
