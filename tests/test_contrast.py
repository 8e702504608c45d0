"""What was changed between a key point and a turn, found word by word."""

import pytest

from coach.listening.contrast import FIGURES, Said, contrasts, opposites, source, turned, untouched

AGAINST = opposites([("fix", "break"), ("fixed", "broke"), ("slow", "fast")])


def found(point, turn, context=None):
    (row,) = contrasts([point], context or point, turn, AGAINST)
    assert len(row) == len(FIGURES)
    return {name for name, value in zip(FIGURES, row, strict=True) if value}


SAME = {"kept", "kept all", "copied", "words"}


@pytest.mark.parametrize(
    ("point", "turn"),
    [
        ("I never told the bank about it.", "You never told the bank about it."),
        ("the mentor kept my keys", "So you kept your keys, and I see why."),
        ("I didn't go back to London", "You didn’t go back to London."),
        ("I did n't go back to London", "You didn't go back to London"),
        ("I can't go and I won't ask", "You cannot go and you will not ask"),
    ],
)
def test_a_true_copy_differs_in_nothing(point, turn):
    assert found(point, turn) == SAME


@pytest.mark.parametrize(
    ("point", "turn", "what"),
    [
        ("I never told the bank about it.", "You told the bank about it.", "denied in copy"),
        ("I told the bank about it.", "You didn't tell the bank about it.", "denied"),
        ("three of them left for town", "nine of them left for town", "number in copy"),
        ("we sold 1,200 boxes in May", "you sold 12 boxes in May", "number in copy"),
        ("the last man fixed my lathe", "the last man broke your lathe", "opposite in copy"),
        ("all drivers stayed with us", "most drivers stayed with you", "share"),
        ("he left before the trial began", "he left after the trial began", "order"),
        ("I trusted the new foreman", "he trusted the new foreman", "person in copy"),
        ("the judge read the letter twice", "the judge read the verdict twice", "swapped in copy"),
    ],
)
def test_one_changed_word_is_named(point, turn, what):
    assert what in found(point, turn)


def test_an_amount_said_elsewhere_is_not_strange():
    context = "three of them left for town and I hired nine more"
    assert "number" not in found("three of them left for town", "nine of them left", context)


def test_amounts_are_multiplied_out():
    assert Said.of("two hundred sheep, a dozen cows").numbers() >= {200.0, 12.0}
    assert Said.of("").forms == ()


def test_a_turn_about_something_else_keeps_nothing():
    assert found("I sold the herd in March", "My bus is late again") <= {"person", "words"}


@pytest.mark.parametrize(
    ("point", "turn", "share"),
    [
        ("I gave him the keys.", "You gave him the keys.", 1.0),
        ("Then the last one fixed my lathe unasked.", "The last one fixed your lathe.", 6 / 7),
        ("I was angry for a year.", "You were angry for a year, and then it went.", 1.0),
        ("I was angry for a year.", "You were never angry for a year.", 0.0),
        ("We sold the boat in May.", "You sold the boat in June.", 0.0),
        ("I called it in before anyone knew.", "Somebody called it in before anyone knew.", 0.0),
        ("I told the bank about it.", "It is not true that you told the bank about it.", 0.0),
        ("I told the bank about it.", "You told.", 0.0),
        ("", "You left.", 0.0),
    ],
)
def test_a_copy_with_nothing_changed_is_told_from_a_near_copy(point, turn, share):
    assert untouched(Said.of(point), Said.of(turn)) == share


@pytest.mark.parametrize(
    ("point", "turn", "round"),
    [
        ("He kept quiet and he did.", "He kept quiet and he didn't.", True),
        ("I never told the bank about it.", "You told the bank about it.", True),
        ("I lost six beds in May.", "So you lost sixteen beds in May.", True),
        ("The man fixed my lathe.", "The man broke your lathe.", True),
        ("The man fixed my lathe.", "The man fixed your lathe.", False),
        ("The man fixed my lathe in May.", "The man broke your lathe in June.", False),
        ("I left in May.", "Why would anyone go?", False),
    ],
)
def test_one_change_that_turns_a_copy_round(point, turn, round):
    assert turned(Said.of(point), Said.of(turn), AGAINST) is round


def test_a_turn_of_many_words_is_cut_and_no_crash():
    long = "he left the yard " * 300
    assert untouched(Said.of("he left the yard he left the yard"), Said.of(long)) >= 0.0
    assert (
        untouched(Said.of("the yard he left"), Said.of("so " * 396 + "the yard he left now")) == 1.0
    )


def test_a_key_point_finds_the_clause_it_was_taken_from():
    clauses = [Said.of("I sold the boat in May"), Said.of("and my brother never forgave me")]
    assert source(Said.of("the mentor's brother did not forgive it"), clauses) == 1
    assert source(Said.of("the mentor sold a boat"), clauses) == 0
    assert source(Said.of("nothing of the kind"), clauses) is None
