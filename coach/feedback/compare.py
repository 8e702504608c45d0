"""A turn taken again, beside the attempt before it, in words: what changed, either way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from coach.feedback.card import Card, Remark
from coach.feedback.tries import TRIES

_RANK = {rule.skill: rank for rank, rule in enumerate(TRIES)}
_SAYS_AT_MOST = 3


def _hands_back(card: Card) -> bool:
    return _count(card, "covered") > 0


def _asks_openly(card: Card) -> bool:
    return card.question is not None and card.question.kind == "open"


# That a remark is gone does not yet show that what it asked for was done; these signs do.
_SHOWS: Mapping[str, Callable[[Card], bool]] = {
    **dict.fromkeys(
        (
            "nod",
            "uptake",
            "reflect",
            "copied",
            "paraphrase_missed",
            "paraphrase_distorted",
            "paraphrase_added",
            "amount_changed",
            "questions_in_a_row",
        ),
        _hands_back,
    ),
    **dict.fromkeys(
        (
            "question_closed",
            "question_leading",
            "question_narrowed",
            "question_why_not",
            "question_self_answered",
        ),
        _asks_openly,
    ),
    "question_multiple": lambda card: card.question is not None,
    "commitment_dated": lambda card: "commitment" in card.moves,
    "feedback_specific": lambda card: "feedback_request" in card.moves,
}


def compare(before: Card, after: Card, before_text: str, after_text: str) -> str:
    """What changed between two attempts at a turn, in one to three plain sentences.

    Args:
        before: the card of the attempt before.
        after: the card of the new one.
        before_text: the words of the attempt before.
        after_text: the words of the new one.
    """
    if not after.judged:
        return "The new try could not be judged; the one before still stands beside it."
    if not before.judged:
        return "There is something to read now; the try before could not be judged."
    found = [
        *_mended(before, after),
        *_points(before, after),
        *_question(before, after),
        *_borrowed(before, after),
    ]
    if found:
        return " ".join(found[:_SAYS_AT_MOST])
    if _words(before_text) == _words(after_text):
        return "Both tries say the same."
    if after.strength is not None and (before.strength is None):
        return f"New in this try: {_lowered(after.strength.title)}."
    return "Other words, and nothing that a card would tell apart; read side by side."


def _mended(before: Card, after: Card) -> list[str]:
    old, new = _to_mend(before), _to_mend(after)
    if old is None:
        return [f"Something new to look at: {_lowered(new.title)}."] if new else []
    if new is None:
        shows = _SHOWS.get(old.skill)
        is_done = "is done" if shows and shows(after) else "no longer stands out"
        return [f"What there was to try {is_done}: {_lowered(old.title)}."]
    if new.skill == old.skill:
        return []
    if _RANK[new.skill] < _RANK[old.skill]:
        return [f"Something to look at first: {_lowered(new.title)}."]
    return [f"On from “{_lowered(old.title)}” to the next thing: {_lowered(new.title)}."]


def _points(before: Card, after: Card) -> list[str]:
    """What is surely on one side and, as far as can be told, not on the other."""
    words: list[str] = []
    if (more := _count(after, "covered") - _perhaps(before, "covered")) > 0:
        words.append(f"{_more(more)} of their points came back.")
    elif after.points and (more := _count(before, "covered") - _perhaps(after, "covered")) > 0:
        words.append(f"{_more(more)} of their points came back the first time.")
    if after.points and _count(before, "distorted") and not _perhaps(after, "distorted"):
        words.append("What came back differently before is as they said it, or left out.")
    elif _count(after, "distorted") > _perhaps(before, "distorted"):
        words.append("A point now comes back differently from how they said it.")
    return words


def _question(before: Card, after: Card) -> list[str]:
    old = before.question.kind if before.question else "none"
    new = after.question.kind if after.question else "none"
    if old == new:
        return []
    if new == "none":
        return ["The question is gone, and the floor is theirs."]
    if old == "none":
        return [f"There is a question now, {'an open' if new == 'open' else 'a closed'} one."]
    return [f"The question was {old} and is {new} now."]


def _borrowed(before: Card, after: Card) -> list[str]:
    words: list[str] = []
    if before.copied and not after.copied and after.points:
        words.append("The words are your own this time.")
    elif after.copied and not before.copied:
        words.append("More of the words are theirs this time.")
    if before.added and not after.added and after.points:
        words.append("What they had not said is gone.")
    elif after.added and not before.added:
        words.append("Something came in that they had not said.")
    return words


def _to_mend(card: Card) -> Remark | None:
    remark = card.try_next
    return remark if remark is not None and remark.skill in _RANK else None


def _count(card: Card, status: str) -> int:
    return sum(point.status == status and point.sure for point in card.points)


def _perhaps(card: Card, status: str) -> int:
    """How many points may have a status, those that are not sure included."""
    return sum(point.status == status for point in card.points)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _more(count: int) -> str:
    return {1: "One more", 2: "Two more", 3: "Three more"}.get(count, "Several more")


def _lowered(title: str) -> str:
    return title[0].lower() + title[1:]
