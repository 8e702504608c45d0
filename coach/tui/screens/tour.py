"""The first run: two minutes of a real talk, with somebody beside it who says what to look at.

Nothing is staged. The mentor, the readings and the cards are those of any other talk; only the
lines above the field are added, and each waits until what it asks for was done.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from coach.errors import CoachError
from coach.practice.events import (
    CardReady,
    Event,
    HintGiven,
    MentorSaid,
    RatingAsked,
    TurnCompared,
    TurnFailed,
    TurnReopened,
    TurnTaken,
)
from coach.tui.screens.base import CoachModal, Sheet
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import first_name, trouble

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario
    from coach.tui.app import CoachApp

_EASIEST = ("gentle", "middling", "hard")


class TourGuide:
    """Says, after each event of a real talk, what to look at and what to do next.

    Args:
        mentor: what the mentor is called in passing.
    """

    def __init__(self, mentor: str) -> None:
        self._mentor = mentor
        self._compared = False
        self._cards = 0

    def first(self) -> str:
        """What is said while the talk opens."""
        return f"Guided talk. {self._mentor} speaks first; the talk is a real one, so read on."

    def told(self, event: Event) -> str | None:
        """What is said after an event; None leaves the line as it is."""
        match event:
            case MentorSaid(turn=0):
                return (
                    "1 of 5. Ask about something in that: begin with \u201cwhat\u201d or "
                    "\u201chow\u201d, and press Enter. F2 gives a hint; asked again, it says more."
                )
            case HintGiven() if self._cards == 0:
                return "1 of 5. A hint, then. Say it your own way and press Enter."
            case TurnTaken(turn=1, attempt=1):
                return (
                    f"1 of 5. The card comes first. What {self._mentor} may say is read once, so "
                    "this first answer can take half a minute."
                )
            case CardReady():
                return self._card(event)
            case TurnReopened():
                return (
                    "3 of 5. Say the same turn another way, perhaps as the card suggests, and "
                    "press Enter."
                )
            case TurnCompared():
                self._compared = True
                return (
                    "4 of 5. Before and after stand side by side, and the talk goes on from the "
                    f"new turn. Now say back in your own words what {self._mentor} says to it."
                )
            case TurnFailed():
                return "The turn is kept. F9 reads it again; the guided talk goes on from there."
            case RatingAsked():
                return ""
        return None

    def _card(self, event: CardReady) -> str | None:
        self._cards += 1
        if self._compared:
            return (
                "5 of 5. That is all there is to it. Go on as long as you like; F4 finishes and "
                "looks back, Escape leaves the talk for later."
            )
        if event.attempt > 1:
            return None  # the comparison follows at once and says it
        if not event.card.judged:
            return (
                "2 of 5. The card says there was not enough to judge; it never praises what it "
                "cannot see. Press F3 and take the turn again in a whole sentence."
            )
        if event.card.strength is None and event.card.try_next is None:
            return (
                "2 of 5. The card names what worked and what to try; here it saw neither. Press "
                f"F3 and take the turn again: ask {self._mentor} for a story."
            )
        return (
            "2 of 5. The card: one thing that worked, one to try, and your words it rests on. F5 "
            "shows it whole, Escape closes it. Then press F3 to take this turn again."
        )


def start_tour(app: CoachApp) -> None:
    """Begin the guided talk with the gentlest mentor there is."""

    def begin() -> None:
        try:
            scenario = _easiest(app)
        except Exception as problem:  # the worker's last line
            app.call_from_thread(app.tell_problem, trouble(problem))
            return
        if scenario is None:
            sentence = "There is no scenario to talk with here; run 'coach doctor' to see why."
            app.call_from_thread(app.tell_problem, sentence)
            return
        guide = TourGuide(first_name(scenario.mentor.name))
        app.call_from_thread(app.wake_models, scenario)
        app.call_from_thread(app.begin_talk, scenario, guide=guide)

    app.run_worker(begin, thread=True, group="tour", exclusive=True, exit_on_error=False)


def _read_ahead(app: CoachApp) -> None:
    """Have the lines of the guided talk read while the welcome is."""

    def read() -> None:
        with suppress(CoachError):  # said where the talk is begun
            scenario = _easiest(app)
            if scenario is not None:
                app.call_from_thread(app.wake_models, scenario)

    app.run_worker(read, thread=True, group="tour", exclusive=True, exit_on_error=False)


def _easiest(app: CoachApp) -> Scenario | None:
    scenarios = app.services.library().scenarios.values()
    return min(scenarios, key=lambda found: _EASIEST.index(found.difficulty), default=None)


class WelcomeScreen(CoachModal[None]):
    """Offered where no talk is on record yet."""

    DEFAULT_CSS: ClassVar[str] = """
    WelcomeScreen {
        align: center middle;
        background: $background 60%;

        #sheet {
            width: 66;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            padding: 1 3;
        }

        PlainText { margin-bottom: 1; }
        #answers { height: 1; }
    }
    """
    HELP = (
        "The guided talk takes two minutes and shows the card, a hint, taking a turn again and "
        "the debrief, in a real talk. Escape goes to the home screen; T there begins it later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", "Other answer", id="welcome.left", show=False),
        Binding("right", "app.focus_next", "Other answer", id="welcome.right", show=False),
        Binding("escape", "dismiss", "Look around", id="welcome.back", tooltip="Look around first"),
    ]

    def compose(self) -> ComposeResult:
        with Sheet(id="sheet"):
            yield PlainText("Welcome", classes="title")
            yield PlainText(
                "Here you rehearse talks with a mentor, in your own typed words, and practise "
                "listening: after each turn you see one thing that worked and one to try."
            )
            yield PlainText(
                "It works offline. Shall I show you round in a first talk of two minutes?"
            )
            with Horizontal(id="answers"):
                yield Button("Show me", id="tour", variant="primary")
                yield Button("Look around first", id="home")

    def on_mount(self) -> None:
        self.query_one("#tour", Button).focus()
        _read_ahead(cast("CoachApp", self.app))

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        app = cast("CoachApp", self.app)
        self.dismiss()
        if event.button.id == "tour":
            app.action_tour()
