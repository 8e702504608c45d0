"""An amount, a time or a day that comes back other than it was told; no models.

"Forty minutes" for "four minutes" is what a listener can hear for certain, and what the models,
which read for the sense, pass over. Said beside the same words and of the same kind, one number for
another is worth a word, and no turn with it is praised as true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from coach.feedback.checking import put_up_for_checking
from coach.feedback.quotes import clauses, sentences, stems
from coach.listening.reading import Span
from coach.listening.words import UNITS, VALUES, words

_MINUTES = {
    **{"minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1440, "week": 10080},
    **{"fortnight": 20160, "month": 43800, "year": 525600, "yr": 525600},
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NO_AMOUNT = words(
    "once twice one double doubled half halved quarter both couple pair single triple first second"
    " third fourth fifth sixth"
)
"""Words that count, and as often only talk: "at first", "one of them", "half of me"."""
_WORDS = "|".join(sorted((w for w in VALUES if w not in _NO_AMOUNT), key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}(?:[, ]\d{{3}})+|\d+(?:\.\d+)?|(?:{_WORDS})\b)"
_TIMES = "|".join(u for u in UNITS if not u.startswith("decade"))
_HUNDREDS = rf"(?:{_TIMES})\b(?: and(?= {_NUMBER}))?"
_ABOUT = "about|around|nearly|almost|over|under|roughly|some|than|near|close on|best part of"
_HALF = r"[ -]and[ -](?:a|one)[ -](?:half|quarter)\b"
_AMOUNT = re.compile(
    rf"(?P<about>\b(?:{_ABOUT}) )?(?<![\d.])(?P<coin>[£$€] ?|(?<![^\W_])['’])?(?<![^\W_])"
    rf"(?P<number>(?:{_NUMBER}|an? {_HUNDREDS}|one(?={_HALF}))"
    rf"(?:[ -](?:{_HUNDREDS}|{_NUMBER}|one\b))*)(?!['’\w])(?P<more>{_HALF})?"
    r"(?:(?P<share> ?%| per ?cent\b)"
    rf"|(?P<rest>(?:(?!{_HALF})[ -][^\W\d_]+){{0,2}})(?P<late>{_HALF})?)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:in|since|until|till|during|from|by|before|after|of|the|that) $", re.IGNORECASE
)
_MONEY = words("pounds pound quid euros euro dollars dollar")
_OLD = re.compile(r"[ -]years?[ -]old\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(
    rf"\b(?P<part>half|quarter|{_NUMBER})(?: minutes?)? (?P<side>past|to) (?P<hour>{_NUMBER})\b"
    r"|\b(?P<h>\d{1,2})[:.](?P<m>[0-5]\d)\b(?! ?(?:%|per))"
    r"|\b(?P<at>\d{1,2}) ?(?:am|pm|o['’]clock)\b",
    re.IGNORECASE,
)
_NAMES = ("day", "month")
_VERBS = ("march", "may", "august")
_NAMED = re.compile(
    rf"\b(?:{'|'.join(name for name in (*_DAYS, *_MONTHS) if name not in _VERBS)})\b"
    r"|\b(?-i:March|August)\b(?! (?:in|out|on|off|up|down|over|back|right|straight)(?:to)?\b)"
    rf"|(?:(?<=\bin )|(?<=\blast )|(?<=\bsince )|(?<=\buntil )|(?<=\bof ))(?:{'|'.join(_VERBS)})\b",
    re.IGNORECASE,
)
"""Days and months; "you had to march in" and "May I" name none."""
_OF_ONESELF = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|me|we|our)\b", re.IGNORECASE)
_LEAST = 3
"""Fewer are as often no amount at all: "the two of you"."""
_ROUND = 0.16
"""Who says "about" may be so far off."""
_ROUGHLY = 0.1
"""So far off is "two months" for eight weeks."""


@dataclass(frozen=True)
class Amount:
    """``kind`` says what it counts, ``value`` how many; ``near``: what else its clause says."""

    kind: str
    value: float
    span: Span
    near: frozenset[str]
    about: bool = False


def changed_amount(context: str, text: str) -> tuple[Span, Span] | None:
    """An amount of the turn's that is another in what it answers: its span, and the other's.

    What is asked is no recap, nor what is said of oneself, unless it is put up for checking: the
    story may be about the learner. What adds up or is put roundly is not wrong.
    """
    checked = put_up_for_checking(text) is not None
    told = list(_amounts(context, context))
    values = {one.value for one in told if one.kind not in _NAMES}
    sums = {v for a, b in combinations(values, 2) for v in (a + b, abs(a - b), a * b)}
    for start, end in sentences(text):
        said = text[start:end]
        if said.endswith("?") or (_OF_ONESELF.search(said) and not checked):
            continue
        for mine in _amounts(said, context):
            adds_up = mine.value in sums and mine.kind not in _NAMES
            theirs = None if adds_up else _instead(mine, told)
            if theirs is not None:
                return (start + mine.span[0], start + mine.span[1]), theirs.span
    return None


def _instead(mine: Amount, told: Sequence[Amount]) -> Amount | None:
    """What was told instead: of the same kind, about the same thing; None where it is as told."""
    if any(_alike(mine, one) for one in told):
        return None
    near = 2 if mine.kind == "number" else 1
    alike = (one for one in told if one.kind == mine.kind and len(one.near & mine.near) >= near)
    counted = mine.value >= _LEAST or mine.kind in (*_NAMES, "clock")
    return next(alike, None) if counted else None


def _alike(mine: Amount, other: Amount) -> bool:
    if mine.kind != other.kind:
        # "Forty" and "forty sheep", "six" and "six o'clock" may be the same, and ewes are sheep.
        return mine.value == other.value
    off = _ROUND if mine.about or other.about else _ROUGHLY if mine.kind == "time" else 0.0
    return abs(mine.value - other.value) <= off * max(mine.value, other.value)


def _amounts(text: str, context: str) -> Iterator[Amount]:
    for start, end in clauses(text):
        said = text[start:end]
        near = frozenset(stems(said) & stems(context)) - _COUNTING
        taken: list[Span] = []
        for match in _CLOCK.finditer(said):
            value = _on_the_clock(match)
            if value is not None:
                taken.append(match.span())
                yield Amount("clock", value, _at(start, match), near)
        for match in _NAMED.finditer(said):
            name = match.group().lower()
            kind, names = ("day", _DAYS) if name in _DAYS else ("month", _MONTHS)
            yield Amount(kind, float(names.index(name)), _at(start, match), near)
        for match in _AMOUNT.finditer(said):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                yield _counted(match, start, near)


def _at(start: int, match: re.Match[str]) -> Span:
    return start + match.start(), start + match.end()


def _on_the_clock(match: re.Match[str]) -> float | None:
    """Minutes after twelve; None where it is no time of day."""
    if match["hour"] is None:
        hour, minutes = int(match["h"] or match["at"]), int(match["m"] or 0)
        return float((hour % 12) * 60 + minutes) if hour <= 24 else None
    hour = int(_value(match["hour"]))
    if not 1 <= hour <= 12:
        return None
    part = {"half": 30.0, "quarter": 15.0}.get(match["part"].lower()) or _value(match["part"])
    return ((hour % 12) * 60 + (part if match["side"].lower() == "past" else -part)) % 720


def _counted(match: re.Match[str], start: int, near: frozenset[str]) -> Amount:
    value = _value(match["number"] + (match["more"] or match["late"] or ""))
    coin = (match["coin"] or "").strip()
    rest = match["rest"] or ""
    after = [(word.group().lower(), word.end()) for word in _LETTERS.finditer(rest)]
    units = ((word.removesuffix("s"), end) for word, end in after)
    unit, ends = next(((word, end) for word, end in units if word in _MINUTES), (None, 0))
    thing = stems(after[0][0]) if after else set()
    first, last = match.start("number"), match.end("more" if match["more"] else "number")
    kind = f"of {min(thing)}" if thing else "number"
    of_time = unit is not None and ends == after[0][1]
    if not of_time and _is_year(match, counts=bool(thing) or unit is not None):
        kind, value = "year", value % 100
    elif unit is not None:
        kind, value = "age" if _OLD.match(rest) else "time", value * _MINUTES[unit]
        last = match.end("late") if match["late"] else match.start("rest") + ends
    elif match["share"]:
        kind = "share"
    elif coin in ("£", "$", "€") or (rest.startswith(" ") and after[0][0] in _MONEY):
        kind = "money"
    return Amount(kind, value, (start + first, start + last), near, match["about"] is not None)


def _is_year(match: re.Match[str], *, counts: bool) -> bool:
    """Whether it is one: "The farm had 1950 sheep" counts sheep, "In 1950 Evan left" does not."""
    if not match["number"].isdigit() or match["coin"] not in (None, "'", "’"):
        return False
    if match["coin"]:
        return True
    at = match.start()
    dated = _DATED.search(match.string, max(0, at - 10), at) is not None
    return 1900 <= int(match["number"]) < 2100 and not match["share"] and (dated or not counts)


def _value(number: str) -> float:
    """What a number in words or digits comes to: "two hundred and forty", "2,140"."""
    total = run = 0.0
    number = re.sub(r"(?<=\d)[, ](?=\d{3})", "", number.lower())
    for word in re.split(r"[ -]", number):
        if word in UNITS:
            run = (run or 1.0) * UNITS[word]
            if UNITS[word] >= 1000:
                total, run = total + run, 0.0
        elif word not in ("a", "an", "and"):
            run += float(word) if word[0].isdigit() else VALUES[word]
    return total + run


_COUNTING = frozenset().union(*(stems(w) for w in (*VALUES, *UNITS, *_MINUTES, *_DAYS, *_MONTHS)))
"""What is near by itself to any amount."""
