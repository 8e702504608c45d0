"""Lays a turn beside what it hands back, word by word, and names where the two part ways.

Two alignments: `hunks`, in order, finds the few changed words of a near copy; `Words.against`,
by meaning, finds each word's nearest counterpart wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from spacy.tokens import Token

from coach.listening.encoder import Floats
from coach.listening.features import is_content
from coach.listening.words import FOLDED, NEGATION, UNITS, VALUES

_NUMBERISH = re.compile(r"[a-z]+|\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Hunk:
    """A place where an ordered alignment breaks.

    ``theirs`` and ``mine`` are word indices, either may be empty; ``held`` says that matched words
    stand before and behind.
    """

    theirs: tuple[int, ...]
    mine: tuple[int, ...]
    held: bool


@dataclass(frozen=True)
class Words:
    """Some tokens of an utterance with their folded forms and vectors (tokens, width)."""

    tokens: tuple[Token, ...]
    keys: tuple[str, ...]
    content: tuple[bool, ...]
    vectors: Floats

    @classmethod
    def of(cls, tokens: Iterable[Token], vectors: Floats) -> Words:
        """Take tokens but for punctuation, with rows of ``vectors`` by their index in the doc."""
        kept = tuple(t for t in tokens if not t.is_punct and not t.is_space)
        keys = tuple(fold(token) for token in kept)
        content = tuple(
            is_content(token) and not key.startswith("<")
            for token, key in zip(kept, keys, strict=True)
        )
        return cls(kept, keys, content, vectors[[t.i for t in kept]])

    def against(self, other: Words) -> Floats:
        """How near each of these words is to each of the other's: (len(self), len(other)).

        1 for the same base form, else the cosine of the two words as their texts use them.
        """
        if not self.tokens or not other.tokens:
            return np.zeros((len(self.tokens), len(other.tokens)), np.float32)
        table = self.vectors @ other.vectors.T
        same = np.array(self.keys)[:, None] == np.array(other.keys)[None, :]
        return np.where(same, np.float32(1.0), table)

    def values(self) -> list[float]:
        """The amounts these words name."""
        return amounts(" ".join(token.text for token in self.tokens))

    def negations(self) -> int:
        """How many of these words deny."""
        return sum(
            t.lower_ in NEGATION or k == "not" for t, k in zip(self.tokens, self.keys, strict=True)
        )


def fold(token: Token) -> str:
    """A word's form for comparison: persons swapped to the listener's side, base form."""
    low = token.lower_.replace("’", "'")
    found = FOLDED.get(low)
    return found if found is not None else (token.lemma_ or low).lower()


def amounts(text: str) -> list[float]:
    """The amounts a text names, in words or figures: "twenty-six" is 26, "a dozen" 12."""
    found: list[float] = []
    running: float | None = None
    for word in _NUMBERISH.findall(text.lower()):
        if word[0].isdigit():
            value: float | None = float(word.replace(",", ""))
        else:
            value = VALUES.get(word)
        if word in UNITS:
            running = (running if running is not None else 1.0) * UNITS[word]
        elif value is not None and running is not None and _joins(running, value):
            running += value
        elif value is not None:
            if running is not None:
                found.append(running)
            running = value
        elif word not in {"and", "a"} and running is not None:
            found.append(running)
            running = None
    if running is not None:
        found.append(running)
    return found


def _joins(running: float, value: float) -> bool:
    """Whether a number word goes on with the one before: "twenty six", "two hundred and fifty"."""
    return value < 10 <= 20 <= running < 100 or value < 100 <= running


def strange_amounts(mine: Sequence[float], theirs: Sequence[float]) -> int:
    """How many amounts of mine are near none of theirs (within a tenth)."""
    return sum(all(abs(a - b) > 0.1 * max(abs(a), abs(b)) for b in theirs) for a in mine)


def hunks(theirs: Words, mine: Words) -> tuple[list[Hunk], list[bool]]:
    """Align two texts in order by folded forms.

    Returns:
        The breaks between matched runs, and for each of their words whether it was matched in a
        run of two or more.
    """
    matcher = SequenceMatcher(None, theirs.keys, mine.keys, autojunk=False)
    matched = [False] * len(theirs.keys)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= 2]
    for block in blocks:
        matched[block.a : block.a + block.size] = [True] * block.size
    found: list[Hunk] = []
    edge_a = edge_b = 0
    for at, block in enumerate(blocks):
        if block.a > edge_a or block.b > edge_b:
            held = at > 0
            found.append(Hunk(tuple(range(edge_a, block.a)), tuple(range(edge_b, block.b)), held))
        edge_a, edge_b = block.a + block.size, block.b + block.size
    if edge_a < len(theirs.keys) or edge_b < len(mine.keys):
        last = Hunk(
            tuple(range(edge_a, len(theirs.keys))), tuple(range(edge_b, len(mine.keys))), False
        )
        found.append(last)
    return found, matched


class Antonyms:
    """Pairs of words that say the opposite."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._of: dict[str, set[str]] = {}
        for one, other in pairs:
            self._of.setdefault(one, set()).add(other)
            self._of.setdefault(other, set()).add(one)

    def of(self, word: str) -> list[str]:
        """The opposites of a word, sorted."""
        return sorted(self._of.get(word, ()))

    def between(self, some: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
        """The pairs that have one word on each side."""
        there = set(others)
        found = ((word, opposite) for word in some for opposite in self._of.get(word, ()))
        return sorted({pair for pair in found if pair[1] in there})
