"""The debrief: one's own rating first, then words, then numbers for those who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option

from coach.practice.events import DebriefReady
from coach.tui.engine import Failed, Told
from coach.tui.screens.base import CoachScreen
from coach.tui.widgets.debrief_words import DebriefWords
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import showable

if TYPE_CHECKING:
    from coach.tui.engine import Talk


class DebriefScreen(CoachScreen):
    """Looks back on a talk.

    Args:
        talk: the talk that is over.
        question: asks for the learner's own rating.
        choices: the ratings in words, lowest first.
    """

    CSS_PATH = "debrief.tcss"
    HEADING = "Looking back"
    HELP = (
        "First say for yourself how the talk went: choose a line, add a sentence if you like. "
        "Only then the debrief shows what it saw: moments that worked, openings that were "
        "missed with a wording to try, one thing to practise next.\n\nN shows the numbers. "
        "They describe this talk, not you. Escape goes home; what you chose is kept, and the "
        "history shows the debrief later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "figures", "Numbers", id="debrief.figures", tooltip="Numbers, on and off"),
        Binding("e", "export", "Export", id="debrief.export", tooltip="Keep it as a file"),
        Binding("r", "read", "Read the talk", id="debrief.read", tooltip="The talk, turn by turn"),
        Binding(
            "h", "leave", "Home", id="debrief.home", tooltip="Back to the home screen", show=False
        ),
        Binding(
            "escape",
            "home",
            "Home",
            id="debrief.leave",
            tooltip="Back to the home screen; the history shows the debrief later",
        ),
    ]

    def __init__(self, talk: Talk, question: str, choices: tuple[str, ...]) -> None:
        super().__init__()
        self.talk = talk
        self._question = question
        self._choices = choices
        self._chosen = False
        """Whether a rating was chosen, not only stood on."""
        self._asked = False
        self._ready = False

    def body(self) -> ComposeResult:
        with Container(id="rating"):
            yield PlainText(self._question, classes="title")
            yield OptionList(
                *(
                    Option(Content(showable(choice)), id=str(number))
                    for number, choice in enumerate(self._choices, 1)
                ),
                id="choices",
                markup=False,
            )
            yield PlainText("What would you do again, or differently? One sentence is plenty.")
            yield Input(id="own-words", placeholder="In your own words", compact=True)
            with Horizontal(classes="bar"):
                yield Button("Look back", id="look", variant="primary")
                yield Button("Without a rating", id="skip")
        with Vertical(id="debrief"):
            yield VerticalScroll(id="words")
            with Horizontal(classes="bar"):
                yield Button("Home", id="home", variant="primary")
                yield Button("Numbers", id="numbers")
                yield Button("Export", id="export")
                yield Button("Read the talk", id="read")

    def on_mount(self) -> None:
        self.query_one("#debrief").display = False
        choices = self.query_one("#choices", OptionList)
        choices.highlighted = len(self._choices) // 2
        choices.focus()
        self.talk.audience = self

    # ---------------------------------------------------------------- the learner's own view

    def on_key(self, event: Key) -> None:
        """A digit picks the choice it stands before."""
        choices = self.query_one("#choices", OptionList)
        digit = event.character or ""
        if choices.has_focus and digit.isdecimal() and 1 <= int(digit) <= len(self._choices):
            choices.highlighted = int(digit) - 1
            event.stop()
            self._rated()

    @on(OptionList.OptionSelected, "#choices")
    def _rated(self) -> None:
        self._chosen = True
        self.query_one("#own-words", Input).focus()

    @on(Button.Pressed, "#look")
    @on(Input.Submitted, "#own-words")
    def _look_back(self) -> None:
        self._ask(self._rating())

    @on(Button.Pressed, "#skip")
    def _skip(self) -> None:
        self._ask(None)

    def _rating(self) -> int | None:
        if not self._chosen:
            return None
        highlighted = self.query_one("#choices", OptionList).highlighted
        return None if highlighted is None else highlighted + 1

    def _ask(self, rating: int | None) -> None:
        if not self._asked:
            self._asked = True
            self.talk.debrief(rating, self.query_one("#own-words", Input).value)

    def keep_draft(self) -> None:
        """Look back even where the rating is left: a talk that is over is asked about once."""
        self._ask(self._rating())

    # ---------------------------------------------------------------- what was seen

    async def on_told(self, message: Told) -> None:
        if isinstance(message.event, DebriefReady):
            self._ready = True
            self.query_one("#rating").display = False
            self.query_one("#debrief").display = True
            event = message.event
            rating = (
                self._choices[event.own_rating - 1].lstrip("0123456789. ")
                if event.own_rating is not None
                else None
            )
            words = DebriefWords(event.debrief, rating, event.own_words)
            await self.query_one("#words").mount(words)
            self.query_one("#words").focus()
            if self.coach.setting("numbers", False):
                await self.action_figures()
            self.refresh_bindings()

    def on_failed(self, message: Failed) -> None:
        self._asked = False
        self.coach.tell_problem(message.sentence)

    @on(Button.Pressed, "#numbers")
    async def action_figures(self) -> None:
        """Show the numbers, or put them away."""
        if self._ready:
            await self.query_one(DebriefWords).toggle_figures()

    @on(Button.Pressed, "#export")
    def action_export(self) -> None:
        """Write the talk to a file."""
        if self.talk.talk_id is not None:
            self.coach.action_export_talk(self.talk.talk_id)

    @on(Button.Pressed, "#read")
    def action_read(self) -> None:
        """Read the talk, turn by turn."""
        if self.talk.talk_id is not None:
            self.coach.action_read_talk(self.talk.talk_id)

    @on(Button.Pressed, "#home")
    def action_home(self) -> None:
        """Back to the home screen."""
        self.keep_draft()
        if not self._ready and self.coach.setting("history", True):
            self.notify("The history (h) shows the debrief of this talk.")
        self.talk.audience = None
        self.coach.action_home()

    def action_leave(self) -> None:
        """Home, by a letter that may also begin an answer to the rating."""
        self.action_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("figures", "export", "read", "leave"):
            return self._ready
        return True
