"""What to mend first: harmful moves, and words handed back wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coach.feedback.card import Quote
from coach.feedback.checking import put_up_for_checking
from coach.feedback.facts import Facts, in_doubt
from coach.feedback.margins import margin
from coach.feedback.quotes import sentence_of, stems
from coach.feedback.rule import Rule, Said
from coach.listening.reading import PRESENT, KeyPoint, Span

_NO_ADVICE = re.compile(
    r"!\W*$|\b(?:ha(?:ha)+|lol)\b|\b(?:should|could)(?:['’]ve| have|n['’]t have| of)\b",
    re.IGNORECASE,
)
"""A joke, or what should have been done."""
_ASKED = re.compile(r"\b(?:i|we|me)\b[^.!?]*\?\W*$", re.IGNORECASE)
"""The end of a line that asks what to do oneself: "What do I do when she has no card?"."""


def _dismissal(facts: Facts) -> Said:
    return Said(
        title="Let their words stand",
        words="This sets aside something they said. Taken up first, in a sentence, their point "
        "stands, and there is still room to see it differently.",
        rule="Rule: what somebody has lived through is taken up before it is argued with.",
        yours=facts.yours_moving("dismissal"),
        theirs=facts.theirs(),
        example=facts.better_paraphrase,
    )


def _hijack(facts: Facts) -> Said:
    return Said(
        title="Stay with their point",
        words="The turn moves on and leaves their point behind. One sentence about it first, "
        "then the new thing, keeps both.",
        rule="Rule: finish with what was said before bringing in something new.",
        yours=facts.yours_moving("topic_hijack"),
        theirs=facts.theirs_said(),
        example=facts.better_paraphrase,
    )


def _advice(facts: Facts) -> Said:
    return Said(
        title="Ask before advising",
        words="This says what to do before anybody asked for it. A question about what they have "
        "tried or thought leaves the choice with them.",
        rule="Rule: advice helps once it has been asked for.",
        yours=facts.yours_moving("unsolicited_advice"),
        theirs=facts.theirs() or (facts.theirs_said() if facts.told else None),
        example=facts.better_question,
    )


def _distorted(facts: Facts) -> Said | None:
    found = _told_as(facts, facts.points("distorted"))
    if found is None:
        return None
    point, theirs = found
    yours = facts.yours_handing_back(point.text)
    return Said(
        title="Set one point right",
        words=f"One point comes back differently from how they said it{_turning(point, yours)}. "
        "Set the two side by side, and say it again their way or ask.",
        rule="Rule: hand back who, what and how much as it was said; where unsure, ask.",
        yours=yours,
        theirs=theirs,
        example=facts.better_paraphrase,
    )


def _told_as(facts: Facts, points: Iterable[KeyPoint]) -> tuple[KeyPoint, Quote] | None:
    """The first of some points whose words can be shown, with these."""
    pairs = ((point, facts.theirs_point(point)) for point in points)
    return next(((point, theirs) for point, theirs in pairs if theirs is not None), None)


def _turning(point: KeyPoint, yours: Quote | None) -> str:
    """Which of the words shown it is, as far as the model can tell."""
    if point.word is None or yours is None:
        return ""
    start, end = (place - yours.span[0] for place in point.word)
    within = start >= 0 and end <= len(yours.text)
    return f", perhaps with “{yours.text[start:end]}”" if within else ""


def _doubt_certainty(facts: Facts) -> float:
    # Who goes over a story turns a point round sooner than who takes up a word of it.
    if facts.move("summary") < PRESENT or put_up_for_checking(facts.text):
        return 0.0
    return facts.reflects if any(map(in_doubt, facts.key_points)) else 0.0


def _doubted(facts: Facts) -> Said | None:
    doubted = filter(in_doubt, facts.key_points)
    found = _told_as(facts, sorted(doubted, key=lambda point: -point.turned))
    if found is None:
        return None
    point, theirs = found
    yours = facts.yours_handing_back(point.text)
    return Said(
        title="Check this one",
        words=f"This may not be quite as they told it{_turning(point, yours)}. The coach cannot be "
        "sure; they can: ask “is that how it was?”",
        rule="Rule: what may have come back otherwise is put up for checking.",
        yours=yours,
        theirs=theirs,
    )


def _unsupported(facts: Facts) -> Span | None:
    """An added claim that not a word of the mentor's line bears out."""
    heard = stems(facts.context)
    return next((s for s in facts.added if not stems(facts.text[s[0] : s[1]]) & heard), None)


def _added_certainty(facts: Facts) -> float:
    if facts.paraphrase is None or facts.own_story or _unsupported(facts) is None:
        return 0.0
    return min(facts.reflects, 1.0 if facts.paraphrase.faithfulness < 0.8 else 0.0)


def _added(facts: Facts) -> Said:
    span = _unsupported(facts)
    return Said(
        title="Keep to what they said",
        words="This part is not in what they just said. Where it is a guess, it makes a good "
        "question.",
        rule="Rule: handing back holds only what was said; a guess is asked.",
        yours=facts.yours([span] if span else []),
        theirs=facts.theirs_said(),
        example=facts.better_paraphrase,
    )


def _amount(facts: Facts) -> Said | None:
    if facts.changed_amount is None:
        return None
    mine, told = facts.changed_amount
    said, was = facts.text[slice(*mine)], facts.context[slice(*told)]
    return Said(
        title="Check the number",
        words=f"This says “{said}” where they said “{was}”. If it is the same thing that is meant, "
        "their number is worth keeping; where unsure, ask.",
        rule="Rule: who, what and how much come back as they were said.",
        yours=facts.yours([mine]),
        theirs=facts.theirs_sentence(sentence_of(facts.context, told) or told),
    )


def _advises_certainty(facts: Facts) -> float:
    said = facts.yours_moving("unsolicited_advice")
    # Who is asked what to do may say; "You should charge extra for that one!" is fun, and
    # "You should've let him think it" comes too late to be advice.
    if said is None or _ASKED.search(facts.context) or _NO_ADVICE.search(said.text):
        return 0.0
    return facts.harm("unsolicited_advice")


DISMISSAL = Rule("dismissal", lambda f: f.harm("dismissal"), _dismissal, margin("dismissal"))
TOPIC_HIJACK = Rule(
    "topic_hijack", lambda f: f.harm("topic_hijack"), _hijack, margin("topic_hijack")
)
UNSOLICITED_ADVICE = Rule(
    "unsolicited_advice",
    _advises_certainty,
    _advice,
    margin("unsolicited_advice"),
)
PARAPHRASE_DISTORTED = Rule(
    "paraphrase_distorted",
    lambda f: max((p.p for p in f.points("distorted")), default=0.0),
    _distorted,
    margin("distorted"),
)
PARAPHRASE_DOUBTED = Rule("paraphrase_doubted", _doubt_certainty, _doubted)
AMOUNT_CHANGED = Rule("amount_changed", lambda f: float(f.changed_amount is not None), _amount)
PARAPHRASE_ADDED = Rule("paraphrase_added", _added_certainty, _added)
