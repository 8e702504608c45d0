"""Finding by meaning, and the questions it was tuned and measured on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.mentor.library import load_library
from coach.mentor.matching import CURRENT_BONUS, KNOWN, KNOWN_FOLLOW_UP, Finder, Found, Standing
from coach.mentor.nearness import LINE_WEIGHT
from coach.mentor.wording import (
    ends_in_question,
    is_greeting,
    is_nod,
    is_short_answer,
    leans_on_what_was_said,
    looks_like_words,
)
from tests.mentor_scene import a_scenario

QUESTIONS = Path(__file__).parent / "data" / "mentor_questions.jsonl"


class Scripted:
    """Closeness by table: phrases not in it are as far as can be."""

    def __init__(self, **near: float) -> None:
        self.near = {text.replace("_", " "): score for text, score in near.items()}
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        self.asked += texts
        return [[self.near.get(candidate, 0.0) for candidate in candidates] for _ in texts]


def test_the_nearest_phrasing_speaks_for_its_topic():
    near = Scripted(how_did_great_gale_begin=0.7, tell_me_about_rope_walk=0.6, any=0.9)
    found = Finder(a_scenario(), near).find("the gale?")
    assert (found.topic, found.topic_score, found.about) == ("storm", 0.7, "topic")


def test_answers_and_farewells_are_found_beside_topics():
    near = Scripted(are_you_married=0.8, how_did_great_gale_begin=0.7, goodbye_then=0.3)
    found = Finder(a_scenario(), near).find("wife?")
    assert (found.about, found.answer) == ("answer", "answer/0")
    assert found.farewell_score == pytest.approx(0.3, abs=0.01)


def test_what_is_asked_at_once_gets_no_leave_to_ask():
    begs = {"asked_as": ["Can I ask you something?", "may i ask"], "says": ["Ask away."]}
    wife = {"asked_as": ["are you married", "have you a wife"], "says": ["Yes."]}
    near = Scripted(are_you_married=0.7)
    near.near["Can I ask you something?"] = 0.8
    finder = Finder(a_scenario(answers=[begs, wife]), near)
    assert finder.find("can i ask something. a wife, have you?").answer == "answer/0"
    found = finder.find("can i ask something. a wife, have you?", at_once=True)
    assert found.answer == "answer/1"
    assert "answer/0" not in found.near


def test_leave_to_ask_takes_no_story_from_what_is_asked_at_once():
    topics = [topic.model_dump() for topic in a_scenario().topics]
    topics[0]["opened_by"] = ["could I ask you something about rope", "how did rope walk begin"]
    near = Scripted(could_I_ask_you_something_about_rope=0.8)
    found = Finder(a_scenario(topics=topics), near).find("can i ask, the rope?", at_once=True)
    assert (found.about, found.topic) == ("topic", "rope")


def test_far_from_everything_is_unknown():
    near = Scripted(how_did_great_gale_begin=KNOWN - 0.01)
    assert Finder(a_scenario(), near).find("cheese?").about is None
    assert Found().about is None


def test_the_current_topic_wins_a_close_race_only():
    near = Scripted(how_did_great_gale_begin=0.60, tell_me_about_rope_walk=0.58)
    finder = Finder(a_scenario(), near)
    assert finder.find("x", at=Standing(current="rope")).topic == "rope"
    assert finder.find("x", at=Standing(current="ledger")).topic == "storm"
    near.near["tell me about rope walk"] = 0.60 - CURRENT_BONUS - 0.01
    assert finder.find("y", at=Standing(current="rope")).topic == "storm"


def test_what_was_just_offered_is_nearer_than_the_rest():
    near = Scripted(how_did_great_gale_begin=0.60, tell_me_about_rope_walk=0.50)
    finder = Finder(a_scenario(), near)
    assert finder.find("who was it?").topic == "storm"
    assert finder.find("who was it?", at=Standing(offered="rope")).topic == "rope"


def test_what_answers_a_line_is_found_only_while_that_line_waits():
    sort = {"answers": ["like a stone", "slept fine"], "says": "You missed the rats."}
    finder = Finder(a_scenario(hears=[sort]), Scripted(slept_fine=0.7))
    assert finder.find("I slept").about is None
    assert finder.find("I slept", at=Standing(answering="asks/storm")).about is None
    assert finder.find("I slept", at=Standing(answering="opening")).answer == "begins/0"


def test_details_are_found_by_their_sentence():
    says = a_scenario().topic("rope").says.model_dump()
    says["full"] = "It was long ago, mind you. A woman in Batley rang at three."
    topics = [topic.model_dump() for topic in a_scenario().topics]
    topics[0]["says"] = says
    near = Scripted(**{"A_woman_in_Batley_rang_at_three.": 0.8})
    found = Finder(a_scenario(topics=topics), near).find("Batley?")
    assert (found.topic, found.about) == ("rope", "topic")


def test_a_line_speaks_for_its_part_and_asks_for_nothing():
    says = a_scenario().topic("rope").says.model_dump()
    says["full"] = "A woman in Batley rang at three."
    topics = [topic.model_dump() for topic in a_scenario().topics]
    topics[0]["says"] = says
    near = Scripted(**{"A_woman_in_Batley_rang_at_three.": 0.8, "tell_me_about_rope_walk": 0.5})
    finder = Finder(a_scenario(topics=topics), near)
    rope = finder.wordings.nearness("Batley?")["topic/rope"]
    assert rope.asked_as == "tell me about rope walk"
    # Its line counts for nine tenths, and what asks for it a little more on top.
    assert rope.score == pytest.approx(0.8 * LINE_WEIGHT, abs=0.01)
    near.near = {}
    assert finder.wordings.nearness("Batley?", without="tell me about rope walk")[
        "topic/rope"
    ].asked_as != ("tell me about rope walk")


def followed(**follow_ups: str):
    topics = [topic.model_dump() for topic in a_scenario().topics]
    topics[0]["follow_ups"] = follow_ups
    return Finder(a_scenario(topics=topics), Scripted(**{"How_old_were_you_then?": 0.8}))


def test_what_is_asked_after_a_story_is_about_the_current_one():
    finder = followed(age="Nine.")
    assert finder.find("x", at=Standing("rope", told={"rope": "full"})).answer == "follow/rope/age"
    assert finder.find("x", at=Standing("rope", told={"rope": "full"})).about == "answer"
    early = finder.find("x", at=Standing("rope", told={"rope": "short"}))
    assert (early.about, early.topic) == ("topic", "rope")


def test_after_a_confidence_the_same_question_means_the_confidence():
    topics = [topic.model_dump() for topic in a_scenario().topics]
    topics[0] |= {"follow_ups": {"age": "Nine.", "felt": "Bad."}, "confided": {"age": "Fifty."}}
    near = Scripted(**{"How_old_were_you_then?": 0.85, "How_did_that_feel?": 0.8})
    finder = Finder(a_scenario(topics=topics), near)
    assert finder.find("x", at=Standing("rope", told={"rope": "full"})).answer == "follow/rope/age"
    assert (
        finder.find("x", at=Standing("rope", told={"rope": "confidence"})).answer
        == "confided/rope/age"
    )
    near.near["How did that feel?"] = 0.9
    assert (
        finder.find("y", at=Standing("rope", told={"rope": "confidence"})).answer
        == "follow/rope/felt"
    )


def test_what_is_only_near_to_such_a_question_asks_something_else():
    topics = [topic.model_dump() for topic in a_scenario().topics]
    topics[0]["follow_ups"] = {"age": "Nine."}
    near = Scripted(**{"How_old_were_you_then?": KNOWN_FOLLOW_UP - 0.01})
    finder = Finder(a_scenario(topics=topics), near)
    assert finder.find("x", at=Standing("rope", told={"rope": "full"})).about is None


def test_what_is_asked_after_a_story_means_nothing_before_one():
    assert followed(age="Nine.").find("x", at=Standing("rope")).about is None
    assert followed(age="Nine.").find("x", at=Standing(told={"rope": "full"})).about is None


def test_kinds_that_no_story_answers_are_not_listened_for():
    assert (
        followed(worked="Yes.").find("x", at=Standing("rope", told={"rope": "full"})).about is None
    )


def test_he_and_it_mean_what_was_just_told():
    near = Scripted(how_did_great_gale_begin=0.50, tell_me_about_rope_walk=0.42)
    finder = Finder(a_scenario(), near)
    assert finder.find("Did the captain retire?", at=Standing(current="rope")).topic == "storm"
    assert finder.find("Did he retire?", at=Standing(current="rope")).topic == "rope"


def test_common_goodbyes_are_known_beside_the_scenarios_own():
    near = Scripted(**{"I'd_better_be_off.": 0.8})
    assert Finder(a_scenario(), near).find("I'm off").farewell_score == 0.8


def test_what_stands_around_a_question_helps_to_find_it():
    class ByText(Scripted):
        def __call__(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
            rows = zip(texts, super().__call__(texts, candidates), strict=True)
            return [[score * ("gale" in text) for score in row] for text, row in rows]

    finder = Finder(a_scenario(), ByText(how_did_great_gale_begin=0.9))
    whole = "I heard there was a gale. What was life like?"
    assert finder.find("What was life like?", around=whole).topic_score == pytest.approx(0.81)
    assert finder.find("What was life like?").about is None


def test_a_question_about_it_is_found_by_what_it_is():
    def closeness(texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        # The question alone is nearer to the rope walk than the whole turn is to the gale.
        alone, whole = {"tell me about rope walk": 0.66}, {"how did great gale begin": 0.62}
        near = [whole if "gale" in text else alone for text in texts]
        return [[table.get(candidate, 0.0) for candidate in candidates] for table in near]

    finder = Finder(a_scenario(), closeness)
    for asks, topic in (("What made it come?", "storm"), ("What made you come?", "rope")):
        assert finder.find(asks, around=f"I heard there was a gale. {asks}").topic == topic


def test_being_called_by_name_says_nothing():
    near = Scripted()
    Finder(a_scenario(), near).find("See you soon, Bo")
    assert {*near.asked} == {"See you soon"}


def test_nothing_is_compared_for_an_empty_turn():
    near = Scripted()
    assert Finder(a_scenario(), near).find(" \n").about is None
    assert near.asked == []


@pytest.mark.parametrize("text", ["Why?", "and how did that feel?", "Go on", "What happened then?"])
def test_follow_ups_lean(text):
    assert leans_on_what_was_said(text)


@pytest.mark.parametrize(
    "text", ["What about your family?", "I see", "Tell me about the flood", "", "no"]
)
def test_questions_with_a_subject_do_not_lean(text):
    assert not leans_on_what_was_said(text)


def test_small_signs():
    assert is_nod("I see. Right!")
    assert not is_nod("I see a ship")
    assert is_short_answer("Not really.")
    assert not is_short_answer("hmm, I see")
    assert is_greeting("Good morning, Bo!", "Bo")
    assert not is_greeting("Good morning, how is the boiler?", "Bo")
    assert looks_like_words("Money")
    assert not looks_like_words("sdfkjh")
    assert not looks_like_words("你好")
    assert looks_like_words("12")
    assert ends_in_question("And you? ")
    assert ends_in_question("(Is it so?)")
    assert not ends_in_question("She just said, 'Shall we ring them, then?'")


def test_measured_questions_name_things_that_exist():
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 100
    assert len({(row["scenario"], row["text"]) for row in rows}) == len(rows)
    scenarios = load_library().scenarios
    for row in rows:
        scenario = scenarios[row["scenario"]]
        for want in [row["want"]] if isinstance(row["want"], str) else row["want"]:
            kind, _, name = want.partition(":")
            if kind == "topic":
                scenario.topic(name)
            elif kind == "answer":
                assert any(name in answer.asked_as for answer in scenario.answers), row
            else:
                assert want in {"unknown", "farewell"}
        assert "current" not in row or scenario.topic(row["current"])
