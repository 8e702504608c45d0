"""Chances to show that the mentor was heard, and next steps where nothing needs mending."""

from __future__ import annotations

import re

from coach.feedback.asking import SURE
from coach.feedback.facts import PLENTY, TAKEN_OVER, Facts
from coach.feedback.margins import RARELY, margin
from coach.feedback.quotes import sentences, word_count
from coach.feedback.rule import Rule, Said
from coach.listening.reading import PRESENT, Span

_NOD = 6
_BUILDS = 0.4
_AN_ANSWER = 8
_SURELY_MISSED = 0.7
_A_RECAP = 10
"""Words of theirs that are more than an echo."""
_IN_FULL = 16
"""Words that hand something back: who says so many has chosen what to leave out."""
_MAY_BE_DEEP = 0.4
"""Who may have said what it comes to, "so you sort of won", need not go over the rest."""
_TAKES_SIDES = re.compile(
    r"^\W*(?:(?:oh|wow|no|god|jesus|ah),? )*(?:what an? |how (?:awful|rude|dare|sad|horrible)|poor "
    r"|that(?:['’]s| is| was) (?:awful|terrible|mad|rude|outrageous|horrible|sad))",
    re.IGNORECASE,
)
"""More than a nod, however few words: it says what one makes of it."""
_GUESSES_AT_THEM = re.compile(
    r"\b(?:i (?:imagine|guess|suppose|suspect|sense|gather|bet)|it (?:sounds|seems|looks))\b"
    r"[^.!?]*\byou(?:['’]?(?:re|ve|d|ll)|r|rs)?\b",
    re.IGNORECASE,
)
"""Who guesses at what it was like for them has handed the turn back."""
# "As they were meant" is said of no less than what is praised as true.
_TRUE = 0.7

_A_DAY = re.compile(
    r"\b(?:today|ton(?:ight|ite)|tomor+ow|tmr\w*|tmw|2moro"
    r"|this (?:morning|afternoon|evening|week|month)|next (?:week|month"
    r"|time|meeting|session)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|tues|wed|weds|thu"
    r"|thur|thurs|fri|sat|sun|by|before|after|until|till|within|in (?:a|an|one|two|three|\d+) \w+"
    r"|on the \d+\w*|\d+(?:st|nd|rd|th)|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|weekend|end of|now|straight away|right away|as soon as"
    r"|when|in (?:the|\w+) (?:morning|afternoon|evening|minutes?|hours?|days?|weeks?|months?"
    r"|years?)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days|\d+ ?(?:am|pm)|o['’]?clock|noon|midnight|lunch"
    r"|(?:tea )?break"
    r"|at (?:half|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)"
    r"|(?:every|each|this|next|over|once an?) \w+|immediately|at once|later|first thing)\b",
    re.IGNORECASE,
)


def _nod_certainty(facts: Facts) -> float:
    if _TAKES_SIDES.search(facts.text):
        return 0.0
    if facts.words > _NOD or facts.helpful or facts.context_asks or facts.asks >= 0.4:
        return 0.0
    if not facts.told or facts.greeting:
        return 0.0
    return min(facts.move("acknowledgment"), facts.silent)


def _nod(facts: Facts) -> Said:
    return Said(
        title="Say what you heard",
        words="A nod like this leaves them the floor. A few words on what was heard would show "
        "which part of it arrived.",
        rule="Rule: after a nod, one thing you heard, in your own words.",
        yours=facts.yours([]),
        theirs=facts.theirs_said(),
        example=facts.better_paraphrase,
    )


def _uptake_certainty(facts: Facts) -> float:
    # Two witnesses: the model finds no building on it, and no word of it comes up again.
    if facts.overlap or facts.helpful or facts.context_asks or facts.greeting:
        return 0.0
    # After a line that only hands over the floor there is nothing to take up.
    if not facts.told or facts.reading.reflects or facts.move("acknowledgment") >= PRESENT:
        return 0.0
    return 0.0 if facts.own_story else 1.0 - facts.reading.uptake


def _uptake(facts: Facts) -> Said | None:
    theirs = facts.theirs_said()
    if theirs is None:
        return None
    return Said(
        title="Pick up one point",
        words="Nothing here takes up what they just said. Naming one point of theirs first shows "
        "it was heard.",
        rule="Rule: begin from something they said.",
        yours=facts.yours([]),
        theirs=theirs,
        example=facts.better_paraphrase,
    )


def _reflect_certainty(facts: Facts) -> float:
    # What builds on the story, be it a question, a promise or one's own case, is listening too.
    asks_on = facts.reading.question.kind != "none" and facts.overlap
    builds = asks_on or facts.own_story or facts.reading.uptake >= _BUILDS
    builds = builds or bool(facts.helpful - {"appreciation"})
    taken_in = facts.move("acknowledgment") >= PRESENT
    if not facts.told or facts.context_asks or facts.greeting or builds or taken_in:
        return 0.0
    return facts.silent


def _reflect(facts: Facts) -> Said | None:
    theirs = facts.theirs_said()
    if theirs is None:
        return None
    return Said(
        title="Say back what you heard",
        words="These words of theirs are left standing. One sentence that says them back, put "
        "your own way, shows they arrived.",
        rule="Rule: when somebody tells a story, hand its point back before going on.",
        yours=facts.yours([]),
        theirs=theirs,
        example=facts.better_paraphrase,
    )


