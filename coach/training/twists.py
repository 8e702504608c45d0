"""Copies of parts of real sentences, true ones and ones turned false by a single change.

Made by rule over the parse: a denial gained or lost, an opposite, another number, another doer,
before for after. They stand beside our own attempts in training, never in a test, and teach that
one word can turn a copy into its opposite.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from coach.listening.pair_net import STATUSES
from coach.listening.reading import Span
from coach.listening.utterance import Utterance
from coach.listening.words import words
from coach.training.examples import Example

Antonyms = Mapping[str, Sequence[str]]

_AUXILIARIES = words("was were is are did had would could can will has have do does")
_DENIALS = words("not never n't n’t")
_PAIRS = (
    "all none,every no,everyone nobody,everybody nobody,always never,most few,more less,before "
    "after,first last,everything nothing,somebody nobody,both neither,up down,with without,"
    "good bad,right wrong,better worse,best worst,early late,same different,old young,big small,"
    "loved hated,left stayed,lost won,kept lost,bought sold,gave took,hired fired,opened closed,"
    "started stopped,passed failed,quiet loud,slow fast,easy hard,cheap expensive,full empty,"
    "before after,until after,could couldn't,did didn't,was wasn't,had hadn't,would wouldn't,"
    "because although,only even,cheaper dearer,sooner later,older younger,bigger smaller,"
    "longer shorter,higher lower,kept sold,hid showed,asked told,taught learned,trust doubt,"
    "remember forget,remembered forgot,said denied,agreed refused,saved wasted,alone together,"
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
_DOER = {"i": "me", "he": "him", "she": "her", "they": "them", "we": "us"}
_DONE_TO = {"me": "I", "him": "he", "her": "she", "them": "they", "us": "we"}
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")


@dataclass(frozen=True)
class Change:
    """Characters ``start`` to ``end`` replaced by ``put``."""

    start: int
    end: int
    put: str


def opposites(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Each word's opposites, sorted."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: sorted(others) for word, others in sorted(found.items())}


def copy_of(
    context: Utterance, antonyms: Antonyms, rng: random.Random, group: str, *, twisted: bool
) -> Example | None:
    """A copy of some neighbouring claims of a text beside the whole of it.

    Args:
        context: what was said, with at least two claims.
        antonyms: each word's opposites.
        rng: chooses the claims and the change.
        group: the example's group.
        twisted: whether one change makes one of the copied claims false.

    Returns:
        None where nothing in the chosen claims can be changed.
    """
    claims = context.claims
    if len(claims) < 2:
        return None
    size = rng.choice((1, 2, len(claims), len(claims)) if twisted else (1, 1, 2))
    first = rng.randrange(max(1, len(claims) - size + 1))
    chosen = claims[first : first + size]
    start, end = chosen[0][0], chosen[-1][1]
    text, change = context.text[start:end], None
    if twisted:
        possible = [c for c in changes(context, antonyms, rng) if start <= c.start and c.end <= end]
        if not possible:
            return None
        change = rng.choice(possible)
        text = context.text[start : change.start] + change.put + context.text[change.end : end]
    points = tuple((span, _status(span, chosen, change)) for span in claims)
    return Example(context.text, handed_back(text), group, points=points, weight=0.4)


def _status(span: Span, chosen: Sequence[Span], change: Change | None) -> int:
    if change is not None and span[0] <= change.start < span[1]:
        return STATUSES.index("distorted")
    return STATUSES.index("covered" if span in chosen else "missed")


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
        others = antonyms.get(token.lower_, ()) if token.pos_ in {"ADJ", "ADV"} else ()
        if others:
            found.append(_swap(token, rng.choice(others)))
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
    if token.pos_ != "NUM":
        return None
    if token.text.isdigit():
        return _swap(token, str(int(token.text) + rng.choice((-3, -1, 1, 2, 5, 10))))
    if not token.is_alpha:
        return None
    return _swap(token, rng.choice([word for word in _NUMBERS if word != token.lower_]))


def _given_away(token: Token, rng: random.Random) -> Change | None:
    if token.dep_ != "nsubj" or token.lower_ not in {"i", "he", "she", "they", "we"}:
        return None
    if token.head.tag_ not in {"VBD", "VBN"}:
        return None
    return _swap(token, rng.choice(_OTHERS) if token.lower_ in {"i", "we"} else "you")


def _crossed(token: Token, rng: random.Random) -> Change | None:
    """Who did it to whom, the two changed over: "I told him" becomes "he told you"."""
    del rng
    doers = [c for c in token.children if c.dep_ == "nsubj" and c.lower_ in _DOER]
    others = [c for c in token.children if c.dep_ in {"obj", "iobj"} and c.lower_ in _DONE_TO]
    if len(doers) != 1 or len(others) != 1 or token.tag_ != "VBD":
        return None
    doer, other = doers[0], others[0]
    if other.i < doer.i:
        return None
    between = token.doc.text[doer.idx + len(doer) : other.idx]
    put = _DONE_TO[other.lower_] + between + _DOER[doer.lower_]
    if doer.is_sent_start:
        put = put[:1].upper() + put[1:]
    return Change(doer.idx, other.idx + len(other), put)


_MAKERS: tuple[Callable[[Token, random.Random], Change | None], ...] = (
    _denied,
    _reversed,
    _counted,
    _given_away,
    _crossed,
)
