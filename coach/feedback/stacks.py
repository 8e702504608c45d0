"""Several questions in one turn: where they stand, whether they stand apart, which one to keep."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from coach.feedback.aims import LEAD_IN
from coach.feedback.asking import (
    FACT,
    FAR,
    INVITES,
    JOINS,
    MOST,
    VERB,
    marked,
    without_guesses,
)
from coach.feedback.quotes import merged, stems, word_count
from coach.listening.reading import Question, Span

_ASKING = rf"(?:what|how|why|{FACT}|{VERB})\b"
_STANDS_ALONE = re.compile(rf"{_ASKING}|{INVITES}", re.IGNORECASE)
_BIDS = re.compile(INVITES, re.IGNORECASE)
# What follows "may I ask" or "tell me" is no question by itself: "why nobody told me".
_ASKS_FOR = re.compile(
    rf"{INVITES}|\b(?:may|can|could) i ask\b"
    r"|\b(?:do|can|could|would) you (?:know|remember|tell|say|show|explain|describe)\b",
    re.IGNORECASE,
)
_IN_FULL = re.compile(rf"(?:what|how|why|{FACT})\s+{VERB}\b|{VERB}\b", re.IGNORECASE)
_OPENS = re.compile(rf"(?!{FACT}\b)(?:what|how|why)\b|{INVITES}", re.IGNORECASE)
_NEXT_QUESTION = re.compile(
    rf"\?\s+|,?\s+(?:and|or|but)\s+(?=(?:what|how|why|{FACT}|{VERB} (?:i|you|he|she|it|they|we))\b)"
    rf"|,?\s+and also\s+(?={_ASKING})",
    re.IGNORECASE,
)
_JOINING = re.compile(rf"^(?:{JOINS}\b,?\s*)+", re.IGNORECASE)
# "One thing my model can't do: what do you see?", "Sorry, what do you mean?"
_LEAD = re.compile(rf"^(?:[^?:]*:|(?:\w+,? ){{0,2}}\w+,)\s+(?={_ASKING})", re.IGNORECASE)
_LEADS_IN = re.compile(rf"^{LEAD_IN},\s+(?={_ASKING})", re.IGNORECASE)
_SHORTEST = 2
_TAG = re.compile(rf"{VERB} \w+\W*$", re.IGNORECASE)

_SAYS = 3
"""Words that say something; a question of fewer leans on the one before: "And when?"."""
_FLOOD = 3
"""So many questions of some words are too many, whatever they ask for."""
_ANOTHER = re.compile(
    r"^\W*(?:(?:and|also|another thing|one more(?: thing)?|by the way)\b)(?:\W+[\w'’]+){3,}",
    re.IGNORECASE,
)
_JOINED_ON = re.compile(rf"\band\s+(?:also\s+)?{_ASKING}(?:\W+[\w'’]+){{2,}}", re.IGNORECASE)


def asked_spans(text: str, question: Question) -> list[Span]:
    """Where the turn asks; all its question marks, where several questions are but one span."""
    spans = _asking_something(text, question.evidence)[:MOST] or list(question.evidence[:MOST])
    if "multiple" in question.flags and len(spans) < 2:
        asking = _asking_something(text, marked(text))
        # Of "What do you think, did I wait too long?" the models may show the first words alone.
        return asking if len(asking) > 1 else merged([*spans, *asking])
    return spans


def how_many(text: str, question: Question) -> int:
    """How many questions stand in the turn, by the models or by their marks."""
    return max(len(asked_spans(text, question)), len(_asking_something(text, marked(text))))


def apart(text: str, question: Question) -> bool:
    """Whether the questions surely ask for different things.

    A second question right after the first mostly says it again or narrows it. One that begins with
    "and" or "also", or comes after a sentence of something else, is another; three are a flood.
    """
    spans = asked_spans(text, question)
    if len(question.evidence) > 1:
        spans = merged([*spans, *_asking_something(text, marked(text))])
    asked = [text[a : min(b, a + FAR)] for a, b in spans]
    if sum(map(_asks_in_full, asked)) >= _FLOOD:
        return True
    if any(_JOINED_ON.search(one) for one in asked) or any(map(_ANOTHER.match, asked[1:])):
        return True
    between = (text[end:start] for (_, end), (start, _) in pairwise(spans))
    return any(word_count(said) >= _SAYS for said in between)


def one_of(text: str, question: Question, context: str = "") -> str | None:
    """The one question of a stack that is best kept: an open one, from their words if there is.

    Of equals the first, since those after it mostly narrow it. None where none of them stands on
    its own.
    """
    alone: list[str] = []
    spans = asked_spans(text, question)
    for span in spans:
        alone += _alone(text[span[0] : min(span[1], span[0] + FAR)])
    if "multiple" in question.flags and len(alone) < 2 and len(spans) < 2:
        return None  # two questions that cannot be told apart
    theirs = stems(context)

    def worth(asked: str) -> tuple[bool, bool]:
        return _OPENS.match(asked) is not None, bool(stems(asked) & theirs)

    return max(alone, key=worth, default=None)


def _asking_something(text: str, spans: Iterable[Span]) -> list[Span]:
    """Those that are no lone words that ask for nothing, as in "Honestly? I forgot"."""
    return [
        (start, end)
        for start, end in spans
        if word_count(text[start:end]) >= _SHORTEST or _STANDS_ALONE.match(text[start:end].strip())
    ]


def _asks_in_full(text: str) -> bool:
    """Whether it is a question by its words, and not only surprise or a tag ("Is it?")."""
    asked = _JOINING.sub("", text.strip())
    return (
        word_count(asked) >= _SHORTEST
        and _STANDS_ALONE.match(asked) is not None
        and _TAG.match(asked) is None
    )


def _alone(text: str) -> list[str]:
    """The questions of a text that can stand by themselves, as questions, without guesses."""
    found, before = [], ""
    for part in _NEXT_QUESTION.split(without_guesses(text)):
        asked = _JOINING.sub("", part.strip().rstrip("?,;. "))
        asked = _LEADS_IN.sub("", asked)
        if not _STANDS_ALONE.match(asked):
            asked = _LEAD.sub("", asked)
        whole = _IN_FULL.match(asked) or not _ASKS_FOR.search(before)
        if _asks_in_full(asked) and whole:
            mark = "." if _BIDS.match(asked) else "?"
            found.append(f"{asked[0].upper()}{asked[1:]}{mark}")
        before = part
    return found
