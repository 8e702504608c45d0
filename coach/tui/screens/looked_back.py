"""A past talk's debrief, as it was given then."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Footer

from coach.tui.screens.base import CoachModal
from coach.tui.widgets.debrief_words import DebriefWords
from coach.tui.widgets.plain_text import PlainText

if TYPE_CHECKING:
    from coach.records.retold import ToldTalk


class LookedBackScreen(CoachModal[None]):
    """What a talk came to.

    Args:
        talk: a talk that was looked back on.
    """

    CSS_PATH = "looked_back.tcss"
    HELP = (
        "What was seen in this talk when it was over: your own view first, then moments that "
        "worked and openings that were missed. N shows the numbers; they describe the talk, "
        "not you."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "figures", "Numbers", id="back.figures", tooltip="Numbers, on and off"),
        Binding("escape,d,q", "dismiss", "Back", id="back.leave", tooltip="Back to the talk"),
    ]

    def __init__(self, talk: ToldTalk) -> None:
        super().__init__()
        self._talk = talk

    def compose(self) -> ComposeResult:
        talk = self._talk
        with Vertical(id="sheet"):
            with VerticalScroll(id="words"):
                yield PlainText("Looking back", classes="title")
                if talk.debrief is not None:
                    yield DebriefWords(talk.debrief, talk.rating, talk.head.own_words)
            yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#words").focus()

    async def action_figures(self) -> None:
        """Show the numbers, or put them away."""
        await self.query_one(DebriefWords).toggle_figures()
