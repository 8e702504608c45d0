"""Settings: each with its manual beside it, used and kept as soon as it is changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Select

from coach import paths
from coach.tui.keeping import change_setting
from coach.tui.screens.base import CoachScreen
from coach.tui.themes import DEFAULT_THEME, theme_choices
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import trouble

if TYPE_CHECKING:
    from coach.settings import Settings

_CHOICES: dict[str, list[tuple[str, Any]]] = {
    "motion": [
        ("Nothing moves", "none"),
        ("A little", "basic"),
        ("Words appear one by one", "full"),
    ],
    "numbers": [("Words only", False), ("Words and figures", True)],
    "hint_level": [
        ("No hints", 0),
        ("A nudge", 1),
        ("A nudge, then a pointer", 2),
        ("Up to a wording", 3),
    ],
    "history": [("Keep my talks", True), ("Keep nothing", False)],
}
_NAMES = {
    "learner": "Your name",
    "theme": "Colours",
    "motion": "Motion",
    "numbers": "Figures",
    "hint_level": "Hints",
    "history": "History",
    "editor": "Editor",
}
_MANUAL = {
    "learner": "Stands beside your talks in the records. Leave it empty if only you practise here.",
    "theme": "Three of the coach's own, and the stock ones. NO_COLOR works with any.",
    "motion": "How much moves on the screen.",
    "numbers": "What cards, debriefs and exports show without being asked, from the next talk on.",
    "hint_level": "How far F2 goes when you ask again, from the next talk on.",
    "history": "Whether talks are kept on this machine, from the next start on. Nothing that was "
    "kept is deleted.",
    "editor": "What Ctrl+G opens for a long turn; empty: what VISUAL or EDITOR names.",
}


@dataclass
class SettingsRead(Message):
    """The settings are there."""

    settings: Settings


class SettingsScreen(CoachScreen):
    """What a learner can set."""

    CSS_PATH = "settings.tcss"
    HEADING = "Settings"
    HELP = (
        "Tab and shift+tab go from one setting to the next. Enter opens a choice, the arrow keys "
        "choose, Enter takes it. A name or an editor is kept when you leave its field. Every "
        "change counts at once, unless the setting says otherwise, and is kept in a file you "
        "can also edit; your own comments in it survive."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="settings.back", tooltip="Back to where you were"),
    ]

    def body(self) -> ComposeResult:
        with VerticalScroll(id="settings", can_focus=False):
            yield PlainText("Reading the settings...", id="wait", classes="muted")

    def on_mount(self) -> None:
        self.load()

    @work(thread=True, group="settings screen", exit_on_error=False)
    def load(self) -> None:
        """Wait for the settings and their model, which is heavy to import."""
        try:
            import coach.settings  # noqa: F401

            settings = self.coach.settings or self.coach.services.settings()
        except Exception as problem:  # the worker's last line
            wait = self.query_one("#wait", PlainText)
            self.app.call_from_thread(wait.show, trouble(problem))
        else:
            self.post_message(SettingsRead(settings))

    async def on_settings_read(self, message: SettingsRead) -> None:
        form = self.query_one("#settings", VerticalScroll)
        await form.remove_children()
        with self.prevent(Select.Changed, Input.Changed):
            await form.mount(
                *(self._row(name, getattr(message.settings, name)) for name in _NAMES),
                PlainText(f"Kept in {paths.settings_file()}", classes="muted where"),
            )
        form.query(".control").first(Widget).focus()

    def _row(self, name: str, value: Any) -> Widget:
        manual = _MANUAL[name]
        variable = f"COACH_{name.upper()}"
        fixed = bool(os.environ.get(variable))
        if fixed:
            manual = f"Set by {variable} on this machine, which counts more than a choice here."
        control = self._control(name, value)
        control.disabled = fixed
        return Vertical(
            Horizontal(PlainText(_NAMES[name], classes="name"), control, classes="setting"),
            PlainText(manual, classes="manual"),
            classes="row-of-settings",
        )

    def _control(self, name: str, value: Any) -> Widget:
        if name in ("learner", "editor"):
            return Input(value or "", id=name, compact=True, classes="control")
        if name == "theme":
            choices: list[tuple[str, Any]] = list(theme_choices(self.app))
            value = value if value in self.app.available_themes else DEFAULT_THEME
        else:
            choices = _CHOICES[name]
        return Select[Any](
            [(Content(words), choice) for words, choice in choices],
            value=value,
            id=name,
            allow_blank=False,
            compact=True,
            classes="control",
        )

    @on(Select.Changed)
    def _chosen(self, event: Select.Changed) -> None:
        name = str(event.select.id)
        if event.value != getattr(self.coach.settings, name):
            change_setting(self.coach, name, event.value)

    @on(Input.Blurred)
    @on(Input.Submitted)
    def _typed(self, event: Input.Blurred | Input.Submitted) -> None:
        self._keep(event.input)

    def _keep(self, field: Input) -> None:
        name, value = str(field.id), field.value.strip()
        if value != (getattr(self.coach.settings, name) or ""):
            change_setting(self.coach, name, value or None if name == "editor" else value)

    def keep_draft(self) -> None:
        """Keep what is in a field."""
        for field in self.query(Input):
            self._keep(field)

    def action_leave(self) -> None:
        """Keep what is in a field, and go back."""
        self.keep_draft()
        self.app.pop_screen()
