"""Cuts a turn into the stretches that are searched for questions one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

_OUTER = re.compile(r"(?:[\s\"“”()\[\]*_.,!?…\-—–:;]|(?<![^\W\d_])'|'(?![^\W\d_]))+")
_STOPS = frozenset({".", "!", "...", "…", ";"})
_CLOSERS = frozenset({'"', "”", "'", "’", ")", "]", "?", "!", ".", "..."})
_FAR = 25
"""Where the next full stop is farther than this many tokens, the parser's borders count."""

_LONGEST = 150
"""No stretch has more tokens, however little is punctuated: reading time stays in proportion."""


def plain(text: str) -> str:
    """Lower case and straight apostrophes, letter for letter, so that offsets stay true."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few letters (İ) grow when lower-cased; they stay as they are.
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.replace("’", "'").replace("‘", "'").replace("`", "'")


def bare(text: str) -> str:
    """A `plain` text without punctuation between its words and around them.

    An apostrophe between letters is the word's own and stays.
    """
    return _OUTER.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of tokens up to a full stop, a question mark or a boundary the parser saw.

    ``start`` and ``end`` are token indices; ``text`` is `plain`; ``offset`` is where it begins in
    the turn, in characters.
    """

    doc: Doc
    start: int
    end: int
    text: str
    offset: int

    @property
    def marked(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip(" \"'”’)]*_").endswith(("?", "?!"))

    def at(self, index: int) -> int:
        """Offset of a token in `text`."""
        return self.doc[index].idx - self.offset

    def token(self, char: int) -> int:
        """The first token at or after an offset in `text`."""
        return next((i for i in range(self.start, self.end) if self.at(i) >= char), self.end)


def cut(doc: Doc, text: str) -> Iterator[Unit]:
    """Cut a document into the stretches that are read one by one."""
    start, marks = 0, [t.i for t in doc if _is_stop(t)]
    for i, token in enumerate(doc):
        last = i + 1 == len(doc) or i - start >= _LONGEST
        while marks and marks[0] < i:
            marks.pop(0)
        if last or _ends_unit(token, doc[i + 1], marks[0] - i if marks else None):
            offset, until = doc[start].idx, token.idx + len(token)
            if text[offset:until].strip():
                yield Unit(doc, start, i + 1, text[offset:until], offset)
            start = i + 1


def _is_stop(token: Token) -> bool:
    return token.text in _STOPS or "?" in token.text or "\n" in token.text


def _ends_unit(token: Token, following: Token, ahead: int | None) -> bool:
    if _is_stop(token) or (token.text in _CLOSERS and token.i and _is_stop(token.nbor(-1))):
        return not (following.text in _CLOSERS and not token.whitespace_)
    # Without punctuation the parser tells sentences apart; right after a comma it mostly slips.
    trusted = ahead is None or ahead > _FAR
    return trusted and bool(following.is_sent_start) and token.text not in {",", "-", "'", '"', "“"}
