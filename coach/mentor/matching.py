"""Finding what a learner asks about, by meaning.

The thresholds were chosen with ``models/matching`` on strangers' questions about two scenarios
(``tests/data/mentor_questions.jsonl``, measured on the third) and on questions about other mentors'
stories, which should find nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.mentor.asking import begs_leave_to_ask
from coach.mentor.nearness import TO_A_LINE, Closeness, Nearness, Wordings
from coach.mentor.scenario import Depth, Scenario
from coach.mentor.script import DEPTHS
from coach.mentor.wording import refers_back

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
GOODBYE = 0.6
"""A turn that rounds off, at least this near to a farewell and to nothing more, ends the talk."""
PLAIN_GOODBYE = 0.86
"""From here on it is a goodbye whatever its words."""
NEAREST = 10
"""So many of the nearest small answers are looked at again, with the turn before them."""


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
class Standing:
    """Where a talk stands, as far as it says what a turn can mean."""

    current: str | None = None
    """The topic the talk is at."""
    told: Mapping[str, Depth] = field(default_factory=dict)
    """How deep each topic has been told: a detail of a story not told yet leads to the story."""
    answering: str | None = None
    """The key of the line that the turn answers, if it may be answered."""
    offered: str | None = None
    """The topic that the line offers to tell."""

    def bonus(self, part: str, current: float) -> float:
        """So much nearer a part is by where the talk stands; ``current`` for the topic it is at."""
        bonus = OFFER_BONUS if part == f"topic/{self.offered}" else 0.0
        at = (f"detail/{self.current}/", f"follow/{self.current}/", f"confided/{self.current}/")
        if part == f"topic/{self.current}" or part.startswith(at):
            return bonus + current
        return bonus + (LINE_BONUS if part.startswith(TO_A_LINE) else 0.0)


class Finder:
    """What a turn means of all that one scenario's mentor can be asked."""

    def __init__(self, scenario: Scenario, closeness: Closeness) -> None:
        self.wordings = Wordings(scenario, closeness)
        self._pointed: dict[str, str | None] = {}
        self._confided = {topic.id: set(topic.confided) for topic in scenario.topics}
        self._after = {
            f"detail/{topic.id}/{number}": detail.after
            for topic in scenario.topics
            for number, detail in enumerate(topic.details)
        }

    def topics_of(self, lines: Sequence[str]) -> list[str | None]:
        """The topic each of the mentor's own lines points to, if it points to one."""
        fresh = [line for line in lines if line not in self._pointed]
        if fresh:
            self.wordings.compare(fresh)
        for line in fresh:
            found = self.find(line)
            points = found.topic_score >= SURE and found.topic_score > found.answer_score
            self._pointed[line] = found.topic if points else None
        return [self._pointed[line] for line in lines]

    def find(
        self, text: str, around: str = "", at: Standing | None = None, *, at_once: bool = False
    ) -> Found:
        """What ``text`` is nearest to.

        Args:
            text: what asks, or the whole turn.
            around: the whole turn, as in `Wordings.nearness`.
            at: where the talk stands; at its beginning if not given.
            at_once: leave to ask is begged, and what is asked stands beside it: no answer is
                leave to ask.
        """
        at = at or Standing()
        parts = self.wordings.nearness(text, around, answering=at.answering)
        if at_once:
            parts = {
                name: one
                for name, one in parts.items()
                if not (name.startswith("answer/") and begs_leave_to_ask(one.asked_as))
            }
        scores = {name: one.score for name, one in parts.items()}
        farewell = max(scores.pop("farewell", 0.0), self.wordings.farewell(around or text))
        best = self._within_reach(scores, at)
        doubtful = {
            name
            for name, score in best.items()
            if name.startswith(("follow/", "confided/")) and score < KNOWN_FOLLOW_UP
        }
        current = BACK_BONUS if refers_back(text) else CURRENT_BONUS
        nearest = {name: score + at.bonus(name, current) for name, score in best.items()}
        # Of two alike the one that stands first in the file.
        ranked = sorted(nearest, key=nearest.__getitem__, reverse=True)
        known = [name for name in ranked if name not in doubtful]
        topic = next((name for name in known if name.startswith("topic/")), "")
        answer = next((name for name in known if not name.startswith("topic/")), "")
        return Found(
            topic=topic.removeprefix("topic/") or None,
            topic_score=nearest.get(topic, 0.0),
            current_score=best.get(f"topic/{at.current}", 0.0),
            answer=answer or None,
            answer_score=nearest.get(answer, 0.0),
            farewell_score=farewell,
            near=tuple(name for name in ranked if not name.startswith("topic/"))[:NEAREST],
            parts=parts,
        )

    def _within_reach(self, scores: Mapping[str, float], at: Standing) -> dict[str, float]:
        """Scores by part, those of details whose story is still to come given to the story.

        What is asked after a story is about the current one; before any it means nothing.
        """
        found: dict[str, float] = {}
        for name, score in scores.items():
            part = name
            if name.startswith("follow/"):
                # The scenario may have been edited since, and the story be gone.
                if at.current not in self._confided or at.current not in at.told:
                    continue
                kind = name.removeprefix("follow/")
                part = self._after_story(at.current, kind, at.told[at.current])
                if part.startswith("topic/") and score < KNOWN_FOLLOW_UP:
                    continue
            elif name in self._after:
                part = self._detail_or_story(name, at)
            found[part] = max(found.get(part, 0.0), score)
        return found

    def _detail_or_story(self, name: str, at: Standing) -> str:
        """A detail where its story was told as deep as it takes, else the story."""
        topic_id = name.split("/")[1]
        depth = at.told.get(topic_id)
        known = depth is not None and DEPTHS.index(depth) >= DEPTHS.index(self._after[name])
        return name if known else f"topic/{topic_id}"

    def _after_story(self, topic_id: str, kind: str, told: Depth) -> str:
        """The part that a question of this kind means, by how deep the story was told."""
        if told == "short":
            return f"topic/{topic_id}"
        confided = told == "confidence" and kind in self._confided[topic_id]
        return f"{'confided' if confided else 'follow'}/{topic_id}/{kind}"
