"""Readers of labelled turns and paraphrases, and of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.paths import data_dir


@dataclass(frozen=True)
class LabelledTurn:
    """A turn with its gold labels, as ``data/labelled/turns`` holds them.

    ``points``: what became of pieces of the context, (start, end, status), where that was labelled.
    """

    id: str
    context: str
    text: str
    question: str
    flags: tuple[str, ...]
    reflection: str
    uptake: float
    moves: tuple[str, ...]
    style: str = "plain"
    points: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Attempt:
    """One attempt to hand a statement back; ``status`` per gold key point, rank 1 is best."""

    id: str
    kind: str
    rank: int
    text: str
    status: tuple[str, ...]
    added: bool


@dataclass(frozen=True)
class Statement:
    """A mentor's statement, its gold key points and attempts to hand it back."""

    id: str
    context: str
    key_points: tuple[str, ...]
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class HeardTurn:
    """A turn of a talk after a mentor's story, and what of it came back.

    ``status``: of each key point of the story; ``back``: whether whoever told it would feel heard:
    "well", "partly", "wrongly" or "none".
    """

    id: str
    context: str
    text: str
    key_points: tuple[str, ...]
    status: tuple[str, ...]
    back: str


LAPSES = ("sharp", "passes_by", "unanswered")
"""What a trainer would point out and no move names: words that land as a jab, something of weight
that goes by without a word, a question of the mentor's that is left open."""


@dataclass(frozen=True)
class LapseTurn:
    """A turn and its lapses, of `LAPSES`; ``words``: those that are sharp, where any are."""

    id: str
    context: str
    text: str
    lapses: tuple[str, ...]
    words: str = ""


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON-lines file.

    Raises:
        ValueError: a line is not JSON; names file and line.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from error


def labelled_turns(
    part: str, folder: Path | None = None, before: str | None = None
) -> list[LabelledTurn]:
    """Our own labelled turns.

    Args:
        part: "train", "test" or "unposed", the turns of talks that are measured on.
        folder: where they lie, if not in the project's data.
        before: only of files whose names sort before this one.
    """
    rows: list[LabelledTurn] = []
    for path in _files("turns", part, folder, before):
        for row in read_json_lines(path):
            rows.append(
                LabelledTurn(
                    id=row["id"],
                    context=row["context"],
                    text=row["text"],
                    question=row["question"]["kind"],
                    flags=tuple(row["question"]["flags"]),
                    reflection=row["reflection"],
                    uptake=float(row["uptake"]),
                    moves=tuple(row["moves"]),
                    style=row.get("style", "plain"),
                    points=tuple((a, b, status) for a, b, status in row.get("points", ())),
                )
            )
    return rows


def labelled_statements(
    part: str, folder: Path | None = None, before: str | None = None
) -> list[Statement]:
    """Our own statements with attempts; the arguments are those of `labelled_turns`."""
    rows: list[Statement] = []
    for path in _files("paraphrases", part, folder, before):
        for row in read_json_lines(path):
            attempts = tuple(
                Attempt(a["id"], a["kind"], a["rank"], a["text"], tuple(a["status"]), a["added"])
                for a in row["attempts"]
            )
            rows.append(Statement(row["id"], row["context"], tuple(row["key_points"]), attempts))
    return rows


def heard_turns(part: str, folder: Path | None = None) -> list[HeardTurn]:
    """Turns that hand back a mentor's story; ``part``: "train", "test", "fresh" or "short"."""
    return [
        HeardTurn(
            row["id"],
            row["context"],
            row["text"],
            tuple(row["key_points"]),
            tuple(row["status"]),
            row["back"],
        )
        for path in _files("talks", f"heard-{part}", folder, None)
        for row in read_json_lines(path)
    ]


def lapse_turns(part: str, folder: Path | None = None) -> list[LapseTurn]:
    """Turns with their lapses; ``part``: "train" or "test". Most stand among the labelled turns."""
    home = folder or data_dir() / "labelled"
    known = {
        row["id"]: row
        for kind in ("train-z", "next-")
        for path in _files("turns", kind, home, None)
        for row in read_json_lines(path)
    }
    return [
        LapseTurn(
            row["id"],
            said["context"],
            said["text"],
            tuple(row["lapses"]),
            row.get("words", ""),
        )
        for row in read_json_lines(home / "talks" / f"lapses-{part}.jsonl")
        for said in [row if "text" in row else known[row["id"]]]
    ]


def _files(kind: str, part: str, folder: Path | None, before: str | None) -> list[Path]:
    home = (folder or data_dir() / "labelled") / kind
    return [p for p in sorted(home.glob(f"{part}*.jsonl")) if before is None or p.stem < before]
