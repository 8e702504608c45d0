"""The one strength: the most valuable thing that is really there, or none.

`STRENGTHS` is the table; its order is what a careful listener would value most.
"""

from __future__ import annotations

import re

from coach.feedback import inquiries
from coach.feedback.arrived import HEARD, SAID_BACK
from coach.feedback.card import Quote
from coach.feedback.facts import PLENTY, TAKEN_OVER, Facts
from coach.feedback.kindnesses import move_rule
from coach.feedback.margins import margin
from coach.feedback.owning import HONEST, OWNED_UP
from coach.feedback.quotes import stems, word_count
from coach.feedback.recaps import RECAP_CHECKED
from coach.feedback.rule import Rule, Said
from coach.feedback.waiting import TIME_GIVEN
from coach.listening.felt_heard import speaks_of_it

# To call words true to what was said is the boldest praise, and asks for the most.
_TRUE = 0.7
# Every point of a long story may have been twisted, so few of its paraphrases stand so high; but
# each step below lets as many reversals be praised as faithful attempts.
_FAITHFUL = 0.8
# A reversal takes over most of their words: of 305 written ones 20 were praised at 0.8, 7 at this,
# of as many faithful attempts 3 and 3 (nearly all of those are in fresh words).
_FAITHFUL_IN_THEIR_WORDS = 0.9
_RECITED = 16
"""Words: a clause said over shows which part arrived, a story recited a good memory."""
_TOLD = 3
"""Content words of a line that holds a point: "I think so, aye" has none to come back."""
_SURELY = 0.9
"""How sure it must be that a turn hands back at all. In 1,200 turns of talks seven were praised at
less; readers judged four of those and signed none, since they took up a word or two for a joke."""
_COUNT = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}

_OWN = 2
"""Content words that are not the mentor's, and half of all: so many make words fresh."""
_ECHO, _NEW = 5, 1
"""Content words, so many of them not the mentor's: so few, and no "you" or "she", only echo."""
_OF_SOMEBODY = re.compile(
    r"\b(?<!thank )(?:you(?:r|rs)?|he|she|they|him|her|his|them|their)(?:['’]\w+)?\b", re.IGNORECASE
)
_REACTIONS = stems(
    "ha haha hah lol oh ah wow love lovely good great nice funny awful thanks thank bloody hell god"
    " jesus christ"
)
"""Words beside an echo that do not make it more than one."""
_INVENTED = 30
"""A paraphrase that scores less hands back next to nothing: invented ones stand about 20."""


def _true_certainty(facts: Facts) -> float:
    """How sure it is that what is handed back is true to what was said."""
    paraphrase = facts.paraphrase
    if paraphrase is None or paraphrase.faithfulness < _FAITHFUL or facts.untrue:
        return 0.0
    if len(stems(facts.context)) < _TOLD or facts.reflects < _SURELY:
        return 0.0
    kept = facts.kept
    return min(facts.reflects, kept[0].p) if kept else 0.0


def _faithful_certainty(facts: Facts) -> float:
    paraphrase = facts.paraphrase
    # Own words twice over: as the models measure them, and with no long run taken over.
    if paraphrase is None or paraphrase.own_words < 0.6 or facts.copied_share >= 0.3:
        return 0.0
    if not _fresh(facts):
        return 0.0
    enough = paraphrase.coverage >= 0.5 or len(facts.kept) >= PLENTY
    return _true_certainty(facts) if enough else 0.0


def _fresh(facts: Facts) -> bool:
    """Whether the words to be quoted are the learner's own."""
    said = stems(facts.told_back[1].text) - _REACTIONS if facts.told_back else set()
    new = said - stems(facts.context)
    return len(new) >= _OWN and 2 * len(new) >= len(said)


def _echoes(yours: Quote, facts: Facts) -> bool:
    """Whether words only give back a few of the mentor's."""
    said = stems(yours.text) - _REACTIONS
    told = len(said) > 1 and _OF_SOMEBODY.search(yours.text) is not None
    return not told and len(said) <= _ECHO and len(said - stems(facts.context)) <= _NEW


def _faithful(facts: Facts) -> Said | None:
    if facts.told_back is None:
        return None
    point, yours = facts.told_back
    theirs, kept = facts.theirs_point(point), facts.kept
    if theirs is None:
        return None
    if len(kept) > 1:
        many = (
            f"{_COUNT.get(len(kept), 'Several')} of their points come back here as they were meant"
        )
    else:
        many = "Their point comes back here as it was meant"
    return Said(
        title="Heard, in fresh words",
        words=f"{many}, and in new words.",
        rule="Rule: saying it back your own way shows that it was understood.",
        yours=yours,
        theirs=theirs,
    )


