from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.feedback.card import Card, PointKept, Remark
from coach.feedback.lines import statements
from coach.feedback.margins import margin
from coach.feedback.quotes import sentences
from coach.feedback.recaps import put_up_for_checking
from coach.feedback.rules import NOT_JUDGED, write_card
from coach.feedback.shown import Shown
from coach.feedback.signing import ENOUGH, SIGNED, chance
from coach.feedback.strengths import STRENGTHS
from coach.listening.reading import (
    HELPFUL_MOVES,
    MOVES,
    QUESTION_FLAGS,
    Alone,
    KeyPoint,
    Paraphrase,
    Question,
    Reading,
    Reflection,
)
from coach.plain.words import card_lines
from coach.tui.card_words import card_blocks
from tests.builders import a_paraphrase, a_point, a_reading

STORY = (
    "The old kiln cracked in March with four hundred tiles inside. I was afraid the customer "
    "would leave us. I drove out and told her myself, and she waited."
)
FEAR = "I was afraid the customer would leave us."


def strength(text, reading, context=STORY):
    return write_card(context, text, reading).strength


def skill(text, reading, context=STORY):
    remark = strength(text, reading, context)
    return remark.skill if remark else None


def handing_back(text, *points, reflects="simple", **changes):
    return a_reading(text, reflects=reflects, paraphrase=a_paraphrase(*points, **changes))


def test_not_judged_says_why_and_nothing_else():
    reading = a_reading("Hm", asks="open", moves=("dismissal",), judged=False, reason="Too short.")
    assert write_card(STORY, "Hm", reading) == Card(judged=False, reason="Too short.")
    nameless = reading.model_copy(update={"reason": None})
    assert write_card(STORY, "Hm", nameless).reason == NOT_JUDGED


def test_nothing_good_there_is_no_strength():
    text = "The weather is fine."
    assert skill(text, a_reading(text, uptake=0.1)) is None


def test_a_faithful_paraphrase_is_worth_most():
    text = "You dreaded losing her, and honesty kept her. How did you tell her?"
    points = (a_point(STORY, FEAR, p=0.99), a_point(STORY, "she waited"))
    reading = handing_back(text, *points).model_copy(
        update={"question": a_reading(text, asks="open").question, "uptake": 0.9}
    )
    remark = strength(text, reading)
    assert (remark.skill, remark.theirs.text) == ("paraphrase_faithful", FEAR)
    assert remark.words.startswith("Two of their points come back here")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"own_words": 0.3}, "paraphrase_true"),
        ({"coverage": 0.4}, "paraphrase_true"),
        ({"coverage": 0.3}, None),
        ({"faithfulness": 0.5}, None),
        ({"added": ((0, 10),)}, None),
    ],
)
def test_a_lesser_paraphrase_gets_a_lesser_word_or_none(changes, expected):
    text = "You dreaded losing her."
    assert skill(text, handing_back(text, a_point(STORY, FEAR), **changes)) == expected


def test_a_point_that_may_be_distorted_silences_praise_for_truth():
    text = "You dreaded losing her."
    points = (a_point(STORY, FEAR), a_point(STORY, "she waited", "distorted", 0.4))
    assert skill(text, handing_back(text, *points)) is None
    assert skill(text, handing_back(text, *points, reflects="complex")) is None


def test_a_copy_is_true_and_not_in_fresh_words_whatever_the_model_thinks():
    text = "You were afraid the customer would leave you."
    assert skill(text, handing_back(text, a_point(STORY, FEAR))) == "paraphrase_true"


def test_an_open_question_builds_only_where_it_shows():
    text = "How did you tell the customer?"
    remark = strength(text, a_reading(text, asks="open", uptake=0.7))
    assert (remark.skill, remark.theirs.text) == ("question_open_uptake", FEAR)
    text = "How was that for you?"
    assert skill(text, a_reading(text, asks="open", uptake=0.7)) == "question_open"
    assert skill(text, a_reading(text, asks="open", uptake=0.1)) is None
    assert skill(text, a_reading(text, asks="open", uptake=0.7, sure=0.5)) is None
    stacked = a_reading(text, asks="open", uptake=0.7, flags=("multiple",))
    assert skill(text, stacked) == "question_open"  # a second question has to show
    text = "How was that for you? Why did you stay?"
    assert skill(text, a_reading(text, asks="open", uptake=0.7, flags=("multiple",))) is None


def test_a_lone_word_is_quoted_with_its_sentence():
    text = "Twenty years. And how?"
    reading = a_reading(text, asks="open", asking=("how?",), uptake=0.7)
    assert Shown(STORY, text, reading).yours_asking().text == "And how?"


def test_an_either_or_is_one_question():
    def flags(text):
        reading = a_reading(text, asks="closed", flags=("multiple",))
        return write_card(STORY, text, reading).question.flags

    assert flags("Was it the heat or was it the clay?") == ()
    assert flags("Was it the heat, and did she know?") == ("multiple",)
    assert flags("Why did it crack? Was it the heat?") == ()
    assert flags("Why did it crack? Who told her?") == ("multiple",)


def test_a_score_is_for_a_recap_alone():
    text = "She waited. How was that?"
    asks = {"question": a_reading(text, asks="open").question}
    one = handing_back(text, a_point(STORY, "she waited"))
    assert write_card(STORY, text, one).score == 75
    assert write_card(STORY, text, one.model_copy(update=asks)).score is None
    two = handing_back(text, a_point(STORY, "she waited"), a_point(STORY, FEAR))
    assert write_card(STORY, text, two.model_copy(update=asks)).score == 75


def test_feedback_with_a_view_beats_either_alone():
    text = "I rushed the last row. How do you see it?"
    moves = {"feedback_request": 0.96, "own_observation": 0.96}
    assert skill(text, a_reading(text, moves=moves)) == "feedback_specific"
    assert skill(text, a_reading(text, moves=("own_observation",))) == "own_observation"


SELDOM_SIGNED = ("summary", "acknowledgment", "topic_proposal")


@pytest.mark.parametrize("move", [move for move in HELPFUL_MOVES if move not in SELDOM_SIGNED])
def test_a_helpful_move_is_a_strength_when_sure(move):
    text = "I will keep it between us, thank you."
    remark = strength(text, a_reading(text, moves={move: 0.99}))
    assert remark.skill == move
    assert remark.yours.text == text
    assert skill(text, a_reading(text, moves={move: 0.52})) is None


def test_praise_rests_on_words_that_bear_it_out_by_themselves():
    text = "I'll ring her on Friday. Lovely tea."
    for shown, said in ((0.97, "commitment"), (0.4, None)):
        reading = a_reading(
            text, moves=("commitment",), shows={"commitment": "I'll ring her on Friday."}
        )
        alone = (
            Alone(span=(0, 24), p={"commitment": shown}),
            Alone(span=(25, 36), p={"commitment": 0.99}),
        )
        assert skill(text, reading.model_copy(update={"alone": alone})) == said


def test_how_often_praise_is_signed_rises_with_what_is_known():
    for kind in SIGNED:
        least, most = chance(kind, -1.0, -1.0), chance(kind, 4.5, 4.5)
        assert 0.0 < least < ENOUGH
        assert least < most
    assert chance("time_given", 0.0, 0.0) == 1.0


def test_a_nod_is_a_strength_only_where_it_takes_something_in():
    assert skill("I see.", a_reading("I see.", moves=("acknowledgment",))) is None
    text = "Four hundred tiles, I see."
    assert skill(text, a_reading(text, moves=("acknowledgment",))) == "acknowledgment"
    long = "Christ. I had no idea they were tiles."
    reading = a_reading(long, moves=("acknowledgment",))
    spans = {"acknowledgment": ((0, 7),)}
    assert skill(long, reading.model_copy(update={"move_evidence": spans})) is None


