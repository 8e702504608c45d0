"""A question with two answers."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from coach.tui.screens.base import CoachModal, Sheet
from coach.tui.widgets.plain_text import PlainText


class ConfirmScreen(CoachModal[bool]):
    """Asks, and answers True for the first button.

    Args:
        question: what is asked.
        yes: the first button.
        no: the second one.
        final: whether yes cannot be undone; a mere Enter then answers no.
    """

    CSS_PATH = "confirm.tcss"
    HELP = "Left and right choose an answer, Enter gives it, Escape goes back."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", "Other answer", id="confirm.left", show=False),
        Binding("right", "app.focus_next", "Other answer", id="confirm.right", show=False),
        Binding("escape", "dismiss(False)", "Back", id="confirm.back"),
    ]

    def __init__(self, question: str, yes: str, no: str, *, final: bool = False) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no
        self._final = final

    def compose(self) -> ComposeResult:
        with Sheet(id="sheet"):
            yield PlainText(self._question, id="question")
            with Horizontal(id="answers"):
                yield Button(self._yes, id="yes", variant="default" if self._final else "primary")
                yield Button(self._no, id="no", variant="primary" if self._final else "default")

    def on_mount(self) -> None:
        self.query_one("#no" if self._final else "#yes").focus()

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
