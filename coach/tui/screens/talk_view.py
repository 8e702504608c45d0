"""One past talk: read only, searchable, with its cards and its debrief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from coach.tui.screens.base import CoachScreen
from coach.tui.screens.card_view import CardScreen, SeenTurn
from coach.tui.talks import copy_talk, take_up, talk_held
from coach.tui.widgets.plain_text import PlainText
from coach.tui.widgets.transcript import Stretch, Transcript, stretches_of
from coach.tui.words import first_name, showable, trouble, when

if TYPE_CHECKING:
    from coach.records.retold import ToldTalk, ToldTurn


@dataclass
class TalkRead(Message):
    """The talk was read from the records, in a worker."""

    talk: ToldTalk
    stretches: list[Stretch]
    cards: list[ToldTurn]


class TalkViewScreen(CoachScreen):
    """A talk as it was held.

    Args:
        talk_id: which one.
    """

    CSS_PATH = "talk_view.tcss"
    HEADING = "A past talk"
    HELP = (
        "The whole talk as it was held, with what each card said in short. Turns that were "
        "taken again stand before the turn that took their place, marked as set aside.\n\n"
        "Type / to find words; Enter and down go to the next find, up to the one before. Tab "
        "goes back to the talk, where N and P do the same. F5 opens the card of the turn in view "
        "in full, so does a click on the turn. Nothing can be changed here."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find", id="read.find", tooltip="Find words in this talk"),
        Binding("n", "step(1)", "Next", id="read.next", tooltip="The next find"),
        Binding("p", "step(-1)", "Previous", id="read.previous", tooltip="The find before"),
        # While the field has the focus, which types letters; in the talk they scroll.
        Binding("down", "step(1)", "Next", id="read.down", show=False),
        Binding("up", "step(-1)", "Previous", id="read.up", show=False),
        Binding("f5", "card", "Card", id="read.card", tooltip="The card of the turn in view"),
        Binding("d", "debrief", "Debrief", id="read.debrief", tooltip="What the talk came to"),
        Binding("e", "export", "Export", id="read.export", tooltip="Keep this talk as a file"),
        Binding("c", "copy", "Copy", id="read.copy", tooltip="Copy this talk as text", show=False),
        Binding("g", "go_on", "Go on", id="read.go_on", tooltip="Go on with this talk"),
        Binding("escape", "leave", "Back", id="read.back", tooltip="Back to where you were"),
    ]

    def __init__(self, talk_id: int) -> None:
        super().__init__()
        self.talk_id = talk_id
        self._talk: ToldTalk | None = None
        self._cards: list[SeenTurn] = []
        self._found = 0

    def body(self) -> ComposeResult:
        with Horizontal(id="finding"):
            yield Input(placeholder="Find in this talk", id="find", compact=True)
            yield PlainText("", id="finds", classes="muted")
        yield Transcript(id="talk")

    def on_mount(self) -> None:
        self.query_one("#finding").display = False
        self.query_one(Transcript).focus()
        self.load()

    @work(thread=True, group="read talk", exclusive=True, exit_on_error=False)
    def load(self) -> None:
        """Read the talk from the records."""
        from coach.records.retold import retell

        try:
            store = self.coach.services.store()
            talk = retell(store.talk(self.talk_id), store.turns(self.talk_id))
            self.post_message(TalkRead(talk, *stretches_of(talk)))
        except Exception as problem:  # the worker's last line
            self.app.call_from_thread(self.coach.tell_problem, trouble(problem))

    def on_talk_read(self, message: TalkRead) -> None:
        self._talk = talk = message.talk
        head = talk.head
        state = "" if head.ended is not None else ", not finished"
        self.query_one("TitleBar").heading = showable(  # type: ignore[attr-defined]
            f"{head.title}, with {head.mentor}, {when(head.started)}{state}"
        )
        self._cards = [
            SeenTurn(turn.record.number, turn.record.text, turn.card)
            for turn in message.cards
            if turn.card is not None
        ]
        view = self.query_one(Transcript)
        view.show(message.stretches)
        self.refresh_bindings()

    # ---------------------------------------------------------------- finding

    def action_find(self) -> None:
        """Find words in this talk."""
        self.query_one("#finding").display = True
        self.query_one("#find", Input).focus()

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        self._found = self.query_one(Transcript).find(event.value)
        self._say(1)

    @on(Input.Submitted, "#find")
    def _next_find(self) -> None:
        self.action_step(1)

    def action_step(self, by: int) -> None:
        """Go to the next or the previous find."""
        self._say(self.query_one(Transcript).step(by))

    def _say(self, at: int) -> None:
        words = f"{at} of {self._found}" if self._found else "Not in this talk"
        typed = self.query_one("#find", Input).value.strip()
        self.query_one("#finds", PlainText).show(words if typed else "")
        self.refresh_bindings()

    # ---------------------------------------------------------------- doing

    def action_card(self) -> None:
        """The card of the turn in view, in full."""
        self._open_card(self.query_one(Transcript).card_in_view())

    @on(Transcript.CardAsked)
    def _card_asked(self, message: Transcript.CardAsked) -> None:
        self._open_card(message.card)

    def _open_card(self, number: int | None) -> None:
        if number is not None and self._talk is not None:
            mentor = first_name(self._talk.head.mentor)
            numbers = bool(self.coach.setting("numbers", False))
            self.app.push_screen(CardScreen(self._cards, number, mentor, numbers=numbers))

    def action_debrief(self) -> None:
        """What the talk came to, as it was seen then."""
        from coach.tui.screens.looked_back import LookedBackScreen

        if self._talk is not None and self._talk.debrief is not None:
            self.app.push_screen(LookedBackScreen(self._talk))

    def action_export(self) -> None:
        """Write the talk to a file."""
        self.coach.action_export_talk(self.talk_id)

    def action_copy(self) -> None:
        """Copy the talk as text."""
        copy_talk(self.coach, self.talk_id)

    def action_go_on(self) -> None:
        """Go on with this talk."""
        if self._talk is not None:
            self.app.pop_screen()
            take_up(self.coach, self._talk.head)

    def action_leave(self) -> None:
        """From the search back to the talk, from there back."""
        finding = self.query_one("#finding")
        if finding.display:
            self.query_one("#find", Input).value = ""
            finding.display = False
            self.query_one(Transcript).focus()
        else:
            self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "step":
                return self._found > 1
            case "card":
                return bool(self._cards)
            case "debrief":
                return self._talk is not None and self._talk.debrief is not None
            case "export" | "copy":
                return self._talk is not None
            case "go_on":
                unfinished = self._talk is not None and self._talk.head.ended is None
                return unfinished and talk_held(self.coach) is None
        return True