def test_who_was_asked_answers_and_gives_nothing_in_return():
    text = "Borax lowers the melting point of a glaze."
    reading = a_reading(text, moves=("knowledge_share",))
    assert skill(text, reading) == "knowledge_share"
    assert skill(text, reading, STORY + " What does borax do?") is None


def test_beside_an_idea_put_to_use_stands_what_it_came_from():
    text = "That customer! I drank my tea first, and it went well."
    reading = a_reading(text, moves=("insight_applied",))
    for start, theirs in ((0, True), (text.index("I drank"), False)):
        spans = {"insight_applied": ((start, len(text) if start else 14),)}
        shown = strength(text, reading.model_copy(update={"move_evidence": spans}))
        assert (shown.theirs is not None) == theirs


def test_a_guess_to_be_confirmed_is_no_question_about_what_was_meant():
    for text, said in (
        ("The kiln, is it that?", "clarifying"),
        ("The kiln. Is it that?", None),
        ("What do you mean by the kiln?", "clarifying"),
    ):
        asking = (text.split(". ")[-1],)
        reading = a_reading(text, asks="closed", flags=("clarifying",), asking=asking)
        assert skill(text, reading) == said


def test_a_question_starts_from_what_was_said_and_not_from_what_was_asked():
    text = "What was the kiln like?"
    reading = a_reading(text, asks="open", uptake=0.8)
    assert skill(text, reading, STORY) == "question_open_uptake"
    assert skill(text, reading, "It is late. Want to know about the kiln?") == "question_open"
    text = "What happened to you next morning?"
    reading = a_reading(text, asks="open", uptake=0.8)
    assert skill(text, reading, "A wet morning it was.") == "question_open"


def test_an_echo_is_not_praised():
    for text, said in (
        ("Four hundred tiles!", None),
        ("A kiln, March, tiles, a customer.", None),
        ("Afraid she would leave you.", "paraphrase_true"),
        ("Afraid the customer would leave them.", "paraphrase_true"),
    ):
        assert skill(text, handing_back(text, a_point(STORY, FEAR))) == said, text


def test_of_several_points_the_one_in_the_fullest_words_is_shown():
    text = "It cracked. So you were afraid the customer would leave you."
    points = (a_point(STORY, "The old kiln cracked in March", p=0.99), a_point(STORY, FEAR))
    shown = strength(text, handing_back(text, *points))
    assert shown.skill == "paraphrase_true"
    assert shown.yours.text == "So you were afraid the customer would leave you."
    assert shown.theirs.text == FEAR


def test_a_bare_thank_you_before_what_one_came_to_say_is_manners():
    for text, said in (
        ("Thank you.", "appreciation"),
        ("Thank you. I'd begin with what I am not sure of, if I may pick.", None),
        ("Thank you. So you decided it?", None),
        ("Thank you for asking me first. I'd begin with what I am not sure of.", "appreciation"),
    ):
        reading = a_reading(text, moves=("appreciation",))
        spans = ((0, text.index(".") + 1),)
        shown = reading.model_copy(update={"move_evidence": {"appreciation": spans}})
        assert skill(text, shown) == said


def test_an_echo_of_a_few_words_is_not_called_fresh():
    for text, said in (
        ("Afraid she would leave you.", "paraphrase_true"),
        ("So you feared losing her business.", "paraphrase_faithful"),
    ):
        assert skill(text, handing_back(text, a_point(STORY, FEAR))) == said


@pytest.mark.parametrize(
    ("text", "their_words"),
    [
        ("You believe so.", "I believe so, yes."),
        ("Haha your arm!", "By reach I thought they meant my arm."),
        ("At the bus stop, I love that.", "From each other, at the bus stop."),
        ("In ink, deal.", "On my wall with it, in ink."),
    ],
)
def test_a_word_of_theirs_and_a_reaction_are_no_more_than_an_echo(text, their_words):
    kept = a_point(their_words, their_words, p=0.99)
    assert skill(text, handing_back(text, kept, faithfulness=0.95), their_words) is None


def test_a_question_is_not_what_came_back():
    theirs = "Ten of yours go into Oak and ten into Ash."
    asked = "Do I get Oak or Ash or do I get nothing, am I out of a job?"
    kept = a_point(theirs, theirs, p=0.99)
    assert skill(asked, handing_back(asked, kept, faithfulness=0.95), theirs) is None
    told = "So you take my ten out of Oak and put them into Ash?"
    assert skill(told, handing_back(told, kept, faithfulness=0.95), theirs) == "paraphrase_true"


def test_what_was_settled_said_back_is_no_promise():
    promise = "I can write on the cards by Friday."
    assert skill(promise, a_reading(promise, moves=("commitment",))) == "commitment"
    back = "So if I've got it right, I can write on the cards by Friday."
    assert skill(back, a_reading(back, moves=("commitment",))) is None


CHECKED = (
    "So if I've got it right: nobody leaves, the class splits after Easter and I stay till August.",
    "You told her yourself, the kiln cracked in March, and she waited. Have I got that right?",
    "You told her yourself, the kiln cracked in March, and she waited, is that right?",
    "You told her yourself, the kiln cracked in March, and she waited. Is that how it was?",
    "So the kiln cracked in March, you told her yourself, and she waited. Is that it?",
    "Let me say it back so I have got it. The kiln cracked, you told her, and she waited.",
)


@pytest.mark.parametrize("text", CHECKED)
def test_a_recap_put_up_for_checking_is_praised_for_that(text):
    remark = strength(text, a_reading(text, reflects="simple"), "Yes, of course.")
    assert remark.skill == "recap_checked"
    assert remark.yours.text == text
    assert "right" in remark.words


def test_after_a_story_something_of_it_has_to_come_back():
    text = CHECKED[1]
    kept = a_paraphrase(a_point(STORY, "she waited", p=0.99), faithfulness=0.5)
    assert skill(text, a_reading(text, reflects="simple", paraphrase=kept)) == "recap_checked"
    missed = a_paraphrase(a_point(STORY, "she waited", status="missed", p=0.99))
    assert skill(text, a_reading(text, reflects="simple", paraphrase=missed)) is None


def test_a_recap_with_something_twisted_is_not_praised_for_being_put_up():
    short, text = "She waited.", CHECKED[1]
    for status, said in (("covered", "recap_checked"), ("distorted", None)):
        point = a_paraphrase(
            a_point(short, short, p=0.99),
            a_point(short, short, status=status, p=0.6),
            faithfulness=0.5,
        )
        assert skill(text, a_reading(text, reflects="simple", paraphrase=point), short) == said


@pytest.mark.parametrize(
    ("text", "reflects"),
    [
        ("I set the joint at four millimetres and sealed it twice. Have I got that right?", "none"),
        ("She waited. Have I got that right?", "simple"),
        ("You drove out and told her yourself, and then she waited, right?", "simple"),
    ],
)
def test_a_check_without_a_recap_is_not_praised_as_one(text, reflects):
    assert skill(text, a_reading(text, reflects=reflects)) != "recap_checked"


def test_who_goes_over_more_than_one_point_puts_up_what_may_be_wrong_as_well():
    text = CHECKED[1]
    points = [a_point(STORY, words, p=0.99) for words in ("she waited", "told her myself")]
    doubted = a_point(STORY, STORY, status="distorted", p=0.5)
    for kept, said in ((points, "recap_checked"), (points[:1], None)):
        paraphrase = a_paraphrase(*kept, doubted, faithfulness=0.4)
        assert skill(text, a_reading(text, reflects="simple", paraphrase=paraphrase)) == said


