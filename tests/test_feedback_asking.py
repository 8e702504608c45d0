from __future__ import annotations

import pytest

from coach.feedback.asking import (
    aims_elsewhere,
    answered_by,
    asks_outright,
    asks_what_to_do,
    guessed_at,
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
        ("So you stayed, which surprised them?", "closed", "them"),
        ("She left, which made you cry?", "closed", "cry"),
        ("Your brother, who came back, he kept the farm?", "closed", "farm"),
        ("The walk, which was long, was it cold?", "closed", "was it"),
        ("And the two pages, which are they?", "closed", "which"),
        ("When you were new, which was better?", "closed", "which"),
        ("In the end, who came back?", "closed", "who"),
        ("The kiln, who had to mend it, you or me?", "closed", "who"),
        ("Sorry, who's Sybil, I thought she left?", "closed", "who"),
        ("So, which made you angrier?", "closed", "which"),
        ("Of the two, which hurt more?", "closed", "which"),
        ("Of the two jobs, which kept you awake?", "closed", "which"),
        ("Of those two, which came first?", "closed", "which"),
        ("Of all that, which took the most time?", "closed", "which"),
        ("There were two, which made you glad?", "closed", "which"),
        ("Of the two, which was longer, was it the first?", "closed", "which"),
        ("In the end, who is to blame, you think?", "closed", "who"),
        ("And in the end, who is to blame, you think?", "closed", "who"),
        ("Honestly, who is to blame, you think?", "closed", "who"),
        ("I met your brother, who came back, he kept the farm?", "closed", "farm"),
        ("There were two kilns, which made you glad?", "closed", "glad"),
        ("Did that take a year or more?", "closed", "Did that"),
        ("Did it take a year or more before they rang?", "closed", "Did it"),
        ("Was it a week or longer?", "closed", "Was it"),
        ("Did you work till ten or later?", "closed", "Did you"),
        ("Was it six or thereabouts?", "closed", "Was it"),
        ("A year or more?", "closed", "more"),
        ("Was it earlier or later?", "closed", "or"),
        ("Was it now or later?", "closed", "or"),
        ("Was it heat or more like smoke?", "closed", "or"),
        ("Half and half, or more one than the other?", "closed", "or"),
        ("Twice for the lift, or twice for luck?", "closed", "or"),
        ("You had a make-do attitude?", "closed", "attitude"),
        ("It was a can-do place?", "closed", "place"),
        ("Right - did he go?", "closed", "did he"),
        ("The kiln -did it crack?", "closed", "did it"),
    ],
)
def test_the_deciding_words_are_named(text, asks, decided):
    found = note(text, asks)
    assert [quote.text for quote in found.words] == [decided]
    assert decided in found.why
    assert found.words[0].text == text[slice(*found.words[0].span)]


def test_no_question_no_note():
    assert note("It rained.", "none") is None


