"""The model questions of the library: each asks one thing, as the coach wants of learners."""

from __future__ import annotations

import re

import pytest

from coach.mentor.library import load_library

_ASKING = r"(?:what|how|why|when|where|who|whom|whose|which)"

# "and" before a question word opens a second question, also where "in" or "for" stands between:
# "What made you draw it, and in what order?"
_TWO = re.compile(rf"\b{_ASKING}\b.*\band (?:\w+ )?{_ASKING}\b", re.IGNORECASE)

MODEL_QUESTIONS = [
    pytest.param(topic.better_question, id=f"{scenario.id}-{topic.id}")
    for scenario in load_library(keep=False).scenarios.values()
    for topic in scenario.topics
    if topic.better_question
]


def asks_once(question: str) -> bool:
    return question.count("?") == 1 and not _TWO.search(question)


@pytest.mark.parametrize("question", MODEL_QUESTIONS)
def test_a_model_question_asks_one_thing(question):
    assert asks_once(question)


@pytest.mark.parametrize(
    ("question", "once"),
    [
        ("What made you draw that board, and what did it change?", False),
        ("How did you decide what to do about Ray, and in what order?", False),
        ("What was it like? How did it end?", False),
        ("What happened that day and how did it end?", False),
        ("What do you remember of what the two of you said and did?", True),
    ],
)
def test_what_counts_as_two(question, once):
    assert asks_once(question) is once
