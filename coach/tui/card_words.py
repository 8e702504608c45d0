"""A turn card put into words, block by block, for the panel, the full view and copying.

Every status is a word with a symbol beside it; colour only repeats what the word says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.feedback import words
from coach.tui.words import showable, skill

if TYPE_CHECKING:
    from coach.feedback.card import Card, PointKept, QuestionNote, Remark

WORKED = f"\u2713 {words.WORKED}"
TO_TRY = f"\u2192 {words.TO_TRY}"

_SIGNS = {"covered": "\u2713", "missed": "\u2013", "distorted": "\u2260"}
_UNSURE = "?"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a card. ``kind`` is its style class; ``label`` stands before the text.

    Kinds: ``worked``, ``try``, ``words``, ``quote``, ``rule``, ``example``, ``question``,
    ``heading``, ``covered``, ``missed``, ``distorted``, ``added``, ``copied``, ``note``, ``facts``.
    """

    kind: str
    text: str
    label: str = ""


def card_blocks(card: Card, mentor: str, *, numbers: bool = False) -> list[Block]:
    """The whole card, in reading order.

    Args:
        card: what was seen in the turn.
        mentor: what the mentor is called.
        numbers: whether the paraphrase's score is shown.
    """
    if not card.judged:
        return [Block("note", words.reason(card), words.NOT_JUDGED)]
    blocks: list[Block] = []
    if card.strength is None and card.try_next is None:
        blocks.append(Block("words", words.PLAIN))
    if card.strength is not None:
        blocks += _remark("worked", WORKED, card.strength, mentor)
    if card.try_next is not None:
        blocks += _remark("try", TO_TRY, card.try_next, mentor)
    if card.question is not None and card.question.kind != "none":
        blocks.append(_question(card.question))
    blocks += _points(card, mentor)
    if card.depth:
        blocks.append(Block("note", card.depth, "Depth"))
    if card.moves:
        blocks.append(Block("note", ", ".join(map(skill, card.moves)), words.ALSO_SEEN))
    if numbers and card.score is not None:
        blocks.append(Block("note", f"{card.score} of 100", "Paraphrase"))
    return blocks


def _remark(kind: str, label: str, remark: Remark, mentor: str) -> Iterator[Block]:
    yield Block(kind, remark.title, label)
    yield Block("words", remark.words)
    if remark.yours is not None:
        yield Block("quote", _quoted(remark.yours.text), "You")
    if remark.theirs is not None:
        yield Block("quote", _quoted(remark.theirs.text), mentor)
    if remark.example:
        yield Block("example", _quoted(remark.example), words.EXAMPLE)
    yield Block("rule", words.why(remark), "Why")


def _question(note: QuestionNote) -> Block:
    asked = words.question_words(note)
    decided = " ".join(_quoted(quote.text) for quote in note.words)
    why = f"{asked}. {note.why}" if note.why else asked
    # The rule usually names the deciding words; quote them where it does not.
    shown = all(quote.text.lower() in note.why.lower() for quote in note.words)
    return Block("question", why if shown or not decided else f"{why} {decided}", "Question")


def _points(card: Card, mentor: str) -> Iterator[Block]:
    if not (card.points or card.added or card.copied):
        return
    yield Block("heading", "What was said, and what you handed back")
    for point in card.points:
        yield Block(point.status, point.told_of(mentor), point_word(point))
    for quote in card.added:
        yield Block("added", _quoted(quote.text), "+ added")
    for quote in card.copied:
        yield Block("copied", _quoted(quote.text), "= copied")


def point_word(point: PointKept) -> str:
    """What became of a key point, in a word, where the models are sure of it."""
    sign = _SIGNS[point.status] if point.sure else _UNSURE
    return f"{sign} {words.point_words(point.status, point.sure)}"


def short_blocks(card: Card) -> list[Block]:
    """The card in a few lines: the strength, the thing to try, and what else there is."""
    if not card.judged:
        return [Block("note", words.reason(card), words.NOT_JUDGED)]
    blocks: list[Block] = []
    if card.strength is None and card.try_next is None:
        blocks.append(Block("words", words.PLAIN))
    for kind, label, remark in (
        ("worked", WORKED, card.strength),
        ("try", TO_TRY, card.try_next),
    ):
        if remark is not None:
            blocks.append(Block(kind, remark.title, label))
            blocks.append(Block("words", remark.words))
    rest = short_facts(card)
    if rest:
        blocks.append(Block("facts", rest))
    return blocks


def short_facts(card: Card) -> str:
    """Question type and counted key points, on one line."""
    facts = []
    if card.question is not None and card.question.kind != "none":
        facts.append(f"Question: {words.QUESTIONS[card.question.kind]}")
    for status, word in words.POINTS.items():
        count = sum(point.sure and point.status == status for point in card.points)
        if count:
            facts.append(f"{count} {word}")
    facts += [f"{len(card.added)} added"] if card.added else []
    facts += [f"{len(card.copied)} copied"] if card.copied else []
    return " \u00b7 ".join(facts)


def card_text(card: Card, mentor: str, *, numbers: bool = False) -> str:
    """The card as plain text, for the clipboard."""
    lines = []
    for block in card_blocks(card, mentor, numbers=numbers):
        label = f"{block.label}: " if block.label and block.text else block.label
        lines.append(f"{label}{showable(block.text)}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return f"\u201c{text.strip()}\u201d"