@pytest.mark.parametrize(
    "text",
    [
        "Kiln stories please",
        "I'm hopeless at explaining, tell me if I go too fast.",
        "You'd like me to say whether I want an answer, an opinion or an ear.",
        "I'll tell you how the third firing went.",
        "I couldn't tell you what either one's for.",
    ],
)
def test_words_that_decide_nothing_are_not_made_up(text):
    kind = "open" if "how" in text or "what" in text else "closed"
    assert note(text, kind) is None
    placeless = a_reading(text, asks=kind, asking=()).question
    assert question_note(text, placeless) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("and the kiln how do I fill it", "how"),
        ("I want to know how you fill it.", "I want to know how"),
        ("I do wonder why it cracked.", "I do wonder"),
    ],
)
def test_a_question_without_a_mark_shows_in_its_words(text, shown):
    assert [quote.text for quote in note(text, "open").words] == [shown]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("So you're saying it was the wait and not the bug?", "“So you're saying” checks,"),
        ("So what you're telling me is it was the wait?", "“So what you're telling me” checks,"),
        ("Right - so if I've understood, it was the wait?", "“if I've understood” checks,"),
        ("You mean that it was the wait?", "“You mean that” checks,"),
        ("Is it so?", "“Is it so” checks,"),
        ("Is that what happened?", "“Is that what happened” checks,"),
        ("He'd guessed it was you?", "Only the question mark after “you” asks,"),
        ("If I understand that, will I pass?", "“will I” can be answered"),
        ("Is that what you're saying?", "“Is that” can be answered"),
        ("What do you mean that it broke?", "“What” asks here"),
    ],
)
def test_words_that_check_what_was_understood_are_named(text, why):
    assert note(text, "closed").why.startswith(why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Would that be any use, or is it too late?", "“Would that be any use” offers"),
        ("Also I could show you how it works if you fancy?", "“Also I could show you” offers"),
        ("Do you want me to ring her?", "“Do you want me to” offers"),
        ("I'd love to use it in our team - would you mind?", "“would you mind” asks leave,"),
        ("can i come along on one", "“can i” asks leave,"),
        ("Could I have a bit of that?", "“Could I” asks leave,"),
        ("So can I say what I'd get out of it?", "“can I” asks leave,"),
        ("Is it all right if I shut the door?", "“Is it all right if” asks leave,"),
        ("Would you maybe read out the clock for me?", "“Would you” asks a favour."),
        ("can i ask you to watch me on a round", "“can i” asks a favour."),
        ("Could we talk about the kiln?", "“Could we” proposes something."),
        ("Shall I cut it, or you?", "“Shall I” proposes something."),
        ("Have you ever thought of making a list?", "“Have you ever thought of” puts an idea"),
        ("Can I catch it from the cows?", "“Can I” can be answered"),
        ("Could I have known about the lid?", "“Could I” can be answered"),
        ("What shall I bring on Monday?", "“What” asks here"),
        ("Can I ask who told you?", "“who” asks for one fact."),
        ("Would you mind it if they left?", "“Would you” can be answered"),
        ("Would you lend me that, if you were me?", "“Would you” can be answered"),
        ("Would you have told me?", "“Would you” can be answered"),
        ("Can you give me an example?", "“Can you” can be answered"),
        ("Can we afford it?", "“Can we” can be answered"),
        ("Have you thought about what comes after?", "“Have you” can be answered"),
        ("I can tell you were upset?", "Only the question mark"),
    ],
)
def test_what_wants_a_yes_is_not_told_off_for_it(text, why):
    assert note(text, "closed").why.startswith(why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Why on earth would you just stand there?", "“Why on earth would you” is easily"),
        ("How could you just stand there?", "“How could you just” is easily"),
        ("How is that fair?", "“How is that fair” is easily"),
        ("What gives you the right?", "“What gives you the right” is easily"),
        ("What were you thinking?", "“What were you thinking” is easily"),
        ("Why don't we start with the green button?", "“Why don't we” proposes"),
        ("Why don't you just ask your nephew?", "“Why don't you” proposes"),
        ("How on earth did you manage that?", "“How” leaves"),
        ("How could you bear it?", "“How” leaves"),
        ("How could you possibly have known?", "“How” leaves"),
        ("So what were you even thinking?!", "“what were you even thinking” is easily"),
        ("She left. What were you thinking?", "“What were you thinking” is easily"),
        ("Honestly, what were you thinking?", "“what were you thinking” is easily heard"),
        ("Seriously what were you even thinking?", "“what were you even thinking” is easily heard"),
        ("Mate, what were you thinking?", "“what were you thinking” is easily heard"),
        ("I mean, what were you thinking?", "“what were you thinking” is easily heard"),
        ("Oh come on, what were you thinking?", "“what were you thinking” is easily heard"),
        (
            "You left the gate open, what were you thinking?",
            "“what were you thinking” is easily heard",
        ),
        (
            "You let Mr. Hill in at 3.40, what were you thinking?",
            "“what were you thinking” is easily heard",
        ),
        ("What were you thinking when it cracked?", "“What” leaves"),
        ("When Mr. Hill drove off, what were you thinking?", "“what” leaves"),
        ("At the time, what were you thinking?", "“what” leaves"),
        ("And in that moment, what were you thinking?", "“what” leaves"),
        ("How did it feel, what were you thinking?", "“How” leaves"),
        ("When he drove off, what were you thinking?", "“what” leaves"),
        ("And as she rang, what were you thinking?", "“what” leaves"),
        ("Why don't you like him?", "“Why” leaves"),
        ("How is that done?", "“How” leaves"),
    ],
)
def test_blame_and_proposals_do_not_leave_the_answer_to_anybody(text, why):
    assert note(text, "open").why.startswith(why)
    assert aims_elsewhere(text) == ("leaves" not in why)


def test_blame_is_looked_for_in_a_pasted_book_too():
    for piece in (" ? ", " . ", "when ", "well, ", "so, what were you ", "Mr. "):
        assert not aims_elsewhere(piece * 5000)


def test_a_question_the_models_cut_short_is_no_blame_either():
    text = "She left. When he drove off, what were you thinking?"
    shown = ("what were you thinking?",)
    assert note(text, "open", asking=shown).why.startswith("“what” leaves")
    assert "easily heard as blame" in note(f"So {shown[0]}", "open", asking=shown).why


def test_what_somebody_did_can_take_a_word_or_a_story():
    assert "or at length" in note("What did you write?", "closed").why
    assert "“What” asks here for something" in note("What do you mean?", "closed").why


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
        ("Did you mind when they laughed?", None),
        ("Did you mind if he smoked?", None),
        ("Did you mind it if he smoked?", None),
        ("Did you mind him calling you that?", None),
        ("Do you mind me asking?", None),
        ("Did you enjoy yourself?", None),
        ("Did you enjoy yourselves?", None),
        ("Did you enjoy that?", "How did you find that?"),
        ("Did you like her cooking?", "How did you find her cooking?"),
        ("Did you like it when they came?", "How did you find it when they came?"),
        ("Did you mind the noise?", "How did you find the noise?"),
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
        "How is it with your son, he will come back for the farm?",
    ):
        assert guesses(text), text
    for text in (
        "What did you do then, the day she left?",
        "What was it like?",
        "Is it late? What then?",
    ):
        assert not guesses(text), text


def test_a_guess_is_found_where_the_models_show_only_the_question():
    text = "She left. How was it for you, did it hurt? I cried."
    assert guessed_at(text, (10, text.index(",")))
    text = "How was it for you? I cried. What does she need, a list?"
    assert not guessed_at(text, (0, 19))


def test_what_asks_nothing_by_its_words_is_no_question():
    for text in (
        "What did you do?",
        "They stayed?",
        "so what can i do",
        "and the kiln how do I fill it",
        "did Pugh ever come back",
        "Tell me about the kiln.",
    ):
        assert asks_outright(text), text
    for text in (
        "I promise to ring you on Friday and tell you how the third house went.",
        "I'll think about what you said and will ring you.",
        "You'd like me to say whether I want an answer.",
    ):
        assert not asks_outright(text), text


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


def test_what_only_leads_up_to_a_question_is_not_the_one_kept():
    text = (
        "What do you think, did I wait too long, and also is it right, or should I have picked one?"
    )
    asked = a_reading(
        text, asks="open", flags=("multiple",), asking=("What do you think",)
    ).question
    assert asked_spans(text, asked) == [(0, len(text))]
    assert apart(text, asked)
    assert one_of(text, asked) == "Did I wait too long?"
    text = "What do you think of the kiln, and did it crack?"
    asked = a_reading(text, asks="open", flags=("multiple",)).question
    assert one_of(text, asked) == "What do you think of the kiln?"
