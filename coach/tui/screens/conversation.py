"""The conversation: what was said, what one says next, and the card of the last turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, TextArea

from coach.tui.calm import settle
from coach.tui.card_words import card_text
from coach.tui.engine import Failed, Opened, Settled, Told
from coach.tui.handler import show_event
from coach.tui.screens.base import CoachScreen
from coach.tui.screens.card_view import CardScreen, SeenTurn
from coach.tui.widgets.card import CardPanel
from coach.tui.widgets.dialogue import Dialogue, Entry
from coach.tui.widgets.plain_text import PlainText
from coach.tui.widgets.turn_input import TurnInput
from coach.tui.words import first_name, showable

if TYPE_CHECKING:
    from coach.feedback.card import Card
    from coach.tui.engine import Talk
    from coach.tui.guide import Guide

Stage = Literal["opening", "closed", "yours", "listening", "thinking", "over"]

WIDE = 100
"""From this many columns on the card stands beside the talk."""
DRAFT_PAUSE = 0.4
"""Seconds without a key before the line being typed is kept."""


class ConversationScreen(CoachScreen):
    """A talk with a mentor.

    Args:
        talk: the engine's side of it.
        notes: what the learner prepared.
        guide: says what to look at, in the guided first talk.
    """

    CSS_PATH = "conversation.tcss"
    HEADING = "The talk"
    HELP = (
        "Type what you would say and press Enter. Shift+Enter or Ctrl+J breaks the line, Ctrl+G "
        "opens your editor, up and down bring back your own earlier turns. Page up and page "
        "down move through the talk.\n\nAfter each turn a card shows what worked and what to "
        "try, with the words it rests on. F5 opens it in full, left and right go to earlier "
        "cards. F3 takes a turn again, and the talk goes on from there. F2 gives a hint; asked "
        "again, it says more. F6 says why the mentor spoke as they did; F8 shows the "
        "questions you prepared.\n\nEscape leaves the talk "
        "for later; every turn is kept. F4 finishes it and looks back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "hint", "Hint", id="talk.hint", tooltip="A hint; again for more"),
        Binding("f3", "again", "Take again", id="talk.again", tooltip="Take a turn again"),
        Binding("f4", "finish", "Finish", id="talk.finish", tooltip="End the talk, look back"),
        Binding("f5", "card", "Whole card", id="talk.card", tooltip="The card in full"),
        Binding(
            "f6",
            "why",
            "Why that?",
            id="talk.why",
            tooltip="By which rule the mentor spoke, and where they stand",
            show=False,
            priority=True,  # the text field would select a line
        ),
        Binding("f8", "notes", "Notes", id="talk.notes", tooltip="What you prepared", show=False),
        Binding("f9", "read_again", "Try again", id="talk.read", tooltip="Once more"),
        Binding("escape", "leave", "Leave", id="talk.leave", tooltip="Leave for later"),
    ]

    def __init__(self, talk: Talk, *, notes: str = "", guide: Guide | None = None) -> None:
        super().__init__()
        self.talk = talk
        self.notes = notes
        self.guide = guide
        self.mentor = first_name(talk.scenario.mentor.name)
        self.cards: dict[int, SeenTurn] = {}
        """The cards of the current branch, by turn."""
        self._stage: Stage = "opening"
        self._turn = 0
        """The last turn of the branch."""
        self._sent: str | None = None
        """A turn on its way to the records, and the number it goes by."""
        self._sent_as = 0
        self._taking_again: int | None = None
        self._set_aside: list[Entry] = []
        self._failed = False
        self._usable: tuple[bool, ...] = ()
        """Which keys the footer was last drawn for."""
        self._resumed = False
        self._why = ""
        self._draft_timer: Timer | None = None

    # ---------------------------------------------------------------- frame

    def body(self) -> ComposeResult:
        with Container(id="stage"):
            yield Dialogue(id="dialogue")
            yield CardPanel(self.mentor, id="card")
            with Vertical(id="mine"):
                yield PlainText("", id="guide", classes="strip")
                yield PlainText("", id="hint", classes="strip")
                with Horizontal(id="failure", classes="strip"):
                    yield PlainText("", id="failure-words")
                    yield Button("Try again (F9)", id="read-again")
                yield TurnInput(id="input")

    def on_mount(self) -> None:
        person = self.talk.scenario.mentor
        self.sub_title = f"{person.name}, {person.role}"
        self.query_one("TitleBar").heading = showable(self.sub_title)  # type: ignore[attr-defined]
        for strip in self.query(".strip"):
            strip.display = False
        card = self.query_one(CardPanel)
        card.numbers = bool(self.coach.setting("numbers", False))
        self.query_one(Dialogue).word_by_word = self.coach.setting("motion") == "full"
        self._say("guide", self.guide.first() if self.guide is not None else "")
        self.query_one(TurnInput).focus()
        self.watch(self.app, "models_state", self._models_changed)
        self.set_stage("opening")
        self.talk.audience = self
        settle()
        self.talk.open()

    def on_resize(self) -> None:
        self.query_one(CardPanel).set_short(self.size.width < WIDE)

    def on_screen_resume(self) -> None:
        self.talk.audience = self

    def _say(self, strip: str, text: str) -> None:
        widget = self.query_one(f"#{strip}", PlainText)
        widget.display = bool(text)
        widget.show(text)

    # ---------------------------------------------------------------- status

    def set_stage(self, stage: Stage) -> None:
        """Say, on the input's frame, whose turn it is."""
        self._stage = stage
        field = self.query_one(TurnInput)
        field.border_title = Content(self._status())
        field.border_subtitle = Content("Enter sends \u00b7 Ctrl+J new line")
        self._refresh_keys()

    def _status(self) -> str:
        waiting = self.coach.models_state in ("off", "starting", "loading")
        match self._stage:
            case "opening" if waiting:
                return f"{self.mentor} is on the way: the models are warming up..."
            case "opening":
                return f"{self.mentor} is on the way..."
            case "closed":
                return "This talk could not be opened"
            case "listening" if waiting:
                return f"{self.mentor} answers as soon as the models are warm..."
            case "listening":
                return f"{self.mentor} is listening..."
            case "thinking":
                return f"{self.mentor} is thinking..."
            case "over":
                return f"{self.mentor} said goodbye"
        if self._taking_again is not None:
            return f"Turn {self._taking_again} again"
        return "Your turn"

    def _models_changed(self, state: str) -> None:
        if self._stage in ("opening", "listening"):
            self.set_stage(self._stage)

    # ---------------------------------------------------------------- what the engine tells

    def on_told(self, message: Told) -> None:
        show_event(self, message.event)
        if self.guide is not None:
            line = self.guide.told(message.event)
            if line is not None:
                self._say("guide", line)

    def on_opened(self, message: Opened) -> None:
        self.notes = message.notes or self.notes
        field = self.query_one(TurnInput)
        if message.draft:
            # What was typed while the talk opened goes on from it.
            field.fill("\n".join(filter(None, (message.draft, field.text))))
        if message.unread:
            self.set_stage("listening")
            self.talk.read_again()
        elif self._stage != "over":
            self.set_stage("yours")

    def on_settled(self, message: Settled) -> None:
        if message.job in ("turn", "read again") and self._stage in ("listening", "thinking"):
            self.set_stage("yours")
        self._refresh_keys()

    def on_failed(self, message: Failed) -> None:
        """Say what went wrong; words that could not be kept go back into the field."""
        if message.job == "turn" and self._sent is not None:
            self._take_back()
            self.coach.tell_problem(message.sentence)
        elif message.job in ("turn", "read again"):
            self.show_failure(message.sentence)
        elif message.job == "open":
            self.show_failure(message.sentence)
            self.set_stage("closed")
        else:
            self.coach.tell_problem(message.sentence)
            if message.job == "reopen":
                self._end_taking_again()

    def _take_back(self) -> None:
        field = self.query_one(TurnInput)
        dialogue = self.query_one(Dialogue)
        typed = field.text
        dialogue.forget_from(self._sent_as)
        for entry in self._set_aside:
            dialogue.put_back(entry)
        if self._set_aside and self._taking_again is None:
            self._show_failed(True)  # the turn it was to replace is still unread
        self._set_aside = []
        if self._taking_again is not None:
            dialogue.set_aside(self._taking_again)
        field.fill("\n".join(filter(None, (self._sent, typed))))
        self._sent = None
        self.set_stage("yours")

    def started(self, resumed: bool, voice: str = "") -> None:
        """The talk is there, new or taken up again; ``voice`` words the mentor's lines."""
        self._resumed = resumed
        if voice:
            said = f"{self.mentor}'s lines are worded by {showable(voice)}."
            self.notify(said, title="A voice is on", markup=False)
        self.query_one(Dialogue).clear()
        self.cards.clear()
        self._turn = 0

    def mentor_said(self, text: str, turn: int, why: str = "", *, closing: bool) -> None:
        """The mentor's line, and why they said it."""
        self._why = why
        slowly = self._stage == "thinking"
        self.query_one(Dialogue).mentor_says(
            self.talk.scenario.mentor.name, text, turn, slowly=slowly
        )
        self._show_failed(False)
        if closing:
            self.set_stage("over")
            self._say("hint", "F4 looks back on the talk. F3 takes a turn again.")

    def mentor_speaking(self, text: str) -> None:
        """So much of the mentor's line has been worded."""
        self._say("hint", f"{self.mentor}: {showable(text)} \u2026")

    def voice_strayed(self, why: str | None) -> None:
        """A voice's wording was not used, or was; the words that came are taken away."""
        self._say("hint", "")
        if why:
            self.notify(
                f"{showable(why).capitalize()}. What you read is the written line.",
                title="The voice was not used",
                markup=False,
            )

    def turn_kept(self, turn: int, text: str) -> None:
        """The learner's words are on record; when a talk is told again they are shown now."""
        if self._sent is None:
            self.query_one(Dialogue).learner_says(text, turn)
            self.query_one(TurnInput).earlier.append(text)
        self._sent = None
        self._turn = turn
        self._taking_again = None
        self._set_aside = []
        for number in [number for number in self.cards if number >= turn]:
            del self.cards[number]

    def show_card(self, turn: int, card: Card) -> None:
        """The feedback on a turn."""
        text = next(
            (e.text for e in self.query_one(Dialogue).entries if e.mine and e.turn == turn), ""
        )
        self.cards[turn] = SeenTurn(turn, text, card)
        self.query_one(CardPanel).show(card, f"Turn {turn}")
        self._refresh_keys()

    def show_comparison(self, seen: SeenTurn) -> None:
        """A turn beside the attempt before it."""
        self.cards[seen.number] = seen
        self.query_one(Dialogue).compare(seen.number, seen.before_text, seen.words)
        self.query_one(CardPanel).show(seen.card, f"Turn {seen.number}, taken again", seen.words)

    def turn_open_again(self, turn: int) -> None:
        """An earlier turn waits to be taken again."""
        self._taking_again = turn
        self.query_one(Dialogue).set_aside(turn)
        self._say("hint", f"Say turn {turn} another way. Escape keeps the talk as it was.")
        self.set_stage("yours")
        self.query_one(TurnInput).focus()

    def show_hint(self, text: str) -> None:
        """A hint, above the input until the turn is sent."""
        self._say("hint", f"Hint: {text}")

    def show_failure(self, sentence: str) -> None:
        """The turn is kept but was not read."""
        self.query_one("#failure-words", PlainText).show(sentence)
        self._show_failed(True)
        self.set_stage("yours")

    def _show_failed(self, failed: bool) -> None:
        self._failed = failed
        self.query_one("#failure").display = failed

    def ask_rating(self, question: str, choices: tuple[str, ...]) -> None:
        """The talk is over: on to the debrief."""
        from coach.tui.screens.debrief import DebriefScreen

        self.app.push_screen(DebriefScreen(self.talk, question, choices))

    # ---------------------------------------------------------------- what the learner does

    def on_turn_input_submitted(self, message: TurnInput.Submitted) -> None:
        if not message.text.strip():
            return
        if self._stage == "over" and self._taking_again is None:
            self.notify(f"{self.mentor} said goodbye. F4 looks back, F3 takes a turn again.")
            return
        if self.talk.busy or self._stage in ("opening", "closed"):
            # Not queued: what the mentor is about to say may change what one wants to say.
            self.notify(f"{self.mentor} is about to answer; your words stay in the field.")
            return
        field = self.query_one(TurnInput)
        dialogue = self.query_one(Dialogue)
        # A turn that could not be read gives way to the one typed after it.
        replaced = self._taking_again or (self._turn if self._failed else 0)
        turn = self._sent_as = replaced or self._turn + 1
        if replaced:
            self._set_aside = [entry for entry in dialogue.entries if entry.turn >= turn]
            dialogue.forget_from(turn)
        self._sent = message.text
        dialogue.learner_says(message.text, turn)
        dialogue.anchor()
        field.earlier.append(message.text)
        field.empty()
        self._say("hint", "")
        self._show_failed(False)
        self.set_stage("listening")
        self.talk.take_turn(message.text)

    @on(TextArea.Changed, "#input")
    def _typing(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_PAUSE, self.keep_draft)

    def keep_draft(self) -> None:
        """Keep the line that is being typed."""
        if self._sent is None and self._stage not in ("opening", "closed"):
            self.talk.save_draft(self.query_one(TurnInput).text)

    def action_hint(self) -> None:
        """A hint for this turn; asked again, it says more."""
        if self.coach.setting("hint_level", 2) == 0:
            self.notify("Hints are off; the settings turn them on.")
        elif not self.talk.busy:
            self.talk.hint()

    def action_why(self) -> None:
        """Say by which rule the mentor spoke last, and where they stand."""
        if self._why:
            title = f"Why {self.mentor} said that"
            self.notify(showable(self._why), title=title, timeout=12, markup=False)

    def action_again(self) -> None:
        """Take a turn again; the talk goes on from there."""
        from coach.tui.screens.choose_turn import ChooseTurn

        mine = [(e.turn, e.text) for e in self.query_one(Dialogue).entries if e.mine]
        if len(mine) == 1:
            self._reopen(mine[0][0])
        elif mine:
            self.app.push_screen(ChooseTurn(mine), self._reopen)

    def _reopen(self, turn: int | None) -> None:
        if turn is not None:
            self.talk.reopen(turn)

    def action_finish(self) -> None:
        """End the talk and look back on it."""
        from coach.tui.screens.confirm import ConfirmScreen

        def answered(yes: bool | None) -> None:
            if yes:
                self.talk.finish()

        if self._stage == "over":
            self.talk.finish()
        else:
            self.app.push_screen(
                ConfirmScreen("Finish this talk and look back on it?", "Finish", "Go on talking"),
                answered,
            )

    def action_card(self) -> None:
        """The last turn's card in full; left and right go to the others."""
        self._open_card(max(self.cards, default=0))

    @on(Dialogue.TurnClicked)
    def _turn_clicked(self, message: Dialogue.TurnClicked) -> None:
        self._open_card(message.turn)

    def _open_card(self, turn: int) -> None:
        turns = [self.cards[number] for number in sorted(self.cards)]
        at = next((i for i, seen in enumerate(turns) if seen.number == turn), None)
        if at is not None:
            numbers = bool(self.coach.setting("numbers", False))
            self.app.push_screen(CardScreen(turns, at, self.mentor, numbers=numbers))

    def action_notes(self) -> None:
        """The questions and topics one prepared."""
        self.notify(self.notes or "You brought no notes.", title="Your notes", markup=False)

    def action_read_again(self) -> None:
        """Read the turn that could not be read."""
        if self._failed and not self.talk.busy:
            self._show_failed(False)
            if self._stage == "closed":
                self.set_stage("opening")
                self.talk.open()
                return
            self.set_stage("listening")
            self.talk.read_again()

    @on(Button.Pressed, "#read-again")
    def _read_again_pressed(self) -> None:
        self.action_read_again()
        self.query_one(TurnInput).focus()

    def action_copy_card(self) -> None:
        """Copy the last card."""
        if self.cards:
            seen = self.cards[max(self.cards)]
            numbers = bool(self.coach.setting("numbers", False))
            self.coach.copy(f"{seen.text}\n\n{card_text(seen.card, self.mentor, numbers=numbers)}")

    def action_copy_talk(self) -> None:
        """Copy the whole talk so far."""
        self.coach.copy(
            "\n\n".join(
                f"{entry.speaker}: {showable(entry.text)}"
                for entry in self.query_one(Dialogue).entries
            )
        )

    def action_leave(self) -> None:
        """Leave the talk for later, or stop taking a turn again."""
        if self._taking_again is not None and self._sent is None:
            self.talk.cancel_reopen()
            self._end_taking_again()
            return
        if self._stage not in ("opening", "closed"):
            self.keep_draft()
            self.talk.pause()
        self.talk.audience = None
        self.app.pop_screen()
        if self._turn:
            self.notify("The talk is kept. Press c to go on with it.")

    def _end_taking_again(self) -> None:
        self._taking_again = None
        self.query_one(Dialogue).set_aside(None)
        self._say("hint", "")
        self.set_stage("yours")

    def action_page_talk(self, pages: int) -> None:
        """Move through the talk without leaving the input."""
        dialogue = self.query_one(Dialogue)
        if pages < 0:
            dialogue.release_anchor()
            dialogue.scroll_page_up(animate=False)
        else:
            dialogue.scroll_page_down(animate=False)

    def _refresh_keys(self) -> None:
        """Redraw the footer only when a key comes or goes: nothing on the screen costs more."""
        usable = (self._failed, bool(self.cards), self._turn > 0)
        if usable != self._usable:
            self._usable = usable
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "read_again":
                return self._failed
            case "card":
                return bool(self.cards) or None
            case "again":
                return self._turn > 0 or None
        return True
