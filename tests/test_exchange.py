"""Two things that changed places in what was handed back."""

import pytest

from coach.listening.contrast import Said
from coach.listening.exchange import changed_places


def places(said, turn):
    return [said[start:end] for start, end in changed_places(said, Said.of(turn))]


@pytest.mark.parametrize(
    ("said", "turn"),
    [
        (
            "The porters bow to me, but the matrons forget my name.",
            "The matrons bow to you, but the porters forget your name.",
        ),
        ("I water the tubs before the beds.", "You water the beds before the tubs."),
        ("Rain ruins more roofs than snow.", "Snow ruins more roofs than rain, you say."),
        (
            "In twelve weeks I rewrote it five times.",
            "So in five weeks you rewrote it twelve times.",
        ),
        ("It was my nose, not the meter.", "It was the meter, not your nose."),
    ],
)
def test_two_things_exchanged_are_found(said, turn):
    assert places(said, turn) == [said]


@pytest.mark.parametrize(
    "turn",
    [
        "You water the tubs before the beds.",
        "Before the beds, you water the tubs.",
        "The tubs get their water first, and the beds come after.",
        "You water them all.",
        "",
    ],
)
def test_what_only_moved_or_was_said_otherwise_is_not(turn):
    assert places("I water the tubs before the beds.", turn) == []


@pytest.mark.parametrize(
    ("said", "turn"),
    [
        ("That afternoon I phoned the court.", "So that afternoon the court phoned you."),
        ("He did not speak to me until Zermatt.", "You didn't speak to him until Zermatt, then."),
        ("I was fined and he went home.", "He was fined and you went home."),
        ("I was phoned by the court.", "The court was phoned by you."),
    ],
)
def test_who_did_it_to_whom_may_change_places(said, turn):
    assert places(said, turn) == [said]


@pytest.mark.parametrize(
    ("said", "turn"),
    [
        ("That afternoon I phoned the court.", "The court was phoned by you that afternoon."),
        ("I was phoned by the court.", "The court phoned you."),
        ("That afternoon I phoned the court.", "You phoned the court that afternoon."),
        ("I phoned the court and he laughed.", "He laughed when you phoned the court."),
    ],
)
def test_the_passive_says_the_same_in_another_order(said, turn):
    assert places(said, turn) == []


def test_only_the_clause_it_stands_in_is_named():
    said = "I was late that day. Rain ruins more roofs than snow. Nobody believed it."
    turn = "You were late that day. Snow ruins more roofs than rain. Nobody believed it."
    assert places(said, turn) == ["Rain ruins more roofs than snow."]


def test_a_sentence_without_stops_is_passed_over():
    for count, found in ((20, 1), (70, 0)):
        before = "then " * count
        turn = f"{before}snow ruins more roofs than rain"
        assert len(places(f"{before}rain ruins more roofs than snow", turn)) == found
