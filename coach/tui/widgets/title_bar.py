"""The line at the top: where one is, and how the models are."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive

from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import models_words


class TitleBar(Horizontal):
    """A title on the left, the models' state on the right."""

    heading: reactive[str] = reactive("")

    def __init__(self, heading: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(TitleBar.heading, heading)

    def compose(self) -> ComposeResult:
        yield PlainText(self.heading, id="heading")
        yield PlainText("", id="models")

    def on_mount(self) -> None:
        self.watch(self.app, "models_state", self._show_models)

    def watch_heading(self, heading: str) -> None:
        if self.is_mounted:
            self.query_one("#heading", PlainText).show(heading)

    def _show_models(self, state: str) -> None:
        # Nothing to say before anyone asked for the models.
        words = "" if state == "off" else models_words(state)
        style = "$text-success" if state == "ready" else ""
        style = "$text-error" if state.startswith("failed") else style
        self.query_one("#models", PlainText).show(Content.styled(words, style))
