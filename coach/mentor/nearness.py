"""How near what a learner typed is in meaning to all that a scenario's mentor can be asked.

Every topic, detail and answer is a handful of phrasings; the nearer they are, taken together, the
likelier it is meant. What is near enough is for `coach.mentor.matching` to say.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from coach.listening.listener import Reply
from coach.mentor.follow_ups import ASKED_AS
from coach.mentor.scenario import Scenario
from coach.mentor.script import answers_to
from coach.mentor.wording import refers_back, words

Closeness = Callable[[Sequence[str], Sequence[str]], list[list[float]]]
"""How near in meaning candidates are to each text: cosines, -1 to 1 (`Listener.closeness`)."""

LINE_WEIGHT = 0.92
"""What the mentor would say speaks for a topic a little less than a question about it."""
SHARPNESS = 20.0
"""How much the nearest of a part's wordings outweighs the others that are near as well."""
AROUND_WEIGHT = 0.9
"""What stands around a question counts a little less than the question, and the question a little
less than the whole turn where it speaks of "it": in 373 judged lists of such turns the lines that
fit then stand above those that do not with an AUC of 0.75, not 0.73."""
ANSWERED = 0.5
"""A turn at least this near to a sort of answer to the line it answers is taken for one."""
TO_A_LINE = ("begins/", "hears/")
"""Parts that answer a line of the mentor's, by how their names begin."""
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


def last_sentence(text: str) -> str:
    """Where a goodbye stands, whatever comes before it."""
    return _sentences(text)[-1]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a part is to what asks, by all of its wordings, and the one that is nearest."""

    score: float = 0.0
    asked_as: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording that speaks for a part.

    Parts are ``topic/ID``, ``detail/ID/N``, ``answer/N``, ``follow/KIND``, ``farewell``, and
    ``begins/N`` and ``hears/ID/N``, which stand for answers to one line of the mentor's.
    """

    text: str
    part: str
    weight: float = 1.0


def part_of(key: str) -> str:
    """The part that a line of the script answers, by the line's key; empty where it answers none.

    ``detail/flood/2/0`` answers ``detail/flood/2``; ``follow/flood/age/0`` answers ``follow/age``.
    """
    match key.split("/"):
        case ["topic" | "answer" | "begins" as kind, name, _]:
            return f"{kind}/{name}"
        case ["detail" | "hears" as kind, topic, number, _]:
            return f"{kind}/{topic}/{number}"
        case ["follow" | "confided", _, kind, _]:
            return f"follow/{kind}"
    return ""


KINDS: Mapping[str, Literal["story", "small", "after"]] = {
    "topic": "story",
    "detail": "small",
    "answer": "small",
    "begins": "small",
    "hears": "small",
    "follow": "after",
}
"""What a part's lines are, for whoever weighs them against others."""


def as_reply(text: str, part: str, parts: Mapping[str, Nearness]) -> Reply:
    """A line with what is known of the part it answers."""
    if part not in parts:
        return Reply(text=text)
    farthest_ahead = max(one.score for name, one in parts.items() if name != "farewell")
    mine = parts[part]
    return Reply(
        text=text,
        kind=KINDS[part.partition("/")[0]],
        asked_as=mine.asked_as,
        near=mine.score,
        behind=round(farthest_ahead - mine.score, 4),
    )


def _of_stories(scenario: Scenario) -> Iterator[Phrase]:
    """What asks for each topic and its details, and what they say."""
    for topic in scenario.topics:
        part = f"topic/{topic.id}"
        yield from (Phrase(t, part) for t in (*topic.opened_by, topic.title, topic.better_question))
        for line in (topic.says.short, topic.says.full, topic.says.confidence):
            yield from (Phrase(text, part, LINE_WEIGHT) for text in _sentences(line))
        for number, detail in enumerate(topic.details):
            part = f"detail/{topic.id}/{number}"
            yield from (Phrase(text, part) for text in detail.asked_as)
            yield from (Phrase(text, part, LINE_WEIGHT) for text in _sentences(detail.says))


def _of_follow_ups(scenario: Scenario) -> Iterator[Phrase]:
    """What asks for the kinds of follow-ups that any story of the scenario has."""
    kinds = {kind for topic in scenario.topics for kind in (*topic.follow_ups, *topic.confided)}
    for kind in sorted(kinds):
        yield from (Phrase(text, f"follow/{kind}") for text in ASKED_AS[kind])