@pytest.mark.parametrize(
    "text",
    [
        "Can't what? Sorry, I lost you there. You mean she can't afford it?",
        "er not sure i follow, nothing is cut yet?",
        "Sorry, you've lost me. Which kiln?",
        "I don't quite follow you. Was that in March?",
    ],
)
def test_who_lost_the_thread_and_says_so_is_praised_for_it(text):
    remark = strength(text, a_reading(text, asks="closed"))
    assert remark.skill == "said_lost"
    assert "lost" in remark.yours.text or "follow" in remark.yours.text


@pytest.mark.parametrize(
    "text",
    ["I lost you that customer. Was it in March?", "I don't follow football. Which kiln was it?"],
)
def test_other_losses_are_no_lost_thread(text):
    assert skill(text, a_reading(text, asks="closed")) != "said_lost"


def test_a_protest_has_understood():
    theirs = "Come spring I can't keep the class together."
    protest = "What do you mean you can't keep the class together?"
    asked = a_reading(protest, asks="closed", flags=("clarifying",))
    assert skill(protest, asked, theirs) != "clarifying"
    plain = "What do you mean by the class?"
    asked = a_reading(plain, asks="closed", flags=("clarifying",))
    assert skill(plain, asked, theirs) == "clarifying"


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("Aye and no to what, the kiln?", "Aye and no, the kiln is a bit of both."),
        ("Kiln and cellar?", "Kiln and cellar, a bit of each."),
        ("What do you mean you can't mend the kiln?", "Come spring I can't mend the kiln."),
    ],
)
def test_a_question_that_does_not_open_anything_is_not_praised_for_it(text, theirs):
    assert skill(text, a_reading(text, asks="open", uptake=0.9), theirs) is None
    open_one = "What will become of the kiln?"
    found = skill(open_one, a_reading(open_one, asks="open", uptake=0.9), theirs)
    assert found == "question_open_uptake"


def test_what_asks_for_no_meaning_is_not_praised_for_asking_it():
    theirs = "I wrote what I meant to the office of the kiln, you know."
    for text, said in (
        ("Do you mean the office at the kiln?", "clarifying"),
        ("The office, or the kiln itself?", "clarifying"),
        ("Did you write to the office or not?", None),
        ("The kiln's office, and then what?", None),
    ):
        reading = a_reading(text, asks="closed", flags=("clarifying",))
        assert skill(text, reading, theirs) == said


def test_of_several_words_that_hand_back_the_longest_are_shown():
    text = "So not the tiles. You looked at what they had done themselves, and asked."
    spans = ((0, 17), (18, len(text)))
    reading = a_reading(text, reflects="complex")
    deep = reading.reflection.model_copy(update={"evidence": spans})
    remark = strength(text, reading.model_copy(update={"reflection": deep}))
    assert remark.skill == "reflection_complex"
    assert remark.yours.text == text[18:]


def test_who_goes_on_to_talk_leaves_nobody_the_floor():
    text = (
        "Four hundred tiles, oh no. I would have cried. I never had a kiln but I had an oven once."
    )
    reading = a_reading(text, moves=("acknowledgment",))
    spans = {"acknowledgment": ((0, 27),)}
    assert skill(text, reading.model_copy(update={"move_evidence": spans})) is None


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday. I shouldn't have said it in front of Colin, that was out of order.",
        "I should of told you in March.",
        "That was my fault, the second form.",
        "Chef, the sauce on Saturday. It was me.",
        "That night I skipped the wristband.",
        "What you said made me see I was wrong.",
        "What you told me made me realise I was rude.",
        "Thinking about what you asked I was unfair.",
        "I took the pot to the wrong patient.",
        "I gave bed six the tablets meant for bed nine.",
        "I mixed the two beds up.",
    ],
)
def test_a_slip_owned_is_praised_where_words_and_model_agree(text):
    owned = a_reading(text, moves={"own_observation": 0.35})
    assert skill(text, owned) == "owned_up"
    assert skill(text, a_reading(text, moves={"own_observation": 0.2})) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("its Tuesday. I shouldnt of said that about the tubes, sorry", "owned_up"),
        ("I was wrong and I am sorry. Quicker for who?", "owned_up"),
        ("I'm sorry I said it in front of him.", "owned_up"),
        ("no sir sorry i said it ISNT written.", None),
        ("She said sorry to us. That's my fault, that is.", None),
        ("I'm sorry, that came out wrong.", "owned_up"),
        ("I told them it was my fault, and I'm sorry.", "owned_up"),
        ("I should have said no to him, sorry.", "owned_up"),
        ("I'm sorry for saying it.", "owned_up"),
        ("When you asked I was rude, I'm sorry.", "owned_up"),
        ("I think I was wrong, sorry.", "owned_up"),
        ("They told you and I let you down, sorry.", "owned_up"),
        ("I keep thinking about the driver. I'm sorry, it was stupid of me.", "owned_up"),
        ("Quite right, I jumped in with both feet, sorry. What would you like?", "owned_up"),
        ("Sorry, I had them the wrong way round.", "owned_up"),
        ("It smells good, sorry, I skipped lunch.", None),
        ("And I said daughter just now, sorry, you said son.", "owned_up"),
        ("I said daughter just now, you said son, sorry.", "owned_up"),
        ("Sorry, that was me telling you your job.", "owned_up"),
    ],
)
def test_who_says_sorry_for_a_slip_they_name_owns_it_whatever_the_model_says(text, said):
    assert skill(text, a_reading(text, moves={"own_observation": 0.1})) == said


@pytest.mark.parametrize(
    "text",
    [
        "I shouldn't be surprised, it always rains in March.",
        "It was stupid of them to drive in March.",
        "I said hello to Marion before she left.",
        "It was not my fault that it rained in March.",
        "I'm sorry I don't follow, which form was it in March?",
        "You think I was wrong about the rain in March.",
        "I'm so sorry it came out wrong for you both.",
        "I'm sorry, but everyone kept telling me I was wrong.",
        "I'm so sorry, they told the whole street it was my fault.",
        "I'm sorry, was that my fault?!",
        "I was told it was my fault, I'm sorry.",
        "I'm sorry, the boss said it was my mistake.",
        "I'm sorry you think I was unfair.",
        "I don't know whether I was wrong, sorry.",
        "I don't think I was wrong, sorry.",
        "I never said I was wrong.",
        "I never thought I was rude.",
        "I only said I was wrong to keep the peace.",
        "When she said I was rude, I laughed.",
        "Every time they said I was wrong, I left.",
        "When you said it was my fault, I laughed.",
        "What she said was that I was wrong.",
    ],
)
def test_what_owns_nothing_is_not_called_owned(text):
    assert skill(text, a_reading(text, moves={"own_observation": 0.45})) != "owned_up"


