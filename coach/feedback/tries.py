"""The one thing to try: harm and distortion first, then the biggest chance that was missed."""

from __future__ import annotations

from coach.feedback import askings, chances, harms, waiting
from coach.feedback.heavy import HEAVY
from coach.feedback.rule import Rule

TRIES: tuple[Rule, ...] = (
    harms.DISMISSAL,
    harms.TOPIC_HIJACK,
    harms.UNSOLICITED_ADVICE,
    harms.PARAPHRASE_DISTORTED,
    harms.AMOUNT_CHANGED,
    harms.PARAPHRASE_DOUBTED,
    harms.PARAPHRASE_ADDED,
    chances.NOD,
    HEAVY,
    waiting.HURRIED,
    waiting.UNANSWERED,
    chances.UPTAKE,
    askings.QUESTION_NARROWED,
    askings.QUESTION_SELF_ANSWERED,
    askings.QUESTION_MULTIPLE,
    askings.QUESTION_LEADING,
    askings.QUESTION_WHY_NOT,
    chances.REFLECT,
    askings.FEEDBACK_SPECIFIC,
    askings.QUESTION_CLOSED,
    chances.COPIED,
    askings.QUESTIONS_IN_A_ROW,
    chances.PARAPHRASE_MISSED,
    chances.COMMITMENT_DATED,
)
"""What to mend, first things first."""

NEXT_STEPS: tuple[Rule, ...] = (chances.HAND_BACK, chances.REFLECT_DEEPER)
"""What to reach for where nothing needs mending."""
