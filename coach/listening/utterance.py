"""One text, analysed once by the English pipeline: sentences, claims, questions, cues.

Everything here is a function of that text alone, so a reading never depends on what was read
before or beside it. `Ear` keeps the last analyses, because a context is read ahead of its answer
and the answer again beside its retake.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from coach.listening.pipeline import COMPONENTS
from coach.listening.reading import QuestionKind, Span

MOST_WORDS = 600
MOST_CHARACTERS = 6000
"""What is read of one text; the rest of a longer one is left unread, and the reading says so."""

_MOST_PIECES = 48
"""So many sentences and claims are looked at one by one."""
_KEPT = 512
_WORD = re.compile(r"\S+")


def clean(text: str) -> str:
    """The text with NUL and control characters made spaces: same length, same offsets."""
    return "".join(
        character if character.isprintable() or character in " \n\t" else " " for character in text
    )


def readable_part(text: str) -> str:
    """As many words of a cleaned text as are read, none of them cut but one longer than that."""
    head = clean(text[: MOST_CHARACTERS + 1])
    ends = [word.end() for word in islice(_WORD.finditer(head), MOST_WORDS + 1)]
    if len(ends) <= MOST_WORDS and len(head) <= MOST_CHARACTERS:
        return head
    whole = [end for end in ends[:MOST_WORDS] if end <= MOST_CHARACTERS]
    return head[: whole[-1] if whole else MOST_CHARACTERS].rstrip()


@dataclass(frozen=True)
class Utterance:
    """A text and what the pipeline says about it.

    ``sentences`` and ``claims`` (clause-sized) are character spans, in order, the first of many.
    """

    text: str
    doc: Doc
    sentences: tuple[Span, ...]
    claims: tuple[Span, ...]

    @property
    def claim_texts(self) -> list[str]:
        """The words of each claim."""
        return [self.text[start:end] for start, end in self.claims]

    @property
    def questions(self) -> list[Any]:
        """The pipeline's question spans (`coach.listening.questions.QuestionSpan`)."""
        return list(self.doc._.questions)

    @property
    def ruled_kind(self) -> QuestionKind:
        """The question kind by the grammar rules alone: the most open one found."""
        kinds = {question.kind for question in self.questions}
        return "open" if "open" in kinds else "closed" if kinds else "none"

    @property
    def cues(self) -> list[Any]:
        """The pipeline's cue phrases (`coach.listening.cues.Cue`)."""
        return list(self.doc._.cues)

    def tokens_in(self, span: Span) -> list[int]:
        """Indices of the tokens that overlap a character span."""
        start, end = span
        return [at for at, (first, last) in enumerate(self._places) if first < end and last > start]

    @cached_property
    def _places(self) -> list[Span]:
        """Where each token stands; to go through a `Doc` each time would be slow."""
        return [(token.idx, token.idx + len(token)) for token in self.doc]

    def ending(self, most: int) -> str:
        """The last sentences, so many that they hold about ``most`` words; never less than one."""
        # Not `sentences`, which may end long before the text does.
        told = [self.text[start:end] for start, end in _sentences(self.doc)] or [self.text]
        kept: list[str] = []
        for sentence in reversed(told):
            if kept and sum(len(one.split()) for one in (sentence, *kept)) > most:
                break
            kept.insert(0, sentence)
        return " ".join(" ".join(kept).split()[-2 * most :])

    def asks_in(self, span: Span) -> bool:
        """Whether more than half of a span is a question."""
        return any(
            min(q.end, span[1]) - max(q.start, span[0]) > (span[1] - span[0]) / 2
            for q in self.questions
        )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _spans(text: str, found: Iterable[Any]) -> tuple[Span, ...]:
    spans = (_trimmed(text, part.start_char, part.end_char) for part in found)
    return tuple(span for span in spans if span is not None)


def _sentences(doc: Doc) -> tuple[Span, ...]:
    return _spans(doc.text, doc.sents) if doc.has_annotation("SENT_START") else ()


class Ear:
    """Analyses texts and remembers the last."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._heard: OrderedDict[str, Utterance] = OrderedDict()

    def hear(self, text: str) -> Utterance:
        """Analyse a text, or recall its analysis."""
        found = self._heard.get(text)
        if found is None:
            part = readable_part(text)
            return self._keep(text, self._told(part, self.nlp(part)))
        self._heard.move_to_end(text)
        return found

    def hear_ahead(self, texts: Sequence[str]) -> None:
        """Analyse texts together, which takes little more than half the time of one by one.

        The pipeline's layers take each text by itself, so that every number is the same.
        """
        new = [text for text in dict.fromkeys(texts) if text not in self._heard]
        parts = [readable_part(text) for text in new]
        for text, part, doc in zip(new, parts, self.nlp.pipe(parts), strict=True):
            self._keep(text, self._told(part, doc))

    def _keep(self, text: str, heard: Utterance) -> Utterance:
        self._heard[text] = heard
        if len(self._heard) > _KEPT:
            self._heard.popitem(last=False)
        return heard

    def by_itself(self, turn: Utterance, span: Span) -> Utterance:
        """A sentence as a turn of its own; its words keep the parts they play in the whole."""
        tokens = turn.tokens_in(span)
        doc = turn.doc[tokens[0] : tokens[-1] + 1].as_doc()
        for name in COMPONENTS:
            doc = self.nlp.get_pipe(name)(doc)
        return self._told(turn.text[slice(*span)], doc)

    def _told(self, text: str, doc: Doc) -> Utterance:
        claims = _spans(text, doc._.clauses)
        return Utterance(text, doc, _sentences(doc)[:_MOST_PIECES], claims[:_MOST_PIECES])
