from __future__ import annotations

import pytest

from coach.feedback.askings import narrows
from coach.feedback.heavy import heaviest
from coach.feedback.margins import margin
from coach.feedback.rules import write_card
from coach.feedback.tries import NEXT_STEPS, TRIES
from coach.feedback.waiting import BIDDEN, asks_for_time
from tests.builders import a_paraphrase, a_point, a_reading

STORY = (
    "The old kiln cracked in March with four hundred tiles inside. I was afraid the customer "
    "would leave us. I drove out and told her myself, and she waited."
)
FEAR = "I was afraid the customer would leave us."
BETTER = "So a whole order was lost in one night, and telling her straight kept her with you."
ASKED = "What happened on the day the kiln cracked?"


def tried(text, reading=None, context=STORY, **options):
    card = write_card(context, text, reading or a_reading(text), **options)
    return card.try_next


def skill(text, reading=None, context=STORY, **options):
    remark = tried(text, reading, context, **options)
    return remark.skill if remark else None


@pytest.mark.parametrize("move", ["dismissal", "topic_hijack", "unsolicited_advice"])
def test_harm_comes_first_and_only_when_sure(move):
    text = "Kilns crack. What else did you ask for?"
    shows = {move: "Kilns crack."}
    sure = a_reading(
        text, asks="open", flags=("multiple",), moves={move: 0.96}, shows=shows, uptake=0.1
    )
    remark = tried(text, sure, better_paraphrase=BETTER)
    assert remark.skill == move
    assert remark.yours.text == "Kilns crack."
    assert skill(text, a_reading(text, asks="open", moves={move: 0.94}, shows=shows)) != move


def test_a_distorted_point_shows_both_sides():
    text = "Well. So the customer left you when the kiln went. That is hard."
    paraphrase = a_paraphrase(a_point(STORY, FEAR, "distorted", 0.96), faithfulness=0.3)
    part = "So the customer left you when the kiln went."
    reading = a_reading(text, reflects="simple", reflecting=part, paraphrase=paraphrase)
    remark = tried(text, reading, better_paraphrase=BETTER)
    assert (remark.skill, remark.yours.text, remark.theirs.text, remark.example) == (
        "paraphrase_distorted",
        part,
        FEAR,
        BETTER,
    )
    assert "“left”" not in remark.words
    left = a_point(STORY, FEAR, "distorted", 0.96).model_copy(update={"word": (22, 26)})
    paraphrase = a_paraphrase(left, faithfulness=0.3)
    reading = a_reading(text, reflects="simple", reflecting=part, paraphrase=paraphrase)
    assert "they said it, perhaps with “left”." in tried(text, reading).words
    hard = left.model_copy(update={"word": (text.index("hard"), text.index("hard") + 4)})
    paraphrase = a_paraphrase(hard, faithfulness=0.3)
    reading = a_reading(text, reflects="simple", reflecting=part, paraphrase=paraphrase)
    # A word beside those that are shown is not what they rest on.
    assert "perhaps" not in tried(text, reading).words
    unsure = a_paraphrase(a_point(STORY, "she waited", "distorted", 0.6), faithfulness=0.3)
    reading = a_reading(text, reflects="simple", reflecting=part, paraphrase=unsure)
    assert skill(text, reading) != "paraphrase_distorted"


def gone_over(text, turned, word=None, **changes):
    """A retelling whose first point is named as kept and may be turned round."""
    doubted = a_point(STORY, FEAR, "covered", 0.4).model_copy(
        update={"turned": turned, "word": word, "span": None}
    )
    points = (doubted, a_point(STORY, "she waited"))
    paraphrase = a_paraphrase(*points, faithfulness=0.4)
    moves = {"summary": 0.99} | changes
    return a_reading(text, reflects="simple", paraphrase=paraphrase, moves=moves)


@pytest.mark.parametrize("checks", ["Have I followed you?", "Am I near it?", "Is that it?"])
def test_who_asks_for_a_check_is_not_told_to(checks):
    text = f"So you were sure the customer would stay, and she waited for her tiles. {checks}"
    assert skill(text, gone_over(text, 0.6), STORY) != "paraphrase_doubted"
    text = text.removesuffix(checks)
    assert skill(text, gone_over(text, 0.6), STORY) == "paraphrase_doubted"


def test_what_may_be_turned_round_is_put_up_for_checking():
    text = "So you were sure the customer would stay, and she waited for her tiles in the end."
    reading = gone_over(text, 0.6, word=(12, 16))
    card = write_card(STORY, text, reading)
    assert card.try_next.skill == "paraphrase_doubted"
    assert card.try_next.theirs.text == FEAR and "perhaps with “sure”" in card.try_next.words
    assert card.strength is None
    assert [(point.status, point.sure) for point in card.points] == [
        ("distorted", False),
        ("covered", True),
    ]


@pytest.mark.parametrize(("turned", "status"), [(0.4, "covered"), (0.6, "distorted")])
def test_what_is_not_surely_kept_is_perhaps_kept_or_perhaps_not_as_meant(turned, status):
    text = "So you were sure the customer would stay, and she waited for her tiles in the end."
    first, _ = write_card(STORY, text, gone_over(text, turned)).points
    assert (first.status, first.sure) == (status, False)


