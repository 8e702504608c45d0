"""What each epoch on our own data is made of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from coach.listening.contrast import opposites as folded_opposites
from coach.listening.meaning import Meaning
from coach.listening.utterance import Ear
from coach.training.data import LabelledTurn, Statement, labelled_statements, labelled_turns
from coach.training.examples import Example, crossed, from_points, from_turn, kept_out
from coach.training.figuring import Figured, look
from coach.training.framing import Frames
from coach.training.ours import Attempted, attempts, beside_points_or_claims, roughened
from coach.training.pair_data import Ready, make_ready
from coach.training.twists import copy_of, opposites

_Row = TypeVar("_Row")

BESIDE = 0.7
GIVEN = 0.4
"""How many of the attempts come each epoch, beside the statement and beside its key points."""
FRAMED, ASKED_AFTER = 0.5, 0.25
"""How many attempts, and turns that hand back and ask nothing, stand as in a talk."""
CROSSED = 1000
COPIES = 2500
TWISTED = 0.5
"""How many copies made by rule carry a twist; the others are true, whole or in part."""
REPLAY = {"lesson": 1.0, "mibot": 0.35}
"""How much of a public corpus comes back each epoch, and of those not named:"""
REPLAY_OTHERS = 0.06
ROUGH = 0.15
BLIND = 0.15


def replayed(example: Example, rng: random.Random) -> bool:
    """Whether a public pair comes back this epoch."""
    return rng.random() < REPLAY.get(example.group.split()[0], REPLAY_OTHERS)


@dataclass(frozen=True)
class KeptAttempt:
    """An attempt that did not train: beside the statement, and beside each key point.

    ``seen`` is the first with every claim of both sides, as the reader takes it; ``claims`` are
    those of the statement that were read.
    """

    rank: int
    beside: Ready
    given: tuple[Ready, ...]
    seen: Ready

    @property
    def claims(self) -> list[str]:
        """The statement's claims that were read, in order."""
        example, pair = self.seen.example, self.seen.pair
        read = [span for span, _ in example.points if pair.in_context(span) is not None]
        return [example.context[start:end] for start, end in read]


@dataclass
class Kept:
    """Rows kept out of training."""

    turns: list[Ready]
    attempts: list[KeptAttempt]


@dataclass(frozen=True)
class Rows:
    """Some of our labelled training rows."""

    turns: list[LabelledTurn]
    statements: list[Statement]

    @classmethod
    def before(cls, name: str | None = None) -> Rows:
        """Those of the files that sort before a name; without one, all."""
        return cls(labelled_turns("train", before=name), labelled_statements("train", before=name))

    @classmethod
    def between(cls, name: str, until: str, seed: int) -> Rows:
        """Those of the files from one name to another, and as many of the ones before, by lot."""
        known, every = cls.before(name), cls.before(until)
        return cls(
            new_and_old(every.turns, len(known.turns), seed),
            new_and_old(every.statements, len(known.statements), seed),
        )

    @classmethod
    def with_all_turns(cls, name: str, until: str | None, seed: int, again: float) -> Rows:
        """All turns; statements from one name to another, so many times as many earlier ones."""
        known, every = cls.before(name), cls.before(until)
        statements = new_and_old(every.statements, len(known.statements), seed, again)
        return cls(every.turns, statements)

    def fewer_turns(self, share: float, seed: int) -> Rows:
        """The same with so many of the turns, drawn by lot."""
        some = random.Random(seed).sample(self.turns, int(len(self.turns) * share))
        return Rows(some, self.statements)


def new_and_old(rows: list[_Row], known: int, seed: int, again: float = 1) -> list[_Row]:
    """New rows, and so many times as many known ones, drawn by lot.

    Files are read in the order of their names, so that what is known comes first.
    """
    old, new = rows[:known], rows[known:]
    return [*new, *random.Random(seed).sample(old, min(len(old), int(len(new) * again)))]


def _only_hands_back(turn: Example) -> bool:
    return turn.labels["reflects"] == 1.0 and turn.labels["question none"] == 1.0


