"""Turns with things that could be replied to them: what teaches the reply net.

Lists that readers judged line by line (``data/labelled/replies``) teach what it is for. Three
larger kinds come first and are made as training runs: a scenario's questions with their answers
beside answers to others, our labelled turns with the lines they answer beside other turns, and
public conversations with their next line beside others.
"""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from coach.listening.listener import Reply
from coach.listening.matching_model import MATCHING
from coach.listening.meaning import Meaning
from coach.mentor.follow_ups import ASKED_AS, FollowUp
from coach.mentor.library import load_library
from coach.mentor.nearness import TO_A_LINE, Nearness, Wordings, as_reply, part_of
from coach.mentor.scenario import Scenario
from coach.mentor.script import Script
from coach.paths import data_dir, models_dir, scenarios_dir
from coach.training.data import labelled_turns, read_json_lines

log = logging.getLogger(__name__)

_OF_A_SCENARIO = 260
_OF_A_STORY = 5
_TURNS = 1500
_TALKS = (
    "self-dialogue/self-dialogue.jsonl",
    *(f"topical-chat/{name}.jsonl" for name in ("valid_freq", "valid_rare")),
    *(f"topical-chat/{name}.jsonl" for name in ("test_freq", "test_rare")),
)
_PLAIN = 0.5
"""How often a question stands without an aside before it."""
_CLOSE = 8
WRITTEN, PLAYED, _TEST = "train-written*", "train-talks*", "test*"
NEWEST = "train-talks-g"
"""The file of lists new to the last ``--onward``; before another, name a newer."""
_SHOWN, _LEAST_WRONG = 9, 4


@dataclass(frozen=True)
class Group:
    """A turn that answers ``last``, lines that could follow it, and how well each does, 0 to 1."""

    last: str
    turn: str
    replies: tuple[Reply, ...]
    fits: tuple[float, ...]
    earlier: tuple[str, ...] = ()
    """What was said before ``last``, oldest first, where that is known."""


def thinned(group: Group, rng: random.Random) -> Group:
    """A group with all that fit and some of those that do not: there are too many of those."""
    no = [at for at, fits in enumerate(group.fits) if fits == 0]
    yes = [at for at, fits in enumerate(group.fits) if fits > 0]
    kept = sorted([*yes, *rng.sample(no, min(len(no), max(_LEAST_WRONG, _SHOWN - len(yes))))])
    replies = tuple(group.replies[at] for at in kept)
    return replace(group, replies=replies, fits=tuple(group.fits[at] for at in kept))


def _asking(turn: str) -> str:
    """The sentences of a turn that ask; the whole of it where none does."""
    asking = [part for part in re.split(r"(?<=[.!?])\s+", turn) if "?" in part]
    return " ".join(asking) or turn


def _first_fits(
    last: str, turn: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
) -> Group:
    fits = (1.0, *[0.0] * (len(replies) - 1))
    return Group(last, turn, tuple(replies), fits, tuple(earlier))


