"""What a question asks for, and which words bear out a move."""

from __future__ import annotations

import pytest

from coach.mentor.asking import (
    asks_at_once,
    asks_leave,
    begs_leave_to_ask,
    bids_go_on,
    checks,
    corrects,
    is_lost,
    seeks_approval,
    sort_of_question,
)
from coach.mentor.hearing import Heard
from coach.mentor.matching import Found
from coach.mentor.state import MentorState
from coach.mentor.witness import borne_out
from tests.builders import a_reading


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Why didn't you put it in?", "why"),
        ("were you angry tho", "feeling"),
        ("What would I have to do before next time?", "advice"),
        ("what shouldve i done in the first 10 secs", "advice"),
        ("did i cost the wedding or did they not notice", "choice"),
        ("should I ring ahead, or take my camping chairs?", "choice"),
        ("Will you come, yes or no?", "would"),
        ("was that wrong of me", "verdict"),
        ("Do you think it was fair?", "verdict"),
        ("who'd missed em, were it the sparky", "who"),
        ("What was his name?", "who"),
        ("what time d'you get up then", "when_where"),
        ("And how long were you there?", "how_many"),
        ("What'd they do?", "what"),
        ("How do you do that?", "how"),
        ("Which forty names do you mean?", "what"),
        ("right. you got any kids?", "yes_no"),
        ("It sank? So did you ever write to him?", "yes_no"),
        ("Were you there when it sank?", "yes_no"),
        ("Did you know that would hurt?", "yes_no"),
        ("sorry what happened once? i dont understand", "what"),
        ("Which little square do you like the look of?", "what"),
        ("Were ye ever feared te open ya gob, when ye first came ower?", "feeling"),
        ("do you miss him", "feeling"),
        ("how did your mum feel about it", "feeling"),
        ("I'd like it in my portfolio. Is that too selfish?", "verdict"),
        ("And alright - where have they hid the button?", "when_where"),
        ("quarter past 7 ok. do i bring my own tape?", "advice"),
        ("Do I look silly?", "verdict"),
        ("will ye dae that or no?", "would"),
        ("could u write it down for them", "would"),
    ],
)
def test_what_a_question_asks_for(text, sort):
    assert sort_of_question(text) == sort


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("And the other half?", "what"),
        ("And if nobody's free?", "what"),
        ("You never told him?", "what"),
        ("Off a caravan roof, how'd she get up there?", "how"),
        ("Did you ever tell him?", "yes_no"),
    ],
)
def test_an_open_question_without_a_word_that_tells_asks_for_no_yes(text, sort):
    assert sort_of_question(text, openly=True) == sort
    if sort == "what":
        assert sort_of_question(text) == "yes_no"


@pytest.mark.parametrize(
    ("text", "open_part", "sort"),
    [
        ("You sail? And the other half?", "And the other half?", "what"),
        ("And the harbour, what was that like? You still sail there?", "And the harbour", "yes_no"),
    ],
)
def test_only_the_last_question_says_what_is_asked_for(text, open_part, sort):
    reading = a_reading(text, asks="open", asking=(open_part,))
    state = MentorState(trust=0.5, patience=0.5, interest=0.5)
    heard = Heard(text, reading, Found(), state, handed_back="none", greeting=False)
    assert heard.sort == sort


@pytest.mark.parametrize(
    "text",
    [
        "Is that it?",
        "Did I hear right?",
        "you waited too long. that right?",
        "Have I left anything out?",
        "So you left. Have I got that right?",
        "Is that why it lives in the sock, really?",
        "an ye left that oot. thats whit yer tellin me?",
        "is that the whole o it?",
        "It was something that hurt somebody. I'm right or no?",
    ],
)
def test_asking_whether_one_got_it_right(text):
    assert checks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Was he right about the old ones?",
        "Is it far?",
        "I am right",
        "Is your wife all right?",
        "Are you all right?",
        "Did I do it right?",
    ],
)
def test_other_questions_check_nothing(text):
    assert not checks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Will you help me practise it?",
        "Could I come down with you?",
        "next release is wednesday. could you be around for it?",
        "Do you want the third?",
        "Shall I see to 214, she's lifted her tail?",
        "Was that a yes? Could we start Thursday, my midnight watch?",
    ],
)
def test_leave_is_asked_for(text):
    assert asks_leave(text)


@pytest.mark.parametrize("text", ["What can I do about it?", "Should I have told her?", "Why?"])
def test_other_questions_ask_no_leave(text):
    assert not asks_leave(text)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("I'll go to her before her shift, half six at the gate. is that alright", True),
        ("I come on Tuesday and we walk one floor together. Is it good?", True),
        ("Saturday, then, me on the scanner, deal?", True),
        ("something like, I want to stay but not at your cost. is that too much", True),
        ("If it is under five I withdraw the paper. Is that fair?", True),
        ("So Wednesday, half past five, on the bridge. Yes?", True),
        ("I go through them tonight and bring you the list, all right?", True),
        ("Are you alright?", False),
        ("Are you all right?", False),
        ("Yes?", False),
        ("I said yes.", False),
        ("Is that the good one?", False),
        ("It works, and it sounds good.", False),
    ],
)
def test_whether_a_plan_will_do_is_all_that_some_turns_ask(text, so):
    assert seeks_approval(text) is so


