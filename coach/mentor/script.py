"""Every line a mentor can say, by key, and which of them is next.

A key names where a line stands in the scenario: ``topic/flood/full``, ``encouraged/2``,
``reply/appreciation/0``. A state remembers keys; no line is said twice, even where an author
wrote the same words in two places.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from coach.mentor.scenario import Depth, Hears, Manners, Scenario

DEPTHS: tuple[Depth, ...] = get_args(Depth)


def story_key(topic_id: str, depth: str) -> str:
    """The key of a topic's line at one depth."""
    return f"topic/{topic_id}/{depth}"


def answers_to(scenario: Scenario) -> Iterator[tuple[str, str, Hears]]:
    """Every sort of answer the mentor knows: the key of the line it answers, its name, itself.

    The name of a sort begins with ``begins`` where it answers the opening, or what was said to such
    an answer (``begins/3.1``), else with ``hears``.
    """
    yield from _sorts("opening", "begins/", scenario.hears)
    for topic in scenario.topics:
        yield from _sorts(f"asks/{topic.id}", f"hears/{topic.id}/", topic.hears)


def _sorts(line: str, name: str, sorts: Sequence[Hears]) -> Iterator[tuple[str, str, Hears]]:
    for number, one in enumerate(sorts):
        yield line, f"{name}{number}", one
        yield from _sorts(f"{name}{number}/0", f"{name}{number}.", one.hears)


class Script:
    """A scenario's lines by key.

    ``seed`` turns the small talk, so that two talks differ. ``owed`` is the promise that a mentor
    met again asks after, in the learner's words.
    """

    def __init__(self, scenario: Scenario, seed: int = 0, owed: str = "") -> None:
        self.scenario = scenario
        self.text: dict[str, str] = {}
        """Words by key."""
        self._lists: dict[str, list[str]] = {}
        self.leads_to = {name: one.leads_to for _, name, one in answers_to(scenario)}
        """The topic, if any, that what takes up a sort of answer offers to tell."""
        doors = [topic for topic in scenario.topics if topic.door]
        self.doors = {f"leads_on/{number}": topic.id for number, topic in enumerate(doors)}
        """The topic that each door offers to tell, by the key of the line."""
        for name, says in self._written(scenario):
            # Each list keeps the author's order; only where it starts depends on the seed.
            start = 0
            if seed and says and name.split("/")[0] in Manners.model_fields:
                start = random.Random(f"{seed}:{name}").randrange(len(says))
            keys = [f"{name}/{index}" for index in range(len(says))]
            self.text.update(zip(keys, says, strict=True))
            self._lists[name] = keys[start:] + keys[:start]
        self.text["opening"] = scenario.opening
        again = scenario.again
        self.text["again/after_long"] = again.after_long
        for name, says in (("opening", again.opening), ("asks_after", again.asks_after)):
            for number, line in enumerate(says):
                self.text[f"again/{name}/{number}"] = line.replace("{promise}", owed)
        for topic in scenario.topics:
            for depth in DEPTHS:
                self.text[story_key(topic.id, depth)] = getattr(topic.says, depth)
            if topic.asks_back:
                self.text[f"asks/{topic.id}"] = topic.asks_back

    @staticmethod
    def _written(scenario: Scenario) -> Iterator[tuple[str, list[str]]]:
        for name, says in scenario.manners.lists():
            doors = [topic.door for topic in scenario.topics if topic.door]
            yield name, [*doors, *says] if name == "leads_on" else says
        for topic in scenario.topics:
            yield f"correction/{topic.id}", topic.corrections
            for number, detail in enumerate(topic.details):
                yield f"detail/{topic.id}/{number}", [detail.says]
            for kind, line in topic.follow_ups.items():
                yield f"follow/{topic.id}/{kind}", [line]
            for kind, line in topic.confided.items():
                yield f"confided/{topic.id}/{kind}", [line]
        for number, answer in enumerate(scenario.answers):
            yield f"answer/{number}", answer.says
        for _, name, heard in answers_to(scenario):
            yield name, [heard.says]
        replies: dict[str, list[str]] = {}
        for reply in scenario.replies:
            replies.setdefault(reply.to, []).extend(reply.says)
        for move, says in replies.items():
            yield f"reply/{move}", says
        yield "closing", scenario.closing

    def unsaid(self, key: str, said: Collection[str]) -> bool:
        """Whether the line is there and its words have not been said under any key."""
        text = self.text.get(key)
        return text is not None and all(self.text.get(other) != text for other in said)

    def unsaid_of(self, name: str, said: Collection[str]) -> list[str]:
        """The keys of a list's unsaid lines, in the order in which they are said."""
        return [key for key in self._lists.get(name, ()) if self.unsaid(key, said)]

    def next_of(self, name: str, said: Collection[str]) -> str | None:
        """The key of a list's next unsaid line; None where it has run dry or is not there."""
        return next((key for key in self._lists.get(name, ()) if self.unsaid(key, said)), None)

    def all_of(self, name: str) -> tuple[str, ...]:
        """All keys of a list in the order in which they are said."""
        return tuple(self._lists.get(name, ()))