@pytest.mark.parametrize(
    "text",
    [
        "I'm scared of the kiln, a bit.",
        "im so embarrassed about the tiles",
        "I was too ashamed to ring her.",
        "The three percent was just a guess.",
        "I don't know how to start that sentence.",
        "I froze when it cracked.",
        "I froze the moment it cracked.",
        "I got really angry at the kiln.",
        "I got a bit scared by then.",
        "I am a nervous driver.",
        "I was afraid to say the word.",
        "I'm afraid to say anything to him.",
        "I think I panicked and I wasted your time.",
        "When she told me I panicked.",
        "You said you'd sign and I was scared.",
        "I told him I was scared.",
        "If I'm honest I was scared.",
        "Tired, and a bit scared.",
        "Honestly, still nervous about it.",
        "What you said made me feel I was useless.",
        "As he thought about it I panicked.",
        "I'm afraid to tell my dad.",
        "I'm afraid to tell you what I did.",
        "I froze a moment too long.",
        "I froze a little.",
        "I froze that evening.",
        "I froze the next day.",
        "I froze.",
        "I froze half the time.",
        "I haven't slept properly since Monday.",
        "I can't stop thinking about the tablets.",
        "I keep going over it in my head.",
        "I lay awake with it.",
    ],
)
def test_an_honest_word_needs_no_second_sign(text):
    remark = strength(text, a_reading(text))
    assert (remark.skill, remark.yours.text) == ("honest_word", text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid the office is closed.",
        "I'm not scared of the kiln.",
        "Your three percent was just a guess.",
        "I don't know how to thank you for the tiles.",
        "I'm worried about you, all alone with the kiln.",
        "She thought I was angry with her.",
        "I got a furious email about it.",
        "I got an angry letter from the council.",
        "I got the manager angry twice.",
        "They asked whether I was angry.",
        "I'm afraid to say the cheque bounced.",
        "I froze the rest of the soup.",
        "I froze my account.",
        "I'm afraid to tell you the shop is shut.",
        "I froze a little soup.",
        "I froze the next batch.",
        "I never said I was scared.",
        "I didn't say I was scared.",
        "When he says I'm useless I laugh.",
        "He reckons I'm useless at it.",
        "People say I lied.",
        "If I was scared I would say so.",
        "I don't think I'm scared of it.",
        "Were you scared? I was angry once, you say?",
        "Really scared people do not say so.",
        "Scared? Not me.",
        "I haven't done anything wrong at the kiln.",
        "What I keep hearing is the kiln.",
        "I can't sleep in on Sundays.",
    ],
)
def test_what_bares_nothing_is_no_honest_word(text):
    assert skill(text, a_reading(text, moves={"own_observation": 0.45})) is None


def test_of_several_honest_words_the_fullest_is_shown():
    text = "I have done a bad thing. I didn't sleep. I told them at home and I was scared of it."
    assert strength(text, a_reading(text)).yours.text.startswith("I told them at home")


def test_what_was_left_undone_is_honest_where_the_model_agrees():
    text = "I never told anybody about the lid."
    assert skill(text, a_reading(text, moves={"own_observation": 0.4})) == "honest_word"
    assert skill(text, a_reading(text, moves={"own_observation": 0.2})) is None


def test_who_asks_back_instead_of_answering_is_not_praised_for_it():
    text = "Why does the kiln matter?"
    reading = a_reading(text, asks="open", uptake=0.9)
    assert skill(text, reading, "The kiln cracked.") == "question_open_uptake"
    assert skill(text, reading, "The kiln cracked. How did you find out?") is None
    assert skill(text, reading, "The kiln cracked. What do you want to know?") is not None


def test_asking_what_was_meant_takes_up_no_word_where_it_is_clear():
    text, theirs = "Both what, please?", "Yes and also no, I mean it."
    reading = a_reading(text, asks="closed", flags=("clarifying",))
    clear, unclear = (
        reading.model_copy(
            update={"question": reading.question.model_copy(update={"flag_p": {"clarifying": p}})}
        )
        for p in (0.9, 0.8)
    )
    assert strength(text, clear, theirs).skill == "clarifying"
    assert skill(text, unclear, theirs) is None


def test_a_question_with_a_word_for_its_answer_is_clear_and_not_open():
    text, theirs = "What am I taking, the strap?", "Take it, and mind the strap."
    reading = a_reading(text, asks="open", flags=("clarifying",), uptake=0.9)
    assert skill(text, reading, theirs) == "clarifying"


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, but what is a Welsh cake?",
        "Nice of you but I don't need a babysitter.",
        "I'm all right, thank you very much.",
        "That's great, thank you.",
    ],
)
def test_thanks_that_lead_elsewhere_are_no_thanks(text):
    assert skill(text, a_reading(text, moves=("appreciation",))) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Good, let it stay.", "time_given"),
        ("Then meanwhile I turn the plantain, it is smoking.", "time_given"),
        ("My guess would be people who wait for hours around a lorry.", None),
    ],
)
def test_time_that_was_asked_for_is_given(text, said):
    assert skill(text, a_reading(text), "Give me a moment, I'd like to answer that.") == said
    assert skill(text, a_reading(text), "It was a hot day at the kiln.") is None
    assert skill(text, a_reading(text), "Let me think. It was in March, in Leeds.") is None


def test_a_line_without_a_point_comes_back_in_no_words_at_all():
    text, theirs = "You don't forget a thing like that, Mena!", "I think so, aye."
    points = (a_point(theirs, "I think so, aye.", p=0.99),)
    assert skill(text, handing_back(text, *points), theirs) is None


def test_discretion_shows_in_words_about_words():
    kept = "I won't tell a soul at the yard."
    assert skill(kept, a_reading(kept, moves=("confidentiality",))) == "confidentiality"
    date = "Fifteenth of March, six percent, letters from my team."
    assert skill(date, a_reading(date, moves=("confidentiality",))) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("that must stay with u, walking past", None),
        ("A thing like that stays with a person.", None),
        ("It must have stayed with you, that meeting.", None),
        ("It stays with me, nobody hears it.", "confidentiality"),
        ("Can this stay with you for now?", "confidentiality"),
    ],
)
def test_what_is_not_forgotten_is_no_secret(text, said):
    assert skill(text, a_reading(text, moves=("confidentiality",))) == said


def test_asking_what_one_was_told_to_ask_earns_nothing():
    text, theirs = "What did the letter bring?", "I had somebody write a letter."
    reading = a_reading(text, asks="open", uptake=0.9)
    assert skill(text, reading, theirs) == "question_open_uptake"
    assert skill(text, reading, "I had somebody write a letter. Ask me what it brought.") is None


def test_an_open_question_that_wants_to_be_told_what_to_do_is_not_praised():
    for text, said in (
        ("What do I press?", None),
        ("What do I write, and on what?", None),
        ("What does the kiln need, a new door?", None),
        ("What was it like for you?", "question_open"),
    ):
        assert skill(text, a_reading(text, asks="open", uptake=0.4)) == said, text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What happened then?", "question_open"),
        ("How did you tell the others?", "question_open"),
        ("what's made you want to stay?", "question_open"),
        ("What do you see in them that I don't?", "question_open"),
        ("Tell me more about the square.", "question_open"),
        ("What's it like for you?", "question_open"),
        ("What about my job, you haven't said?", None),
        ("What if one goes wrong?", None),
        ("Why would you want to give me Perico?", None),
        ("What did you circle on page twelve?", None),
        ("Can you tell me or is that not mine to know?", None),
    ],
)
def test_an_open_question_alone_is_praised_where_it_asks_for_a_story(text, said):
    assert skill(text, a_reading(text, asks="open", uptake=0.4)) == said


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("What's it like for you?", "a question that asks “what”"),
        ("so, whats it like for you", "a question that asks “what”"),
        ("Then, how was it for you?", "a question that asks “how”"),
        ("Tell me more about the square.", "an invitation to tell"),
    ],
)
def test_the_rule_names_the_word_that_asks(text, rule):
    assert strength(text, a_reading(text, asks="open", uptake=0.4)).rule.startswith(f"Rule: {rule}")


def test_a_plain_no_ends_its_sentence():
    for text, count in (
        ("I told her no. What would you have done?", 2),
        ("Ach, no. She's a wee soul.", 2),
        ("Oh NO. 'Course not.", 2),
        ("It was no. 7 on the list. He knew.", 2),
        ("See No. 12, at the end.", 1),
        ("Mr. Teo, Mrs. Lacey and Dr. Wu, e.g. at noon.", 1),
        ("I went to St. Ives. It rained.", 2),
    ):
        assert len(sentences(text)) == count, text
    assert statements("I told her no. What would you have done?") == ((0, 14),)


