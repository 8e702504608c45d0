"""Finds cue phrases of the moves and of reflections (`coach.listening.cue_phrases`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from coach.listening.components import Marking
from coach.listening.cue_phrases import PHRASES

_AMBIGUOUS = frozenset({"ill", "id", "wed", "were", "well", "shell", "hell", "its", "lets"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue phrase. ``start`` and ``end`` are character offsets, ``label`` a move or stem."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Matchers:
    """Plain phrases are found by hash in one pass; only those with a gap need a pattern."""

    phrases: PhraseMatcher
    gaps: Matcher

    def __call__(self, doc: Doc) -> list[tuple[int, int, int]]:
        return [*self.phrases(doc), *self.gaps(doc)]


def read_cues(doc: Doc, matchers: Callable[[Doc], list[tuple[int, int, int]]]) -> list[Cue]:
    """All cues of a text in order; of overlapping ones under one label only the longest."""
    matches = [(start, end, doc.vocab.strings[label]) for label, start, end in matchers(doc)]
    matches.sort(key=lambda match: (match[2], match[0] - match[1], match[0]))
    taken: set[tuple[str, int]] = set()
    cues: list[Cue] = []
    for start, end, label in matches:
        inside = {(label, i) for i in range(start, end)}
        if not inside & taken:
            taken |= inside
            last = doc[end - 1]
            cues.append(Cue(doc[start].idx, last.idx + len(last), label))
    return sorted(cues, key=lambda cue: (cue.start, cue.end, cue.label))


def build_matchers(nlp: Language) -> Callable[[Doc], list[tuple[int, int, int]]]:
    """Make the matchers of all phrases, each split into tokens by the pipeline's own tokenizer."""
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    gaps = Matcher(nlp.vocab)
    for label, texts in PHRASES.items():
        spelled = sorted({form for text in texts if "*" not in text for form in _spellings(text)})
        phrases.add(label, [nlp.make_doc(text) for text in spelled])
        patterns = [_pattern(nlp, text) for text in texts if "*" in text]
        if patterns:
            gaps.add(label, patterns)
    return _Matchers(phrases, gaps)


def _spellings(phrase: str) -> Iterator[str]:
    """The phrase with a straight, a curly and, where no other word results, no apostrophe."""
    yield phrase
    if "'" in phrase:
        yield phrase.replace("'", "’")
        dropped = phrase.replace("'", "")
        if not _AMBIGUOUS & set(dropped.split()):
            yield dropped


def _pattern(nlp: Language, phrase: str) -> list[dict[str, Any]]:
    """Matcher pattern of a phrase; ``*`` becomes one or two words of any kind."""
    pattern: list[dict[str, Any]] = []
    for i, part in enumerate(phrase.split("*")):
        if i:
            pattern += [{"IS_ALPHA": True}, {"IS_ALPHA": True, "OP": "?"}]
        pattern += [{"LOWER": token.lower_} for token in nlp.make_doc(part.strip())]
    return pattern


class Cues(Marking):
    """Sets ``doc._.cues``."""

    attribute = "cues"
    marks = staticmethod(lambda cue: (cue.start, cue.end, cue.label))

    def __init__(self, matchers: Callable[[Doc], list[tuple[int, int, int]]]) -> None:
        self.matchers = matchers

    def __call__(self, doc: Doc) -> Doc:
        """Mark the cue phrases of a tokenized document."""
        doc._.cues = read_cues(doc, self.matchers)
        return doc


@Language.factory("coach_cues", assigns=["doc._.cues"])
def make_cues(nlp: Language, name: str) -> Cues:
    """Build the component; it holds no state but the table's patterns."""
    if not Doc.has_extension("cues"):
        Doc.set_extension("cues", default=None)
    return Cues(build_matchers(nlp))
