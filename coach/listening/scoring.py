"""Turns of a file read one after the other, one reading a line: what ``coach score`` does.

Rows are read and written in chunks, so a file may be longer than memory. A row that cannot be
read becomes ``{"id", "error"}`` in its place and the run goes on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from coach.errors import BadInput, MissingPart, UsageError
from coach.listening.formats import READERS
from coach.listening.listener import Listener
from coach.listening.reading import Reading
from coach.listening.rows import FileRow, RowError, row_error
from coach.listening.wire import error_to_json

CHUNK = 32
"""Rows read and written together."""

STDIN = "-"

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv"}
_SUFFIXES |= {".txt": "txt", ".vtt": "vtt"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """What a run came to: rows in all, those among them that could not be read, the first one."""

    rows: int
    errors: int
    first_error: str | None = None


def score_file(
    path: Path | str,
    *,
    out: IO[str],
    fmt: str | None = None,
    listener: Listener,
    progress: Callable[[int, int | None], None] | None = None,
) -> ScoreSummary:
    """Read every turn of a file and write one reading per turn, same order, same ids.

    Args:
        path: the file; ``-`` for standard input.
        out: where the lines of JSON go.
        fmt: ``jsonl``, ``csv``, ``txt`` or ``vtt``; None: by the file's ending, and JSON lines
            from standard input.
        listener: who reads.
        progress: told, after each chunk, the rows done and the bytes of the file read so far
            (None where it is a pipe).

    Raises:
        BadInput: the file cannot be opened or is not of its format at all.
        UsageError: the format is unknown or cannot be told from the file's ending.
        MissingPart: the models cannot be loaded, or were lost on the way.
    """
    form = format_of(path, fmt)
    total = errors = 0
    first: str | None = None
    with _source(path) as source:
        rows = READERS[form](_lines(source, str(path)), str(path))
        while chunk := list(islice(rows, CHUNK)):
            for line, error in _score(chunk, listener):
                out.write(line + "\n")
                total += 1
                if error is not None:
                    errors += 1
                    first = first or error
            out.flush()
            if progress is not None:
                progress(total, source.tell() if source.seekable() else None)
    return ScoreSummary(total, errors, first)


def format_of(path: Path | str, fmt: str | None) -> str:
    """The format's name: as given, else by the file's ending, else for stdin JSON lines.

    Raises:
        UsageError: there is no such format, or none can be told.
    """
    choices = ", ".join(READERS)
    if fmt is not None:
        if fmt not in READERS:
            raise UsageError(f"There is no format '{fmt}'; choose one of {choices}.")
        return fmt
    if str(path) == STDIN:
        return "jsonl"
    found = _SUFFIXES.get(Path(path).suffix.lower())
    if found is None:
        raise UsageError(f"{path}: its ending names no format; say --format with one of {choices}.")
    return found


def require_source(path: Path | str) -> None:
    """Say at once, before any model loads, that a file cannot be opened.

    Raises:
        BadInput: it cannot be.
    """
    # Whoever writes into a pipe would be cut off by its being closed again.
    with suppress(OSError):
        if Path(path).is_fifo():
            return
    with _source(path):
        return


def _score(
    chunk: Sequence[FileRow | RowError], listener: Listener
) -> Iterator[tuple[str, str | None]]:
    """A line for every row of a chunk, and the error where it is one."""
    good = [row for row in chunk if isinstance(row, FileRow)]
    read = iter(_read(good, listener))
    for row in chunk:
        done = row if isinstance(row, RowError) else next(read)
        if isinstance(done, RowError):
            yield done.to_line(), done.error
        elif isinstance(row, FileRow):
            # The id as the file has it: a number stays a number.
            data = {"id": row.given_id} | done.to_json() | {"id": row.given_id}
            yield json.dumps(data, ensure_ascii=False), None


def _read(rows: list[FileRow], listener: Listener) -> list[Reading | RowError]:
    """The rows' readings; where the chunk fails, row by row, to find the one at fault."""
    try:
        readings = listener.read_rows(rows) if rows else []
    except MissingPart:
        raise
    except Exception:
        return [_read_one(row, listener) for row in rows]
    return list(readings)


def _read_one(row: FileRow, listener: Listener) -> Reading | RowError:
    try:
        return listener.read_rows([row])[0]
    except MissingPart:
        raise
    except Exception as problem:  # one turn that breaks the models must not end the run
        what = error_to_json(problem)["message"]
        return row_error(row.given_id, row.line, what, row.unit)


@contextmanager
def _source(path: Path | str) -> Iterator[IO[bytes]]:
    name = str(path)
    if name == STDIN:
        yield sys.stdin.buffer
        return
    try:
        source = Path(path).open("rb")  # noqa: SIM115 closed below; only opening is guarded
    except OSError as error:
        what = {
            FileNotFoundError: "there is no such file; check its name",
            IsADirectoryError: "this is a folder; name a file in it",
        }.get(type(error), f"it cannot be opened ({error.strerror})")
        raise BadInput(f"{name}: {what}.") from error
    with source:
        yield source


def _lines(source: IO[bytes], name: str) -> Iterator[str]:
    """The file's lines as text, their ends as they stand; bad bytes as lone surrogates."""
    first = True
    while raw := source.readline():
        if first and raw.startswith(_UTF16):
            raise BadInput(f"{name}: this is UTF-16; save it as UTF-8.")
        text = raw.decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if first else text
        first = False
