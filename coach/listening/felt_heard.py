"""How likely whoever told a story feels heard by a turn.

What of a story comes back is one thing, whether its teller feels heard another: one sentence that
says what it comes to does more than three points gone over, and most turns take up one point of
four. Readers said it of 1,334 turns that nobody wrote to show it (``data/labelled/talks``). Five
figures of the reading tell most of what a model can tell of that; ``python -m
coach.training.felt_heard`` fits them to the turns that do not measure, and prints what stands here.
Whether anything is turned round they do not tell: that is the paraphrase's to say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from coach.listening.odds import log_odds, logistic
from coach.listening.overlap import content_words
from coach.listening.reading import Reading

_WORDS = re.compile(r"[\w'’]+")
_KEPT = 0.85
"""How sure it is that a point came back, where no word of it did."""
_AT_LENGTH = 14
"""Words in which somebody who speaks of a story takes up a word of it."""
_SAID_OF_ANYTHING = """
absolutely amazing awful beautiful bear big brave certainly clearly completely day days deal dealt
deeply definitely difficult emotional end exactly experience feel feeling feelings feels felt glad
god going good gosh great guess happen happened happens happy hard harder hardest hear heard
hearing heavy horrible huge hurt hurts imagine important incredible interesting knew know learn
learned learnt life lord lot lots lovely matter mattered matters mean means meant moment moved
moving must nice obviously okay pain painful people person powerful really right rough sad saw say
saying see share shared sharing shock shocking someone something sorry sound sounded sounds stay
stayed stays stories story strong stuck sure tell telling terrible thank thanks thing things think
thought time times told totally touching tough true truly understand understanding understood way
whole world wow yeah yes
"""
_TO_ANYBODY = frozenset(_SAID_OF_ANYTHING.split())
"""Words that say something after any story: "Wow, I can really feel how hard that was"."""

WEIGHTS: Mapping[str, float] = {
    "always": 0.13,
    "summary": 0.35,
    "complex": 0.39,
    "acknowledgment": 0.15,
    "words": 0.58,
    "points": 1.18,
}
"""Log odds: of a turn that shows nothing, and for each figure of `figures` in its own unit."""


def figures(reading: Reading, text: str) -> dict[str, float]:
    """What speaks for it.

    ``summary``, ``complex`` and ``acknowledgment`` are log odds; ``words`` the natural logarithm of
    their number and one; ``points`` the share of the key points that came back, each as surely as
    it did, 0 to 1.
    """
    points = reading.paraphrase.key_points if reading.paraphrase else ()
    back = sum(point.p for point in points if point.status == "covered")
    return {
        "summary": log_odds(reading.moves.get("summary", 0.0)),
        "complex": log_odds(reading.reflection.p.get("complex", 0.0)),
        "acknowledgment": log_odds(reading.moves.get("acknowledgment", 0.0)),
        "words": math.log1p(_count(text)),
        "points": back / len(points) if points else 0.0,
    }


def feels_heard(reading: Reading, text: str, told: str) -> float:
    """How likely whoever told a story feels heard by what is said to it, 0 to 1.

    Nobody is who hears what could be said to anybody: "Wow, that must have been so hard for you"
    is read as a deep reflection after any story.
    """
    if not reading.judged or not speaks_of_it(reading, text, told):
        return 0.0
    found = figures(reading, text)
    odds = WEIGHTS["always"] + sum(WEIGHTS[name] * value for name, value in found.items())
    return logistic(odds)


def _kept(reading: Reading) -> bool:
    points = reading.paraphrase.key_points if reading.paraphrase else ()
    return any(point.status == "covered" and point.p >= _KEPT for point in points)


def speaks_of_it(reading: Reading, text: str, told: str) -> bool:
    """Whether a turn speaks of what was told.

    Who says in a few words of their own what it comes to ("So your silence convicted him") takes up
    none of the mentor's; who speaks at length and takes up none speaks of something else.
    """
    said = set(content_words(text))
    if not said.isdisjoint(content_words(told)) or _kept(reading):
        return True
    return _count(text) < _AT_LENGTH and not said <= _TO_ANYBODY


def _count(text: str) -> int:
    return sum(1 for _ in _WORDS.finditer(text))
