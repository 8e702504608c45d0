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
        ("The fire was in March.", "So the fire was in May.", "May", "March"),
        ("The fire was in may.", "So the fire was in august.", "august", "may"),
        ("The farm had 1950 sheep.", "The farm had 1980 sheep.", "1980", "1950"),
        ("It cost £1950, the pump.", "The pump cost £1990.", "1990", "1950"),
        ("In 2014 Brian left.", "In 2013 Brian left.", "2013", "2014"),
        ("The flood was in 1987.", "The flood was in 1997.", "1997", "1987"),
        ("We met 12 old-timers there.", "You met 14 old-timers there.", "14", "12"),
        (
            "The drive took four and a half hours.",
            "The drive took five and a half hours.",
            "five and a half hours",
            "four and a half hours",
        ),
        (
            "The drive took two hours and a half.",
            "The drive took six hours and a half.",
            "six hours and a half",
            "two hours and a half",
        ),
        (
            "It was a twenty-minute meeting.",
            "So the meeting was forty-minute long.",
            "forty-minute",
            "twenty-minute",
        ),
        (
            "The meeting was a twenty-minute.",
            "The meeting was a forty-minute.",
            "forty-minute",
            "twenty-minute",
        ),
        (
            "She had a ten-year-old horse.",
            "She had a twelve-year-old horse.",
            "twelve-year",
            "ten-year",
        ),
        (
            "My daughter was twelve years old when she fell.",
            "Your 13-year-old daughter fell.",
            "13-year",
            "twelve years",
        ),
        (
            "My daughter was 12 years old.",
            "Your daughter was 13 years old.",
            "13 years",
            "12 years",
        ),
        (
            "You slid in the pages, so the judge was lost for eleven minutes.",
            "So I slid in the pages and the judge was lost for seven minutes. Is that right?",
            "seven minutes",
            "eleven minutes",
        ),
        (
            "It was in November that I cost him nine thousand zloty.",
            "You cost him ninety thousand zloty.",
            "ninety thousand",
            "nine thousand",
        ),
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
        ("He was ill for six weeks.", "I was ill for two weeks once. Was it a long time?"),
        ("He was ill for six weeks.", "Was he ill for two weeks?"),
        ("He was ill for six weeks.", "So he was ill, and you had three children at home."),
        ("In June I had to go to the office.", "You had to march into the office."),
        ("In June an august body met in the hall.", "The august body met in the hall in June."),
        ("In June we may leave the farm.", "So in June you may leave, and May I ask why?"),
        ("The farm went in august.", "So the farm went in August."),
        ("The pump took £1,950 in 2019.", "So the pump took £1950."),
        ("The pump took 1,950 pounds in 2019.", "So the pump took 1950 pounds."),
        ("In 1987 the farm had 1,950 sheep.", "The farm had 1950 sheep."),
        ("In 2014 the survey took 1,950 hours.", "So the survey took the 1950 hours."),
        ("The 1998 flood took the pillar.", "The flood of '98 took the pillar."),
        ("In 2014 Brian left the farm.", "Brian left the farm in '14."),
        ("The round took four and a half hours.", "The round took 4.5 hours."),
        ("Home took ten hours, the round one and a half hours.", "The round took 90 minutes."),
        ("The round took ninety minutes.", "The round took one and a half hours."),
        ("The round took two hours and a half.", "The round took two and a half hours."),
        ("The round took two and a quarter hours.", "The round took 135 minutes."),
        ("It was a two-and-a-half-hour round.", "The round was two and a half hours."),
        ("We met 12 old-timers at the gate.", "You met twelve old-timers at the gate."),
        ("Desmond, fifteen, got sixty hours.", "Fifteen-year-old Desmond got hours for it."),
        ("A guess cost us forty pounds in notes.", "A guess cost two twenty-pound notes."),
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
