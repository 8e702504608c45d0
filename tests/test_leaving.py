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
    ],
)
def test_what_only_sounds_like_it_is_not(text):
    assert not takes_leave(text)
    assert not rounds_off(text)


def test_thanks_and_good_wishes_round_off_and_do_not_leave():
    for text in ("Thank you for your time.", "Have a good weekend.", "It was lovely talking."):
        assert rounds_off(text)
        assert not takes_leave(text)
