"""Who leaves a talk, and who only sounds like it."""

import pytest

from coach.mentor.leaving import rounds_off, takes_leave


@pytest.mark.parametrize(
    "text",
    [
        "Bye then, thanks for everything!",
        "Right, I have to run. Thanks for this.",
        "ok gotta go",
        "must dash, speak soon",
        "I really should get back to my desk now. Thank you Denise.",
        "Thanks for the tea. I'd better be off.",
        "I should let you get on. Thank you for the tea.",
        "Anyway, I'll leave you to it.",
        "See you Friday at four then.",
        "I've a meeting in five minutes, so I'll have to stop there. Thank you.",
        "I have to get back to work now, but that helped.",
        "Let's leave it at that for today.",
        "Goodnight, and thanks for the plantain.",
        "I have to go, Denise.",
        "I really must be going now.",
        "I've got to catch the last bus. Thank you for the tea.",
        "Sorry, I must dash, my lift is here.",
        "Sorry, I have to run to a meeting.",
        "I think I should go now.",
        "I think I'd better go.",
        "I need to get home. Thank you.",
        "Oh, I really had better be off.",
        "I've got to get my train.",
        "I should let you go.",
        "I'm going to have to run, thank you so much!",
        "I have to be off - thank you.",
        "ok well got to go",
        "Hey gotta go",
        "lol gotta go",
        "Yeah better go",
        "Thanks so much gotta go",
        "I have got to go",
        "I am going to have to go.",
        "I need to go tbh",
        "I have to go because my mum's calling.",
        "I must leave you now.",
        "I have to go right now, it's lovely every time.",
        "I see them every day but I have to go now.",
        "I have to go catch my bus.",
        "I gotta go pick up my kid.",
        "I have to catch the 5 o'clock train.",
        "I should probably go.",
        "I have to go in five minutes.",
        "I'll let you finish up.",
        "I'll let you get some rest.",
        "I'll let you get to work.",
        "I'll let you go and rest.",
        "I have to go\nthanks",
    ],
)
def test_leaving_is_heard(text):
    assert takes_leave(text)


@pytest.mark.parametrize(
    "text",
    [
        "A long day. One old man talked about his son for an hour. Coffee, yes please, thank you.",
        "Your face doesn't say much. Nobody's ever read it. Next time say it to me.",
        "You'd better go, then, and I'll hold the fort.",
        "It sounds angry. I don't mind if you need to go.",
        "I was worried I'd have to go back upstairs and tell him.",
        "And now I have to go down there and they'll all be so nice.",
        "I came because you didn't say bye to anyone.",
        "No percussion! I'm in a Travelodge, sounds like I got off light.",
        "I'm off Thursdays till March.",
        "I hope it won't keep you up, though.",
        "Shall we leave it there for today?",
        "I had it typed, the message to her. I'll be in tomorrow at nine as usual.",
        "Sorry, I'll let you finish.",
        "I'll let you be the judge of that.",
        "I need to go back to the client and say sorry.",
        "I have to go back to the drawing board.",
        "I need to get my head around this first.",
        "I have to get my facts straight.",
        "I have to catch my breath.",
        "I should run this past you first.",
        "I don't know if I should leave or stay.",
        "I don't think I should go.",
        "I don't think I have to go now.",
        "I think I should leave.",
        "I should leave that to you.",
        "I have to leave early on Fridays because of my kids.",
        "My boss says I must go faster.",
        "My boss says I must go.",
        "I need to leave more time for questions.",
        "I don't have to go.",
        "They must go, the old machines, and the sooner the better.",
        "So much must go.",
        "I need to go pick up the pieces.",
        "I need to go get my facts straight.",
        "I have to leave because he drinks.",
        "I have to go pick up my kids from school every day.",
        "I have to go as fast as I can.",
        "I was told I am going to have to go.",
        "I'll let you get to the point.",
        "I'll let you get your breath back.",
        "I'll let you go first.",
        "I'll let you finish up your story.",
    ],
)
def test_what_only_sounds_like_it_is_not(text):
    assert not takes_leave(text)
    assert not rounds_off(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("ok ", "really ", "thanks so much ", "i really ", "i must go ", "i have to go in a few "),
        *(
            "i think i should ",
            "i'll let you go and ",
            "i have to catch the a ",
            "leave it ",
            "a " * 9,
        ),
        *("i have to go get my a ", "told told ", "'", " ", "i'd had better ", "see you "),
    ],
)
def test_long_turns_are_read_soon(piece):
    text = piece * (20_000 // len(piece))
    # A pattern that runs away never comes back from here.
    takes_leave(text)
    rounds_off(text)


def test_thanks_and_good_wishes_round_off_and_do_not_leave():
    for text in ("Thank you for your time.", "Have a good weekend.", "It was lovely talking."):
        assert rounds_off(text)
        assert not takes_leave(text)