def test_an_open_question_beside_another_is_not_praised():
    text = "What was it like? it went wrong before then"
    parts = ("What was it like?", "it went wrong before then")
    assert skill(text, a_reading(text, asks="open", uptake=0.4, asking=parts[:1])) is not None
    assert skill(text, a_reading(text, asks="open", uptake=0.4, asking=parts)) is None


def test_one_open_question_after_another_is_an_interview():
    asked = a_reading("What happened then?", asks="open", uptake=0.4)
    assert skill("What happened then?", asked) == "question_open"
    assert write_card(STORY, "What happened then?", asked, previous=asked).strength is None
    text = "It shook you badly. What happened then?"
    both = a_reading(text, asks="open", uptake=0.4, reflects="simple", asking=(text[20:],))
    assert write_card(STORY, text, both, previous=asked).strength.skill == "question_open"


def test_a_question_whether_one_may_ask_is_no_open_one():
    for text, said in (
        ("Can I ask about the customer who waited?", None),
        ("What did the customer who waited say?", "question_open_uptake"),
    ):
        assert skill(text, a_reading(text, asks="open", uptake=0.8)) == said


def test_beside_an_open_question_stand_only_words_it_asks_about():
    reading = a_reading(asks="open", uptake=0.4)
    for question, theirs in (("How is your back?", None), ("How was it, with the kiln?", "kiln")):
        text = f"She waited, then. {question}"
        at = (text.index(question), len(text))
        asks = reading.model_copy(
            update={"question": reading.question.model_copy(update={"evidence": (at,)})}
        )
        shown = strength(text, asks)
        assert shown.skill == "question_open"
        assert (shown.theirs is not None and theirs in shown.theirs.text) == bool(theirs)


def test_courtesy_beside_harm_is_no_strength():
    text = "Thanks, but kilns crack. You thought she would leave?"
    reading = a_reading(text, moves={"appreciation": 0.9, "dismissal": 0.96})
    assert skill(text, reading) is None
    reading = handing_back(text, a_point(STORY, FEAR)).model_copy(update={"moves": reading.moves})
    assert skill(text, reading) == "paraphrase_true"


def test_asking_what_was_meant():
    text = "When you say cracked, what do you mean?"
    reading = a_reading(text, asks="closed", flags=("clarifying",))
    assert skill(text, reading) == "clarifying"


def test_points_are_marked_sure_or_not():
    text = "You dreaded losing her."
    points = (a_point(STORY, FEAR), a_point(STORY, "she waited", "missed", 0.45))
    card = write_card(STORY, text, handing_back(text, *points))
    assert [(p.text, p.status, p.sure) for p in card.points] == [
        (FEAR, "covered", True),
        ("she waited", "missed", False),
    ]
    assert card.score == 75


def test_a_turn_that_may_not_hand_back_gets_no_marks_on_points():
    text = "Dreadful."
    torn = Reflection(kind="simple", p={"none": 0.45, "simple": 0.5, "complex": 0.05})
    paraphrase = a_paraphrase(a_point(STORY, FEAR, "missed"), added=((0, 8),))
    reading = a_reading(text, paraphrase=paraphrase).model_copy(update={"reflection": torn})
    card = write_card(STORY, text, reading)
    assert (card.points, card.added, card.copied, card.score, card.depth) == (
        (),
        (),
        (),
        None,
        None,
    )


def test_depth_is_a_soft_word_only_when_sure():
    text = "You dreaded losing her."
    point = a_point(STORY, FEAR)
    assert write_card(STORY, text, handing_back(text, point)).depth == "close to the words"
    deep = write_card(STORY, text, handing_back(text, point, reflects="complex"))
    assert deep.depth == "reaches for what lay behind"
    torn = Reflection(kind="simple", p={"none": 0.1, "simple": 0.46, "complex": 0.44})
    reading = handing_back(text, point).model_copy(update={"reflection": torn})
    assert write_card(STORY, text, reading).depth is None


def test_copied_and_added_are_quoted_from_the_turn():
    text = "You drove out and told her yourself. Nobody helped with the insurance."
    start = text.index("Nobody")
    reading = handing_back(
        text, a_point(STORY, "she waited"), added=((start, len(text)),), faithfulness=0.5
    )
    card = write_card(STORY, text, reading)
    assert [quote.text for quote in card.copied] == ["You drove out and told her yourself"]
    assert [quote.text for quote in card.added] == ["Nobody helped with the insurance."]


def test_what_is_taken_over_is_not_called_added():
    text = "You drove out and told her yourself that night."
    reading = handing_back(
        text, a_point(STORY, "she waited"), added=((0, len(text)),), faithfulness=0.5
    )
    card = write_card(STORY, text, reading)
    assert card.copied
    assert card.added == ()


def test_one_shared_word_of_one_point_is_no_praise():
    context = "It was the board that finished it for Brian. He did four files. Nobody saw."
    text = "Brian was quick and closed more than anybody."
    points = [a_point(context, "It was the board that finished it for Brian.")]
    points += [a_point(context, "He did four files.", "missed")] * 3
    card = write_card(context, text, handing_back(text, *points))
    assert card.strength is None and card.try_next is None
    more = text + " And the board finished it for him."
    assert skill(more, handing_back(more, *points), context) == "paraphrase_true"


def test_points_that_hold_nothing_are_left_out():
    text = "So you did not know."
    context = "I don't know. They never did."
    points = (a_point(context, "I don't know."), a_point(context, "They never did.", "missed"))
    card = write_card(context, text, handing_back(text, *points))
    assert (card.points, card.strength) == ((), None)


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("Would it help if I fired it?", True),
        ("Was it a Friday?", True),
        ("Does your son know?", True),
        ("Was it hard?", False),
        ("Did you feel ashamed?", False),
        ("Did that hurt you?", False),
        ("Was it worth it?", False),
    ],
)
def test_a_closed_question_is_opened_only_where_opening_it_asks_the_same(text, fine):
    card = write_card("It was warm.", text, a_reading(text, asks="closed", uptake=0.6))
    assert (card.try_next is None) == fine


def test_the_second_closed_question_running_is_to_be_opened():
    text = "Was it a Friday?"
    reading = a_reading(text, asks="closed", uptake=0.6)
    asked_before = a_reading("Was it the glaze?", asks="closed")
    card = write_card(STORY, text, reading, previous=asked_before)
    assert card.try_next is not None and card.try_next.skill == "question_closed"
    assert "one before" in card.try_next.words
    handed_back = a_reading("You lost it all.", reflects="simple")
    assert write_card(STORY, text, reading, previous=handed_back).try_next is None


def test_a_flag_that_is_not_sure_is_neither_named_nor_praised():
    text = "So what was it like, didn't you mind it at all?"
    reading = a_reading(text, asks="open", uptake=0.6)
    assert write_card(STORY, text, reading).strength is not None
    for p, shown in ((0.6, ()), (0.97, ("leading",))):
        question = reading.question.model_copy(
            update={"flags": ("leading",), "flag_p": {"leading": p}}
        )
        card = write_card(STORY, text, reading.model_copy(update={"question": question}))
        assert card.question is not None and card.question.flags == shown
        assert card.strength is None


def test_ones_own_work_is_no_change_of_subject():
    text = "I broke two glazes last week and told nobody."
    moves = {"topic_hijack": 0.9, "own_observation": 0.6}
    card = write_card(STORY, text, a_reading(text, moves=moves, uptake=0.2))
    assert "topic_hijack" not in card.moves
    assert card.try_next is None or card.try_next.skill != "topic_hijack"


def test_an_answer_is_no_change_of_subject():
    text = "They gave the round to somebody else."
    reading = a_reading(text, moves={"topic_hijack": 0.96}, uptake=0.1)
    asked = write_card(STORY + " What has happened?", text, reading)
    assert "topic_hijack" not in asked.moves and asked.try_next is None
    assert write_card(STORY, text, reading).moves == ("topic_hijack",)


