"""The turn card: one strength and one thing to try, and what became of the mentor's words.

What is said comes from two tables of rules, `coach.feedback.strengths` and
`coach.feedback.tries`; this puts the card together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coach.feedback.asking import SURE, question_note
from coach.feedback.askings import QUESTIONS_IN_A_ROW
from coach.feedback.card import Card, PointKept, Remark
from coach.feedback.facts import Facts, in_doubt
from coach.feedback.inquiries import ONLY_OPEN, OPEN_UPTAKE
from coach.feedback.kindnesses import seen
from coach.feedback.margins import margin
from coach.feedback.quotes import quotes, stems
from coach.feedback.rule import first_remark
from coach.feedback.signing import first_signed
from coach.feedback.strengths import BESIDE_HARM, STRENGTHS
from coach.feedback.tries import NEXT_STEPS, TRIES
from coach.listening.reading import HARMFUL_MOVES, KeyPoint, KeyPointStatus, Reading

NOT_JUDGED = "There was not enough in this turn to judge."


def write_card(
    context: str,
    text: str,
    reading: Reading,
    *,
    find_question: Callable[[], str | None] | None = None,
    better_paraphrase: str | None = None,
    previous: Reading | None = None,
    confided: bool = False,
) -> Card:
    """The feedback on one turn. Same arguments, same card.

    Args:
        context: what the mentor had said just before.
        text: the turn.
        reading: the turn's reading against the context.
        find_question: finds an open question from the scenario that would have suited; called
            only where a remark shows one, since it may have to read the turn once more.
        better_paraphrase: a paraphrase of the context from the scenario.
        previous: the reading of the learner's turn before this one.
        confided: whether the mentor's line tells something in confidence.

    Returns:
        The card; its quotes are exact spans of ``text`` (``yours``) and ``context`` (``theirs``).
    """
    if not reading.judged:
        return Card(judged=False, reason=reading.reason or NOT_JUDGED)
    facts = Facts(context, text, reading, find_question, better_paraphrase, previous, confided)
    paraphrase = facts.paraphrase if facts.retells else None
    try_next = first_remark(TRIES, facts) or first_remark(NEXT_STEPS, facts)
    return Card(
        strength=_strength(facts, try_next),
        try_next=try_next,
        question=question_note(text, facts.question),
        points=tuple(_point_kept(facts, point) for point in _told_of(facts)),
        added=quotes(text, facts.added),
        copied=quotes(text, facts.copied) if facts.retells else (),
        depth=_depth(facts),
        score=paraphrase.score if paraphrase and facts.recaps else None,
        moves=tuple(
            move
            for move in reading.present()
            if move in facts.harmful
            or (move not in HARMFUL_MOVES and seen(move, facts) >= margin(move))
        ),
    )


def _told_of(facts: Facts) -> Iterator[KeyPoint]:
    """The points worth a line.

    That a mere remark of theirs was passed over is not, nor that a point is perhaps kept of which
    no word comes up: nobody could see why.
    """
    mine = stems(facts.text)
    for point in facts.key_points if facts.retells else ():
        remark = point.span is not None and point.status == "missed" and not facts.told
        unseen = (
            point.status == "covered" and not facts.sure(point) and not stems(point.text) & mine
        )
        if not remark and not (unseen and not in_doubt(point)):
            yield point


def _point_kept(facts: Facts, point: KeyPoint) -> PointKept:
    """What became of a point; one that may well be turned round is not said to be perhaps kept."""
    sure = facts.sure(point)
    status: KeyPointStatus = "distorted" if in_doubt(point) else point.status
    return PointKept(
        text=point.text, span=point.span, status=status, sure=sure and status == point.status
    )


def _strength(facts: Facts, try_next: Remark | None) -> Remark | None:
    rules = STRENGTHS
    if facts.harmful:
        rules = tuple(rule for rule in STRENGTHS if rule.skill in BESIDE_HARM)
    # The same question is not praised for being asked and told that it follows another.
    if try_next is not None and try_next.skill == QUESTIONS_IN_A_ROW.skill:
        rules = tuple(rule for rule in rules if rule not in (OPEN_UPTAKE, ONLY_OPEN))
    return first_signed(rules, facts)


def _depth(facts: Facts) -> str | None:
    """A soft word, not a verdict; none where the reading leans neither way."""
    reading = facts.reading.reflection
    enough = margin("complex") if reading.kind == "complex" else SURE
    if facts.reflects < margin("reflects") or reading.p.get(reading.kind, 0.0) < enough:
        return None
    return "reaches for what lay behind" if reading.kind == "complex" else "close to the words"
