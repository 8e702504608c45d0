"""How likely whoever told a story feels heard."""

from __future__ import annotations

import pytest

from coach.feedback.arrived import HEARD
from coach.feedback.card import Remark
from coach.feedback.facts import Facts
from coach.feedback.rules import write_card
from coach.listening.felt_heard import WEIGHTS, feels_heard, figures
from coach.listening.reading import Alone, KeyPoint, Reading
from coach.training.data import HeardTurn
from coach.training.felt_heard import fit
from tests.builders import a_paraphrase, a_point, a_reading

STORY = "We lost nine that winter. I never told the owners."
KEPT = a_point(STORY, "We lost nine that winter")
LEFT = a_point(STORY, "I never told the owners", "missed")
TURN = "So nine of them went in one winter and you kept it from the owners all along."


def test_more_that_comes_back_and_more_of_it_is_heard_more():
    nothing = feels_heard(a_reading(TURN), TURN, STORY)
    one = feels_heard(
        a_reading(TURN, reflects="simple", paraphrase=a_paraphrase(KEPT, LEFT)), TURN, STORY
    )
    summed_up = a_reading(
        TURN, reflects="simple", paraphrase=a_paraphrase(KEPT, LEFT), moves=("summary",)
    )
    assert nothing < one < feels_heard(summed_up, TURN, STORY)
    deep = a_reading(TURN, reflects="complex", paraphrase=a_paraphrase(KEPT, LEFT))
    assert one < feels_heard(deep, TURN, STORY)
    assert feels_heard(summed_up, "Nine.", STORY) < feels_heard(summed_up, TURN, STORY)


def test_what_cannot_be_judged_leaves_nobody_feeling_heard():
    assert feels_heard(a_reading("?", judged=False, reason="Too short."), "?", STORY) == 0.0


def test_what_could_be_said_to_anybody_leaves_nobody_feeling_heard():
    text = "Wow. That must have been so hard for you, I can really feel how much it meant."
    deep = a_reading(text, reflects="complex", moves=("summary",))
    assert feels_heard(deep, text, STORY) == 0.0
    assert feels_heard(deep, text + " Nine of them.", STORY) > 0.5


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("So your silence drowned them, basically.", True),
        ("Wow, that must have been so hard.", False),
        ("That sounds really tough, I can imagine.", False),
    ],
)
def test_a_few_words_of_ones_own_are_heard_and_those_for_everybody_are_not(text, heard):
    deep = a_reading(text, reflects="complex", moves=("summary",))
    assert (feels_heard(deep, text, STORY) > 0.5) == heard


def test_a_point_that_came_back_in_quite_other_words_is_heard():
    text = "They went down on your watch, the whole lot, and not a soul upstairs knew a thing."
    for p, heard in ((0.9, True), (0.7, False)):
        point = KEPT.model_copy(update={"p": p})
        reading = a_reading(
            text, reflects="complex", paraphrase=a_paraphrase(point, LEFT), moves=("summary",)
        )
        assert (feels_heard(reading, text, STORY) > 0.5) == heard


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


TOLD = (
    "The old kiln cracked in March with four hundred tiles inside. I was afraid the customer "
    "would leave us. I drove out and told her myself, and she waited."
)
POINTS = (
    a_point(TOLD, "The old kiln cracked in March"),
    a_point(TOLD, "I was afraid the customer would leave us."),
)
BACK = "Four hundred tiles! So you lost them all in March and told her to her face anyway. Blimey."


def taken_in(text: str = BACK, *points: KeyPoint, **changes: float) -> Reading:
    """A reading of a turn that sums a story up in words close to its own."""
    found = a_paraphrase(*(points or POINTS), **({"own_words": 0.3} | changes))
    return a_reading(text, reflects="simple", paraphrase=found, moves={"summary": 0.98})


def praised(reading: Reading, text: str = BACK, context: str = TOLD) -> Remark | None:
    remark = write_card(context, text, reading).strength
    return remark if remark is not None and remark.skill == "heard" else None


def test_a_story_that_arrived_is_praised_with_both_sides_words():
    remark = praised(taken_in())
    assert remark is not None
    assert remark.yours is not None and remark.yours.text in BACK
    assert remark.theirs is not None and remark.theirs.text in TOLD


