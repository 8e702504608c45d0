"""What every full screen of the app has: a title line, room, and a footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key, Paste
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer

from coach.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from coach.tui.app import CoachApp

Answer = TypeVar("Answer")

ROOMY = 70
"""From this many columns on the footer's hints stand apart."""


class CoachScreen(Screen[None]):
    """A screen with a heading. ``HELP`` is what F1 shows, in plain English.

    Subclasses yield their own widgets from `body`.
    """

    HEADING: ClassVar[str] = "Listening coach"
    HELP: ClassVar[str | None] = ""

    @property
    def coach(self) -> CoachApp:
        """The app, by its own type."""
        from coach.tui.app import CoachApp

        app = self.app
        assert isinstance(app, CoachApp)
        return app

    def compose(self) -> ComposeResult:
        yield TitleBar(self.HEADING)
        yield from self.body()
        yield Footer(show_command_palette=False)

    def on_resize(self) -> None:
        # Without the room for spaces around the keys, more of them fit.
        self.query_one(Footer).compact = self.size.width < ROOMY

    def keep_draft(self) -> None:
        """Keep what is being typed, if anything is: the app is about to close."""

    def on_its_way(self, event: Key | Paste) -> None:
        """What was typed is about to go to the widget that has the focus."""

    def body(self) -> ComposeResult:
        """What stands between the title line and the footer."""
        yield from ()


class Sheet(VerticalScroll):
    """What a dialog has on it. Tab comes here only where there is more than can be seen."""

    def allow_focus(self) -> bool:
        return self.max_scroll_y > 0


class CoachModal(ModalScreen[Answer]):
    """A screen in front of another; the app's own keys that a modal would shut out work here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f1",
            "app.help",
            "Help",
            id="app.help",
            show=False,
            tooltip="What this is for",
        ),
        Binding(
            "ctrl+q",
            "app.quit",
            "Quit",
            id="app.quit",
            show=False,
            tooltip="Leave the coach",
        ),
    ]
