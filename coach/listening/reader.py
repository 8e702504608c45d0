"""Puts the models' answers together into a `Reading`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coach.errors import MissingModel
from coach.listening.alignment import Antonyms
from coach.listening.encoder import Floats
from coach.listening.heads import NOTHING, Heads, Marks, load_folder
from coach.listening.judging import UNREADABLE, reason_not_judged
from coach.listening.listener import Row
from coach.listening.paraphrase import Beside, given_point
from coach.listening.pointing import ADDED, ADDED_IN_TALK, Paraphraser
from coach.listening.reading import (
    MOVES,
    PRESENT,
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

_DIGITS = 4


class Reader:
    """Reads rows with the weights of one folder and one ear."""

    def __init__(self, folder: Path, ear: Ear) -> None:
        """Load heads, paraphrase models and word lists.

        Raises:
            MissingModel: something of it is missing or damaged.
        """
        config, tensors = load_folder(folder)
        self.ear = ear
        try:
            self._take(config, tensors)
        except KeyError as error:
            raise MissingModel(
                f"The listening model in '{folder}' is from another version of the coach: it lacks "
                f"{error}; restore 'models/listening', or train it again with: "
                "python -m coach.training.turns"
            ) from error
        width = int(config["encoder"]["width"])
        if width != ear.encoder.width:
            raise MissingModel(
                f"The encoder in '{ear.encoder.source}' gives {ear.encoder.width} numbers a text, "
                f"but '{folder}' was trained on {width}: take 'encoder' out of the settings, or "
                "train the heads again with: python -m coach.training.turns"
            )

    def _take(self, config: dict[str, Any], tensors: dict[str, Floats]) -> None:
        self.version = str(config["version"])
        self.heads = Heads(config, tensors)
        self.paraphraser = Paraphraser(config, tensors)
        self.vocabulary = frozenset(config["vocabulary"])
        self.antonyms = Antonyms((one, other) for one, other in config["antonyms"])

    def read(self, row: Row) -> Reading:
        """The reading of one row."""
        turn, context = self.ear.hear(row.text), self.ear.hear(row.context)
        reason = reason_not_judged(row.text, self.vocabulary, asks=bool(turn.questions))
        # Of what is no English the heads would say something too, and it would mean nothing.
        marks = NOTHING if reason in UNREADABLE else self.heads.read(turn, context)
        reflection = _reflection(marks, turn, context)
        wanted = row.task == "paraphrase" or (reflection.kind != "none" and context.claims)
        moves = {move: round(marks.moves[move], _DIGITS) for move in MOVES}
        return Reading(
            id=row.id,
            question=_question(marks, turn),
            reflection=reflection,
            uptake=round(marks.uptake, _DIGITS),
            paraphrase=self._paraphrase(row, turn, context, reflection) if wanted else None,
            moves=moves,
            move_evidence=self._move_evidence(moves, turn),
            judged=reason is None,
            reason=reason,
            model=self.version,
        )

    def _paraphrase(
        self, row: Row, turn: Utterance, context: Utterance, reflection: Reflection
    ) -> Paraphrase:
        points = None
        if row.key_points is not None:
            given = (self.ear.hear(text) for text in row.key_points if text.strip())
            points = [given_point(point, context) for point in given]
        beside = Beside(turn, context, self.antonyms)
        added_from = ADDED if row.task == "paraphrase" else ADDED_IN_TALK[reflection.kind]
        return self.paraphraser.read(points, beside, added_from=added_from)

    def _move_evidence(
        self, moves: dict[str, float], turn: Utterance
    ) -> dict[str, tuple[Span, ...]]:
        places = {m: self.heads.where(m, turn) for m in MOVES if moves[m] >= PRESENT}
        return {move: (place,) for move, place in places.items() if place is not None}


def _reflection(marks: Marks, turn: Utterance, context: Utterance) -> Reflection:
    kind = _reflection_kind(marks.reflection)
    evidence = _reflecting(turn, context) if kind != "none" else ()
    return Reflection(kind=kind, p=_rounded(marks.reflection), evidence=evidence)


def _question(marks: Marks, turn: Utterance) -> Question:
    kind: QuestionKind = _largest(marks.question)  # type: ignore[assignment]
    evidence: tuple[Span, ...] = ()
    flags: tuple[QuestionFlag, ...] = ()
    if kind != "none":
        alike = [q for q in turn.questions if q.kind == kind] or turn.questions
        evidence = tuple((q.start, q.end) for q in alike)
        flags = tuple(flag for flag, p in marks.flags.items() if p >= PRESENT)  # type: ignore[misc]
        if not evidence and turn.sentences:
            marked = [s for s in turn.sentences if "?" in turn.text[s[0] : s[1]]]
            evidence = tuple(marked or turn.sentences[-1:])
    return Question(kind=kind, p=_rounded(marks.question), flags=flags, evidence=evidence)


def _reflecting(turn: Utterance, context: Utterance) -> tuple[Span, ...]:
    """The sentences nearest to what was said, questions left out where anything else is there."""
    if not turn.sentences or not len(context.piece_vectors):
        return turn.sentences[:1]
    asked = {
        span
        for span in turn.sentences
        for q in turn.questions
        if min(q.end, span[1]) - max(q.start, span[0]) > (span[1] - span[0]) / 2
    }
    spans = [span for span in turn.sentences if span not in asked] or list(turn.sentences)
    near = [float((context.piece_vectors @ turn.vector_of(span)).max()) for span in spans]
    floor = max(near) - 0.2
    return tuple(span for span, score in zip(spans, near, strict=True) if score >= floor)


def _reflection_kind(p: dict[str, float]) -> ReflectionKind:
    """Whether there is one is decided first; how deep it goes is the softer question."""
    if p["none"] >= PRESENT:
        return "none"
    return "simple" if p["simple"] >= p["complex"] else "complex"


def _largest(p: dict[str, float]) -> str:
    return max(p, key=lambda label: p[label])


def _rounded(p: dict[str, float]) -> dict[str, float]:
    return {label: round(value, _DIGITS) for label, value in p.items()}
