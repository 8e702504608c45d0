"""What a mentor hears in turns of talks that answer a story, against what readers heard in them.

Nobody wrote these turns to hand something back well or badly: some 440 of them, typed to our
mentors' lines and in trial talks. The suite measures on every second one; by the others it was
chosen how a mentor listens (`coach.listening.felt_heard`, `coach.mentor.hearing`). Every turn after
a story in 24 talks that were held later is measured apart, as fresh: nothing was fitted to them,
but one bar was lowered after a look at eight of their turns. Turns of 3 to 12 words, typed to
single stories as people type who do not take much time, are halved as the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coach.listening.listener import Row
from coach.listening.reading import Reading
from coach.mentor.hearing import handed_back
from coach.training import measures
from coach.training.data import HeardTurn, heard_turns
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, overlap


def heard(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Whether mentors feel heard where readers say they were; what became of their points."""
    del corpora
    rows = read_half(bench, "test", odd=False)
    points = [
        (status, point.status, bench.cosine(point.text, turn.text))
        for turn, reading in rows
        if turn.status and reading.paraphrase is not None
        for status, point in zip(turn.status, reading.paraphrase.key_points, strict=True)
    ]
    kept = [status == "covered" for status, _, _ in points]
    named = [status == "covered" for _, status, _ in points]
    by_cosine = _most([near for _, _, near in points], sum(kept))
    true = [status != "distorted" for status, _, _ in points]
    straight = [status != "distorted" for _, status, _ in points]
    same, macro = measures.accuracy, measures.macro_f1
    return [
        _well("heard well, macro F1", rows),
        _well("heard well, fresh talks", read_turns(bench, "fresh")),
        _well("heard well, few words", read_half(bench, "short", odd=False)),
        measured("point kept, macro F1", macro, kept, named, by_cosine, "cosine"),
        measured("turned round or not", same, true, straight, [True] * len(true), "nothing is"),
    ]


def _well(name: str, rows: Sequence[tuple[HeardTurn, Reading]]) -> Figure:
    """Whether whoever told a story feels heard; the floor takes as many by the words they share."""
    well = [turn.back == "well" for turn, _ in rows]
    said = [handed_back(reading, turn.text, turn.context) == "well" for turn, reading in rows]
    by_words = _most([overlap(turn.context, turn.text) for turn, _ in rows], sum(well))
    return measured(name, measures.macro_f1, well, said, by_words, "shared words")


def read_half(bench: Bench, part: str, *, odd: bool) -> list[tuple[HeardTurn, Reading]]:
    """Every second turn of a part that two readers labelled, with its reading."""
    return _read(bench, heard_turns(part)[int(odd) :: 2])


def read_turns(bench: Bench, part: str) -> list[tuple[HeardTurn, Reading]]:
    """The turns of a part with their readings."""
    return _read(bench, heard_turns(part))


def _read(bench: Bench, turns: Sequence[HeardTurn]) -> list[tuple[HeardTurn, Reading]]:
    """Turns with their readings, as a talk reads them."""
    return [
        (
            turn,
            bench.reader.read(
                Row(context=turn.context, text=turn.text, key_points=turn.key_points or None)
            ),
        )
        for turn in turns
    ]


def _most(values: Sequence[float], count: int) -> list[bool]:
    """The ``count`` largest."""
    cut = sorted(values, reverse=True)[count]
    return [value > cut for value in values]
