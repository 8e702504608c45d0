from __future__ import annotations

import pytest

from coach.feedback.debrief import write_debrief
from coach.feedback.figures import talk_figures
from tests.builders import a_paraphrase, a_point, a_read_turn, a_reading

STORY = (
    "The old kiln cracked in March with four hundred tiles inside. I was afraid the customer "
    "would leave us. I drove out and told her myself, and she waited."
)
BETTER = "So a whole order was lost in one night, and telling her straight kept her with you."
OPENING = "The kiln is cooling. What would you like to know?"


def asks_openly(number):
    text = "How did you tell the customer?"
    return a_read_turn(number, STORY, text, a_reading(text, asks="open", uptake=0.8))


def hands_back(number):
    text = "You dreaded losing her, and telling her yourself kept her."
    paraphrase = a_paraphrase(a_point(STORY, "she waited"), a_point(STORY, "told her myself"))
    reading = a_reading(text, reflects="simple", uptake=1.0, paraphrase=paraphrase)
    return a_read_turn(number, STORY, text, reading)


def asks_closed(number):
    text = "Was it hard?"
    reading = a_reading(text, asks="closed", uptake=0.6)
    return a_read_turn(number, "It cracked.", text, reading)


def walks_past(number):
    text = "The bus came late."
    return a_read_turn(number, STORY, text, a_reading(text, uptake=0.0), better=BETTER)


def nods(number):
    text = "I see."
    reading = a_reading(text, moves=("acknowledgment",), uptake=0.1)
    return a_read_turn(number, STORY, text, reading, better=BETTER)


def unjudged(number):
    text = "Hm"
    reading = a_reading(text, judged=False, reason="Too short.", uptake=0.0)
    return a_read_turn(number, STORY, text, reading)


def debrief_of(*kinds, own_rating=None):
    turns = [kind(number) for number, kind in enumerate(kinds, start=1)]
    return write_debrief(
        turns, opening=OPENING, heard=("The kiln",), unheard=4, own_rating=own_rating
    )


@pytest.mark.parametrize("kinds", [(), (nods,), (nods, hands_back, unjudged, unjudged)])
def test_a_talk_too_short_says_so_and_keeps_what_is_known(kinds):
    debrief = debrief_of(*kinds, own_rating=4)
    assert not debrief.judged
    assert "needs 3 turns" in debrief.reason
    assert debrief.worked == debrief.missed == ()
    assert debrief.practise_next is None
    assert (debrief.heard, debrief.unheard) == (("The kiln",), 4)
    assert debrief.figures.turns == len(kinds)


def test_two_moments_that_worked_the_best_first_chosen_and_told_in_order():
    debrief = debrief_of(asks_openly, asks_openly, hands_back, nods)
    assert [(m.turn, m.better) for m in debrief.worked] == [(1, None), (3, None)]
    assert debrief.worked[1].theirs == "she waited"
    assert debrief.worked[1].yours.startswith("You dreaded losing her")


@pytest.mark.parametrize("story", [STORY, f"{STORY} So there."])
def test_what_worked_stands_beside_what_it_answers(story):
    text = "What happened next?"
    asked = a_read_turn(1, story, text, a_reading(text, asks="open", uptake=0.8))
    rest = [nods(2), nods(3)]
    debrief = write_debrief([asked, *rest], opening=OPENING, heard=(), unheard=0, own_rating=None)
    assert debrief.worked[0].theirs == "I drove out and told her myself, and she waited."


def test_two_missed_openings_with_a_better_wording_that_is_not_said_twice():
    debrief = debrief_of(hands_back, walks_past, asks_closed, nods, walks_past)
    assert [(m.turn, m.better) for m in debrief.missed] == [(2, BETTER), (4, None)]
    assert debrief.missed[0].theirs == "I was afraid the customer would leave us."


def test_a_wording_that_no_card_gave_is_not_made_up():
    text = "What did he say then?"
    asked = a_read_turn(1, "What did you do then?", text, a_reading(text, asks="open"))
    rest = [hands_back(2), hands_back(3)]
    debrief = write_debrief([asked, *rest], opening=OPENING, heard=(), unheard=1, own_rating=None)
    assert [(m.turn, m.better) for m in debrief.missed] == [(1, None)]


def test_moments_of_two_kinds_before_two_of_one():
    debrief = debrief_of(nods, nods, asks_closed)
    assert [m.turn for m in debrief.missed] == [1, 3]
    assert [m.turn for m in debrief_of(nods, nods, nods).missed] == [1, 2]


def thanks(number):
    text = "Thank you for your time."
    reading = a_reading(text, moves=("appreciation",), uptake=0.1)
    return a_read_turn(number, STORY, text, reading)


def test_a_courtesy_is_told_of_where_nothing_else_was_praised():
    assert [m.turn for m in debrief_of(nods, thanks, walks_past).worked] == [2]
    assert [m.turn for m in debrief_of(hands_back, thanks, walks_past).worked] == [1]


def goes_over(number):
    text = "So four hundred tiles were lost in March, and you told her to her face yourself."
    points = (a_point(STORY, "The old kiln cracked in March"), a_point(STORY, "she waited"))
    paraphrase = a_paraphrase(*points, faithfulness=0.5, own_words=0.3)
    reading = a_reading(text, reflects="simple", paraphrase=paraphrase, moves=("summary",))
    return a_read_turn(number, STORY, text, reading)


def test_what_may_not_be_true_throughout_is_a_moment_only_where_nothing_else_is():
    assert goes_over(1).card.strength.skill == "said_back"
    assert [m.turn for m in debrief_of(nods, goes_over, walks_past).worked] == [2]
    assert [m.turn for m in debrief_of(hands_back, goes_over, walks_past).worked] == [1]


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ((nods, nods, nods), "You asked nothing and said nothing back."),
        ((asks_openly, asks_openly, nods), "You asked in 2 of them, openly in 2, and said"),
        ((asks_openly, asks_closed, nods), "You asked in 2 of them, openly in 1, and said"),
        ((asks_closed, hands_back, nods), "asked in 1 of them, openly in none, and said something"),
        ((hands_back, hands_back, nods), "You asked nothing and said something back in 2."),
    ],
)
def test_what_the_turns_did_is_told_even_where_none_stands_out(kinds, told):
    assert told in debrief_of(*kinds).opening


def test_nothing_that_worked_is_invented():
    debrief = debrief_of(nods, walks_past, nods)
    assert debrief.judged and debrief.worked == ()


def test_what_came_up_most_is_practised():
    assert debrief_of(nods, asks_closed, asks_closed).practise_skill == "question_closed"
    assert debrief_of(nods, asks_closed, hands_back).practise_skill == "nod"
    assert debrief_of(asks_openly, asks_openly, asks_openly).practise_next is None


def test_harm_weighs_double_and_a_next_step_least():
    def dismisses(number):
        text = "Kilns crack."
        reading = a_reading(text, moves=("dismissal",))
        return a_read_turn(number, STORY, text, reading)

    def nearly(number):
        text = "So you thought that order would be your last from them."
        point = a_point(STORY, "I was afraid the customer would leave us.")
        reading = a_reading(text, reflects="simple", paraphrase=a_paraphrase(point))
        return a_read_turn(number, STORY, text, reading)

    assert nearly(1).card.try_next.skill == "reflect_deeper"
    assert debrief_of(dismisses, nods, nods).practise_skill == "dismissal"
    assert debrief_of(nearly, nearly, nods).practise_skill == "nod"
    assert debrief_of(nearly, nearly, asks_openly).practise_skill == "reflect_deeper"


def test_the_learners_own_rating_comes_first():
    opening = debrief_of(nods, nods, hands_back, own_rating=2).opening
    assert opening.startswith("You gave your listening 2 of 5.")
    assert "“What would you like to know?”" in opening
    assert debrief_of(nods, nods, hands_back).opening.startswith("Looking back on 3 turns")
    assert "one turn" in debrief_of(nods).opening


def test_figures_of_a_talk():
    turns = [asks_openly(1), hands_back(2), asks_closed(3), unjudged(4)]
    figures = talk_figures(turns)
    assert (figures.turns, figures.judged, figures.questions, figures.reflections) == (4, 3, 2, 1)
    assert figures.reflections_to_questions == 0.5
    assert figures.open_share == 0.5
    assert figures.uptake == (0.8, 1.0, 0.6)
    assert figures.uptake_turns == (1, 2, 3)
    mine = 6 + 10 + 3 + 1
    theirs = len(STORY.split()) + 4 * len(["Go", "on."])
    assert figures.talk_share == pytest.approx(mine / (mine + theirs))
    assert figures.note.endswith("The numbers describe this talk, not you.")
    assert "one turn moves every number" in figures.note


def test_figures_with_nothing_to_divide_by():
    empty = talk_figures([])
    assert (empty.reflections_to_questions, empty.open_share, empty.talk_share) == (None,) * 3
    assert "No turn could be judged" in empty.note
    only_back = talk_figures([hands_back(1)])
    assert only_back.reflections_to_questions is None and only_back.open_share is None
    assert "No question was asked" in only_back.note
    assert "Nothing was asked or said back" in talk_figures([nods(1)]).note
    assert talk_figures([asks_openly(1)]).reflections_to_questions == 0.0
    long = talk_figures([asks_openly(number) for number in range(1, 10)])
    assert "fair and two good" in long.note and "short" not in long.note


def test_same_talk_same_debrief():
    kinds = (asks_openly, nods, hands_back, asks_closed, walks_past)
    assert debrief_of(*kinds) == debrief_of(*kinds)
