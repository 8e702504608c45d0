"""A talk as a reader would have it told: the branch that counts, with the other tries beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType
from typing import ClassVar

from coach.feedback import words
from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief, Figures
from coach.listening.reading import KeyPointStatus
from coach.practice.store import TalkHead, TurnRecord, branch

NOTE = (
    "The marks here describe the turns of one talk, not a person. Models made them and can be "
    "wrong; the rule beside each mark is there to check it by."
)


@dataclass(frozen=True, slots=True)
class ToldTurn:
    """One attempt at one turn.

    ``tries`` counts the attempts at this place in the talk. ``others`` are the attempts that the
    talk did not go on from, each followed by the turns that had come after it.
    """

    record: TurnRecord
    tries: int
    others: tuple[ToldTurn, ...] = ()

    @property
    def label(self) -> str:
        """The turn's number, with the attempt where there was more than one."""
        number = f"Turn {self.record.number}"
        return f"{number}, attempt {self.record.attempt}" if self.tries > 1 else number

    @property
    def card(self) -> Card | None:
        """The feedback; None where the turn was not read."""
        return self.record.card

    @property
    def reply(self) -> str | None:
        """What the mentor said to it; None where the turn was not read."""
        said = self.record.reply
        return str(said.get("text", "")) if said is not None else None


@dataclass(frozen=True, slots=True)
class ToldTalk:
    """A whole talk, ready for a template. Times are in this machine's zone."""

    head: TalkHead
    turns: tuple[ToldTurn, ...]
    rating: str | None
    models: tuple[str, ...]
    learner_key: str
    aside: tuple[ToldTurn, ...] = ()
    """Turns set aside before any that counts."""
    note: str = NOTE
    words: ClassVar[ModuleType] = words
    """What a card's marks are called; for the templates."""

    @property
    def opening(self) -> str:
        """The mentor's first words."""
        return str(self.head.opening.get("text", ""))

    @property
    def debrief(self) -> Debrief | None:
        """What the learner took away, once the talk was looked back on."""
        return self.head.debrief

    @property
    def when(self) -> str:
        """When the talk was held."""
        started = _moment(self.head.started)
        return f"{started}, not finished" if self.head.ended is None else started


def learner_key(learner: str) -> str:
    """A mark that ties an export to a learner, so that erasing finds it under any name."""
    return hashlib.sha256(f"listening-coach learner {learner}".encode()).hexdigest()[:16]


def retell(head: TalkHead, turns: Sequence[TurnRecord]) -> ToldTalk:
    """The talk along its current branch, every other attempt where it was made."""
    main = branch(list(turns), head.tip)
    on_branch = {turn.id for turn in main}
    after: dict[int | None, list[TurnRecord]] = {}
    for turn in turns:
        after.setdefault(turn.parent, []).append(turn)

    def aside(turn: TurnRecord) -> list[ToldTurn]:
        told, waiting = [], [turn]
        # A stack, not recursion: a branch left behind may be hundreds of turns deep.
        while waiting:
            here = waiting.pop()
            told.append(ToldTurn(here, len(after[here.parent])))
            waiting.extend(reversed(after.get(here.id, [])))
        return told

    def others(parent: int | None) -> tuple[ToldTurn, ...]:
        left = [turn for turn in after.get(parent, []) if turn.id not in on_branch]
        return tuple(told for turn in left for told in aside(turn))

    told = [ToldTurn(turn, len(after[turn.parent]), others(turn.parent)) for turn in main]
    # Where only the tip was set back, what came after it belongs to the telling all the same.
    beyond = others(main[-1].id if main else None)
    if told:
        told[-1] = replace(told[-1], others=told[-1].others + beyond)
    return ToldTalk(
        head=head,
        turns=tuple(told),
        rating=rating_words(head.own_rating),
        models=tuple(dict.fromkeys(t.reading.model for t in turns if t.reading is not None)),
        learner_key=learner_key(head.learner),
        aside=() if told else beyond,
    )


def rating_words(rating: int | None) -> str | None:
    """The learner's own rating as the words they chose."""
    from coach.practice.session import RATING_CHOICES

    if rating is None:
        return None
    if not 1 <= rating <= len(RATING_CHOICES):
        return f"{rating} of {len(RATING_CHOICES)}"
    chosen = RATING_CHOICES[rating - 1].split(maxsplit=1)[-1]
    return f"{chosen} ({rating} of {len(RATING_CHOICES)})"


def question_words(card: Card) -> str | None:
    """The question's type in words; None where the turn asks nothing."""
    if card.question is None or card.question.kind == "none":
        return None
    return words.question_words(card.question)


def point_words(status: KeyPointStatus, sure: bool) -> str:
    """What became of a key point, in a word."""
    return words.point_words(status, sure)


def figure_words(figures: Figures) -> list[tuple[str, str]]:
    """The numbers of a talk, each with its name; a dash where there was nothing to divide by."""
    return [
        ("Turns", f"{figures.turns} ({figures.judged} judged)"),
        ("Reflections and questions", f"{figures.reflections} and {figures.questions}"),
        (
            "Reflections to each question (fair 1, good 2)",
            "–"
            if figures.reflections_to_questions is None
            else f"{figures.reflections_to_questions:.1f}",
        ),
        ("Questions that were open", _share(figures.open_share)),
        ("Your share of the words", _share(figures.talk_share)),
        (
            "Building on what was just said, turn by turn (0 to 1)",
            ", ".join(f"{value:.2f}" for value in figures.uptake) or "–",
        ),
    ]


def plot_points(values: Sequence[float]) -> list[str]:
    """Places of 0-to-1 values in a drawing 640 by 120 units, as SVG writes them: ``x,y``."""
    step = 620 / max(1, len(values) - 1)
    return [f"{10 + i * step:.0f},{110 - 100 * value:.0f}" for i, value in enumerate(values)]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _moment(when: datetime) -> str:
    local = when.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"
