from __future__ import annotations

import numpy as np
import pytest

from coach.listening.listener import Row
from coach.listening.paraphrase import (
    Judged,
    Net,
    beside,
    blend,
    claims_of,
    key_points,
    score,
    summary_figures,
)
from tests.models import ear, listener

STATEMENT = (
    "I trained four apprentices in that workshop and three of them left for the city. "
    "I was angry for a year. Then the fourth one fixed my lathe without being asked, "
    "and I gave him the keys."
)
ACCURATE = (
    "Most of the people you taught moved away and it rankled for twelve months, until the one "
    "who had stayed mended your machine unprompted and got the place trusted to him."
)
OPPOSITE = (
    "You trained four apprentices in that workshop and none of them left for the city. "
    "You were never angry. Then the fourth one broke your lathe, and you took back the keys."
)
INVENTED = "Your wife ran the books and the bank wanted to close the whole place down."
OFFTOPIC = "I need to buy winter tyres before the weekend."


def attempt(text, points=None):
    row = Row(context=STATEMENT, text=text, task="paraphrase", key_points=points)
    found = listener().read_rows([row])[0].paraphrase
    assert found is not None
    return found


def test_attempts_stand_in_order():
    scores = {
        name: attempt(text).score
        for name, text in {
            "accurate": ACCURATE,
            "copied": STATEMENT.replace("I ", "you ").replace("my", "your"),
            "one": "You gave him the keys.",
            "invented": INVENTED,
            "opposite": OPPOSITE,
            "offtopic": OFFTOPIC,
        }.items()
    }
    assert scores["copied"] > scores["one"] > scores["opposite"], scores
    assert scores["accurate"] > scores["one"] >= scores["invented"], scores
    assert scores["invented"] > scores["opposite"] >= scores["offtopic"], scores


def test_a_copy_covers_everything_and_is_not_own_words():
    found = attempt(STATEMENT.replace("I ", "you ").replace("my", "your"))
    assert {point.status for point in found.key_points} == {"covered"}
    assert found.coverage == 1.0
    assert found.own_words < 0.3
    assert found.added == ()


@pytest.mark.parametrize(
    ("twisted", "true"),
    [
        ("You were never angry about it.", "You were angry for a year about it."),
        (
            "You trained forty apprentices in that workshop and three of them left for the city.",
            "You trained four apprentices in that workshop and three of them left for the city.",
        ),
        (
            "Then the fourth one broke your lathe, and you gave him the keys.",
            "Then the fourth one fixed your lathe, and you gave him the keys.",
        ),
    ],
)
def test_a_twisted_point_costs_more_than_a_true_one(twisted, true):
    assert attempt(twisted).faithfulness < attempt(true).faithfulness
    assert attempt(twisted).score < attempt(true).score


def test_claims_that_nothing_supports_are_added_and_questions_never():
    invented = attempt(INVENTED)
    assert invented.added
    start, end = invented.added[0]
    assert "wife" in INVENTED[start:end] or "bank" in INVENTED[start:end]
    assert attempt("You gave him the keys. Did the bank ever visit your workshop?").added == ()


def test_no_key_points_is_no_crash():
    row = Row(context="", text=ACCURATE, task="paraphrase", key_points=())
    found = listener().read_rows([row])[0].paraphrase
    assert found is not None
    assert (found.coverage, found.key_points) == (0.0, ())


def test_given_key_points_come_back_in_order_with_their_place_where_they_have_one():
    points = ("three of them left for the city", "the mentor was angry for a year")
    found = attempt(ACCURATE, points).key_points
    assert [point.text for point in found] == list(points)
    start = STATEMENT.index(points[0])
    assert [point.span for point in found] == [(start, start + len(points[0])), None]


def judged(p, worth=0.4):
    return Judged(np.array(p, np.float32), np.array([0.1], np.float32), worth, 2.0, 0.7)


def test_summary_figures_by_hand():
    found = summary_figures(
        judged([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]), "I left, then I wept.", "You left."
    )
    assert found["coverage"] == pytest.approx(0.5)
    assert found["anything kept"] == pytest.approx(1.0)
    assert found["twisted"] == pytest.approx(0.5)
    assert found["faithfulness"] == pytest.approx(0.5 * 0.9)
    assert found["worth"] == pytest.approx(0.4)
    assert blend(found, found | {"coverage": 1.0})["coverage"] == pytest.approx(0.75)
    apart = beside(found, found | {"twisted": 0.9, "own": 0.1})
    assert (apart["twisted"], apart["twisted alone"]) == (found["twisted"], 0.9)
    assert found.items() <= apart.items()
    assert "own alone" not in apart


def test_little_kept_or_a_point_turned_round_caps_the_score():
    net = Net(("own",), np.ones((1, 1)), np.zeros(1), np.array([[100.0]]), np.zeros(1))
    straight = {"own": 9.0, "anything kept": 1.0, "most twisted": 0.0, "copied": 0, "coverage": 1}
    assert score(straight, net) == 100
    assert score(straight | {"anything kept": 0.4}, net) == 40
    assert score(straight | {"anything kept": 0.0}, net) == 25
    assert score(straight | {"anything kept": 0.0, "own": -9.0}, net) == 0
    assert score(straight | {"most twisted": 0.9}, net) == 10
    assert score(straight | {"own": -9.0}, net) == 0
    # A copy that turns nothing round is worth what it covers; one that may, is not.
    copied = straight | {"own": -9.0, "copied": 0.9, "coverage": 0.5}
    assert score(copied, net) == 32
    assert score(copied | {"most twisted": 0.2}, net) == 0


def test_the_likeliest_status_is_named_with_its_probability():
    p = np.array([[0.2, 0.1, 0.7], [0.6, 0.3, 0.1]], np.float32)
    one, two = key_points(["a", "b"], [None, (0, 1)], p)
    assert (one.status, one.p, one.span) == ("distorted", 0.7, None)
    assert (two.status, two.p, two.span) == ("covered", 0.6, (0, 1))
    leaning, _ = key_points(["a", "b"], [None, None], p[::-1] * (1, 1, 5), lean=2.0)
    assert (leaning.status, leaning.p) == ("distorted", 0.5)


def test_only_claims_about_the_partner_count():

    text = "Right. You sold the van before winter. Did the bank call you that day?"
    assert [text[a:b] for a, b in claims_of(ear().hear(text))] == [
        "You sold the van before winter."
    ]
