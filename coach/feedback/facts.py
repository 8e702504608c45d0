"""A turn as the rules see it: its reading, with margins applied.

Everything the rules ask is answered here once, and always on the careful side: a mark the
models are not sure of counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from coach.feedback.aims import ADVISES
from coach.feedback.amounts import changed_amount
from coach.feedback.asking import FACT, JOINS, VERB, guesses, without_guesses
from coach.feedback.card import Quote
from coach.feedback.lines import felt_in, statements
from coach.feedback.margins import margin
from coach.feedback.quotes import merged, stems, word_count
from coach.feedback.shown import Shown
from coach.listening.overlap import copied_runs
from coach.listening.reading import (
    HARMFUL_MOVES,
    HELPFUL_MOVES,
    PRESENT,
    KeyPoint,
    KeyPointStatus,
    Paraphrase,
    Question,
    QuestionFlag,
    Reading,
    Span,
)

TAKEN_OVER = 0.5
"""From this share of its words on a turn is taken over from the mentor's line."""
PLENTY = 3
"""So many points of a story handed back are enough, however many there were."""

# What these moves say is the learner's own, and claims nothing about the mentor.
_OWN_WORDS = frozenset(HELPFUL_MOVES) - {"acknowledgment", "summary", "perspective_seeking"}
# What a learner came to say of their own work changes no subject; nor does an answer,
# nor advice on what they told.
_OWN_MATTERS = frozenset({"own_observation", "feedback_request", "follow_through"})
_A_THIRD = 0.33
_A_STORY = 18
_LONG_COPY = 5
_WEIGHTY = 3
"""Content words of a point worth missing that names no feeling."""
_DOUBTED, _CLAIM_DOUBTED = 0.5, 0.7
"""From here on a point may well be turned round: one that an author wrote, and a claim as it was
cut. Of 413 written reversals of stories 37 in a hundred go over them and hold one (read by claims
23), of 449 faithful retellings 5 (2), of 1,314 turns of talks 1 (1)."""
_HELLO_OR_BYE = re.compile(
    r"\b(?:hi|hello|hey|good (?:morning|afternoon|evening|night)|nice to meet|pleased to meet"
    r"|bye|goodbye|see you|take care|have to (?:go|run)|until next|till next"
    r"|talk (?:soon|again))\b",
    re.IGNORECASE,
)
_SHORT_GREETING = 15
_JOINED = re.compile(
    r"(?:\b(?:and|but)|,)\s+(?:wh(?:at|y|o|en|ere|ich)|how|is|are|was|were|do|does|did|have|has"
    r"|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)
# "Do I get Oak or Ash?" and "What will it say?" tell nothing back, whatever words they share.
_ASKS_OUTRIGHT = re.compile(
    rf"\W*(?:{JOINS},?\s+)*(?:(?:what|how|why|{FACT})\b|{VERB} (?:i|we)\b"
    r"(?! (?:get it|get that|got|understand|hear|take it|right)\b))[^.!]*\?\W*$",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    rf"\byou (?:really |just |simply )*(?:should|ought to)\b|\bif i were you\b|\b{ADVISES}",
    re.IGNORECASE,
)
"""Says what they had better do, whatever else it gives."""
_SHOULD = re.compile(
    r"\byou (?:really |just |simply )*(?:should|ought to)\b(?!['’]ve\b| (?:have|of)\b)",
    re.IGNORECASE,
)
_OUTRIGHT = 0.65
"""How sure advice must be where it is put outright: of 15 turns that no weights have seen with such
words and more than this 14 advise, four of them below what advice in other words has to reach."""
_OWN_STORY = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|me|mine|we|our|us)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Facts(Shown):
    """One turn, its context and its reading. Probabilities are the reading's, 0 to 1."""

    find_question: Callable[[], str | None] | None = None
    better_paraphrase: str | None = None
    previous: Reading | None = None
    confided: bool = False
    """Whether the mentor's line tells something in confidence."""

    @cached_property
    def better_question(self) -> str | None:
        """The scenario's open question that would have suited, looked for when first needed."""
        return self.find_question() if self.find_question is not None else None

    @cached_property
    def words(self) -> int:
        """Words in the turn."""
        return word_count(self.text)

    def move(self, name: str) -> float:
        """The probability that a move is present."""
        return self.reading.moves.get(name, 0.0)

    @cached_property
    def question(self) -> Question:
        """The question, with the flags that are sure."""
        question = self.reading.question
        flags = tuple(f for f in self.flags if question.flag_p.get(f, 1.0) >= margin(f))
        return question.model_copy(update={"flags": flags})

    @cached_property
    def flags(self) -> tuple[QuestionFlag, ...]:
        """The flags that may be there: reasons neither to praise the question nor to reproach it.

        An either-or is one question, and a second one has to show.
        """
        flags = self.reading.question.flags
        return tuple(flag for flag in flags if flag != "multiple" or self._asks_twice)

    @property
    def _asks_twice(self) -> bool:
        spans = self.reading.question.evidence
        # "Why the pegs? Is it what is finished?" is one question with a guess at its answer.
        if guesses(self.text):
            return without_guesses(self.text).count("?") >= 2
        if len(spans) >= 2 or self.text.count("?") >= 2:
            return True
        return any(_JOINED.search(self.text[start:end]) for start, end in spans)

    @property
    def asks(self) -> float:
        """How sure it is that the turn asks something."""
        return 1.0 - self.reading.question.p.get("none", 1.0)

    @property
    def silent(self) -> float:
        """How sure it is that the turn hands nothing back."""
        return self.reading.reflection.p.get("none", 0.0)

    @property
    def reflects(self) -> float:
        """How sure it is that the turn hands something back."""
        return 1.0 - self.silent if self.reading.reflects else 0.0

    @property
    def openly(self) -> float:
        """How sure it is that the question is open; 0 where flags spoil it."""
        question = self.question
        spoilt = set(self.flags) & {"leading", "multiple", "self_answered"}
        return question.p.get("open", 0.0) if question.kind == "open" and not spoilt else 0.0

    def harm(self, name: str) -> float:
        """How sure a harmful move is; 0 where something else explains it."""
        p = self.move(name)
        answers = self.context_asks and self.reading.question.kind == "none"
        advises = self.move("unsolicited_advice") >= max(p, PRESENT)
        shares = self.move("knowledge_share") >= PRESENT and not _ADVISES.search(self.text)
        if name == "unsolicited_advice" and shares:
            return 0.0  # who shows how a thing is done says what to press
        if name == "unsolicited_advice" and p >= _OUTRIGHT and _SHOULD.search(self.text):
            return max(p, margin(name))
        if name == "topic_hijack" and (answers or advises or self.helpful & _OWN_MATTERS):
            return 0.0
        return p

    @cached_property
    def harmful(self) -> frozenset[str]:
        """Harmful moves that are sure."""
        return frozenset(name for name in HARMFUL_MOVES if self.harm(name) >= margin(name))

    @cached_property
    def helpful(self) -> frozenset[str]:
        """Helpful moves that may be there, nods aside: reasons not to reproach."""
        return frozenset(
            name for name in HELPFUL_MOVES if name != "acknowledgment" and self.move(name) >= 0.4
        )

    # What the mentor's line calls for.

    @cached_property
    def their_statements(self) -> tuple[Span, ...]:
        """The context's sentences that are no questions."""
        return statements(self.context)

    @cached_property
    def context_asks(self) -> bool:
        """Whether the mentor's line ends in a question to the learner."""
        return self.context.rstrip(" \r\n\t\"'”’)").endswith("?")

    @cached_property
    def felt(self) -> Span | None:
        """The last clause of the mentor's with a word of feeling in it."""
        return felt_in(self.context)

    @cached_property
    def told(self) -> bool:
        """Whether the mentor's line holds a story or a feeling to hand back."""
        said = self.told_words
        return said >= _A_STORY or (self.felt is not None and said >= _A_STORY // 2)

    @cached_property
    def told_words(self) -> int:
        """Words of the mentor's line that ask nothing."""
        return sum(word_count(self.context[a:b]) for a, b in self.their_statements)

    @cached_property
    def greeting(self) -> bool:
        """Whether the turn is a short hello or goodbye, which calls for nothing more."""
        return self.words <= _SHORT_GREETING and bool(_HELLO_OR_BYE.search(self.text))

    # What the turn handed back.

    @property
    def paraphrase(self) -> Paraphrase | None:
        """The paraphrase, where the turn surely hands something back."""
        paraphrase = self.reading.paraphrase
        if paraphrase is None:
            return None
        return paraphrase if self.reflects >= margin("reflects") else None

    def sure(self, point: KeyPoint) -> bool:
        """Whether what became of a point may be asserted: the model is sure and the words agree.

        A point is surely missed only where no word of it comes up, and surely distorted only
        where one does. Nobody misses "That's how it was" or "A woman once said to me".
        """
        shared = bool(stems(point.text) & stems(self.text))
        enough = point.p >= margin(point.status)
        if point.status == "missed":
            return enough and not shared and _weighs(point.text)
        if point.status == "distorted":
            return enough and shared
        return enough and not self._has_changed_amount(point)

    def _has_changed_amount(self, point: KeyPoint) -> bool:
        if self.changed_amount is None:
            return False
        start, end = self.changed_amount[1]
        return self.context[start:end].lower() in point.text.lower()

    @cached_property
    def changed_amount(self) -> tuple[Span, Span] | None:
        """An amount handed back other than it was told: where in the turn, where in the context."""
        return changed_amount(self.context, self.text) if self.reading.reflects else None

    @cached_property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """The key points that hold something: "I don't know" and "They never did" do not."""
        points = self.paraphrase.key_points if self.paraphrase else ()
        return tuple(point for point in points if stems(point.text) - {"never"})

    def points(self, status: KeyPointStatus) -> list[KeyPoint]:
        """The key points with a status that is sure, surest first."""
        found = [point for point in self.key_points if point.status == status and self.sure(point)]
        return sorted(found, key=lambda point: -point.p)

    @cached_property
    def kept(self) -> list[KeyPoint]:
        """The points that surely came back; none where that rests on a lone word of one point."""
        found = self.points("covered")
        if self.paraphrase is None or len(found) > 1 or self.paraphrase.coverage >= _A_THIRD:
            return found
        mine = stems(self.text)
        return [point for point in found if len(stems(point.text) & mine) >= 2]

    @cached_property
    def told_back(self) -> tuple[KeyPoint, Quote] | None:
        """Of the points that came back the one in the fullest words, with these."""
        pairs = [
            (point, yours)
            for point in self.kept
            if (yours := self.yours_handing_back(point.text))
            and not _ASKS_OUTRIGHT.match(yours.text)
        ]
        return max(pairs, key=lambda pair: len(stems(pair[1].text)), default=None)

    @cached_property
    def retells(self) -> bool:
        """Whether the turn goes over their points: a list of what was missed helps nobody."""
        covered = [point for point in self.key_points if point.status == "covered"]
        goes_over = self.move("summary") >= PRESENT and len(covered) > 1
        return goes_over or bool(self.kept or self.points("distorted"))

    @cached_property
    def recaps(self) -> bool:
        """Whether the turn is an attempt to hand back the whole, which alone is worth a score."""
        whole = len(self.kept) > 1 or self.move("summary") >= PRESENT
        return self.retells and (whole or self.reading.question.kind == "none")

    @cached_property
    def added(self) -> tuple[Span, ...]:
        """Claims about the mentor with no support.

        Neither the learner's own case nor a small courtesy is one, nor what they give, promise or
        propose, nor words taken over, nor what a reflection that reaches for what lay behind the
        words makes of them.
        """
        if self.paraphrase is None:
            return ()
        reading = self.reading.reflection
        deep = reading.evidence if reading.kind == "complex" else ()
        excused = [*deep, *self.copied, *self._own_words]
        return tuple(
            (a, b)
            for a, b in self.paraphrase.added
            if _is_claim(self.text[a:b]) and not any(x < b and a < y for x, y in excused)
        )

    @property
    def _own_words(self) -> list[Span]:
        """Sentences that make a move of the learner's own and hand nothing back."""
        back = self.reading.reflection.evidence
        return [
            (a, b)
            for move, spans in self.reading.move_evidence.items()
            if move in _OWN_WORDS
            for a, b in spans
            if not any(x < b and a < y for x, y in back)
        ]

    @property
    def own_story(self) -> bool:
        """Whether the turn tells something of the learner's own, which answers a story too."""
        return _OWN_STORY.search(self.text) is not None

    @property
    def untrue(self) -> bool:
        """Whether anything may be wrong in what is handed back: reason enough not to praise it."""
        if self.paraphrase is None:
            return False
        if self.changed_amount is not None:
            return True
        claims = (self.text[a:b] for a, b in self.paraphrase.added)
        return self.twisted or any(
            claim.strip() and not _OWN_STORY.search(claim) for claim in claims
        )

    @property
    def twisted(self) -> bool:
        """Whether a point may be turned round, however unsure that is."""
        points = self.paraphrase.key_points if self.paraphrase else ()
        return any(point.status == "distorted" or in_doubt(point) for point in points)

    @cached_property
    def copied(self) -> tuple[Span, ...]:
        """Runs of five words or more taken over from the context; shorter ones are small change."""
        return tuple(copied_runs(self.context, self.text, at_least=_LONG_COPY))

    @property
    def copied_share(self) -> float:
        """The share of the turn's words that stand in copied runs."""
        taken = sum(word_count(self.text[a:b]) for a, b in self.copied)
        return taken / self.words if self.words else 0.0

    @cached_property
    def beside_questions(self) -> str:
        """What the turn says beside what it asks."""
        rest = self.text
        for start, end in reversed(merged(self.reading.question.evidence)):
            rest = f"{rest[:start]} {rest[end:]}"
        return rest

    @cached_property
    def overlap(self) -> bool:
        """Whether turn and context share a content word."""
        return bool(stems(self.text) & stems(self.context))


def in_doubt(point: KeyPoint) -> bool:
    """Whether a point may well have come back turned round, named so or not.

    Of turns of talks few turn anything round, so that a point is seldom named as turned there.
    """
    return point.turned >= (_DOUBTED if point.span is None else _CLAIM_DOUBTED)


def _is_claim(words: str) -> bool:
    return word_count(words) >= 4 and len(stems(words)) >= 2 and not _OWN_STORY.search(words)


def _weighs(words: str) -> bool:
    return len(stems(words)) >= _WEIGHTY or felt_in(words) is not None
