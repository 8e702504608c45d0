"""A terminal for tests: a program in a pseudo-terminal, and what a person would see of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
from rich.cells import cell_len

from tests.coach_command import FAKE, environment

PATIENCE = 30
"""Seconds until what is waited for counts as never coming."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "ctrl+j": "\n",
    "ctrl+q": "\x11",
    "ctrl+u": "\x15",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f9": "\x1b[20~",
    "left": "\x1b[D",
    "down": "\x1b[B",
}

ASKS_FOR_WHOLE_FRAMES, HAS_WHOLE_FRAMES = "\x1b[?2026$p", "\x1b[?2026;2$y"
FRAME_BEGINS, FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"

_PIECE = re.compile(
    r"\x1b\](?P<title>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b\[(?P<args>[0-9;?<>=$ ]*)(?P<verb>[@-~])"
    r"|\x1b[^\[\]]"
    r"|(?P<control>[\r\n\x08\x07\t])"
    r"|(?P<text>[^\x1b\r\n\x08\x07\t]+)"
)


class Screen:
    """What stands in each cell, as far as the app's own output needs it: no scrolling."""

    def __init__(self, rows: int, columns: int) -> None:
        self.resize(rows, columns)
        self.colours: set[tuple[int, int, int]] = set()
        self.raw = ""
        self._rest = ""

    def resize(self, rows: int, columns: int) -> None:
        """An empty screen of this size."""
        self.rows, self.columns = rows, columns
        self.cells = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0

    def feed(self, text: str) -> None:
        """Take what the program wrote; half a frame, or sequence, waits for its other half."""
        self.raw += text
        text, place, half = self._rest + text, 0, ""
        begun = text.rfind(FRAME_BEGINS)
        if begun >= 0 and FRAME_ENDS not in text[begun:]:
            text, half = text[:begun], text[begun:]
        while place < len(text) and (found := _PIECE.match(text, place)):
            place = found.end()
            if found["verb"]:
                self._obey(found["verb"], found["args"])
            elif found["control"] == "\r":
                self.column = 0
            elif found["control"] == "\n":
                self.row = min(self.row + 1, self.rows - 1)
            elif found["text"]:
                self._write(found["text"])
        self._rest = text[place:] + half

    def _obey(self, verb: str, arguments: str) -> None:
        if verb == "H":
            row, _, column = arguments.partition(";")
            self.row, self.column = int(row or 1) - 1, int(column or 1) - 1
        elif verb == "J":
            self.cells = [[" "] * self.columns for _ in range(self.rows)]
        elif verb == "m":
            for colour in re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", arguments):
                self.colours.add(tuple(map(int, colour)))

    def _write(self, text: str) -> None:
        for character in text:
            width = cell_len(character)
            if self.row < self.rows and self.column < self.columns and width:
                self.cells[self.row][self.column] = character
                if width == 2 and self.column + 1 < self.columns:
                    self.cells[self.row][self.column + 1] = ""
            self.column += width

    @property
    def text(self) -> str:
        """The screen's lines."""
        return "\n".join("".join(row).rstrip() for row in self.cells)

    @property
    def line(self) -> str:
        """The line the cursor stands on."""
        return "".join(self.cells[min(self.row, self.rows - 1)]).strip()

    @property
    def words(self) -> str:
        """Everything on the screen with single blanks, so that wrapping does not matter."""
        return " ".join(self.text.split())


class Terminal:
    """The coach (with rules for models) in a window of its own.

    Args:
        home: its home.
        arguments: the command line.
        rows: the window's height.
        columns: its width.
        more: further environment variables.
    """

    def __init__(
        self, home: Path, *arguments: str, rows: int = 24, columns: int = 80, **more: str
    ) -> None:
        plain = {
            key: value
            for key, value in environment(home).items()
            if key not in ("NO_COLOR", "TERM_PROGRAM", "TMUX", "SSH_CONNECTION", "CI")
        }
        looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        self.screen = Screen(rows, columns)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", FAKE, *arguments],
            env=plain | looks | more,
            encoding="utf-8",
            dimensions=(rows, columns),
        )
        self.child.delaybeforesend = None
        self.child.maxread = 65536

    def press(self, *keys: str) -> None:
        """Press keys by name, or type text."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def paste(self, text: str) -> None:
        """Paste as a terminal does that tells pasted text from typed."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, rows: int, columns: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def until(self, *shown: str, true: Callable[[], bool] = lambda: True) -> str:
        """Wait until all these words stand on the screen, and something is so; the words."""
        waited = 0.0
        while not (all(words in self.screen.words for words in shown) and true()):
            assert waited < PATIENCE, f"never came: {shown}\n{self.screen.text}"
            waited += self.look()
        return self.screen.words

    def look(self) -> float:
        """Take what has come; how long that was waited for."""
        try:
            came = self.child.read_nonblocking(65536, 0.2)
            self.screen.feed(came)
            if ASKS_FOR_WHOLE_FRAMES in came:
                self.child.send(HAS_WHOLE_FRAMES)
        except pexpect.TIMEOUT:
            return 0.2
        except pexpect.EOF:
            raise AssertionError(f"the coach left:\n{self.screen.text}") from None
        return 0.0

    def ended(self) -> int:
        """Wait for the program to leave; its exit code, or minus the signal that ended it."""
        waited = 0.0
        while waited < PATIENCE:
            try:
                self.screen.feed(self.child.read_nonblocking(65536, 0.2))
            except pexpect.TIMEOUT:
                waited += 0.2
            except pexpect.EOF:
                break
        self.child.close()
        signal = self.child.signalstatus
        return -signal if signal else int(self.child.exitstatus or 0)
