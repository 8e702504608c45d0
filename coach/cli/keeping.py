"""``coach history``, ``rescore``, ``export`` and ``erase``: what becomes of what was kept."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack, closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.errors import BadInput, UsageError

if TYPE_CHECKING:
    from coach.practice.store import TalkHead
    from coach.records.store import RecordStore


class ExportFormat(StrEnum):
    """The forms a talk can be taken along in."""

    md = "md"
    html = "html"
    json = "json"


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(history)
    app.command()(export)
    app.command()(erase)
    app.command()(rescore)


def history(
    search: Annotated[str, typer.Argument(help="Only talks in which these words occur.")] = "",
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this person's talks.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the talks kept here, newest first."""
    with _records() as store:
        talks = store.history(learner, search)
    for talk in talks:
        typer.echo(json.dumps(_row(talk), ensure_ascii=False) if as_json else _line(talk))
    if not talks:
        typer.echo("There is no such talk." if search or learner else "No talks yet.", err=True)


def rescore(
    talk: Annotated[
        str | None, typer.Argument(help="A talk's number, or `last`; without it: every talk.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Keep the new readings in place of the old.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Read kept talks again and show what moved.

    The models of today read them. Nothing is changed without --write, and the cards stay as the
    learner saw them.
    """
    from dataclasses import asdict

    from coach.cli.batch import batch_listener
    from coach.records.rescoring import rescore as read_again

    turns = moved = 0
    with _records() as store, ExitStack() as stack:
        chosen = store.history() if talk is None else [store.talk(_talk_id(store, talk))]
        if chosen:
            listener = stack.enter_context(closing(batch_listener()))
        for one in read_again(store, listener, [t.id for t in chosen]) if chosen else ():
            turns += 1
            if write:
                store.replace_reading(one.turn, one.reading)
            if one.moved is None:
                continue
            moved += 1
            if as_json:
                typer.echo(json.dumps(asdict(one.moved), ensure_ascii=False))
            else:
                typer.echo(f"talk {one.moved.talk}, turn {one.moved.number}: {one.moved.text}")
                typer.echo(f"  {one.moved.before} -> {one.moved.after}")
                typer.echo("".join(f"  {change}\n" for change in one.moved.changes), nl=False)
    kept = " The new readings are kept." if write and turns else ""
    typer.echo(f"{moved} of {turns} turns read differently.{kept}", err=True)


def export(
    talk: Annotated[str, typer.Argument(help="A talk's number (see `coach history`), or `last`.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="The form.")] = ExportFormat.md,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The file to write; without it: stdout.")
    ] = None,
    numbers: Annotated[
        bool | None,
        typer.Option(help="With the figures of the debrief; as in the settings where not said."),
    ] = None,
) -> None:
    """Take a talk along: Markdown, HTML or JSON."""
    from coach.cli.output import writing
    from coach.records.export import export_talk
    from coach.settings import load_settings

    asked = load_settings().numbers if numbers is None else numbers
    with _records() as store:
        text = export_talk(store, _talk_id(store, talk), form.value, numbers=asked)
    if out is None or out == Path("-"):
        sys.stdout.write(text)
        return
    with writing(out) as file:
        file.write(text)
    typer.echo(str(out), err=True)


def erase(
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this person's talks.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--everything", help="Also your settings, keys, own scenarios and the cache."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Wipe the records and the exports beside them.

    Nothing readable is left there. What was exported elsewhere, and what a backup took, stays.
    """
    from coach import paths
    from coach.records.database import locate
    from coach.records.erase import erase as wipe
    from coach.records.erase import left_alone
    from coach.settings import load_settings

    if learner is not None and everything:
        raise UsageError("--learner and --everything do not go together; choose one.")
    url = load_settings().database_url
    what = f"every talk of {learner}" if learner is not None else "every talk"
    what += " and what was exported there"
    if everything:
        what += ", your settings, keys, own scenarios and the cache"
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("There is nobody to ask; say --yes to erase without asking.")
        # By its name: an address may hold a password.
        place = locate(url).name if url else paths.home()
        if not typer.confirm(f"Erase {what} in {place}? This cannot be undone."):
            typer.echo("Nothing was erased.", err=True)
            return
    gone = wipe(url, learner=learner, everything=everything)
    for path in gone:
        typer.echo(str(path))
    typer.echo("Erased." if gone or url else "There was nothing to erase.", err=True)
    for folder in left_alone(everything=everything):
        typer.echo(
            f"{folder} is a link to {folder.resolve()}, where files of your own may be, so nothing "
            "in it was erased; delete there what should go.",
            err=True,
        )


def _records() -> RecordStore:
    from coach.records import open_store
    from coach.settings import load_settings

    return open_store(load_settings().database_url)


def _talk_id(store: RecordStore, talk: str) -> int:
    if talk.isdecimal():
        return int(talk)
    if talk != "last":
        raise BadInput(f"'{talk}' is no talk; give its number, as `coach history` lists it.")
    talks = store.history()
    if not talks:
        raise BadInput("No talk is kept on this machine yet; hold one with `coach`.")
    return talks[0].id


def _line(talk: TalkHead) -> str:
    state = "" if talk.ended else "  (unfinished)"
    who = f"  {talk.learner}" if talk.learner else ""
    when = f"{talk.started.astimezone():%Y-%m-%d %H:%M}"
    return f"{talk.id:>4}  {when}  {talk.title}, with {talk.mentor}{who}{state}"


def _row(talk: TalkHead) -> dict[str, object]:
    return {
        "id": talk.id,
        "scenario": talk.scenario,
        "title": talk.title,
        "mentor": talk.mentor,
        "learner": talk.learner,
        "started": talk.started.isoformat(),
        "ended": talk.ended.isoformat() if talk.ended else None,
        "own_rating": talk.own_rating,
    }
