"""Finding what a learner asks about, by meaning.

Every topic, detail and answer is a handful of phrasings; the nearer they are, taken together, the
likelier it is meant. The thresholds were chosen with ``models/matching`` on strangers' questions
about two scenarios (``tests/data/mentor_questions.jsonl``, measured on the third) and on questions
about other mentors' stories, which should find nothing.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from coach.listening.listener import Reply
from coach.mentor.asking import begs_leave_to_ask
from coach.mentor.follow_ups import ASKED_AS
from coach.mentor.scenario import Depth, Scenario
from coach.mentor.script import DEPTHS, answers_to
from coach.mentor.wording import refers_back, words

Closeness = Callable[[Sequence[str], Sequence[str]], list[list[float]]]
"""How near in meaning candidates are to each text: cosines, -1 to 1 (`Listener.closeness`)."""

KNOWN = 0.5
"""A question at least this near to a topic is about it."""
KNOWN_CLOSED = 0.62
"""A closed question asks for something particular, and a story beside the point jars."""
KNOWN_ANSWER = 0.55
"""Answers are short and particular: beside the point they jar more than "I don't know"."""
KNOWN_FOLLOW_UP = 0.78
"""What is asked after any story names nothing: less near than this, in judged talks, another thing
was asked in eight cases of nine."""
SURE = 0.62
"""From here on nothing else in the turn outranks what it asks about."""
CURRENT_BONUS = 0.05
"""What the talk is about already is a little nearer than the rest."""
BACK_BONUS = 0.1
"""So much nearer where a short turn says "he" or "it" and means what was told."""
LINE_BONUS = 0.1
"""And where it is an answer to the line just said, if it is one at all."""
OFFER_BONUS = 0.15
"""And so much more where the mentor has just offered to tell it."""
IN_CURRENT = 0.42
"""A question that takes up what was just said stays with the current topic from here on."""
REMARK = 0.62
"""A remark, which asks nothing, must be this near to call a topic to mind."""
SAME_QUESTION = 0.85
"""From here on it is a scenario's own question, whatever words it is made of."""
RECALLED = 0.4
"""A turn at least this near to a key point of an earlier story speaks of it."""
ANSWERED = 0.5
"""A turn at least this near to a sort of answer to the line it answers is taken for one."""
GOODBYE = 0.6
"""A turn that rounds off, at least this near to a farewell and to nothing more, ends the talk."""
PLAIN_GOODBYE = 0.86
"""From here on it is a goodbye whatever its words."""
LINE_WEIGHT = 0.92
"""What the mentor would say speaks for a topic a little less than a question about it."""
SHARPNESS = 20.0
"""How much the nearest of a part's wordings outweighs the others that are near as well."""
AROUND_WEIGHT = 0.9
"""What stands around a question counts a little less than the question, and the question a little
less than the whole turn where it speaks of "it": in 373 judged lists of such turns the lines that
fit then stand above those that do not with an AUC of 0.75, not 0.73."""
TO_A_LINE = ("begins/", "hears/")
"""Parts that answer a line of the mentor's, by how their names begin."""
NEAREST = 10
"""So many of the nearest small answers are looked at again, with the turn before them."""

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
class Found:
    """What a turn is nearest to. Scores are cosines, 0 where there is nothing to compare."""

    topic: str | None = None
    topic_score: float = 0.0
    current_score: float = 0.0
    answer: str | None = None
    """Name of the lines that answer it: ``answer/3``, ``detail/flood/2``, ``follow/flood/age`` or,
    after the confidence, ``confided/flood/age``; ``begins/3`` or ``hears/flood/1`` where it answers
    the line before it.

    Follow-ups may be the name of no lines at all: what is asked is known then, and not answered.
    """
    answer_score: float = 0.0
    farewell_score: float = 0.0
    near: tuple[str, ...] = ()
    """Names of the nearest small answers, the nearest first, however near they are."""
    parts: Mapping[str, Nearness] = field(default_factory=dict)
    """How near every part is, told or untold, but for answers to other lines."""

    @property
    def about(self) -> str | None:
        """``topic`` or ``answer``, whichever is nearer and near enough; None: unknown."""
        topic, answer = self.topic_score >= KNOWN, self.answer_score >= KNOWN_ANSWER
        if answer and (self.answer_score > self.topic_score or not topic):
            return "answer"
        return "topic" if topic else None


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


