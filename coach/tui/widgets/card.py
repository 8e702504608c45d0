"""The turn card: one strength, one thing to try, and the reasons, beside or below the talk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from coach.tui.card_words import Block, card_blocks, short_blocks
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import QUIET, showable

if TYPE_CHECKING:
    from textual.widget import Widget

    from coach.feedback.card import Card

_LABEL_STYLES = {
    "worked": "bold $text-success",
    "try": "bold $text-accent",
    "covered": "$text-success",
    "distorted": "$text-error",
    "added": "$text-warning",
    "copied": "$text-warning",
}
_ROWS = {"covered", "missed", "distorted", "added", "copied"}


def block_widget(block: Block, *, columns: bool = True) -> Widget:
    """The widget for one stretch of a card; key points in two columns where there is room."""
    style = _LABEL_STYLES.get(block.kind, QUIET)
    text = showable(block.text)
    if block.kind in _ROWS and columns:
        return Horizontal(
            PlainText(Content.styled(block.label, style), classes="status"),
            PlainText(text, classes="point"),
            classes="row",
        )
    if not block.label:
        return PlainText(text, classes=f"block -{block.kind}")
    colon = ": " if text else ""
    weight = "bold" if block.kind in ("worked", "try") else ""
    content = Content.assemble((f"{showable(block.label)}{colon}", style), (text, weight))
    return PlainText(content, classes=f"block -{block.kind}")


def card_widgets(blocks: Sequence[Block], *, columns: bool = True) -> list[Widget]:
    """Widgets for a whole card, in order."""
    return [block_widget(block, columns=columns) for block in blocks]


class CardPanel(VerticalScroll, can_focus=False):
    """The latest card. ``short`` keeps to a few lines, for narrow windows."""

    def __init__(self, mentor: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._mentor = mentor
        self._card: Card | None = None
        self._heading = ""
        self._words = ""
        self.numbers = False
        self.short = False

    def show(self, card: Card, heading: str, words: str = "") -> None:
        """Show a card.

        Args:
            card: the card.
            heading: which turn it is about.
            words: what changed since the attempt before, if this is a second one.
        """
        self._card, self._heading, self._words = card, heading, words
        self.set_class(True, "-filled")
        self.refresh(recompose=True)
        self.scroll_home(animate=False)

    def set_short(self, short: bool) -> None:
        """Keep to a few lines, or show everything."""
        if short != self.short:
            self.short = short
            self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        if self._card is None:
            yield from self.idle()
            return
        if not self.short:
            yield PlainText(self._heading, classes="title")
        # In a few lines there is no room for it; the dialogue shows it above.
        if self._words and not self.short:
            yield block_widget(Block("words", self._words))
        blocks = (
            short_blocks(self._card)
            if self.short
            else card_blocks(self._card, self._mentor, numbers=self.numbers)
        )
        yield from card_widgets(blocks, columns=False)

    def idle(self) -> ComposeResult:
        """What stands here before the first turn."""
        yield PlainText(
            "After each of your turns a card comes here: one thing that worked, one to try.",
            classes="block -note",
        )


class TwoCards(Horizontal):
    """Two attempts at a turn side by side, one above the other where there is no room."""

    def __init__(self, before: Sequence[Widget], after: Sequence[Widget]) -> None:
        super().__init__(
            Vertical(PlainText("Before", classes="title"), *before),
            Vertical(PlainText("Now", classes="title"), *after),
        )
