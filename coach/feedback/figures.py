"""Numbers of a talk, shown on demand: they describe the talk, not the person."""

from __future__ import annotations

from collections.abc import Sequence

from coach.feedback.debrief_model import Figures, ReadTurn
from coach.feedback.quotes import word_count

_MARKS = (
    "Trainers call one reflection to each question fair and two good (MITI 4.2.1, made for "
    "counselling)."
)
_ABOUT = "The numbers describe this talk, not you."


def talk_figures(turns: Sequence[ReadTurn]) -> Figures:
    """Counts and shares over a talk's turns, in order.

    A turn that asks counts as one question, however many stand in it, and a turn that hands
    something back as one reflection. ``talk_share`` compares words: the learner's against the
    mentor's from the opening to the last reply.
    """
    judged = [turn for turn in turns if turn.reading.judged]
    asking = [turn for turn in judged if turn.reading.question.kind != "none"]
    reflecting = [turn for turn in judged if turn.reading.reflects]
    openly = [turn for turn in asking if turn.reading.question.kind == "open"]
    mine = sum(word_count(turn.text) for turn in turns)
    theirs = sum(word_count(turn.reply) for turn in turns)
    theirs += word_count(turns[0].context) if turns else 0
    return Figures(
        turns=len(turns),
        judged=len(judged),
        questions=len(asking),
        reflections=len(reflecting),
        reflections_to_questions=_share(len(reflecting), len(asking)),
        open_share=_share(len(openly), len(asking)),
        talk_share=_share(mine, mine + theirs),
        uptake=tuple(turn.reading.uptake for turn in judged),
        uptake_turns=tuple(turn.number for turn in judged),
        note=_note(len(judged), len(asking), len(reflecting)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _note(judged: int, questions: int, reflections: int) -> str:
    if not judged:
        return f"No turn could be judged, so there is little to count. {_ABOUT}"
    if not questions and not reflections:
        return f"Nothing was asked or said back, so there is nothing to compare. {_ABOUT}"
    if not questions:
        return f"No question was asked, so there is nothing to set reflections against. {_ABOUT}"
    if judged < 8:
        return f"{_MARKS} In a talk this short one turn moves every number. {_ABOUT}"
    return f"{_MARKS} {_ABOUT}"
