"""One talk held in lines of text: each line of input is a turn, a line with a slash a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from coach.errors import BadInput, CoachError, ExitCode, MissingPart
from coach.listening.listener import Listener
from coach.mentor.scenario import Scenario
from coach.mentor.voices import Voice
from coach.plain.lines import Lines
from coach.plain.telling import LEFT_OVER, Teller
from coach.practice.events import Event, MentorSaid, TurnFailed
from coach.practice.session import Session
from coach.practice.store import Store

HELP = (
    "/hint gives a hint, and more at each call.",
    "/again takes your last turn again, /again 3 your third; /cancel leaves it as it was.",
    "/card tells the last card again, /numbers turns figures on or off.",
    "/why says by which rule the mentor spoke, and where they stand.",
    "/retry has a turn read that could not be read.",
    "/pause leaves the talk for later, /finish ends it and brings the debrief.",
    "A backslash at the end of a line goes on in the next. "
    "Two slashes say a line that begins with one.",
)

COMMANDS = (
    "hint", "again", "cancel", "card", "numbers", "why", "retry", "pause", "finish", "help",
)  # fmt: skip

_NO_HINTS = "Hints are turned off; the setting hint_level brings them."
_GOODBYE = "The mentor has said goodbye; a hint comes with a turn taken again."

_End = Literal["paused", "finished"]


@dataclass(frozen=True, slots=True)
class Options:
    """How a talk is held.

    ``resume`` is the number of a talk to take up again. ``hint_level`` is 0 (none) to 3. ``anew``
    lets both meet as strangers, whatever talks are on record. ``voice`` words the mentor's lines.
    """

    learner: str = ""
    seed: int = 0
    hint_level: int = 2
    resume: int | None = None
    anew: bool = False
    voice: Voice | None = None


def practise(
    scenario: Scenario,
    listener: Listener,
    store: Store,
    *,
    lines: Lines,
    teller: Teller,
    options: Options,
) -> ExitCode:
    """Hold one talk from the briefing to the debrief.

    Returns:
        DONE, or BAD_INPUT where a line could not be taken, be it for coming after the end.

    Raises:
        CoachError: the records or the models fail and nobody is there to decide; a turn may be
            left unread.
    """
    if options.resume is not None:
        session = Session.resume(
            options.resume,
            scenario,
            listener,
            store,
            hint_level=options.hint_level,
            voice=options.voice,
        )
    else:
        session = Session.start(
            scenario,
            listener,
            store,
            learner=options.learner,
            seed=options.seed,
            hint_level=options.hint_level,
            anew=options.anew,
            voice=options.voice,
        )
    return _Talk(session, listener, lines, teller).hold()


def _meant_for_us(text: str) -> bool:
    """Whether a line with a slash is a command misspelt: a word alone, or one near to one."""
    word, *rest = text.split()
    return not rest or bool(get_close_matches(word[1:], COMMANDS))


class _Talk:
    """A session and the two ends of the line."""

    def __init__(self, session: Session, listener: Listener, lines: Lines, teller: Teller) -> None:
        self._session = session
        self._listener = listener
        self._lines = lines
        self._teller = teller
        self._code = ExitCode.DONE
        self._why = "The mentor has not spoken yet."
        self._told_over = False

    def hold(self) -> ExitCode:
        """Take lines until the talk ends one way or another."""
        self._teller.briefing(self._session.scenario)
        # Told again from the start: nothing of it is on the screen yet.
        self._teller.echo = True
        self._tell(self._session.opening())
        if self._session.unread is not None:
            self._check(self._tell(self._session.read_again()))
        if draft := self._session.draft:
            self._teller.note(f'You were typing: "{draft}"')
        end: _End | None = None
        while end is None:
            end = self._step()
        if end == "finished":
            self._look_back()
        return self._code

    def _step(self) -> _End | None:
        """One line of input; whether it ended the talk."""
        prompt = "You: "
        self._told_over &= self._session.over
        if over := self._session.over:
            if not self._told_over:
                self._teller.note("The talk is over.")
            self._told_over = True
            # A goodbye may have been meant otherwise; only a person can say so.
            if not self._lines.typed or self._session.talk.ended is not None:
                return "finished"
            prompt = "Enter looks back, /again takes your turn again: "
        self._teller.echo = not self._lines.typed
        text = self._lines.next(prompt)
        if text is None:
            return "finished"
        if not text.strip():
            return "finished" if over else None
        try:
            return self._obey(text)
        except CoachError as problem:
            # A person can mend it and go on; in a pipe what is merely bad is passed over.
            if not (self._lines.typed or isinstance(problem, BadInput)):
                raise
            self._teller.note(str(problem))
            if not self._lines.typed:
                self._code = max(self._code, problem.exit_code)
        return None

    def _obey(self, text: str) -> _End | None:
        word, _, rest = text.strip().partition(" ")
        if not word.startswith("/") or word[1:] not in COMMANDS:
            self._take(text)
            return None
        match word[1:]:
            case "pause":
                self._tell(self._session.pause())
                return "paused"
            case "finish":
                return "finished"
            case "hint":
                if not self._tell(self._session.hint()):
                    self._teller.note(_GOODBYE if self._session.over else _NO_HINTS)
            case "again":
                self._tell(self._session.reopen(self._number(rest)))
            case "cancel":
                self._session.cancel_reopen()
                self._teller.note("Left as it was.")
            case "retry":
                self._read_again()
            case "card":
                self._teller.card()
            case _:
                self._say_about(word[1:])
        return None

    def _say_about(self, word: str) -> None:
        """The commands that only tell something."""
        match word:
            case "why":
                self._teller.note(self._why)
            case "numbers":
                self._teller.numbers = not self._teller.numbers
                self._teller.note(f"Numbers are {'on' if self._teller.numbers else 'off'}.")
            case _:
                for words in HELP:
                    self._teller.note(words)

    def _take(self, text: str) -> None:
        if text.lstrip().startswith("//"):
            text = text.replace("/", "", 1)
        elif text.startswith("/") and self._lines.typed and _meant_for_us(text):
            word = text.split()[0]
            raise BadInput(
                f"There is no command {word}; /help names those there are. Two slashes at the "
                "start say it to the mentor."
            )
        if self._lines.typed and not getattr(self._listener, "ready", True):
            self._teller.note("The models are still warming up; one moment.")
        told = self._tell(self._session.take_turn(text))
        self._check(told)

    def _read_again(self) -> None:
        told = self._tell(self._session.read_again())
        if not told:
            self._teller.note("Every turn has been read.")
        self._check(told)

    def _check(self, told: Sequence[Event]) -> None:
        """After a turn that could not be read: a person may try again, a pipe cannot."""
        if not (told and isinstance(told[-1], TurnFailed)):
            return
        if self._lines.typed:
            self._teller.note("Your words are kept; /retry has them read again.")
            return
        raise MissingPart(f"Turn {told[-1].turn} is kept but was not read: {told[-1].message}")

    def _number(self, rest: str) -> int:
        if rest.strip():
            try:
                return int(rest)
            except ValueError:
                raise BadInput(
                    f"/again takes the number of a turn, not '{rest.strip()}'."
                ) from None
        turns = self._session.turns
        if not turns:
            raise BadInput("There is no turn to take again yet.")
        return turns[-1].number

    def _look_back(self) -> None:
        rating: int | None = None
        words = ""
        try:
            asked = self._tell(self._session.finish())
            rating = self._rating(len(getattr(asked[-1], "choices", ())))
            if rating is not None:
                words = self._lines.next("Why, in one sentence: ") or ""
            self._tell(self._session.debrief(rating, words))
            self._offer_figures()
        except KeyboardInterrupt:
            # The talk is over, so it is looked back on now or never.
            if self._session.talk.debrief is None:
                list(self._session.debrief(rating, words))
            raise KeyboardInterrupt(LEFT_OVER) from None

    def _offer_figures(self) -> None:
        while self._lines.typed and not self._teller.numbers:
            answer = self._lines.next("Enter to leave, /numbers for the figures: ")
            if answer is None or answer.strip() != "/numbers":
                return
            self._teller.figures()

    def _rating(self, choices: int) -> int | None:
        """The learner's own rating; None where there is none to be had."""
        while (answer := self._lines.next(f"1 to {choices}, or Enter to skip: ")) is not None:
            answer = answer.strip()
            if not answer and self._lines.typed:
                return None
            with suppress(ValueError):
                if 1 <= int(answer) <= choices:
                    return int(answer)
            if not self._lines.typed:
                if answer:
                    self._teller.note(f'The talk was over; not taken: "{answer[:60]}"')
                    self._code = max(self._code, ExitCode.BAD_INPUT)
                return None
            self._teller.note(f"A number from 1 to {choices}, please.")
        return None

    def _tell(self, told: Iterator[Event]) -> list[Event]:
        """Tell events as they come; all of them."""
        seen = []
        for event in told:
            self._teller.event(event)
            seen.append(event)
            if isinstance(event, MentorSaid):
                self._why = event.why
        return seen
