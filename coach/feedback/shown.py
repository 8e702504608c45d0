"""The words of a turn, and of the line it answers, that are shown beside what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from coach.feedback.asking import flagged_at, marked, spans_asking
from coach.feedback.card import Quote
from coach.feedback.lines import TOO_BARE, weightiest
from coach.feedback.quotes import closest, merged, quote, sentence_of, sentences, word_count
from coach.feedback.stacks import asked_spans
from coach.listening.reading import KeyPoint, Reading, Span

_BRIEF = 60
_BARE = 2


@dataclass(frozen=True)
class Shown:
    """A turn with its context and its reading, and what can be quoted of them."""

    context: str
    text: str
    reading: Reading

    def yours(self, spans: tuple[Span, ...] | list[Span]) -> Quote | None:
        """The sentence of the turn that the first of the spans lies in; without any, its start."""
        for span in merged(spans):
            part = sentence_of(self.text, span)
            if part is not None:
                return quote(self.text, self._not_bare(part))
        whole = sentences(self.text)
        if len(self.text) > _BRIEF and whole:
            start = whole[0][0]
            # A first "Mm." alone would not show which turn is meant.
            so_far = accumulate(word_count(self.text[a:b]) for a, b in whole)
            ends = (b for (_, b), said in zip(whole, so_far, strict=True) if said >= TOO_BARE)
            return quote(self.text, (start, next(ends, whole[-1][1])))
        return quote(self.text, (0, len(self.text)))

    def _not_bare(self, part: Span) -> Span:
        """A word or two with the sentence they stand in."""
        if word_count(self.text[part[0] : part[1]]) > _BARE:
            return part
        around = (s for s in sentences(self.text) if s[0] <= part[0] < s[1])
        return next(around, part)

    def yours_asking(self) -> Quote | None:
        """The question, and what it stands with where nothing marks it off."""
        return self.yours(self.reading.question.evidence)

    @property
    def asked(self) -> str:
        """The first question by itself; "" where none is shown."""
        spans = spans_asking(self.text, self.reading.question)
        return self.text[slice(*min(spans))].strip() if spans else ""

    def yours_flagged(self, flag: str) -> Quote | None:
        """The question that a flag is about; None where there are several and none shows it."""
        span = flagged_at(self.text, flag)
        if span is not None:
            return self.yours([span])
        several = len(marked(self.text)) > len(self.reading.question.evidence)
        return None if several else self.yours_asking()

    def yours_asking_all(self) -> Quote | None:
        """From the first question to the last."""
        spans = asked_spans(self.text, self.reading.question)
        if not spans:
            return self.yours_asking()
        return quote(self.text, (min(a for a, _ in spans), max(b for _, b in spans)))

    def yours_from_question(self) -> Quote | None:
        """The question and what is said after it."""
        spans = self.reading.question.evidence
        return quote(self.text, (spans[0][0], len(self.text))) if spans else self.yours_asking()

    def yours_moving(self, move: str) -> Quote | None:
        """The words that show a move."""
        return self.yours(self.reading.move_evidence.get(move, ()))

    def yours_handing_back(self, about: str = "") -> Quote | None:
        """The words that hand back; with ``about``, those nearest to it, be it in a question."""
        nearest = closest(self.text, about) if about else None
        back = self.reading.reflection.evidence
        # Of several the longest shows most.
        longest = [max(back, key=lambda span: span[1] - span[0])] if back else []
        return self.yours([nearest] if nearest else longest)

    def carried(self, words: Span, mark: str) -> float | None:
        """How likely words show a mark by themselves; None of a turn of one sentence."""
        start, end = words
        within = [one for one in self.reading.alone if one.span[0] < end and one.span[1] > start]
        return max((one.p.get(mark, 0.0) for one in within), default=None)

    def theirs(self, near: str | None = None) -> Quote | None:
        """The mentor's words that share some with ``near`` (the turn, where not given)."""
        return quote(self.context, closest(self.context, self.text if near is None else near))

    def theirs_said(self) -> Quote | None:
        """The mentor's words that most ask to be taken up."""
        return weightiest(self.context)

    def theirs_sentence(self, span: Span) -> Quote | None:
        """These words of the mentor's."""
        return quote(self.context, span)

    def theirs_point(self, point: KeyPoint) -> Quote | None:
        """The mentor's words that hold a key point."""
        if point.span is not None:
            return quote(self.context, point.span)
        return self.theirs(point.text)
