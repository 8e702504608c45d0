"""What cards say of retellings in a talk: whether one that turns something round is seen there.

A reading names a point as turned round only where that is surely so, since hardly anybody who talks
turns round what they heard; a card also asks to check what may be (`coach.feedback.harms`). From
which chance on was chosen after a look at these attempts and turns; no weights were fitted to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coach.feedback.harms import AMOUNT_CHANGED, PARAPHRASE_DISTORTED, PARAPHRASE_DOUBTED
from coach.feedback.rules import write_card
from coach.listening.listener import Row
from coach.training import measures
from coach.training.data import heard_turns, labelled_statements
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench

_DOUBTS = {rule.skill for rule in (AMOUNT_CHANGED, PARAPHRASE_DISTORTED, PARAPHRASE_DOUBTED)}
_ATTEMPTS = ("stories", "talk", "far")
_TURNS = ("train", "test", "fresh", "short")
Said = tuple[str, str, tuple[str, ...]]
"""What was told, how it came back, and the key points of the one."""


def doubts(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Cards on retellings in talks: reversals named or put up for checking, true ones let be."""
    del corpora
    told_on = [
        turn for part in _TURNS for turn in heard_turns(part) if "distorted" not in turn.status
    ]
    turns = [(turn.context, turn.text, turn.key_points) for turn in told_on]
    return [
        _share("reversals doubted", bench, _attempts("opposite"), wanted=True),
        _share("faithful ones let be", bench, _attempts("accurate", "half"), wanted=False),
        _share("turns of talks let be", bench, turns, wanted=False),
    ]


def _attempts(*kinds: str) -> list[Said]:
    return [
        (statement.context, attempt.text, statement.key_points)
        for part in _ATTEMPTS
        for statement in labelled_statements(part)
        for attempt in statement.attempts
        if attempt.kind in kinds
    ]


def _share(name: str, bench: Bench, rows: list[Said], *, wanted: bool) -> Figure:
    """The share of cards that doubt as they should; the floor doubts nothing."""
    said = list(_doubted(bench, rows))
    gold, never = [wanted] * len(rows), [False] * len(rows)
    return measured(name, measures.accuracy, gold, said, never, "doubts nothing")


def _doubted(bench: Bench, rows: list[Said]) -> Iterator[bool]:
    for context, text, points in rows:
        reading = bench.reader.read(Row(context=context, text=text, key_points=points or None))
        card = write_card(context, text, reading)
        yield card.try_next is not None and card.try_next.skill in _DOUBTS
