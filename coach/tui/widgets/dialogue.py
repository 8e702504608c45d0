"""The dialogue: who said what, the newest in view, long talks windowed."""

from __future__ import annotations

from collections.abc import Iterable
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
        self._aside: int | None = None
        """The turn from which on everything waits to be replaced."""
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

    def put_back(self, entries: Iterable[Entry]) -> None:
        """Show entries that were taken away."""
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry, *, slowly: bool = False) -> None:
        self.entries.append(entry)
        self.mount(self._speech(entry, slowly=slowly))
        if len(self.entries) - self._first > WINDOW + SLACK and not self._reading_back:
            self._let_go(len(self.entries) - WINDOW)

    def _speech(self, entry: Entry, *, slowly: bool = False) -> Speech:
        return Speech(entry, slowly=slowly, aside=self._is_aside(entry))

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
        self._aside = None
        self.entries = [entry for entry in self.entries if entry.turn < turn]
        for speech in self.query(Speech):
            if speech.entry not in self.entries:
                speech.remove()
        self._show_from(min(self._first, max(0, len(self.entries) - WINDOW)))

    def set_aside(self, turn: int | None) -> None:
        """Mark everything from a turn on as waiting to be replaced; None: nothing is."""
        self._aside = turn
        for speech in self.query(Speech):
            speech.set_aside(self._is_aside(speech.entry))

    def _is_aside(self, entry: Entry) -> bool:
        return self._aside is not None and entry.turn >= self._aside

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
        self._show_from(first)

    def _show_from(self, first: int) -> None:
        back = [self._speech(entry) for entry in self.entries[first : self._first]]
        self._first = first
        self.mount(*back, after=0)
        self._show_earlier()

    def show_before(self, turn: int) -> None:
        """Show what a turn answers, as far up as may be."""
        at = next((i for i, one in enumerate(self.entries) if one.turn >= turn), 1) - 1
        self.release_anchor()
        self._show_from(min(self._first, at))
        self.call_after_refresh(self._bring_up, self.entries[at])

    def _bring_up(self, entry: Entry) -> None:
        for speech in self.query(Speech):
            if speech.entry is entry:
                self.scroll_to_widget(speech, top=True, animate=False, immediate=True)
