"""Whether a turn can be judged at all, and if not, the reason in plain English.

Never for how English is spoken: dialect, misspelling and a second language are read like any
other turn. A turn is taken for another language only where few of its words are known, names left
aside, or more of them are another language's grammar words than English's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set

from coach.listening.utterance import MOST_CHARACTERS, MOST_WORDS, readable_part
from coach.listening.words import ENGLISH, FOREIGN

EMPTY = "There are no words in this turn."
TOO_SHORT = "One word is not enough to judge."
NOT_ENGLISH = "This does not look like English, the only language the coach reads."
NO_WORDS = "This does not look like words."
JUMBLED = "Most of these words are the other person's, in no order that says anything."
TOO_LONG = (
    "This turn is too long to judge whole: only its beginning was read, "
    f"at most {MOST_WORDS} words or {MOST_CHARACTERS} characters."
)

UNREADABLE = frozenset({EMPTY, NOT_ENGLISH, NO_WORDS, JUMBLED})
"""Reasons that leave nothing for the models to read; the others leave a reading to look at."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SURE = 0.55
_SOME = 0.12
_FEW = 6
_SURE_OF_FEW = 0.33


def reason_not_judged(text: str, vocabulary: Set[str], *, asks: bool) -> str | None:
    """Why a turn cannot be judged, or None if it can.

    Args:
        text: the turn as it was typed.
        vocabulary: lower-case English words that count as known.
        asks: whether the turn holds a question ("Why?" is one word and enough).
    """
    part = readable_part(text)
    written = [match.group().replace("’", "'") for match in _WORD.finditer(part)]
    words = [word.lower() for word in written]
    if not words:
        return NO_WORDS if any(c.isalnum() for c in part) else EMPTY
    if _foreign_script(part):
        return NOT_ENGLISH
    known = sum(_known(word, vocabulary) for word in words)
    if len(words) == 1 and not (asks and known):
        return TOO_SHORT if _wordlike(words[0]) else NO_WORDS
    # Who is named says nothing of the language, unless nothing else is there.
    names = sum(_like_a_name(w) and not _known(w.lower(), vocabulary) for w in written)
    if not _english(words, known, len(words) - (names if known else 0)):
        mashed = sum(not _wordlike(word) for word in words) > len(words) / 3
        return NO_WORDS if mashed else NOT_ENGLISH
    return TOO_LONG if len(part) < len(text.rstrip()) else None


def _known(word: str, vocabulary: Set[str]) -> bool:
    return word in ENGLISH or word in vocabulary or word.partition("'")[0] in vocabulary


def _like_a_name(word: str) -> bool:
    """Whether a word as it was written begins with a capital; who shouts writes them throughout."""
    return word[0].isupper() and not word.isupper()


def _english(words: list[str], known: int, count: int) -> bool:
    """Whether words are English; ``known`` of the ``count`` that could be."""
    ours = sum(word in ENGLISH for word in words)
    theirs = sum(word in FOREIGN for word in words)
    if theirs > ours:
        # "Past 25 per cent": one such word among known ones is English too.
        return theirs == 1 and known / count >= _SURE
    # Either is enough: a list of nouns has no grammar words, dialect has few known ones.
    sure = _SURE if count >= _FEW else _SURE_OF_FEW
    return known / count >= sure or ours / len(words) >= _SOME


def _foreign_script(text: str) -> bool:
    letters = [c for c in text[:1000] if c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    return latin < len(letters) / 2


def _wordlike(word: str) -> bool:
    """Whether letters alternate as in a word of any language written in Latin letters."""
    if len(word) <= 3:
        return True
    plain = unicodedata.normalize("NFKD", word)
    vowels = sum(c in "aeiouy" for c in plain)
    return vowels / len(plain) >= 0.17 and not re.search("[bcdfghjklmnpqrstvwxz]{6}", plain)
