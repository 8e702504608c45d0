"""Every past talk: found by words, read, taken up again, exported, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach import paths
from coach.tui.screens.base import CoachScreen
from coach.tui.talks import take_up, talk_held
from coach.tui.widgets.plain_text import PlainText
from coach.tui.words import QUIET, shortened, showable, trouble, when

if TYPE_CHECKING:
    from coach.practice.store import TalkHead

PAUSE = 0.25
"""Seconds without a key before the records are searched."""


@dataclass
class Found(Message):
    """The records were searched, in a worker; ``problem`` says why they could not be."""

    search: str
    talks: Sequence[TalkHead]
    problem: str = ""


class HistoryScreen(CoachScreen):
    """Past talks, newest first."""

    CSS_PATH = "history.tcss"
    HEADING = "Your talks"
    HELP = (
        "Every talk that is kept on this machine, the newest first. Type / and then any words to "
        "find the talks they occur in: what you said, what the mentor said, titles, names, your "
        "own notes. Down goes back to the list.\n\nEnter reads a talk. C goes on with "
        "one that is not finished, E writes it to a file, Delete takes it away for good."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find", id="history.find", tooltip="Find talks by words in them"),
        Binding("c", "go_on", "Continue", id="history.continue", tooltip="Go on with this talk"),
        Binding("e", "export", "Export", id="history.export", tooltip="Keep this talk as a file"),
        Binding(
            "delete",
            "delete",
            "Delete",
            id="history.delete",
            tooltip="Take this talk away for good",
        ),
        Binding("down", "to_list", "To the list", id="history.list", show=False),
        Binding("escape", "leave", "Back", id="history.back", tooltip="Back to where you were"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._talks: Sequence[TalkHead] = ()
        self._arrived = False
        self._deletes = False
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        yield Input(placeholder="Find by any words in the talk", id="find", compact=True)
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield OptionList(id="talks", markup=False)
                yield PlainText("Looking...", id="note", classes="muted")
            with VerticalScroll(id="about", can_focus=False):
                yield PlainText("", id="about-words")

    def on_mount(self) -> None:
        self.query_one("#talks").display = False
        self.query_one("#find", Input).focus()

    def on_screen_resume(self) -> None:
        self._search()

    # ---------------------------------------------------------------- finding

    @on(Input.Changed, "#find")
    def _typed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._search)

    def _search(self) -> None:
        self.search(self.query_one("#find", Input).value)

    @work(thread=True, group="history", exclusive=True, exit_on_error=False)
    def search(self, words: str) -> None:
        """Look for talks with these words in them."""
        try:
            found = self.coach.services.history(self.coach.learner or None, words)
            self._deletes = hasattr(self.coach.services.store(), "delete_talk")
            self.post_message(Found(words, found))
        except Exception as problem:  # the worker's last line
            self.post_message(Found(words, (), trouble(problem)))

    def on_found(self, message: Found) -> None:
        if message.search != self.query_one("#find", Input).value:
            return  # an older question's answer
        if message.problem:
            self.coach.tell_problem(message.problem)
        first = not self._arrived
        self._arrived = True
        before = self._chosen()
        self._talks = message.talks
        talks = self.query_one("#talks", OptionList)
        talks.clear_options()
        talks.add_options([Option(_words(talk), id=str(talk.id)) for talk in self._talks])
        talks.display = bool(self._talks)
        note = self.query_one("#note", PlainText)
        note.show(self._note(message))
        if self._talks:
            ids = [talk.id for talk in self._talks]
            talks.highlighted = ids.index(before.id) if before and before.id in ids else 0
            if first and not message.search and self.focused is self.query_one("#find"):
                talks.focus()
        self._describe()

    def _note(self, message: Found) -> str:
        if message.problem:
            return "The records could not be read."
        if message.talks:
            number = len(message.talks)
            return "One talk." if number == 1 else f"{number} talks."
        if message.search.strip():
            return "No talk has all these words in it. Take one away."
        if not self.coach.setting("history", True):
            return "No history is kept; the settings turn it on."
        return "None yet. Your first talk will stand here."

    def _chosen(self) -> TalkHead | None:
        at = self.query_one("#talks", OptionList).highlighted
        return self._talks[at] if at is not None and at < len(self._talks) else None

    @property
    def talk_id(self) -> int | None:
        """The talk under the cursor."""
        talk = self._chosen()
        return talk.id if talk is not None else None

    @on(OptionList.OptionHighlighted, "#talks")
    def _describe(self) -> None:
        talk = self._chosen()
        self.query_one("#about-words", PlainText).show(_about(talk) if talk else "")
        self.refresh_bindings()

    # ---------------------------------------------------------------- doing

    def action_find(self) -> None:
        """Find talks by words in them."""
        self.query_one("#find", Input).focus()

    @on(Input.Submitted, "#find")
    def action_to_list(self) -> None:
        """From the field to the list."""
        if self._talks:
            self.query_one("#talks", OptionList).focus()

    @on(OptionList.OptionSelected, "#talks")
    def _read(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            self.coach.action_read_talk(int(event.option_id))

    def action_go_on(self) -> None:
        """Go on with a talk that is not finished."""
        talk = self._chosen()
        if talk is not None:
            take_up(self.coach, talk)

    def action_export(self) -> None:
        """Write the talk to a file."""
        if self.talk_id is not None:
            self.coach.action_export_talk(self.talk_id)

    def action_delete(self) -> None:
        """Take the talk away for good, after asking."""
        from coach.tui.screens.confirm import ConfirmScreen

        talk = self._chosen()
        if talk is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.delete(talk.id)

        question = (
            f"Delete the talk \u201c{talk.title}\u201d of {when(talk.started)}? "
            "Its words are wiped from the records and cannot be brought back."
        )
        copies = _exported(talk)
        if copies:
            question += "\n\n" + "\n".join(["What you exported of it stays:", *map(str, copies)])
        self.app.push_screen(ConfirmScreen(question, "Delete", "Keep it", final=True), answered)

    @work(thread=True, group="delete", exit_on_error=False)
    def delete(self, talk_id: int) -> None:
        """Delete a talk from the records."""
        try:
            store: Any = self.coach.services.store()
            store.delete_talk(talk_id)
        except Exception as problem:  # the worker's last line
            self.app.call_from_thread(self.coach.tell_problem, trouble(problem))
        self.app.call_from_thread(self._search)

    def action_leave(self) -> None:
        """From the field to the list, from there back."""
        find = self.query_one("#find", Input)
        if find.value:
            find.value = ""
        else:
            self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        talk = self._chosen() if self.is_mounted and self._arrived else None
        match action:
            case "go_on":
                # A talk that is being held right now must not be taken up a second time.
                return talk is not None and talk.ended is None and talk_held(self.coach) is None
            case "export":
                return talk is not None
            case "delete":
                held = talk_held(self.coach)
                free = held is None or (talk is not None and held.talk_id != talk.id)
                return talk is not None and free and self._deletes
        return True


def _exported(talk: TalkHead) -> list[Path]:
    """The talk's files in the coach's own folder for exports."""
    from coach.records.export import FORMATS, export_name

    files = (paths.exports_dir() / export_name(talk, form) for form in FORMATS)
    return [file for file in files if file.exists()]


def _words(talk: TalkHead) -> Content:
    state = "Not finished: " if talk.ended is None else ""
    who = f" \u00b7 {showable(talk.learner)}" if talk.learner else ""
    return Content.assemble(
        (state, "$text-accent"),
        (showable(talk.title), "bold"),
        "\n",
        (f"with {showable(talk.mentor)}, {when(talk.started)}{who}", QUIET),
        "\n",
    )


def _about(talk: TalkHead) -> Content:
    """What one would want to know before opening a talk."""
    parts: list[tuple[str, str]] = []
    debrief = talk.debrief
    if talk.ended is None:
        parts.append(("Not finished", "C goes on where you left it."))
    if talk.own_words:
        parts.append(("You said", talk.own_words))
    if debrief is not None:
        parts.append(("Looking back", debrief.opening))
        if debrief.practise_next:
            parts.append(("To practise next", debrief.practise_next))
        if debrief.heard:
            parts.append(("What opened up", "; ".join(debrief.heard)))
    if talk.notes:
        parts.append(("Your notes", talk.notes))
    if not parts:
        parts.append(("", "Enter reads this talk."))
    lines = []
    for heading, text in parts:
        lines.append(Content.assemble((heading, "$text-primary bold"), "\n" if heading else ""))
        lines.append(Content(f"{showable(shortened(text, 600))}\n\n"))
    return Content.assemble(*lines)