@pytest.mark.parametrize(
    ("asks", "turned", "moves"),
    [
        ("", 0.4, {}),
        (" Have I got that right?", 0.6, {}),
        ("", 0.6, {"summary": 0.2}),
    ],
)
def test_nothing_is_doubted_that_is_likely_so_or_put_up_or_only_taken_up(asks, turned, moves):
    text = f"So you were sure the customer would stay, and she waited for her tiles.{asks}"
    assert skill(text, gone_over(text, turned, **moves)) != "paraphrase_doubted"


def test_a_point_without_a_place_is_quoted_by_its_nearest_clause():
    text = "So the customer left you."
    point = a_point(STORY, "she waited", "distorted", 0.96).model_copy(
        update={"text": "the customer stayed away from leaving", "span": None}
    )
    reading = a_reading(text, reflects="simple", paraphrase=a_paraphrase(point, faithfulness=0.2))
    assert tried(text, reading).theirs.text == "I was afraid the customer would leave us."


def invented(text, part, **changes):
    start = text.index(part)
    paraphrase = a_paraphrase(
        a_point(STORY, "she waited"),
        **{"added": ((start, start + len(part)),), "faithfulness": 0.5} | changes,
    )
    return a_reading(text, reflects="simple", paraphrase=paraphrase)


def test_an_invented_claim_is_quoted():
    text = "She was patient. The insurance refused every penny."
    reading = invented(text, "The insurance refused every penny.")
    remark = tried(text, reading)
    assert remark.skill == "paraphrase_added"
    assert remark.yours.text == "The insurance refused every penny."


@pytest.mark.parametrize(
    ("text", "part", "changes"),
    [
        ("She was patient. My uncle had the same trouble.", "My uncle had the same trouble.", {}),
        ("She was patient. The kiln was never mended.", "The kiln was never mended.", {}),
        ("She was patient. Insurance refused it all.", "Insurance refused it all.",
         {"faithfulness": 0.9}),
    ],
)  # fmt: skip
def test_added_is_no_reproach_without_two_witnesses(text, part, changes):
    assert skill(text, invented(text, part, **changes)) != "paraphrase_added"


def test_a_guess_at_what_lay_behind_is_not_added():
    text = "You must have felt alone with it."
    paraphrase = a_paraphrase(a_point(STORY, FEAR), added=((0, len(text)),), faithfulness=0.6)
    card = write_card(STORY, text, a_reading(text, reflects="complex", paraphrase=paraphrase))
    assert card.added == ()
    assert card.strength.skill == "reflection_complex"


def test_a_bare_nod_after_a_story():
    text = "I see."
    remark = tried(text, a_reading(text, moves=("acknowledgment",), uptake=0.1))
    assert (remark.skill, remark.yours.text, remark.theirs.text) == ("nod", text, FEAR)
    assert skill(text, a_reading(text, moves={"acknowledgment": 0.5}, uptake=0.3)) != "nod"
    assert skill(text, a_reading(text, moves=("acknowledgment",)), "What do you say?") is None


def test_nothing_taken_up():
    text = "The bus was late this morning."
    assert skill(text, a_reading(text, uptake=0.1)) == "uptake"
    # One witness is not enough: a shared word, a helpful move, an unsure reading, no story.
    assert skill(text, a_reading(text, uptake=0.3)) == "reflect"
    assert skill(text, a_reading(text, uptake=0.4)) is None
    shared = "The customer was late this morning."
    assert skill(shared, a_reading(shared, uptake=0.1)) == "reflect"
    assert skill(text, a_reading(text, uptake=0.1, moves=("commitment",))) != "uptake"
    assert skill(text, a_reading(text, uptake=0.1), "Ask me something with a roof on.") is None


def test_who_answers_a_story_with_one_of_their_own_has_heard_it():
    for text in ("My dad lost a boat like that.", "I'd have cried.", "We had a fire at ours."):
        for uptake in (0.1, 0.3):
            assert skill(text, a_reading(text, uptake=uptake)) is None
    text = "It cracked, then. I'd have cried."
    points = (a_point(STORY, "The old kiln cracked in March"), a_point(STORY, FEAR, "missed"))
    paraphrase = a_paraphrase(*points, coverage=0.34)
    reading = a_reading(text, reflects="simple", paraphrase=paraphrase)
    assert skill(text, reading) != "paraphrase_missed"


def test_a_short_hello_or_goodbye_calls_for_nothing():
    text = "Hello, nice to meet you."
    assert skill(text, a_reading(text, uptake=0.1)) is None


def test_a_self_answered_question_keeps_only_the_question():
    text = "Why did she wait? I suppose she had no choice."
    reading = a_reading(
        text, asks="open", flags=("self_answered",), asking=("Why did she wait?",), uptake=0.8
    )
    remark = tried(text, reading)
    assert (remark.skill, remark.yours.text, remark.example) == (
        "question_self_answered",
        text,
        "Why did she wait?",
    )


def test_stacked_questions_leave_the_open_one():
    text = "Did she pay? And what did you tell her? Was it raining?"
    parts = ("Did she pay?", "And what did you tell her?", "Was it raining?")
    reading = a_reading(text, asks="open", flags=("multiple",), asking=parts, uptake=0.8)
    remark = tried(text, reading)
    assert remark.skill == "question_multiple"
    assert remark.words.startswith("Three questions stand in this turn")
    assert remark.yours.text == text
    assert remark.example == "What did you tell her?"


