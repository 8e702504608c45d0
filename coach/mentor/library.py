"""The scenarios there are: those that ship with the coach and those the user added."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from coach import paths
from coach.errors import BadInput
from coach.mentor.crosscheck import cross_check
from coach.mentor.finding import Finding, as_error
from coach.mentor.problems import explain, nearest
from coach.mentor.scenario import Difficulty, Scenario
from coach.mentor.yamlfile import Unreadable, YamlFile, read_yaml


@dataclass(slots=True)
class Library:
    """Scenarios by id, the file of each, and what kept other files out."""

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    problems: list[BadInput] = field(default_factory=list)


def examine(path: Path) -> tuple[Scenario | None, YamlFile | None, list[Finding]]:
    """A scenario file read as far as it goes: the scenario if it is usable, else why not."""
    try:
        file = read_yaml(path)
    except Unreadable as error:
        return None, None, [error.finding]
    findings = list(file.doubles)
    try:
        scenario = Scenario.model_validate(file.data)
    except ValidationError as error:
        findings += explain(file, error)
        return None, file, sorted(findings, key=lambda finding: finding.line)
    findings += cross_check(file, scenario)
    return (None if findings else scenario), file, findings


def load_scenario(path: Path) -> Scenario:
    """The scenario in a file.

    Raises:
        coach.errors.BadInput: it cannot be used; names file, line, what is wrong, what to do.
    """
    scenario, _, findings = examine(path)
    if scenario is None:
        raise as_error(findings)
    return scenario


def load_library(folders: Sequence[Path] | None = None) -> Library:
    """All scenarios of these folders, by default the shipped ones and the user's own.

    A file that cannot be used becomes one of ``problems`` and stops none of the others; a
    folder that is not there holds no scenarios. The gentle ones come first.
    """
    if folders is None:
        folders = (paths.scenarios_dir(), paths.user_scenarios_dir())
    library = Library()
    with _nothing_thrown_away():
        for folder in folders:
            for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
                _take(library, path)
    library.scenarios = dict(sorted(library.scenarios.items(), key=_gentle_first))
    return library


def _take(library: Library, path: Path) -> None:
    try:
        scenario = load_scenario(path)
    except BadInput as problem:
        library.problems.append(problem)
        return
    taken = library.files.get(scenario.id)
    if taken is not None:
        what = f"The id '{scenario.id}' belongs to {taken} already"
        library.problems.append(as_error([Finding(path, 0, what, "Give it another id")]))
        return
    library.scenarios[scenario.id] = scenario
    library.files[scenario.id] = path


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Reading makes many small things and hardly any rubbish: looking for it costs a third more."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _gentle_first(item: tuple[str, Scenario]) -> tuple[int, str]:
    _, scenario = item
    return get_args(Difficulty).index(scenario.difficulty), scenario.title


def find_scenario(scenario_id: str) -> Scenario:
    """The scenario with this id, shipped or the user's own.

    Raises:
        coach.errors.BadInput: there is none; names the nearest id, or what is wrong with its file.
    """
    library = load_library()
    if scenario_id in library.scenarios:
        return library.scenarios[scenario_id]
    for problem in library.problems:
        if f"{scenario_id}.y" in str(problem):
            raise problem
    guess = nearest(scenario_id, library.scenarios)
    remedy = f"Did you mean '{guess}'?" if guess else "`coach scenarios list` names them all."
    raise BadInput(f"There is no scenario '{scenario_id}'. {remedy}")
