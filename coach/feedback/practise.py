"""One thing to practise next, by the skill that the talk asked for most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coach.feedback.debrief_model import ReadTurn
from coach.feedback.tries import NEXT_STEPS, TRIES

PRACTISE = {
    "dismissal": "Before you see a thing differently, say in one sentence how they see it.",
    "topic_hijack": "Stay one turn longer with each thing they tell before bringing your own.",
    "unsolicited_advice": "When a suggestion comes to mind, ask a question about it instead.",
    "paraphrase_distorted": "When you say something back, end with “is that right?” and wait.",
    "amount_changed": "Say numbers and days back as they were told; where unsure, ask.",
    "paraphrase_doubted": "After a longer retelling, ask “is that how it was?” and wait.",
    "paraphrase_added": "Keep what they said and what you guess apart: say the one, ask the other.",
    "nod": "After each “I see”, add one thing that you heard.",
    "heavy": "When they tell something hard, say a few words to it before anything else.",
    "hurried": "When they think, count to ten before you type.",
    "question_unanswered": "When they ask you something, answer first, then ask.",
    "uptake": "Begin each turn with something they just said.",
    "question_narrowed": "After an open question, put no second one.",
    "question_self_answered": "Ask, and then count to three before you type on.",
    "question_multiple": "One question a turn: send the first, keep the second for later.",
    "question_leading": "Ask so that a no is as easy to say as a yes.",
    "question_why_not": "Where “why didn’t you” comes to mind, ask what stood in the way.",
    "reflect": "After each story, say its point back in one sentence before anything else.",
    "feedback_specific": "Before asking for their view, say one thing you noticed yourself.",
    "question_closed": "Begin each question with “what” or “how”.",
    "copied": "Say things back without using their nouns.",
    "questions_in_a_row": "Between any two questions, say back what the first one brought.",
    "paraphrase_missed": "When you say something back, look for the part with feeling in it.",
    "commitment_dated": "Put a day to every promise.",
    "hand_back": "When you have answered a question of theirs, ask one.",
    "reflect_deeper": "Once the words are back, try a guess at what mattered in them.",
}
"""What to practise, per skill of a thing to try."""

_ORDER = [rule.skill for rule in (*TRIES, *NEXT_STEPS)]
_STEPS = frozenset(rule.skill for rule in NEXT_STEPS)
_HARMS = frozenset(("dismissal", "topic_hijack", "unsolicited_advice", "paraphrase_distorted"))


def practise_next(turns: Sequence[ReadTurn]) -> tuple[str | None, str | None]:
    """What to practise and its skill: what came up most, harm counting twice; None if nothing.

    Ties go to what the tables put first.
    """
    counts: Counter[str] = Counter()
    for turn in turns:
        if turn.card.try_next is not None:
            skill = turn.card.try_next.skill
            # A next step up is only the thing to practise where nothing else is.
            counts[skill] += 200 if skill in _HARMS else 1 if skill in _STEPS else 100
    known = [skill for skill in counts if skill in PRACTISE]
    if not known:
        return None, None
    skill = min(known, key=lambda s: (-counts[s], _ORDER.index(s)))
    return PRACTISE[skill], skill
