"""Puts the models' answers together into a `Reading`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.errors import MissingModel
from coach.listening.asides import Part, handed_part
from coach.listening.features import figures
from coach.listening.judging import JUMBLED, UNREADABLE, reason_not_judged
from coach.listening.listener import Row
from coach.listening.model_folder import LISTENING, load_folder
from coach.listening.odds import logistic
from coach.listening.overlap import concision
from coach.listening.pair_reader import Look, PairRead, PairReader
from coach.listening.paraphrase import (
    ADDED,
    ADDED_IN_TALK,
    Judged,
    Net,
    beside,
    claims_of,
    key_points,
    paraphrase,
    summary_figures,
    together,
)
from coach.listening.point_reader import PointReader, PointsRead
from coach.listening.reading import (
    MOVES,
    PRESENT,
    QUESTION_FLAGS,
    QUESTION_KINDS,
    Alone,
    Paraphrase,
    Question,
    QuestionFlag,
    QuestionKind,
    Reading,
    Reflection,
    ReflectionKind,
    Span,
)
from coach.listening.utterance import Ear, Utterance
from coach.listening.weighing import Naming, Weighing
from coach.listening.word_order import jumbled

_DIGITS = 4
_LONG, _LONGEST = 60, 120
"""Words: what a turn answers is read whole up to the first, its end counts for half up to the
second, and beyond that, where no labelled row reaches, the end alone."""
_SENTENCES = 12
"""Of a longer turn so many are read by themselves."""
_CLAIMS = 16
"""Of a context of more claims they are not read one by one as well: no labelled one has more than
twelve, and each costs a look."""
_ALONE = 0.25
"""How much of whether a turn hands something back is judged by what it says alone: beside a short
line the net sees an echo too readily."""
_RULED = 1.0
"""Log odds that the grammar rules add to the question kind they find; the net has seen them, and
heeds them less than it should in talk unlike what it learned from."""
_UNREAD = -1e4
"""Less than any piece that was read says for a label."""
_MISSED = (0.0, 1.0, 0.0)
_NEARLY = 1.0
"""How far below the sentence that reflects most another may score and still be shown."""


class Reader:
    """Reads rows with the weights of one folder and one ear."""

    def __init__(self, folder: Path, ear: Ear) -> None:
        """Load the pair net, the score's net and the word list.

        Raises:
            MissingModel: something of it is missing or damaged.
        """
        config, tensors = load_folder(folder)
        self.ear = ear
        try:
            self.version = str(config["version"])
            self.pairs = PairReader(config, tensors)
            self.score = Net.of(config["score"])
            self.points = PointReader(self.pairs, Weighing(**config["weighing"]))
            self.naming = Naming.of(config["naming"])
            self.naming_in_talk = Naming.of(config["naming in talk"])
            self.vocabulary = frozenset(config["vocabulary"])
            self.order = config["order"]
        except KeyError as error:
            raise MissingModel(
                f"The listening model in '{folder}' is from another version of the coach: it lacks "
                f"{error}; {LISTENING.remedy}."
            ) from error

    def read(self, row: Row) -> Reading:
        """The reading of one row."""
        turn, context = self.ear.hear(row.text), self.ear.hear(row.context)
        reason = reason_not_judged(row.text, self.vocabulary, asks=bool(turn.questions))
        if reason not in UNREADABLE and jumbled(turn, context, self.order):
            reason = JUMBLED
        # Of what is no English the net would say something too, and it would mean nothing.
        if reason in UNREADABLE:
            return self._unread(row, context, reason)
        claims = claims_of(turn)
        spans = turn.sentences[:_SENTENCES] if row.task == "turn" else ()
        again = self._second_look(turn, context)
        pair, *others = self.pairs.read(
            [_look(turn, context, claims), *again, *self._by_sentence(turn, context, spans)]
        )
        marks = _Marks(pair, turn, _reflects(pair, others[: len(again)], context))
        reflection = marks.reflection()
        wanted = row.task == "paraphrase" or (reflection.kind != "none" and context.claims)
        moves = {move: marks.p(f"move {move}") for move in MOVES}
        question = marks.question()
        return Reading(
            id=row.id,
            question=question,
            reflection=reflection,
            uptake=marks.p("uptake") if context.text.strip() else 0.0,
            paraphrase=self._paraphrase(row, turn, context, claims, pair) if wanted else None,
            moves=moves,
            move_evidence={m: marks.shown(f"move {m}") for m in MOVES if moves[m] >= PRESENT},
            alone=_alone(spans, others[len(again) :], _to_carry(moves, question, reflection)),
            judged=reason is None,
            reason=reason,
            model=self.version,
        )

    def _second_look(self, turn: Utterance, context: Utterance) -> list[Look]:
        """Another look at whether a turn hands something back, where anything was said before it.

        Who answers a long speech answers its end: read whole, what came before drowns it. Beside a
        short line the turn is read alone as well.
        """
        words = len(context.text.split())
        if not words:
            return []
        return [_look(turn, self.ear.hear(context.ending(_LONG) if words > _LONG else ""))]

    def _by_sentence(
        self, turn: Utterance, context: Utterance, spans: Sequence[Span]
    ) -> list[Look]:
        """Each sentence of a turn of several, by itself."""
        if len(spans) < 2:
            return []
        before = self.ear.hear(context.ending(_LONG))
        return [_look(self.ear.by_itself(turn, span), before) for span in spans]

    def _unread(self, row: Row, context: Utterance, reason: str | None) -> Reading:
        shown = reason == JUMBLED and row.task == "paraphrase"
        return Reading(
            id=row.id,
            question=Question(kind="none", p={"none": 1.0, "open": 0.0, "closed": 0.0}),
            reflection=Reflection(kind="none", p={"none": 1.0, "simple": 0.0, "complex": 0.0}),
            uptake=0.0,
            paraphrase=_nothing_said(row, context) if shown else None,
            moves=dict.fromkeys(MOVES, 0.0),
            judged=False,
            reason=reason,
            model=self.version,
        )

    def _paraphrase(
        self,
        row: Row,
        turn: Utterance,
        context: Utterance,
        claims: Sequence[Span],
        pair: PairRead,
    ) -> Paraphrase:
        handed = self._handed(turn, context, claims, pair)
        cut, turn = handed.cut, handed.turn
        texts, places = _wanted(row, context)
        if texts and (_given(row) or len(texts) <= _CLAIMS):
            seen = self.points.read(texts, turn, context, cut)
            naming, lean = self._naming(row)
            words = [word and handed.in_turn(word) for word in seen.words]
            points = key_points(texts, places, naming.likely(seen.figures), lean, words)
            found = seen.summary
        else:
            points = key_points(texts, places, cut.points) if texts else ()
            found = summary_figures(cut, context.text, turn.text)
            found = beside(found, found)
        bar = ADDED if row.task == "paraphrase" else ADDED_IN_TALK
        added = [span for span, p in zip(handed.claims, cut.added, strict=True) if p >= bar]
        return paraphrase(points, found, added, self.score)

    def _naming(self, row: Row) -> tuple[Naming, float]:
        """How the points of a row are named, and how much a twist leans there.

        Hardly anybody who talks turns round what they heard: of their turns, no twist is named that
        is not likeliest, and of the points an author chose for a story, only one far likelier.
        """
        if row.task == "paraphrase":
            return self.naming, self.naming.lean
        if _given(row):
            return self.naming_in_talk, self.naming_in_talk.lean
        return self.naming, 1.0

    def _handed(
        self, turn: Utterance, context: Utterance, claims: Sequence[Span], pair: PairRead
    ) -> _Handed:
        """What of a turn may hand something back, after a look at it without what is around."""
        whole = _Handed(turn, tuple(claims), judged(pair))
        part = handed_part(turn, context)
        if part is None:
            return whole
        heard = self.ear.hear(part.text)
        left = claims_of(heard)
        if not left:
            return whole
        (read,) = self.pairs.read([_look(heard, context, left)])
        alone = judged(read)
        points = together(whole.cut.points, alone.points)
        places = tuple(part.in_turn(span) for span in left)
        return _Handed(heard, places, whole.cut.around(points, alone), part)

    def seen(self, texts: Sequence[str] | None, said: str, attempt: str) -> PointsRead:
        """Key points as they stand in an attempt at what was said, before they are named.

        Without key points, the claims of what was said.
        """
        turn, context = self.ear.hear(attempt), self.ear.hear(said)
        if texts is None:
            texts = context.claim_texts
        claims = claims_of(turn)
        (pair,) = self.pairs.read([_look(turn, context, claims)])
        handed = self._handed(turn, context, claims, pair)
        return self.points.read(texts, handed.turn, context, handed.cut)


def _look(turn: Utterance, context: Utterance, claims: Sequence[Span] | None = None) -> Look:
    """A look at a turn; with its claims, and at those of what it answers, only where given."""
    named = figures(turn, context)
    if claims is None:
        return Look(context.text, turn, named=named)
    return Look(context.text, turn, context.claims, claims, named)


def _reflects(pair: PairRead, again: Sequence[PairRead], context: Utterance) -> float:
    """The log odds that a turn hands something back, by both looks at it."""
    whole, words = pair.scores["reflects"], len(context.text.split())
    share = _ALONE if words <= _LONG else 0.5 if words <= _LONGEST else 1.0
    return next(((1 - share) * whole + share * one.scores["reflects"] for one in again), whole)


def _alone(
    spans: Sequence[Span], read: Sequence[PairRead], marks: Sequence[str]
) -> tuple[Alone, ...]:
    """What each sentence of a turn of several carries of its marks by itself."""
    if not marks or not read:
        return ()
    return tuple(
        Alone(span=span, p={mark: _carries(mark, one.scores) for mark in marks})
        for span, one in zip(spans, read, strict=True)
    )


def _to_carry(
    moves: dict[str, float], question: Question, reflection: Reflection
) -> tuple[str, ...]:
    """The marks that words of a turn have to carry."""
    found = [move for move in MOVES if moves[move] >= PRESENT] + [*question.flags]
    if question.kind == "open":
        found.append("open")
    if reflection.kind != "none":
        found += ["reflects", "complex"]
    return tuple(found)


def _carries(mark: str, scores: dict[str, float]) -> float:
    """The probability of a mark by the scores of one sentence."""
    if mark == "open":
        raised = [math.exp(scores[f"question {kind}"]) for kind in QUESTION_KINDS]
        return round(raised[QUESTION_KINDS.index("open")] / sum(raised), _DIGITS)
    if mark == "complex":
        there = logistic(scores["reflects"])
        return round(there * logistic(scores["deep"]), _DIGITS)
    if mark == "reflects":
        return round(logistic(scores[mark]), _DIGITS)
    kind = "flag" if mark in QUESTION_FLAGS else "move"
    return round(logistic(scores[f"{kind} {mark}"]), _DIGITS)


@dataclass(frozen=True)
class _Handed:
    """What of a turn may hand something back.

    ``claims`` are places in the whole turn; ``cut``: the claims of the context as they stand in it.
    ``part``: what of the turn it is; None where it is all of it.
    """

    turn: Utterance
    claims: tuple[Span, ...]
    cut: Judged
    part: Part | None = None

    def in_turn(self, span: Span) -> Span:
        """A place in this as one in the whole turn."""
        return self.part.in_turn(span) if self.part else span


def judged(pair: PairRead) -> Judged:
    """What the pair net says of an attempt."""
    worth, uptake = (logistic(pair.scores[label]) for label in ("worth", "uptake"))
    return Judged(pair.points, pair.claims, worth, pair.scores["reflects"], uptake)


def _given(row: Row) -> list[str]:
    """The key points that a caller gave."""
    return [text for text in row.key_points or () if text.strip()]


def _wanted(row: Row, context: Utterance) -> tuple[list[str], list[Span | None]]:
    """The key points to look for, given or cut from the context, and where they stand in it."""
    texts = _given(row)
    if texts:
        return texts, [_place(text, context.text) for text in texts]
    return context.claim_texts, [*context.claims]


def _nothing_said(row: Row, context: Utterance) -> Paraphrase:
    """Words that say nothing keep no point."""
    texts, places = _wanted(row, context)
    return Paraphrase(
        score=0,
        coverage=0.0,
        faithfulness=0.0,
        own_words=0.0,
        concision=round(concision(context.text, row.text), _DIGITS),
        key_points=key_points(texts, places, np.tile(_MISSED, (len(texts), 1))),
    )


def _place(text: str, context: str) -> Span | None:
    at = context.find(text)
    return (at, at + len(text)) if at >= 0 else None


@dataclass(frozen=True)
class _Marks:
    """The labels of one pair, as probabilities and as places in the turn."""

    pair: PairRead
    turn: Utterance
    reflects: float
    """The log odds that the turn hands something back."""

    def p(self, label: str) -> float:
        """The probability of a yes/no label."""
        return round(logistic(self.pair.scores[label]), _DIGITS)

    def shown(self, label: str) -> tuple[Span, ...]:
        """The sentence that speaks most for a label."""
        spans = self.turn.sentences
        if not spans:
            return ()
        strength = self.pair.strongest(label, spans)
        return (spans[strength.index(max(strength))],)

    def question(self) -> Question:
        """What the turn asks."""
        ruled = self.turn.ruled_kind
        scores = {k: self.pair.scores[f"question {k}"] for k in QUESTION_KINDS}
        scores[ruled] += _RULED
        raised = {kind: math.exp(score) for kind, score in scores.items()}
        total = sum(raised.values())
        p = {kind: round(value / total, _DIGITS) for kind, value in raised.items()}
        kind: QuestionKind = max(QUESTION_KINDS, key=lambda label: raised[label])
        if kind == "none":
            return Question(kind=kind, p=p)
        alike = [q for q in self.turn.questions if q.kind == kind] or self.turn.questions
        evidence = tuple((q.start, q.end) for q in alike) or self.shown(f"question {kind}")
        flag_p: dict[str, float] = {flag: self.p(f"flag {flag}") for flag in QUESTION_FLAGS}
        flags: tuple[QuestionFlag, ...] = tuple(
            flag
            for flag in QUESTION_FLAGS
            if flag_p[flag] >= PRESENT and (flag != "multiple" or self._stacks())
        )
        return Question(kind=kind, p=p, flags=flags, flag_p=flag_p, evidence=evidence)

    def _stacks(self) -> bool:
        """Whether there is room for two questions: one clause that asks once holds only one."""
        turn = self.turn
        return max(len(turn.claims), len(turn.questions), turn.text.count("?")) > 1

    def reflection(self) -> Reflection:
        """Whether the turn hands something back; how deep it goes is the softer question."""
        there, deep = logistic(self.reflects), logistic(self.pair.scores["deep"])
        kinds = {"none": 1.0 - there, "simple": there * (1.0 - deep), "complex": there * deep}
        p = {kind: round(value, _DIGITS) for kind, value in kinds.items()}
        if there < PRESENT:
            return Reflection(kind="none", p=p)
        kind: ReflectionKind = "complex" if deep > PRESENT else "simple"
        return Reflection(kind=kind, p=p, evidence=self._reflecting())

    def _reflecting(self) -> tuple[Span, ...]:
        """The sentences that hand back, questions left out where anything else is there."""
        told = [s for s in self.turn.sentences if not self.turn.asks_in(s)]
        spans = told or list(self.turn.sentences)
        strength = self.pair.strongest("reflects", spans)
        floor = max([*strength, _UNREAD]) - _NEARLY
        return tuple(span for span, s in zip(spans, strength, strict=True) if s >= floor)
