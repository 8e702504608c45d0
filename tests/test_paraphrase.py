from __future__ import annotations

import pytest

from coach.listening.alignment import Antonyms, Words, amounts, fold, hunks, strange_amounts
from coach.listening.listener import Row
from coach.listening.pointing import score, score_terms
from tests.models import listener

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


def words_of(text):
    heard = listener()._ear.hear(text)
    return Words.of(heard.doc, heard.words)


def attempt(text, points=None):
    row = Row(context=STATEMENT, text=text, task="paraphrase", key_points=points)
    found = listener().read_rows([row])[0].paraphrase
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-six years", [26]),
        ("twice in 2009", [2, 2009]),
        ("two hundred and fifty", [250]),
        ("a dozen, nearly two decades", [12, 20]),
        ("half of it", [0.5]),
        ("nothing here", []),
        ("1,200 boxes", [1200]),
    ],
)
def test_amounts(text, values):
    assert amounts(text) == values


def test_an_amount_is_strange_where_none_is_near():
    assert strange_amounts([20], [19]) == 0
    assert strange_amounts([6], [3]) == 1
    assert strange_amounts([], [3]) == 0


def test_persons_swap_sides():
    mine, yours = words_of("I gave him my keys"), words_of("You gave him your keys")
    assert mine.keys == yours.keys
    assert [fold(token) for token in words_of("the mentor left").tokens][1] == "<you>"


def test_hunks_find_the_changed_words_of_a_near_copy():
    theirs, mine = (
        words_of("I never told the bank about it"),
        words_of("You told the bank about it"),
    )
    found, matched = hunks(theirs, mine)
    assert [theirs.keys[at] for hunk in found for at in hunk.theirs] == ["<you>", "never"] or [
        theirs.keys[at] for hunk in found for at in hunk.theirs
    ] == ["never"]
    assert sum(matched) >= 5


def test_antonyms_are_found_from_both_sides():
    pairs = Antonyms([("fix", "break"), ("first", "last")])
    assert pairs.between(["break"], ["fix", "x"]) == [("break", "fix")]
    assert pairs.between(["fix"], ["fix"]) == []


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
    assert scores["accurate"] > scores["one"] > scores["invented"] > scores["offtopic"], scores
    assert scores["offtopic"] <= scores["opposite"] + 5, scores


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
            "You trained fourteen apprentices in that workshop.",
            "You trained four apprentices in that workshop.",
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


def test_the_score_counts_what_is_kept_only_as_far_as_it_is_true():
    weights = {"kept": 80.0, "kept in own words": 20.0, "always": 0.0}
    found = {"coverage": 1.0, "twisted": 0.0, "own": 1.0, "concision": 1.0, "near": 1.0}
    found |= {"added": 0.0}
    assert score(found, weights) == 100
    assert score(found | {"own": 0.0}, weights) == 80
    assert score(found | {"twisted": 1.0}, weights) == 0
    assert score_terms(found | {"twisted": 0.5})["kept"] == 0.5
