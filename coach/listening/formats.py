"""Turns in files: which formats there are, and the readers of JSON lines and CSV.

Each reader takes the lines of a file and yields, in the file's order, a `FileRow` for a turn
and a `RowError` for what cannot be read as one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from coach.errors import BadInput
from coach.listening.rows import FIELDS, FileRow, RowError, Rows, checked_row, not_utf8, row_error
from coach.listening.transcripts import read_txt, read_vtt

_LONGEST_FIELD = 10_000_000
_NEARLY = 0.8
"""How like a known column's name another must be to be taken for a slip."""


def read_jsonl(lines: Iterable[str], name: str) -> Rows:
    """One JSON object a line; blank lines are passed over. ``name`` is the file's, for errors."""
    count = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        count += 1
        if bad := not_utf8(line):
            yield row_error(f"t{count}", number, bad)
            continue
        try:
            data = json.loads(line.rstrip(), parse_constant=_no_number)
        except RecursionError:
            yield row_error(f"t{count}", number, "this JSON is nested too deeply")
            continue
        except ValueError as problem:
            what = getattr(problem, "msg", str(problem))
            column = getattr(problem, "colno", 1)
            yield row_error(f"t{count}", number, f"this is not JSON at column {column}: {what}")
            continue
        if not isinstance(data, dict):
            what = 'a row is an object: {"id": ..., "context": ..., "text": ...}'
            yield row_error(f"t{count}", number, what)
            continue
        yield checked_row(data, f"t{count}", number)


def read_csv(lines: Iterable[str], name: str) -> Rows:
    """A table whose header names ``text`` and, as wanted, the other fields of a row.

    Fields are parted by commas, semicolons or tabs, as the header is. ``key_points`` is a JSON
    list, or points parted by ``|``.

    Raises:
        BadInput: the header has no column ``text``, one twice, or one that is nearly a known one.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    feed = iter(lines)
    head = next(feed, "")
    sign = max(",;\t", key=head.count)
    if "\r" in head.rstrip("\r\n"):
        raise BadInput(
            f"{name}: its lines end in the manner of old Macintoshes; save it as CSV UTF-8 instead."
        )
    reader = csv.reader(_chain(head, feed), delimiter=sign)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
    except csv.Error as problem:
        raise BadInput(f"{name}:1: the header is not CSV: {problem}; save it as CSV.") from problem
    _check_header(header, name)
    count = 0
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            count += 1
            yield row_error(f"t{count}", start, f"this is not CSV: {problem}")
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        yield _table_row(header, cells, f"t{count}", start)


READERS: dict[str, Callable[[Iterable[str], str], Rows]] = {
    "jsonl": read_jsonl,
    "csv": read_csv,
    "txt": read_txt,
    "vtt": read_vtt,
}
"""A reader for every format, by the format's name."""


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _chain(head: str, rest: Iterator[str]) -> Iterator[str]:
    yield head
    yield from rest


def _check_header(header: list[str], name: str) -> None:
    if "text" not in header:
        raise BadInput(
            f"{name}:1: the header has no column 'text'; the first line must name the columns, "
            "for instance  id,context,text"
        )
    for column in FIELDS:
        if header.count(column) > 1:
            raise BadInput(f"{name}:1: the header names '{column}' twice; keep one of them.")
    for lacking in set(FIELDS) - set(header):
        for column in get_close_matches(lacking, set(header) - set(FIELDS), 1, _NEARLY):
            raise BadInput(
                f"{name}:1: the header names '{column}'; write '{lacking}' if that is meant, else "
                "something less like it."
            )


def _table_row(
    header: list[str], cells: list[str], default_id: str, line: int
) -> FileRow | RowError:
    data: dict[str, Any] = dict(zip(header, cells, strict=False))
    row_id = data.get("id") or default_id
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        what = f"{len(cells)} fields where the header has {len(header)}; quote text with commas"
        return row_error(row_id, line, what)
    for key in ("task", "key_points"):
        if not (data.get(key) or "").strip():
            data.pop(key, None)
    points = data.get("key_points")
    if points is not None and points.lstrip().startswith("["):
        try:
            data["key_points"] = json.loads(points)
        except (ValueError, RecursionError):
            return row_error(row_id, line, '"key_points" begins like a JSON list but is none')
    elif points is not None:
        data["key_points"] = [point.strip() for point in points.split("|") if point.strip()]
    if "task" in data:
        data["task"] = data["task"].strip()
    return checked_row(data, default_id, line)
