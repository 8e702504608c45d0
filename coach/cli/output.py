"""Files the commands write: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from coach.errors import BadInput, StorageError


@contextmanager
def writing(path: Path) -> Iterator[IO[str]]:
    """A text file that appears under its name once everything is in it.

    It is written beside its place and moved there at the end, so that a run that fails leaves
    what was there before. Pipes and devices are written directly.

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
        # A link stays a link: what it points to is what is replaced.
        place = path.resolve()
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                yield file
            _finish(Path(name), place)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StorageError(
            f"{path}: it could not be written ({error.strerror}); free some space, or choose "
            "another place."
        ) from error


def _finish(part: Path, place: Path) -> None:
    """Move a finished file to its place, with the rights a new file there would have."""
    mask = os.umask(0)
    os.umask(mask)
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~mask
    part.chmod(mode)
    part.replace(place)