def test_one_question_after_a_sentence_is_no_stack():
    text = "So you trusted the form, and it stayed with you. How old were you then?"
    reading = a_reading(text, asks="closed", flags=("multiple",), uptake=0.8)
    assert skill(text, reading) != "question_multiple"


def test_a_stack_the_models_see_as_one_span_is_not_counted():
    text = "What did you tell her and how did she take it?"
    reading = a_reading(text, asks="open", flags=("multiple",), uptake=0.8)
    assert tried(text, reading).words.startswith("More than one question stands")


def test_a_why_not_asks_for_a_defence():
    for text, example in (
        ("why didnt you email them instead?", "What held you back?"),
        ("Three weeks. Why haven’t you told her?", "What holds you back?"),
    ):
        card = write_card(STORY, text, a_reading(text, asks="open", uptake=0.8))
        assert card.try_next is not None and card.strength is None
        assert (card.try_next.skill, card.try_next.example) == ("question_why_not", example)
    for text in (
        "Why didn't they email you instead?",
        "Why weren't you told?",
        "Why couldn't you sleep?",
        "Why didn't you like it there?",
    ):
        card = write_card(STORY, text, a_reading(text, asks="open", uptake=0.8))
        assert card.try_next is None or card.try_next.skill != "question_why_not"


def test_a_leading_question():
    text = "Don't you think she was kind?"
    reading = a_reading(text, asks="closed", flags=("leading",), uptake=0.7)
    remark = tried(text, reading, find_question=lambda: ASKED)
    assert (remark.skill, remark.example) == ("question_leading", ASKED)


def test_a_story_left_standing():
    text = "Business must go on, as they always say."
    reading = a_reading(text, uptake=0.3)
    remark = tried(text, reading, better_paraphrase=BETTER)
    assert (remark.skill, remark.theirs.text, remark.example) == ("reflect", FEAR, BETTER)
    assert skill(text, reading, STORY + " What would you have done?") is None
    assert skill(text, a_reading(text, uptake=0.3, moves=("follow_through",))) is None
    assert skill(text, a_reading(text, uptake=0.3, moves=("appreciation",))) == "reflect"
    assert skill(text, reading, "It is late.") is None


def test_a_question_that_builds_is_not_told_to_reflect():
    text = "How did you tell her that the tiles were gone?"
    assert skill(text, a_reading(text, asks="open", uptake=0.8)) is None


def test_a_second_question_running_is():
    text = "How did you tell her that the tiles were gone?"
    asked = a_reading("What happened?", asks="open")
    reading = a_reading(text, asks="open", uptake=0.8)
    assert skill(text, reading, previous=asked) == "questions_in_a_row"
    worried = asked.question.model_copy(update={"p": {"none": 0.3, "open": 0.65, "closed": 0.05}})
    perhaps = asked.model_copy(update={"question": worried})
    assert skill(text, reading, previous=perhaps) is None
    said_back = a_reading("So it cracked. What then?", asks="open", reflects="simple")
    assert skill(text, reading, previous=said_back) is None
    unjudged = a_reading("Hm", asks="open", judged=False)
    assert skill(text, reading, previous=unjudged) is None
    assert skill(text, reading, "Ask away.", previous=asked) is None
    meant = a_reading(text, asks="open", uptake=0.8, flags=("clarifying",))
    assert skill(text, meant, previous=asked) is None


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("You can ask me about it, some night.", None),
        ("Pick one thing, and I'll tell you what broke.", None),
        ("That's the whole of it.", "questions_in_a_row"),
    ],
)
def test_who_asks_as_they_were_told_to_puts_no_question_after_another(last, expected):
    text = "How did you tell her that the tiles were gone?"
    asked = a_reading("What happened?", asks="open")
    reading = a_reading(text, asks="open", uptake=0.8)
    card = write_card(f"{STORY} {last}", text, reading, previous=asked)
    assert (card.try_next and card.try_next.skill) == expected
    # The same question is not praised as well.
    assert (card.strength is None) == (expected is not None or last.startswith("You can ask"))


def test_who_says_something_between_two_questions_does_more_than_ask():
    asked = a_reading("What happened?", asks="open")
    question = "What did you do then?"
    for beside in (
        "Four hundred tiles.",
        "Thank you, I was dreading these stairs.",
        "I rang my own people twice that week and nobody would say a word to me.",
    ):
        text = f"{beside} {question}"
        reading = a_reading(text, asks="open", asking=(question,), uptake=0.8)
        assert skill(text, reading, previous=asked) is None
    text = f"Oh dear. {question}"
    reading = a_reading(text, asks="open", asking=(question,), uptake=0.8)
    assert skill(text, reading, previous=asked) == "questions_in_a_row"


