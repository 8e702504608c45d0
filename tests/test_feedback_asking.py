from __future__ import annotations

import pytest

from coach.feedback.asking import (
    answered_by,
    asks_what_to_do,
    guesses,
    opened,
    question_note,
)
from coach.feedback.stacks import apart, asked_spans, one_of
from tests.builders import a_reading


def note(text, asks, **changes):
    return question_note(text, a_reading(text, asks=asks, **changes).question)


@pytest.mark.parametrize(
    ("text", "asks", "decided"),
    [
        ("What happened then?", "open", "What"),
        ("Right. And how did she take it?", "open", "how"),
        ("Could you walk me through it?", "open", "walk me through"),
        ("I'd love to hear about the kiln.", "open", "I'd love to hear"),
        ("Say more about the square.", "open", "Say more"),
        ("Did you know what happened?", "closed", "Did you"),
        ("So did she wait?", "closed", "did she"),
        ("How many tiles were inside?", "closed", "How many"),
        ("When did it crack?", "closed", "When"),
        ("Was it the heat or the clay?", "closed", "or"),
        ("Had you more or less given up?", "closed", "Had you"),
        ("You dreaded it, is that right?", "closed", "is that right"),
        ("She waited?", "closed", "waited"),
        ("Letters to whom?", "closed", "whom"),
        ("The second what?", "closed", "what"),
        ("Everybody who never wrote back?", "closed", "back"),
        ("Is that like a survey or what?", "closed", "Is that"),
        ("What? No, what did they mean by it?", "open", "what"),
        ("What if you told them about the kiln?", "open", "What if"),
        ("Whats the colour of the kiln you'd be proud of?", "closed", "Whats"),
        ("So I knock before I say who I am?", "closed", "am"),
        ("Can I tell you something, is that bad?", "closed", "is that"),
        ("Can I say the tubes bother me?", "closed", "Can I"),
        ("You were here, what, ten years, so tell me about them?", "open", "tell me"),
        ("What are they?", "closed", "What"),
        ("I guess you are glad of it?", "closed", "it"),
        ("ha which page got framed??", "closed", "which"),
        ("Phone or tablet in that sock?", "closed", "or"),
        ("Both what, please?", "closed", "what"),
        ("You were what, sir?", "closed", "what"),
        ("Is that what they do or what they are told to do?", "closed", "or"),
        ("We do it together?", "closed", "together"),
        ("Is it because of who you are?", "closed", "Is it"),
        ("Dyou think its because of who you are?", "closed", "are"),
        ("What if he cannot tell me?", "open", "What if"),
        ("A list would tell me more, would it not?", "closed", "would it"),
    ],
)
def test_the_deciding_words_are_named(text, asks, decided):
    found = note(text, asks)
    assert [quote.text for quote in found.words] == [decided]
    assert decided in found.why
    assert found.words[0].text == text[slice(*found.words[0].span)]


def test_no_question_no_note():
    assert note("It rained.", "none") is None


def test_words_that_decide_nothing_are_not_made_up():
    assert note("Kiln stories please", "open") is None
    assert note("Kiln stories please", "closed").why == "It asks for a word or two."
    placeless = a_reading("Kiln stories please", asks="closed", asking=()).question
    assert question_note("Kiln stories please", placeless).why == (
        "The turn, taken whole, asks for a word or two."
    )


def test_an_unsure_type_is_hedged():
    found = note("What happened then?", "open", sure=0.5)
    assert found.why.startswith("Perhaps open, though the words do not settle it.")


def test_flags_are_explained():
    found = note("Have you tried a pyrometer?", "closed", flags=("leading",))
    assert [q.text for q in found.words] == ["Have you", "Have you tried"]
    assert "leans towards one answer" in found.why
    found = note("What was it? Why?", "open", flags=("multiple", "self_answered"))
    assert found.why.endswith(
        "More than one question stands in the turn. The turn goes on to answer it."
    )
    found = note("When you say ticking, what do you mean?", "closed", flags=("clarifying",))
    assert "asks what was meant" in found.why


@pytest.mark.parametrize(
    ("asked", "openly"),
    [
        ("Did you like working nights?", "How did you find working nights?"),
        ("And do you enjoy the square?", "How do you find the square?"),
        ("Was it hard for you?", "What was that like for you?"),
        ("Is that difficult?", "What is that like for you?"),
        ("were you scared?", "What was that like for you?"),
        ("Did the market go well?", "How did the market go?"),
        ("Are you happy with the new kiln?", "How do you feel about the new kiln?"),
        ("Do you have any advice for me?", "What advice do you have for me?"),
        ("Were you there?", None),
        ("Was it raining?", None),
        ("Was it Tuesday?", None),
        ("Did you go?", None),
        ("Did you like it, or was it too much?", None),
        ("Did you like it or not?", None),
        ("Did you like to work nights?", None),
        ("Did you mind that they moved you?", None),
        ("Did you love your wife?", None),
        ("Is that bad?", None),
        ("Do you have any advice you could give me?", None),
        ("Do you have any thoughts on the roof?", "What thoughts do you have on the roof?"),
    ],
)
def test_a_question_is_opened_only_where_that_is_safe(asked, openly):
    assert opened(asked) == openly


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (("Did it crack?", "What did you do?"), "What did you do?"),
        (("What did you do?", "Did it crack?"), "What did you do?"),
        (("Did it crack?", "And was it late?"), "Did it crack?"),
        (("The kiln?", "March?"), None),
        (("How many tiles?", "What then?"), "What then?"),
        (("Somebody's, is it?", "Is it?"), None),
    ],
)
def test_one_of_a_stack(parts, kept):
    text = " ".join(parts)
    # However the models cut the stack.
    whole = a_reading(text, asks="open", flags=("multiple",)).question
    assert one_of(text, whole) in (kept, None)
    assert one_of(text, a_reading(text, asks="open", asking=parts).question) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("May I ask what you checked that night, and why nobody told me?",
         "May I ask what you checked that night?"),
        ("Tell me what she said and what you did.", "Tell me what she said."),
        ("Tell me how it began, and what did you do then?", "Tell me how it began."),
    ],
)  # fmt: skip
def test_half_a_question_is_not_offered_as_one(text, kept):
    assert one_of(text, a_reading(text, asks="open").question) == kept


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("How did you explain it to Mr Teo?", "open", "“How” leaves"),
        ("What made you go on after that?", "open", "“What” leaves"),
        ("Did you ever do this, when you were a trainee?", "closed", "“Did you” can be answered"),
        ("Did you stay for a year or two?", "closed", "“Did you” can be answered"),
        ("Did you stay or leave?", "closed", "“or” gives answers"),
    ],
)
def test_the_reason_is_the_question_s_own(text, kind, why):
    assert why in note(text, kind).why


