"""Files the commands write: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from coach import paths
from coach.errors import BadInput, StorageError


@contextmanager
def writing(path: Path) -> Iterator[IO[str]]:
    """A text file that appears under its name once everything is in it.

    A run that fails leaves what was there before, see `coach.paths.writing_whole`. Pipes and
    devices are written directly.

    Raises:
        BadInput: there is no such folder, or the path is a folder.
        StorageError: the disk is full or the folder cannot be written.
    """
    if path.is_dir():
        raise BadInput(f"{path}: this is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {path.parent}; make it first.")
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as file:
                yield file
            return
        with paths.writing_whole(path, _rights(path)) as file:
            yield file
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StorageError(
            f"{path}: it could not be written ({error.strerror}); free some space, or choose "
            "another place."
        ) from error


def _rights(path: Path) -> int:
    """The rights of the file that is there, or those a new one would have."""
    mask = os.umask(0)
    os.umask(mask)
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask
