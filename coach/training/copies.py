"""Copies of a part of a statement, true ones and ones turned false by a single change.

Our own attempts copy a statement whole or not at all, and those that twist it are mostly near
copies; from them alone a model learns that a short near copy is a lie. These stand beside them in
training, never in a test: a true part copied keeps its points, a part with one word denied,
reversed, recounted or given to another person twists the point it stands in.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from coach.listening.alignment import Antonyms
from coach.listening.paraphrase import Point
from coach.listening.reading import Span
from coach.listening.utterance import Utterance
from coach.listening.words import words

_TRUE_PER_STATEMENT = 1
_TWISTED_PER_STATEMENT = 1

_AUXILIARIES = words("was were is are did had would could can will has have do does")
_DENIALS = words("not never n't n’t")
_PAIRS = (
    "all none,every no,everyone nobody,everybody nobody,always never,most few,more less,before "
    "after,first last,everything nothing,somebody nobody,both neither,up down,with without,"
    "good bad,right wrong,better worse,best worst,early late,same different,old young,big small,"
    "loved hated,left stayed,lost won,kept lost,bought sold,gave took,hired fired,opened closed,"
    "started stopped,passed failed,quiet loud,slow fast,easy hard,cheap expensive,full empty,"
    "fixed broke,proud ashamed,angry pleased,right wrong,happy miserable"
)
_REVERSED = {
    word: other
    for pair in _PAIRS.split(",")
    for word, other in (pair.split(" "), pair.split(" ")[::-1])
}
_NUMBERS = ("two", "three", "five", "seven", "nine", "twelve", "twenty", "forty", "ninety")
_OTHERS = ("somebody else", "your boss", "they", "the manager", "your brother")
_HANDED_BACK = {
    **{"i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself"},
    **{"we": "you", "us": "you", "our": "your", "i'm": "you're", "i've": "you've"},
    **{"i'd": "you'd", "i'll": "you'll", "we'd": "you'd", "we've": "you've", "we're": "you're"},
}
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")


@dataclass(frozen=True)
class Copy:
    """A copied part: its text, and for the points as given and as cut what became of each.

    A status of None is not sure enough to teach. ``kept`` is the share of the cut points covered,
    ``twisted`` whether one change made it false.
    """

    text: str
    given: list[str | None]
    cut: list[str | None]
    kept: float
    twisted: bool


@dataclass(frozen=True)
class Change:
    """Characters ``start`` to ``end`` replaced by ``put``."""

    start: int
    end: int
    put: str


def copies(
    context: Utterance,
    given: Sequence[Point],
    cut: Sequence[Point],
    antonyms: Antonyms,
    rng: random.Random,
) -> list[Copy]:
    """A few true and twisted copies of parts of a statement."""
    found: list[Copy] = []
    for number in range(_TRUE_PER_STATEMENT + _TWISTED_PER_STATEMENT):
        size = rng.choice((1, 1, 2, len(cut)) if number >= _TRUE_PER_STATEMENT else (1, 1, 2))
        first = rng.randrange(max(1, len(cut) - size + 1))
        chosen = cut[first : first + size]
        if not chosen:
            continue
        place = (chosen[0].source[0], chosen[-1].source[1])
        change = None
        if number >= _TRUE_PER_STATEMENT:
            possible = [c for c in changes(context, antonyms, rng) if _within(c, place)]
            if not possible:
                continue
            change = rng.choice(possible)
        found.append(_copy(context.text, place, change, given, cut))
    return found


def _within(change: Change, place: Span) -> bool:
    return place[0] <= change.start and change.end <= place[1]


def _copy(
    text: str, place: Span, change: Change | None, given: Sequence[Point], cut: Sequence[Point]
) -> Copy:
    start, end = place
    if change is None:
        part = text[start:end]
    else:
        part = text[start : change.start] + change.put + text[change.end : end]
    by_given, by_cut = (_statuses(points, place, change) for points in (given, cut))
    kept = by_cut.count("covered") / max(1, len(cut))
    # A point worded by a labeller may gather several claims: what was left out of it is unsure.
    by_given = [None if status == "missed" else status for status in by_given]
    return Copy(handed_back(part), by_given, by_cut, kept, change is not None)


def _statuses(points: Sequence[Point], place: Span, change: Change | None) -> list[str | None]:
    hit = [
        change is not None and point.source[0] <= change.start < point.source[1] for point in points
    ]
    found: list[str | None] = []
    for point, here in zip(points, hit, strict=True):
        if here:
            # Where two key points stand in one place the change twists one of them: which?
            found.append("distorted" if sum(hit) == 1 else None)
        else:
            inside = place[0] <= point.source[0] and point.source[1] <= place[1]
            found.append("covered" if inside else "missed")
    return found


def handed_back(text: str) -> str:
    """A text with the speaker's persons turned to the listener's: I was, you were."""

    def turned(match: re.Match[str]) -> str:
        word = match.group()
        other = _HANDED_BACK.get(word.lower().replace("’", "'"))
        if other is None:
            return word
        at_start = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1] in ".!?"
        return other.capitalize() if at_start else other

    swapped = _WORD.sub(turned, text)
    swapped = re.sub(r"\b([Yy]ou) was\b", r"\1 were", swapped)
    swapped = re.sub(r"\b([Yy]ou) am\b", r"\1 are", swapped)
    return swapped[:1].upper() + swapped[1:]


def changes(text: Utterance, antonyms: Antonyms, rng: random.Random) -> list[Change]:
    """The single changes that would turn some claim of a text false."""
    found: list[Change] = []
    for token in text.doc:
        made = (make(token, rng) for make in _MAKERS)
        found += [change for change in made if change is not None]
        opposites = antonyms.of(token.lower_) if token.pos_ == "ADJ" else []
        if opposites:
            found.append(_swap(token, rng.choice(opposites)))
    return found


def _swap(token: Token, put: str) -> Change:
    shown = put.capitalize() if token.text[:1].isupper() and token.lower_ != "i" else put
    return Change(token.idx, token.idx + len(token), shown)


def _denied(token: Token, rng: random.Random) -> Change | None:
    end = token.idx + len(token)
    if token.lower_ in {"not", "never"} and token.i > 0:
        return Change(token.idx, min(end + 1, len(token.doc.text)), "")
    near = [*token.head.children, *token.children]
    if any(child.lower_ in _DENIALS for child in near):
        return None
    if token.lower_ in _AUXILIARIES and token.dep_ in {"aux", "cop", "aux:pass"}:
        return Change(end, end, rng.choice((" not", " never")))
    subject = any(child.dep_ == "nsubj" for child in token.children)
    helped = any(child.dep_.startswith("aux") for child in token.children)
    if token.tag_ in {"VBD", "VBP", "VBZ"} and token.pos_ == "VERB" and subject and not helped:
        return Change(token.idx, token.idx, "never ")
    return None


def _reversed(token: Token, rng: random.Random) -> Change | None:
    del rng
    other = _REVERSED.get(token.lower_)
    return _swap(token, other) if other is not None else None


def _counted(token: Token, rng: random.Random) -> Change | None:
    if token.pos_ != "NUM" or not token.is_alpha:
        return None
    return _swap(token, rng.choice([word for word in _NUMBERS if word != token.lower_]))


def _given_away(token: Token, rng: random.Random) -> Change | None:
    if token.dep_ != "nsubj" or token.lower_ not in {"i", "he", "she", "they", "we"}:
        return None
    if token.head.tag_ not in {"VBD", "VBN"}:
        return None
    return _swap(token, rng.choice(_OTHERS) if token.lower_ in {"i", "we"} else "you")


_MAKERS: tuple[Callable[[Token, random.Random], Change | None], ...] = (
    _denied,
    _reversed,
    _counted,
    _given_away,
)
