from __future__ import annotations

import pytest

from coach.feedback.card import Card, PointKept, QuestionNote, Quote, Remark
from coach.feedback.compare import compare

TRY = Remark(skill="question_closed", title="Open the question", words="w", rule="r")
WORSE = Remark(skill="dismissal", title="Let their words stand", words="w", rule="r")
LATER = Remark(skill="copied", title="Use your own words", words="w", rule="r")
HEAVY = Remark(skill="heavy", title="Stay with what weighs", words="w", rule="r")
WAITS = Remark(skill="question_unanswered", title="Their question waits", words="w", rule="r")
HIJACK = Remark(skill="topic_hijack", title="Stay on their subject", words="w", rule="r")
NARROWED = Remark(
    skill="question_narrowed", title="Stop after the open question", words="w", rule="r"
)
AMOUNT = Remark(skill="amount_changed", title="Check the number", words="w", rule="r")
STEP = Remark(skill="reflect_deeper", title="Reach for what lies behind", words="w", rule="r")
OPEN = QuestionNote(kind="open", flags=(), words=(), why="w")
CLOSED = QuestionNote(kind="closed", flags=(), words=(), why="w")
COPY = (Quote(text="a", span=(0, 1)),)


def points(*status, sure=True):
    return tuple(PointKept(text="p", span=None, status=s, sure=sure) for s in status)


def words(before, after, texts=("one kiln", "two tiles")):
    return compare(before, after, *texts)


def test_what_cannot_be_judged_is_said():
    unjudged = Card(judged=False, reason="short")
    assert "could not be judged" in words(Card(), unjudged)
    assert words(unjudged, Card()).startswith("There is something to read now")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Card(try_next=TRY), Card(question=OPEN), "to try is done: open the question."),
        (Card(try_next=TRY), Card(), "no longer stands out: open the question."),
        (Card(try_next=TRY), Card(try_next=STEP), "What there was to try no longer stands out"),
        (Card(try_next=WORSE), Card(), "no longer stands out: let their words stand."),
        (Card(try_next=HEAVY), Card(question=OPEN), "no longer stands out: stay with what"),
        (Card(try_next=WAITS), Card(question=OPEN), "no longer stands out: their question"),
        (Card(try_next=HIJACK), Card(points=points("covered")), "no longer stands out: stay on"),
        (Card(try_next=NARROWED), Card(question=OPEN), "is done: stop after the open question."),
        (Card(try_next=AMOUNT), Card(points=points("covered")), "is done: check the number."),
        (Card(try_next=AMOUNT), Card(), "no longer stands out: check the number."),
        (Card(try_next=LATER), Card(points=points("covered")), "What there was to try is done"),
        (Card(try_next=LATER), Card(points=points("covered", sure=False)), "no longer stands out"),
        (Card(), Card(try_next=TRY), "Something new to look at: open the question."),
        (Card(try_next=TRY), Card(try_next=WORSE), "Something to look at first: let their"),
        (Card(try_next=TRY), Card(try_next=LATER), "On from “open the question” to the next"),
        (Card(points=points("missed")), Card(points=points("covered")), "One more of their"),
        (Card(points=points("covered", "covered")), Card(points=points("missed")),
         "Two more of their points came back the first time."),
        (Card(points=points("distorted")), Card(points=points("missed")), "as they said it, or"),
        (Card(), Card(points=points("distorted")), "comes back differently"),
        (Card(question=CLOSED), Card(question=OPEN), "was closed and is open now"),
        (Card(question=CLOSED), Card(), "The question is gone"),
        (Card(), Card(question=OPEN), "a question now, an open one"),
        (Card(copied=COPY, points=points("missed")), Card(points=points("missed")), "your own"),
        (Card(), Card(copied=COPY), "More of the words are theirs"),
        (Card(added=COPY, points=points("missed")), Card(points=points("missed")), "is gone"),
        (Card(), Card(added=COPY), "Something came in"),
        (Card(), Card(strength=TRY), "New in this try: open the question."),
    ],
)  # fmt: skip
def test_what_changed_is_said(before, after, said):
    assert said in words(before, after)


def test_unsure_points_are_not_counted():
    before, after = Card(points=points("missed")), Card(points=points("covered", sure=False))
    assert "One more" not in words(before, after)


def test_an_unsure_point_is_neither_gained_nor_lost_nor_mended():
    for status in ("covered", "distorted"):
        sure, unsure = Card(points=points(status)), Card(points=points(status, sure=False))
        assert words(sure, unsure) == words(unsure, sure) == words(Card(), Card())
    assert words(Card(points=points("covered")), Card()) == words(Card(), Card())


def test_a_word_that_turns_the_sense_is_a_change():
    for one, other in (("You could not trust her.", "You could trust her."),
                       ("Did he leave you?", "Did you leave him?")):  # fmt: skip
        assert words(Card(), Card(), (one, other)) != "Both tries say the same."


def test_nothing_changed():
    same = Card(try_next=TRY, strength=TRY)
    assert words(same, same, ("The kiln.", "the kiln")) == "Both tries say the same."
    assert words(same, same).startswith("Other words")


def test_three_things_at_most():
    before = Card(try_next=TRY, question=CLOSED, points=points("distorted"), copied=COPY)
    after = Card(question=OPEN, points=points("covered"))
    assert words(before, after).count(".") == 3
