"""The app: one window onto the engine, its screens, its keys.

Nothing heavy is imported here. The first paint shows the home screen's frame; settings,
scenarios and records follow from a worker, the models' process when a briefing opens or the
home screen has been idle for a moment.
"""

from __future__ import annotations

import asyncio
import os
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from coach import paths
from coach.errors import CoachError
from coach.tui.calm import settle
from coach.tui.keeping import keep_theme, settings_kept
from coach.tui.screens.base import CoachScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.too_small import watch_size
from coach.tui.services import ListenerFactory, Services, StoreFactory
from coach.tui.themes import DEFAULT_THEME, register_themes

if TYPE_CHECKING:
    from coach.mentor.scenario import Scenario
    from coach.settings import Settings
    from coach.tui.engine import Talk

SMALLEST = (40, 10)
"""Below this many columns and rows the app shows one message instead of its screens."""


def _commands_provider() -> type[Provider]:
    # Called when the palette opens, so that its commands cost the first paint nothing.
    from coach.tui.commands import CoachCommands

    return CoachCommands


class CoachApp(App[None]):
    """The listening coach in a terminal.

    Args:
        listener_factory: makes the listener from a callback for its states; default: the
            models in a child process, or the server named in the settings.
        store_factory: makes the store; default: the records, or none with history off.
        settings: use these instead of reading the settings file.
        scenario: open this scenario's briefing at once.
        learner: whose talks these are; default: as set in the settings.
        seed: what the mentor's variety is drawn from; default: a fresh one per talk.
        resume: take up this talk at once.
    """

    TITLE = "Listening coach"
    CSS_PATH = ["app.tcss", "screens/home.tcss"]
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = App.COMMANDS | {
        _commands_provider
    }
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (70, "-normal"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [
        (0, "-low"),
        (22, "-middle"),
        (32, "-high"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f1", "help", "Help", id="app.help", tooltip="What this screen is for, and its keys"
        ),
        Binding(
            "ctrl+q",
            "quit",
            "Quit",
            id="app.quit",
            tooltip="Leave the coach; a talk on record loses nothing",
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "All commands",
            id="app.palette",
            tooltip="Everything one can do here, by name",
            show=False,
        ),
    ]

    models_state: reactive[str] = reactive("off")
    """The models' process: off, starting, loading, ready, or "failed: " and why."""

    @dataclass
    class ModelsChanged(Message):
        """The models' state changed; posted from any thread."""

        state: str

    @dataclass
    class SettingsLoaded(Message):
        """Settings and keymap were read; ``problems`` are sentences about what was unusable."""

        keymap: dict[str, str]
        problems: list[str]

    def __init__(
        self,
        listener_factory: ListenerFactory | None = None,
        store_factory: StoreFactory | None = None,
        settings: Settings | None = None,
        scenario: str | None = None,
        learner: str | None = None,
        seed: int | None = None,
        resume: int | None = None,
    ) -> None:
        super().__init__()
        self.services = Services(
            self._tell_models,
            listener_factory=listener_factory,
            store_factory=store_factory,
            settings=settings,
        )
        self.settings: Settings | None = settings
        self.first_scenario = scenario
        self.first_talk = resume
        self.learner_name = learner
        self.seed = seed
        self.afresh = False
        """Whether mentors met before are met as strangers."""
        self.talks: list[Talk] = []
        """The talk held last, then those left while their mentor still read."""
        self.notes: dict[str, str] = {}
        """Of briefings left, by scenario."""
        self._set_looks()

    # ---------------------------------------------------------------- looks and settings

    def _set_looks(self) -> None:
        """Theme and motion before the first paint, from a glance at the settings file.

        The full settings model is validated later, in a worker: importing it would hold up
        the first paint.
        """
        register_themes(self)
        self.theme = DEFAULT_THEME
        looks: dict[str, Any] = {"theme": None, "motion": None}
        if self.settings is not None:
            looks |= {"theme": self.settings.theme, "motion": self.settings.motion}
        else:
            with suppress(OSError, ValueError):  # said later, once the settings are read in full
                looks |= tomllib.loads(paths.settings_file().read_text("utf-8-sig"))
            looks["theme"] = os.environ.get("COACH_THEME", looks["theme"])
            looks["motion"] = os.environ.get("COACH_MOTION", looks["motion"])
        self.use_looks(looks["theme"], looks["motion"])

    def use_looks(self, theme: Any, motion: Any) -> None:
        """Show this theme and this much motion; unknown names change nothing."""
        if isinstance(theme, str) and theme in self.available_themes:
            self.theme = theme
        if motion in ("none", "basic", "full"):
            self.animation_level = motion

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting by name, or the default while the settings are still being read."""
        return getattr(self.settings, name, default) if self.settings is not None else default

    @work(thread=True, group="settings", exclusive=True, exit_on_error=False)
    def load_settings(self) -> None:
        """Read the settings file in full, and the learner's own keys."""
        from coach.tui.keymap import load_keymap

        problems = []
        try:
            self.services.settings()
        except CoachError as error:
            problems.append(str(error))
        self.settings = self.services.settings()
        keymap, misfits = load_keymap()
        self.post_message(self.SettingsLoaded(keymap, problems + misfits))

    def on_coach_app_settings_loaded(self, message: SettingsLoaded) -> None:
        for problem in message.problems:
            self.tell_problem(problem)
        if message.keymap:
            self.set_keymap(message.keymap)
        if self.settings is not None:
            self.use_looks(self.settings.theme, self.settings.motion)

    @property
    def learner(self) -> str:
        """Whose talks these are; may be empty."""
        return self.learner_name or self.setting("learner", "") or ""

    @property
    def talk(self) -> Talk | None:
        """The talk being held, or held last."""
        return self.talks[0] if self.talks else None

    # ---------------------------------------------------------------- life

    def get_default_screen(self) -> Screen[Any]:
        return HomeScreen(id="_default")

    def on_mount(self) -> None:
        settle()
        self.load_settings()
        keep_theme(self)

    def on_resize(self) -> None:
        # Later: the app itself takes note of its new size only after this.
        self.call_later(watch_size, self)

    def tell_problem(self, sentence: str, title: str = "") -> None:
        """A notice with one sentence of what is wrong and what to do."""
        self.notify(sentence, title=title, severity="error", timeout=12, markup=False)

    @work(thread=True, group="copy", exclusive=True, exit_on_error=False)
    def copy(self, text: str) -> None:
        """Copy text by whichever route works here, and say which."""
        from coach.tui.clipboard import copy_text

        self.notify(copy_text(self, text), markup=False)

    @work(thread=True, group="models", exclusive=True, exit_on_error=False)
    def wake_models(self, ahead: Scenario | None = None) -> None:
        """Start the models' process, if it is not there yet; let it read ``ahead``'s lines."""
        try:
            listener = self.services.listener()
            if ahead is not None:
                from coach.mentor.mentor import Mentor

                listener.prepare(Mentor(ahead, listener.closeness).lines())
        except CoachError as error:
            self.post_message(self.ModelsChanged(f"failed: {error}"))

    def _tell_models(self, state: str) -> None:
        """Take note of the models' state; called from any thread."""
        self.post_message(self.ModelsChanged(state))

    def on_coach_app_models_changed(self, message: ModelsChanged) -> None:
        self.models_state = message.state

    async def on_event(self, event: Event) -> None:
        # Asked before it is handed on: of letters that come all at once, the first would still
        # be passed up from where the focus was while the others overtake them.
        if isinstance(event, (Key, Paste)) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, CoachScreen):
                screen.on_its_way(event)
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Leave, keeping the line that is being typed."""
        for screen in self.screen_stack:
            if isinstance(screen, CoachScreen):
                screen.keep_draft()
        await asyncio.gather(settings_kept(self), *(talk.settle_down() for talk in self.talks))
        self.exit()

    async def on_unmount(self) -> None:
        # A closed pipe lets go of any worker that still waits for the models.
        await asyncio.to_thread(self.services.close)

    # ---------------------------------------------------------------- where one can go

    def action_help(self) -> None:
        """What this screen is for, and its keys."""
        from coach.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_history(self) -> None:
        """Every past talk."""
        from coach.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen())

    def action_settings(self) -> None:
        """Theme, motion, numbers, hints."""
        from coach.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def action_tour(self) -> None:
        """The two-minute guided talk."""
        from coach.tui.screens.tour import start_tour

        start_tour(self)

    def action_read_talk(self, talk_id: int) -> None:
        """One past talk, read only."""
        from coach.tui.screens.talk_view import TalkViewScreen

        self.push_screen(TalkViewScreen(talk_id))

    def action_export_talk(self, talk_id: int) -> None:
        """Write a talk as Markdown, HTML or JSON."""
        from coach.tui.widgets.export_dialog import ExportDialog

        self.push_screen(ExportDialog(talk_id))

    def action_home(self) -> None:
        """Back to the home screen."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def brief(self, scenario: Scenario) -> None:
        """Open a scenario's briefing."""
        from coach.tui.screens.briefing import BriefingScreen

        self.push_screen(BriefingScreen(scenario))

    def begin_talk(
        self, scenario: Scenario, notes: str = "", *, anew: bool = False, **options: Any
    ) -> None:
        """Begin a talk and show it; ``options`` go to `ConversationScreen` (a guide).

        ``anew``: the mentor does not know the learner from earlier talks.
        """
        from coach.tui.engine import Talk, begin

        talk = Talk(self, scenario, partial(begin, self, scenario, notes, anew=anew))
        self._hold(talk, notes=notes, **options)

    def resume_talk(self, talk_id: int, scenario: Scenario, notes: str = "") -> None:
        """Take up an unfinished talk."""
        from coach.tui.engine import Talk, resume

        self.wake_models()
        # Where its mentor still reads it goes on: a second session would read the same turn too.
        left = next((one for one in self.talks if one.talk_id == talk_id and one.busy), None)
        talk = left or Talk(self, scenario, partial(resume, self, scenario, talk_id))
        self._hold(talk, notes=notes)

    def _hold(self, talk: Talk, **options: Any) -> None:
        from coach.tui.screens.conversation import ConversationScreen

        self.talks = [talk, *(one for one in self.talks if one.busy and one is not talk)]
        # Told once more, it forgets the screens that are gone, and they can be let go of.
        self.mutate_reactive(CoachApp.models_state)
        self.push_screen(ConversationScreen(talk, **options))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's own commands; ours come from `coach.tui.commands`."""
        for command in super().get_system_commands(screen):
            # Leaving and help have their own, which say more; the rest is for makers of screens.
            if command.title == "Theme":
                yield command

    def copy_to_clipboard(self, text: str) -> None:
        """What ctrl+c and the stock widgets call; by whichever route works here."""
        self._clipboard = text  # for pasting here, at once
        self.copy(text)
