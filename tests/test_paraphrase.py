from __future__ import annotations

import numpy as np
import pytest

from coach.listening.alignment import Antonyms, Words, amounts, fold, hunks, strange_amounts
from coach.listening.clashes import clashes
from coach.listening.listener import Row
from coach.listening.paraphrase import Beside, points_of
from coach.listening.pointing import (
    ADDED,
    ADDED_IN_TALK,
    Judgement,
    Net,
    blend,
    score,
    summary_figures,
)
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


def test_in_a_talk_a_claim_must_be_surer_to_count_as_added():
    context, turn = listener()._ear.hear(STATEMENT), listener()._ear.hear(INVENTED)
    beside = Beside(turn, context, Antonyms([]))
    paraphraser = listener()._reader.paraphraser
    assert (
        paraphraser.read(None, beside, added_from=0.0).added
        == paraphraser.judge(points_of(context), beside).claims
    )
    assert paraphraser.read(None, beside, added_from=1.01).added == ()
    assert min(ADDED_IN_TALK.values()) > ADDED


def test_no_key_points_is_no_crash():
    row = Row(context="", text=ACCURATE, task="paraphrase", key_points=())
    found = listener().read_rows([row])[0].paraphrase
    assert found is not None
    assert (found.coverage, found.key_points) == (0.0, ())


def judged(p):
    row = np.array(p, np.float32)
    return Judgement((), row, ((0, 1),), np.array([0.1], np.float32))


def test_summary_figures_by_hand():
    turn, context = listener()._ear.hear("You left."), listener()._ear.hear("I left, then I wept.")
    beside = Beside(turn, context, Antonyms([]))
    found = summary_figures(judged([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]), beside)
    assert found["coverage"] == pytest.approx(0.5)
    assert found["anything kept"] == pytest.approx(1.0)
    assert found["twisted"] == pytest.approx(0.5)
    assert found["faithfulness"] == pytest.approx(0.5 * 0.9)
    assert blend(found, found | {"coverage": 1.0})["coverage"] == pytest.approx(0.75)


def test_nothing_kept_caps_the_score():
    net = Net({"near": 0}, np.ones((1, 1)), np.zeros(1), np.array([[100.0]]), np.zeros(1))
    assert score({"near": 9.0, "anything kept": 1.0}, net) == 100
    assert score({"near": 9.0, "anything kept": 0.2}, net) == 20
    assert score({"near": -9.0, "anything kept": 1.0}, net) == 0


def test_clashes_are_named_and_a_true_copy_has_none():
    def found(theirs, mine):
        return clashes(words_of(theirs), words_of(mine))

    assert "clash denied" in found("I told the bank.", "You never told the bank.")
    assert "clash share" in found("All drivers stayed.", "No drivers stayed.")
    assert "clash amount" in found("I trained four apprentices.", "You trained nine apprentices.")
    assert "clash subject you" in found("I called the police.", "Somebody called the police.")
    assert found("I told the bank.", "You told the bank.") == {}
