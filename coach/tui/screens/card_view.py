"""A whole card with room around it; two of them where a turn was taken again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Footer

from coach.tui.card_words import Block, card_blocks, card_text
from coach.tui.screens.base import CoachModal
from coach.tui.widgets.card import TwoCards, block_widget, card_widgets
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import shortened

if TYPE_CHECKING:
    from coach.feedback.card import Card


@dataclass(frozen=True, slots=True)
class SeenTurn:
    """A turn and its card; the attempt before it where there was one."""

    number: int
    text: str
    card: Card
    before_text: str = ""
    before: Card | None = None
    words: str = ""


class CardScreen(CoachModal[None]):
    """Every turn's card in full, the latest first."""

    CSS_PATH = "card_view.tcss"
    HELP = (
        "The whole card of one turn: what worked, what to try, the words each rests on and the "
        "rule behind it. Left and right go to the cards of earlier and later turns."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,p", "step(-1)", "Earlier turn", id="card.earlier"),
        Binding("right,n", "step(1)", "Later turn", id="card.later"),
        Binding("c", "copy", "Copy", id="card.copy", tooltip="Copy this card as text"),
        Binding("escape,f5,q", "dismiss", "Back", id="card.back", tooltip="Back to the talk"),
    ]

    def __init__(
        self, turns: Sequence[SeenTurn], at: int, mentor: str, *, numbers: bool = False
    ) -> None:
        super().__init__()
        self._turns = turns
        self._at = at
        self._mentor = mentor
        self._numbers = numbers

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield PlainText("", id="which", classes="title")
            yield VerticalScroll(id="card")
            yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        await self._show()
        self.query_one("#card").focus()

    async def action_step(self, step: int) -> None:
        """Go to an earlier or later turn."""
        at = self._at + step
        if 0 <= at < len(self._turns):
            self._at = at
            await self._show()

    async def _show(self) -> None:
        seen = self._turns[self._at]
        self.query_one("#which", PlainText).show(f"Turn {seen.number}")
        view = self.query_one("#card", VerticalScroll)
        await view.remove_children()
        alone = seen.before is None
        blocks = card_blocks(seen.card, self._mentor, numbers=self._numbers)
        now = card_widgets(blocks, columns=alone)
        if seen.before is None:
            await view.mount(PlainText(_quoted(seen.text), classes="turn"), *now)
        else:
            blocks = card_blocks(seen.before, self._mentor, numbers=self._numbers)
            before = card_widgets(blocks, columns=False)
            await view.mount(
                block_widget(Block("words", seen.words)),
                TwoCards(
                    [PlainText(_quoted(seen.before_text), classes="turn"), *before],
                    [PlainText(_quoted(seen.text), classes="turn"), *now],
                ),
            )
        view.scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "step":
            return 0 <= self._at + int(str(parameters[0])) < len(self._turns)
        return True

    def action_copy(self) -> None:
        """Copy this card as text."""
        from coach.tui.app import CoachApp

        seen = self._turns[self._at]
        text = f"{seen.text}\n\n{card_text(seen.card, self._mentor, numbers=self._numbers)}"
        app = self.app
        assert isinstance(app, CoachApp)
        app.copy(text)


def _quoted(text: str) -> str:
    return f"\u201c{shortened(text.strip())}\u201d"
