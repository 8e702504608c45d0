"""What must hold between the parts of a scenario: ids, needs, no line twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.mentor.finding import Finding
from coach.mentor.problems import nearest
from coach.mentor.scenario import Hears, Scenario, Topic
from coach.mentor.script import DEPTHS
from coach.mentor.wording import ends_in_question
from coach.mentor.yamlfile import Path_, YamlFile

_DOORS = 5
"""Lines that a learner who gives nothing to go on is offered at the least."""


def spoken(scenario: Scenario) -> Iterator[tuple[Path_, str]]:
    """Every line the mentor may say, with its place in the file."""
    yield ("opening",), scenario.opening
    yield from _heard(("hears",), scenario.hears)
    for i, topic in enumerate(scenario.topics):
        yield from _spoken_of(topic, ("topics", i))
    for i, answer in enumerate(scenario.answers):
        yield from _each(("answers", i, "says"), answer.says)
    for i, reply in enumerate(scenario.replies):
        yield from _each(("replies", i, "says"), reply.says)
    for name, says in scenario.manners.lists():
        yield from _each(("manners", *name.split("/")), says)
    yield from _each(("again", "opening"), scenario.again.opening)
    yield ("again", "after_long"), scenario.again.after_long
    yield from _each(("again", "asks_after"), scenario.again.asks_after)
    yield from _each(("closing",), scenario.closing)


def _spoken_of(topic: Topic, place: Path_) -> Iterator[tuple[Path_, str]]:
    for depth in DEPTHS:
        yield (*place, "says", depth), getattr(topic.says, depth)
    yield from _each((*place, "corrections"), topic.corrections)
    if topic.door:
        yield (*place, "door"), topic.door
    if topic.asks_back:
        yield (*place, "asks_back"), topic.asks_back
    yield from _heard((*place, "hears"), topic.hears)
    for k, detail in enumerate(topic.details):
        yield (*place, "details", k, "says"), detail.says
    for kind, says in topic.follow_ups.items():
        yield (*place, "follow_ups", kind), says
    for kind, says in topic.confided.items():
        yield (*place, "confided", kind), says


def _heard(place: Path_, sorts: Sequence[Hears]) -> Iterator[tuple[Path_, str]]:
    for at, one in _sorts(place, sorts):
        yield (*at, "says"), one.says


def _all_sorts(scenario: Scenario) -> Iterator[tuple[Path_, Hears]]:
    yield from _sorts(("hears",), scenario.hears)
    for i, topic in enumerate(scenario.topics):
        yield from _sorts(("topics", i, "hears"), topic.hears)


def _sorts(place: Path_, sorts: Sequence[Hears]) -> Iterator[tuple[Path_, Hears]]:
    for k, one in enumerate(sorts):
        yield (*place, k), one
        yield from _sorts((*place, k, "hears"), one.hears)


def _each(place: Path_, texts: Sequence[str]) -> Iterator[tuple[Path_, str]]:
    for k, text in enumerate(texts):
        yield (*place, k), text


def _twice_said(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    first: dict[str, Path_] = {}
    for place, text in spoken(scenario):
        words = " ".join(text.casefold().split())
        if words in first:
            there = file.line(first[words])
            what = f"This line is said on line {there} already: “{text[:50]}”"
            line = file.line(place)
            yield Finding(file.path, line, what, "Say it in other words; no line is said twice")
        first.setdefault(words, place)


def _ids(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    for name, ids in (
        ("topics", [topic.id for topic in scenario.topics]),
        ("promises", [promise.id for promise in scenario.promises]),
    ):
        for i, part in enumerate(ids):
            if part in ids[:i]:
                what = f"The id '{part}' is used twice in '{name}'"
                yield Finding(file.path, file.line((name, i, "id")), what, "Give one a new id")


def _needs(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    known = {topic.id: topic for topic in scenario.topics}
    for i, topic in enumerate(scenario.topics):
        for k, need in enumerate(topic.needs):
            line = file.line(("topics", i, "needs", k))
            if need not in known:
                guess = nearest(need, known)
                remedy = f"Did you mean '{guess}'" if guess else f"Topics: {', '.join(known)}"
                what = f"Topic '{topic.id}' needs '{need}', and there is no such topic"
                yield Finding(file.path, line, what, remedy)
            elif _leads_to(known, need, topic.id):
                what = f"Topic '{topic.id}' needs '{need}', which needs '{topic.id}' in turn"
                yield Finding(file.path, line, what, "Take one of the needs out")


def _doors(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    """What an answer to the mentor offers to tell must be there, and enough be offered."""
    doors = sum(topic.door is not None for topic in scenario.topics)
    if doors + len(scenario.manners.leads_on) < _DOORS:
        what = f"Only {doors} topics have a door for a learner who has nothing to ask"
        remedy = f"Give at least {_DOORS} of them a 'door': a line that offers to tell it"
        yield Finding(file.path, file.line(("topics",)), what, remedy)
    known = [topic.id for topic in scenario.topics]
    for place, one in _all_sorts(scenario):
        if one.leads_to is not None and one.leads_to not in known:
            guess = nearest(one.leads_to, known)
            remedy = f"Did you mean '{guess}'" if guess else f"Topics: {', '.join(known)}"
            what = f"An answer leads to '{one.leads_to}', and there is no such topic"
            yield Finding(file.path, file.line((*place, "leads_to")), what, remedy)


def _again(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    for k, text in enumerate(scenario.again.asks_after):
        if "{promise}" not in text:
            what = f"“{text[:50]}” does not say where the learner's promise stands"
            line = file.line(("again", "asks_after", k))
            yield Finding(file.path, line, what, "Put {promise} where their own words belong")


def _hears(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    for i, topic in enumerate(scenario.topics):
        if topic.hears and not topic.asks_back:
            what = f"Topic '{topic.id}' hears answers to a question it never asks"
            line = file.line(("topics", i, "hears"))
            yield Finding(file.path, line, what, "Write the question in 'asks_back'")
    if scenario.hears and "?" not in scenario.opening:
        what, line = "The opening asks nothing that could be answered", file.line(("hears",))
        yield Finding(file.path, line, what, "Let 'opening' end with a question")
    for place, one in _all_sorts(scenario):
        if one.hears and not ends_in_question(one.says):
            what = f"“{one.says[-50:]}” asks nothing that could be answered"
            line = file.line((*place, "hears"))
            yield Finding(file.path, line, what, "Let 'says' end with a question")


def _leads_to(known: dict[str, Topic], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at not in seen and at in known:
            seen.add(at)
            waiting += known[at].needs
    return False


def cross_check(file: YamlFile, scenario: Scenario) -> list[Finding]:
    """Errors no field shows by itself, in the order of the file."""
    findings = [*_ids(file, scenario), *_needs(file, scenario), *_twice_said(file, scenario)]
    findings += [*_again(file, scenario), *_hears(file, scenario), *_doors(file, scenario)]
    return sorted(findings, key=lambda finding: finding.line)
