"""What only the listening models can find in a scenario, for ``coach scenarios check``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from coach.listening.listener import Listener
from coach.mentor.crosscheck import spoken
from coach.mentor.finding import Finding
from coach.mentor.scenario import Scenario
from coach.mentor.yamlfile import YamlFile
from coach.trainer.leading import lead, unreached
from coach.trainer.plain_questions import QUESTIONS, unanswered

REACHED = 0.2
"""The share of a topic's questions that must find it when the question itself is left out."""
UNANSWERED = 0.3
"""The share of the plain questions that may find no answer."""
BREATH = 40
"""A sentence of more words is for the eye."""


def listen_through(file: YamlFile, scenario: Scenario, listener: Listener) -> list[Finding]:
    """Warnings on a scenario that is sound otherwise, by line."""
    found = [
        *_unreached(file, scenario, listener),
        *_led_elsewhere(file, scenario, listener),
        *_not_answered(file, scenario, listener),
        *_breathless(file, scenario),
    ]
    return sorted(found, key=lambda finding: finding.line)


def _unreached(file: YamlFile, scenario: Scenario, listener: Listener) -> Iterator[Finding]:
    ids = [topic.id for topic in scenario.topics]
    for topic_id in unreached(scenario, listener):
        line = file.line(("topics", ids.index(topic_id), "better_question"))
        what = f"Asked its own open question, topic '{topic_id}' does not open"
        yield Finding(file.path, line, what, "Ask in words that only this topic has", "warning")


def _led_elsewhere(file: YamlFile, scenario: Scenario, listener: Listener) -> Iterator[Finding]:
    led = list(lead(scenario, listener))
    asked = Counter(one.meant for one in led)
    right = Counter(one.meant for one in led if one.right)
    for i, topic in enumerate(scenario.topics):
        part = f"topic/{topic.id}"
        if right[part] < REACHED * asked[part]:
            what = (
                f"Of the {asked[part]} questions to topic '{topic.id}' the others would find "
                f"only {right[part]}"
            )
            remedy = "Let more of them name what the story is about"
            yield Finding(file.path, file.line(("topics", i, "opened_by")), what, remedy, "warning")


def _not_answered(file: YamlFile, scenario: Scenario, listener: Listener) -> Iterator[Finding]:
    left = unanswered(scenario, listener)
    if len(left) > UNANSWERED * len(QUESTIONS):
        some = " ".join(f"“{question}”" for question in left[:8])
        what = (
            f"Of {len(QUESTIONS)} plain questions that any mentor is asked, {len(left)} find no "
            f"answer, among them {some}"
        )
        yield Finding(file.path, file.line(("answers",)), what, "Answer the likely ones", "warning")


def _breathless(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    for place, text in spoken(scenario):
        longest = max(len(part.split()) for part in re.split(r"[.?!:;](?=\s|$)", text))
        if longest > BREATH:
            what = f"A sentence of {longest} words stands here, too long to be said"
            yield Finding(file.path, file.line(place), what, "Make two of it", "warning")
