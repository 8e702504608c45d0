"""Whether a scenario's questions lead where they should, measured with the listening models.

Each question of a topic is asked as if it stood nowhere in the file: the phrasings
that are left decide. A stranger's question is not in the file either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.listening.listener import Listener
from coach.mentor.matching import KNOWN, KNOWN_ANSWER
from coach.mentor.mentor import Mentor
from coach.mentor.nearness import TO_A_LINE, Wordings
from coach.mentor.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Led:
    """One question of a topic (``topic/ID``) and the part it led to, if any."""

    question: str
    meant: str
    to: str | None

    @property
    def right(self) -> bool:
        """Whether it led where it should."""
        return self.to == self.meant


def lead(scenario: Scenario, listener: Listener) -> Iterator[Led]:
    """Ask every question of a topic once."""
    every = Wordings(scenario, listener.closeness).phrases
    # Before a story is told its details lead to it, and nothing is asked after it yet. What answers
    # one line of the mentor's is no rival after another.
    apart = ("farewell", "follow/", *TO_A_LINE)
    phrases = [one for one in every if not one.part.startswith(apart)]
    texts = [one.text for one in phrases]
    asked = [
        (text, f"topic/{topic.id}")
        for topic in scenario.topics
        for text in (*topic.opened_by, topic.better_question)
    ]
    for question, meant in asked:
        scores = listener.closeness([question], texts)[0]
        score, part = max(
            (score * one.weight, one.part)
            for score, one in zip(scores, phrases, strict=True)
            if one.text != question
        )
        if part.startswith("detail/"):
            part = f"topic/{part.split('/')[1]}"
        known = KNOWN if part.startswith("topic/") else KNOWN_ANSWER
        yield Led(question, meant, part if score >= known else None)


def unreached(scenario: Scenario, listener: Listener) -> list[str]:
    """Topics that their own open question does not open at the first try, by id."""
    shut: list[str] = []
    for topic in scenario.topics:
        mentor = Mentor(scenario, listener.closeness, fits=listener.fits)
        context = mentor.opening().text
        # Trust is not the question here; whoever is guarded would give a bare answer.
        mentor.state = mentor.state.model_copy(update={"trust": 1.0, "pending": None})
        question = topic.better_question
        line = mentor.reply(question, listener.read(context, question), context)
        if line.topic != topic.id:
            shut.append(topic.id)
    return shut
