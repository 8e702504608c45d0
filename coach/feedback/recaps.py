"""The strengths of a story taken in: gone over and left to be put right; felt to be heard."""

from __future__ import annotations

import math
import re

from coach.feedback.card import Quote
from coach.feedback.facts import Facts
from coach.feedback.quotes import LONGEST, quote, sentences, stems, word_count
from coach.feedback.rule import Rule, Said
from coach.listening.felt_heard import feels_heard
from coach.listening.reading import PRESENT, Alone

_ANNOUNCED = re.compile(
    r"\blet me (?:say|go over|repeat|check)\b[^.?!:]*\b(?:back|got|heard|understood)\b",
    re.IGNORECASE,
)
_PUT_UP = re.compile(
    r"\b(?:(?:if|have) i(?:['’]ve| have)? (?:got|understood|heard|read|get|understand)"
    r"(?: (?:it|that|this|you|them|all))* (?:right|correctly|wrong)"
    r"|did i (?:understand|hear)(?: (?:it|that|this|you))* (?:right|correctly|wrong)"
    r"|is (?:that|this) (?:about )?(?:right|correct)|right so far"
    r"|tell me (?:if|where) i(?:['’](?:m|ve)| am| have) (?:wrong|got)\b[^.?!]*)\b",
    re.IGNORECASE,
)
_SILENT = 0.85
"""From here on it is too sure that nothing is handed back, whatever is said of going over it."""
_A_RECAP = 8
"""Words beside those that put it up."""
_SHOWS = 8
"""Words that show what was gone over."""
_TRUE = 0.7
"""What may be turned round lets nobody feel heard."""
_FELT = 0.75
"""How likely they must feel heard for that to be said: readers signed four of five such remarks."""
_MORE_THAN_AN_ECHO = 3
"""Content words of what is shown for it."""
_ECHO = 0.7
"""So much less do their own words over again show, or words of oneself."""
_FULLER = 0.5
"""So much more does a sentence of nearly three times the words show."""
_OF_ONESELF = re.compile(r"\bi(?:['’](?:m|ve|d|ll))?\b|\bme\b", re.IGNORECASE)


def put_up_for_checking(text: str) -> re.Match[str] | None:
    """The words that put what was understood up for checking; None where there are none."""
    return _ANNOUNCED.search(text) or _PUT_UP.search(text)


def _checked_certainty(facts: Facts) -> float:
    found = put_up_for_checking(facts.text)
    if found is None or facts.silent > _SILENT or facts.twisted:
        return 0.0
    # Much of it may come from earlier in the talk; but after a story something of that comes back.
    if facts.told and (facts.untrue or not facts.kept):
        return 0.0
    return 1.0 if facts.words - word_count(found[0]) >= _A_RECAP else 0.0


def _gone_over(text: str) -> Quote | None:
    """The sentence that puts it up, with what it announces, or what it is said of if short."""
    found = put_up_for_checking(text)
    if found is None:
        return None
    whole = [*sentences(text), (len(text), len(text))]
    at = next(n for n, (_, end) in enumerate(whole) if found.start() < end)
    start, end = whole[at]
    if found.re is _ANNOUNCED:
        end = whole[at + 1][1]
    elif word_count(text[start:end]) < _SHOWS:
        start = whole[max(0, at - 1)][0]
    return quote(text, (start, end))


def _checked(facts: Facts) -> Said:
    return Said(
        title="Gone over, and put up for checking",
        words="This goes over what was understood and leaves them to put it right. A slip shows "
        "now, and not in a week.",
        rule="Rule: say what you take with you, and ask whether it is so.",
        yours=_gone_over(facts.text),
    )


RECAP_CHECKED = Rule("recap_checked", _checked_certainty, _checked)


def _heard_certainty(facts: Facts) -> float:
    """How likely whoever told a story feels heard, where nothing of it may be wrong."""
    paraphrase = facts.paraphrase
    if paraphrase is None or paraphrase.faithfulness < _TRUE or facts.untrue or not facts.told:
        return 0.0
    return feels_heard(facts.reading, facts.text)


def _arrived_in(facts: Facts) -> Quote | None:
    """The sentence that shows most of what arrived, with those around it that hand back too."""
    alone = facts.reading.alone
    if not alone:
        return facts.yours_handing_back()
    best = max(range(len(alone)), key=lambda at: _shows(alone[at], facts))
    first = last = best
    for at in (*range(best - 1, -1, -1), *range(best + 1, len(alone))):
        start, end = min(first, at), max(last, at)
        near = end - start == last - first + 1 and alone[at].p.get("reflects", 0.0) >= PRESENT
        if near and alone[end].span[1] - alone[start].span[0] <= LONGEST:
            first, last = start, end
    return quote(facts.text, (alone[first].span[0], alone[last].span[1]))


def _shows(one: Alone, facts: Facts) -> float:
    """How much of what arrived a sentence shows: more the fuller it is, less where it echoes."""
    said = facts.text[slice(*one.span)]
    carried = sum(one.p.get(mark, 0.0) for mark in ("reflects", "complex", "summary"))
    if stems(said) <= stems(facts.context):
        carried -= _ECHO
    if _OF_ONESELF.search(said):
        carried -= _ECHO
    return carried + _FULLER * math.log1p(word_count(said))


def _heard(facts: Facts) -> Said | None:
    yours = _arrived_in(facts)
    if yours is None or len(stems(yours.text)) < _MORE_THAN_AN_ECHO:
        return None
    theirs = facts.theirs(yours.text) or facts.theirs_said()
    if theirs is None:
        return None
    return Said(
        title="What they said arrived",
        words="This takes up what they said and what it comes to, so they can tell that it "
        "arrived.",
        rule="Rule: say what you take from their words before you go on.",
        yours=yours,
        theirs=theirs,
    )


HEARD = Rule("heard", _heard_certainty, _heard, _FELT)
