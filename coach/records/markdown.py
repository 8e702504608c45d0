"""Anybody's words as Markdown that shows exactly those words.

What a learner types may look like a heading, a link, HTML or a table; in an export it has to
stay what they said. Everything that CommonMark or GitHub's dialect gives a meaning is escaped.
"""

from __future__ import annotations

import re

from coach.practice.typed import shown

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_\[\]{}<>&#|~$^@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
# A sign that means something at the start of a line only: list, rule, underline, definition.
_AT_START = re.compile(r"[-+=:!]")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?= |$)")
_SPACES = re.compile(r"[ \t\u00a0]+")


def _lines(text: str) -> list[str]:
    return shown(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")


def _escaped(line: str) -> str:
    line = _SPACES.sub(" ", line).strip(" ")
    safe = _SPECIAL.sub(lambda sign: _ENTITIES.get(sign[0], "\\" + sign[0]), line)
    if _AT_START.match(safe):
        return "\\" + safe
    return _NUMBERED.sub(r"\1\\\2", safe, count=1) if _NUMBERED.match(safe) else safe


def inline(text: str) -> str:
    """The words on one line."""
    return _escaped(" ".join(_lines(text)))


def quote(text: str, mark: str = "> ") -> str:
    """The words as a block quote, line breaks kept."""
    quoted = []
    lines = [_escaped(line) for line in _lines(text)]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        # A backslash at the end of a line breaks it; before an empty line a paragraph ends anyway.
        quoted.append((mark + line + ("\\" if line and following else "")).rstrip())
    return "\n".join(quoted)
