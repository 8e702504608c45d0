"""Scripted listeners, and what only the models find wrong with a scenario."""

from __future__ import annotations

import yaml

from coach.mentor.library import examine
from coach.trainer.autoplay import PAYS, Paid, Played, play, play_all, table
from coach.trainer.check import listen_through
from coach.trainer.leading import lead, unreached
from coach.trainer.plain_questions import QUESTIONS, unanswered
from tests.fakes import FakeListener
from tests.mentor_scene import a_scenario


def written(tmp_path, **changes):
    data = a_scenario(**changes).model_dump(mode="json", exclude_none=True)
    path = tmp_path / "small-port.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return path


def listened(path):
    scenario, file, _ = examine(path)
    return listen_through(file, scenario, FakeListener())


def test_who_listens_hears_more_and_is_trusted_more():
    # A mentor who runs out of doors to open tells what is left, to whomever: real ones have more.
    doors = [f"There is a door on the {n} side." for n in ("left", "right", "sunny", "shady")]
    manners = a_scenario().manners.model_dump()
    manners["leads_on"] += doors
    paid = play_all(a_scenario(manners=manners), FakeListener())
    assert paid.good.points >= PAYS * paid.poor.points
    assert paid.good.trust > paid.poor.trust > paid.rude.trust
    assert paid.holds and "pays" in table([paid])


def test_the_same_talk_twice():
    one, two = (play(a_scenario(), FakeListener(), "poor", seed=3) for _ in range(2))
    assert one == two
    assert len(one.turns) <= 20


def test_a_scripted_talk_is_read_with_the_exchange_before():
    listener = FakeListener()
    played = play(a_scenario(), listener, "poor", seed=3)
    said = [line for turn in played.turns for line in turn]
    after_two = [before for before in listener.read_before if len(before) == 3]
    assert after_two
    for before in after_two:
        assert any(said[at : at + 2] == list(before[1:]) for at in range(0, len(said), 2))


def test_a_talk_where_listening_does_not_pay_is_named():
    same = {"points": 5, "trust": 0.5, "turns": ()}
    paid = Paid(
        a_scenario(), Played("good", **same), Played("poor", **same), Played("rude", **same)
    )
    assert not paid.holds and "DOES NOT PAY" in table([paid])


def test_a_question_is_asked_as_if_it_stood_nowhere():
    topics = a_scenario().model_dump(exclude_none=True)["topics"]
    topics[0]["opened_by"] = ["how is hemp twisted here", "how is hemp twisted", "never mind"]
    led = {one.question: one for one in lead(a_scenario(topics=topics), FakeListener())}
    assert led["how is hemp twisted here"].right
    assert led["never mind"].to is None
    assert unreached(a_scenario(), FakeListener()) == []


def test_what_is_typed_to_one_line_claims_no_question_asked_elsewhere():
    sort = {"answers": ["tell me about great gale now", "about great gale"], "says": "Ask."}
    found = {led.question: led.to for led in lead(a_scenario(hears=[sort]), FakeListener())}
    assert not (found["tell me about great gale"] or "").startswith("begins/")


def test_a_question_that_a_detail_answers_later_leads_to_the_story_first():
    topics = a_scenario().model_dump(exclude_none=True)["topics"]
    topics[0]["opened_by"] = ["why is cheese dear here", "never mind"]
    topics[0]["details"] = [{"asked_as": ["why is cheese dear", "is cheese dear"], "says": "Salt."}]
    topics[0]["follow_ups"] = {"age": "Nine."}
    topics[1]["opened_by"] = ["how old were you then", "what age were you"]
    led = {one.question: one for one in lead(a_scenario(topics=topics), FakeListener())}
    assert led["why is cheese dear here"].right
    assert led["how old were you then"].to != "follow/age"


def test_a_topic_whose_question_opens_another_is_found(tmp_path):
    topics = a_scenario().model_dump(exclude_none=True)["topics"]
    topics[1]["better_question"] = topics[0]["opened_by"][0]
    path = written(tmp_path, topics=topics)
    assert unreached(a_scenario(topics=topics), FakeListener()) == [topics[1]["id"]]
    found = [f for f in listened(path) if "does not open" in f.what]
    assert [f.line > 1 for f in found] == [True]
    assert f"'{topics[1]['id']}'" in found[0].what and found[0].level == "warning"


def test_plain_questions_that_find_no_answer_are_named(tmp_path):
    left = unanswered(a_scenario(), FakeListener())
    assert QUESTIONS[0] in left
    (found,) = [f for f in listened(written(tmp_path)) if "plain" in f.what]
    assert f"{len(left)} find no answer" in found.what and QUESTIONS[0] in found.what
    answers = [{"asked_as": list(QUESTIONS), "says": ["It stays here."]}]
    assert unanswered(a_scenario(answers=answers), FakeListener()) == []
    answered = written(tmp_path, answers=answers)
    assert not [f for f in listened(answered) if "plain" in f.what]


def test_a_sentence_nobody_could_say_is_found(tmp_path):
    path = written(tmp_path, opening=f"Well, {'and so on ' * 20}shall we?")
    (found,) = [f for f in listened(path) if "too long to be said" in f.what]
    assert path.read_text().splitlines()[found.line - 1].startswith("opening:")
