"""Looking a scenario over beyond its schema, for ``coach scenarios check``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import yaml

from coach import paths
from coach.mentor.crosscheck import spoken
from coach.mentor.finding import Finding
from coach.mentor.library import load_library
from coach.mentor.scenario import MoveReply, Scenario
from coach.mentor.script import DEPTHS
from coach.mentor.template import template
from coach.mentor.wording import word_set
from coach.mentor.yamlfile import Path_, YamlFile

_SMALL = word_set(
    "a about after all also always an and any are as at be because been before being but by can "
    "could did do does down each even ever every for from get give go goes got had has have "
    "having he her him his how i if in into is it its just know made make makes may me mentor "
    "might more most much my never no not now of off on one only or our out over put said say "
    "says she so some still take than that the their them then there these they thing this those "
    "to too took up us very was way we went were what when where which while who why will with "
    "without would you your"
)
_MAY_STAND = {"asked_as", "farewells", "asks_after", "promises"}
"""Where what the template says is as good as an author's own words."""
QUESTIONS = 6
"""Fewer to a topic find too few of the ways in which people ask."""
LONG_LINE = 900
"""Characters beyond which a line is a lecture."""


def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _content(text: str) -> set[str]:
    found = re.findall(r"[a-z0-9]+", re.sub(r"['\u2019]\w+", "", text.lower()))
    return {_stem(word) for word in found if word not in _SMALL}


_CAPITAL = r"\b[A-Z][a-z]{2,}\b"
_WITHIN = re.compile(rf"(?<=[a-z,] ){_CAPITAL}")
"""A word with a capital in mid-sentence, which is a name."""


def _words_with_capitals(text: str) -> set[str]:
    return set(re.findall(_CAPITAL, text))


