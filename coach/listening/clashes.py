"""Where two clauses speak of the same thing and say different things of it.

Words of a key point are paired with their nearest words in the turn; a pair of verbs that takes
another subject, a denial on one side, another amount or another share is a clash. All by the
parse, so that it holds for rewordings and not only for near copies.
"""

from __future__ import annotations

import numpy as np
from spacy.tokens import Token

from coach.listening.alignment import Words, amounts
from coach.listening.words import FOLDED, PLAIN_NEGATION, SHARES

_NEAR = 0.55
_AS_NEAR = 0.05
_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass", "obl"})


def clashes(point: Words, mine: Words) -> dict[str, float]:
    """Named figures of the clashes between a key point and a turn.

    Each is the nearness (0 to 1) of the best pair of words that clashes so, 0 where none does.
    """
    table = point.against(mine)
    found: dict[str, float] = {}
    if not table.size:
        return found
    for at, token in enumerate(point.tokens):
        near = float(table[at].max())
        if not point.content[at] or near < _NEAR:
            continue
        # A word said twice clashes only where every one of its counterparts does.
        places = np.flatnonzero(table[at] >= near - _AS_NEAR)
        named = [set(_named(token, mine.tokens[place])) for place in places if mine.content[place]]
        for name in set.intersection(*named) if named else ():
            found[f"clash {name}"] = max(found.get(f"clash {name}", 0.0), near)
    return found


def _named(theirs: Token, mine: Token) -> list[str]:
    names: list[str] = []
    if _denied(theirs) != _denied(mine):
        names.append("denied")
    if theirs.pos_ in {"VERB", "ADJ"} and mine.pos_ in {"VERB", "ADJ"}:
        names += _roles(theirs, mine)
    shares = _share(theirs), _share(mine)
    if shares[0] is not None and shares[1] is not None and abs(shares[0] - shares[1]) >= 0.4:
        names.append("share")
    elif (shares[0] is None) != (shares[1] is None):
        names.append("share on one side")
    counts = _count(theirs), _count(mine)
    if counts[0] is not None and counts[1] is not None and counts[0] != counts[1]:
        names.append("amount")
    return names


def _denied(token: Token) -> bool:
    near = list(token.children)
    if token.dep_ in {"xcomp", "amod", "obj"}:
        near += [child for child in token.head.children if child.i < token.i]
    return sum(child.lower_ in PLAIN_NEGATION for child in near) % 2 == 1


def _roles(theirs: Token, mine: Token) -> list[str]:
    names: list[str] = []
    subjects = _filler(theirs, _SUBJECTS), _filler(mine, _SUBJECTS)
    objects = _filler(theirs, _OBJECTS), _filler(mine, _OBJECTS)
    if all(subjects) and subjects[0] != subjects[1]:
        you = "<you>" in subjects
        names.append("subject you" if you else "subject")
    if (subjects[0] and subjects[0] == objects[1]) or (subjects[1] and subjects[1] == objects[0]):
        names.append("roles")
    if all(objects) and objects[0] != objects[1]:
        names.append("object")
    return names


def _filler(verb: Token, roles: frozenset[str]) -> str:
    for child in verb.children:
        if child.dep_ in roles:
            return FOLDED.get(child.lower_, child.lemma_.lower() or child.lower_)
    return ""


def _share(token: Token) -> float | None:
    shares = [SHARES[child.lower_] for child in token.children if child.lower_ in SHARES]
    return min(shares) if shares else SHARES.get(token.lower_)


def _count(token: Token) -> float | None:
    for child in token.children:
        if child.dep_ == "nummod":
            values = amounts(child.text)
            return values[0] if values else None
    return None
