"""One message instead of a screen that a tiny window could only show in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from coach.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


class TooSmallScreen(Screen[None]):
    """Stands in front of everything until the window has grown."""

    HELP = "This window is too small for the coach. Make it larger; nothing is lost meanwhile."
    DEFAULT_CSS: ClassVar[str] = """
    TooSmallScreen {
        align: center middle;
        PlainText { width: 100%; text-align: center; }
    }
    """

    def compose(self) -> ComposeResult:
        from coach.tui.app import SMALLEST

        columns, rows = SMALLEST
        yield PlainText(f"Please make this window larger.\nAt least {columns} by {rows}.")

    def on_screen_resume(self) -> None:
        _leave_if_large(self)

    def on_screen_suspend(self) -> None:
        # Something was opened in front while the window is small, by a talk that goes on.
        self.app.call_later(_cover, self.app)


def watch_size(app: CoachApp) -> None:
    """Put the message up or take it away, as the window's size asks for."""
    if isinstance(app.screen, TooSmallScreen):
        _leave_if_large(app.screen)
    else:
        _cover(app)


def _too_small(app: CoachApp) -> bool:
    from coach.tui.app import SMALLEST

    return app.size.width < SMALLEST[0] or app.size.height < SMALLEST[1]


def _cover(app: CoachApp) -> None:
    if _too_small(app) and not isinstance(app.screen, TooSmallScreen):
        app.push_screen(TooSmallScreen())


def _leave_if_large(screen: TooSmallScreen) -> None:
    app = screen.app
    if not _too_small(app) and app.screen is screen:  # type: ignore[arg-type]
        app.pop_screen()
