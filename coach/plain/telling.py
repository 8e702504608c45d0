"""What goes out: events as text for people, or as JSON lines for programs."""

from __future__ import annotations

from typing import IO, Protocol

from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief
from coach.mentor.scenario import Scenario
from coach.plain.words import (
    COACH,
    briefing_lines,
    card_lines,
    debrief_lines,
    figure_lines,
    line,
)
from coach.practice import events as e

LEFT_KEPT = "The talk is kept. `coach practice --plain --resume` goes on with it."
LEFT_OVER = "The talk is over and kept with its look back; `coach history` lists it."
LEFT_UNKEPT = "The talk is left, and nothing of it is kept."


class Teller(Protocol):
    """Tells a talk to somebody.

    ``echo`` says whether the learner's turns have to be told too, because they were not typed
    on the same screen; ``numbers`` whether figures are told beside the words.
    """

    numbers: bool
    echo: bool

    def event(self, event: e.Event) -> None:
        """Tell one event."""
        ...

    def briefing(self, scenario: Scenario) -> None:
        """Tell who is about to be met."""
        ...

    def note(self, text: str) -> None:
        """Say something that is no part of the talk."""
        ...

    def card(self) -> None:
        """Tell the last card again."""
        ...

    def figures(self) -> None:
        """Tell the last debrief's figures."""
        ...


class JsonTeller:
    """One event a line on ``out``, written at once; notes go to ``err``."""

    def __init__(self, out: IO[str], err: IO[str]) -> None:
        self._out = out
        self._err = err
        self.numbers = False
        self.echo = True

    def event(self, event: e.Event) -> None:
        """One line of JSON."""
        self._out.write(event.to_line() + "\n")
        self._out.flush()

    def briefing(self, scenario: Scenario) -> None:
        """Nothing: `TalkStarted` says it."""

    def note(self, text: str) -> None:
        """To standard error."""
        self._err.write(text + "\n")
        self._err.flush()

    def card(self) -> None:
        """Nothing: the card was an event."""

    def figures(self) -> None:
        """Nothing: the debrief was an event."""


class TextTeller:
    """Lines that say who speaks.

    Args:
        out: where they go.
        numbers: whether figures stand beside the words.
        kept: whether the talk is kept when it is left.
    """

    def __init__(self, out: IO[str], *, numbers: bool = False, kept: bool = True) -> None:
        self._out = out
        self._kept = kept
        self.echo = True
        self.numbers = numbers
        self._mentor = "Mentor"
        self._card: Card | None = None
        self._debrief: Debrief | None = None

    def briefing(self, scenario: Scenario) -> None:
        """Scenario, mentor, place, role and goal."""
        self._say(*briefing_lines(scenario), "")

    def note(self, text: str) -> None:
        """A word from the coach."""
        self._say(f"{COACH}{line(text)}")

    def card(self) -> None:
        """The last card, or that there is none."""
        if self._card is None:
            self.note("There is no card yet; it comes with your first turn.")
        else:
            self._say(*card_lines(self._card, self._mentor, numbers=self.numbers), "")

    def figures(self) -> None:
        """The debrief's figures, or that there are none yet."""
        if self._debrief is None:
            self.note("The figures come with the debrief.")
        else:
            self._say(*figure_lines(self._debrief.figures))

    def event(self, event: e.Event) -> None:
        """Tell one event in words; a reading is told by its card."""
        match event:
            case e.TalkStarted():
                self._mentor = line(event.mentor)
                again = "taken up again" if event.resumed else f"seed {event.seed}"
                self.note(f"Talk {event.talk}, {again}. Type your turns; /help names the commands.")
                if event.voice:
                    self.note(f"The mentor's lines are worded by {line(event.voice)}.")
            case e.MentorSaid():
                self._say(f"Mentor ({self._mentor}): {line(event.text)}")
                if event.strayed:
                    self.note(f"The voice was not used here: {event.strayed}.")
            case e.TurnTaken() if self.echo:
                self._say(f"You: {line(event.text)}")
            case e.CardReady():
                self._card = event.card
                self.card()
            case e.TurnReopened():
                self._say(
                    f"{COACH}Turn {event.turn} again. /cancel leaves it as it was.",
                    f"Mentor ({self._mentor}): {line(event.context)}",
                    f'  You said: "{line(event.text)}"',
                )
            case e.TurnCompared():
                self._say(
                    f"{COACH}Before and after, turn {event.turn}: {line(event.words)}",
                    f'  Before: "{line(event.before_text)}"',
                    f'  After: "{line(event.after_text)}"',
                    "",
                )
            case _:
                self._around(event)

    def _around(self, event: e.Event) -> None:
        """Tell what is not a part of the dialogue."""
        match event:
            case e.HintGiven():
                self._say(f"{COACH}Hint {event.level}: {line(event.text)}")
            case e.TalkPaused():
                self.note(LEFT_KEPT if self._kept else LEFT_UNKEPT)
            case e.TurnFailed():
                self._say(f"Problem: {line(event.message)}")
            case e.RatingAsked():
                self._say(f"{COACH}{line(event.question)}", *(f"  {c}" for c in event.choices))
            case e.DebriefReady():
                self._debrief = event.debrief
                lines = debrief_lines(event.debrief, self._mentor, numbers=self.numbers)
                self._say("", *lines)

    def _say(self, *lines: str) -> None:
        self._out.write("".join(f"{text}\n" for text in lines))
        self._out.flush()