def test_a_stack_within_one_sentence_is_taken_apart():
    text = "Who did you tell, and what did they do with it?"
    reading = a_reading(text, asks="open", flags=("multiple",))
    assert one_of(text, reading.question) == "What did they do with it?"
    text = "What made you and the others stay?"
    assert one_of(text, a_reading(text, asks="open", flags=("multiple",)).question) is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did you stay?", "yes_no"),
        ("Letters to whom?", "fact"),
        ("Tea or coffee, do you take milk or sugar?", "choice"),
        ("What are they?", "words"),
        ("They stayed?", "words"),
        ("Hm", "words"),
    ],
)
def test_what_would_answer(question, answer):
    assert answered_by(question) == answer


def test_who_wants_to_be_told_what_to_do_asks_for_orders():
    for text in ("What do I press?", "How should we say it?", "And who'll I ring?"):
        assert asks_what_to_do(text), text
    for text in ("What was I like back then?", "How am I doing?", "What did you do?"):
        assert not asks_what_to_do(text), text


def test_a_guess_stands_after_its_question():
    for text in (
        "What does she need, a list?",
        "Why the pegs? Is it what is finished?",
        "Who are they, are they all alike?",
        "what was the fright, that she could of died?",
        "What did she do to people with colds, perhaps send them home?",
        "What happens to the chair then, do they get suspended?",
    ):
        assert guesses(text), text
    for text in (
        "What did you do then, the day she left?",
        "What was it like?",
        "Is it late? What then?",
    ):
        assert not guesses(text), text


def test_a_when_that_joins_asks_for_no_date():
    text = "What am I allowed to say, when the children ask me?"
    assert "“What” asks here for" in note(text, "closed").why
    assert "“When” asks for one fact" in note("When did the children ask you?", "closed").why


def test_a_question_after_its_preface_is_the_one_explained():
    text = "Can I ask you something first, who are they allowed to tell?"
    assert [quote.text for quote in note(text, "closed").words] == ["who"]


@pytest.mark.parametrize(
    "text",
    [
        "What did it do to them, the late call? And how is your own mother now?",
        "Is that now, or the night before? I meant that night. Which two pages?",
        "Who did you tell, and what did they do with it?",
        "Who was it? What did she say? Did you sleep?",
        "Do you still see him? Also can we take it out of the sock?",
    ],
)
def test_questions_that_stand_apart(text):
    assert apart(text, a_reading(text, asks="open", flags=("multiple",)).question)


@pytest.mark.parametrize(
    "text",
    [
        "So what will happen to the children? Where does each one go?",
        "What if it was just six, ones you pick? Would you think about that?",
        "And Karen? Did Karen ever say anything?",
        "Who do I say sorry to? Can I phone her myself?",
        "What did you tell him? And when?",
        "You burned it? Why? What happened with the face?",
        "What made you and the others stay?",
        "That's a joke, right? Somebody's daughter? Is it? What happens if one dies?",
    ],
)
def test_a_question_said_twice_or_narrowed_is_one(text):
    assert not apart(text, a_reading(text, asks="open", flags=("multiple",)).question)


def test_a_lone_word_that_asks_for_nothing_is_no_question_of_its_own():
    text = "Honestly? I keep going over Tuesday, I was rude to you. Is she all right, the heifer?"
    asked = a_reading(text, asks="closed", flags=("multiple",)).question
    asked = asked.model_copy(update={"evidence": ((0, 9), (56, len(text)))})
    assert not apart(text, asked)
    assert [text[a:b] for a, b in asked_spans(text, asked)] == ["Is she all right, the heifer?"]


def test_the_question_from_their_words_is_kept_and_its_guess_left_out():
    text = "What is he like? And, sorry, what do you mean by the latest?"
    asked = a_reading(text, asks="open", flags=("multiple",)).question
    assert one_of(text, asked) == "What is he like?"
    assert one_of(text, asked, "That will do me for the latest.") == (
        "What do you mean by the latest?"
    )
    text = "How late is late? And how do you hear, is it the family?"
    asked = a_reading(text, asks="open", flags=("multiple",)).question
    assert one_of(text, asked, "We hear in weeks.") == "How do you hear?"
