"""What a learner typed or pasted, made safe to keep and safe to show.

Kept text is the learner's own, but for what no record can hold. Shown text has the same length
as kept text, so that the spans of a reading fit both.
"""

from __future__ import annotations

import unicodedata

from coach.errors import BadInput

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REPLACEMENT = "\ufffd"


def kept(text: str) -> str:
    """The text as it goes on record: NUL removed, lone surrogates replaced, otherwise as typed."""
    # Neither SQLite's text functions nor PostgreSQL hold NUL, and UTF-8 has no lone surrogates.
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def kept_turn(text: str) -> str:
    """The text of a turn as it goes on record.

    Raises:
        BadInput: there is nothing in it that a reader could see.
    """
    clean = kept(text)
    if all(unicodedata.category(char) in _UNSEEN for char in clean):
        raise BadInput("There is nothing in this turn yet; type what you would say, then send it.")
    return clean


def shown(text: str) -> str:
    """The text as it may go to a terminal: control and direction characters replaced one by one.

    Line breaks and tabs stay. The length stays, so spans into ``text`` hold for the result.
    """
    return "".join(
        _REPLACEMENT
        if char in _BIDI or (unicodedata.category(char) == "Cc" and char not in "\n\t")
        else char
        for char in text
    )
