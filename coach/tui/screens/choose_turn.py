"""Which turn to take again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.tui.screens.base import CoachModal, Sheet
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import QUIET, showable

SHORT = 46


class ChooseTurn(CoachModal[int | None]):
    """The learner's turns; the last one is chosen unless another is."""

    CSS_PATH = "confirm.tcss"
    HELP = (
        "Choose the turn to take again. The talk goes on from there; the earlier attempt and "
        "what followed it are set aside and stay in your records."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="choose.back"),
    ]

    def __init__(self, turns: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._turns = turns

    def compose(self) -> ComposeResult:
        with Sheet(id="sheet"):
            yield PlainText(
                "Which turn would you like to take again? Once you have sent it, what came after "
                "it is set aside.",
                id="question",
            )
            yield OptionList(
                *(Option(_words(number, text), id=str(number)) for number, text in self._turns),
                id="turns",
                markup=False,
            )

    def on_mount(self) -> None:
        turns = self.query_one("#turns", OptionList)
        turns.highlighted = len(self._turns) - 1
        turns.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(int(event.option_id) if event.option_id is not None else None)


def _words(number: int, text: str) -> Content:
    line = " ".join(showable(text).split())
    line = line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}..."
    return Content.assemble((f"{number}  ", QUIET), line)