def test_advice_on_their_point_is_advice_and_no_change_of_subject():
    text = "You should sell the kiln."
    moves = {"topic_hijack": 0.7, "unsolicited_advice": 0.96}
    card = write_card(STORY, text, a_reading(text, moves=moves, uptake=0.1))
    assert (card.try_next.skill, card.moves) == ("unsolicited_advice", ("unsolicited_advice",))


def test_three_points_of_a_long_story_are_enough():
    text = "It cracked, it held tiles, you feared for her. "
    sentences = ("The old kiln cracked in March", FEAR, "she waited")
    missed = (
        "I drove out and told her myself, and she waited",
        "four hundred tiles",
        "with",
        "inside",
        "and",
    )
    points = [a_point(STORY, kept) for kept in sentences]
    points += [a_point(STORY, left, "missed", 0.95) for left in missed]
    reading = handing_back(text, *points, coverage=0.33)
    card = write_card(STORY, text, reading)
    assert card.try_next is None or card.try_next.skill != "paraphrase_missed"
    two = [*points[:2], *points[3:]]
    card = write_card(STORY, text, handing_back(text, *two, coverage=0.25))
    assert card.try_next.skill == "paraphrase_missed"


def test_courtesy_and_ones_own_case_are_not_added():
    text = "Thank you for telling me that. I had a kiln crack on me once. She was kind."
    spans = tuple((text.index(part), text.index(part) + len(part)) for part in
                  ("Thank you for telling me that.", "I had a kiln crack on me once."))  # fmt: skip
    reading = handing_back(text, a_point(STORY, "she waited"), added=spans)
    assert write_card(STORY, text, reading).added == ()


def test_a_point_is_surely_missed_only_where_no_word_of_it_comes_up():
    text = "The kiln went, and you drove off."
    points = (
        a_point(STORY, "The old kiln cracked in March", "missed"),
        a_point(STORY, "with four hundred tiles inside", "missed"),
        a_point(STORY, FEAR, "distorted", 0.7),
        a_point(STORY, "I drove out", "distorted", 0.96),
    )
    card = write_card(STORY, text, handing_back(text, *points))
    assert [point.sure for point in card.points] == [False, True, False, True]


def test_nothing_is_perhaps_kept_of_which_no_word_comes_up():
    text = "The kiln went, and you drove off."
    for told, p, shown in (
        ("with four hundred tiles inside", 0.6, False),
        ("with four hundred tiles inside", 0.96, True),
        ("The old kiln cracked", 0.6, True),
    ):
        kept = (a_point(STORY, "I drove out", p=0.96), a_point(STORY, told, p=p))
        card = write_card(STORY, text, handing_back(text, *kept))
        assert (told in [point.text for point in card.points]) == shown


def test_nobody_misses_a_few_words_that_tell_nothing():
    for told, sure in (
        ("That's how it was, God help us.", False),
        ("A woman once said to me that", False),
        ("I go home and lie awake over the books.", True),
        ("I was sad.", True),
    ):
        context = f"The kiln cracked in the night, with all of her tiles for the hall in it. {told}"
        points = (a_point(context, "The kiln cracked"), a_point(context, told, "missed"))
        text = "So the kiln cracked."
        card = write_card(context, text, handing_back(text, *points))
        assert card.points[1].sure == sure, told


def test_a_remark_passed_over_in_a_short_line_is_no_point_missed():
    context = "Both, but mostly the people. I go home and lie awake over it."
    said, passed = "Both, but mostly the people.", "I go home and lie awake over it."
    text = "So it's mostly the people."
    cut = (a_point(context, said), a_point(context, passed, "missed"))
    assert [p.text for p in write_card(context, text, handing_back(text, *cut)).points] == [said]
    given = (cut[0], cut[1].model_copy(update={"span": None}))
    assert len(write_card(context, text, handing_back(text, *given)).points) == 2


def test_reaching_behind_the_words_is_no_list_of_points_missed():
    text = "You must have felt alone with it."
    points = (a_point(STORY, FEAR, "missed"), a_point(STORY, "she waited", "missed"))
    deep = handing_back(text, *points, reflects="complex", added=((0, len(text)),), faithfulness=0)
    card = write_card(STORY, text, deep)
    assert (card.points, card.score, card.added, card.try_next) == ((), None, (), None)
    assert write_card(STORY, text, handing_back(text, *points)).points == ()
    text = "She waited, and you must have felt alone with it."
    points = (a_point(STORY, FEAR, "missed"), a_point(STORY, "she waited"))
    assert len(write_card(STORY, text, handing_back(text, *points)).points) == 2


def test_a_deep_sounding_guess_that_keeps_nothing_is_not_praised():
    text = "You lost your licence and nobody would drive you, that is lonely."
    point = a_point(STORY, FEAR, "missed")
    praised = handing_back(text, point, reflects="complex", coverage=0.0, score=45)
    guessed = handing_back(text, point, reflects="complex", coverage=0.0, score=10)
    assert skill(text, praised) is not None
    assert skill(text, guessed) is None


@pytest.mark.parametrize(
    ("text", "faithfulness", "said"),
    [
        ("You were afraid the customer would leave you.", 0.85, None),
        ("You were afraid the customer would leave you.", 0.95, "paraphrase_true"),
        ("You dreaded losing her.", 0.85, "paraphrase_faithful"),
    ],
)
def test_their_own_words_are_called_true_only_where_that_is_surest(text, faithfulness, said):
    told = handing_back(text, a_point(STORY, FEAR), faithfulness=faithfulness)
    assert skill(text, told) == said


def test_what_surely_hands_nothing_back_is_not_praised_for_it():
    text = "So you were afraid that customer was lost."
    assert skill(text, handing_back(text, a_point(STORY, FEAR, p=0.5))) is None


def test_a_depth_that_is_not_sure_is_not_named():
    text = "So you were afraid that customer was lost."
    for p, depth in ((0.7, False), (0.97, True)):
        half = Reflection(kind="complex", p={"none": 0.01, "simple": 0.99 - p, "complex": p})
        reading = handing_back(text, a_point(STORY, FEAR)).model_copy(update={"reflection": half})
        card = write_card(STORY, text, reading)
        assert (card.depth is not None, card.strength is not None) == (depth, True)


def test_moves_are_listed_with_a_margin():
    text = "Thank you for that."
    moves = {"appreciation": 0.85, "commitment": 0.85, "dismissal": 0.9, "topic_hijack": 0.96}
    card = write_card(STORY, text, a_reading(text, moves=moves))
    assert card.moves == ("appreciation", "topic_hijack")


_WORDS = """
I you was afraid the customer would leave? What how did kiln. Don't think, and or so thanks bye
hello 400 — “quoted” ليل 🙂 [bold] {x} It's raining?! Dr. Mr. told me about my your :
"""
_TEXT = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(_WORDS.split()),
        max_size=40,
    ).map(" ".join),
)
_P = st.floats(0, 1)