class Wordings:
    """The phrasings of one scenario, what each stands for, and how near a turn is to them."""

    def __init__(self, scenario: Scenario, closeness: Closeness) -> None:
        self._closeness = closeness
        name = "|".join(re.escape(word) for word in words(scenario.mentor.name))
        self._called = re.compile(rf"(?<![\s,])[\s,]*\b(?:{name})\b", re.IGNORECASE)
        self._compared: dict[str, list[float]] = {}
        self._farewells = [*scenario.farewells, *FAREWELLS]
        self._answers: dict[str, str] = {}
        """Sorts of answers by name: the key of the line they answer."""
        self._sorts: dict[str, list[Phrase]] = {}
        """The phrasings of all sorts of answers to a line, by its key."""
        for line, name, heard in answers_to(scenario):
            self._answers[name] = line
            self._sorts.setdefault(line, []).extend(Phrase(text, name) for text in heard.answers)
        self.phrases = [
            *_of_stories(scenario),
            *(
                Phrase(text, f"answer/{number}")
                for number, answer in enumerate(scenario.answers)
                for text in answer.asked_as
            ),
            *_of_follow_ups(scenario),
            *(phrase for sorts in self._sorts.values() for phrase in sorts),
            *(Phrase(text, "farewell") for text in self._farewells),
        ]
        every = [one.text for one in self.phrases]
        every += [p for t in scenario.topics for points in t.key_points.values() for p in points]
        self.texts = list(dict.fromkeys(every))
        """Every text that turns are compared with, once each: what a listener should read ahead."""
        self._at = {text: at for at, text in enumerate(self.texts)}
        self._runs = list(self._of_each_part())
        self._steep = [SHARPNESS * one.weight for one in self.phrases]

    def compare(self, texts: Sequence[str]) -> None:
        """Compare the parts of a turn at once, in one pass; `near` looks at them then."""
        texts = list(dict.fromkeys(filter(None, map(self._said, texts))))
        rows = self._closeness(texts, self.texts) if texts else []
        self._compared = dict(zip(texts, rows, strict=True))

    def near(self, text: str, candidates: Sequence[str]) -> list[float]:
        """How near some of `texts` are to what was said."""
        said = self._said(text)
        if not said:
            return [0.0] * len(candidates)
        if said not in self._compared:
            self.compare([text])
        scores = self._compared[said]
        return [scores[self._at[candidate]] for candidate in candidates]

    def farewell(self, text: str) -> float:
        """How near the last sentence is to a goodbye, whatever stands before it."""
        return max(self.near(last_sentence(text), self._farewells), default=0.0)

    def _of_each_part(self) -> Iterator[tuple[str, int, int, int]]:
        """Each part, and which of the phrases are its own: from, to; questions to where.

        A part's phrases stand together, and those that ask for it come first.
        """
        start = 0
        for part, own in groupby(self.phrases, key=lambda one: one.part):
            weights = [one.weight for one in own]
            yield part, start, start + len(weights), start + weights.count(1.0)
            start += len(weights)

    def _said(self, text: str) -> str:
        """A turn as it is compared: being called by name says nothing, and would find the name."""
        return self._called.sub("", text).strip()

    def hears(self, line: str | None) -> bool:
        """Whether any sort of answer to a line is known."""
        return line in self._sorts

    def sort_of_answer(self, line: str | None, text: str) -> tuple[str, float] | None:
        """The sort of answer to a line that a turn is nearest to, and how near."""
        sorts = self._sorts.get(line or "", [])
        scores = self.near(text, [one.text for one in sorts])
        score, at = max(zip(scores, range(len(sorts)), strict=True), default=(0.0, 0))
        return (sorts[at].part, score) if score >= ANSWERED else None

    def nearness(
        self, text: str, around: str = "", without: str = "", answering: str | None = None
    ) -> dict[str, Nearness]:
        """How near each topic, detail, answer, follow-up, answer to the line and a farewell are.

        Args:
            text: what asks, or the whole turn.
            around: the whole turn where ``text`` is only the part that asks: "What was that
                like?" says less than the sentence before it.
            without: a wording that is left out, as if the scenario did not have it.
            answering: the key of the line that the turn answers, if it may be answered.
        """
        found = self._nearness(text, without, answering)
        if not around or around == text:
            return found
        whole = self._nearness(around, without, answering)
        # "What made you put it there?" is near to all that was ever put: the turn says what it is.
        more, less = (whole, found) if refers_back(text) else (found, whole)
        for name, one in less.items():
            score = round(AROUND_WEIGHT * one.score, 4)
            if name not in more or score > more[name].score:
                more[name] = Nearness(score, one.asked_as)
        return more

    def _nearness(self, text: str, without: str, answering: str | None) -> dict[str, Nearness]:
        if not self._said(text):
            return {}
        scores = self.near(text, [one.text for one in self.phrases])
        if without:
            for at, one in enumerate(self.phrases):
                if one.text == without:
                    scores[at] = -math.inf
        # A turn is held against thousands of phrases, so what is done to each is done in C.
        raised = list(map(math.exp, map(operator.mul, scores, self._steep)))
        found: dict[str, Nearness] = {}
        for part, start, end, asking in self._runs:
            # What answers one line of the mentor's means nothing after another.
            if self._answers.get(part, answering) != answering:
                continue
            if much := sum(raised[start:end]):
                # What the mentor would say speaks for a part, and asks for nothing.
                closest = max(range(start, asking), key=scores.__getitem__, default=None)
                asked_as = "" if closest is None else self.phrases[closest].text
                found[part] = Nearness(round(math.log(much) / SHARPNESS, 4), asked_as)
        return found
