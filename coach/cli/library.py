"""``coach scenarios``: which there are, what is in one, whether a file is right, a new one."""

from __future__ import annotations

import sys
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
    """Every scenario on this machine: id, difficulty, minutes, title, mentor."""
    import json

    from coach.mentor.library import load_library

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
                f"{one.title} ({one.mentor.name}, {one.mentor.role})"
            )
    for problem in library.problems:
        typer.echo(f"coach: {problem}", err=True)
    if library.problems:
        raise typer.Exit(int(ExitCode.BAD_INPUT))


@_scenarios.command()
def show(
    scenario: Annotated[str, typer.Argument(metavar="ID", help="A scenario's id, or its file.")],
) -> None:
    """What a scenario is about, for a learner or a trainer; gives away no story."""
    from coach.cli.choosing import find_scenario
    from coach.mentor.page import describe_page

    typer.echo(describe_page(find_scenario(scenario)))


@_scenarios.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Files or folders; without any: all there are."),
    ] = None,
) -> None:
    """Say everything there is to mend in scenario files, with file and line."""
    from coach.mentor.check import check_scenario

    errors = warnings = 0
    found = _files(files or [paths.scenarios_dir(), paths.user_scenarios_dir()])
    for path in found:
        for finding in check_scenario(path):
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


def _files(given: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            found += sorted([*path.glob("*.yaml"), *path.glob("*.yml")])
        elif path.exists():
            found.append(path)
        elif path not in (paths.scenarios_dir(), paths.user_scenarios_dir()):
            raise BadInput(f"{path}: there is no such file; check its name.")
    return found


@_scenarios.command()
def new(
    scenario: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits, - and _.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Where to write it; - for stdout.")
    ] = None,
) -> None:
    """Begin a scenario: a commented file to fill in, in your scenarios folder."""
    from coach.cli.output import writing
    from coach.mentor.template import template

    schema = paths.data_dir() / "schema" / "scenario.json"
    text = template(scenario, str(schema) if schema.exists() else "scenario.json")
    if out == Path("-"):
        sys.stdout.write(text)
        return
    path = out or paths.user_scenarios_dir() / f"{scenario}.yaml"
    if path.exists():
        raise BadInput(f"{path}: this file is there already; choose another id or name.")
    if out is None:
        paths.private_home()
        path.parent.mkdir(exist_ok=True)
    with writing(path) as file:
        file.write(text)
    typer.echo(str(path))
