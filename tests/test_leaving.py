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
    ],
)
def test_what_only_sounds_like_it_is_not(text):
    assert not takes_leave(text)
    assert not rounds_off(text)


def test_thanks_and_good_wishes_round_off_and_do_not_leave():
    for text in ("Thank you for your time.", "Have a good weekend.", "It was lovely talking."):
        assert rounds_off(text)
        assert not takes_leave(text)