class Asides:
    """What people say before they ask: short turns of ours that ask nothing."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        turns = labelled_turns("train")
        self._said = [
            one.text for one in turns if one.question == "none" and 3 <= len(one.text.split()) <= 16
        ]

    def before(self, question: str) -> str:
        """The question, half the time with an aside before it."""
        if self._rng.random() < _PLAIN:
            return question
        return f"{self._rng.choice(self._said)} {question}"


class Lines:
    """A scenario's lines, and how near what asks for each is to a turn."""

    def __init__(self, scenario: Scenario, meaning: Meaning) -> None:
        """``meaning`` is that of the matching model, as in a talk."""
        self.scenario = scenario
        self.text = Script(scenario).text
        self._meaning = meaning
        self._wordings = Wordings(scenario, self._closeness)
        self._key = {text: key for key, text in reversed(self.text.items())}
        self.of: dict[str, list[str]] = {}
        """The lines of each part that is asked for by wordings of the scenario's own."""
        for key, text in self.text.items():
            part = part_of(key)
            apart = part.startswith(("follow/", *TO_A_LINE)) or key.endswith("/confidence")
            if part and not apart:
                self.of.setdefault(part, []).append(text)
        self.small = [text for part, texts in self.of.items() if part[0] != "t" for text in texts]
        self.courtesies = [text for _, texts in scenario.manners.lists() for text in texts]
        self.wordings = [
            (one.text, one.part)
            for one in self._wordings.phrases
            if one.weight == 1.0 and one.part in self.of
        ]

    def _closeness(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        vectors = np.stack([self._meaning.vector(text) for text in texts])
        near: list[list[float]] = (vectors @ self._meaning.matrix(candidates).T).tolist()
        return near

    def read_ahead(self, turns: Sequence[str]) -> None:
        """Have the vectors of turns ready, many of them in a pass."""
        self._meaning.read_ahead([text for turn in turns for text in (_asking(turn), turn)])

    def nearness(self, turn: str, without: str = "", context: str = "") -> dict[str, Nearness]:
        """How near each part is to a turn, answers to the line before it among them.

        ``without`` as if that wording were not there.
        """
        line = next(reversed(self._keys(context)), None)
        return self._wordings.nearness(_asking(turn), turn, without, line)

    def nearest(self, parts: Mapping[str, Nearness], but: str) -> list[str]:
        """The parts nearest to a turn, one left out."""
        others = [part for part in self.of if part != but]
        return sorted(others, key=lambda part: -parts[part].score)[:_CLOSE]

    def reply(self, text: str, parts: Mapping[str, Nearness], part: str = "") -> Reply:
        """A line as a talk would put it up; its part is looked up where it is not given."""
        found = part or next(filter(None, map(part_of, reversed(self._keys(text)))), "")
        return as_reply(text, found, parts)

    def _keys(self, text: str) -> tuple[str, ...]:
        """The keys of what was said, which may be several lines in one; none where it is unknown.

        A line may have been edited since it was judged.
        """
        if text in self._key:
            return (self._key[text],)
        for line, key in self._key.items():
            if text.startswith(f"{line} ") and (rest := self._keys(text[len(line) + 1 :])):
                return (key, *rest)
        return ()


def of_scenario(lines: Lines, asides: Asides, rng: random.Random) -> Iterator[Group]:
    """Questions with their answers; beside them answers to what is asked alike."""
    some = min(_OF_A_SCENARIO, len(lines.wordings))
    after = {
        f"detail/{topic.id}/{number}": getattr(topic.says, detail.after)
        for topic in lines.scenario.topics
        for number, detail in enumerate(topic.details)
    }
    for wording, part in rng.sample(lines.wordings, some):
        parts = lines.nearness(wording, without=wording)
        wrong = [rng.choice(lines.of[p]) for p in rng.sample(lines.nearest(parts, part), 4)]
        texts = [rng.choice(lines.of[part]), *wrong, *_beside(lines, rng)]
        last = after.get(part) or rng.choice([lines.scenario.opening, *rng.sample(lines.small, 2)])
        yield _first_fits(last, asides.before(wording), [lines.reply(t, parts) for t in texts])
    for topic in lines.scenario.topics:
        yield from _after(lines, topic.follow_ups, topic.says.full, asides, rng)
        yield from _after(lines, topic.confided, topic.says.confidence, asides, rng)


def _beside(lines: Lines, rng: random.Random) -> list[str]:
    return [rng.choice(lines.small), rng.choice(lines.courtesies)]


def _after(
    lines: Lines, told: Mapping[FollowUp, str], last: str, asides: Asides, rng: random.Random
) -> Iterator[Group]:
    """What is asked after a story, with its answers; beside them those to other questions."""
    for kind in rng.sample(sorted(told), min(_OF_A_STORY, len(told))):
        wording = rng.choice(ASKED_AS[kind])
        parts = lines.nearness(wording, without=wording)
        alike = sorted((k for k in told if k != kind), key=lambda k: -parts[f"follow/{k}"].score)
        close = alike[:_CLOSE]
        kinds = [kind, *rng.sample(close, min(2, len(close)))]
        replies = [lines.reply(told[k], parts, f"follow/{k}") for k in kinds]
        wrong = [rng.choice(lines.of[p]) for p in rng.sample(lines.nearest(parts, ""), 2)]
        replies += [lines.reply(text, parts) for text in (*wrong, *_beside(lines, rng))]
        yield _first_fits(last, asides.before(wording), replies)


def judged(part: str, lines: Lines, folder: Path | None = None) -> Iterator[Group]:
    """Lists of a scenario judged line by line; ``part`` is their files' name, or a pattern."""
    rows = [row for row in _judged_rows(part, folder) if row["scenario"] == lines.scenario.id]
    lines.read_ahead([row["text"] for row in rows])
    for row in rows:
        parts = lines.nearness(row["text"], context=row["context"])
        replies = tuple(lines.reply(one["text"], parts) for one in row["replies"])
        fits = tuple(float(one["fits"]) for one in row["replies"])
        yield Group(row["context"], row["text"], replies, fits, tuple(row.get("before", ())))


def judged_scenarios(part: str) -> list[str]:
    """The ids of the scenarios that judged lists are of."""
    return sorted({row["scenario"] for row in _judged_rows(part)})


def _judged_rows(part: str, folder: Path | None = None) -> Iterator[dict[str, Any]]:
    home = folder or _home()
    return (row for path in sorted(home.glob(f"{part}.jsonl")) for row in read_json_lines(path))


def _parts(pattern: str) -> list[str]:
    return sorted(path.stem for path in _home().glob(f"{pattern}.jsonl"))


def _home() -> Path:
    return data_dir() / "labelled" / "replies"


def of_turns(rng: random.Random) -> Iterator[Group]:
    """Our labelled turns after the lines they answer, beside other turns."""
    rows = [one for one in labelled_turns("train") if one.context and len(one.text.split()) > 3]
    for one in rng.sample(rows, min(_TURNS, len(rows))):
        wrong = [other.text for other in rng.sample(rows, 4) if other.context != one.context]
        yield _first_fits("", one.context, [Reply(text=text) for text in (one.text, *wrong)])


def first_files(corpora: Path) -> list[Path]:
    """The files that what teaches first is made of."""
    turns = sorted((data_dir() / "labelled" / "turns").glob("train*.jsonl"))
    talks = [corpora / "train" / name for name in _TALKS]
    weights = models_dir() / "matching" / MATCHING.weights
    return [weights, *sorted(scenarios_dir().glob("*.yaml")), *turns, *talks]


def of_conversations(corpora: Path, rng: random.Random) -> Iterator[Group]:
    """Public small talk: the next line, beside lines from elsewhere in the talk and from others."""
    talks = [
        [turn["text"] for turn in row["turns"]]
        for name in _TALKS
        for row in read_json_lines(corpora / "train" / name)
    ]
    for said in talks:
        if len(said) < 6:
            continue
        at = rng.randrange(2, len(said))
        far = [line for place, line in enumerate(said) if abs(place - at) > 1]
        wrong = [*rng.sample(far, 3), *(rng.choice(rng.choice(talks)) for _ in range(2))]
        replies = [Reply(text=text) for text in (said[at], *wrong)]
        yield _first_fits(said[at - 2], said[at - 1], replies, said[max(0, at - 4) : at - 2])


@dataclass
class Lists:
    """What teaches first, what readers judged, and what they judged of mentors kept out.

    Lists of talks, earlier and newest, are what the net is for; the others were ``written`` to
    single lines.
    """

    first: list[Group]
    written: list[Group]
    earlier: list[Group]
    newest: list[Group]
    test: list[Group]

    @property
    def talks(self) -> list[Group]:
        """All lists of talks."""
        return [*self.earlier, *self.newest]

    @property
    def teaching(self) -> list[Group]:
        """Everything judged that may teach."""
        return [*self.written, *self.talks]


def read_lists(meaning: Meaning, corpora: Path | None, rng: random.Random) -> Lists:
    """Everything, one scenario after the other: each has thousands of wordings to compare with.

    What teaches first is left out where no ``corpora`` are given.
    """
    asides = Asides(rng)
    lists = Lists([], [], [], [], [])
    for name, scenario in sorted(load_library().scenarios.items()):
        lines = Lines(scenario, meaning)
        if corpora is not None:
            lists.first += of_scenario(lines, asides, rng)
        lists.written += judged(WRITTEN, lines)
        for part in _parts(PLAYED):
            (lists.newest if part == NEWEST else lists.earlier).extend(judged(part, lines))
        lists.test += judged(_TEST, lines)
        log.info("read %s", name)
    if corpora is not None:
        lists.first += [*of_turns(rng), *of_conversations(corpora, rng)]
    return lists


def lists_to_test(meaning: Meaning) -> list[Group]:
    """What readers judged of mentors kept out, alone."""
    tested = judged_scenarios(_TEST)
    scenarios = load_library().scenarios
    return [one for name in tested for one in judged(_TEST, Lines(scenarios[name], meaning))]