def test_a_closed_question_is_opened():
    text = "Was it hard?"
    reading = a_reading(text, asks="closed", uptake=0.8)
    remark = tried(text, reading, find_question=lambda: ASKED)
    assert (remark.skill, remark.example) == ("question_closed", "What was that like for you?")
    assert remark.words.startswith("A yes or a no answers this.")
    before = a_reading("Was it the wind?", asks="closed")
    text = "When did the kiln crack?"
    reading = a_reading(text, asks="closed", uptake=0.8)
    remark = tried(text, reading, find_question=lambda: ASKED, previous=before)
    assert (remark.words.split(".")[0], remark.example) == ("One fact answers this", ASKED)
    text = "Was it the heat or the clay?"
    remark = tried(text, a_reading(text, asks="closed", uptake=0.8), previous=before)
    assert remark.words.startswith("This offers answers to pick from") and remark.example is None


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Is that right?", {"reflects": "simple"}),
        ("By ticking, do you mean the bricks?", {"flags": ("clarifying",)}),
        ("Could you show me the kiln?", {}),
        ("May I ask about the kiln?", {}),
        ("Shall we have coffee on Friday?", {"moves": ("casual_invite",)}),
        ("Was it hard?", {"sure": 0.5}),
    ],
)
def test_a_closed_question_for_good_reason_is_left_alone(text, changes):
    assert skill(text, a_reading(text, asks="closed", uptake=0.8, **changes)) is None


def test_feedback_without_a_view_of_ones_own():
    text = "What did you think of my first week?"
    moves = {"feedback_request": margin("feedback_request")}
    reading = a_reading(text, asks="open", uptake=0.6, moves=moves)
    assert skill(text, reading, "Well.") == "feedback_specific"
    with_view = a_reading(text, asks="open", uptake=0.6, moves=moves | {"own_observation": 0.7})
    assert skill(text, with_view, "Well.") is None
    seen = "I think I rushed. What did you think of my first week?"
    assert skill(seen, a_reading(seen, asks="open", uptake=0.6, moves=moves), "Well.") is None
    clear = a_reading(text, asks="open", uptake=0.6, moves=moves, flags=("clarifying",))
    assert skill(text, clear, "Well.") is None


def test_what_is_no_sure_mark_is_no_reproach():
    theirs = "What was your own worst one?"
    moves = {"feedback_request": margin("feedback_request") - 0.01}
    assert skill(theirs, a_reading(theirs, asks="open", uptake=0.6, moves=moves), "Well.") is None
    text = "I will have to see, I suppose."
    moves = {"commitment": margin("commitment") - 0.01}
    assert skill(text, a_reading(text, moves=moves), "Fine.") is None


def copying(text, **changes):
    paraphrase = a_paraphrase(a_point(STORY, FEAR), **{"own_words": 0.1} | changes)
    return a_reading(text, reflects="simple", paraphrase=paraphrase)


def test_copied_words_are_shown():
    text = "The old kiln cracked in March with four hundred tiles inside, and you were afraid."
    remark = tried(text, copying(text), better_paraphrase=BETTER)
    assert (remark.skill, remark.example) == ("copied", BETTER)
    assert remark.theirs.text in STORY
    few = "You were afraid the customer would leave you."
    assert skill(few, copying(few)) != "copied"
    assert skill(text, copying(text, own_words=0.7)) != "copied"
    fresh = "Losing her was what frightened you."
    assert skill(fresh, copying(fresh)) != "copied"


def test_a_point_left_out_is_the_one_with_feeling():
    text = "The kiln cracked with a lot in it."
    points = (
        a_point(STORY, "The old kiln cracked in March"),
        a_point(STORY, "I drove out and told her myself", "missed"),
        a_point(STORY, FEAR, "missed", 0.7),
        a_point(STORY, "she waited", "missed"),
    )
    reading = a_reading(text, reflects="simple", paraphrase=a_paraphrase(*points))
    remark = tried(text, reading)
    assert (remark.skill, remark.theirs.text) == ("paraphrase_missed", FEAR)
    asking = a_reading(text, reflects="simple", asks="open", paraphrase=a_paraphrase(*points))
    assert skill(text, asking) is None


def test_who_hands_back_at_length_has_chosen_what_to_leave_out():
    for text, waits in (
        ("So in March it cracked, the old one, and it had your four hundred tiles in it.", False),
        ("So in March it cracked, the old one.", True),
    ):
        points = (
            a_point(STORY, "The old kiln cracked in March"),
            a_point(STORY, FEAR, "missed", 0.95),
            a_point(STORY, "I drove out and told her myself", "missed", 0.95),
        )
        paraphrase = a_paraphrase(*points, coverage=0.34)
        reading = a_reading(text, reflects="simple", paraphrase=paraphrase)
        assert (skill(text, reading) == "paraphrase_missed") == waits


def test_a_second_question_that_only_narrows_the_first_is_no_stack():
    for text, said in (
        ("So what will happen to the tiles? Where does each one go?", None),
        ("What will happen to the tiles? And how is your daughter now?", "question_multiple"),
    ):
        parts = tuple(f"{part}?" for part in text.rstrip("?").split("? "))
        reading = a_reading(text, asks="open", flags=("multiple",), asking=parts, uptake=0.8)
        assert skill(text, reading) == said


def test_a_closed_question_that_was_asked_for_is_left_alone():
    text = "Was it hard?"
    reading = a_reading(text, asks="closed", uptake=0.8)
    assert skill(text, reading, "Ask it now, outright, and I will answer you.") is None
    assert skill(text, reading, "It cracked, and I will answer you.") == "question_closed"


