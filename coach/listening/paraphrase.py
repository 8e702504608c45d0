"""Lays the key points of a context and the claims of a turn beside each other, as figures.

`point_figures` describe one key point against the turn, `claim_figures` one claim of the turn
against the context; the models that judge by them are in `coach.listening.pointing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from coach.listening.alignment import Antonyms, Hunk, Words, hunks, strange_amounts
from coach.listening.clashes import clashes
from coach.listening.encoder import Floats
from coach.listening.features import is_content
from coach.listening.overlap import copied_runs, own_words
from coach.listening.reading import Span
from coach.listening.utterance import Utterance
from coach.listening.words import FIRST_PERSON, NEGATION, ORDER

_SIDES = frozenset({"<you>", "<your>", "<yourself>"})

STATUSES = ("covered", "missed", "distorted")


@dataclass(frozen=True)
class Point:
    """A key point with its vector and words.

    ``span`` is its literal place in the context, if it has one; ``source`` the place in the
    context that it was taken from.
    """

    text: str
    span: Span | None
    source: Span
    vector: Floats
    words: Words


def points_of(context: Utterance) -> list[Point]:
    """Cut a context into key points: its clause-sized claims."""
    return [
        Point(
            context.text[start:end],
            (start, end),
            (start, end),
            context.vector_of((start, end)),
            Words.of((context.doc[i] for i in context.tokens_in((start, end))), context.words),
        )
        for start, end in context.claims
    ]


def given_point(given: Utterance, context: Utterance) -> Point:
    """A key point worded by the caller, with the claim of the context that it was taken from."""
    words = Words.of(given.doc, given.words)
    at = context.text.find(given.text) if given.text else -1
    span = (at, at + len(given.text)) if at >= 0 else None
    source = span or _source(given, words, context)
    return Point(given.text, span, source, given.vector, words)


def _source(given: Utterance, words: Words, context: Utterance) -> Span:
    best, most = (0, len(context.text)), -1.0
    for claim in context.claims or context.sentences:
        inside = Words.of((context.doc[i] for i in context.tokens_in(claim)), context.words)
        table = words.against(inside)
        shared = float(table.max(axis=1).mean()) if table.size else 0.0
        score = shared + float(given.vector @ context.vector_of(claim))
        if score > most:
            best, most = claim, score
    return best


class Beside:
    """A turn laid beside its context, with what all key points share worked out once."""

    def __init__(self, turn: Utterance, context: Utterance, antonyms: Antonyms) -> None:
        self.turn, self.context, self.antonyms = turn, context, antonyms
        self.mine = Words.of(turn.doc, turn.words)
        self.theirs = Words.of(context.doc, context.words)
        self.hunks, self.matched = hunks(self.theirs, self.mine)

    @cached_property
    def pieces(self) -> list[tuple[Span, Floats, Words]]:
        """The turn's claims and sentences with vectors and words."""
        spans = self.turn.pieces or ((0, len(self.turn.text)),)
        return [
            (
                span,
                self.turn.vector_of(span),
                Words.of((self.turn.doc[i] for i in self.turn.tokens_in(span)), self.turn.words),
            )
            for span in spans
        ]

    @cached_property
    def piece_table(self) -> Floats:
        """Vectors of the turn's pieces, (pieces, width)."""
        return np.stack([vector for _, vector, _ in self.pieces])

    @cached_property
    def whole(self) -> dict[str, float]:
        """Figures of the whole turn that every key point sees."""
        mine, theirs = self.turn.text, self.context.text
        copied = copied_runs(theirs, mine)
        return {
            "turn near": float(self.turn.vector @ self.context.vector),
            "turn copied": sum(end - start for start, end in copied) / max(1, len(mine)),
            "turn own": own_words(theirs, mine),
            "turn length": np.log1p(len(self.mine.tokens)) - np.log1p(len(self.theirs.tokens)),
            "turn matched": sum(self.matched) / max(1, len(self.matched)),
            "turn strange": float(strange_amounts(self.mine.values(), self.theirs.values())),
            "turn about me": _about_me(self.mine),
        }


