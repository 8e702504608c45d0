"""One line of the dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import shortened

if TYPE_CHECKING:
    from coach.tui.widgets.dialogue import Entry

TICK = 0.06
"""Seconds between words that appear one by one: under twenty changes a second."""


class Speech(Vertical):
    """Who speaks, and what they say; a turn taken again stands beside its earlier attempt."""

    def __init__(self, entry: Entry, *, slowly: bool = False, aside: bool = False) -> None:
        super().__init__(classes="-mine" if entry.mine else "-theirs")
        self.entry = entry
        self.set_class(aside, "-aside")
        if entry.mine:
            self.tooltip = "Click for this turn's card"
        self._slowly = slowly
        self._words = entry.text.split(" ")
        self._shown = 0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        entry = self.entry
        yield PlainText(self._label(), classes="speaker")
        if entry.before is None:
            yield PlainText("" if self._slowly else shortened(entry.text), classes="said")
            return
        with Horizontal(classes="attempts"):
            with Vertical(classes="attempt"):
                yield PlainText("Before", classes="which")
                yield PlainText(shortened(entry.before), classes="said -before")
            with Vertical(classes="attempt"):
                yield PlainText("Now", classes="which")
                yield PlainText(shortened(entry.text), classes="said")
        if entry.words:
            yield PlainText(entry.words, classes="words")

    def _label(self) -> str:
        label = f"You, turn {self.entry.turn}" if self.entry.mine else self.entry.speaker
        # In words as well, for those who do not see the colour or the slant.
        return f"{label} \u00b7 set aside once you send" if self.has_class("-aside") else label

    def set_aside(self, aside: bool) -> None:
        """Mark it as waiting to be replaced, or no longer."""
        if aside != self.has_class("-aside"):
            self.set_class(aside, "-aside")
            for speaker in self.query(".speaker").results(PlainText):
                speaker.show(self._label())

    def on_mount(self) -> None:
        if self._slowly:
            self._timer = self.set_interval(TICK, self._one_more)

    def _one_more(self) -> None:
        self._shown += 1
        self.query_one(".said", PlainText).show(" ".join(self._words[: self._shown]))
        if self._shown >= len(self._words) and self._timer is not None:
            self._timer.stop()

    def recompose_body(self) -> None:
        """Show the entry as it is now."""
        self._slowly = False
        self.refresh(recompose=True)

    def on_click(self, event: events.Click) -> None:
        from coach.tui.widgets.dialogue import Dialogue

        if self.entry.mine:
            event.stop()
            self.post_message(Dialogue.TurnClicked(self.entry.turn))
