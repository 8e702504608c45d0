"""Exact quotes: sentences, clauses and the words two texts share. Pure string work.

Every quote is ``source[start:end]`` to the letter; shortening moves the ends, never the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from coach.feedback.card import Quote
from coach.listening.overlap import content_words
from coach.listening.reading import Span

LONGEST = 160
"""Characters of the longest quote; a longer one ends at the last pause or word that fits."""

_SHORTEST = 60
_LONG = 110

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
# "No. 7" goes on after its stop, and "I told her no." does not.
_TITLE = re.compile(
    r"(?<=\b(?:mr|ms|dr|st|vs)\.)|(?<=\b(?:mrs|e\.g|i\.e)\.)|(?<=\bno\.)(?=\s*\d)", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[,;:]\s|\s[-–—]+\s|—")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORT_CLAUSE = 3
_EDGES = " \t\r\n\f\v,;:–—-"


def word_count(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def has_words(text: str, count: int) -> bool:
    """Whether a text has so many words at least; a pasted book is not read to its end for it."""
    return sum(1 for _ in islice(_WORD.finditer(text), count)) >= count


def trimmed(text: str, span: Span) -> Span | None:
    """The span within the text and without white space at its ends; None where nothing is left."""
    start, end = max(0, span[0]), min(len(text), span[1])
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def sentences(text: str) -> list[Span]:
    """The text's sentences, trimmed, in order."""
    spans: list[Span | None] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _TITLE.match(text, match.end()):
            continue
        spans.append(trimmed(text, (start, match.end())))
        start = match.end()
    spans.append(trimmed(text, (start, len(text))))
    return [span for span in spans if span is not None]


def clauses(text: str) -> list[Span]:
    """Sentences cut at commas, semicolons, colons and dashes where both parts can stand."""
    found: list[Span] = []
    for first, last in sentences(text):
        start = first
        for match in _CLAUSE_END.finditer(text, first, last):
            before, after = text[start : match.start()], text[match.end() : last]
            if has_words(before, _SHORT_CLAUSE) and has_words(after, _SHORT_CLAUSE):
                found.append((start, match.start()))
                start = match.end()
        found.append((start, last))
    return [span for span in (_edged(text, span) for span in found) if span is not None]


def quote(text: str, span: Span | None) -> Quote | None:
    """The span's words, at most `LONGEST` characters; None where there are none."""
    inner = trimmed(text, span) if span is not None else None
    if inner is None:
        return None
    start, end = inner
    if end - start > LONGEST:
        pauses = [m.start() for m in _CLAUSE_END.finditer(text, start + _SHORTEST, start + LONGEST)]
        cut = pauses[-1] if pauses else text.rfind(" ", start, start + LONGEST)
        end = cut if cut > start else start + LONGEST
        inner = trimmed(text, (start, end)) or (start, end)
    return Quote(text=text[inner[0] : inner[1]], span=inner)


def quotes(text: str, spans: Iterable[Span]) -> tuple[Quote, ...]:
    """The words of each span that has some."""
    return tuple(found for span in spans if (found := quote(text, span)) is not None)


def sentence_of(text: str, span: Span) -> Span | None:
    """The part of a span that lies in the one sentence it covers most (the first of equals).

    Where text without stops was cut in the middle, it begins and ends where a clause does.
    """
    parts = [
        (max(start, span[0]), min(end, span[1]), (start, end))
        for start, end in sentences(text)
        if start < span[1] and end > span[0]
    ]
    if not parts:
        return None
    start, end, sentence = max(parts, key=lambda part: part[1] - part[0])
    return _to_the_pauses(text, (start, end), sentence)


def _to_the_pauses(text: str, span: Span, sentence: Span) -> Span:
    """A span of a sentence from pause to pause, or from word to word where that is too long."""
    pauses = [sentence[0], *(m.end() for m in _CLAUSE_END.finditer(text, *sentence)), sentence[1]]
    start = max(at for at in pauses if at <= span[0])
    end = min(at for at in pauses if at >= span[1])
    if end - start <= LONGEST:
        return start, end
    start, end = span
    while start > sentence[0] and not text[start - 1].isspace():
        start -= 1
    while end < sentence[1] and not text[end].isspace():
        end += 1
    return start, end


def stems(text: str) -> set[str]:
    """The text's content words with plural, -ed and -ing taken off, for comparison only."""
    return {_stem(word) for word in content_words(text)}


def closest(source: str, text: str, least: int = 1) -> Span | None:
    """The words of ``source`` that share most content words with ``text``; None if too few do.

    A sentence, as half of one can say the contrary; of a long sentence a clause.
    """
    mine = stems(text)
    best: Span | None = None
    most = least - 1
    for start, end in _phrases(source):
        shared = len(mine & stems(source[start:end]))
        if shared > most:
            best, most = (start, end), shared
    return best


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _phrases(text: str) -> list[Span]:
    """Sentences, long ones cut into their clauses."""
    cut = clauses(text)
    phrases: list[Span] = []
    for start, end in sentences(text):
        inside = [clause for clause in cut if start <= clause[0] < end]
        phrases.extend([(start, end)] if end - start <= _LONG else inside)
    return phrases


def _edged(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return (start, end) if start < end else None


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ing", "ed", "es", "s", "e"):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            word = word.removesuffix(ending)
            break
    # planned, planning, plan
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