def _about_me(mine: Words) -> float:
    """Share of the turn's persons that are the speaker, not the partner."""
    persons = [t.lower_ for t, key in zip(mine.tokens, mine.keys, strict=True) if key in _SIDES]
    return sum(word in FIRST_PERSON for word in persons) / max(1, len(persons))


def point_figures(point: Point, others: Sequence[Point], beside: Beside) -> dict[str, float]:
    """Named figures of one key point laid beside a turn.

    Args:
        point: the key point.
        others: all key points of the context, this one among them.
        beside: the turn and its context.
    """
    found = dict(beside.whole)
    near = beside.piece_table @ point.vector
    table = np.stack([other.vector for other in others]) @ beside.piece_table.T
    ranks = (table > near[None, :] + 1e-6).sum(axis=0)
    best = int(near.argmax())
    _, _, piece = beside.pieces[best]
    found["near whole"] = float(beside.turn.vector @ point.vector)
    found["near best"] = float(near[best])
    found["rank best"] = float(ranks[best]) / max(1, len(others))
    found["mine"] = float((ranks == 0).any())
    rivals = np.delete(table, _index(others, point), axis=0)
    found["margin"] = float((near - rivals.max(axis=0)).max()) if len(rivals) else 0.2
    found.update(_word_figures(point.words, beside.mine))
    found.update(_conflict(point.words, piece, beside))
    found.update(clashes(point.words, beside.mine))
    found.update(_near_copy(point, beside))
    return found


def _index(points: Sequence[Point], point: Point) -> int:
    return next(at for at, other in enumerate(points) if other is point)


def _word_figures(words: Words, mine: Words) -> dict[str, float]:
    content = [at for at, is_it in enumerate(words.content) if is_it]
    table = words.against(mine)
    if not content or not table.size:
        return {"kept": 0.0, "kept least": 0.0, "kept same": 0.0, "held": 0.0}
    best = table[content].max(axis=1)
    return {
        "kept": float(best.mean()),
        "kept least": float(best.min()),
        "kept same": float((best > 0.999).mean()),
        "kept near": float((best > 0.6).mean()),
        "held": float(table.max(axis=0).mean()),
    }


def _conflict(words: Words, piece: Words, beside: Beside) -> dict[str, float]:
    """What speaks against: denial on one side only, opposites, amounts, persons."""
    keys = set(words.keys)
    theirs = keys | set(beside.theirs.keys)
    opposite = beside.antonyms.between(keys - set(piece.keys), set(piece.keys) - theirs)
    loose = beside.antonyms.between(keys, set(beside.mine.keys) - theirs)
    amounts = words.values()
    clash = strange_amounts(piece.values(), beside.theirs.values())
    return {
        "denied": float((words.negations() > 0) != (piece.negations() > 0)),
        "denied once": float((words.negations() - piece.negations()) % 2),
        "denies more": float(piece.negations() > words.negations()),
        "denies less": float(piece.negations() < words.negations()),
        "opposite": float(bool(opposite)),
        "opposite loose": float(bool(loose)),
        "amount": float(clash > 0),
        "amount of point": float(clash > 0 and bool(amounts)),
        "amount lost": float(strange_amounts(amounts, beside.mine.values()) > 0),
        "person": float(_persons(words) != _persons(piece)),
    }


def _persons(words: Words) -> tuple[bool, bool]:
    subjects = {
        key
        for token, key in zip(words.tokens, words.keys, strict=True)
        if token.dep_.startswith("nsubj")
    }
    return ("<you>" in subjects, bool(subjects - {"<you>"}))


