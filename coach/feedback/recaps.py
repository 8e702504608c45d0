"""The strength of going over what was understood and leaving it to be put right."""

from __future__ import annotations

from coach.feedback.card import Quote
from coach.feedback.checking import ANNOUNCED, TAKEN_FOR, put_up_for_checking
from coach.feedback.facts import Facts
from coach.feedback.quotes import quote, sentences, word_count
from coach.feedback.rule import Rule, Said

_SILENT = 0.85
"""From here on it is too sure that nothing is handed back, whatever is said of going over it."""
_GONE_OVER = 2
"""Points that came back, where another may be wrong."""
_A_RECAP = 8
"""Words beside those that put it up."""
_SHOWS = 8
"""Words that show what was gone over."""


def _checked_certainty(facts: Facts) -> float:
    found = put_up_for_checking(facts.text)
    if found is None or facts.silent > _SILENT:
        return 0.0
    # Much of it may come from earlier in the talk; but after a story something of that comes back,
    # as it has to where "so you're saying it's my fault?" may only protest. Who goes over more than
    # one point has put up for checking what may be wrong as well.
    if facts.told or found.re is TAKEN_FOR:
        enough = _GONE_OVER if facts.untrue else 1
        if len(facts.kept) < enough:
            return 0.0
    elif facts.twisted:
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
    if found.re is ANNOUNCED:
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
