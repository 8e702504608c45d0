"""One text, analysed once: sentences, claims, questions, cues, vectors, word states.

Everything here is a function of that text alone, so a reading never depends on what was read
before or beside it. `Ear` keeps the last analyses, because a context is read ahead of its answer
and the answer again beside its retake.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from coach.listening.encoder import Encoder, Floats
from coach.listening.reading import Span

MOST_WORDS = 600
"""Words read of one text; the rest of a longer one is left unread, and the reading says so."""

_MOST_CHARACTERS = 6000
_MOST_PIECES = 48
_KEPT = 512
_KEPT_VECTORS = 8192


def clean(text: str) -> str:
    """The text with NUL and control characters made spaces: same length, same offsets."""
    return "".join(
        character if character.isprintable() or character in " \n\t" else " " for character in text
    )


def readable_part(text: str) -> str:
    """The first `MOST_WORDS` words of a cleaned text, cut at the end of a word."""
    head = clean(text[: _MOST_CHARACTERS * 2])
    count, inside = 0, False
    for place, character in enumerate(head):
        if character.isspace():
            inside = False
        elif not inside:
            inside, count = True, count + 1
            if count > MOST_WORDS:
                return head[:place].rstrip()
        if place >= _MOST_CHARACTERS:
            return head[:place].rstrip()
    return head


@dataclass(frozen=True)
class Utterance:
    """A text and what the pipeline and the encoder say about it.

    ``vector`` (width,) is the whole text's; ``pieces`` are its sentences and clause-sized claims
    as character spans, ``piece_vectors`` (pieces, width) theirs; ``words`` (tokens, width) are
    unit vectors of the tokens in the whole text's light, zero where the encoder did not read.
    """

    text: str
    doc: Doc
    vector: Floats
    sentences: tuple[Span, ...]
    claims: tuple[Span, ...]
    pieces: tuple[Span, ...]
    piece_vectors: Floats
    words: Floats

    @cached_property
    def _rows(self) -> dict[Span, int]:
        return {span: row for row, span in enumerate(self.pieces)}

    def vector_of(self, span: Span) -> Floats:
        """The vector of one of `pieces`; the whole text's for any other span."""
        row = self._rows.get(span)
        return self.vector if row is None else np.asarray(self.piece_vectors[row])

    @property
    def questions(self) -> list[Any]:
        """The pipeline's question spans (`coach.listening.questions.QuestionSpan`)."""
        return list(self.doc._.questions)

    @property
    def cues(self) -> list[Any]:
        """The pipeline's cue phrases (`coach.listening.cues.Cue`)."""
        return list(self.doc._.cues)

    def tokens_in(self, span: Span) -> list[int]:
        """Indices of the tokens that overlap a character span."""
        start, end = span
        return [t.i for t in self.doc if t.idx < end and t.idx + len(t) > start]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _spans(text: str, found: Sequence[Any]) -> tuple[Span, ...]:
    spans = (_trimmed(text, part.start_char, part.end_char) for part in found)
    return tuple(span for span in spans if span is not None)[:_MOST_PIECES]


class Ear:
    """Analyses texts, one forward pass for the whole and one for its pieces, and remembers."""

    def __init__(self, nlp: Language, encoder: Encoder) -> None:
        self.nlp = nlp
        self.encoder = encoder
        self._heard: OrderedDict[str, Utterance] = OrderedDict()
        self._vectors: OrderedDict[str, Floats] = OrderedDict()

    def hear(self, text: str) -> Utterance:
        """Analyse a text, or recall its analysis."""
        found = self._heard.get(text)
        if found is None:
            found = self._analyse(readable_part(text))
            self._heard[text] = found
            if len(self._heard) > _KEPT:
                self._heard.popitem(last=False)
        else:
            self._heard.move_to_end(text)
        return found

    def vector(self, text: str) -> Floats:
        """The unit vector of a text read by itself, (width,); remembered."""
        found = self._vectors.get(text)
        if found is None:
            found = self.encoder.encode([readable_part(text)]).vectors[0]
            self._vectors[text] = found
            if len(self._vectors) > _KEPT_VECTORS:
                self._vectors.popitem(last=False)
        else:
            self._vectors.move_to_end(text)
        return found

    def _analyse(self, text: str) -> Utterance:
        doc = self.nlp(text)
        sentences = _spans(text, list(doc.sents) if doc.has_annotation("SENT_START") else [])
        claims = _spans(text, doc._.clauses)
        pieces = tuple(dict.fromkeys(sentences + claims))
        whole = self.encoder.encode([text])
        vector = whole.vectors[0]
        if len(claims) == 1 and text[slice(*claims[0])] == text.strip():
            claim_vectors = vector[None, :]
        elif claims:
            rows = [text[start:end] for start, end in claims]
            claim_vectors = self.encoder.encode(rows).vectors
        else:
            claim_vectors = np.zeros((0, self.encoder.width), np.float32)
        piece_vectors = _piece_vectors(pieces, claims, claim_vectors, vector)
        words = _word_vectors(doc, whole.states[0], whole.offsets[0], self.encoder.width)
        return Utterance(text, doc, vector, sentences, claims, pieces, piece_vectors, words)


def _piece_vectors(
    pieces: Sequence[Span], claims: Sequence[Span], claim_vectors: Floats, whole: Floats
) -> Floats:
    """Vectors of sentences and claims: a sentence's is the mean of its claims' by their length.

    The encoder reads each claim once; reading every sentence as well would double its work.
    """
    rows: list[Floats] = []
    for start, end in pieces:
        shared = [max(0, min(end, b) - max(start, a)) for a, b in claims]
        if sum(shared):
            vector = np.asarray(shared, np.float32) @ claim_vectors
            rows.append(vector / max(1e-9, float(np.linalg.norm(vector))))
        else:
            rows.append(whole)
    return np.stack(rows).astype(np.float32) if rows else np.zeros((0, len(whole)), np.float32)


def _word_vectors(doc: Doc, states: Floats, offsets: Any, width: int) -> Floats:
    """Mean state of each token's word pieces, as unit vectors."""
    words = np.zeros((len(doc), width), np.float32)
    if not len(doc) or not len(states):
        return words
    starts = np.array([token.idx for token in doc])
    owner = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    np.add.at(words, np.clip(owner, 0, len(doc) - 1), states)
    norms = np.linalg.norm(words, axis=1, keepdims=True)
    return np.asarray(words / np.where(norms > 0, norms, 1.0), np.float32)
