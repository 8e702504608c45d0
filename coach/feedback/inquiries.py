"""Strengths that are questions: from their words, asked and not assumed, open for a story."""

from __future__ import annotations

import re

from coach.feedback.asking import (
    aims_elsewhere,
    asks_openly,
    asks_to_ask,
    asks_what_to_do,
    asks_why_not,
    guessed_at,
)
from coach.feedback.askings import narrows
from coach.feedback.card import Quote
from coach.feedback.facts import Facts
from coach.feedback.margins import margin
from coach.feedback.quotes import quote, sentences, stems, word_count
from coach.feedback.rule import Rule, Said
from coach.feedback.told import asks_to_tell
from coach.feedback.waiting import BIDDEN, INVITES_A_QUESTION

_NO_TIE = stems("want tell say ask know think mean see thing time day week year morning night")
"""Words that nearly any two lines share."""
# "What do you mean, you can't keep them together?" protests, and has understood.
_PROTESTS = re.compile(
    r"\bwhat d(?:o|['’])?\s?(?:you|ya|ye) mean\b[^?]*\b(?:not|no|can['’]?t|cannot|won['’]?t)\b",
    re.IGNORECASE,
)
# "And then what?" and "Did you look or not?" ask for no meaning.
_OF_MEANING = re.compile(
    r"\b(?:mean\w*|as in|which|(?<!then )what|who|how|understand|follow|lost|is it that"
    r"|or(?! not\b))\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:you(?:['’]?ve| have)? (?:\w+ ){0,2}?lost me|i(?:['’]?ve| have)? (?:\w+ ){0,2}?lost you)"
    r"(?=\W*(?:$|[,;])| (?:a (?:bit|little)|there|here|now|at|on|again|somewhere|completely)\b)"
    r"|\b(?:not|don['’]?t|do not) (?:quite |really )?(?:sure (?:that )?i )?"
    r"(?:quite |really )?follow(?=\W*(?:$|[,;])| (?:you|that|this|it)\b(?!\W+\w))",
    re.IGNORECASE,
)
"""Says that what was said last was not followed."""
_ACCUSES = re.compile(
    r"^\W*(?:\w+,? )?why\b|\bhow d(?:o|['’]) ?(?:you|ya|ye) mean\b", re.IGNORECASE
)
"""Begins with a why, or asks what is meant: neither asks for a story."""
_A_CHECK = 3
"""Words of a question that only has a guess confirmed."""
_WORD_FOR_IT = re.compile(r"\b(?:wh(?:at|o|ich|ere)|how)\b", re.IGNORECASE)
_WORDING = re.compile(r"\b(what|how|why)(?:['’]?s)?\b")
_CLEAR = 0.85
_TIED = 0.25
"""An open question of less uptake is about something else."""


def _open_certainty(facts: Facts) -> float:
    if BIDDEN.search(facts.context):
        return 0.0
    # Who is asked "How did you arrive at it?" and asks something back has not answered.
    if facts.context_asks and not INVITES_A_QUESTION.search(facts.context):
        return 0.0
    # What is to stop after its question is not praised for it as well.
    if narrows(facts.text):
        return 0.0
    # "Why didn't you ring?" is open, and asks for a defence; "Can I ask about the file?" waits;
    # "What do I press?" wants to be told; "Why don't we start?" proposes and "How is that fair?"
    # blames; "What does she need, a list?" has an answer in it.
    spoilt = (asks_why_not, asks_to_ask, asks_what_to_do, aims_elsewhere)
    if any(sign(facts.asked) for sign in spoilt):
        return 0.0
    guessed = any(guessed_at(facts.text, span) for span in facts.reading.question.evidence)
    return 0.0 if guessed else facts.openly


def _open_uptake_certainty(facts: Facts) -> float:
    return _open_certainty(facts) if facts.reading.uptake >= 0.6 and facts.overlap else 0.0