def test_the_sentence_that_shows_most_is_shown():
    first, second = BACK.index("So you"), BACK.index(" Blimey")
    alone = (
        Alone(span=(0, first - 1), p={"reflects": 0.4}),
        Alone(span=(first, second), p={"reflects": 0.9, "summary": 0.8}),
        Alone(span=(second + 1, len(BACK)), p={"reflects": 0.1}),
    )
    remark = praised(taken_in().model_copy(update={"alone": alone}))
    assert remark is not None and remark.yours is not None
    assert remark.yours.text == BACK[first:second]
    echo = (alone[0].model_copy(update={"p": {"reflects": 0.9}}), *alone[1:])
    both = praised(taken_in().model_copy(update={"alone": echo}))
    assert both is not None and both.yours is not None
    assert both.yours.text == BACK[:second]


@pytest.mark.parametrize("faithfulness", [0.69, 0.2])
def test_what_may_be_turned_round_is_not_praised(faithfulness):
    assert praised(taken_in(faithfulness=faithfulness)) is None
    assert praised(taken_in(BACK, POINTS[0], a_point(TOLD, "she waited", "distorted", 0.5))) is None


@pytest.mark.parametrize(("faithfulness", "skill"), [(0.9, "heard"), (0.5, "said_back"), (0.2, "")])
def test_what_may_not_be_true_throughout_is_called_said_back_and_no_more(faithfulness, skill):
    remark = write_card(TOLD, BACK, taken_in(faithfulness=faithfulness)).strength
    assert (remark.skill if remark else "") == skill
    assert remark is None or ("cannot say" in remark.words) == (skill == "said_back")


@pytest.mark.parametrize(
    ("turned", "theirs"),
    [
        (0.1, "The old kiln cracked in March with four hundred tiles inside."),
        (0.4, "I was afraid the customer would leave us."),
    ],
)
def test_beside_what_is_said_back_stands_the_point_that_may_be_otherwise(turned, theirs):
    fear = POINTS[1].model_copy(update={"p": 0.6, "turned": turned, "span": None})
    reading = taken_in(BACK, POINTS[0], fear, faithfulness=0.5)
    remark = write_card(TOLD, BACK, reading).strength
    assert remark is not None and remark.skill == "said_back"
    assert remark.theirs is not None and remark.theirs.text == theirs


def test_who_takes_up_a_part_has_less_to_turn_round():
    left = a_point(TOLD, "I drove out and told her myself, and she waited.", "missed")
    assert praised(taken_in(BACK, *POINTS, left, faithfulness=0.55)) is not None
    assert praised(taken_in(BACK, *POINTS, faithfulness=0.55)) is None


def test_a_few_words_and_small_talk_are_not_praised():
    assert praised(taken_in("Four hundred tiles!"), "Four hundred tiles!") is None
    chat = "Sit down, do."
    assert praised(taken_in(BACK, a_point(chat, "Sit down")), BACK, chat) is None


def test_where_no_words_show_it_nothing_is_praised():
    reading = a_reading(BACK, reflects="simple", reflecting="Blimey.")
    shown = taken_in().model_copy(update={"reflection": reading.reflection})
    assert praised(shown) is None


def test_a_short_sentence_is_shown_with_what_is_around_it():
    text = (
        "All four hundred gone. And you still told her, to her face. I had soup for dinner today."
    )
    first, second = text.index(" And"), text.index(" I had")
    alone = (
        Alone(span=(0, first), p={"reflects": 0.9, "complex": 0.9}),
        Alone(span=(first + 1, second), p={"reflects": 0.3}),
        Alone(span=(second + 1, len(text)), p={"reflects": 0.1}),
    )
    remark = praised(taken_in(text).model_copy(update={"alone": alone}), text)
    assert remark is not None and remark.yours is not None
    assert remark.yours.text == text[:second]


def test_a_story_said_over_word_for_word_is_not_praised():
    said = TOLD.replace("I was", "You were")
    card = write_card(TOLD, said, taken_in(said, faithfulness=1.0))
    assert card.strength is None


def test_one_word_of_theirs_is_enough_only_where_a_point_came_back():
    text = "So for once it all went wrong in March, and you faced it by yourself, did you not?"
    deep = a_reading(text, reflects="complex").reflection
    missed = [point.model_copy(update={"status": "missed"}) for point in POINTS]
    for points, enough in ((POINTS, True), (missed, False)):
        reading = taken_in(text, *points).model_copy(update={"reflection": deep})
        assert feels_heard(reading, text, TOLD) > 0.8
        assert (HEARD.certainty(Facts(TOLD, text, reading)) > 0) == enough


def test_depth_that_would_go_with_any_story_is_not_praised():
    text = "Wow. That must have been so hard for you, I can really feel how much it meant."
    deep = a_reading(text, reflects="complex")
    assert write_card(TOLD, text, deep).strength is None
    about = "You would rather have lost the tiles than her."
    strength = write_card(TOLD, about, a_reading(about, reflects="complex")).strength
    assert strength is not None and strength.skill == "reflection_complex"
