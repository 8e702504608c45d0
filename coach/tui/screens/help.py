"""F1: what a screen is for, and what its keys do right now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from coach import paths
from coach.tui.bindings import LiveBinding, key_words, live_bindings
from coach.tui.screens.base import CoachModal
from coach.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


class HelpScreen(CoachModal[None]):
    """One screen's own words about itself, and its live keys.

    Args:
        about: the screen that help is asked for; read before this one stands in front of it.
    """

    CSS_PATH = "help.tcss"
    HELP = "Help is open. Escape closes it; the arrow keys and page up and down move through it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Back", id="help.back", tooltip="Close help"),
    ]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._text: str = about.HELP or "There is no more to say about this screen."
        self._heading = str(getattr(about, "HEADING", "") or "Help")
        self._bindings_then = live_bindings(about)

    def compose(self) -> ComposeResult:
        here = [live for live in self._bindings_then if not live.everywhere]
        # A hidden key without a word to it is one the text above has spoken of.
        here = [live for live in here if live.binding.show or live.binding.tooltip]
        everywhere = [live for live in self._bindings_then if live.everywhere]
        with Vertical(id="sheet"):
            with VerticalScroll(id="help"):
                yield PlainText(self._heading, classes="title")
                yield PlainText(self._text)
                yield from self._table("Keys here", here)
                yield from self._table("Keys everywhere", everywhere)
                yield PlainText(
                    "Everything is in the palette too, by name. To change a key, write its id "
                    f"into {paths.keymap_file()}; 'coach keys' in a terminal lists the ids.",
                    classes="muted last",
                )
            yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#help").focus()

    def _table(self, title: str, bindings: Sequence[LiveBinding]) -> ComposeResult:
        if not bindings:
            return
        yield PlainText(title, classes="title keys")
        app = cast("CoachApp", self.app)
        for live in bindings:
            words = live.words if live.usable else f"{live.words} (not at this moment)"
            yield Horizontal(
                PlainText(key_words(app, live.binding), classes="key"),
                PlainText(words, classes="what"),
                classes="line",
            )
