"""What a mentor's line holds that asks to be taken up, found without models."""

from __future__ import annotations

import re

from coach.feedback.card import Quote
from coach.feedback.quotes import clauses, quote, sentences, stems, word_count
from coach.listening.reading import Span

TOO_BARE = 5
"""A quote of fewer words says too little on its own."""

_FEELING = re.compile(
    r"\b(?:afraid|alone|angry|anxious|ashamed|awful|bitter|bore(?:d|dom)|broke|bur(?:ned|nt) out"
    r"|care[ds]? about|cried|cry|crying|desperate|died|dread(?:ed)?|embarrass\w+|exhaust\w+|failed"
    r"|failure|fear(?:ed)?|felt|frighten\w+|furious|glad|grief|guilt\w*|happy|hate[ds]?|heart"
    r"|hopeless|humiliat\w+|hurt|lone(?:ly|liness)|lost|love[ds]?|mad|miserable|miss(?:ed)? (?:it"
    r"|her|him|them)|nervous|never forg\w+|overwhelm\w+|panic\w*|proud|regret\w*|relie(?:f|ved)"
    r"|sad|scared|shame|shaking|shook|sick of|sleepless|stuck|terrif\w+|tired|trust(?:ed)?"
    r"|unhappy|upset|worr(?:y|ied)|worst|wrong)\b",
    re.IGNORECASE,
)


def weightiest(line: str) -> Quote | None:
    """The words of a line that most ask to be taken up: a feeling, else the fullest sentence.

    None where the line only asks.
    """
    said = statements(line)
    fullest = max(said, key=lambda span: len(stems(line[span[0] : span[1]])), default=None)
    felt = felt_in(line)
    if felt is not None and word_count(line[felt[0] : felt[1]]) < TOO_BARE:
        felt = next(span for span in said if span[0] <= felt[0] < span[1])
    return quote(line, felt or fullest)


def felt_in(line: str) -> Span | None:
    """The last clause of a line's statements that has a word of feeling in it."""
    said = statements(line)
    spans = [
        (a, b)
        for a, b in clauses(line)
        if _FEELING.search(line[a:b]) and any(x <= a < y for x, y in said)
    ]
    return spans[-1] if spans else None


def statements(line: str) -> tuple[Span, ...]:
    """The line's sentences that are no questions."""
    return tuple((a, b) for a, b in sentences(line) if "?" not in line[a:b])
