"""Whole talks: nothing is said twice, nothing depends on chance, nothing is lost on the way."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.listening.reading import MOVES, Reading
from coach.mentor import policy
from coach.mentor.mentor import Mentor, MentorState
from coach.mentor.scenario import Scenario, Sign, Temper
from coach.mentor.script import Script
from coach.mentor.state import RULES, moved, signs
from tests.fakes import FakeListener
from tests.mentor_scene import OPEN, PLAIN, UNJUDGED, WELL, WRONGLY, a_mentor, a_reading, a_scenario

SCENARIO = a_scenario()
QUESTIONS = [text for topic in SCENARIO.topics for text in topic.opened_by]

texts = st.one_of(
    st.sampled_from([*QUESTIONS, "ok", "why?", "tell me more", "are you married", "hello Bo", ""]),
    st.text(max_size=60),
)
readings = st.builds(
    a_reading,
    st.sampled_from(["none", "open", "closed"]),
    st.sampled_from(["none", "simple", "complex"]),
    moves=st.sets(st.sampled_from(MOVES), max_size=2).map(tuple),
    points=st.text("cmd", max_size=4),
    added=st.booleans(),
    judged=st.booleans(),
    uptake=st.floats(0, 1),
)


def parts_said(mentor: Mentor) -> list[str]:
    script = Script(mentor.scenario)
    return [script.text[key] for key in mentor.state.said]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(texts, readings), min_size=40, max_size=60), st.integers(0, 99))
def test_nothing_is_ever_said_twice(turns: list[tuple[str, Reading]], seed: int):
    mentor = a_mentor(seed=seed)
    lines = []
    for text, reading in turns:
        if mentor.state.closed:
            break
        line = mentor.reply(text, reading, "")
        lines.append(line.text)
        assert line.text.strip()
        assert line.rule.endswith(".")
        assert 0 <= mentor.state.trust <= 1
    assert len(set(lines)) == len(lines)
    said = parts_said(mentor)
    assert len(set(said)) == len(said)
    assert MentorState.model_validate_json(mentor.state.model_dump_json()) == mentor.state


def test_words_written_in_two_places_are_said_once():
    data = SCENARIO.model_dump()
    data["manners"]["acknowledged"] = data["manners"]["leads_on"]
    mentor = Mentor(Scenario.model_validate(data), FakeListener().closeness)
    mentor.opening()
    while not mentor.state.closed:
        mentor.reply("mm", UNJUDGED, "")
    said = parts_said(mentor)
    assert len(set(said)) == len(said)


def test_a_shy_learner_is_carried_for_twenty_turns_and_then_let_go():
    for text, reading in (("mm", UNJUDGED), ("I went home early that day", PLAIN)):
        mentor = a_mentor()
        lines = []
        while not mentor.state.closed:
            lines.append(mentor.reply(text, reading, ""))
        assert len(lines) >= 20
        assert lines[-1].closing
        # Nobody listened, so nothing was confided.
        assert "confidence" not in mentor.state.told.values()
        assert mentor.unheard == 0


TALK = [
    ("how did great gale begin", OPEN),
    ("So masts snapped", WELL),
    ("So nothing happened", WRONGLY),
    ("ok", UNJUDGED),
    ("My view is different", PLAIN),
    ("ok", UNJUDGED),
]


def test_same_seed_same_talk_other_seed_other_small_talk():
    def talk(seed: int) -> list[str]:
        mentor = a_mentor(seed=seed)
        return [mentor.reply(text, reading, "").text for text, reading in TALK]

    assert talk(5) == talk(5)
    assert len({tuple(talk(seed)) for seed in range(6)}) > 1


def test_a_talk_goes_on_from_its_kept_state():
    whole = a_mentor(seed=3)
    said = [whole.reply(text, reading, "").text for text, reading in TALK]
    first = a_mentor(seed=3)
    for text, reading in TALK[:3]:
        first.reply(text, reading, "")
    kept = json.loads(json.dumps(first.state.model_dump(mode="json")))
    second = a_mentor(MentorState.model_validate(kept), seed=3)
    assert [second.reply(text, reading, "").text for text, reading in TALK[3:]] == said[3:]


def test_a_reply_leaves_the_state_before_it_untouched():
    mentor = a_mentor()
    before = mentor.state
    kept = before.model_dump_json()
    mentor.reply("how did great gale begin", OPEN, "")
    assert before.model_dump_json() == kept
    again = a_mentor(before)
    assert again.reply("how did great gale begin", OPEN, "").depth == "full"


def shown(*args, words=5, nods=0):
    return signs(*args, words=words, nods=nods)


def test_the_state_moves_by_its_rules_alone():
    calm = Temper(trust=0.5, patience=0.6, interest=0.5)
    start = MentorState.of(calm)
    assert moved(start, (), calm) == start
    asked = moved(start, ("open", "builds"), calm)
    assert (asked.trust, asked.patience, asked.interest) == (0.53, 0.66, 0.54)
    low = start.model_copy(update={"trust": 0.1, "patience": 0.1})
    slighted = moved(low, ("dismissal",), calm)
    assert slighted.trust == slighted.patience == 0.0
    assert moved(low, (), calm).patience == 0.15  # patience comes back by itself, trust does not
    high = start.model_copy(update={"trust": 0.95})
    assert moved(high, ("handed_back_well",), calm).trust == 1.0


def test_a_temper_doubles_what_it_warms_to_and_cools_at():
    plain, taught = Temper(), Temper(warms_to=["knowledge_share"], cools_at=["leading"])
    start = MentorState.of(plain)
    shares = ("knowledge_share", "leading")
    usual, doubled = moved(start, shares, plain), moved(start, shares, taught)
    assert usual.interest == pytest.approx(0.6) and doubled.interest == pytest.approx(0.7)
    assert usual.trust == pytest.approx(0.49) and doubled.trust == pytest.approx(0.48)


def test_signs_are_those_of_the_reading_and_of_the_talk():
    unjudged = a_reading("open", moves=("appreciation",), judged=False)
    assert shown(unjudged, "none", ()) == ()
    assert shown(unjudged, "none", (), nods=2) == ("nod",)
    asked = a_reading("open", flags=("leading",), moves=("appreciation",))
    found = {"leading", "handed_back_well", "open", "builds"}
    assert set(shown(asked, "well", ())) == found
    acted_on = set(shown(asked, "well", ("appreciation",), words=120))
    assert acted_on == found | {"appreciation", "long_winded"}


def test_every_rule_is_about_something_a_turn_can_show_and_a_scenario_can_name():
    known = {*MOVES, "leading", "multiple", "open", "builds"}
    known |= {"handed_back_well", "handed_back_partly", "handed_back_wrongly"}
    known |= {"closed", "long_winded", "nod"}
    signs_of_rules = [rule.sign for rule in RULES]
    assert set(signs_of_rules) <= known
    assert len(set(signs_of_rules)) == len(signs_of_rules)
    assert set(get_args(Sign)) == set(signs_of_rules) - {"handed_back_partly"}


def test_why_something_was_said_is_told_to_whoever_it_was_said_to():
    sentences = [rule.why for rule in policy.RULES]
    assert all(sentence.endswith(".") and "learner" not in sentence for sentence in sentences)
    assert sum("You" in sentence for sentence in sentences) > len(sentences) / 2


def test_lines_to_prepare_hold_all_that_is_matched():
    lines = a_mentor().lines()
    assert len(lines) == len(set(lines))
    assert {*QUESTIONS, "are you married", "goodbye then"} <= set(lines)
    assert SCENARIO.topic("rope").says.full in lines
