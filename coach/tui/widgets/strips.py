"""What is said above the field: the guide's line, what was looked up, a hint, a failure."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button

from coach.tui.widgets.plain_text import PlainText


class Strips(VerticalScroll):
    """One strip below the other, each there only while it has something to say.

    Tab comes here only where there is more than can be seen.
    """

    def compose(self) -> ComposeResult:
        for strip in ("guide", "looked-up", "hint"):
            yield PlainText("", id=strip, classes="strip")
        with Horizontal(id="failure", classes="strip"):
            yield PlainText("", id="failure-words")
            yield Button("Try again (F9)", id="read-again")

    def on_mount(self) -> None:
        for strip in self.query(".strip"):
            strip.display = False

    def allow_focus(self) -> bool:
        return self.max_scroll_y > 0

    def say(self, strip: str, text: str = "") -> None:
        """Show this in a strip; nothing: the strip goes."""
        words = self.query_one(f"#{strip}", PlainText)
        words.display = bool(text)
        words.show(text)
        if text:
            self.scroll_to_widget(words, animate=False)
        elif self.has_focus:
            self.screen.focus_next()

    def says(self, strip: str) -> bool:
        """Whether a strip is there."""
        return bool(self.query_one(f"#{strip}").display)

    def name_failure(self, sentence: str) -> None:
        """What went wrong, once it is shown."""
        self.query_one("#failure-words", PlainText).show(sentence)

    def show_failure(self, shown: bool) -> None:
        """Show what went wrong, with the button that tries once more, or take both away."""
        self.query_one("#failure").display = shown
