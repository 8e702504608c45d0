"""What of a turn may hand something back, and what is read of it by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.listening.asides import Part, handed_part
from coach.listening.listener import Row
from coach.listening.paraphrase import together
from tests.models import ear, listener

STORY = (
    "In our office the boss left last, so everybody waited. I asked him to go home at six, only "
    "Wednesday, as an experiment. The first Wednesday nobody moved, they thought it was a test."
)


def part(text: str, context: str = STORY) -> str | None:
    found = handed_part(ear().hear(text), ear().hear(context))
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("turn", "left"),
    [
        ("So nobody went home. Have I got that right?", "So nobody went home."),
        ("So nobody dared to go first, is that fair?", "So nobody dared to go first"),
        ("He always went last, right?", "He always went last"),
        ("Nobody dared to go. What did he say to that?", "Nobody dared to go."),
        ("nobody dared to go. what happened then", "nobody dared to go."),
        ("Thank you for telling me. Nobody dared to go.", "Nobody dared to go."),
        ("Oh. I'm sorry to hear that. Nobody dared to go.", "Nobody dared to go."),
        ("Let me see if I followed. Nobody dared to go.", "Nobody dared to go."),
        ("Nobody dared to go. I'd have walked out.", "Nobody dared to go."),
        ("That’s awful. Nobody dared to go.", "Nobody dared to go."),
        ("I’m so sorry. Nobody dared to go.", "Nobody dared to go."),
        ("Let’s see. Nobody dared to go.", "Nobody dared to go."),
        ("So nobody dared to go, if i’ve got that right?", "So nobody dared to go"),
        ("That sounds hard. Nobody dared to go.", "Nobody dared to go."),
        (
            "Wow, ok. So nobody dared to go. I'd like to try it, what would you start with?",
            "So nobody dared to go.",
        ),
    ],
)
def test_what_is_left(turn, left):
    assert part(turn) == left


@pytest.mark.parametrize(
    "turn",
    [
        "So nobody dared to go.",
        "So nobody dared to go?",
        "You asked him to leave, and they took it for a test.",
        "I understand that nobody dared to go.",
        "I asked him to go home at six, only Wednesday.",
        "My boss left last, so everybody waited.",
        "That was how you found out they were afraid of him.",
        "Who goes first gets the looks.",
    ],
)
def test_what_hands_back_is_left_whole(turn):
    assert part(turn) is None


@pytest.mark.parametrize("turn", ["What happened then?", "Thank you.", "I'd have walked out.", ""])
def test_nothing_is_left(turn):
    assert part(turn) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Thank you so much.",
                "Nobody dared to go.",
                "What did he say?",
                "He left last, right?",
                "I'd have walked out!",
                "Oh, I see...",
                "They took it for a test, and it wasn't one",
            ]
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([" ", "  ", "\n", " - "]),
)
def test_a_span_of_the_part_is_the_same_words_in_the_turn(sentences, between):
    turn = between.join(sentences)
    found = handed_part(ear().hear(turn), ear().hear(STORY))
    if found is None:
        return
    place = 0
    for start, end in found.pieces:
        words = (place, place + end - start)
        assert turn[slice(*found.in_turn(words))] == found.text[slice(*words)]
        place = words[1] + 1
    assert found.in_turn((0, len(found.text))) == (found.pieces[0][0], found.pieces[-1][1])


def test_places_in_the_turn():
    found = Part("one two", ((5, 8), (20, 23)))
    assert found.in_turn((0, 3)) == (5, 8)
    assert found.in_turn((4, 7)) == (20, 23)


def test_both_readings_count_but_a_sure_twist_stands():
    whole = np.array([[0.8, 0.2, 0.0], [0.9, 0.1, 0.0], [0.9, 0.05, 0.05]], np.float32)
    part = np.array([[0.4, 0.6, 0.0], [0.2, 0.1, 0.7], [0.3, 0.2, 0.5]], np.float32)
    assert together(whole, part) == pytest.approx(
        np.array([[0.6, 0.4, 0.0], [0.2, 0.1, 0.7], [0.6, 0.125, 0.275]])
    )


TEACHER = (
    "My singing teacher never praised anybody. She shut the lid of the piano and went to the "
    "window, and that was worse than being told off. Once in three years she left it open."
)


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "{} Have I got that right?",
        "Thank you for telling me. {} What came of it?",
        "Wow. {} I'd have run out of there.",
    ],
)
def test_a_twist_is_seen_whatever_stands_around_it(around):
    twisted = "Every day this woman was praising everybody, and the piano she never left open once."
    result = listener().read(TEACHER, around.format(twisted)).paraphrase
    assert "distorted" in [point.status for point in result.key_points]
    true = "You got no kind word from this woman, a closed lid hurt more than any scolding."
    result = listener().read(TEACHER, around.format(true)).paraphrase
    assert "distorted" not in [point.status for point in result.key_points]


def test_what_was_added_is_shown_where_it_stands():
    turn = "Thank you. You sold the office in March and moved to Spain with the dog. What then?"
    row = Row(context=STORY, text=turn, task="paraphrase")
    result = listener().read_rows([row])[0].paraphrase
    shown = [turn[start:end] for start, end in result.added]
    assert shown
    assert all(text in turn and "Thank" not in text and "What" not in text for text in shown)
