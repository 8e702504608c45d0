"""The conversation: what was said, what one says next, and the card of the last turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import Key, Paste
from textual.timer import Timer
from textual.widgets import Button, TextArea

from coach.tui.engine import Failed, Opened, Settled, Told
from coach.tui.handler import show_event
from coach.tui.screens.base import CoachScreen
from coach.tui.screens.card_view import CardScreen, SeenTurn
from coach.tui.turn_under_way import TurnUnderWay
from coach.tui.widgets.card import CardPanel
from coach.tui.widgets.dialogue import Dialogue
from coach.tui.widgets.strips import Strips
from coach.tui.widgets.turn_input import TurnInput
from coach.tui.words import first_name, showable

if TYPE_CHECKING:
    from coach.feedback.card import Card
    from coach.tui.engine import Talk
    from coach.tui.guide import Guide

Stage = Literal["opening", "closed", "yours", "listening", "thinking", "over"]

WIDE = 100
"""From this many columns on the card stands beside the talk."""
FLAT = 14
"""Below this many rows there is room for the talk and the field only; F5 shows the card."""
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
        "questions you prepared; Escape puts either away.\n\nEscape then leaves the talk "
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
        self.turn = TurnUnderWay()
        self._over = False
        """Whether the mentor said goodbye."""
        self._failed = False
        """Whether something waits to be tried once more."""
        self._usable: tuple[bool, ...] = ()
        """Which keys the footer was last drawn for."""
        self._why = ""
        self._draft_timer: Timer | None = None

    # ---------------------------------------------------------------- frame

    def body(self) -> ComposeResult:
        with Container(id="stage"):
            yield Dialogue(id="dialogue")
            yield CardPanel(self.mentor, id="card")
            with Vertical(id="mine"):
                yield Strips()
                yield TurnInput(id="input")

    def on_mount(self) -> None:
        person = self.talk.scenario.mentor
        self.sub_title = f"{person.name}, {person.role}"
        self.query_one("TitleBar").heading = showable(self.sub_title)  # type: ignore[attr-defined]
        card = self.query_one(CardPanel)
        card.numbers = bool(self.coach.setting("numbers", False))
        self.query_one(Dialogue).word_by_word = self.coach.setting("motion") == "full"
        if self.guide is not None:
            self._strips.say("guide", self.guide.first())
        self.query_one(TurnInput).focus()
        self.watch(self.app, "models_state", self._models_changed)
        self.set_stage("opening")
        self.talk.audience = self
        self.talk.open()

    def on_resize(self) -> None:
        self.query_one(CardPanel).set_short(self.size.width < WIDE)
        self.set_class(self.size.height < FLAT, "-flat")

    def on_screen_resume(self) -> None:
        self.talk.audience = self

    @property
    def _strips(self) -> Strips:
        return self.query_one(Strips)

    # ---------------------------------------------------------------- status

    def set_stage(self, stage: Stage) -> None:
        """Say, on the input's frame, whose turn it is."""
        self._stage = stage
        field = self.query_one(TurnInput)
        field.border_title = Content(self._status())
        other = "Escape keeps the talk" if self.turn.reopened else "Ctrl+J new line"
        field.border_subtitle = Content(f"Enter sends \u00b7 {other}")
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
        return "Your turn" if self.turn.again is None else f"Turn {self.turn.again} again"

    def _models_changed(self, state: str) -> None:
        if self._stage in ("opening", "listening"):
            self.set_stage(self._stage)

    # ---------------------------------------------------------------- what the engine tells

    def on_told(self, message: Told) -> None:
        show_event(self, message.event)
        if self.guide is not None:
            line = self.guide.told(message.event)
            if line is not None:
                self._strips.say("guide", line)

    def on_opened(self, message: Opened) -> None:
        self.notes = message.notes or self.notes
        self._put_back(message.draft)
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
        if message.job == "turn" and self.turn.sent is not None:
            self._take_back()
            self.coach.tell_problem(message.sentence)
        elif message.job in ("turn", "read again"):
            self.show_failure(message.sentence)
        elif message.job == "open":
            self.show_failure(message.sentence)
            self.set_stage("closed")
        else:
            self.coach.tell_problem(message.sentence)

    def _take_back(self) -> None:
        dialogue = self.query_one(Dialogue)
        dialogue.forget_from(self.turn.number)
        dialogue.put_back(self.turn.replaced)
        dialogue.set_aside(self.turn.again)
        self._put_back(self.turn.take_back())
        self._show_failed(self.turn.unread)
        self.set_stage("yours")

    def _put_back(self, words: str) -> None:
        """Words that stood in the field come back, before what was typed since."""
        field = self.query_one(TurnInput)
        if words:
            field.fill("\n".join(filter(None, (words, field.text))))

    def started(self, voice: str = "") -> None:
        """The talk is there, new or taken up again; ``voice`` words the mentor's lines."""
        if voice:
            said = f"{self.mentor}'s lines are worded by {showable(voice)}."
            self.notify(said, title="A voice is on", markup=False)
        self.query_one(Dialogue).clear()
        self.cards.clear()
        self.turn = TurnUnderWay()

    def mentor_said(self, text: str, turn: int, why: str = "", *, closing: bool) -> None:
        """The mentor's line, and why they said it."""
        self._why = why
        slowly = self._stage == "thinking"
        self.query_one(Dialogue).mentor_says(
            self.talk.scenario.mentor.name, text, turn, slowly=slowly
        )
        self._strips.say("looked-up")
        self._show_failed(False)
        self.turn.unread = False
        self._over = closing
        if closing:
            self._rest()

    def _rest(self) -> None:
        """Nothing is under way: it is the learner's turn, unless the mentor said goodbye."""
        over = "F4 looks back on the talk. F3 takes a turn again."
        self._strips.say("hint", over if self._over else "")
        self.set_stage("over" if self._over else "yours")

    def mentor_speaking(self, text: str) -> None:
        """So much of the mentor's line has been worded."""
        self._strips.say("hint", f"{self.mentor}: {showable(text)} \u2026")

    def voice_strayed(self, why: str | None) -> None:
        """A voice's wording was not used, or was; the words that came are taken away."""
        self._strips.say("hint")
        if why:
            self.notify(
                f"{showable(why).capitalize()}. What you read is the written line.",
                title="The voice was not used",
                markup=False,
            )

    def turn_kept(self, turn: int, text: str) -> None:
        """The learner's words are on record; when a talk is told again they are shown now."""
        if self.turn.sent is None:
            self.query_one(Dialogue).learner_says(text, turn)
            self.query_one(TurnInput).earlier.append(text)
        self._put_back(self.turn.kept(turn))
        for number in [number for number in self.cards if number >= turn]:
            del self.cards[number]

    def show_card(self, turn: int, card: Card) -> None:
        """The feedback on a turn."""
        text = next(
            (e.text for e in self.query_one(Dialogue).entries if e.mine and e.turn == turn), ""
        )
        self.cards[turn] = SeenTurn(turn, text, card)
        self._show_card(turn)
        self._refresh_keys()

    def show_comparison(self, seen: SeenTurn) -> None:
        """A turn beside the attempt before it."""
        self.cards[seen.number] = seen
        self.query_one(Dialogue).compare(seen.number, seen.before_text, seen.words)
        self._show_card(seen.number)

    def _show_card(self, turn: int) -> None:
        seen = self.cards.get(turn)
        if seen is not None:
            again = ", taken again" if seen.before is not None else ""
            self.query_one(CardPanel).show(seen.card, f"Turn {turn}{again}", seen.words)

    def turn_open_again(self, turn: int) -> None:
        """An earlier turn waits to be taken again."""
        field, dialogue = self.query_one(TurnInput), self.query_one(Dialogue)
        if self.turn.reopened:
            if turn == self.turn.again:
                return  # it is open, and may be half said again
            field.lay_by()
        self.turn.reopen(turn, field.unsent)
        field.empty()
        dialogue.set_aside(turn)
        dialogue.show_before(turn)
        self._show_card(turn)
        self._strips.say("looked-up")
        self._strips.say(
            "hint",
            f"Say turn {turn} another way. Once you send it, what came after is set aside; Escape "
            "keeps the talk as it was.",
        )
        self.set_stage("yours")
        field.focus()

    def show_hint(self, text: str) -> None:
        """A hint, above the input until the turn is sent."""
        self._strips.say("hint", f"Hint: {text}")

    def show_failure(self, sentence: str) -> None:
        """The turn is kept but was not read."""
        self._strips.name_failure(sentence)
        self._show_failed(True)
        self.turn.unread = True
        self.set_stage("yours")

    def _show_failed(self, failed: bool) -> None:
        self._failed = failed
        self._strips.show_failure(failed)

    def ask_rating(self, question: str, choices: tuple[str, ...]) -> None:
        """The talk is over: on to the debrief."""
        from coach.tui.screens.debrief import DebriefScreen

        self.app.push_screen(DebriefScreen(self.talk, question, choices))

    # ---------------------------------------------------------------- what the learner does

    def on_turn_input_submitted(self, message: TurnInput.Submitted) -> None:
        if not message.text.strip():
            return
        if self._stage == "over":
            self.notify(f"{self.mentor} said goodbye. F4 looks back, F3 takes a turn again.")
            return
        if self.talk.busy or self._stage in ("opening", "closed"):
            # Not queued: what the mentor is about to say may change what one wants to say.
            self.notify(f"{self.mentor} is about to answer; your words stay in the field.")
            return
        field = self.query_one(TurnInput)
        dialogue = self.query_one(Dialogue)
        number = self.turn.number
        self.turn.send(message.text, dialogue.entries)
        dialogue.forget_from(number)
        dialogue.learner_says(message.text, number)
        dialogue.anchor()
        field.sent(message.text)
        self._strips.say("hint")
        self._show_failed(False)
        self.set_stage("listening")
        self.talk.take_turn(message.text)

    def on_its_way(self, event: Key | Paste) -> None:
        """Letters go into the field from wherever one has read on; their own keys come first."""
        if self.is_mounted and (isinstance(event, Paste) or self._free(event)):
            self.set_focus(self.query_one(TurnInput))

    def on_key(self, event: Key) -> None:
        """Letters that came before there was a field wait here until there is."""
        if self._free(event):
            self.query_one(TurnInput).insert(event.character or "")
            event.stop()

    def _free(self, event: Key) -> bool:
        """Whether it is a letter, and nobody's key."""
        return event.is_printable and event.key not in self.active_bindings

    @on(TextArea.Changed, "#input")
    def _typing(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_PAUSE, self.keep_draft)

    def keep_draft(self) -> None:
        """Keep the line that is being typed."""
        if self._stage not in ("opening", "closed"):
            typed = self.query_one(TurnInput).unsent
            # A turn that is taken again is not open any more when the talk is taken up later.
            self.talk.save_draft("\n".join(filter(None, (self.turn.put_away, typed))))

    def action_hint(self) -> None:
        """A hint for this turn; asked again, it says more."""
        if self.coach.setting("hint_level", 2) == 0:
            self.notify("Hints are off; the settings turn them on.")
        elif not self.talk.busy:
            self.talk.hint()

    def action_why(self) -> None:
        """Say by which rule the mentor spoke last, and where they stand."""
        if self._why:
            self._look_up(f"Why {self.mentor} said that", self._why)

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
        """The card of this turn taken again, or of the last, in full; left and right go on."""
        last = max(self.cards, default=0)
        self._open_card(self.turn.again if self.turn.again in self.cards else last)

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
        self._look_up("Your notes", self.notes or "You brought none.")

    def _look_up(self, title: str, text: str) -> None:
        self._strips.say("looked-up", f"{title} (Escape puts this away)\n{text}")

    @on(Button.Pressed, "#read-again")
    def action_read_again(self) -> None:
        """Read the turn that could not be read."""
        if self._failed and not self.talk.busy:
            self.query_one(TurnInput).focus()  # the button goes
            self._show_failed(False)
            if self._stage == "closed":
                self.set_stage("opening")
                self.talk.open()
                return
            self.set_stage("listening")
            self.talk.read_again()

    def action_leave(self) -> None:
        """Put away what was looked up, stop taking a turn again, or leave the talk for later."""
        if self._strips.says("looked-up"):
            self._strips.say("looked-up")
            return
        if self.turn.reopened:
            self.talk.cancel_reopen()
            self._end_taking_again()
            return
        if self._stage not in ("opening", "closed"):
            self.keep_draft()
            self.talk.pause()
        self.talk.audience = None
        self.app.pop_screen()
        if self.turn.last:
            self.notify("The talk is kept. Press c to go on with it.")

    def _end_taking_again(self) -> None:
        """The talk stands as it did before."""
        field, dialogue = self.query_one(TurnInput), self.query_one(Dialogue)
        field.lay_by()
        field.fill(self.turn.give_up())
        dialogue.set_aside(None)
        dialogue.anchor()
        self._show_card(max(self.cards, default=0))
        self._rest()

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
        actions = ("hint", "again", "finish", "card", "read_again")
        usable = tuple(bool(self.check_action(action, ())) for action in actions)
        if usable != self._usable:
            self._usable = usable
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "hint":
                return self._stage == "yours" or None
            case "finish":
                return self._stage != "closed" or None
            case "read_again":
                return self._failed
            case "card":
                return bool(self.cards) or None
            case "again":
                return self.turn.last > 0 or None
        return True
