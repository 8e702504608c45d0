"""One row of a file: a turn to read, or why it is none.

Bytes that are not UTF-8 arrive as lone surrogates (``errors="surrogateescape"``) and make an
error of their row alone.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from coach.listening.listener import Row, Task

RowId = str | int | float
Unit = Literal["line", "caption"]
FIELDS = ("id", "context", "text", "task", "key_points")
_TASKS = get_args(Task)
_LONE = re.compile("[\ud800-\udfff]")


class FileRow(Row):
    """A row with where it stands in its file; ``given_id`` is its id as the file has it.

    ``line`` counts from 1 what ``unit`` says.
    """

    line: int
    unit: Unit = "line"
    given_id: RowId


class RowError(BaseModel):
    """A row that cannot be read, and why."""

    model_config = ConfigDict(frozen=True)

    id: RowId
    error: str
    line: int

    def to_line(self) -> str:
        """One line of JSON, in a reading's place."""
        return json.dumps({"id": self.id, "error": self.error}, ensure_ascii=False)


Rows = Iterator[FileRow | RowError]


def checked_row(
    data: dict[str, Any], default_id: str, line: int, unit: Unit = "line"
) -> FileRow | RowError:
    """A row of named fields, checked; fields that are not a row's are left aside."""
    given = data.get("id")
    if given is None or given == "":
        given = default_id
    if what := _wrong_id(given):
        return row_error(given if isinstance(given, str) else default_id, line, what, unit)
    values = {key: data[key] for key in FIELDS[1:] if data.get(key) is not None}
    if what := _wrong(values):
        return row_error(given, line, what, unit)
    if not values.get("key_points"):
        values.pop("key_points", None)
    return FileRow(id=str(given), given_id=given, line=line, unit=unit, **values)


def _wrong_id(given: object) -> str:
    """What is wrong with a row's id, or nothing."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return '"id" must be a text or a number'
    # JSON can write 1e999, but not what becomes of it.
    if isinstance(given, float) and not math.isfinite(given):
        return '"id" is too large for a number; write it as a text'
    bad = not_utf8(given) if isinstance(given, str) else ""
    return f'"id": {bad}' if bad else ""


def _wrong(values: dict[str, Any]) -> str:
    """What is wrong with a row's values, or nothing."""
    if "text" not in values:
        return 'there is no "text"; a row needs the words of the turn'
    for key in ("context", "text"):
        if not isinstance(values.get(key, ""), str):
            return f'"{key}" must be a text'
        if bad := not_utf8(values.get(key, "")):
            return f'"{key}": {bad}'
    if values.get("task", "turn") not in _TASKS:
        return f'"task" must be {" or ".join(_TASKS)}, not {values["task"]!r}'
    points = values.get("key_points", [])
    if not isinstance(points, list) or not all(isinstance(point, str) for point in points):
        return '"key_points" must be a list of texts'
    if any(not_utf8(point) for point in points):
        return f'"key_points": {not_utf8("".join(points))}'
    return ""


def not_utf8(text: str) -> str:
    """What is wrong with a text that is not Unicode, or nothing."""
    found = _LONE.search(text)
    if found is None:
        return ""
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"byte 0x{code - 0xDC00:02x} is not UTF-8; save the file as UTF-8"
    return f"\\u{code:04x} is half a character; write the whole pair"


def row_error(row_id: RowId, line: int, what: str, unit: Unit = "line") -> RowError:
    """A row that cannot be read: its id, the line it begins at, what is wrong with it."""
    if isinstance(row_id, str):
        row_id = _LONE.sub("\ufffd", row_id)
    return RowError(id=row_id, line=line, error=f"{unit} {line}: {what}")