def _key_points(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    parts = (scenario.mentor, scenario.learner_role, scenario.goal, scenario.setting)
    briefing = " ".join(map(str, (*parts, scenario.opening)))
    lines = [line for topic in scenario.topics for _, line in topic.says]
    names = set(_WITHIN.findall(" ".join(lines)))
    for i, topic in enumerate(scenario.topics):
        place = ("topics", i, "key_points")
        for depth in DEPTHS:
            points = topic.key_points.get(depth)
            if not points:
                what = f"Topic '{topic.id}' has no key points for '{depth}'"
                yield _warn(file, place, what, "List one per clause of the line")
                continue
            said = getattr(topic.says, depth)
            line, known = _content(said), _words_with_capitals(f"{said} {briefing}")
            for k, point in enumerate(points):
                named = _words_with_capitals(point) & names | set(_WITHIN.findall(point))
                for name in sorted(named - known):
                    what = (
                        f"The key point “{point}” names {name}, and the line of '{depth}' does not"
                    )
                    yield _warn(file, (*place, depth, k), what, "Say the name in the line")
                lacking = sorted(w for w in _content(point) if not _near(w, line))
                if 2 * len(lacking) > len(_content(point)):
                    what = f"The key point “{point}” is hardly in the line of '{depth}'"
                    yield _warn(file, (*place, depth, k), what, "Use the line's own words")


def _near(word: str, line: set[str]) -> bool:
    return word in line or any(word[:4] == other[:4] for other in line if len(word) > 4)


def _reach(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    """Topics and answers that a question cannot find, because another claims the same words."""
    claimed: dict[str, str] = {}
    asked = (
        [
            (("topics", i, "opened_by", k), text, f"topic '{topic.id}'")
            for i, topic in enumerate(scenario.topics)
            for k, text in enumerate(topic.opened_by)
        ]
        + [
            (("answers", i, "asked_as", k), text, f"answer {i + 1}")
            for i, answer in enumerate(scenario.answers)
            for k, text in enumerate(answer.asked_as)
        ]
        + [
            (("topics", i, "details", n, "asked_as", k), text, f"detail {n + 1} of '{topic.id}'")
            for i, topic in enumerate(scenario.topics)
            for n, detail in enumerate(topic.details)
            for k, text in enumerate(detail.asked_as)
        ]
    )
    for place, text, owner in asked:
        words = " ".join(re.findall(r"\w+", text.casefold()))
        first = claimed.setdefault(words, owner)
        if first != owner:
            what = f"“{text}” leads to {first} already, so it never reaches {owner}"
            yield _warn(file, place, what, "Ask it in other words")
    for i, topic in enumerate(scenario.topics):
        own = {" ".join(re.findall(r"\w+", text.casefold())) for text in topic.opened_by}
        if all(claimed[words] != f"topic '{topic.id}'" for words in own):
            what = f"Topic '{topic.id}' cannot be reached: other parts claim all its questions"
            yield _warn(file, ("topics", i, "opened_by"), what, "Give it questions of its own")


def _replies(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    there = [reply.to for reply in scenario.replies]
    wanted = get_args(MoveReply.model_fields["to"].annotation)
    lacking = [move for move in wanted if move not in there]
    if lacking:
        what = f"There is no reply to {', '.join(lacking)}"
        yield _warn(file, ("replies",), what, "Write what the mentor says to each")


def _lengths(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    for place, text in spoken(scenario):
        if len(text) > LONG_LINE:
            what = f"This line has {len(text)} characters, too long to listen to"
            yield _warn(file, place, what, "Keep it to five sentences")


def _few_questions(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    for i, topic in enumerate(scenario.topics):
        if (there := len(topic.opened_by)) < QUESTIONS:
            what = f"Topic '{topic.id}' has only {there} questions that open it"
            remedy = f"Write {QUESTIONS} or more, as so many different people would ask"
            yield _warn(file, ("topics", i, "opened_by"), what, remedy)


def _as_begun(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    """What still stands as `coach scenarios new` wrote it, told once for the whole file."""
    del scenario
    left = [(place, text) for place, text in _texts(file.data) if text in _begun()]
    if left:
        (place, text), more = left[0], len(left) - 1
        what = f"“{text[:50]}” still stands as the file was begun"
        what += f", and so do {more} more after it" if more else ""
        yield _warn(file, place, what, "Write your own words, or take it out")


@cache
def _begun() -> frozenset[str]:
    return frozenset(text for _, text in _texts(yaml.safe_load(template("any"))))


def _texts(value: Any, place: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text of some words in a file's values that an author has to write, in their order."""
    if isinstance(value, str):
        if " " in value:
            yield place, value
    elif isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            if key not in _MAY_STAND:
                yield from _texts(part, (*place, key))


def _curly(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    del scenario
    for place, text in _texts(file.data):
        if re.fullmatch("[\u201c\u2018].*[\u201d\u2019]", text, re.DOTALL):
            what = f"The curly quotes of {text[:50]} are shown and said as a part of it"
            yield _warn(file, place, what, 'Use straight quotes (")')


def _taken(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    """An id that another file has, where this one stands among the user's own."""
    if file.path.resolve().parent == paths.user_scenarios_dir().resolve():
        first = load_library().files.get(scenario.id)
        if first is not None and not first.samefile(file.path):
            what = f"The id '{scenario.id}' belongs to {first} already"
            yield Finding(file.path, file.line(("id",)), what, "Give it another id")


def _name(file: YamlFile, scenario: Scenario) -> Iterator[Finding]:
    if file.path.stem != scenario.id:
        what = f"The id is '{scenario.id}', the file is called '{file.path.stem}'"
        yield _warn(file, ("id",), what, "Call both the same")


def _warn(file: YamlFile, place: tuple[str | int, ...], what: str, remedy: str) -> Finding:
    return Finding(file.path, file.line(place), what, remedy, "warning")


_LOOKS = (
    _taken, _name, _as_begun, _curly, _key_points, _few_questions, _reach, _replies, _lengths,
)  # fmt: skip


def look_over(
    scenario: Scenario | None, file: YamlFile | None, findings: list[Finding]
) -> list[Finding]:
    """Everything to mend in a scenario file, errors first, then by line; empty: all is well.

    The arguments are what `coach.mentor.library.examine` gives.
    """
    if scenario is not None and file is not None:
        findings = findings + [one for look in _LOOKS for one in look(file, scenario)]
    return sorted(findings, key=lambda finding: (finding.level != "error", finding.line))