def _copied_certainty(facts: Facts) -> float:
    paraphrase = facts.paraphrase
    if paraphrase is None or facts.copied_share < TAKEN_OVER:
        return 0.0
    # A few words of theirs said over show wonder, or what a question is about.
    if sum(word_count(facts.text[a:b]) for a, b in facts.copied) < _A_RECAP:
        return 0.0
    return min(facts.reflects, 1.0 - paraphrase.own_words)


def _copied(facts: Facts) -> Said:
    first, last = facts.copied[0]
    return Said(
        title="Use your own words",
        words="These are their words, nearly as they said them. Put another way, they would show "
        "what you made of them.",
        rule="Rule: say it the way you understood it.",
        yours=facts.yours(facts.copied),
        theirs=facts.theirs(facts.text[first:last]),
        example=facts.better_paraphrase,
    )


def _missed_certainty(facts: Facts) -> float:
    if facts.paraphrase is None or facts.asks >= 0.4:
        return 0.0
    # Who hands back half of a story, or three points of a long one, has done what is asked.
    if facts.paraphrase.coverage >= 0.5 or len(facts.kept) >= PLENTY:
        return 0.0
    back = facts.yours_handing_back()
    if back and word_count(back.text) >= _IN_FULL:
        return 0.0
    # "With a flag, that's cruel. I'd have stayed home." has said enough.
    deep = facts.reading.reflection.p.get("complex", 0.0) >= _MAY_BE_DEEP
    if facts.own_story or deep or facts.move("summary") >= PRESENT:
        return 0.0
    missed = facts.points("missed")
    return min(facts.reflects, missed[0].p) if missed and facts.kept else 0.0


def _missed(facts: Facts) -> Said | None:
    # Of the points left out, one with feeling in it matters most; else the last one said.
    missed = [point for point in facts.points("missed") if point.p >= _SURELY_MISSED]
    for point in sorted(missed, key=lambda p: _weight(facts, p.span)):
        theirs = facts.theirs_point(point)
        if theirs is not None:
            return Said(
                title="One more point waits",
                words="Part of what they said comes back, and this part does not yet. It may be "
                "where they would go on.",
                rule="Rule: hand back the points that carry the story, not only the nearest.",
                yours=facts.yours_handing_back(),
                theirs=theirs,
                example=facts.better_paraphrase,
            )
    return None


def _weight(facts: Facts, span: Span | None) -> tuple[bool, int]:
    if span is None:
        return True, 0
    felt = facts.felt is not None and span[0] < facts.felt[1] and facts.felt[0] < span[1]
    return not felt, -span[0]


def _dated_certainty(facts: Facts) -> float:
    said = facts.yours_moving("commitment")
    day = _A_DAY.search(facts.text) or _A_DAY.search(facts.context)
    # Who asks leave has not promised yet.
    return 0.0 if said is None or day or "?" in said.text else facts.move("commitment")


def _dated(facts: Facts) -> Said:
    return Said(
        title="Put a day to it",
        words="The promise is clear, and when it will be kept is still open. A day makes it easy "
        "to ask after.",
        rule="Rule: a promise says what and by when.",
        yours=facts.yours_moving("commitment"),
    )


def _give_back_certainty(facts: Facts) -> float:
    # One answer without a question is only an answer; the second in a row is a habit.
    before = facts.previous
    if before is None or not before.judged or before.question.p.get("none", 0.0) < SURE:
        return 0.0
    if not facts.context_asks or facts.words < _AN_ANSWER or facts.greeting:
        return 0.0
    if facts.reading.uptake < _BUILDS:
        return 0.0  # it answers something else, or nothing
    guessed = _GUESSES_AT_THEM.search(facts.text)
    return 0.0 if facts.helpful or facts.reading.reflects or guessed else 1.0 - facts.asks


def _give_back(facts: Facts) -> Said | None:
    mine, asked = sentences(facts.text), sentences(facts.context)
    return Said(
        title="Hand the turn back",
        words="Their question has its answer, and the talk could rest there. A question in return "
        "keeps it going both ways.",
        rule="Rule: after your answer, ask.",
        yours=facts.yours(mine[-1:]),
        theirs=facts.theirs_sentence(asked[-1]) if asked else None,
        example=facts.better_question,
    )


def _deeper_certainty(facts: Facts) -> float:
    paraphrase = facts.paraphrase
    if paraphrase is None or facts.felt is None or paraphrase.faithfulness < 0.8 or facts.untrue:
        return 0.0
    # Who says what it comes to for themselves has gone on already.
    if facts.asks >= 0.4 or facts.own_story or not facts.kept:
        return 0.0
    return facts.reading.reflection.p.get("simple", 0.0)


def _deeper(facts: Facts) -> Said:
    return Said(
        title="Reach for what lies behind",
        words="The words come back as they were meant. A next step is to guess at what mattered "
        "in them, and to let them correct it.",
        rule="Rule: once the words are back, try the meaning behind them.",
        yours=facts.yours_handing_back(),
        theirs=facts.theirs_said(),
    )


NOD = Rule("nod", _nod_certainty, _nod, margin("acknowledgment"))
UPTAKE = Rule("uptake", _uptake_certainty, _uptake, 0.8)
REFLECT = Rule("reflect", _reflect_certainty, _reflect)
COPIED = Rule("copied", _copied_certainty, _copied)
PARAPHRASE_MISSED = Rule("paraphrase_missed", _missed_certainty, _missed, _SURELY_MISSED)
COMMITMENT_DATED = Rule("commitment_dated", _dated_certainty, _dated, RARELY)
HAND_BACK = Rule("hand_back", _give_back_certainty, _give_back)
REFLECT_DEEPER = Rule("reflect_deeper", _deeper_certainty, _deeper, _TRUE)
