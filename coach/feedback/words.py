"""What a card's marks are called, wherever it is shown: screen, plain lines, exports."""

from __future__ import annotations

from coach.feedback.card import Card, QuestionNote, Remark
from coach.listening.reading import KeyPointStatus, QuestionFlag, QuestionKind

WORKED = "Worked"
TO_TRY = "To try"
EXAMPLE = "For example"
ALSO_SEEN = "Also seen"
NOT_JUDGED = "Not enough to judge"
PLAIN = "Nothing stands out in this turn, for better or worse."
POINTS: dict[KeyPointStatus, str] = {
    "covered": "kept",
    "missed": "missed",
    "distorted": "turned around",
}
PERHAPS: dict[KeyPointStatus, str] = {
    "covered": "perhaps kept",
    "missed": "perhaps missed",
    "distorted": "perhaps not as meant",
}
QUESTIONS: dict[QuestionKind, str] = {"none": "no question", "open": "open", "closed": "closed"}
FLAGS: dict[QuestionFlag, str] = {
    "leading": "leading",
    "multiple": "more than one at once",
    "clarifying": "asks what was meant",
    "self_answered": "answers itself",
}


def question_words(note: QuestionNote) -> str:
    """The question's type and what marks it."""
    return ", ".join([QUESTIONS[note.kind], *(FLAGS[flag] for flag in note.flags)])


def point_words(status: KeyPointStatus, sure: bool) -> str:
    """What became of a key point, in a word or two; a perhaps where the models are not sure."""
    return (POINTS if sure else PERHAPS)[status]


def reason(card: Card) -> str:
    """Why a card judges nothing."""
    return card.reason or "there is too little to go on"


def why(remark: Remark) -> str:
    """The rule behind a remark, to stand after "Why:"."""
    return remark.rule.removeprefix("Rule: ")
