"""What strangers ask every mentor, whatever the story is: which of it finds an answer in a file."""

from __future__ import annotations

from coach.listening.listener import Listener
from coach.mentor.matching import Finder
from coach.mentor.scenario import Scenario

QUESTIONS: tuple[str, ...] = (
    "will this go any further than this room",
    "You won't repeat what I tell you, will you?",
    "Has anybody else been told about it?",
    "Have I got myself into trouble?",
    "you angry with me?",
    "Tell me honestly, was it my mistake?",
    "was that any better than before",
    "Honestly, am I the right person for this work?",
    "What's your impression of me so far?",
    "do u trust me",
    "Is my job safe?",
    "So what is the next step now?",
    "Where would you start if you were me?",
    "In my shoes, how would you handle it?",
    "Any tips for somebody like me?",
    "Looking back, would you do the same again?",
    "Are there things you're sorry about?",
    "that must have been tough on you, was it?",
    "have you ever messed up like I did",
    "Did you ever think of giving up?",
    "What do you enjoy most about what you do?",
    "Is there something you'd tell your younger self?",
    "For what reason do you tell me this?",
    "you sure about that?",
    "Are you pulling my leg?",
    "What is it that you want from me?",
    "Could I do something for you in return?",
    "how do i put it right",
    "How much time do you have for me?",
    "am i disturbing you",
    "Where do you want me to start?",
    "Could we do this again some time?",
    "Which day would suit you next?",
    "What should I bring along?",
    "may i come along and watch how you do it",
    "Is it all right if I write this down?",
    "I'd like to sleep on it, is that okay?",
    "Fancy a cup of coffee?",
    "how's your day been",
    "Have you any kids?",
    "where are you from originally",
    "May I ask your age?",
    "What do you get up to in the evenings?",
    "I'm a bit nervous, to be honest.",
    "Sorry, I ought to have come to you sooner.",
    "i feel so stupid now",
    "I honestly don't know what to say.",
    "I don't think that's fair.",
    "i'm not sure i'm up to it",
    "Something like that happened to me too.",
)
"""Plain and general: none names anything of a story."""


def unanswered(scenario: Scenario, listener: Listener) -> list[str]:
    """Those of `QUESTIONS` that find neither an answer nor a story."""
    finder = Finder(scenario, listener.closeness)
    finder.wordings.compare(QUESTIONS)
    return [question for question in QUESTIONS if finder.find(question).about is None]
