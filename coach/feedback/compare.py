"""A turn taken again, beside the attempt before it, in words: what changed, either way."""

from __future__ import annotations

from coach.feedback.card import Card, Remark
from coach.feedback.tries import TRIES
from coach.listening.overlap import content_words

_RANK = {rule.skill: rank for rank, rule in enumerate(TRIES)}
_SAYS_AT_MOST = 3


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
    if content_words(before_text) == content_words(after_text):
        return "Both tries say the same."
    if after.strength is not None and (before.strength is None):
        return f"New in this try: {_lowered(after.strength.title)}."
    return "Other words, and much the same in them; read side by side, either can stand."


def _mended(before: Card, after: Card) -> list[str]:
    old, new = _to_mend(before), _to_mend(after)
    if old is None and new is None or (old and new and old.skill == new.skill):
        return []
    if old is not None and new is None:
        return [f"What there was to try is done: {_lowered(old.title)}."]
    if old is None and new is not None:
        return [f"Something new to look at: {_lowered(new.title)}."]
    if old is not None and new is not None and _RANK[new.skill] < _RANK[old.skill]:
        return [f"Something to look at first: {_lowered(new.title)}."]
    if old is not None and new is not None:
        return [f"On from “{_lowered(old.title)}” to the next thing: {_lowered(new.title)}."]
    return []


def _points(before: Card, after: Card) -> list[str]:
    words: list[str] = []
    old, new = _count(before, "covered"), _count(after, "covered")
    if new > old:
        words.append(f"{_more(new - old)} of their points came back.")
    elif new < old and after.points:
        words.append(f"{_more(old - new)} of their points came back the first time.")
    elif old and not after.points:
        words.append("The try before said something of theirs back; this one does not.")
    if _count(before, "distorted") > _count(after, "distorted") and after.points:
        words.append("What came back differently before is as they said it, or left out.")
    elif _count(after, "distorted") > _count(before, "distorted"):
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


def _more(count: int) -> str:
    return {1: "One more", 2: "Two more", 3: "Three more"}.get(count, "Several more")


def _lowered(title: str) -> str:
    return title[0].lower() + title[1:]
