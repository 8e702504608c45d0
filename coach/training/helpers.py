"""Helpers: linear heads learned from public corpora, whose scores our own heads look at.

Each reads the pair vector of an utterance and what it answers, frozen encoder, and says what its
corpus teaches (a reflection in counselling, taking up a pupil's words, advice, a commitment). Our
own labelled turns then decide what that is worth for the taxonomy's labels.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge

from coach.listening.encoder import Encoder, Floats
from coach.listening.features import pair_vector
from coach.training.data import read_json_lines

log = logging.getLogger(__name__)

MOST_ROWS = 2600
"""Rows taken of each corpus, drawn by the seed."""

_LONGEST = 400
_ROWS_PER_BATCH = 32


@dataclass(frozen=True)
class Pair:
    """An utterance, what it answers, and what its corpus says of it, by name: -1 to 1."""

    context: str
    text: str
    marks: dict[str, float]


@dataclass(frozen=True)
class Helpers:
    """Names, weights (helpers, 4 * width), biases, and held-out correlation with the labels."""

    names: list[str]
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    held_out: dict[str, float]


def mibot(corpora: Path) -> Iterator[Pair]:
    """Counselling: reflection, question, consistent and inconsistent other (silver labels)."""
    for path in sorted((corpora / "train" / "mibot").glob("*.json")):
        said = ""
        for row in json.loads(path.read_text(encoding="utf-8"))["utterances"]:
            if row["speaker"] == "client":
                said = row["text"]
            else:
                label = row["auto_misc_label"]
                marks = {f"mibot {name}": _sign(label == name) for name in ("R", "MICO", "MIIN")}
                yield Pair(said, row["text"], marks)


def uptake(corpora: Path) -> Iterator[Pair]:
    """Classrooms: how far the teacher takes up the pupil's words (experts' mean)."""
    for row in read_json_lines(corpora / "train" / "uptake" / "uptake-train.jsonl"):
        if row["uptake_zscore"]:
            mark = float(np.clip(float(row["uptake_zscore"]), -2, 2)) / 2
            yield Pair(row["student_text"], row["teacher_text"], {"uptake": mark})


def focusing(corpora: Path) -> Iterator[Pair]:
    """Classrooms: questions that open (focusing) against questions that lead (funnelling)."""
    path = corpora / "train" / "funneling-focusing" / "funneling-focusing.jsonl"
    for row in read_json_lines(path):
        if row["follow_up_unfiltered_zscore"]:
            mark = float(np.clip(float(row["follow_up_unfiltered_zscore"]), -2, 2)) / 2
            yield Pair(row["student_text"], row["teacher_text"], {"focusing": mark})


def advice(corpora: Path) -> Iterator[Pair]:
    """Reddit sentences that advise."""
    for name in ("needadvice_train.tsv", "askparents_train.tsv"):
        path = corpora / "train" / "advice" / name
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            columns = line.split("\t")
            if len(columns) > 3 and columns[1] in {"0", "1"}:
                text = columns[3].replace(" n’t", "n't").replace(" ’", "'").replace(" n't", "n't")
                yield Pair("", text, {"advice": _sign(columns[1] == "1")})


def email_intent(corpora: Path) -> Iterator[Pair]:
    """Sentences of e-mails that request or commit."""
    path = corpora / "train" / "email-intent" / "Ask0729-fixed.txt"
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        label, _, text = line.partition("\t")
        if label in {"Yes", "No"} and text:
            yield Pair("", text, {"intent": _sign(label == "Yes")})


def meetings(corpora: Path) -> Iterator[Pair]:
    """Meetings: who asks for an assessment, suggests, offers, comments on understanding."""
    acts = ("Elicit-Assessment", "Suggest", "Offer", "Comment-About-Understanding", "Assess")
    for row in read_json_lines(corpora / "train" / "ami-acts" / "valid.jsonl"):
        yield from _acts(row, acts)
    for row in read_json_lines(corpora / "train" / "ami-acts" / "train.jsonl"):
        yield from (pair for pair in _acts(row, acts) if _rare(pair))


def _acts(row: dict[str, Any], acts: Sequence[str]) -> Iterator[Pair]:
    said = ""
    for turn in row["turns"]:
        if len(turn["text"].split()) > 2:
            yield Pair(said, turn["text"], {f"ami {a}": _sign(turn["act"] == a) for a in acts})
        said = turn["text"]


def _rare(pair: Pair) -> bool:
    return pair.marks["ami Elicit-Assessment"] > 0 or pair.marks["ami Offer"] > 0


def camping(corpora: Path) -> Iterator[Pair]:
    """Negotiations: asking what the other needs, empathy, small talk."""
    acts = ("elicit-pref", "showing-empathy", "small-talk", "promote-coordination", "other-need")
    path = corpora / "train" / "casino" / "casino_train.json"
    for talk in json.loads(path.read_text(encoding="utf-8")):
        said = ""
        for text, labels in talk["annotations"]:
            found = {label.strip() for label in labels.split(",")}
            yield Pair(said, text, {f"casino {act}": _sign(act in found) for act in acts})
            said = text


def following(corpora: Path) -> Iterator[Pair]:
    """Chats: the reply that was given against one from elsewhere in the same chat."""
    path = corpora / "train" / "topical-chat" / "valid_freq.jsonl"
    for row in read_json_lines(path):
        texts = [turn["text"] for turn in row["turns"]]
        for at in range(1, len(texts) - 6, 4):
            yield Pair(texts[at - 1], texts[at], {"follows": 1.0})
            yield Pair(texts[at - 1], texts[at + 5], {"follows": -1.0})


SOURCES: tuple[Callable[[Path], Iterator[Pair]], ...] = (
    mibot,
    uptake,
    focusing,
    advice,
    email_intent,
    meetings,
    camping,
    following,
)


def _sign(true: bool) -> float:
    return 1.0 if true else -1.0


def train_helpers(encoder: Encoder, corpora: Path, *, seed: int) -> Helpers:
    """Train one helper per mark of each corpus.

    Raises:
        FileNotFoundError: a corpus is missing.
    """
    names: list[str] = []
    weights: list[Floats] = []
    biases: list[float] = []
    held_out: dict[str, float] = {}
    for source in SOURCES:
        rows = drawn(list(source(corpora)), seed)
        columns = _pair_vectors(encoder, rows)
        for name in rows[0].marks:
            marks = np.array([row.marks[name] for row in rows])
            weight, bias, correlation = _fit(columns, marks)
            names.append(name)
            weights.append(weight)
            biases.append(bias)
            held_out[name] = round(correlation, 3)
        log.info("%s: %s", source.__name__, {k: held_out[k] for k in rows[0].marks})
    return Helpers(names, np.stack(weights), np.array(biases, np.float32), held_out)


def drawn(rows: list[Pair], seed: int) -> list[Pair]:
    """A seeded draw of rows of usable length, at most `MOST_ROWS`."""
    rows = [row for row in rows if 3 < len(row.text) <= _LONGEST]
    random.Random(seed).shuffle(rows)
    return rows[:MOST_ROWS]


def _pair_vectors(encoder: Encoder, rows: Sequence[Pair]) -> Floats:
    texts = sorted({t for row in rows for t in (row.text, row.context[-_LONGEST:])}, key=len)
    vectors: dict[str, Floats] = {}
    for at in range(0, len(texts), _ROWS_PER_BATCH):
        batch = texts[at : at + _ROWS_PER_BATCH]
        vectors.update(zip(batch, encoder.encode(batch).vectors, strict=True))
    return np.stack(
        [pair_vector(vectors[row.text], vectors[row.context[-_LONGEST:]]) for row in rows]
    )


def _fit(columns: Floats, marks: NDArray[np.float64]) -> tuple[Floats, float, float]:
    """A ridge on the marks, its scores scaled to unit spread; correlation on a held-out fifth."""
    yes = max(1e-3, float((marks > 0).mean()))
    balance = np.where(marks > 0, 0.5 / yes, 0.5 / max(1e-3, 1 - yes))
    cut = len(marks) * 4 // 5

    def fit(end: int) -> Ridge:
        return Ridge(alpha=3.0).fit(columns[:end], marks[:end], sample_weight=balance[:end])

    correlation = float(np.corrcoef(fit(cut).predict(columns[cut:]), marks[cut:])[0, 1])
    whole = fit(len(marks))
    spread = float(whole.predict(columns).std()) + 1e-6
    weight = np.asarray(whole.coef_ / spread, np.float32)
    return weight, float(whole.intercept_ / spread), correlation
