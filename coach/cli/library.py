"""``coach scenarios``: which there are, what is in one, whether a file is right, a new one."""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated

import typer

from coach import paths
from coach.errors import BadInput, ExitCode

_scenarios = typer.Typer(help="List, show, check and begin scenarios.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(_scenarios, name="scenarios")


@_scenarios.command("list")
def list_all(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List every scenario on this machine.

    A line says id, difficulty, minutes, title and mentor.
    """
    import json

    from coach.mentor.library import load_library
    from coach.plain.words import line

    library = load_library()
    wide = max((len(name) for name in library.scenarios), default=0)
    for name, one in library.scenarios.items():
        if as_json:
            row = {
                "id": name,
                "title": one.title,
                "summary": one.summary,
                "trade": one.trade,
                "difficulty": one.difficulty,
                "minutes": one.minutes,
                "skills": one.skills,
                "mentor": f"{one.mentor.name}, {one.mentor.role}",
                "file": str(library.files[name]),
            }
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            typer.echo(
                f"{name:<{wide}}  {one.difficulty:<8}  {one.minutes:>2} min  "
                + line(f"{one.title} ({one.mentor.name}, {one.mentor.role})")
            )
    for problem in library.problems:
        typer.echo(f"coach: {problem}", err=True)
    if library.problems:
        raise typer.Exit(int(ExitCode.BAD_INPUT))


@_scenarios.command()
def show(
    scenario: Annotated[str, typer.Argument(metavar="ID", help="A scenario's id, or its file.")],
    as_map: Annotated[
        bool, typer.Option("--map", help="For authors: topics, what opens them, key points.")
    ] = False,
) -> None:
    """Say what a scenario is about, for a learner or a trainer.

    Without --map it tells no story.
    """
    from coach.mentor.library import find_scenario
    from coach.mentor.page import describe_map, describe_page

    found = find_scenario(scenario)
    typer.echo(describe_map(found) if as_map else describe_page(found))


@_scenarios.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="Files, ids or folders; without any: all there are.",
            readable=False,  # what cannot be read is told like any other fault
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what the listening models would find.")
    ] = False,
) -> None:
    """Say everything there is to mend in scenario files.

    With file and line: what still stands as the file was begun, an id that another file has, key
    points that are not in their line, lines said twice or too long, topics that no question or too
    few reach, questions that lead elsewhere, plain questions nothing answers, sentences nobody
    could say.
    """
    from coach.cli.batch import batch_listener
    from coach.mentor.check import look_over
    from coach.mentor.library import examine

    errors = warnings = 0
    found = _files(files)
    with ExitStack() as stack:
        listener = None if quick else stack.enter_context(closing(batch_listener()))
        for path in found:
            scenario, file, faults = examine(path)
            findings = look_over(scenario, file, faults)
            unsound = any(one.level == "error" for one in findings)
            if listener is not None and scenario is not None and file is not None and not unsound:
                from coach.trainer.check import listen_through

                findings += listen_through(file, scenario, listener)
            for finding in findings:
                errors += finding.level == "error"
                warnings += finding.level != "error"
                typer.echo(str(finding))
    typer.echo(
        f"{len(found)} {'file' if len(found) == 1 else 'files'}: "
        f"{errors} to mend, {warnings} to look at.",
        err=True,
    )
    if errors:
        raise typer.Exit(int(ExitCode.BAD_INPUT))


def _files(given: list[Path] | None) -> list[Path]:
    """The files named, by themselves, by id or by folder; without any: all there are."""
    if not given:
        return [*_within(paths.scenarios_dir()), *_within(paths.user_scenarios_dir())]
    found: list[Path] = []
    for path in given:
        if not path.is_dir():
            found.append(path if path.exists() else _by_id(path))
        elif inside := _within(path):
            found += inside
        else:
            raise BadInput(f"{path}: there is no .yaml file in this folder; name another.")
    return found


def _within(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])


def _by_id(given: Path) -> Path:
    """The file that a bare id or file name stands for, the user's own before a shipped one."""
    from coach.mentor.library import load_library

    if given.parent != Path():
        raise BadInput(f"{given}: there is no such file; check its name.")
    folders = (paths.user_scenarios_dir(), paths.scenarios_dir())
    tried = (folder / f"{given.stem}{end}" for folder in folders for end in (".yaml", ".yml"))
    if (named := next((path for path in tried if path.is_file()), None)) is not None:
        return named
    library = load_library()
    if given.stem not in library.files:
        raise library.unknown(given.stem)
    return library.files[given.stem]


@_scenarios.command()
def play(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="Files, ids or folders; without any: all there are.",
            readable=False,  # what cannot be read is told like any other fault
        ),
    ] = None,
    talks: Annotated[bool, typer.Option("--talks", help="Print the talks, not only the table.")] = (
        False
    ),
    seed: Annotated[int, typer.Option(metavar="N", help="Same seed, same talk.")] = 0,
    # What the command always does: taken where a script still says so.
    _auto: Annotated[bool, typer.Option("--auto", hidden=True)] = False,
) -> None:
    """Have three scripted listeners play scenarios.

    A good one, a poor one and a rude one; what each of them heard is printed. The good one must
    hear at least twice as many key points as the poor one, and end with more trust; else the exit
    code is 1. To hold the talk yourself: coach practice --scenario ID
    """
    from coach.cli.batch import batch_listener
    from coach.mentor.library import load_scenario
    from coach.trainer.autoplay import play_all, table

    found = _files(files)
    scenarios = [load_scenario(path) for path in found]
    played = []
    with closing(batch_listener()) as listener:
        for scenario in scenarios:
            typer.echo(f"Playing {scenario.id} ...", err=True)
            played.append(play_all(scenario, listener, seed=seed))
    for one in played if talks else []:
        for talk in (one.good, one.poor, one.rude):
            typer.echo(f"\n{one.scenario.id}, a {talk.manner} listener")
            for learner, mentor in talk.turns:
                typer.echo(f"  You: {learner}\n  {one.scenario.mentor.name}: {mentor}")
    typer.echo(table(played))
    if not all(one.holds for one in played):
        raise typer.Exit(int(ExitCode.BAD_INPUT))


@_scenarios.command()
def new(
    scenario: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits, - and _.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Where to write it; - for stdout.")
    ] = None,
) -> None:
    """Begin a scenario: a commented file to fill in.

    It goes into your scenarios folder. On a terminal a few questions come first; Enter leaves any
    of them for later.
    """
    from coach.cli.output import writing
    from coach.mentor.library import load_library
    from coach.mentor.template import ASKED, template

    # What cannot be is refused before anything is asked.
    template(scenario)
    path = out or paths.user_scenarios_dir() / f"{scenario}.yaml"
    if out != Path("-") and path.exists():
        raise BadInput(f"{path}: this file is there already; choose another id or name.")
    if out is None and (taken := load_library().files.get(scenario)) is not None:
        raise BadInput(f"The id '{scenario}' belongs to {taken} already; choose another.")
    known = {}
    if out != Path("-") and sys.stdin.isatty():
        known = {p: typer.prompt(ask, default="", show_default=False) for p, ask in ASKED.items()}
    schema = paths.data_dir() / "schema" / "scenario.json"
    text = template(scenario, str(schema) if schema.exists() else "scenario.json", known)
    if out == Path("-"):
        sys.stdout.write(text)
        return
    if out is None:
        paths.private_home()
        path.parent.mkdir(exist_ok=True)
    with writing(path) as file:
        file.write(text)
    typer.echo(str(path))
    known_as = path if out is not None else scenario
    typer.echo(f"Fill it in, then look it over with: coach scenarios check {known_as}", err=True)
