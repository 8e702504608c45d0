"""What can go wrong, said so that a person knows what to do next.

Every message answers three questions in one sentence or two: what is wrong, where, and what
to do about it. The command line turns a `CoachError` into that message on stderr and its
``exit_code``; the screen shows the same words.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit status means."""

    DONE = 0
    BAD_INPUT = 1
    USAGE = 2
    MISSING = 3


class CoachError(Exception):
    """Something the user can mend. Its text is shown as it is."""

    exit_code: ExitCode = ExitCode.BAD_INPUT


class BadInput(CoachError):
    """A file, row, setting or turn that cannot be used; names file and line where it has them."""


class MissingPart(CoachError):
    """Something this machine lacks: weights, a package, a terminal, a server."""

    exit_code = ExitCode.MISSING


class MissingModel(MissingPart):
    """Weights that are not there or cannot be read."""


class StorageError(CoachError):
    """The records cannot be read or written: disk full, read-only, locked or damaged."""

    exit_code = ExitCode.MISSING


class UsageError(CoachError):
    """Options that do not go together."""

    exit_code = ExitCode.USAGE
