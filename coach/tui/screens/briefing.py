"""The briefing: who the mentor is, what one wants, room for questions, and the models' warm-up."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, TextArea

from coach.errors import CoachError
from coach.tui.screens.base import CoachScreen
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import difficulty, showable, trained

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario

_MODELS = {
    "off": "The models are asleep.",
    "starting": "The models are warming up; read on meanwhile.",
    "loading": "The models are warming up; read on meanwhile.",
    # What a mentor may say is read once, whenever there is time: "ready" alone would be too much.
    "ready": "The models are ready. A first answer takes a while.",
}


class BriefingScreen(CoachScreen):
    """What a learner knows before they walk in."""

    CSS_PATH = "briefing.tcss"
    HEADING = "Briefing"
    HELP = (
        "Read who you are, what you want from the talk and whom you are about to meet; the arrow "
        "keys and page up and down move through it. People who bring "
        "questions have better talks: write yours in the field, they stay at hand during the "
        "talk.\n\nEnter on 'Start the talk' begins it. The models that read your turns warm up "
        "meanwhile; you can start before they are ready, the first answer then takes longer.\n\n"
        "Somebody you have met before remembers: 'Start the talk' goes on from the last one, "
        "'Start afresh' lets you meet as strangers."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "start", "Start", id="briefing.start", tooltip="Walk in and begin"),
        Binding(
            "f3",
            "write",
            "Questions",
            id="briefing.notes",
            tooltip="Note questions and topics to bring",
        ),
        Binding("escape", "leave", "Back", id="briefing.back", tooltip="Back to the scenarios"),
        # While the start button has the focus, which Enter needs.
        Binding("down", "read_on('down')", "Read on", id="briefing.down", tooltip="Read on"),
        Binding("up", "read_on('up')", "Read back", id="briefing.up", show=False),
        Binding("pagedown", "read_on('page_down')", "On", id="briefing.page_down", show=False),
        Binding("pageup", "read_on('page_up')", "Back", id="briefing.page_up", show=False),
        Binding("home", "read_on('home')", "To the start", id="briefing.home", show=False),
        Binding("end", "read_on('end')", "To the end", id="briefing.end", show=False),
    ]

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self._scenario = scenario

    def body(self) -> ComposeResult:
        scenario = self._scenario
        mentor = scenario.mentor
        age = f", {mentor.age}" if mentor.age is not None else ""
        facts = f"{difficulty(scenario.difficulty)}, {scenario.minutes} minutes"
        with Horizontal(id="columns"):
            with VerticalScroll(id="story", can_focus=True):
                yield PlainText(scenario.title, classes="title")
                yield PlainText(f"{facts} \u00b7 {trained(scenario)}", classes="muted")
                yield _part("You", scenario.learner_role)
                yield _part("What you want", scenario.goal)
                yield _part(
                    "The mentor",
                    Content.assemble(
                        (showable(mentor.name), "bold"), f"{age}, {showable(mentor.role)}"
                    ),
                    mentor.about,
                    mentor.manner,
                )
                yield _part("Where", scenario.setting)
                yield PlainText("", id="met", classes="part")
            with Vertical(id="prepare"):
                yield PlainText("Questions and topics to bring", classes="title")
                yield TextArea(
                    id="notes",
                    placeholder="What would you like to hear? What can you offer?",
                    show_line_numbers=False,
                    tab_behavior="focus",
                )
        with Horizontal(id="bar"):
            yield Button("Start the talk", id="start", variant="primary")
            yield Button("Start afresh", id="afresh")
            yield PlainText("", id="warm")

    def on_mount(self) -> None:
        self.query_one("#start", Button).focus()
        self.query_one("#notes", TextArea).text = self.coach.notes.get(self._scenario.id, "")
        self.query_one("#afresh").display = self.query_one("#met").display = False
        self.coach.wake_models(ahead=self._scenario)
        self._look_for_earlier_talks()
        self.watch(self.app, "models_state", self._show_models)

    def _show_models(self, state: str) -> None:
        warm = self.query_one("#warm", PlainText)
        failed = state.startswith("failed")
        warm.set_class(failed, "problem")
        warm.show(state.removeprefix("failed: ") if failed else _MODELS.get(state, state))

    @work(thread=True, group="met", exclusive=True, exit_on_error=False)
    def _look_for_earlier_talks(self) -> None:
        app = self.coach
        # Records that cannot be read are complained of where the talk is begun.
        with suppress(CoachError):
            met = len(app.services.store().met(self._scenario.id, app.learner))
            if met and app.seed is None and not app.afresh:
                app.call_from_thread(self._show_met, met)

    def _show_met(self, met: int) -> None:
        often = "once before" if met == 1 else f"{met} times before"
        words = (
            f"You have met {often}. The talk goes on from the last: what was told is not told "
            "again, and what you promised is asked after. To meet as strangers, start afresh."
        )
        self.query_one("#met", PlainText).show(words)
        self.query_one("#afresh").display = self.query_one("#met").display = True

    @on(Button.Pressed, "#start")
    def action_start(self) -> None:
        """Begin the talk."""
        self._begin(anew=False)

    @on(Button.Pressed, "#afresh")
    def _start_afresh(self) -> None:
        self._begin(anew=True)

    def _begin(self, *, anew: bool) -> None:
        if self.app.screen is not self:  # a second Enter, typed before the talk came up
            return
        notes = self.query_one("#notes", TextArea).text.strip()
        app = self.coach
        app.notes.pop(self._scenario.id, None)
        app.pop_screen()
        app.begin_talk(self._scenario, notes, anew=anew)

    def action_read_on(self, way: str) -> None:
        """Move through the briefing without leaving the button."""
        getattr(self.query_one("#story"), f"scroll_{way}")(animate=False)

    def action_write(self) -> None:
        """Note questions and topics to bring."""
        self.query_one("#notes", TextArea).focus()

    @on(TextArea.Changed, "#notes")
    def _keep_notes(self) -> None:
        # At once, whichever way the briefing is left.
        self.coach.notes[self._scenario.id] = self.query_one("#notes", TextArea).text

    def action_leave(self) -> None:
        """From the notes back to the start button, from there to the scenarios."""
        if self.focused is not None and self.focused.id == "notes":
            self.query_one("#start", Button).focus()
        else:
            self.app.pop_screen()


def _part(heading: str, *paragraphs: str | Content) -> Vertical:
    return Vertical(
        PlainText(heading, classes="heading"),
        *(PlainText(paragraph, classes="paragraph") for paragraph in paragraphs),
        classes="part",
    )