class Finder:
    """The phrasings of one scenario and what each stands for."""

    def __init__(self, scenario: Scenario, closeness: Closeness) -> None:
        self._closeness = closeness
        name = "|".join(re.escape(word) for word in words(scenario.mentor.name))
        self._called = re.compile(rf"(?<![\s,])[\s,]*\b(?:{name})\b", re.IGNORECASE)
        self._pointed: dict[str, str | None] = {}
        self._compared: dict[str, list[float]] = {}
        self._after: dict[str, Depth] = {}
        self.phrases: list[Phrase] = []
        for topic in scenario.topics:
            name = f"topic/{topic.id}"
            for text in (*topic.opened_by, topic.title, topic.better_question):
                self.phrases.append(Phrase(text, name))
            for line in (topic.says.short, topic.says.full, topic.says.confidence):
                for text in _sentences(line):
                    self.phrases.append(Phrase(text, name, LINE_WEIGHT))
            for number, detail in enumerate(topic.details):
                part = f"detail/{topic.id}/{number}"
                self._after[part] = detail.after
                self.phrases += [Phrase(text, part) for text in detail.asked_as]
                self.phrases += [
                    Phrase(text, part, LINE_WEIGHT) for text in _sentences(detail.says)
                ]
        for number, answer in enumerate(scenario.answers):
            self.phrases += [Phrase(text, f"answer/{number}") for text in answer.asked_as]
        self._confided = {topic.id: set(topic.confided) for topic in scenario.topics}
        kinds = {k for topic in scenario.topics for k in (*topic.follow_ups, *topic.confided)}
        self.phrases += [
            Phrase(text, f"follow/{kind}") for kind in sorted(kinds) for text in ASKED_AS[kind]
        ]
        self._answers: dict[str, str] = {}
        """Sorts of answers by name: the key of the line they answer."""
        for line, name, heard in answers_to(scenario):
            self._answers[name] = line
            self.phrases += [Phrase(text, name) for text in heard.answers]
        self._farewells = [*scenario.farewells, *FAREWELLS]
        self.phrases += [Phrase(text, "farewell") for text in self._farewells]
        every = [one.text for one in self.phrases]
        every += [p for t in scenario.topics for points in t.key_points.values() for p in points]
        self.texts = list(dict.fromkeys(every))
        """Every text that turns are compared with, once each: what a listener should read ahead."""
        self._at = {text: at for at, text in enumerate(self.texts)}
        self._runs = list(self._of_each_part())
        self._steep = [SHARPNESS * one.weight for one in self.phrases]

    def compare(self, texts: Sequence[str]) -> None:
        """Compare the parts of a turn at once, which takes one pass; `find` looks at them then."""
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
        return line is not None and line in self._answers.values()

    def sort_of_answer(self, line: str | None, text: str) -> tuple[str, float] | None:
        """The sort of answer to a line that a turn is nearest to, and how near."""
        sorts = [one for one in self.phrases if line and self._answers.get(one.part) == line]
        scores = self.near(text, [one.text for one in sorts])
        score, at = max(zip(scores, range(len(sorts)), strict=True), default=(0.0, 0))
        return (sorts[at].part, score) if score >= ANSWERED else None

    def topics_of(self, lines: Sequence[str]) -> list[str | None]:
        """The topic each of the mentor's own lines points to, if it points to one."""
        fresh = [line for line in lines if line not in self._pointed]
        if fresh:
            self.compare(fresh)
        for line in fresh:
            found = self.find(line)
            points = found.topic_score >= SURE and found.topic_score > found.answer_score
            self._pointed[line] = found.topic if points else None
        return [self._pointed[line] for line in lines]

    def find(
        self,
        text: str,
        current: str | None = None,
        around: str = "",
        told: Mapping[str, Depth] | None = None,
        at_once: bool = False,
        answering: str | None = None,
        offered: str | None = None,
    ) -> Found:
        """What ``text`` is nearest to.

        Args:
            text: what asks, or the whole turn.
            current: the topic the talk is at.
            around: the whole turn where ``text`` is only the part that asks: "What was that
                like?" says less than the sentence before it.
            told: how deep each topic has been told. A detail of a story not told yet leads to
                the story.
            at_once: leave to ask is begged, and what is asked stands beside it: no answer is
                leave to ask.
            answering: the key of the line that the turn answers, if it may be answered.
            offered: the topic that the line offers to tell.
        """
        parts = self.nearness(text, around, answering=answering)
        if at_once:
            parts = {n: one for n, one in parts.items() if not begs_leave_to_ask(one.asked_as)}
        best = {name: one.score for name, one in parts.items()}
        farewell = max(best.pop("farewell", 0.0), self._farewell(around or text))
        best = self._within_reach(best, current, told or {})
        current_score = best.get(f"topic/{current}", 0.0)
        doubtful = {
            name
            for name, score in best.items()
            if name.startswith(("follow/", "confided/")) and score < KNOWN_FOLLOW_UP
        }
        bonus = BACK_BONUS if refers_back(text) else CURRENT_BONUS
        for name in best:
            if name == f"topic/{current}" or name.startswith(
                (f"detail/{current}/", f"follow/{current}/", f"confided/{current}/")
            ):
                best[name] += bonus
            elif name.startswith(TO_A_LINE):
                best[name] += LINE_BONUS
            if name == f"topic/{offered}":
                best[name] += OFFER_BONUS
        # Of two alike the one that stands first in the file.
        ranked = sorted(((score, name) for name, score in best.items()), key=lambda pair: -pair[0])
        known = [(score, name) for score, name in ranked if name not in doubtful]
        topics = (one for one in known if one[1].startswith("topic/"))
        answers = (one for one in known if not one[1].startswith("topic/"))
        topic_score, topic = next(topics, (0.0, ""))
        answer_score, answer = next(answers, (0.0, ""))
        return Found(
            topic=topic.removeprefix("topic/") or None,
            topic_score=topic_score,
            current_score=current_score,
            answer=answer or None,
            answer_score=answer_score,
            farewell_score=farewell,
            near=tuple(name for _, name in ranked if not name.startswith("topic/"))[:NEAREST],
            parts=parts,
        )

    def _farewell(self, text: str) -> float:
        """How near the last sentence is to a goodbye, whatever stands before it."""
        return max(self.near(last_sentence(text), self._farewells), default=0.0)

    def _within_reach(
        self, best: Mapping[str, float], current: str | None, told: Mapping[str, Depth]
    ) -> dict[str, float]:
        """Scores by part, those of details whose story is still to come given to the story.

        What is asked after a story is about the current one; before any it means nothing.
        """
        found: dict[str, float] = {}
        for name, score in best.items():
            part = name
            if name.startswith("follow/"):
                if current is None or current not in told:
                    continue
                kind = name.removeprefix("follow/")
                part = self._after_story(current, kind, told[current])
                if part.startswith("topic/") and score < KNOWN_FOLLOW_UP:
                    continue
            if name in self._after:
                topic_id = name.split("/")[1]
                depth = told.get(topic_id)
                known = depth is not None and DEPTHS.index(depth) >= DEPTHS.index(self._after[name])
                part = name if known else f"topic/{topic_id}"
            found[part] = max(found.get(part, 0.0), score)
        return found

    def _after_story(self, topic_id: str, kind: str, told: Depth) -> str:
        """The part that a question of this kind means, by how deep the story was told."""
        if told == "short":
            return f"topic/{topic_id}"
        confided = told == "confidence" and kind in self._confided[topic_id]
        return f"{'confided' if confided else 'follow'}/{topic_id}/{kind}"

    def nearness(
        self, text: str, around: str = "", without: str = "", answering: str | None = None
    ) -> dict[str, Nearness]:
        """How near each topic, detail, answer, follow-up, answer to the line and a farewell are.

        ``text``, ``around`` and ``answering`` as in `find`; ``without`` leaves out one wording, as
        if the scenario did not have it.
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
