"""How readings, rows and errors cross a process or a network: plain JSON, nothing pickled.

The child process (`coach.listening.child`, `coach.listening.worker`) and the HTTP client
(`coach.listening.remote`) speak the same forms.
"""

from __future__ import annotations

import json
from typing import Any

from coach import errors
from coach.errors import CoachError, MissingPart
from coach.listening.listener import Reply, Row
from coach.listening.reading import Reading

_KINDS: dict[str, type[CoachError]] = {
    kind.__name__: kind
    for kind in (errors.BadInput, errors.MissingModel, errors.MissingPart, errors.StorageError)
}


def row_to_json(row: Row) -> dict[str, Any]:
    """A row without what is at its default."""
    return row.model_dump(mode="json", exclude_defaults=True)


def row_from_json(data: dict[str, Any]) -> Row:
    """The row of `row_to_json`; `pydantic.ValidationError` where it is none."""
    return Row.model_validate(data)


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """A reply without what is at its default."""
    return reply.model_dump(mode="json", exclude_defaults=True)


def reply_from_json(data: dict[str, Any]) -> Reply:
    """The reply of `reply_to_json`; `pydantic.ValidationError` where it is none."""
    return Reply.model_validate(data)


def reading_from_json(data: Any) -> Reading:
    """The reading of `Reading.to_json`.

    Raises:
        MissingPart: the peer's answer is no reading, as from another version of the coach.
    """
    try:
        return Reading.model_validate(data)
    except ValueError as error:
        raise MissingPart(
            "The listener answered with something that is not a reading, as another version "
            "of the coach might; install the same version on both sides."
        ) from error


def error_to_json(error: BaseException) -> dict[str, str]:
    """An error by its kind and sentence; one that is not the coach's own is explained."""
    if isinstance(error, CoachError):
        return {"kind": type(error).__name__, "message": str(error)}
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    # The models are there; it is this text that they cannot take.
    return {
        "kind": errors.BadInput.__name__,
        "message": f"The models stopped over this text ({what[:300]}); "
        "change its wording and try again, and run `coach doctor` if it happens often.",
    }


def error_from_json(data: Any) -> CoachError:
    """The error of `error_to_json`; an unknown kind becomes a `MissingPart`."""
    if not isinstance(data, dict):
        return MissingPart(f"The listener failed without a reason ({data!r}).")
    message = str(data.get("message") or "The listener failed without a reason.")
    return _KINDS.get(str(data.get("kind")), MissingPart)(message)


def dump_line(data: dict[str, Any]) -> bytes:
    """One message of the child's protocol: ASCII JSON and a line feed, whatever it carries."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
