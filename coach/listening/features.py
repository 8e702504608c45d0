"""Named figures of a turn read against its context: questions, cues, overlap, tense, person.

What grammar and word lists say; the pair net sees them beside the words themselves.
"""

from __future__ import annotations

import math
from collections import Counter

from spacy.tokens import Doc, Token

from coach.listening import overlap
from coach.listening.utterance import Utterance
from coach.listening.words import (
    ADVISING,
    FIRST_PERSON,
    FUTURE,
    PLAIN_NEGATION,
    SECOND_PERSON,
    TOGETHER,
)

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})


def is_content(token: Token) -> bool:
    """Whether a token carries content rather than grammar."""
    return token.pos_ in _CONTENT and not token.is_punct and not token.is_space


def figures(turn: Utterance, context: Utterance) -> dict[str, float]:
    """Named figures of a turn against its context; absent names count as zero."""
    found: dict[str, float] = {}
    found.update(_asking(turn, "q"))
    found.update(_asking(context, "ctx q"))
    for cue in turn.cues:
        found[f"cue {cue.label}"] = min(3.0, found.get(f"cue {cue.label}", 0.0) + 1.0)
    for cue in context.cues:
        found[f"ctx cue {cue.label}"] = 1.0
    found.update(_manner(turn.doc))
    found.update(_overlap(turn, context))
    words = sum(not t.is_punct and not t.is_space for t in turn.doc)
    heard = sum(not t.is_punct and not t.is_space for t in context.doc)
    found["length"] = math.log1p(words)
    found["short"] = float(words <= 6)
    found["sentences"] = math.log1p(len(turn.sentences))
    found["ctx length"] = math.log1p(heard)
    found["ctx empty"] = float(heard == 0)
    found["longer"] = math.log1p(words) - math.log1p(heard)
    return found


def _asking(text: Utterance, name: str) -> dict[str, float]:
    questions = text.questions
    kinds = Counter(question.kind for question in questions)
    found = {
        f"{name} open": float(kinds["open"] > 0),
        f"{name} closed": float(kinds["closed"] > 0 and not kinds["open"]),
        f"{name} both": float(kinds["closed"] > 0 and kinds["open"] > 0),
        f"{name} none": float(not questions),
        f"{name} count": min(4.0, float(len(questions))),
        f"{name} mark": float("?" in text.text),
        f"{name} ends": float(text.text.rstrip().endswith("?")),
    }
    for question in questions:
        for flag in question.flags:
            found[f"{name} flag {flag}"] = 1.0
    if questions and text.text:
        asked = sum(question.end - question.start for question in questions)
        found[f"{name} share"] = asked / len(text.text)
        found[f"{name} last"] = questions[-1].end / len(text.text)
    return found


def _manner(doc: Doc) -> dict[str, float]:
    words = [token for token in doc if not token.is_punct and not token.is_space]
    count = max(1, len(words))
    found: Counter[str] = Counter()
    for token in words:
        low = token.lower_
        found["first"] += low in FIRST_PERSON
        found["second"] += low in SECOND_PERSON
        found["together"] += low in TOGETHER
        found["negation"] += low in PLAIN_NEGATION
        found["past"] += token.tag_ == "VBD"
        found["number"] += token.pos_ == "NUM"
        for child in token.children:
            if child.dep_ in {"nsubj", "nsubj:pass"} and child.lower_ in (
                FIRST_PERSON | SECOND_PERSON
            ):
                who = "i" if child.lower_ in FIRST_PERSON else "you"
                found[f"{who} {_tense(token)}"] += 1
    rates = {f"rate {name}": value / count for name, value in found.items()}
    some = {f"some {name}": float(value > 0) for name, value in found.items()}
    return rates | some | _openings(doc)


def _tense(verb: Token) -> str:
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "aux:pass"}}
    if helpers & FUTURE or verb.lower_ in {"gonna", "going"}:
        return "will"
    if helpers & ADVISING:
        return "should"
    if helpers & {"would", "'d", "could", "might", "may", "can"}:
        return "could"
    return "did" if verb.tag_ in {"VBD", "VBN"} else "do"


def _openings(doc: Doc) -> dict[str, float]:
    found: dict[str, float] = {}
    for sentence in doc.sents if doc.has_annotation("SENT_START") else ():
        root = sentence.root
        bare = root.tag_ == "VB" and not any(c.dep_.startswith("nsubj") for c in root.children)
        if bare and not any(c.dep_ == "aux" for c in root.children):
            found["order"] = 1.0
    return found


def _overlap(turn: Utterance, context: Utterance) -> dict[str, float]:
    mine, theirs = set(overlap.content_words(turn.text)), set(overlap.content_words(context.text))
    shared = len(mine & theirs)
    copied = overlap.copied_runs(context.text, turn.text)
    return {
        "taken": shared / max(1, len(theirs)),
        "from them": shared / max(1, len(mine)),
        "any taken": float(shared > 0),
        "copied": sum(end - start for start, end in copied) / max(1, len(turn.text)),
        "own words": overlap.own_words(context.text, turn.text),
        "concision": overlap.concision(context.text, turn.text),
    }
