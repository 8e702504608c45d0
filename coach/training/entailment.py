"""Public entailment pairs as examples: does a text say, leave open or deny a claim.

The claim stands as the context, its whole span one key point; the text that may say it stands as
the turn. Entailed is covered, neutral missed, contradicted distorted.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.listening.pair_net import STATUSES
from coach.training.data import read_json_lines
from coach.training.examples import Example

_STATUS = {
    "entailment": "covered",
    "neutral": "missed",
    "contradiction": "distorted",
    "paraphrase": "covered",
}
_LONGEST = 320
Row = tuple[str, str, str]
"""Text, claim, label."""


@dataclass(frozen=True)
class Source:
    """Files of one corpus, how a row of them is read, and how many rows are drawn."""

    folder: str
    files: tuple[str, ...]
    read: Callable[[Path], Iterator[Row]]
    most: int


def _json(text: str, claim: str) -> Callable[[Path], Iterator[Row]]:
    def read(path: Path) -> Iterator[Row]:
        for row in read_json_lines(path):
            yield row[text], row[claim], row["label" if "label" in row else "gold_label"]

    return read


def _table(text: str, claim: str, label: str, comma: str = "\t") -> Callable[[Path], Iterator[Row]]:
    def read(path: Path) -> Iterator[Row]:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in _rows(lines, comma):
                yield row[text] or "", row[claim] or "", row[label] or ""

    return read


def _rows(lines: Iterable[str], comma: str) -> Iterator[dict[str, str]]:
    if comma == ",":
        return iter(csv.DictReader(lines))
    return iter(csv.DictReader(lines, delimiter=comma, quoting=csv.QUOTE_NONE))


_PROTOCOLS = _table("sentence1", "sentence2", "gold_label")
_COMMA = _table("sentence1", "sentence2", "gold_label", ",")

SOURCES = (
    Source(
        "entailment-new-protocols",
        tuple(f"{kind}-train.tsv" for kind in ("base", "contrast", "edit_premise", "edit_other")),
        _PROTOCOLS,
        9000,
    ),
    Source("snli", ("snli-dev.jsonl",), _json("premise", "hypothesis"), 4000),
    Source("counterfactual-nli", ("train.tsv",), _PROTOCOLS, 4000),
    Source(
        "scone",
        ("train-no_negation.csv", "train-one_not_scoped.csv", "train-one_scoped.csv"),
        _COMMA,
        2000,
    ),
    Source("breaking-nli", ("data.jsonl",), _json("sentence1", "sentence2"), 3000),
    Source("med", ("MED.tsv",), _PROTOCOLS, 1500),
    Source("taxinli", ("taxinli10k.tsv",), _table("prem", "hyp", "label"), 6000),
    Source("mnli-dev", ("matched.jsonl",), _json("premise", "hypothesis"), 9000),
    Source(
        "semi-automatic-nli",
        ("base-wiki-train.jsonl", "sim-wiki-train.jsonl"),
        _json("premise", "hypothesis"),
        3000,
    ),
    Source("conjnli", ("dev.jsonl",), _json("premise", "hypothesis"), 600),
    Source("role-swap", ("role-swap.jsonl",), _json("premise", "hypothesis"), 1500),
    Source("fever-symmetric", ("dev.jsonl",), _json("premise", "hypothesis"), 700),
    Source("e2e-pairs", ("one-value-changed.jsonl",), _json("text_a", "text_b"), 1000),
    Source("perspectrum", ("paraphrase.jsonl",), _json("text_a", "text_b"), 1500),
)


def entailment(corpora: Path, *, seed: int, share: float = 1.0) -> list[Example]:
    """A seeded draw of entailment pairs.

    Args:
        corpora: the folder that holds ``train``.
        seed: of the draw.
        share: how much of each source's usual number to draw.

    Raises:
        FileNotFoundError: a corpus is missing.
    """
    found: list[Example] = []
    for source in SOURCES:
        folder = corpora / "train" / source.folder
        rows = [row for name in source.files for row in source.read(folder / name)]
        rows = sorted({row for row in rows if row[2] in _STATUS and len(row[0]) <= _LONGEST})
        random.Random(seed).shuffle(rows)
        for text, claim, label in rows[: int(source.most * share)]:
            said, point = text.strip(), claim.strip()
            if said and point:
                status = STATUSES.index(_STATUS[label])
                points = (((0, len(point)), status),)
                found.append(Example(point, said, source.folder, points=points, weight=0.5))
    return found
