"""Finding what a learner asks about, by meaning.

Every topic and answer is a handful of phrasings; the nearest phrasing speaks for it. The
thresholds were chosen on the questions about two scenarios in
``tests/data/mentor_questions.jsonl`` with all-MiniLM-L6-v2, and measured on the third.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.mentor.scenario import Scenario
from coach.mentor.wording import refers_back, words

Closeness = Callable[[str, Sequence[str]], list[float]]
"""How near in meaning each candidate is to a text: cosine, -1 to 1 (`Listener.closeness`)."""

KNOWN = 0.42
"""A question at least this near to a topic is about it."""
KNOWN_ANSWER = 0.45
"""Answers are short and particular: beside the point they jar more than "I don't know"."""
SURE = 0.52
"""From here on nothing else in the turn outranks what it asks about."""
CURRENT_BONUS = 0.05
"""What the talk is about already is a little nearer than the rest."""
BACK_BONUS = 0.16
"""So much nearer where a short turn says "he" or "it" and means what was told."""
IN_CURRENT = 0.30
"""A question that takes up what was just said stays with the current topic from here on."""
REMARK = 0.55
"""A remark, which asks nothing, must be this near to call a topic to mind."""
SAME_QUESTION = 0.8
"""From here on it is a scenario's own question, whatever words it is made of."""
RECALLED = 0.5
"""A turn at least this near to a key point of an earlier story speaks of it."""
ANSWERED = 0.42
"""A turn at least this near to a sort of answer the scenario knows is taken for one."""
GOODBYE = 0.45
"""A turn with a word of parting at least this near to a farewell, and to nothing more, ends it."""
PLAIN_GOODBYE = 0.65
"""From here on it is a goodbye without any such word."""
LINE_WEIGHT = 0.92
"""What the mentor would say speaks for a topic a little less than a question about it."""
AROUND_WEIGHT = 0.9
"""What stands around a question counts a little less than the question."""

FAREWELLS: tuple[str, ...] = (
    "I have to go now.",
    "Goodbye.",
    "Good night.",
    "I'd better be off.",
    "See you soon.",
    "Let's stop here for today.",
    "That's all from me, thank you for your time.",
    "I think that's a good place to stop.",
    "I'll let you get back to work.",
    "Have a nice day.",
    "Talk to you next time.",
)
"""Goodbyes anybody says, beside a scenario's own."""


def _sentences(text: str) -> list[str]:
    """A line's sentences: a question about one detail is nearer to its sentence than to all."""
    found = [s for s in re.split(r"(?<=[.?!:])\s+", " ".join(text.split())) if len(s) > 12]
    return found or [text]


@dataclass(frozen=True, slots=True)
class Found:
    """What a turn is nearest to. Scores are cosines, 0 where there is nothing to compare."""

    topic: str | None = None
    topic_score: float = 0.0
    current_score: float = 0.0
    answer: int | None = None
    answer_score: float = 0.0
    farewell_score: float = 0.0

    @property
    def about(self) -> str | None:
        """``topic`` or ``answer``, whichever is nearer and near enough; None: unknown."""
        topic, answer = self.topic_score >= KNOWN, self.answer_score >= KNOWN_ANSWER
        if answer and (self.answer_score > self.topic_score or not topic):
            return "answer"
        return "topic" if topic else None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording that speaks for a part: ``topic/ID``, ``answer/N`` or ``farewell``."""

    text: str
    part: str
    weight: float = 1.0


class Finder:
    """The phrasings of one scenario and what each stands for."""

    def __init__(self, scenario: Scenario, closeness: Closeness) -> None:
        self._closeness = closeness
        name = "|".join(re.escape(word) for word in words(scenario.mentor.name))
        self._called = re.compile(rf"(?<![\s,])[\s,]*\b(?:{name})\b", re.IGNORECASE)
        self._pointed: dict[str, str | None] = {}
        self.phrases: list[Phrase] = []
        for topic in scenario.topics:
            name = f"topic/{topic.id}"
            for text in (*topic.opened_by, topic.title, topic.better_question):
                self.phrases.append(Phrase(text, name))
            for line in (topic.says.short, topic.says.full, topic.says.confidence):
                for text in _sentences(line):
                    self.phrases.append(Phrase(text, name, LINE_WEIGHT))
        for number, answer in enumerate(scenario.answers):
            self.phrases += [Phrase(text, f"answer/{number}") for text in answer.asked_as]
        self._hears = {
            topic.id: [(text, n) for n, one in enumerate(topic.hears) for text in one.answers]
            for topic in scenario.topics
        }
        self.phrases += [Phrase(text, "farewell") for text in (*scenario.farewells, *FAREWELLS)]

    def texts(self) -> list[str]:
        """Every phrasing, once each: what a listener should read ahead."""
        answers = (text for sorts in self._hears.values() for text, _ in sorts)
        return list(dict.fromkeys([*(one.text for one in self.phrases), *answers]))

    def sort_of_answer(self, topic_id: str, text: str) -> int | None:
        """Which sort of answer to a topic's own question a turn is; None where it is another."""
        sorts = self._hears.get(topic_id, [])
        if not sorts or not text.strip():
            return None
        scores = self._closeness(text, [answer for answer, _ in sorts])
        score, sort = max(zip(scores, (number for _, number in sorts), strict=True))
        return sort if score >= ANSWERED else None

    def topic_of(self, line: str) -> str | None:
        """The topic a line of the mentor's own points to, if it points to one."""
        if line not in self._pointed:
            found = self.find(line)
            points = found.topic_score >= SURE and found.topic_score > found.answer_score
            self._pointed[line] = found.topic if points else None
        return self._pointed[line]

    def find(self, text: str, current: str | None = None, around: str = "") -> Found:
        """What ``text`` is nearest to; ``current`` is the topic the talk is at.

        ``around`` is the whole turn where ``text`` is only the part that asks: "What was that
        like?" says less than the sentence before it.
        """
        # Being called by name says nothing, and lines with the name in them would answer to it.
        text, around = self._called.sub("", text), self._called.sub("", around)
        best = self._nearest(text)
        if around and around != text:
            for name, score in self._nearest(around).items():
                best[name] = max(best.get(name, 0.0), AROUND_WEIGHT * score)
        farewell = best.pop("farewell", 0.0)
        here = f"topic/{current}"
        current_score = best.get(here, 0.0)
        if here in best:
            best[here] += BACK_BONUS if refers_back(text) else CURRENT_BONUS
        topics = [(score, name) for name, score in best.items() if name.startswith("topic/")]
        answers = [(score, name) for name, score in best.items() if name.startswith("answer/")]
        topic_score, topic = max(topics, key=lambda pair: pair[0], default=(0.0, ""))
        answer_score, answer = max(answers, key=lambda pair: pair[0], default=(0.0, ""))
        return Found(
            topic=topic.removeprefix("topic/") or None,
            topic_score=topic_score,
            current_score=current_score,
            answer=int(answer.removeprefix("answer/")) if answer else None,
            answer_score=answer_score,
            farewell_score=farewell,
        )

    def _nearest(self, text: str) -> dict[str, float]:
        """The score of the nearest phrasing of each topic, answer and of a farewell."""
        best: dict[str, float] = {}
        if text.strip():
            scores = self._closeness(text, [one.text for one in self.phrases])
            for one, score in zip(self.phrases, scores, strict=True):
                best[one.part] = max(best.get(one.part, 0.0), score * one.weight)
        return best
