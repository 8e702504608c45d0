"""``coach doctor``, ``where``, ``keys``, ``serve``: this machine, its folders, keys and browser."""

from __future__ import annotations

import json
import shlex
import sys
from typing import Annotated

import typer

from coach import paths
from coach.errors import ExitCode, MissingPart


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(doctor)
    app.command()(where)
    app.command()(keys)
    app.command()(serve)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Say what is missing and how to mend it."""
    from coach.cli.checks import examine

    missing = 0
    for check in examine():
        missing += check.needed and not check.good
        if as_json:
            typer.echo(json.dumps(check.to_json(), ensure_ascii=False))
            continue
        typer.echo(f"{check.word:<8} {check.name}: {check.found}")
        if check.remedy:
            typer.echo(f"         {check.remedy}")
    if missing:
        typer.echo(f"{missing} of what the coach needs is missing.", err=True)
        raise typer.Exit(int(ExitCode.MISSING))
    typer.echo("Everything the coach needs is there.", err=True)


def where() -> None:
    """Say where everything is kept."""
    from coach.records.database import locate
    from coach.settings import load_settings

    for name, path in (
        ("home", paths.home()),
        ("settings", paths.settings_file()),
        ("keymap", paths.keymap_file()),
        ("exports", paths.exports_dir()),
        ("your scenarios", paths.user_scenarios_dir()),
        ("cache", paths.vectors_file().parent),
        ("shipped scenarios", paths.scenarios_dir()),
        ("models", paths.models_dir()),
    ):
        _tell_place(name, str(path), there=path.exists())
    # Last: settings that cannot be read hide none of the folders above.
    records = locate(load_settings().database_url)
    _tell_place("records", records.name, there=records.file is None or records.file.exists())


def _tell_place(name: str, place: str, *, there: bool) -> None:
    typer.echo(f"{name:<18} {place}" + ("" if there else "  (not there yet)"))


def keys() -> None:
    """List the app's keys and their ids.

    Where your keymap changes one, yours is listed.
    """
    from coach.tui.keymap import all_bindings, load_keymap

    keymap, misfits = load_keymap()
    named = ((str(one.id), one) for one in all_bindings())
    rows = sorted((name, keymap.get(name, one.key), one.description) for name, one in named)
    wide = max(len(row[0]) for row in rows)
    for binding_id, key, description in rows:
        typer.echo(f"{binding_id:<{wide}}  {key:<16}  {description}".rstrip())
    typer.echo(f'To change one, write in {paths.keymap_file()}:  "its id" = "keys"', err=True)
    for misfit in misfits:
        typer.echo(f"coach: {misfit}", err=True)
    if misfits:
        raise typer.Exit(int(ExitCode.BAD_INPUT))


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "localhost",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the app for browsers.

    Start this, then open its address (http://localhost:8000). Everyone who can reach the address
    can practise and read the talks kept here: leave it at localhost unless a proxy in front asks
    for a password.
    """
    try:
        from textual_serve.server import Server
    except ImportError as error:
        raise MissingPart(
            "The browser mode needs the package textual-serve; run "
            f"'{shlex.quote(sys.executable)} -m pip install textual-serve'."
        ) from error
    app = shlex.join([sys.executable, "-m", "coach", "practice"])
    Server(app, host=host, port=port, title="Listening coach").serve()
