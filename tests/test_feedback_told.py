"""Questions that ask somebody to tell, and those that only want a fact."""

from __future__ import annotations

import pytest

from coach.feedback.told import asks_to_tell


@pytest.mark.parametrize(
    "question",
    [
        "What was the hardest part of that?",
        "what's been the scariest bit so far",
        "What makes a claim like that hard for you?",
        "What was it about him that stayed with you?",
        "So what was going through your head out there?",
        "What did it cost you?",
        "What did she say to you when you rang?",
        "What surprised you about the second year?",
        "How did you go about starting again?",
        "What do you think went wrong with it?",
        "Could you tell me a bit more about the strike?",
    ],
)
def test_a_story_is_asked_for(question):
    assert asks_to_tell(question)


@pytest.mark.parametrize(
    "question",
    [
        "What's the best thing to do now?",
        "What is the easiest way to file it?",
        "What's the biggest account we have?",
        "What did he mean by it?",
        "What made it leak?",
        "What time do we start?",
        "Which part was it?",
    ],
)
def test_a_fact_is_asked_for(question):
    assert not asks_to_tell(question)
