"""What of a turn may hand something back: the turn without what it asks and says beside that.

The pair net learned from attempts as they stand. Thanks before one or a question after it drown a
twist, so that what is left is read by itself as well (`coach.listening.paraphrase.together`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.listening import question_phrases as phrases
from coach.listening.overlap import content_words
from coach.listening.question_units import plain
from coach.listening.reading import Span
from coach.listening.utterance import Utterance

_STATED = ("a statement with a question mark", "a checking tag on a statement")
"""Questions that hand back what they ask about, by the rules that find them."""
_LOOSE = 12
"""Words up to which the end of a turn may ask without a mark at its end."""
_COURTEOUS, _REMARKED = 12, 7
"""Words up to which a courtesy, and a remark on what was said, is nothing but that."""
_TAKEN_UP = 2
"""So many words taken from the other make more of a sentence than an aside."""

_OPENERS = re.compile(
    r"\W*(?:(?:oh|ah|well|ok|okay|right|so|and|but|wow|yes|yeah|no|hmm+|mm+|gosh|god|sorry|"
    r"honestly|actually|really|haha|lol)\b\W*)*",
    re.IGNORECASE,
)
_NOD = re.compile(
    r"\W*(?:(?:oh|ah|well|ok|okay|right|wow|yes|yeah|hmm+|mm+|gosh|i see|got it|sure|of course|"
    r"haha|lol|no way|go on|fair enough)\b\W*)+",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:many |big )?(?:thanks?|thank you|ta|cheers|sorry|hello|hi|hiya)\b|"
    r"i(?:'m| am)(?: so| really| very)? (?:sorry|glad|grateful)\b|(?:just )?(?:correct|stop) me\b|"
    r"(?:just )?(?:let me|let's|tell me|say so) |"
    r"(?:just )?(?:checking|to check|to be sure|to see)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:i|we|my|our|me)\b(?! (?:understand|hear|gather|take|get|see|think|guess|suppose|mean|"
    r"imagine|bet|believe|reckon)\b)",
    re.IGNORECASE,
)
"""Begins to speak of oneself, and not of what one understood."""
_REMARK = re.compile(r"that(?:'s| is| was| must| sounds?| seems?| makes?| would)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:you|your|yours|you're|u|ur|he|she|they|him|her|them|his|their)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Part:
    """What is left of a turn: its pieces, a space between them, and where each stood."""

    text: str
    pieces: tuple[Span, ...]

    def in_turn(self, span: Span) -> Span:
        """Where a span of the part stands in the turn."""
        start, end = span
        return self._place(start), self._place(end - 1) + 1

    def _place(self, at: int) -> int:
        for start, end in self.pieces:
            if at <= end - start:
                return start + at
            at -= end - start + 1
        return self.pieces[-1][1]


def handed_part(turn: Utterance, context: Utterance) -> Part | None:
    """What of a turn may hand something back; None where that is all of it, or nothing."""
    beside = sorted(_beside(turn, set(content_words(context.text))))
    if not beside:
        return None
    pieces: list[Span] = []
    at = 0
    for start, end in [*beside, (len(turn.text), len(turn.text))]:
        piece = _stripped(turn.text, at, start)
        if piece is not None:
            pieces.append(piece)
        at = end
    if not pieces:
        return None
    return Part(" ".join(turn.text[a:b] for a, b in pieces), tuple(pieces))


def _stripped(text: str, start: int, end: int) -> Span | None:
    """What is left of a span without the joints at its edges; None without a word."""
    found = re.search(r"\w(?:.*\w)?[.!?\"')…]*", text[start:end], re.DOTALL)
    return None if found is None else (start + found.start(), start + found.end())


def _beside(turn: Utterance, theirs: set[str]) -> Iterator[Span]:
    """Spans that ask something, or say something that is not about what was told."""
    for sentence in turn.sentences:
        start, end = sentence
        asks = _asking_from(turn, sentence)
        if asks is not None:
            yield asks, end
            end = asks
        if end > start and _is_aside(turn.text[start:end], theirs):
            yield start, end


def _asking_from(turn: Utterance, sentence: Span) -> int | None:
    """Where a sentence begins to ask; None where it does not, or asks about what it hands back."""
    start, end = sentence
    text = turn.text[start:end].rstrip()
    asked = [q for q in turn.questions if q.start < end and q.end > start]
    if not asked:
        return None
    if any(q.rule.startswith(_STATED) for q in asked):
        comma = text.rfind(",")
        tag = comma > 0 and phrases.CHECKS.fullmatch(plain(text[comma:]))
        return start + comma if tag else None
    share = sum(min(end, q.end) - max(start, q.start) for q in asked) / (end - start)
    if text.endswith("?"):
        last = asked[-1]
        apart = turn.text[start : last.start].rstrip().endswith((",", ";", ".", "-", "—", ":"))
        if share >= 0.5:
            return start
        return last.start if apart and last.end >= end - 1 else None
    at_the_end = sentence == turn.sentences[-1] and not text.endswith((".", "!"))
    return start if at_the_end and share >= 0.8 and len(text.split()) <= _LOOSE else None


def _is_aside(text: str, theirs: set[str]) -> bool:
    """Whether a sentence is a nod, a courtesy, a remark, or about oneself alone."""
    text = plain(text)
    if _NOD.fullmatch(text):
        return True
    opened = _OPENERS.match(text)
    body = text[opened.end() if opened else 0 :].rstrip()
    if ":" in body or len(theirs.intersection(content_words(text))) >= _TAKEN_UP:
        return False
    words = len(body.split())
    if _COURTESY.match(body):
        return words <= _COURTEOUS
    if _OTHERS.search(body):
        return False
    return bool(_OWN.match(body) or (_REMARK.match(body) and words <= _REMARKED))
