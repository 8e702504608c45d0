"""How likely whoever told a story feels heard."""

from __future__ import annotations

import pytest

from coach.listening.felt_heard import WEIGHTS, feels_heard, figures
from coach.training.data import HeardTurn
from coach.training.felt_heard import fit
from tests.builders import a_paraphrase, a_point, a_reading

STORY = "We lost nine that winter. I never told the owners."
KEPT = a_point(STORY, "We lost nine that winter")
LEFT = a_point(STORY, "I never told the owners", "missed")
TURN = "So nine of them went in one winter and you kept it from the owners all along."


def test_more_that_comes_back_and_more_of_it_is_heard_more():
    nothing = feels_heard(a_reading(TURN), TURN)
    one = feels_heard(a_reading(TURN, reflects="simple", paraphrase=a_paraphrase(KEPT, LEFT)), TURN)
    summed_up = a_reading(
        TURN, reflects="simple", paraphrase=a_paraphrase(KEPT, LEFT), moves=("summary",)
    )
    assert nothing < one < feels_heard(summed_up, TURN)
    deep = a_reading(TURN, reflects="complex", paraphrase=a_paraphrase(KEPT, LEFT))
    assert one < feels_heard(deep, TURN)
    assert feels_heard(summed_up, "Nine.") < feels_heard(summed_up, TURN)


def test_what_cannot_be_judged_leaves_nobody_feeling_heard():
    assert feels_heard(a_reading("?", judged=False, reason="Too short."), "?") == 0.0


def test_the_share_of_points_counts_each_as_surely_as_it_came_back():
    reading = a_reading(TURN, reflects="simple", paraphrase=a_paraphrase(KEPT, LEFT))
    assert figures(reading, TURN)["points"] == pytest.approx(KEPT.p / 2)
    assert figures(a_reading(TURN), TURN)["points"] == 0.0
    assert set(figures(reading, TURN)) == set(WEIGHTS) - {"always"}


def test_the_fit_finds_what_leaves_tellers_heard():
    def a_turn(number: int, back: str) -> HeardTurn:
        return HeardTurn(f"t{number}", STORY, TURN, (), (), back)

    summed_up, plain = a_reading(TURN, moves=("summary",)), a_reading(TURN)
    rows = [(a_turn(at, "well"), summed_up) for at in range(9)]
    rows += [(a_turn(at, "partly"), plain) for at in range(9)]
    found = fit([*rows, (a_turn(9, "well"), plain)])
    assert found["summary"] > 0.2
    assert found["complex"] == 0.0
