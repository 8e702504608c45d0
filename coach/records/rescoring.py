"""Reads kept talks again, with the models of today, and tells what moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.listening.listener import Listener, Row
from coach.listening.reading import Reading
from coach.records.store import RecordStore

SMALL = 0.1
"""Uptake that moved by less is not told."""
SMALL_SCORE = 10
"""The same for a paraphrase's score."""


@dataclass(frozen=True)
class Moved:
    """A turn whose reading changed: where, under which models, and what, in plain words."""

    talk: int
    turn: int
    number: int
    text: str
    before: str
    after: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Rescored:
    """A turn read again; ``moved`` is None where nothing to speak of changed."""

    turn: int
    reading: Reading
    moved: Moved | None


def rescore(store: RecordStore, listener: Listener, talks: Sequence[int]) -> Iterator[Rescored]:
    """Read every scored turn of some talks again, in order; nothing is stored."""
    for talk in talks:
        turns = store.turns(talk)
        said = {turn.id: turn.reply or {} for turn in turns} | {None: store.talk(talk).opening}
        for turn in turns:
            if turn.reading is None:
                continue
            points = tuple(said[turn.parent].get("key_points", ())) or None
            row = Row(context=turn.context, text=turn.text, key_points=points)
            (reading,) = listener.read_rows([row])
            changes = tuple(changes_between(turn.reading, reading))
            moved = Moved(
                talk,
                turn.id,
                turn.number,
                turn.text,
                turn.reading.model,
                reading.model,
                changes,
            )
            yield Rescored(turn.id, reading, moved if changes else None)


def changes_between(before: Reading, after: Reading) -> Iterator[str]:
    """What moved from one reading of a turn to another, each in a few words."""
    pairs = (
        ("question", before.question.kind, after.question.kind),
        ("reflection", before.reflection.kind, after.reflection.kind),
        ("judged", "yes" if before.judged else "no", "yes" if after.judged else "no"),
    )
    for name, was, now in pairs:
        if was != now:
            yield f"{name} {was} -> {now}"
    yield from _gained_and_lost("flag", before.question.flags, after.question.flags)
    yield from _gained_and_lost("move", before.present(), after.present())
    if abs(before.uptake - after.uptake) >= SMALL:
        yield f"uptake {before.uptake:.2f} -> {after.uptake:.2f}"
    scores = [r.paraphrase.score if r.paraphrase is not None else None for r in (before, after)]
    was_score, now_score = scores
    if was_score is None or now_score is None:
        if was_score is not now_score:
            shown = ["none" if score is None else str(score) for score in scores]
            yield f"paraphrase {shown[0]} -> {shown[1]}"
    elif abs(was_score - now_score) >= SMALL_SCORE:
        yield f"paraphrase {was_score} -> {now_score}"


def _gained_and_lost(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    yield from (f"{name} {label} gained" for label in after if label not in before)
    yield from (f"{name} {label} lost" for label in before if label not in after)
