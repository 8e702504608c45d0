"""The dialogue: who said what, the newest in view, long talks windowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button

from coach.tui.widgets.speech import Speech

WINDOW = 40
"""Lines that are mounted when a talk is shown; earlier ones on demand."""
SLACK = 20
"""How many more may gather before the oldest are let go; also how many come back at a time."""


@dataclass(eq=False)
class Entry:
    """One line of the talk. ``turn`` is the learner's turn it belongs to, 0 the opening."""

    speaker: str
    text: str
    turn: int
    mine: bool
    before: str | None = field(default=None)
    words: str = ""


class Dialogue(VerticalScroll):
    """The talk so far, anchored at its end until the reader scrolls up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "earlier", "Earlier", id="dialogue.earlier", show=False),
    ]

    @dataclass
    class TurnClicked(Message):
        """A turn of the learner's was clicked."""

        turn: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entries: list[Entry] = []
        self._first = 0
        """Index of the first mounted entry."""
        self.word_by_word = False

    def compose(self) -> ComposeResult:
        yield Button("Earlier in this talk", id="earlier", compact=True)

    def on_mount(self) -> None:
        self.query_one("#earlier").display = False
        self.anchor()

    # ---------------------------------------------------------------- adding

    def mentor_says(self, name: str, text: str, turn: int, *, slowly: bool = False) -> None:
        """The mentor's line; word by word where that is wanted."""
        self._add(Entry(name, text, turn, mine=False), slowly=slowly and self.word_by_word)

    def learner_says(self, text: str, turn: int) -> None:
        """The learner's words, at once."""
        self._add(Entry("You", text, turn, mine=True))

    def put_back(self, entry: Entry) -> None:
        """Show an entry that was taken away."""
        self._add(entry)

    def _add(self, entry: Entry, *, slowly: bool = False) -> None:
        self.entries.append(entry)
        self.mount(Speech(entry, slowly=slowly))
        if len(self.entries) - self._first > WINDOW + SLACK and not self._reading_back:
            self._let_go(len(self.entries) - WINDOW)

    @property
    def _reading_back(self) -> bool:
        return self.max_scroll_y - self.scroll_y > 2

    def compare(self, turn: int, before: str, words: str) -> None:
        """Show a turn beside the attempt before it."""
        for entry in self.entries:
            if entry.mine and entry.turn == turn:
                entry.before, entry.words = before, words
        for speech in self.query(Speech):
            if speech.entry.mine and speech.entry.turn == turn:
                speech.recompose_body()

    # ---------------------------------------------------------------- taking away

    def forget_from(self, turn: int) -> None:
        """Take away everything from the learner's turn on (a branch was left)."""
        self.entries = [entry for entry in self.entries if entry.turn < turn]
        self._first = min(self._first, len(self.entries))
        for speech in self.query(Speech):
            if speech.entry not in self.entries:
                speech.remove()

    def set_aside(self, turn: int | None) -> None:
        """Mark everything from a turn on as waiting to be replaced; None: nothing is."""
        for speech in self.query(Speech):
            speech.set_class(turn is not None and speech.entry.turn >= turn, "-aside")

    def clear(self) -> None:
        """Empty the dialogue."""
        self.entries = []
        self._first = 0
        self.query(Speech).remove()
        self.query_one("#earlier").display = False

    # ---------------------------------------------------------------- the window

    def _let_go(self, first: int) -> None:
        gone = self.entries[self._first : first]
        self._first = first
        for speech in self.query(Speech):
            if speech.entry in gone:
                speech.remove()
        self._show_earlier()

    def _show_earlier(self) -> None:
        button = self.query_one("#earlier", Button)
        button.display = self._first > 0
        button.label = f"Earlier in this talk: {self._first} more"

    @on(Button.Pressed, "#earlier")
    def action_earlier(self) -> None:
        """Bring back earlier lines."""
        first = max(0, self._first - SLACK)
        if first == self._first:
            self.scroll_home(animate=False)
            return
        self.release_anchor()
        back = [Speech(entry) for entry in self.entries[first : self._first]]
        self._first = first
        self.mount(*back, after=0)
        self._show_earlier()
