"""The strength of a story that arrived: whoever told it feels heard, and the words show why."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from coach.feedback.card import Quote
from coach.feedback.facts import TAKEN_OVER, Facts
from coach.feedback.quotes import LONGEST, quote, stems, word_count
from coach.feedback.rule import Rule, Said
from coach.listening.felt_heard import feels_heard
from coach.listening.reading import PRESENT, Alone

_TRUE, _PART_TRUE, _MOST = 0.7, 0.5, 0.75
"""How faithful it must be to be praised: of a turn that goes over so much of the points, and of one
that takes up less and has less to turn round. Of 211 reversals that were written to be found 7 in
a hundred are praised so, of 616 turns that leave the teller heard 34."""
_NOT_WRONG = 0.3
"""How faithful it must be to count as said back, which leaves open whether all of it is so."""
_MAY_BE_OTHERWISE = 0.3
"""From here on the likeliest point to be otherwise is the one whose words are shown."""
_FELT = 0.8
"""How likely they must feel heard for that to be said: of 226 such remarks readers signed 182."""
_SHOWN = 9
"""Words that are shown for it: of 36 shorter ones readers signed 10, of 217 others 178."""
_ECHO = 0.7
"""So much less do their own words over again show, or words of oneself."""
_CARRIES = {"reflects": 2.0, "complex": 1.0, "summary": 1.0}
"""What a sentence shows by itself, by its marks."""
_FULLER = 0.8
"""So much more does a sentence of nearly three times the words show."""
_OF_ONESELF = re.compile(r"\bi(?:['’](?:m|ve|d|ll))?\b|\bme\b", re.IGNORECASE)


def _heard_certainty(facts: Facts) -> float:
    """How likely whoever told a story feels heard, where nothing of it may be wrong."""
    paraphrase = facts.paraphrase
    if paraphrase is None:
        return 0.0
    enough = _TRUE if paraphrase.coverage >= _MOST else _PART_TRUE
    return _said_back_certainty(facts) if paraphrase.faithfulness >= enough else 0.0


def _said_back_certainty(facts: Facts) -> float:
    """The same where a part of what was said at length may be wrong, and none of it seems so."""
    paraphrase = facts.paraphrase
    if paraphrase is None or facts.untrue or not facts.told:
        return 0.0
    # What is said to anybody, or only said over, shows nothing of what arrived.
    shared = stems(facts.text) & stems(facts.context)
    if not (facts.kept or len(shared) > 1) or facts.copied_share >= TAKEN_OVER:
        return 0.0
    if paraphrase.faithfulness < _NOT_WRONG:
        return 0.0
    return feels_heard(facts.reading, facts.text, facts.context)


def _arrived_in(facts: Facts) -> Quote | None:
    """The sentence that shows most of what arrived, with those around it that hand back too.

    A short one stands with what is around it in any case: by itself it shows an echo.
    """
    alone = facts.reading.alone
    if not alone:
        return facts.yours_handing_back()
    first = last = max(range(len(alone)), key=lambda at: _shows(alone[at], facts))
    while True:
        short = word_count(facts.text[alone[first].span[0] : alone[last].span[1]]) < _SHOWN
        around = [
            at
            for at, start, end in ((first - 1, first - 1, last), (last + 1, first, last + 1))
            if 0 <= at < len(alone)
            and (short or alone[at].p.get("reflects", 0.0) >= PRESENT)
            and alone[end].span[1] - alone[start].span[0] <= LONGEST
        ]
        if not around:
            return quote(facts.text, (alone[first].span[0], alone[last].span[1]))
        more = max(around, key=lambda at: _shows(alone[at], facts))
        first, last = min(first, more), max(last, more)


def _shows(one: Alone, facts: Facts) -> float:
    """How much of what arrived a sentence shows: more the fuller it is, less where it echoes."""
    said = facts.text[slice(*one.span)]
    carried = sum(weight * one.p.get(mark, 0.0) for mark, weight in _CARRIES.items())
    if stems(said) <= stems(facts.context):
        carried -= _ECHO
    if _OF_ONESELF.search(said):
        carried -= _ECHO
    return carried + _FULLER * math.log1p(word_count(said))


def _heard(facts: Facts) -> Said | None:
    return _shown_by(
        facts,
        "This says what you take from their words, so they can tell what arrived, and put right "
        "what did not.",
    )


def _said_back(facts: Facts) -> Said | None:
    said = _shown_by(
        facts,
        "This goes over what they told, so they can tell that you listened. Whether each detail is "
        "as they meant it the coach cannot say; “is that right?” lets them.",
    )
    point = max(facts.key_points, key=lambda point: point.turned, default=None)
    if said is None or point is None or point.turned < _MAY_BE_OTHERWISE:
        return said
    # Both sides of the point that is likeliest to be otherwise, so that one can see for oneself.
    yours, theirs = facts.yours_handing_back(point.text), facts.theirs_point(point)
    return replace(said, yours=yours, theirs=theirs) if yours and theirs else said


def _shown_by(facts: Facts, words: str) -> Said | None:
    yours = _arrived_in(facts)
    if yours is None or word_count(yours.text) < _SHOWN:
        return None
    theirs = facts.theirs(yours.text) or facts.theirs_said()
    if theirs is None:
        return None
    return Said(
        title="Said back to them",
        words=words,
        rule="Rule: say what you take from their words before you go on.",
        yours=yours,
        theirs=theirs,
    )


HEARD = Rule("heard", _heard_certainty, _heard, _FELT)
SAID_BACK = Rule("said_back", _said_back_certainty, _said_back, _FELT)
