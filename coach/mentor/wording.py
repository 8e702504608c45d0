"""Turns told by their words alone: nods, greetings, and follow-ups with no subject of their own.

Meaning is of no help there: "why?" is near to nothing, and "I see" to everything.
"""

from __future__ import annotations

import re
import unicodedata


def word_set(text: str) -> frozenset[str]:
    """The words of a space-separated list."""
    return frozenset(text.split())


_NODS = word_set(
    "ah aha alright cool exactly fine gosh good great hm hmm huh i indeed interesting it is "
    "mhm mm mmm mmhm nice no not oh ok okay really right see so sure that true uh uhhuh um well "
    "wonderful wow yeah yep yes you yup"
)
_ANSWERS = word_set("alright fine good great no not ok okay really sure well yeah yep yes you yup")
_GREETINGS = word_set(
    "afternoon again day evening good hello hey hi hiya how do meet meeting mister mr mrs ms "
    "miss morning nice pleased there to well you"
)
_HELLO = word_set("hello hey hi hiya morning afternoon evening meet meeting")
# A follow-up made of these words alone has no subject of its own: it leans on what was said.
_LEANING = word_set(
    "a about after all and any anything at be because before bit can care come coming could "
    "deal detail details did do does else end ever example exactly explain feel feeling felt "
    "first for from further get go going got had handle happen happened happening happens hear "
    "her him how i if in into is it just keep know like learn let's little make manage "
    "me mean meant mind more most much next of on or out part play please react really "
    "reason say so some something still story such tell than that that's the them then there "
    "they thing things think this those through to turn understand up us walk want was way we "
    "went were what what's whats when where which who why with work would you your "
    "elaborate continue expand specifically mattered matter affect affected cope coped"
)
_ASKS_FOR_MORE = word_set(
    "why how what more then happened next else continue elaborate expand tell explain go feel "
    "felt mean"
)

_TAKES = word_set(
    "absolutely alright aye definitely do gladly go love okay ok please sure tell yea yeah yep yes "
    "yup"
)
_TAKING = _TAKES | word_set(
    "a about all course hear i i'd i'll it like me of oh on right that then thank thanks to well "
    "would you"
)
_BACK = word_set("he him his she her hers they them their it its that this there then")


def words(text: str) -> list[str]:
    """The words of a text, lower case, curly apostrophes straightened."""
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.replace("\u2019", "'").lower())


def ends_in_question(text: str) -> bool:
    """Whether a line ends by asking; a question in quotes was put to somebody else."""
    return text.rstrip(" \n\t)]").endswith("?")


def is_nod(text: str) -> bool:
    """Whether a turn is nothing but signs of attention ("I see.", "Right, okay.")."""
    said = words(text)
    return 0 < len(said) <= 6 and all(word in _NODS for word in said)


def is_short_answer(text: str) -> bool:
    """Whether a nod can also be an answer ("Yes.", "Not really.")."""
    said = words(text)
    return 0 < len(said) <= 4 and all(word in _ANSWERS for word in said)


def takes_offer(text: str) -> bool:
    """Whether a turn only says yes to something ("Yes please, I'd like that.")."""
    said = words(text)
    return 0 < len(said) <= 8 and all(w in _TAKING for w in said) and not _TAKES.isdisjoint(said)


def is_greeting(text: str, name: str) -> bool:
    """Whether a turn only says hello, with or without the mentor's name."""
    said = [word for word in words(text) if word not in words(name)]
    return 0 < len(said) <= 8 and all(w in _GREETINGS for w in said) and bool(_HELLO & {*said})


def leans_on_what_was_said(text: str) -> bool:
    """Whether a turn asks for more with no subject of its own ("Why?", "What happened then?")."""
    said = words(text)
    return (
        0 < len(said) <= 12
        and all(w in _LEANING for w in said)
        and not (_ASKS_FOR_MORE.isdisjoint(said))
    )


def refers_back(text: str) -> bool:
    """Whether a short turn speaks of somebody or something named before ("Was he good?")."""
    said = words(text)
    return 0 < len(said) <= 9 and not _BACK.isdisjoint(said)


def looks_like_words(text: str) -> bool:
    """Whether one or two short tokens could be words: Latin letters, vowels, no long jumble."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalpha())
    if not letters.isascii() or len(letters) < 2:
        return any(c.isdigit() for c in text)
    tokens = [token for token in words(text) if len(token) > 1]
    jumble = any(re.search(r"[^aeiouy]{5}", token) for token in tokens)
    return bool(tokens) and not jumble and all(re.search(r"[aeiouy]", token) for token in tokens)
