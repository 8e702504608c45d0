"""Finds where questions begin in one stretch of a turn, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from coach.listening import question_phrases as phrases
from coach.listening import question_words as words
from coach.listening.question_grammar import Anchor, Kind, asking_word, clause_start
from coach.listening.question_inversion import inversion
from coach.listening.question_units import Unit, bare, plain


def anchors(unit: Unit, before: str) -> list[Anchor]:
    """Find where questions begin in a stretch; empty where it asks nothing."""
    body = bare(unit.text)
    if not body or (len(body) < 120 and phrases.RHETORICAL.fullmatch(body)):
        return []
    found = _invitations(unit)
    taken = {i for a in found for i in range(a.index, a.until)}
    for i in range(unit.start, unit.end):
        anchor = None if i in taken else asking_word(unit, i) or inversion(unit, i)
        if anchor is not None:
            found.append(anchor)
            taken.update(range(anchor.index, anchor.until))
    if not found:
        if unit.marked or _tagged(unit) or phrases.CHECK_VERB_FIRST.search(unit.text):
            return _by_mark(unit, body, before)
        return []
    asked = [a for a in found if not _told(unit, a.index, before) and not _rhetorical(unit, a)]
    return _merged(unit, sorted(asked, key=lambda a: a.index)) if asked else []


def _tagged(unit: Unit) -> bool:
    """Whether a tag stands without its question mark: "that helped, didn't it"."""
    found = phrases.PUSHING_TAG.search(unit.text.rstrip(" .!"))
    return found is not None and "n't" in found.group() and not found.group().startswith("n't")


def _told(unit: Unit, index: int, before: str) -> bool:
    """Whether the question at a token is quoted or put to oneself rather than to the partner."""
    doc = unit.doc
    head = before[-160:] + unit.text[: unit.at(index)]
    quotes = sum(1 for t in doc[max(0, index - 80) : index] if t.text in {'"', "“", "”"})
    if quotes % 2 and any(t.is_alpha for t in doc[: max(0, _opening_quote(doc, index))]):
        return True
    intro = head[-120:]
    if phrases.REALLY_ASKED.search(intro):
        return False
    found = phrases.REPORTED.search(intro)
    if found is None:
        return False
    joined = found.group().rstrip()
    return joined.endswith((",", ":", '"', "“", "'")) or "self" in joined or " like" in joined


def _opening_quote(doc: Doc, index: int) -> int:
    return next((i for i in range(index - 1, -1, -1) if doc[i].text in {'"', "“"}), 0)


def _rhetorical(unit: Unit, anchor: Anchor) -> bool:
    rest = bare(unit.text[unit.at(anchor.index) :])
    return len(rest) < 80 and phrases.RHETORICAL.fullmatch(rest) is not None


def _merged(unit: Unit, anchors: list[Anchor]) -> list[Anchor]:
    """Fold what is one question into one: either-or, a checking tag, "…, and why?"."""
    out = [anchors[0]]
    for anchor in anchors[1:]:
        previous = out[-1]
        joint = unit.doc[anchor.index - 1].lower_
        rest = unit.text[unit.at(anchor.index) :]
        # "What's next?" is more than an added "and why?": its verb counts.
        words_left = len(bare(rest).replace("'", " ").split())
        if _is_check(unit, anchor) or rest.startswith("do you think"):
            continue
        if _is_preface(unit, previous, anchor):
            out[-1] = replace(anchor, index=previous.index, flags=previous.flags + anchor.flags)
            continue
        if joint == "or" and anchor.kind == "closed":
            continue
        if anchor.kind == "open" and (joint == "or" or words_left <= 2):
            out[-1] = replace(previous, kind="open", rule=f"{previous.rule}, then {anchor.rule}")
        else:
            out.append(anchor)
    return out


def _is_preface(unit: Unit, first: Anchor, second: Anchor) -> bool:
    """Whether an invitation only leads up to the question: "tell me honestly, was I too blunt?"."""
    between = unit.doc[first.until : second.index]
    invites = first.rule.startswith(("asks for an account", "a wish"))
    return (
        invites
        and len(between) <= 3
        and all(
            t.is_punct or t.pos_ in {"ADV", "INTJ"} or t.lower_ in {"me", "please"} for t in between
        )
    )


def _is_check(unit: Unit, anchor: Anchor) -> bool:
    found = phrases.CHECKS.search(unit.text) or phrases.PUSHING_TAG.search(unit.text)
    return (
        found is not None
        and found.end() > found.start()
        and (unit.at(anchor.index) >= found.start())
    )


def _invitations(unit: Unit) -> list[Anchor]:
    """Requests for an account: as a modal question, a command, or a wish."""
    out: list[Anchor] = []
    for pattern, rule in (
        (phrases.INVITATION, "asks for an account: '{}'"),
        (phrases.WISH, "a wish that asks: '{}'"),
        (phrases.VIEW, "asks for a view: '{}'"),
    ):
        for match in pattern.finditer(unit.text):
            if pattern is phrases.VIEW and not _view_asked(unit, match):
                continue
            out.append(_invitation(unit, match, rule))
    out += _wondering(unit)
    out += _commands(unit)
    return _without_overlap(out)


def _commands(unit: Unit) -> Iterator[Anchor]:
    """Find "tell me how …", "walk me through it" as commands."""
    for i in range(unit.start, unit.end):
        place = unit.at(i)
        match = phrases.COMMAND.match(unit.text, place)
        if match is None or phrases.NO_COMMAND.match(unit.text, match.start("ask")):
            continue
        if clause_start(unit, i) or _bare_command(unit, unit.token(match.start("ask"))):
            yield _invitation(unit, match, "asks for an account: '{}'")


def _bare_command(unit: Unit, index: int) -> bool:
    """Whether "tell me more" starts afresh inside unpunctuated words, without a subject or "to"."""
    doc, token = unit.doc, unit.doc[index]
    if token.lower_ not in {"tell", "say", "walk", "talk"} or index == unit.start:
        return False
    before = doc[index - 1]
    if before.pos_ in {"AUX", "PART", "CCONJ"} or before.lower_ in words.SUBJECT_PRONOUNS:
        return before.lower_ == "that" and token.tag_ == "VB"
    free = not any(c.dep_.startswith(("nsubj", "aux", "mark")) for c in token.children)
    return free and token.tag_ in {"VB", "VBP"} and not before.dep_.startswith("nsubj")


def _view_asked(unit: Unit, match: re.Match[str]) -> bool:
    if match.group().startswith("any"):
        start = unit.token(match.start())
        return unit.marked and clause_start(unit, start)
    return unit.marked or clause_start(unit, unit.token(match.start()))


def _invitation(unit: Unit, match: re.Match[str], rule: str) -> Anchor:
    start, until = unit.token(match.start()), unit.token(match.end())
    closed = phrases.EMBEDDED_CLOSED.match(unit.text, match.end())
    said = " ".join(match.group().split()[:6])
    if closed and not phrases.TELLING.match(unit.text, match.end()):
        return Anchor(start, until, "closed", f"{rule.format(said)} '{closed['embedded']}'")
    return Anchor(start, until, "open", rule.format(said))


def _wondering(unit: Unit) -> Iterator[Anchor]:
    """Find "I wonder how that felt": it asks, unless it is oneself one wonders about."""
    for match in phrases.WONDER.finditer(unit.text):
        rest = unit.text[match.end() : match.end() + 60].split()
        own = any(word in {"i", "i'm", "i'd", "i've", "i'll"} for word in rest[:3])
        about = any(word.startswith("you") or word == "u" for word in rest)
        if own and "you" not in " ".join(rest):
            continue
        first = rest[0].strip(",") if rest else ""
        if first not in words.WH_WORDS | {"if", "whether"} and not unit.marked:
            continue
        if first in {"if", "whether"} and not (about or unit.marked):
            continue
        yield _invitation(unit, match, "a wish that asks: '{}'")


def _without_overlap(anchors: list[Anchor]) -> list[Anchor]:
    out: list[Anchor] = []
    for anchor in sorted(anchors, key=lambda a: (a.index, -a.until)):
        if not out or anchor.index >= out[-1].until:
            out.append(anchor)
    return out


def _by_mark(unit: Unit, body: str, before: str) -> list[Anchor]:
    """Read a stretch that ends in a question mark but has no question's grammar."""
    first = next(
        (i for i in range(unit.start, unit.end) if unit.doc[i].is_alpha or unit.doc[i].like_num),
        unit.start,
    )
    if phrases.CHECK_WORD.fullmatch(body) and before.strip() and _about_partner(unit):
        return [Anchor(first, unit.end, "closed", "checks what was just said")]
    if len(body) < 60 and phrases.BACKCHANNEL.fullmatch(body + " "):
        return []
    if phrases.CLARIFYING_FRAGMENT.fullmatch(body):
        return [Anchor(first, unit.end, "closed", "asks to hear it again", ("clarifying",))]
    if phrases.OPEN_FRAGMENT.fullmatch(body):
        return [Anchor(first, unit.end, "open", f"asks for more: '{body[:40]}'")]
    if _told(unit, unit.end - 1, before) or _quoted_whole(unit):
        return []
    if phrases.ECHO.fullmatch(body):
        return [Anchor(first, unit.end, "closed", "asks to hear it again", ("clarifying",))]
    if phrases.FILLER_TAG.search(unit.text):
        return []
    softened = phrases.SOFTENERS.search(unit.text) and not phrases.ALLOWED.search(unit.text)
    if softened and _about_oneself(unit):
        return []
    if phrases.CHECKS.search(unit.text):
        return [Anchor(first, unit.end, "closed", "a checking tag on a statement")]
    gap = phrases.LAST_WH.search(unit.text)
    if gap is not None:
        kind: Kind = "open" if gap["open"] else "closed"
        return [Anchor(first, unit.end, kind, f"ends with '{bare(gap.group())}'")]
    return [Anchor(first, unit.end, "closed", "a statement with a question mark")]


def _quoted_whole(unit: Unit) -> bool:
    """Whether the stretch is a quotation inside a longer turn."""
    quotes = [t.i for t in unit.doc[unit.start : unit.end] if t.text in {'"', "“", "”"}]
    return bool(quotes) and unit.doc[quotes[0]].i > unit.start and quotes[-1] >= unit.end - 2


def _about_partner(unit: Unit) -> bool:
    """Whether the sentence before a lone "Right?" is about the partner."""
    before = unit.doc[max(0, unit.start - 30) : unit.start]
    return any(plain(t.text) in {"you", "your", "you're", "yours", "u"} for t in before)


def _about_oneself(unit: Unit) -> bool:
    """Whether the statement before a softening tag is about the speaker."""
    for token in unit.doc[unit.start : unit.end]:
        if token.dep_.startswith("nsubj"):
            return token.lower_ in {"i", "we"} or any(
                child.lower_ in {"my", "our"} for child in token.children
            )
    return False