def test_a_promise_without_a_day():
    text = "I will write to her."
    moves = ("commitment",)
    assert skill(text, a_reading(text, moves=moves), "Fine.") == "commitment_dated"
    dated = "I will write to her by Friday."
    assert skill(dated, a_reading(dated, moves=moves), "Fine.") is None


def test_an_answer_that_ends_the_talk_may_be_handed_back():
    text = "It was the ad in the window, and I liked the smell of clay."
    context = "Sit down. What brought you here?"
    told = a_reading("I came by bus.")
    remark = tried(text, a_reading(text), context, find_question=lambda: ASKED, previous=told)
    assert skill(text, a_reading(text), context) is None
    assert skill(text, a_reading(text, moves=("follow_through",)), context, previous=told) is None
    assert (remark.skill, remark.theirs.text, remark.example) == (
        "hand_back",
        "What brought you here?",
        ASKED,
    )
    guess = text + " I imagine you never thought anybody read it."
    assert skill(guess, a_reading(guess), context, previous=told) is None
    both = text + " What brought you?"
    assert skill(both, a_reading(both, asks="open"), context, previous=told) is None


def test_a_true_paraphrase_may_reach_deeper():
    text = "So you thought that order would be your last from them."
    reading = a_reading(text, reflects="simple", paraphrase=a_paraphrase(a_point(STORY, FEAR)))
    assert skill(text, reading) == "reflect_deeper"
    complex_one = reading.model_copy(
        update={"reflection": a_reading(text, reflects="complex").reflection}
    )
    assert skill(text, complex_one) is None


@pytest.mark.parametrize(
    "theirs",
    [
        "The projector died ten minutes before the pitch.",
        "The phone line was dead.",
        "My card machine died at noon.",
        "In the night the wind died to nothing.",
        "I died on stage in Hull for twenty minutes.",
        "I let them go home early on Fridays.",
        "I let him go in front that day.",
        "I let him walk me through the figures.",
        "I let her take the wheel.",
        "I let them carry the bags up.",
        "I didn't save the spreadsheet.",
        "I couldn't save my own work.",
        "The engine died on the hill.",
        "The battery in my phone died.",
        "He was fixing the fridge when it died.",
        "On Monday our old van died.",
        "Half of the plants died.",
        "I couldn't save all of it.",
        "I didn't save the file.",
        "I couldn't save any money.",
        "I couldn't save both files.",
        "I never save my receipts.",
        "I couldn't save you the trouble.",
        "I let her go into detail.",
    ],
)
def test_what_stops_or_is_let_be_weighs_nothing(theirs):
    assert heaviest(theirs) is None


@pytest.mark.parametrize(
    "theirs",
    [
        "The donkey died in the night.",
        "My mother had died that afternoon.",
        "And then the dog was dead.",
        "The car hit him and he died.",
        "He'd been stealing. I let him go.",
        "I let her go back in for the cat.",
        "I let her walk home alone.",
        "I let him take the blame for it.",
        "I let her carry it for years.",
        "I couldn't save him.",
        "I could not save Morag.",
        "I couldn't save the second calf.",
        "I let them take her away.",
        "The boy in the other car died.",
        "My friend in the car died.",
        "The man we pulled from the sea was dead.",
        "Everyone in the room died.",
        "Half the town died.",
        "The girl from our street died.",
        "The driver of the van died.",
        "I couldn't save my grandmother.",
        "I couldn't save my grandad.",
        "I couldn't save my nan.",
        "I couldn't save my mate.",
        "I couldn't save my partner.",
        "I couldn't save my uncle.",
        "I couldn't save the men.",
        "I couldn't save all of them.",
        "I couldn't save either of them.",
        "I couldn't save both.",
        "I couldn't save him in time.",
        "I couldn't save my mother's leg.",
        "I let him go down the shaft.",
        "I let him go down to the pit.",
        "I let her go out on the ice.",
        "I let her go that night.",
        "I let him go into the mine.",
        "I let him walk to the road.",
    ],
)
def test_a_death_and_what_was_let_happen_weighs(theirs):
    assert heaviest(theirs).text == theirs.split(". ")[-1]


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("Let me think.", True),
        ("Um let me think", True),
        ("Er let me think", True),
        ("Uh let me think", True),
        ("Och let me think", True),
        ("Good question let me think.", True),
        ("That's a hard one let me think.", True),
        ("And let me think", True),
        ("Do give me a minute.", True),
        ("I need to think about my answer.", True),
        ("She came in and let me think it over.", False),
        ("No, wait, let me actually think.", True),
        ("Hiya, sorry, the lift's out, give me a minute.", True),
        ("You'll have to give me a minute.", True),
        ("Could you give me a moment?", True),
        ("Now let me consider.", True),
        ("I need to think about that.", True),
        ("I need a minute.", True),
        ("The bank let me think about it for a week.", False),
        ("Don't let me think about that again.", False),
        ("She let me think I had won.", False),
        ("They never give me a minute.", False),
        ("I asked him to give me a moment.", False),
        ("You can never say 'let me think about it'.", False),
        ("Now I need to think of the children first.", False),
        ("I need to think about my pension.", False),
    ],
)
def test_only_who_bids_it_asks_for_time(line, asks):
    assert asks_for_time(line) == asks