@pytest.mark.parametrize(
    "text",
    [
        "What do you mean?",
        "whats that mean, is it ok then?",
        "Sorry, I don't think I followed that. Could you say that again?",
        "um. i dont understand",
        "what day? sorry i dont get it lol",
        "You've lost me there.",
        "What do you mean by that?",
        "Sorry, what did you mean by it?",
        "not sure i follow sir",
        "Um, I've lost you a bit, sorry.",
        "Sorry, I'm not sure I understand.",
    ],
)
def test_who_did_not_follow_says_so(text):
    assert is_lost(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did your father mean to you?",
        "I don't understand why he left.",
        "Who is that?",
        "I lost you the contract.",
        "They lost me at Easter.",
        "I don't follow football.",
    ],
)
def test_other_questions_are_no_sign_of_being_lost(text):
    assert not is_lost(text)


@pytest.mark.parametrize(
    "text",
    [
        "sorry. im no myself. on you go, what were ye saying",
        "eh? no i mean you. im listening now",
        "oh sorry love I talk over everybody. go on, tell it to the end",
        "Please, carry on.",
    ],
)
def test_who_bids_the_mentor_go_on(text):
    assert bids_go_on(text)


@pytest.mark.parametrize("text", ["I can't go on like this.", "We go on holiday on Friday", "Why?"])
def test_other_turns_bid_nothing(text):
    assert not bids_go_on(text)


@pytest.mark.parametrize(
    ("move", "text"),
    [
        ("casual_invite", "u dont know if u were angry? come on chef"),
        ("confidentiality", "so next time it goes i shout, lid stays off"),
        ("feedback_request", "The 'yes, and?'. But were you angry?"),
        ("commitment", "Perfect, now I know how to hold it"),
    ],
)
def test_a_move_without_its_words_is_not_answered(move, text):
    assert not borne_out(move, text)


@pytest.mark.parametrize(
    ("move", "text"),
    [
        ("casual_invite", "Fancy a pint after?"),
        ("confidentiality", "I won't tell a soul."),
        ("feedback_request", "Be honest, how did I come across?"),
        ("dismissal", "Whatever."),
    ],
)
def test_a_move_with_its_words_is(move, text):
    assert borne_out(move, text)


@pytest.mark.parametrize(
    "text",
    [
        "That's not what I asked. What did you say to her?",
        "i meant Friday, not a hearing",
        "Sorry, I didn't ask if you are all right, I asked about Tuesday.",
        "no i mean YOU not me",
        "It isn't quite what I asked, but thank you.",
        "I was asking about the client, sorry.",
        "You misunderstood me, I think.",
        "Not the chair. I meant where you sit!",
        "I didn't ask you about her.",
        "No, I didn't ask about that.",
        "I didn't ask about the weather. I asked what I do on watch.",
        "I didn't ask why.",
        "I didn't ask what he did.",
        "I didn't ask about the boat!",
        "Sorry. I didn't ask about the boat! Where were you?",
        "I didn't ask about your brother.",
        "Sorry, I've lost you. What essay? Do you mean your exams?",
        "Sorry, you've lost me there. One word and the date?",
        "Can't what? Sorry, I lost you there. You mean she can't afford it?",
        "I am not sure I follow. Was it seven minutes or eleven?",
    ],
)
def test_a_learner_who_was_taken_wrongly(text):
    assert corrects(text)


@pytest.mark.parametrize(
    "text",
    [
        "I didn't mean to pry.",
        "I meant to ring her on Friday.",
        "I mean, it was only a chair.",
        "I didn't ask him, he just told me.",
        "That's not what he asked for.",
        "So that wasn't what you meant by it?",
        "I meant it, every word.",
        "That came out sharper than I meant.",
        "What did you mean?",
        "Sorry, you've lost me there.",
        "I lost you the contract, didn't I?",
        "I don't follow?",
        "I didn't ask about that at home, I was too shy.",
        "I didn't ask why he was in the boot.",
        "He knew I meant business.",
        "I didn't ask your brother, I just left.",
        "I did not ask for the key. I asked my sister.",
        "I didn't ask anyone at the mill. I asked nobody.",
        "He went to sea. I didn't ask why.",
        "I didn't ask why. It was not my place.",
    ],
)
def test_other_meaning_and_asking_corrects_nobody(text):
    assert not corrects(text)


@pytest.mark.parametrize(
    "piece", ["i didn't ask ", "no ", "no. ", "i asked ", "i didn't ask what a ", "i meant "]
)
def test_long_corrections_are_read_soon(piece):
    # A pattern that runs away never comes back from here.
    corrects(piece * (20_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "at_once"),
    [
        ("Can I ask other thing. The form I wrote. Was it good? What is missing?", True),
        ("before i say it can i ask what can you keep to yourself", True),
        ("Can I ask, did you read it? The burst pipes one?", True),
        ("Could I ask you a question? Why did you stay?", True),
        ("Can I ask you something?", False),
        ("Can I ask you something. I never dared.", False),
        ("can i ask someone to fix the catch", False),
        ("Why did you stay?", False),
    ],
)
def test_who_begs_leave_may_ask_at_once(text, at_once):
    assert asks_at_once(text) is at_once


@pytest.mark.parametrize(
    ("text", "begs"),
    [
        ("Can I ask you something personal?", True),
        ("I can ask a thing about you, not about the work?", True),
        ("It's a bit personal, would you mind if I asked?", True),
        ("It may be none of my business, but may I ask?", True),
        ("Would you mind a personal question?", True),
        ("Would you mind if I got a bit personal?", True),
        ("What does being on call do to your private life?", False),
        ("May I ask your age?", False),
        ("can i ask someone to fix the catch", False),
        ("What did she ask you?", False),
    ],
)
def test_some_questions_only_beg_leave(text, begs):
    assert begs_leave_to_ask(text) is begs