@st.composite
def _reading_of(draw, context, text):
    def span(source):
        first = draw(st.integers(-2, len(source) + 2))
        return (first, draw(st.integers(first, len(source) + 4)))

    def spans(source):
        return tuple(span(source) for _ in range(draw(st.integers(0, 2))))

    kinds = ("none", "open", "closed"), ("none", "simple", "complex")
    asks, reflects = (draw(st.sampled_from(kind)) for kind in kinds)
    p = draw(_P)
    points = tuple(
        KeyPoint(
            text=context[:20],
            span=draw(st.none() | st.just(span(context))),
            status=draw(st.sampled_from(("covered", "missed", "distorted"))),
            p=draw(_P),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    paraphrase = Paraphrase(
        score=50,
        coverage=draw(_P),
        faithfulness=draw(_P),
        own_words=draw(_P),
        concision=1.0,
        key_points=points,
        added=spans(text),
    )
    moves = {move: draw(st.sampled_from((0.0, 0.0, 0.55, 0.9))) for move in MOVES}
    return Reading(
        question=Question(
            kind=asks,
            p={kind: p if kind == asks else (1 - p) / 2 for kind in kinds[0]},
            flags=draw(st.sets(st.sampled_from(QUESTION_FLAGS)).map(tuple)),
            evidence=spans(text),
        ),
        reflection=Reflection(
            kind=reflects,
            p={kind: p if kind == reflects else (1 - p) / 2 for kind in kinds[1]},
            evidence=spans(text),
        ),
        uptake=draw(_P),
        paraphrase=draw(st.none() | st.just(paraphrase)),
        moves=moves,
        move_evidence={move: spans(text) for move in MOVES if moves[move] >= 0.5},
        model="drawn",
    )


_VERDICT = re.compile(r"\byou(?:'re| are) (?:a|an|very|so|good|great|bad|not)\b", re.IGNORECASE)


def check_remark(remark: Remark, context: str, text: str) -> None:
    assert remark.yours is not None
    for quote, source in ((remark.yours, text), (remark.theirs, context)):
        if quote is not None:
            assert quote.text == source[slice(*quote.span)]
            assert 0 < len(quote.text) <= 160
    assert len(remark.title.split()) <= 6
    assert remark.rule.startswith("Rule: ")
    assert len(re.findall(r"[.?](?:\s|$)", remark.words)) <= 2
    for words in (remark.title, remark.words, remark.rule):
        assert "!" not in words
        assert not _VERDICT.search(words)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), _TEXT, _TEXT)
def test_any_card_quotes_exactly_and_speaks_of_the_turn(data, context, text):
    reading = data.draw(_reading_of(context, text))
    previous = data.draw(st.none() | _reading_of(context, text))
    card = write_card(context, text, reading, find_question=lambda: "What now?", previous=previous)
    for remark in (card.strength, card.try_next):
        if remark is not None:
            check_remark(remark, context, text)
    notes = card.question.words if card.question else ()
    for quote in (*card.added, *card.copied, *notes):
        assert quote.text == text[slice(*quote.span)] != ""
    assert Card.model_validate_json(card.model_dump_json()) == card
    assert card == write_card(
        context, text, reading, find_question=lambda: "What now?", previous=previous
    )


def test_every_strength_has_a_name_of_its_own():
    names = [rule.skill for rule in STRENGTHS]
    assert len(names) == len(set(names))


def test_a_pasted_book_gets_a_card():
    part = "Did you or dr. did you, and what was it? "
    book = part * 2500
    reading = handing_back(book, a_point(STORY, FEAR)).model_copy(
        update={
            "question": Question(
                kind="open",
                p={"none": 0, "open": 1.0, "closed": 0},
                flags=("multiple",),
                evidence=tuple((at, at + len(part) - 1) for at in range(0, len(book), len(part))),
            )
        }
    )
    card = write_card(book, book, reading)
    assert card.copied and card.question


def test_a_point_the_models_are_not_sure_of_earns_nothing():
    text = "You dreaded losing her."
    enough = margin("covered")
    assert skill(text, handing_back(text, a_point(STORY, FEAR, p=enough - 0.01))) is None
    assert skill(text, handing_back(text, a_point(STORY, FEAR, p=0.97))) == "paraphrase_faithful"
    points = (a_point(STORY, FEAR), a_point(STORY, "she waited", p=0.5))
    assert strength(text, handing_back(text, *points)).words.startswith("Their point comes back")


def test_no_remark_without_words_to_show_for_it():
    text = "You dreaded losing her. How was that?"
    asks = a_reading(text, asks="open", asking=("How was that?",))
    reading = handing_back(text, a_point(STORY, FEAR)).model_copy(
        update={"question": asks.question}
    )
    # With nothing of the mentor's to quote, only what stands on the turn alone is said.
    placeless = a_paraphrase(a_point(STORY, FEAR).model_copy(update={"span": None, "text": "x"}))
    reading = reading.model_copy(update={"paraphrase": placeless})
    assert skill(text, reading, "") == "question_open"
    deep = handing_back(text, a_point(STORY, FEAR), reflects="complex")
    assert skill(text, deep.model_copy(update={"paraphrase": None}), "") is None


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("You love it in here.", "appreciation"),
        ("thank god, I thought you would bin the lot", "appreciation"),
        ("thanks, I've had four.", "appreciation"),
        ("I will, thank you. When you drew the curve, you had the four points.", "appreciation"),
        ("Oh yes, please, thank you. So you had the four points.", "appreciation"),
        ("You can say the truth, I will not cry.", "confidentiality"),
        ("It will not say anything unless you ask.", "confidentiality"),
        ("I want one name on it, so that it can't fall between.", "confidentiality"),
    ],
)
def test_a_move_without_a_word_of_it_is_not_praised(text, move):
    assert skill(text, a_reading(text, moves=(move,))) is None


def test_words_taken_up_for_a_joke_are_not_praised_as_heard():
    text = "You dreaded losing her."
    reading = handing_back(text, a_point(STORY, FEAR))
    unsure = reading.reflection.model_copy(update={"p": {"none": 0.15, "simple": 0.8}})
    assert skill(text, reading) == "paraphrase_faithful"
    assert skill(text, reading.model_copy(update={"reflection": unsure})) is None


def test_who_shows_how_a_thing_is_done_gives_no_unasked_advice():
    text = "Press the round button on the front once."
    sure = {"unsolicited_advice": 0.96, "knowledge_share": 0.7}
    card = write_card(STORY, text, a_reading(text, moves=sure))
    assert card.try_next is None and "unsolicited_advice" not in card.moves


def test_who_says_what_they_had_better_do_advises_whatever_else_they_give():
    text = "You should just put a field for it on the form. I did that at my last job."
    sure = {"unsolicited_advice": 0.99, "knowledge_share": 0.79}
    card = write_card(STORY, text, a_reading(text, moves=sure))
    assert card.strength is None and card.try_next.skill == "unsolicited_advice"


def test_a_point_is_told_of_the_mentor_by_name():
    point = PointKept(
        text="The mentor rang the mentor's mill", span=None, status="covered", sure=True
    )
    assert point.told_of("Denise") == "Denise rang Denise's mill"
    assert point.told_of(r"\1") == r"\1 rang \1's mill"


def test_cards_on_screen_and_in_lines_name_the_mentor():
    point = PointKept(text="the mentor rang the mill", span=None, status="covered", sure=True)
    card = Card(points=(point,))
    assert any(block.text == "Denise rang the mill" for block in card_blocks(card, "Denise"))
    assert "Coach: Key point kept: Denise rang the mill" in list(card_lines(card, "Denise"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("then you come in at 3 and after that im on my own right", None),
        ("I'm going to get shouted at on Friday by the consultant.", None),
        ("My tutor will come with me on Monday and read the numbers.", None),
        ("So I'll be on my own from Thursday, then.", None),
        ("I'll ring the seven before Friday and tell you.", "commitment"),
        ("Tonight I write it up, one page.", "commitment"),
        ("Saturday at eleven then, by the bridge.", "commitment"),
        ("I'll get Ben to sign it by Friday.", "commitment"),
        ("I'll get seven copies printed by Friday.", "commitment"),
        ("I'll ring her tomorrow and put it right.", "commitment"),
        ("I'll finish the draft on my own by Friday.", "commitment"),
        ("I'll get started on it tonight.", "commitment"),
        ("I'll get Fred to look at it on Friday.", "commitment"),
        ("I write the number the day before and send it to you, ok?", "commitment"),
        ("I'll bring you the list tonight, all right?", "commitment"),
        ("I'll get told off on Friday.", None),
        ("I'm going to get paid on Friday.", None),
        ("I'll get sacked if she hears.", None),
        ("I'll be left on my own by Friday.", None),
        ("So I ring her on Friday, right?", None),
        ("I come on Friday, is that right?", None),
        ("I'll just sit here, if that's ok.", None),
    ],
)
def test_what_comes_to_pass_or_others_do_is_no_promise(text, said):
    assert skill(text, a_reading(text, moves=("commitment",))) == said