def _near_copy(point: Point, beside: Beside) -> dict[str, float]:
    """What a near copy changed where the key point was taken from."""
    start, end = point.source
    place = [at for at, token in enumerate(beside.theirs.tokens) if start <= token.idx < end]
    if not place:
        return {}
    inside = set(place)
    matched = sum(beside.matched[at] for at in place) / len(place)
    found = {"copied here": matched}
    for hunk in beside.hunks:
        touches = inside.intersection(hunk.theirs)
        lies_in = not hunk.theirs and hunk.held and _lies_in(hunk, beside, inside)
        if touches or lies_in:
            for name, value in _changes(hunk, touches, beside).items():
                found[name] = max(found.get(name, 0.0), value)
    for name in ("changed", "swapped in", "denial changed", "antonym changed", "only grammar"):
        if name in found:
            found[f"{name} in copy"] = found[name] * matched
    return found


def _lies_in(hunk: Hunk, beside: Beside, inside: set[int]) -> bool:
    """Whether words put in, with none taken out, stand between words of the key point."""
    if not hunk.mine:
        return False
    before = beside.mine.keys[hunk.mine[0] - 1] if hunk.mine[0] else ""
    return any(beside.theirs.keys[at] == before and beside.matched[at] for at in inside)


def _changes(hunk: Hunk, touched: set[int], beside: Beside) -> dict[str, float]:
    theirs, mine = beside.theirs, beside.mine
    out = [theirs.keys[at] for at in sorted(touched)]
    put = [mine.keys[at] for at in hunk.mine] if len(hunk.mine) <= 8 else []
    out_content = [at for at in sorted(touched) if theirs.content[at]]
    put_content = [at for at in hunk.mine if mine.content[at]] if put else []
    denial = sum(word in NEGATION for word in put) != sum(word in NEGATION for word in out)
    new = [at for at in put_content if mine.keys[at] not in theirs.keys]
    found = {
        "changed": float(bool(out and put)),
        "swapped in": float(bool(new)),
        "left out": float(bool(out_content) and not put),
        "denial changed": float(denial and bool(put or out)),
        "antonym changed": float(bool(beside.antonyms.between(out, put))),
        "order word changed": float(bool((set(out) ^ set(put)) & ORDER)),
        "only grammar": float(bool(put) and not put_content and not out_content),
        "moved": float(any(mine.keys[at] in theirs.keys for at in put_content)),
        "person changed": float(("<you>" in out) != ("<you>" in put) and bool(out) and bool(put)),
    }
    if out_content and put_content:
        table = theirs.vectors[out_content] @ mine.vectors[put_content].T
        found["replaced far"] = float(1.0 - table.max(axis=0).min())
        found["replaced near"] = float(table.max())
    return found


def claim_figures(span: Span, beside: Beside) -> dict[str, float]:
    """Named figures of one claim of the turn laid beside the whole context."""
    turn, context = beside.turn, beside.context
    vector = turn.vector_of(span)
    tokens = [turn.doc[i] for i in turn.tokens_in(span)]
    words = Words.of(tokens, turn.words)
    content = [at for at, is_it in enumerate(words.content) if is_it]
    table = words.against(beside.theirs)
    pieces = context.piece_vectors
    found = {
        "near": float(vector @ context.vector),
        "nearest": float((pieces @ vector).max()) if len(pieces) else 0.0,
        "turn near": beside.whole["turn near"],
        "words": float(np.log1p(len(content))),
        "asked": float(any(q.start < span[1] and q.end > span[0] for q in turn.questions)),
        "about me": float(any(t.lower_ in {"i", "my", "me", "we", "our"} for t in tokens)),
        "about you": float("<you>" in words.keys),
        "strange": float(strange_amounts(words.values(), beside.theirs.values())),
    }
    if content and table.size:
        best = table[content].max(axis=1)
        found["held"] = float(best.mean())
        found["held least"] = float(best.min())
        found["held same"] = float((best > 0.999).mean())
        found["held near"] = float((best > 0.6).mean())
        found["unheld"] = float((best < 0.5).sum())
    return found


def is_claim(span: Span, turn: Utterance) -> bool:
    """Whether a piece of a turn claims something of the partner: no question, no bare nod."""
    asked = any(
        min(q.end, span[1]) - max(q.start, span[0]) > (span[1] - span[0]) / 2
        for q in turn.questions
    )
    content = sum(is_content(turn.doc[i]) for i in turn.tokens_in(span))
    return not asked and content >= 2
