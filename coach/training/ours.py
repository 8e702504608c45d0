"""Our own attempts to paraphrase as training examples, and turns typed in a hurry."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from coach.listening.asides import handed_part
from coach.listening.meaning import Meaning
from coach.listening.overlap import content_words
from coach.listening.paraphrase import claims_of
from coach.listening.reading import Span
from coach.listening.utterance import Ear, Utterance
from coach.training.data import Statement
from coach.training.examples import Example, from_attempts, from_claims, from_points

AS_CUT = 0.5
"""How many attempts stand beside the claims as they are cut, where others stand beside points."""


@dataclass(frozen=True)
class Attempted:
    """An attempt beside the statement, and beside each of its key points.

    ``seen`` is the first with every claim of both sides, whether or not anybody said what became
    of it; its targets mean nothing.
    """

    rank: int
    beside: Example
    given: tuple[Example, ...]
    seen: Example


def attempts(statement: Statement, ear: Ear, meaning: Meaning) -> list[Attempted]:
    """All attempts at a statement."""
    context = ear.hear(statement.context)
    sources = _sources(statement, context, meaning)
    heard = {attempt.text: ear.hear(attempt.text) for attempt in statement.attempts}
    pairs = from_attempts(
        statement, context.claims, sources, lambda text: _handing_back(heard[text], context)
    )
    count = len(statement.key_points)
    return [
        Attempted(
            attempt.rank,
            next(pairs),
            tuple(islice(pairs, count)),
            _seen(context, heard[attempt.text], statement.id),
        )
        for attempt in statement.attempts
    ]


def beside_points_or_claims(
    statement: Statement, ear: Ear, meaning: Meaning, rng: random.Random
) -> Iterator[Example]:
    """Every attempt at a statement, by lot beside each key point or each claim as it is cut."""
    context = ear.hear(statement.context)
    sources = _sources(statement, context, meaning)
    for attempt in statement.attempts:
        if rng.random() < AS_CUT:
            yield from from_claims(statement, attempt, context.claims, sources)
        else:
            yield from from_points(statement, attempt)


def _sources(statement: Statement, context: Utterance, meaning: Meaning) -> list[Span]:
    """For each key point, the claim it was taken from."""
    return [_source(point, context.text, context.claims, meaning) for point in statement.key_points]


def _handing_back(turn: Utterance, context: Utterance) -> list[Span]:
    """The claims of a turn in what of it may hand something back: of others nobody said."""
    part = handed_part(turn, context)
    within = [(0, len(turn.text))] if part is None else part.pieces
    return [
        (start, end)
        for start, end in claims_of(turn)
        if any(a <= start and end <= b for a, b in within)
    ]


def _seen(context: Utterance, turn: Utterance, group: str) -> Example:
    points = tuple((span, 0) for span in context.claims)
    claims = tuple((span, 0.0) for span in claims_of(turn))
    return Example(context.text, turn.text, group, points=points, claims=claims)


def _source(point: str, context: str, claims: Sequence[Span], meaning: Meaning) -> Span:
    """The claim a key point was taken from: by meaning, and by the words they share."""
    vector, words = meaning.vector(point), set(content_words(point))
    near = []
    for start, end in claims:
        claim = context[start:end]
        theirs = set(content_words(claim))
        shared = len(words & theirs) / max(1, min(len(words), len(theirs)))
        near.append(float(meaning.vector(claim) @ vector) + shared)
    return claims[int(np.argmax(near))] if near else (0, len(context))


def roughened(example: Example, rng: random.Random) -> Example:
    """The same turn typed in a hurry: marks lost, letters swapped, doubled or dropped.

    Only for examples whose spans lie in the context: the turn's own would move.
    """
    text = example.text
    if rng.random() < 0.6:
        text = "".join(c for c in text if c not in ",.'’;:!" or rng.random() < 0.2)
    if rng.random() < 0.3:
        text = text.replace("?", "")
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) > 3 and rng.random() < 0.08:
            words[at] = _slip(word, rng)
    said = " ".join(words).strip() or example.text
    return Example(
        example.context, said, example.group, example.labels, example.points, (), example.weight
    )


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )
