"""Reading YAML that anyone may have written: nothing is executed, and every value has a line.

libyaml's events are turned into plain values here, so that an error can say where it is; tags
are refused, and so are aliases, with which a small file unfolds to a huge one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from coach.mentor.finding import Finding

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same otherwise.
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 1_000_000
"""A scenario is words; more than this is something else."""
MAX_DEPTH = 12
"""How deep values may be nested (a scenario needs five)."""

_TOO_DEEP = "This is nested deeper than a scenario can be"
_TOO_DEEP_REMEDY = "Check the indentation and the brackets"

Path_ = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_TAGS = {None, "!", *(f"{_TAG}{name}" for name in ("str", "map", "seq"))}
"""Tags that may be written out, not that anyone needs to."""
_READ = {f"{_TAG}{name}" for name in ("int", "float", "bool", "null", "timestamp")}
"""Plain scalars that YAML does not take for text."""
_LONGEST = 99
"""What is longer is text: numbers of thousands of digits can neither be reckoned nor shown."""


class Unreadable(Exception):
    """The file is no usable YAML; carries the `Finding`."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(slots=True)
class YamlFile:
    """A file's values, the line of each by its path, and what plain scalars were written as."""

    path: Path
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    written: dict[Path_, str] = field(default_factory=dict)
    """The words of scalars that YAML does not take for text (``no``, ``12``, ``2009-01-01``)."""
    doubles: list[Finding] = field(default_factory=list)
    """Keys written twice."""

    def line(self, path: Path_) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        what = f"This file cannot be read ({error.strerror or error})"
        raise Unreadable(Finding(path, 0, what, "Check its name and permissions")) from error
    if len(raw) > MAX_BYTES:
        what = f"This file is larger than {MAX_BYTES // 1_000_000} MB"
        raise Unreadable(Finding(path, 0, what, "Split it into several scenarios"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unreadable(
            Finding(path, line, "This line is not UTF-8 text", "Save the file as UTF-8")
        ) from error


def _syntax(path: Path, text: str, error: yaml.YAMLError) -> Unreadable:
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    line = _line_of(error)
    lines = text.split("\n")[:line]
    here = lines[-1] if lines else ""
    what = f"This is not valid YAML ({problem})"
    remedy = "Check the indentation, and put quotes around text with a colon or a quote in it"
    if "\t" in here:
        remedy = "Indent with spaces, not tabs"
    elif "nesting depth" in problem:  # libyaml gives up before `MAX_DEPTH` is seen
        what, remedy = _TOO_DEEP, _TOO_DEEP_REMEDY
    elif "control characters" in problem:
        remedy = "Take the invisible characters out"
    elif (opened := _left_open(lines)) is not None:
        line, what = opened, "A quote is opened on this line and not closed"
        remedy = 'Put a " at the end of the text'
    elif "expected ':'" in problem:
        what = "This line is no `key: value`"
        remedy = "Put a colon after the key, or a space after the dash"
    elif re.search("[\u201c\u201d]", here):
        remedy = 'Use straight quotes (")'
    return Unreadable(Finding(path, line, what, remedy))


def _line_of(error: yaml.YAMLError) -> int:
    """The line of the fault, from 1; 0 where none is known."""
    context = getattr(error, "context", None) or ""
    mark = getattr(error, "problem_mark", None)
    # What began earlier and did not end is at fault itself, unless it is as large as a block.
    if context and "block" not in context:
        mark = getattr(error, "context_mark", None) or mark
    return mark.line + 1 if mark else 0


def _left_open(lines: list[str]) -> int | None:
    """The line, from 1, with the last double quote, where the last is one that opens."""
    odd = [n for n, line in enumerate(lines, 1) if len(re.findall(r'(?<!\\)"', line)) % 2]
    return odd[-1] if len(odd) % 2 else None


class _Unfolder:
    """Turns the parser's events into plain values, remembering lines.

    Events, not nodes: composing nodes follows nesting into the C stack, and a file of a hundred
    thousand brackets would bring the whole program down.
    """

    def __init__(self, file: YamlFile, text: str) -> None:
        self.file = file
        # PyYAML's stubs know neither the events' fields nor the resolver.
        self._events: Any = _Loader(text)
        self._next: Any = self._events.get_event
        self._plain = yaml.constructor.SafeConstructor()

    def unfold(self) -> None:
        """Fill the file's ``data``; a file with no document in it is refused."""
        event = self._next()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            what = "This file is empty"
            raise Unreadable(Finding(self.file.path, 0, what, "Start from `coach scenarios new`"))
        self.file.data = self._value(event, ())
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            what = "A second document begins here"
            raise self._refuse(event, what, "Keep one scenario per file, without `---` lines")

    def _refuse(self, event: Any, what: str, remedy: str) -> Unreadable:
        return Unreadable(Finding(self.file.path, event.start_mark.line + 1, what, remedy))

    def _value(self, event: Any, path: Path_) -> Any:
        if isinstance(event, yaml.ScalarEvent) and "\0" in event.value:
            # Quotes let it through, and no record could keep a talk in which it is said.
            what = 'This text holds a NUL character, written "\\0"'
            raise self._refuse(event, what, "Take it out")
        if type(event) is yaml.ScalarEvent and event.style and not event.tag:
            # Quoted text, which nearly all of a scenario is: it can be nothing else.
            if len(path) > MAX_DEPTH:
                raise self._refuse(event, _TOO_DEEP, _TOO_DEEP_REMEDY)
            mark: Any = event.start_mark
            self.file.lines.setdefault(path, mark.line + 1)
            return event.value
        if isinstance(event, yaml.AliasEvent):
            what = f"The alias *{event.anchor} is not allowed"
            raise self._refuse(event, what, "Write the words out; no line is said twice")
        if len(path) > MAX_DEPTH:
            raise self._refuse(event, _TOO_DEEP, _TOO_DEEP_REMEDY)
        self.file.lines.setdefault(path, event.start_mark.line + 1)
        if event.tag not in _TAGS:
            name = event.tag.removeprefix(_TAG)
            raise self._refuse(event, f"The tag '{name}' is not allowed", "Write plain text")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path)

    def _scalar(self, event: Any, path: Path_) -> Any:
        tag = event.tag or self._events.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag not in _READ or len(event.value) > _LONGEST:
            return event.value
        self.file.written[path] = event.value
        try:
            return self._plain.construct_object(yaml.ScalarNode(tag, event.value))
        except ValueError:
            return None

    def _sequence(self, path: Path_) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _mapping(self, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            name = event.value if isinstance(event, yaml.ScalarEvent) else ""
            if not name:
                raise self._refuse(event, "This key is no plain word", "Write `key: value`")
            line, place = event.start_mark.line + 1, (*path, name)
            if name in found:
                first = self.file.lines[place]
                what = f"The key '{name}' stands here again (first on line {first})"
                self.file.doubles.append(
                    Finding(self.file.path, line, what, "Keep one of them, or rename it")
                )
            else:
                self.file.lines[place] = line
            value = self._value(self._next(), place)
            found.setdefault(name, value)
        return found


def read_yaml(path: Path) -> YamlFile:
    """The values of a YAML file with their lines.

    Raises:
        Unreadable: not there, too large, not UTF-8, not YAML, or not plain data.
    """
    text = _read_text(path)
    file = YamlFile(path)
    try:
        _Unfolder(file, text).unfold()
    except yaml.YAMLError as error:
        raise _syntax(path, text, error) from error
    return file
