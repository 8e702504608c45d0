"""Home: whom to talk with, and the talks one had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Select
from textual.widgets.option_list import Option

from coach.tui.calm import settle
from coach.tui.screens.base import CoachScreen
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import QUIET, difficulty, showable, skill, trained, trains, trouble, when

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario
    from coach.practice.store import TalkHead

IDLE_SECONDS = 4.0
"""After this long on the home screen the models' process is started ahead of need."""

RECENT = 12


@dataclass
class HomeLoaded(Message):
    """Scenarios and talks were read, in a worker; ``problems`` are sentences to show."""

    scenarios: dict[str, Scenario]
    talks: Sequence[TalkHead]
    problems: list[str] = field(default_factory=list)
    new: bool = False
    """Whether records are kept and there is no talk in them: somebody is here first time."""


class HomeScreen(CoachScreen):
    """Choose a scenario, or go on with a talk."""

    HELP = (
        "Choose somebody to talk with: move with the arrow keys, Enter opens the briefing. "
        "Type / to filter by any word; the field beside it narrows the list to one skill.\n\n"
        "Your talks are listed with the newest first. Enter on an unfinished one goes on where "
        "you left it, even after a power cut; Enter on a finished one shows it to read."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="home.filter", tooltip="Filter the scenarios"),
        Binding("c", "go_on", "Continue", id="home.continue", tooltip="Go on with your last talk"),
        Binding("h", "app.history", "History", id="home.history", tooltip="Every talk you had"),
        Binding("s", "app.settings", "Settings", id="home.settings", tooltip="Theme, hints..."),
        Binding(
            "t", "app.tour", "Guided talk", id="home.tour", tooltip="The two-minute guided talk"
        ),
        Binding("escape", "to_list", "Back to the list", id="home.list", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._scenarios: dict[str, Scenario] = {}
        self._talks: Sequence[TalkHead] = ()
        self._arrived = False
        self._faults: list[str] = []
        """What was wrong with scenario files when they were read last."""

    def body(self) -> ComposeResult:
        with Horizontal(id="columns"):
            with Vertical(id="choose"):
                yield PlainText("Whom would you like to talk with?", classes="title")
                with Horizontal(id="narrow"):
                    yield Input(placeholder="Filter", id="filter", compact=True)
                    yield Select[str]([], prompt="Any skill", id="skill", compact=True)
                yield OptionList(id="scenarios", markup=False)
                yield PlainText("Looking for scenarios...", id="none", classes="muted")
            with Vertical(id="talks"):
                yield PlainText("Your talks", classes="title")
                yield OptionList(id="recent", markup=False)
                yield PlainText("", id="no-talks", classes="muted")

    def on_mount(self) -> None:
        self.query_one("#scenarios", OptionList).focus()
        # After the first paint: what follows imports heavy modules.
        self.call_after_refresh(self.load)
        self.set_timer(IDLE_SECONDS, self._idle)

    def on_screen_resume(self) -> None:
        if self._arrived:
            self.load()

    def _idle(self) -> None:
        if self.is_current and self._arrived:
            self.coach.wake_models()

    @work(thread=True, group="home", exclusive=True, exit_on_error=False)
    def load(self) -> None:
        """Read scenarios and talks, and import what the next screens need."""
        problems: list[str] = []
        scenarios: dict[str, Scenario] = {}
        talks: Sequence[TalkHead] = ()
        new = False
        try:
            # Whoever comes back may have written a scenario meanwhile.
            library = self.coach.services.library(again=self._arrived)
            scenarios = dict(library.scenarios)
            faults = [str(problem) for problem in library.problems]
            problems += [fault for fault in faults if fault not in self._faults]
            self._faults = faults
        except Exception as problem:  # the worker's last line, here and below
            problems.append(trouble(problem))
        try:
            talks = self.coach.services.history(self.coach.learner or None)
            new = not talks and hasattr(self.coach.services.store(), "history")
        except Exception as problem:
            problems.append(trouble(problem))
        self.post_message(HomeLoaded(scenarios, talks, problems, new))
        # Ahead of need, so that opening the next screen does not stall this one.
        import coach.tui.screens.briefing
        import coach.tui.screens.conversation  # noqa: F401

    def on_home_loaded(self, message: HomeLoaded) -> None:
        for problem in message.problems:
            self.coach.tell_problem(problem)
        first = not self._arrived
        self._arrived = True
        self._talks = message.talks
        if message.scenarios != self._scenarios:
            self._scenarios = message.scenarios
            self._offer_skills()
        self._list_scenarios()
        self._list_talks()
        if first:
            settle()
            self._open_first()
            self._offer_to_go_on()
            if message.new and message.scenarios and self.is_current:
                self._welcome()

    def _welcome(self) -> None:
        """Offer the guided talk to somebody who has had none yet."""
        from coach.tui.screens.tour import WelcomeScreen

        self.app.push_screen(WelcomeScreen())

    def _open_first(self) -> None:
        """What was asked for on the command line."""
        app, asked = self.coach, self.coach.first_scenario
        if asked is not None and asked not in self._scenarios:
            self._find(asked, app.first_talk)
        elif app.first_talk is not None:
            self._open_talk(app.first_talk)
        elif asked is not None:
            app.brief(self._scenarios[asked])

    def _offer_to_go_on(self) -> None:
        """After a crash, or simply another day: say that a talk waits."""
        talk = next((talk for talk in self._talks if talk.ended is None), None)
        if talk is not None and self.is_current and self.coach.first_talk is None:
            self.notify(
                f"Your talk with {showable(talk.mentor)} ({when(talk.started)}) is not finished. "
                "Press c to go on with it.",
                markup=False,
            )

    @work(thread=True, group="find", exclusive=True, exit_on_error=False)
    def _find(self, scenario_id: str, talk_id: int | None = None) -> None:
        """Open a scenario by its file, or say what is wrong with its id, naming the nearest.

        ``talk_id``: go on with this talk in it.
        """
        from coach.mentor.library import find_scenario

        try:
            scenario = find_scenario(scenario_id)
            if talk_id is None:
                self.app.call_from_thread(self.coach.brief, scenario)
            else:
                self.app.call_from_thread(self._open_talk, talk_id, scenario)
        except Exception as problem:  # the worker's last line
            self.app.call_from_thread(self.coach.tell_problem, trouble(problem))

    # ---------------------------------------------------------------- scenarios

    def _offer_skills(self) -> None:
        seen = {name for scenario in self._scenarios.values() for name in trains(scenario)}
        skills = self.query_one("#skill", Select)
        wanted = skills.value
        skills.set_options([(Content(skill(name)), name) for name in sorted(seen)])
        if wanted in seen:
            skills.value = wanted

    @on(Input.Changed, "#filter")
    @on(Select.Changed, "#skill")
    def _list_scenarios(self) -> None:
        words = self.query_one("#filter", Input).value.lower().split()
        wanted = self.query_one("#skill", Select).value
        options = self.query_one("#scenarios", OptionList)
        at, bar = options.highlighted or 0, options.highlighted_option
        chosen = None if bar is None else bar.id
        shown = [
            scenario
            for scenario in self._scenarios.values()
            if all(word in _haystack(scenario) for word in words)
            and (not isinstance(wanted, str) or wanted in trains(scenario))
        ]
        options.clear_options()
        options.add_options(
            [Option(_scenario_words(scenario), id=scenario.id) for scenario in shown]
        )
        if shown:
            # Somebody new may have come in before the one that was chosen.
            ids = [scenario.id for scenario in shown]
            options.highlighted = ids.index(chosen) if chosen in ids else min(at, len(ids) - 1)
        options.display = bool(shown)
        note = self.query_one("#none", PlainText)
        note.display = not shown
        if self._arrived:
            note.show(
                "Nobody matches. Take a word away, or choose any skill."
                if self._scenarios
                else "There are no scenarios here. Run 'coach doctor' in a terminal to see why."
            )

    @on(Input.Submitted, "#filter")
    def action_to_list(self) -> None:
        """Back from the filter to the list."""
        self.query_one("#scenarios", OptionList).focus()

    def action_filter(self) -> None:
        """Filter the scenarios by any word."""
        self.query_one("#filter", Input).focus()

    @on(OptionList.OptionSelected, "#scenarios")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.coach.brief(self._scenarios[event.option_id])

    # ---------------------------------------------------------------- talks

    def _list_talks(self) -> None:
        recent = self.query_one("#recent", OptionList)
        unfinished = [talk for talk in self._talks if talk.ended is None]
        ended = [talk for talk in self._talks if talk.ended is not None]
        shown = [*unfinished, *ended][:RECENT]
        recent.clear_options()
        recent.add_options([Option(_talk_words(talk), id=str(talk.id)) for talk in shown])
        recent.display = bool(shown)
        note = self.query_one("#no-talks", PlainText)
        note.display = not shown
        note.show(
            "None yet. New here? Press t for a guided talk of two minutes."
            if self.coach.setting("history", True)
            else "No history is kept. New here? Press t for a guided talk of two minutes."
        )
        self.set_class(not shown, "-no-talks")
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#recent")
    def _talk_chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self._open_talk(int(event.option_id))

    def action_go_on(self) -> None:
        """Go on with the talk that was left last."""
        unfinished = [talk for talk in self._talks if talk.ended is None]
        if unfinished:
            self._open_talk(unfinished[0].id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go_on":
            return any(talk.ended is None for talk in self._talks)
        return True

    def _open_talk(self, talk_id: int, scenario: Scenario | None = None) -> None:
        """Go on with a talk, in this scenario or that of its id; one that is over is shown."""
        if self.app.screen is not self:  # a second Enter, typed before the talk came up
            return
        talk = next((talk for talk in self._talks if talk.id == talk_id), None)
        if talk is None:
            self.coach.tell_problem(
                f"There is no talk {talk_id} in your records; the list shows those there are."
            )
        elif talk.ended is not None:
            self.coach.action_read_talk(talk_id)
        elif (scenario := scenario or self._scenarios.get(talk.scenario)) is None:
            self.coach.tell_problem(
                f"The scenario '{talk.scenario}' of this talk is not there any more; put its file "
                "back to go on, or read the talk in the history."
            )
        else:
            self.coach.resume_talk(talk.id, scenario, talk.notes)


def _haystack(scenario: Scenario) -> str:
    return " ".join(
        (
            scenario.title,
            scenario.summary,
            scenario.trade,
            scenario.mentor.name,
            scenario.mentor.role,
            difficulty(scenario.difficulty),
            *map(skill, trains(scenario)),
        )
    ).lower()


_TURNED = {"mentor": ", you are the mentor", "teacher": ", you teach"}


def _scenario_words(scenario: Scenario) -> Content:
    facts = f"{difficulty(scenario.difficulty)}, {scenario.minutes} minutes"
    facts += _TURNED.get(scenario.learner_plays, "")
    return Content.assemble(
        (showable(scenario.title), "bold"),
        "\n",
        showable(scenario.summary),
        "\n",
        (f"{showable(scenario.mentor.name)}, {showable(scenario.mentor.role)}", QUIET),
        "\n",
        (f"{facts} \u00b7 {trained(scenario, 3)}", QUIET),
        "\n",
    )


def _talk_words(talk: TalkHead) -> Content:
    state = "Continue: " if talk.ended is None else ""
    return Content.assemble(
        (state, "bold $text-accent"),
        (showable(talk.title), "bold" if talk.ended is None else ""),
        "\n",
        (f"with {showable(talk.mentor)}, {when(talk.started)}", QUIET),
    )