def _complex_certainty(facts: Facts) -> float:
    if not speaks_of_it(facts.reading, facts.text, facts.context):
        return 0.0
    paraphrase = facts.paraphrase
    if paraphrase is not None:
        statuses = {point.status for point in paraphrase.key_points}
        # What keeps nothing of theirs has guessed at something else, however deep it sounds.
        invented = "covered" not in statuses and paraphrase.score < _INVENTED
        if paraphrase.faithfulness < 0.5 or "distorted" in statuses or invented:
            return 0.0
    return facts.reading.reflection.p.get("complex", 0.0)


def _complex(facts: Facts) -> Said | None:
    theirs = facts.theirs() or facts.theirs_said()
    if theirs is None:
        return None
    return Said(
        title="Heard behind the words",
        words="This reaches past what was said to what it may have meant. They can take it up or "
        "put it right.",
        rule="Rule: naming what lies behind the words shows the person was heard, not only the "
        "facts.",
        yours=facts.yours_handing_back(),
        theirs=theirs,
    )


def _insight(facts: Facts) -> Said:
    yours = facts.yours_moving("insight_applied")
    return Said(
        title="An idea put to use",
        words="This tells what became of something they gave. Few things show better that it was "
        "worth giving.",
        rule="Rule: use what you were given, and tell what came of it.",
        yours=yours,
        theirs=facts.theirs(yours.text) if yours else None,
    )


def _kept_promise(facts: Facts) -> Said:
    return Said(
        title="A promise answered for",
        words="This says what became of a promise. Trust grows on that, whether the news is good "
        "or not.",
        rule="Rule: report on what was promised before being asked twice.",
        yours=facts.yours_moving("follow_through"),
        theirs=facts.theirs(),
    )


def _feedback(facts: Facts) -> Said:
    return Said(
        title="Feedback asked, view offered",
        words="The turn asks for their view and puts its own beside it. That gives them something "
        "definite to answer.",
        rule="Rule: ask for feedback on one thing, and offer your own view of it.",
        yours=facts.yours_moving("feedback_request"),
    )


def _true_unechoed_certainty(facts: Facts) -> float:
    paraphrase = facts.paraphrase
    if paraphrase is None or paraphrase.faithfulness < _FAITHFUL_IN_THEIR_WORDS:
        return 0.0
    recited = sum(word_count(facts.text[a:b]) for a, b in facts.copied)
    if recited >= _RECITED and facts.copied_share >= TAKEN_OVER:
        return 0.0
    if facts.told_back is None or _echoes(facts.told_back[1], facts):
        return 0.0
    return _true_certainty(facts)


def _true(facts: Facts) -> Said | None:
    if facts.told_back is None:
        return None
    point, yours = facts.told_back
    theirs = facts.theirs_point(point)
    if theirs is None:
        return None
    return Said(
        title="Their point came back",
        words="This point of theirs comes back as they meant it, so they can hear it arrived.",
        rule="Rule: what is said back is known to have been heard.",
        yours=yours,
        theirs=theirs,
    )


STRENGTHS: tuple[Rule, ...] = (
    Rule("paraphrase_faithful", _faithful_certainty, _faithful, _TRUE),
    Rule("reflection_complex", _complex_certainty, _complex, margin("complex")),
    RECAP_CHECKED,
    HEARD,
    TIME_GIVEN,
    inquiries.OPEN_UPTAKE,
    Rule(
        "insight_applied",
        lambda f: f.move("insight_applied"),
        _insight,
        margin("insight_applied"),
    ),
    Rule(
        "follow_through",
        lambda f: f.move("follow_through"),
        _kept_promise,
        margin("follow_through"),
    ),
    Rule(
        "feedback_specific",
        lambda f: min(f.move("feedback_request"), f.move("own_observation")),
        _feedback,
        max(margin("feedback_request"), margin("own_observation")),
    ),
    OWNED_UP,
    move_rule("perspective_seeking"),
    move_rule("mutual_benefit"),
    inquiries.CLARIFYING,
    inquiries.LOST,
    Rule("paraphrase_true", _true_unechoed_certainty, _true, _TRUE),
    SAID_BACK,
    move_rule("own_observation"),
    HONEST,
    move_rule("guidance_preference"),
    move_rule("commitment"),
    move_rule("knowledge_share"),
    move_rule("feedback_request"),
    move_rule("confidentiality"),
    move_rule("casual_invite"),
    move_rule("topic_proposal"),
    inquiries.ONLY_OPEN,
    move_rule("appreciation"),
    move_rule("acknowledgment"),
)
"""What is worth saying first, most valuable first."""

BESIDE_HARM = frozenset(
    (
        "paraphrase_faithful",
        "paraphrase_true",
        "reflection_complex",
        "question_open_uptake",
        "follow_through",
        "insight_applied",
    )
)
"""Strengths that still count in a turn with a harmful move; courtesies do not."""
