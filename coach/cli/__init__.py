"""The command line: ``coach`` and its commands.

stdout is data, stderr is narration. Exit codes are `coach.errors.ExitCode`; this is the one
place where an error becomes a message and a code. Nothing heavy is imported here: each command
imports what it needs when it runs, so that ``coach --help`` answers at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from coach import __version__
from coach.cli import keeping, library, machine, marks, talk
from coach.errors import CoachError, ExitCode

_INTERRUPTED = 130
_PIPE_CLOSED = 141


class _Commands(TyperGroup):
    """The commands, with every error a person can mend told in its own words."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a `CoachError` becomes its sentence on stderr and its exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except CoachError as error:
            typer.echo(f"coach: {error}", err=True)
            raise typer.Exit(int(error.exit_code)) from error
        except KeyboardInterrupt:
            typer.echo("", err=True)
            raise typer.Exit(_INTERRUPTED) from None
        except BrokenPipeError:
            # Whoever read our output has left (`| head`); keep the exit quiet.
            _drop_output()
            raise typer.Exit(_PIPE_CLOSED) from None
        except OSError as error:
            # Most files have their own sentences; what has no name is standard output.
            _drop_output()
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            remedy = "free some space" if full else "check that it is there and can be written"
            where, why = error.filename or "standard output", error.strerror or error
            typer.echo(f"coach: {where} cannot be used ({why}); {remedy}.", err=True)
            raise typer.Exit(int(ExitCode.MISSING)) from error


def _drop_output() -> None:
    """Let what is still buffered for stdout go nowhere, so that leaving does not fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=_Commands,
    name="coach",
    # Plain help: no boxes, no colour, and nothing to import for it.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"coach {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _bare(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Rehearse a mentoring talk and learn to listen, offline.

    Without a command the app opens, or, where there is no terminal, plain practice.
    """
    if context.invoked_subcommand is None:
        talk.practice()


talk.add_to(app)
marks.add_to(app)
library.add_to(app)
keeping.add_to(app)
machine.add_to(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What a terminal cannot show must not end a talk; files and pipes get UTF-8.
            stream.reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="backslashreplace"
            )
    app(list(arguments) if arguments is not None else None)