@pytest.mark.parametrize(
    ("line", "bids"),
    [
        ("Ask me what it brought.", True),
        ("Fair enough, ask away.", True),
        ("Do ask me.", True),
        ("Please do ask me.", True),
        ("I'd like you to ask me.", True),
        ("I want you to ask me.", True),
        ("By all means ask away.", True),
        ("Any questions ask away.", True),
        ("If you have a question ask me.", True),
        ("Why don't you ask me?", True),
        ("Maybe ask me later.", True),
        ("You've every right to ask me.", True),
        ("Grab a chair and ask me.", True),
        ("They have every right to ask me.", False),
        ("You have no right to ask me.", False),
        ("I don't want you to ask me.", False),
        ("They do ask me.", False),
        ("It is no secret, ask me how I was so wrong.", True),
        ("You can always ask me about my mum.", True),
        ("You'd better ask me what you came to ask me.", True),
        ("Feel free to ask me anything.", True),
        ("Pick a page and ask me about it.", True),
        ("Next time ask me the one underneath it.", True),
        ("You may ask anything.", True),
        ("My boss would never ask me how I was.", False),
        ("They ask it of everyone.", False),
        ("People come in and ask me for that blue one.", False),
        ("He used to ask me what I did.", False),
        ("So don't ask me.", False),
        ("If you ask me about cases I'd say no.", False),
        ("You did ask me to tell you.", False),
        ("So I ask now, which one scares you?", False),
    ],
)
def test_only_who_is_told_to_ask_is_bidden(line, bids):
    assert (BIDDEN.search(line) is not None) == bids
    text = "Was it hard?"
    reading = a_reading(text, asks="closed", uptake=0.8)
    if "?" not in line:
        assert (skill(text, reading, line) == "question_closed") == (not bids)


def test_a_line_break_of_any_sort_hides_no_question():
    text = "I counted the ones that failed."
    reading = a_reading(text, moves={"topic_hijack": 0.96}, uptake=0.1)
    for end in ("", "\n", "\r\n"):
        card = write_card(f"{STORY} What has happened?{end}", text, reading)
        assert card.moves == ()


@pytest.mark.parametrize(
    "text",
    [
        "What a day that was, was it a Monday or a Tuesday?",
        "How you managed that I don't know, was it luck or practice?",
        "What a day! I had two calls and a fire, is that normal or not?",
        "What an evening, is it always like this or only now?",
        "How the kiln cracked I'll never know, was it heat or clay?",
        "Why he left I can't say, was it the money or her?",
        "How was it. You left then, did you walk or drive?",
        "how you did that i dont know was it luck or skill",
    ],
)
def test_what_only_wonders_is_no_question_to_stop_after(text):
    assert not narrows(text)


@pytest.mark.parametrize(
    "text",
    [
        "What's a good day like, is it the quiet or the people?",
        "Why a boat at all, was it cheap or were you brave?",
        "How do I know then, is it the smell or the look?",
        "And what's it for, is it to hold it or only to show?",
        "How was it, really, was it hard or easy?",
        "What an effect did it have on you, was it good or bad?",
        "What happened after that, I can't imagine it, was it fear or anger?",
        "What did you do when I don't know what happened next? Was it good or bad?",
        "How did you feel when I don't tell you things, were you sad or angry?",
        "What did Mr. Hill say, was he cross or kind?",
        "What did they say, was Mrs. Hill cross or kind?",
        "What was the dogs' yard like, was it the mud or the noise?",
        "Hm. How do you tell, is it the colour or the smell?",
    ],
)
def test_an_open_question_before_answers_to_pick_from_is_one(text):
    assert narrows(text)