class Curriculum:
    """Our own rows: those kept out, and epochs drawn anew from all others."""

    def __init__(
        self,
        ear: Ear,
        meaning: Meaning,
        tokenizer: Any,
        figured: Figured,
        antonyms: Sequence[tuple[str, str]],
        work: Path,
        seed: int,
        rows: Rows,
    ) -> None:
        """Take some of our labelled rows."""
        self._ear, self._meaning, self._tokenizer = ear, meaning, tokenizer
        self._figured, self._work, self._seed = figured, work, seed
        self._antonyms, self._against = opposites(antonyms), folded_opposites(antonyms)
        self._turns: list[Example] = []
        self._attempts: list[Attempted] = []
        self._contexts: list[tuple[str, str]] = []
        turns, statements = rows.turns, rows.statements
        self._labelled = (turns, statements)
        self.texts = [turn.text for turn in turns]
        self.facts = {
            "labelled turns": len(turns),
            "statements": len(statements),
            "labelled attempts to paraphrase": sum(len(s.attempts) for s in statements),
        }
        self.kept_facts = {
            "turns that calibrate, of those kept out": sum(kept_out(turn.id) for turn in turns),
            "statements that calibrate, of those kept out": sum(kept_out(s.id) for s in statements),
        }

    def kept(self) -> Kept:
        """Hear the rows that are kept out."""
        turns, tried = self._hear(out=True)
        attempts = [
            KeptAttempt(
                one.rank,
                self._ready(one.beside),
                tuple(map(self._ready, one.given)),
                self._ready(one.seen),
            )
            for one in tried
        ]
        return Kept([self._ready(one) for one in turns], attempts)

    def _hear(self, *, out: bool) -> tuple[list[Example], list[Attempted]]:
        turns, statements = self._labelled
        some = [from_turn(turn) for turn in turns if kept_out(turn.id) == out]
        tried = [
            one
            for statement in statements
            if kept_out(statement.id) == out
            for one in attempts(statement, self._ear, self._meaning)
        ]
        looked_at = [*some, *(one.beside for one in tried)]
        self._figured.raw |= look(looked_at, self._ear, self._work)
        return some, tried

    def epoch(self, number: int, public: Sequence[Ready]) -> list[Ready]:
        """The rows of one epoch: ours, copies made by rule, crossed pairs, some public ones."""
        self._take()
        rng = random.Random(self._seed * 100 + number)
        rows = [self._turn(one, rng) for _ in range(2) for one in self._turns]
        for one in self._attempts:
            if rng.random() < BESIDE:
                rows.append(self._ready(one.beside))
            if rng.random() < GIVEN:
                rows += map(self._ready, one.given)
        beside = [one.beside for one in self._attempts]
        rows += [self._ready(one) for one in crossed(beside, CROSSED, rng)]
        rows += [self._ready(one) for one in self._copies(rng)]
        return [*rows, *(one for one in public if replayed(one.example, rng))]

    def framed_epoch(self, number: int, frames: Frames, points: float = GIVEN) -> list[Ready]:
        """The rows of an epoch in which turns come once, and attempts as they stand in a talk.

        ``points``: how many attempts come beside their key points as well.
        """
        self._take()
        rng = random.Random(self._seed * 100 + number)
        turns = [
            frames.asked_after(one, rng)
            if _only_hands_back(one) and rng.random() < ASKED_AFTER
            else one
            for one in self._turns
        ]
        beside = [one.beside for one in self._attempts]
        tried = [one for one in beside if rng.random() < BESIDE]
        tried += [*crossed(beside, CROSSED, rng), *self._copies(rng)]
        tried = [frames.around(one, rng) if rng.random() < FRAMED else one for one in tried]
        given = [row for one in self._attempts if rng.random() < points for row in one.given]
        self._figured.raw |= look([*turns, *tried], self._ear, self._work)
        return [*(self._turn(one, rng) for one in turns), *map(self._ready, [*tried, *given])]

    def _take(self) -> None:
        """Hear the rows that train, once."""
        if not self._turns:
            self._turns, self._attempts = self._hear(out=False)
            heard = [*self._turns, *(one.beside for one in self._attempts)]
            self._contexts = sorted({(one.context, one.group) for one in heard})

    def key_points(self) -> list[Example]:
        """Every attempt beside each key point by itself."""
        return [
            example
            for statement in self._labelled[1]
            if not kept_out(statement.id)
            for attempt in statement.attempts
            for example in from_points(statement, attempt)
        ]

    def points_or_claims(self, number: int) -> list[Example]:
        """Every attempt, by lot beside each key point or each claim of its statement."""
        rng = random.Random(self._seed * 100 + number)
        return [
            example
            for statement in self._labelled[1]
            if not kept_out(statement.id)
            for example in beside_points_or_claims(statement, self._ear, self._meaning, rng)
        ]

    def _copies(self, rng: random.Random) -> list[Example]:
        found: list[Example] = []
        for context, group in rng.sample(self._contexts, min(COPIES * 2, len(self._contexts))):
            twisted = rng.random() < TWISTED
            heard = self._ear.hear(context)
            copy = copy_of(heard, self._antonyms, rng, group, twisted=twisted)
            if copy is not None and len(found) < COPIES:
                found.append(copy)
        return found

    def _turn(self, example: Example, rng: random.Random) -> Ready:
        """A turn, now and then as typed in a hurry.

        Its figures stay the tidy turn's, or now and then are left out, so that the net does not
        lean on what the grammar of a rough turn cannot give.
        """
        figures = self._figured.row(example)
        if rng.random() < BLIND:
            figures = figures * 0.0
        typed = roughened(example, rng) if rng.random() < ROUGH else example
        return make_ready(self._tokenizer, typed, figures, self._against)

    def _ready(self, example: Example) -> Ready:
        return make_ready(self._tokenizer, example, self._figured.row(example), self._against)