def tried(text, reading, context=STORY, **options):
    remark = write_card(context, text, reading, **options).try_next
    return remark.skill if remark else None


@pytest.mark.parametrize(
    "text",
    [
        "So you're saying she waited because you drove out and told her?",
        "So what you're telling me is that she waited because you drove out and told her?",
        "If I've understood, she waited because you drove out and told her?",
    ],
)
def test_words_that_check_put_a_recap_up_for_it(text):
    kept = a_paraphrase(a_point(STORY, "she waited", p=0.99), faithfulness=0.5)
    recap = a_reading(text, asks="closed", reflects="simple", paraphrase=kept)
    assert skill(text, recap) == "recap_checked"
    told = text.replace("?", ".")
    assert skill(told, recap) != "recap_checked"


def test_who_asks_what_was_meant_has_put_up_nothing():
    assert put_up_for_checking("What do you mean that it cracked in March?") is None
    assert put_up_for_checking("You mean that it cracked in March?")
    assert put_up_for_checking("If I understand that, will I pass?") is None


def test_what_protests_is_no_recap_put_up():
    text = "So you're saying it's all my fault and I should have known better than everybody?"
    assert skill(text, a_reading(text, asks="closed", reflects="simple"), "Yes.") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How was that for you?", "question_open"),
        ("How was that for you, did it hurt?", None),
        ("How is that customer with you, she will come back?", None),
        ("How is that fair?", None),
        ("How could you just do that to her?", None),
        ("Why on earth would you tell the customer?", None),
        ("Why don't we start with the kiln?", None),
        ("Why did the customer wait?", "question_open_uptake"),
    ],
)
def test_what_blames_proposes_or_guesses_is_not_praised_for_being_open(text, said):
    cut = a_reading(text, asks="open", uptake=0.7, asking=(text.split(",")[0],))
    assert skill(text, cut) == said


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("What was it like, did she wait or did she leave?", "What was it like?"),
        (
            "whats the worst of it for you was it the heat or the wait",
            "Whats the worst of it for you?",
        ),
        ("how was it when you heard it was that or nothing", None),
        ("What do you think, was it the heat or the wait?", None),
        ("What do you reckon? Was it the heat or the wait?", None),
    ],
)
def test_only_a_question_that_stands_alone_is_one_to_stop_after(text, example):
    found = write_card(STORY, text, a_reading(text, asks="open", uptake=0.8)).try_next
    assert (found.example if found and found.skill == "question_narrowed" else None) == example
    if example is None and "or nothing" not in text:
        assert skill(text, a_reading(text, asks="open", uptake=0.8)) is None


def test_another_question_joined_on_is_no_answer_to_pick_from():
    text = "What do you think, did I wait too long, and also is it late, or should I have asked?"
    reading = a_reading(text, asks="open", flags=("multiple",), asking=("What do you think",))
    remark = write_card(STORY, text, reading).try_next
    assert (remark.skill, remark.example) == ("question_multiple", "Did I wait too long?")


@pytest.mark.parametrize(
    ("text", "asks", "again"),
    [
        ("How did you tell her that the tiles were gone?", "open", True),
        ("so how did you tell her that they were gone", "open", True),
        ("I promise to ring you on Friday and tell you how it went.", "open", False),
        ("I could show you a test glaze if you fancy?", "closed", False),
        ("Can I bring you a test glaze on Friday?", "closed", False),
        ("Would you read out the clock for me?", "closed", False),
        ("Shall we look at the glaze?", "closed", False),
    ],
)
def test_only_what_asks_to_be_told_something_follows_a_question(text, asks, again):
    before = a_reading("What happened?", asks="open")
    reading = a_reading(text, asks=asks, uptake=0.8)
    assert (tried(text, reading, previous=before) == "questions_in_a_row") == again


def test_an_offer_by_the_models_is_no_second_question():
    text = "Have you ever tried one of those automatic doors?"
    before = a_reading("What happened?", asks="open")
    for moves, said in (({}, "questions_in_a_row"), ({"mutual_benefit": 0.75}, None)):
        reading = a_reading(text, asks="closed", uptake=0.8, moves=moves)
        assert tried(text, reading, previous=before) == said


def test_a_short_answer_is_no_story_to_hand_back_before_the_next_question():
    asked = a_reading("Where do you like to go?", asks="closed")
    text = "What happens then?"
    reading = a_reading(text, asks="open", uptake=0.8)
    answer = "At the bottom, by the revolving door, then down the street to the water."
    for line, said in (
        (f"{answer} If it rains there's the one behind.", None),
        (f"{answer} My father went there with the first wages he ever had, and paid for all of "
         "us.", "questions_in_a_row"),
    ):  # fmt: skip
        assert tried(text, reading, line, previous=asked) == said


@pytest.mark.parametrize(
    ("text", "p", "said"),
    [
        ("You should get a hearing aid, my nan has one.", 0.7, "unsolicited_advice"),
        ("A hearing aid would do it, my nan has one.", 0.7, None),
        ("You should get a hearing aid, my nan has one.", 0.6, None),
        ("You should have had a hearing aid by then.", 0.7, None),
    ],
)
def test_advice_put_outright_needs_no_surer_sign(text, p, said):
    assert tried(text, a_reading(text, moves={"unsolicited_advice": p})) == said


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("Yes. You hold the number and I'll hold the clock. When the time is up I say so once, "
         "and you press the button, and then the whole shop can hear it and goes home.", False),
        ("Yes. I stood there with the clock in my hand, and when the time was up nobody in the "
         "room said a word, and the kettle went off like a train.", True),
        ("The number is yours and the clock is mine. When the time is up I say so once, and you "
         "press the button, and then the whole shop can hear it and goes home.", True),
    ],
)  # fmt: skip
def test_who_only_says_yes_to_a_request_has_told_nothing(line, again):
    text = "What happens then?"
    asked = a_reading("Would you read out the clock for me?", asks="closed")
    found = tried(text, a_reading(text, asks="open", uptake=0.8), line, previous=asked)
    assert (found == "questions_in_a_row") == again


def test_a_statement_is_not_to_be_opened():
    before = a_reading("Was it the wind?", asks="closed")
    for text, said in (
        ("You'd like me to say whether I want the tiles.", None),
        ("did Pugh want the tiles", "question_closed"),
    ):
        reading = a_reading(text, asks="closed", uptake=0.8)
        assert tried(text, reading, previous=before) == said


def test_words_before_a_question_do_not_hide_what_it_asks():
    text = "oh wow was it hard?"
    reading = a_reading(text, asks="closed", asking=("was it hard?",), uptake=0.8)
    card = write_card(STORY, text, reading)
    assert card.try_next.example == "What was that like for you?"
    assert [quote.text for quote in card.question.words] == ["was it"]


def test_advice_in_the_form_of_a_question_is_called_that():
    for text, said in (
        ("Why don't you just ask your nephew?", "The question advises,"),
        ("Have you ever thought of asking your nephew?", "The question advises,"),
        ("Don't you think she was kind?", "The question leans towards one answer,"),
    ):
        reading = a_reading(text, asks="closed", flags=("leading",), uptake=0.7)
        assert write_card(STORY, text, reading).try_next.words.startswith(said)
