from __future__ import annotations

import pytest

from coach.feedback.amounts import changed_amount
from coach.feedback.rules import write_card
from tests.builders import a_paraphrase, a_point, a_reading


@pytest.mark.parametrize(
    ("told", "handed_back", "mine", "theirs"),
    [
        (
            "He had his answer in four minutes, and I went home.",
            "So he had his answer in forty minutes.",
            "forty minutes",
            "four minutes",
        ),
        (
            "You rang my cabin at twenty to three.",
            "So they rang you at twenty to four.",
            "twenty to four",
            "twenty to three",
        ),
        (
            "The woman had been coming for five weeks.",
            "the woman had been coming for five months by then",
            "five months",
            "five weeks",
        ),
        ("We lost two hundred and ten ewes.", "You lost 120 ewes.", "120", "two hundred and ten"),
        ("The fire was in April.", "So the fire was in February.", "February", "April"),
        ("I left at 3.40 by the back.", "You left at 4:40 by the back.", "4:40", "3.40"),
    ],
)
def test_an_amount_that_changed_is_found(told, handed_back, mine, theirs):
    yours, was = changed_amount(told, handed_back)
    assert handed_back[slice(*yours)] == mine
    assert told[slice(*was)] == theirs


@pytest.mark.parametrize(
    ("told", "handed_back"),
    [
        ("We had two thousand one hundred and forty nurses.", "So 2,140 nurses."),
        ("It was eight weeks off with her nerves.", "Two months off with her nerves."),
        ("It cost me forty-eight pounds.", "It cost you nearly fifty pounds."),
        ("Four hours, three times a week on the machine.", "Twelve hours a week on the machine."),
        ("The fund was a hundred and sixty pounds short.", "The fund was 160 pounds short."),
        ("I checked tickets for thirty-one years.", "You checked tickets 31 years."),
        ("Since 1998 the pillar holds.", "The pillar holds since '98."),
        ("He rang at twenty to three.", "He rang at 2.40."),
        ("He was ill for six weeks.", "I was ill for two weeks once."),
        ("He was ill for six weeks.", "Was he ill for two weeks?"),
        ("He was ill for six weeks.", "So he was ill, and you had three children at home."),
        ("At first I did half of it.", "So at first you did it, the two of you."),
        ("No number here.", "So forty of them left."),
    ],
)
def test_what_is_the_same_or_ones_own_or_asked_is_left_alone(told, handed_back):
    assert changed_amount(told, handed_back) is None


def test_a_changed_number_is_shown_beside_theirs_and_nothing_is_praised_as_true():
    told = "The partner had his answer in four minutes, and the trainee was proud of it."
    text = "So the partner had his answer in forty minutes, and the trainee was proud."
    points = (a_point(told, "had his answer in four minutes"), a_point(told, "proud of it"))
    reading = a_reading(text, reflects="simple", paraphrase=a_paraphrase(*points))
    card = write_card(told, text, reading)
    assert card.strength is None
    assert card.try_next.skill == "amount_changed"
    assert "“forty minutes” where they said “four minutes”" in card.try_next.words
    assert [point.sure for point in card.points] == [False, True]
    right = text.replace("forty", "four")
    reading = a_reading(right, reflects="simple", paraphrase=a_paraphrase(*points))
    card = write_card(told, right, reading)
    assert card.strength is not None and card.points[0].sure
    assert card.try_next is None or card.try_next.skill != "amount_changed"


def test_a_pasted_book_is_gone_through_quickly():
    long = "So they paid 40 pounds for 30 sheep in 20 days, " * 400
    assert changed_amount(long, long) is None
