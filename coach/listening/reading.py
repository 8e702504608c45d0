"""The `Reading` of one turn: what every other part of the coach rests on.

The JSON form (`Reading.to_json`) is the contract of ``coach score``; labels are those of the
taxonomy (MITI 4.2.1 for reflections and questions, Demszky et al. 2021 for uptake).
Spans are ``(start, end)`` character offsets, half-open, into the turn unless said otherwise.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Span = tuple[int, int]

QuestionKind = Literal["none", "open", "closed"]
QuestionFlag = Literal["leading", "multiple", "clarifying", "self_answered"]
ReflectionKind = Literal["none", "simple", "complex"]
KeyPointStatus = Literal["covered", "missed", "distorted"]

QUESTION_KINDS: tuple[QuestionKind, ...] = ("none", "open", "closed")
QUESTION_FLAGS: tuple[QuestionFlag, ...] = ("leading", "multiple", "clarifying", "self_answered")

HELPFUL_MOVES: tuple[str, ...] = (
    "acknowledgment",
    "summary",
    "feedback_request",
    "own_observation",
    "guidance_preference",
    "knowledge_share",
    "mutual_benefit",
    "perspective_seeking",
    "appreciation",
    "topic_proposal",
    "commitment",
    "follow_through",
    "confidentiality",
    "insight_applied",
    "casual_invite",
)
HARMFUL_MOVES: tuple[str, ...] = ("unsolicited_advice", "topic_hijack", "dismissal")
MOVES: tuple[str, ...] = HELPFUL_MOVES + HARMFUL_MOVES

PRESENT = 0.5
"""A move counts as present at this probability or above."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Frozen):
    """Whether and how the turn asks. ``evidence``: the spans that ask.

    ``flag_p``: how likely each flag is, of a turn that asks (readings before 1.4.1 have none).
    """

    kind: QuestionKind
    p: dict[str, float]
    flags: tuple[QuestionFlag, ...] = ()
    flag_p: dict[str, float] = Field(default_factory=dict)
    evidence: tuple[Span, ...] = ()


class Reflection(_Frozen):
    """Whether the turn hands back what was said, and how deep. ``evidence``: the spans that do."""

    kind: ReflectionKind
    p: dict[str, float]
    evidence: tuple[Span, ...] = ()


class KeyPoint(_Frozen):
    """One claim of the context and what became of it. ``span`` is into the context.

    ``span`` is None where the key point was given by the caller and stands nowhere in the
    context literally. ``p`` is the probability of ``status``, ``turned`` that the point came
    back turned round, whatever its status. ``word`` is where in the turn the word stands that most
    likely turns it round, if one stands out.
    """

    text: str
    span: Span | None = None
    status: KeyPointStatus
    p: float
    turned: float = 0.0
    word: Span | None = None


class Paraphrase(_Frozen):
    """How well a turn hands back the partner's message.

    ``score`` is 0 to 100; the other figures 0 to 1. ``added`` are the turn's claims that no
    key point supports.
    """

    score: int
    coverage: float
    faithfulness: float
    own_words: float
    concision: float
    key_points: tuple[KeyPoint, ...]
    added: tuple[Span, ...] = ()


class Alone(_Frozen):
    """One sentence of a turn, read as if it were all of it.

    ``p``: of each mark of the turn, how likely the sentence shows it by itself. Marks are the moves
    that are present, the flags, ``open`` for an open question, and ``reflects`` and ``complex``
    where the turn reflects.
    """

    span: Span
    p: dict[str, float]


class Reading(_Frozen):
    """One turn, read against the turn it answers.

    ``move_evidence`` holds, for each move that is present, the part of the turn that shows it.
    ``alone`` holds the sentences of a turn of several (readings before 1.7.0 have none).
    ``reason`` says, where ``judged`` is false, why there was not enough to judge.
    """

    id: str | None = None
    question: Question
    reflection: Reflection
    uptake: float = Field(ge=0, le=1)
    paraphrase: Paraphrase | None = None
    moves: dict[str, float]
    move_evidence: dict[str, tuple[Span, ...]] = Field(default_factory=dict)
    alone: tuple[Alone, ...] = ()
    judged: bool = True
    reason: str | None = None
    model: str

    def present(self) -> tuple[str, ...]:
        """The moves that count as present, in the taxonomy's order."""
        return tuple(move for move in MOVES if self.moves.get(move, 0.0) >= PRESENT)

    @property
    def reflects(self) -> bool:
        """Whether the turn hands back what the partner said."""
        return self.reflection.kind != "none"

    def to_json(self) -> dict[str, Any]:
        """The contract's form for `json.dumps`, without an ``id`` or ``reason`` that is None."""
        data: dict[str, Any] = self.model_dump(mode="json")
        for key in ("id", "reason"):
            if data[key] is None:
                del data[key]
        return data

    def to_line(self) -> str:
        """One line of JSON, the form ``coach score`` writes."""
        return json.dumps(self.to_json(), ensure_ascii=False)