@pytest.mark.parametrize(
    "piece",
    ["what ' ", "what'", "'what", "what or ", "what, is ", "what? is or ", "what an a ", "i "],
)
def test_answers_to_pick_from_are_looked_for_in_a_pasted_book_too(piece):
    assert not narrows(piece * (20_000 // len(piece)))


def test_lone_words_are_not_counted_as_questions():
    text = "Really? How did you cope with the dark? And when did they come for you?"
    parts = ("How did you cope with the dark?", "And when did they come for you?")
    reading = a_reading(text, asks="open", asking=parts, flags=("multiple",), uptake=0.7)
    assert tried(text, reading).words.startswith("Two questions stand")


@pytest.mark.parametrize(
    "text",
    [
        "Why didn't you give up when it cracked?",
        "Why didn't you pack it in?",
        "Why wouldn't you do that again?",
        "Why would you not recommend it to me?",
    ],
)
def test_what_nobody_failed_to_do_is_no_blame(text):
    assert skill(text, a_reading(text, asks="open", uptake=0.8)) is None


def test_the_question_that_leans_is_the_one_quoted():
    text = "What happened next? You regretted telling her, right?"
    asking = ("What happened next?",)
    leaning = a_reading(text, asks="open", asking=asking, flags=("leading",), uptake=0.7)
    assert tried(text, leaning).yours.text == "You regretted telling her, right?"
    # Of two questions neither shows it: nobody can tell which is meant.
    text = "What happened next? And she stayed on after that?"
    leaning = a_reading(text, asks="open", asking=asking, flags=("leading",), uptake=0.7)
    assert skill(text, leaning) != "question_leading"


def test_all_questions_are_counted():
    text = "What happened? What did she say? Did you sleep?"
    asking = ("What happened?", "What did she say?")
    stack = a_reading(text, asks="open", asking=asking, flags=("multiple",), uptake=0.7)
    assert "Three questions" in tried(text, stack).words


@pytest.mark.parametrize(
    "when",
    ["in the morning", "at two o'clock", "on 12 May", "in four days", "at noon", "first thing",
     "every evening", "over Christmas", "5pm", "Mondays"],
)  # fmt: skip
def test_a_time_of_any_sort_is_a_day(when):
    text = f"I will ring her, {when}."
    assert skill(text, a_reading(text, moves=("commitment",)), "Fine.") is None


def test_what_answers_nothing_is_no_answer_to_hand_back():
    text, context = "The bus was late again this morning and it rained.", "Whom have you taught?"
    told = a_reading("I came by bus.")
    assert skill(text, a_reading(text, uptake=0.03), context, previous=told) is None
    torn = a_reading("Did I?", asks="none", sure=0.4)
    assert skill(text, a_reading(text), context, previous=torn) is None


def test_a_second_closed_question_needs_a_first_that_surely_was():
    text = "Were you there?"
    now = a_reading(text, asks="closed", uptake=0.7)
    before = a_reading("Was she?", asks="closed")
    assert skill(text, now, previous=before) == "question_closed"
    for unsure in ({"sure": 0.4}, {"judged": False}):
        before = a_reading("Was she?", asks="closed", **unsure)
        assert skill(text, now, previous=before) != "question_closed"


def test_asking_leave_is_closed_for_good_reason_even_the_second_time():
    before = a_reading("Was she?", asks="closed")
    for text, said in (
        ("Would it be alright if I wrote the words down?", False),
        ("Would it be enough for the words?", True),
    ):
        reading = a_reading(text, asks="closed", uptake=0.7)
        assert (skill(text, reading, previous=before) == "question_closed") == said


def test_a_nod_wants_a_story_before_it_and_is_no_greeting():
    text = "Okay, that's fine."
    nodding = a_reading(text, moves=("acknowledgment",), uptake=0.1)
    assert skill(text, nodding) == "nod"
    assert skill(text, nodding, "Hm.") is None
    unsure = {"acknowledgment": margin("acknowledgment") - 0.01}
    assert skill(text, a_reading(text, moves=unsure, uptake=0.3)) != "nod"


def test_of_missed_points_only_a_sure_one_is_shown():
    text = "So the kiln cracked."
    points = (
        a_point(STORY, "The old kiln cracked in March"),
        a_point(STORY, FEAR, "missed", 0.55),
        a_point(STORY, "with four hundred tiles inside", "missed", 0.95),
        a_point(STORY, "I drove out and told her myself", "missed", 0.55),
    )
    reading = a_reading(text, reflects="simple", paraphrase=a_paraphrase(*points, coverage=0.25))
    remark = tried(text, reading)
    told = "with four hundred tiles inside"
    assert (remark.skill, remark.theirs.text) == ("paraphrase_missed", told)


def test_a_point_turned_round_in_a_question_is_shown_there():
    text = "So the kiln cracked in March. Were four thousand tiles inside?"
    point = a_point(STORY, "with four hundred tiles inside", "distorted", 0.96)
    reading = a_reading(
        text,
        asks="closed",
        reflects="simple",
        reflecting="So the kiln cracked in March.",
        paraphrase=a_paraphrase(point, faithfulness=0.2),
    )
    assert tried(text, reading).yours.text == "Were four thousand tiles inside?"


def test_depth_is_asked_only_of_what_is_surely_true():
    text = "So you thought that order would be your last from them. The landlord paid nothing."
    start = text.index("The landlord")
    fear = a_point(STORY, FEAR)
    added = a_paraphrase(fear, added=((start, len(text)),), faithfulness=0.82)
    assert skill(text, a_reading(text, reflects="simple", paraphrase=added)) != "reflect_deeper"


def test_what_the_learner_gives_is_nothing_they_invented():
    gift = "Most workshops in Germany fit pyrometer alarms these days."
    text = f"She was patient. {gift}"
    given = invented(text, gift)
    assert skill(text, given) == "paraphrase_added"
    shown = given.model_copy(
        update={
            "moves": given.moves | {"knowledge_share": 0.99},
            "move_evidence": {"knowledge_share": ((text.index(gift), len(text)),)},
            "reflection": given.reflection.model_copy(update={"evidence": ((0, 16),)}),
        }
    )
    card = write_card(STORY, text, shown)
    assert (card.added, card.try_next) == ((), None)


def test_every_rule_can_be_practised():
    from coach.feedback.practise import PRACTISE

    assert {rule.skill for rule in (*TRIES, *NEXT_STEPS)} == set(PRACTISE)


def test_what_weighs_is_not_left_without_a_word():
    theirs = "We had a good year after that. He died in 2014, in the shed."
    text = "Which boat would you buy of all those in the harbour?"
    remark = tried(text, context=theirs)
    assert (remark.skill, remark.theirs.text) == ("heavy", "He died in 2014, in the shed.")
    for stays in (
        "Oh, that is sad to hear. Which boat would you buy of them all?",
        "And before that, had he been ill for long?",
        "In the shed, of all places, and which boat had you then?",
    ):
        assert skill(stays, context=theirs) != "heavy"
    for light in (
        "The printer is in the shed, we bought it new.",
        "You tried it, and nobody died, which is a good day in a kitchen.",
        "It was dead easy once we had started on the fourth of them.",
        "Keep the date of a death apart from the date on which we heard of it.",
        "I'm ashamed to say that it took me four hours to read it.",
        "His widow told the vicar, after the funeral.",
    ):
        assert skill(text, context=light) != "heavy", light
    unsure = a_reading(text, sure=0.6)
    assert skill(text, unsure, theirs) != "heavy"
    nodded = {"moves": ("acknowledgment",), "shows": {"acknowledgment": "Right."}}
    assert skill(f"Right. {text}", a_reading(f"Right. {text}", **nodded), theirs) == "heavy"
    heard = "I see how it was."
    nodded["shows"] = {"acknowledgment": heard}
    assert skill(f"{heard} {text}", a_reading(f"{heard} {text}", **nodded), theirs) != "heavy"


def test_a_question_of_theirs_is_answered_before_another_is_asked():
    theirs = "A stranger could read that. How did you arrive at it?"
    text = "Why does it matter how?"
    remark = tried(text, a_reading(text, asks="open"), theirs)
    assert (remark.skill, remark.theirs.text) == (
        "question_unanswered",
        "How did you arrive at it?",
    )
    told = "By counting. Why does it matter how?"
    answered = a_reading(told, asks="open", asking=("Why does it matter how?",))
    assert skill(told, answered, "How did you arrive at it?") == "question_unanswered"
    told = "I counted the ones that failed on Tuesday. Why does it matter how?"
    answered = a_reading(told, asks="open", asking=("Why does it matter how?",))
    assert skill(told, answered, theirs) is None
    for invited in ("What have you brought me?", "What do you want to know?", "Is it raining?"):
        assert skill(text, a_reading(text, asks="open"), f"Come in. {invited}") is None


def test_who_is_thinking_is_left_to_it():
    theirs = "Bear with me. I'm thinking it over."
    text = "I'm on at six with him, and that is the only clock there is on it."
    assert skill(text, context=theirs) == "hurried"
    assert skill("Take your time, I have nothing else to do before six.", context=theirs) is None
    assert skill("All right.", context=theirs) is None
    assert skill(text, context="Let me think. Three, I would say.") is None
    assert skill(text, context="She never came back, and that got me thinking.") != "hurried"
    assert skill(text, context="It was a hot day at the kiln.") is None


def test_an_open_question_stands_alone():
    text = "How did you notice it was too fast? Was it the alarm or did he tell you?"
    reading = a_reading(text, asks="open", flags=("multiple",))
    remark = tried(text, reading)
    assert remark.skill == "question_narrowed"
    assert write_card(STORY, text, reading).strength is None
    assert remark.yours.text == "Was it the alarm or did he tell you?"
    assert remark.example == "How did you notice it was too fast?"
    text = "Why the stalk half, is it the better one or the worse?"
    remark = tried(text, a_reading(text, asks="open"))
    assert (remark.yours.text, remark.example) == (
        "is it the better one or the worse?",
        "Why the stalk half?",
    )
    assert remark.theirs is None  # no word of theirs is in what is asked
    for other in (
        "How did you notice? And was it the alarm or the smell?",
        "What? Did he call or did he write?",
        "How did it go on? Who told her, he or you?",
    ):
        reading = a_reading(other, asks="open", flags=("multiple",))
        assert skill(other, reading) != "question_narrowed", other


@pytest.mark.parametrize(
    ("text", "context", "reproached"),
    [
        ("You should write to her.", STORY, True),
        ("You should write to her.", f"{STORY} What brings you here?", True),
        ("You should write to her.", f"{STORY} What do I say to her now?", False),
        ("You should frame that one!", STORY, False),
        ("You should have told her on the phone.", STORY, False),
    ],
)
def test_advice_is_unasked_where_nobody_asked_and_it_is_meant(text, context, reproached):
    reading = a_reading(text, moves=("unsolicited_advice",))
    assert (skill(text, reading, context) == "unsolicited_advice") == reproached


def test_what_is_told_in_confidence_is_not_left_without_a_word_whatever_its_words():
    theirs = "Nobody here knows this. I can't see the flecks in the milk any more with the left."
    text = "In our country the vet takes a sample first and sends it to a laboratory."
    away = a_reading(text, uptake=0.1)
    card = write_card(theirs, text, away, confided=True)
    assert card.try_next.skill == "heavy"
    assert card.try_next.theirs.text == theirs.split(". ")[1]
    assert skill(text, away, theirs) != "heavy"
    builds = a_reading(text, uptake=0.6)
    assert skill(text, builds, theirs, confided=True) != "heavy"
    taken_up = "So the left eye cannot see the flecks in the milk, and nobody is told of it."
    reading = a_reading(taken_up, uptake=0.1)
    assert skill(taken_up, reading, theirs, confided=True) != "heavy"
