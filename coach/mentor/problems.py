"""From what pydantic says to what an author can use: the line, the matter, the remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from coach.mentor.finding import Finding
from coach.mentor.follow_ups import FollowUp
from coach.mentor.scenario import (
    Again,
    Aims,
    Answer,
    Depth,
    Depths,
    Detail,
    Hears,
    Manners,
    MoveReply,
    Person,
    Promise,
    Scenario,
    Temper,
    Topic,
    Unknown,
)
from coach.mentor.yamlfile import Path_, YamlFile

_MODELS: dict[tuple[str, ...], type[BaseModel]] = {
    (): Scenario,
    ("mentor",): Person,
    ("temper",): Temper,
    ("aims",): Aims,
    ("topics",): Topic,
    ("topics", "says"): Depths,
    ("topics", "details"): Detail,
    ("answers",): Answer,
    ("replies",): MoveReply,
    ("manners",): Manners,
    ("manners", "unknown"): Unknown,
    ("promises",): Promise,
    ("again",): Again,
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, if any is like it at all."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)), None)


def _known_keys(path: Path_) -> list[str]:
    names = tuple(part for part in path if isinstance(part, str))
    if names[-1:] == ("key_points",):
        return list(get_args(Depth))
    if names[-1:] in {("follow_ups",), ("confided",)}:
        return list(get_args(FollowUp))
    model = Hears if names[-1:] == ("hears",) else _MODELS.get(names)
    return list(model.model_fields) if model else []


def _place(file: YamlFile, path: Path_) -> str:
    """Where something stands, in words: ``topics > flood > says > full``."""
    parts: list[str] = []
    here: Any = file.data
    for part in path:
        here = _inside(here, part)
        if isinstance(part, str):
            parts.append(part)
        else:
            named = here.get("id") or here.get("to") if isinstance(here, dict) else None
            parts.append(str(named) if isinstance(named, str) else f"no. {part + 1}")
    return " > ".join(parts) or "the file"


def _inside(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def _not_text(file: YamlFile, path: Path_, place: str) -> tuple[str, str]:
    """Text was wanted: most often a bare yes, no, number or date that YAML takes for itself."""
    written = file.written.get(path)
    if written is None:
        return f"'{place}' should be text", "Write one piece of text here"
    if written.lower() in {"yes", "no", "on", "off", "true", "false", "y", "n"}:
        what = f"'{place}' says {written} without quotes, which YAML reads as true or false"
        return what, f'Put quotes around it: "{written}"'
    if written.lower() in {"", "~", "null"}:
        return f"'{place}' is empty", "Write its text, or take the line out"
    what = f"'{place}' says {written} without quotes, which YAML reads as a number or date"
    return what, f'Put quotes around it: "{written}"'


def _unknown_key(path: Path_, place: str) -> tuple[str, str]:
    key = str(path[-1])
    known = _known_keys(path[:-1])
    guess = nearest(key, known)
    remedy = f"Did you mean '{guess}'" if guess else f"Known here: {', '.join(known)}"
    what = f"'{key}' is not known in '{place}'"
    return what, remedy


def _said(file: YamlFile, error: ErrorDetails, path: Path_) -> tuple[str, str]:
    """What is wrong and what to do about it."""
    kind, context = error["type"], error.get("ctx", {})
    place = _place(file, path)
    if kind == "extra_forbidden":
        return _unknown_key(path, _place(file, path[:-1]))
    if kind == "missing":
        inside = _place(file, path[:-1])
        return f"'{path[-1]}' is missing in '{inside}'", f"Add `{path[-1]}:` there"
    if kind == "string_type":
        return _not_text(file, path, place)
    if kind == "string_too_short":
        return f"'{place}' is empty", "Write its text, or take the line out"
    if kind == "too_short":
        wanted, there = context.get("min_length"), context.get("actual_length")
        return f"'{place}' has {there} of at least {wanted}", "Write more of them"
    if kind == "literal_error":
        written = str(error["input"])
        allowed = str(context.get("expected", "")).replace(" or ", ", ")
        guess = nearest(written, [word.strip(" '") for word in allowed.split(",")])
        remedy = f"Did you mean '{guess}'" if guess else f"Allowed: {allowed}"
        return f"'{place}' cannot be '{written}'", remedy
    if kind == "string_pattern_mismatch":
        what = f"'{place}' cannot be '{error['input']}'"
        return what, "Use small letters, digits, - and _, starting with a letter"
    if kind in {"list_type", "dict_type", "model_type", "model_attributes_type"}:
        shape = "a list (lines that start with `- `)" if kind == "list_type" else "`key: value`s"
        return f"'{place}' has the wrong shape", f"Write {shape} here"
    if kind.startswith("int_"):
        return f"'{place}' is no whole number", "Write one, such as 15"
    if kind.startswith("float_"):
        return f"'{place}' is no number", "Write one, such as 0.5"
    return f"'{place}': {error['msg'][0].lower()}{error['msg'][1:]}", "Change the value"


def explain(file: YamlFile, error: ValidationError) -> list[Finding]:
    """One finding per thing pydantic objects to, in the order of the file."""
    findings: list[Finding] = []
    for detail in error.errors(include_url=False):
        path: Path_ = tuple(part for part in detail["loc"] if part != "[key]")
        if "[key]" in detail["loc"]:
            what, remedy = _unknown_key(path, _place(file, path[:-1]))
        else:
            what, remedy = _said(file, detail, path)
        findings.append(Finding(file.path, file.line(path), what, remedy))
    # A key misspelt is reported once: as unknown, not as missing too.
    guessed = {f.remedy.removeprefix("Did you mean ").strip("'") for f in findings}
    kept = [f for f in findings if not (" is missing in " in f.what and _key(f) in guessed)]
    return sorted(kept or findings, key=lambda finding: finding.line)


def _key(finding: Finding) -> str:
    return finding.what.split("'")[1]