def _open_uptake(facts: Facts) -> Said | None:
    asked = facts.yours_asking()
    # The tie has to show in the question itself.
    theirs = facts.theirs(facts.asked)
    if asked is None or theirs is None or theirs.text.endswith("?"):
        return None
    if stems(facts.asked) & stems(theirs.text) <= _NO_TIE:
        return None
    if _PROTESTS.search(facts.asked) or not asks_openly(facts.asked):
        return None
    # "What am I taking?" has a word for its answer: it is clear, or made clear, but not open.
    if "clarifying" in facts.flags and not asks_to_tell(facts.asked):
        return None
    return Said(
        title="A question from their words",
        words="The question starts from something they said and leaves the answer to them.",
        rule="Rule: an open question about what was just said shows it was heard.",
        yours=asked,
        theirs=theirs,
    )


def _clarifying_certainty(facts: Facts) -> float:
    if "clarifying" not in facts.question.flags:
        return 0.0
    # "Both what, please?" takes up no word that counts, and has to be clear by itself.
    clear = facts.reading.question.flag_p.get("clarifying", 1.0) >= _CLEAR
    return facts.asks if facts.overlap or clear else 0.0


def _clarifying(facts: Facts) -> Said | None:
    yours = facts.yours_flagged("clarifying")
    theirs = yours and (facts.theirs(yours.text) or facts.theirs() or facts.theirs_said())
    if yours is None or theirs is None:
        return None
    # "Is it that?" checks a guess.
    if word_count(yours.text) <= _A_CHECK and not _WORD_FOR_IT.search(yours.text):
        return None
    if _PROTESTS.search(yours.text) or not _OF_MEANING.search(yours.text):
        return None
    return Said(
        title="Asked, not assumed",
        words="The question asks what they meant, where it would have been easy to guess.",
        rule="Rule: where a word can mean two things, ask.",
        yours=yours,
        theirs=theirs,
    )


def _only_open_certainty(facts: Facts) -> float:
    """An open question with nothing else to it that asks for a story, and is the only one.

    One after another is an interview, but where something is said back between them.
    """
    again = facts.previous is not None and facts.previous.question.kind == "open"
    again = again and facts.reflects < margin("reflects")
    stacked = len(facts.question.evidence) > 1
    if again or stacked or not asks_to_tell(facts.asked) or _ACCUSES.search(facts.asked):
        return 0.0
    return 0.0 if facts.reading.uptake < _TIED else _open_certainty(facts)


def _open(facts: Facts) -> Said:
    wording = _WORDING.search(facts.asked.lower())
    return Said(
        title="The answer is theirs",
        words="The question is open: it lets them choose where to start and how far to go.",
        rule=f"Rule: a question that asks “{wording[1]}” leaves the answer to them."
        if wording
        else "Rule: an invitation to tell leaves the answer to them.",
        yours=facts.yours_asking(),
        # What else the turn took up says nothing of the question.
        theirs=facts.theirs(facts.asked),
    )


def _lost_certainty(facts: Facts) -> float:
    return 1.0 if facts.their_statements and _lost_in(facts) else 0.0


def _lost_in(facts: Facts) -> Quote | None:
    at = (span for span in sentences(facts.text) if _LOST.search(facts.text[slice(*span)]))
    span = next(at, None)
    return quote(facts.text, span) if span else None


def _lost(facts: Facts) -> Said:
    return Said(
        title="Lost, and said so",
        words="This says that you did not follow. Many nod here and guess; now they can put it "
        "another way.",
        rule="Rule: say it when you lose the thread.",
        yours=_lost_in(facts),
        theirs=facts.theirs_said(),
    )


LOST = Rule("said_lost", _lost_certainty, _lost)
OPEN_UPTAKE = Rule("question_open_uptake", _open_uptake_certainty, _open_uptake)
CLARIFYING = Rule("clarifying", _clarifying_certainty, _clarifying)
ONLY_OPEN = Rule("question_open", _only_open_certainty, _open)
