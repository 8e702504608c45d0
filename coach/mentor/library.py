"""The scenarios there are: those that ship with the coach and those the user added."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from coach import paths
from coach.errors import BadInput
from coach.mentor import kept_values
from coach.mentor.crosscheck import cross_check
from coach.mentor.finding import Finding, as_error
from coach.mentor.problems import explain, nearest
from coach.mentor.scenario import Difficulty, Scenario
from coach.mentor.yamlfile import Unreadable, YamlFile, read_yaml


@dataclass(slots=True)
class Library:
    """Scenarios by id, the file of each, and what kept each other file out."""

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    unusable: dict[Path, BadInput] = field(default_factory=dict)

    @property
    def problems(self) -> list[BadInput]:
        """What is wrong with the files that were kept out."""
        return list(self.unusable.values())

    def unknown(self, scenario_id: str) -> BadInput:
        """That there is no such id, with the nearest there is."""
        guess = nearest(scenario_id, self.scenarios)
        remedy = f"Did you mean '{guess}'?" if guess else "`coach scenarios list` names them all."
        return BadInput(f"There is no scenario '{scenario_id}'. {remedy}")


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


def load_scenario(path: Path, *, keep: bool = False) -> Scenario:
    """The scenario in a file; ``keep``: what it holds, so that it need not be read again.

    Raises:
        coach.errors.BadInput: it cannot be used; names file, line, what is wrong, what to do.
    """
    key = kept_values.key_of(path)
    if (known := _checked(path, kept_values.get(key))) is not None:
        return known
    scenario, file, findings = examine(path)
    if scenario is None or file is None:
        raise as_error(findings)
    # A file saved while it was read is kept under neither name.
    if keep and key and key == kept_values.key_of(path):
        kept_values.keep(key, file.data)
    return scenario


def _checked(path: Path, values: Any) -> Scenario | None:
    """The scenario that kept values make, checked as one just read; None where anything is wrong.

    What it is then has a line in the file, which has to be read for it.
    """
    if values is None:
        return None
    try:
        scenario = Scenario.model_validate(values)
    except ValidationError:
        return None
    return None if cross_check(YamlFile(path, values), scenario) else scenario


def load_library(folders: Sequence[Path] | None = None, *, keep: bool = False) -> Library:
    """All scenarios of these folders, by default the shipped ones and the user's own.

    ``keep`` as in `load_scenario`; whoever wants nothing written leaves it out.
    A file that cannot be used becomes one of ``problems`` and stops none of the others; a
    folder that is not there holds no scenarios. The gentle ones come first.
    """
    if folders is None:
        folders = (paths.scenarios_dir(), paths.user_scenarios_dir())
    library = Library()
    with _nothing_thrown_away():
        for folder in folders:
            for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
                _take(library, path, keep=keep)
    library.scenarios = dict(sorted(library.scenarios.items(), key=_gentle_first))
    return library


def _take(library: Library, path: Path, *, keep: bool) -> None:
    try:
        scenario = load_scenario(path, keep=keep)
    except BadInput as problem:
        library.unusable[path] = problem
        return
    taken = library.files.get(scenario.id)
    if taken is not None:
        what = f"The id '{scenario.id}' belongs to {taken} already"
        library.unusable[path] = as_error([Finding(path, 0, what, "Give it another id")])
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
    """The scenario with this id, shipped or the user's own; or that of a file.

    Raises:
        coach.errors.BadInput: there is none; names the nearest id, or what is wrong with its file.
    """
    file = Path(scenario_id)
    if file.suffix in (".yaml", ".yml"):
        if file.exists() or file.parent != Path():
            return load_scenario(file)
        scenario_id = file.stem
    library = load_library()
    # First: whoever wrote a file of this name wants to know why another should be opened.
    for path, problem in library.unusable.items():
        if path.stem == scenario_id:
            raise problem
    if scenario_id not in library.scenarios:
        raise library.unknown(scenario_id)
    return library.scenarios[scenario_id]
