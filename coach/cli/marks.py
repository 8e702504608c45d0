"""``coach score``, ``eval`` and ``models``: readings of files, how good they are, by what."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from coach.errors import BadInput, ExitCode

if TYPE_CHECKING:
    from coach.listening.scoring import ScoreSummary

Progress = Callable[[int, int | None], None]


class Format(StrEnum):
    """The forms turns come in."""

    jsonl = "jsonl"
    csv = "csv"
    txt = "txt"
    vtt = "vtt"


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(score)
    app.command("eval")(evaluate)
    app.command()(models)


def score(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Turns to read; - for stdin.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Where readings go; without it: stdout.")
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="The form; else by the file's ending.")
    ] = None,
) -> None:
    """Read the turns of a file, one reading a line.

    Same order, same ids. A row is {"id", "context", "text", "task"?, "key_points"?} as a JSON
    line, or a CSV row under these names, key points parted by |; a .txt file has `Name: text`
    lines, a .vtt file captions with voices. A bad row becomes {"id", "error"} and the run goes on;
    the exit code is then 1.
    """
    from coach.cli.batch import batch_listener
    from coach.cli.output import writing
    from coach.listening.scoring import format_of, require_source, score_file

    # What can be wrong with the call is said before the models load.
    require_source(file)
    if out is not None and out.is_file() and file != "-" and out.samefile(file):
        raise BadInput(f"{out}: this is the file to be read; name another one for the readings.")
    name = format_of(file, form.value if form else None)
    with closing(batch_listener()) as listener, _progress(file) as progress:

        def run(to: IO[str]) -> ScoreSummary:
            return score_file(file, out=to, fmt=name, listener=listener, progress=progress)

        if out is None or out == Path("-"):
            summary = run(sys.stdout)
        else:
            with writing(out) as to:
                summary = run(to)
    if not summary.rows:
        typer.echo(f"coach: {file}: there is no turn in it.", err=True)
    if summary.errors:
        typer.echo(
            f"coach: {file}: {summary.errors} of {summary.rows} rows could not be read; "
            f"the first: {summary.first_error}",
            err=True,
        )
        raise typer.Exit(int(ExitCode.BAD_INPUT))


def evaluate(
    suite: Annotated[
        str,
        typer.Argument(metavar="SUITE", help="What to measure; without it, or with `all`: all."),
    ] = "all",
    everything: Annotated[bool, typer.Option("--all", help="Every suite that can run.")] = False,
    corpora: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            envvar="COACH_CORPORA",
            help="A folder of corpora for the outer suites; COACH_CORPORA if not given.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Measure the models on held-out turns.

    Every figure stands beside a simple baseline from the same run. Suites: questions, reflections,
    uptake, moves, paraphrase, short, talk, stories, far, word, heard, marks, signed, doubts,
    lapses, slices, gaming; with --corpora also annomi, contextdep, annomi-supervised, lessons,
    mrda, swda, epitome, apt, stsb, sick, dialsummeval, summedits.
    """
    import json
    from dataclasses import asdict

    from coach.training.evaluate import run_suite

    result = run_suite("all" if everything else suite, corpora)
    if as_json:
        typer.echo(json.dumps(asdict(result), ensure_ascii=False))
    else:
        typer.echo("\n".join(result.lines()))


def models() -> None:
    """List the models: version, size, licence, use."""
    from coach.cli.inventory import all_models

    damaged = 0
    for model in all_models():
        typer.echo(f"{model.name}  {model.version}  {model.size / 2**20:.1f} MB  {model.licence}")
        typer.echo(f"  {model.title}")
        typer.echo(f"  {model.folder}")
        if damage := model.damage():
            damaged += 1
            typer.echo(f"  DAMAGED: {damage}")
    if damaged:
        raise typer.Exit(int(ExitCode.MISSING))


@contextmanager
def _progress(file: str) -> Iterator[Progress | None]:
    """A bar on stderr, where a person sees it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    size = Path(file).stat().st_size if file != "-" else None
    bar = Progress(
        BarColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("0 turns", total=size or None)

        def show(rows: int, read: int | None) -> None:
            bar.update(task, completed=read, description=f"{rows} turns")

        yield show
