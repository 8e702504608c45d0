"""Suites on public pairs of sentences and summaries: is one faithful to the other."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np

from coach.listening.listener import Row
from coach.training import measures
from coach.training.data import read_json_lines
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, corpus, overlap

_SAMPLE = 900
_STATUS = {"ENTAILMENT": "covered", "NEUTRAL": "missed", "CONTRADICTION": "distorted"}


def apt(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Paraphrases with few shared words (APT): the score of one sentence against the other."""
    path = corpus(corpora, "eval", "apt", "train")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines][::8]
    gold = [row[2] == "1" for row in rows]
    ours = [_score(bench, one, two) for one, two, _ in rows]
    near = [bench.cosine(one, two) for one, two, _ in rows]
    shared = [overlap(one, two) for one, two, _ in rows]
    return [
        measured("paraphrase, AUC", measures.auc, gold, ours, near, "cosine"),
        measured("paraphrase, AUC", measures.auc, gold, ours, shared, "shared words"),
    ]


def stsb(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Likeness of sentences (STS-B dev): the score both ways. Likeness is not faithfulness."""
    path = corpus(corpora, "eval", "stsb", "sts-dev.csv")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = random.Random(7).sample([row for row in rows if len(row) > 6], _SAMPLE // 2)
    gold = [float(row[4]) for row in rows]
    ours = [_score(bench, row[5], row[6]) + _score(bench, row[6], row[5]) for row in rows]
    near = [bench.cosine(row[5], row[6]) for row in rows]
    return [measured("likeness, rank correlation", measures.spearman, gold, ours, near, "cosine")]


def sick(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Corrected SICK: sentence B as the one key point of sentence A."""
    path = corpus(corpora, "eval", "sick", "SICK_whole_corpus_reannotated.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines, delimiter="\t") if r["SemEval_set"] == "TEST"]
    rows = random.Random(7).sample(rows, _SAMPLE)
    gold = [_STATUS[row["entailment_label"]] for row in rows]
    said = [_statuses(bench, row["sentence_B"], row["sentence_A"])[0] for row in rows]
    near = [bench.cosine(row["sentence_A"], row["sentence_B"]) for row in rows]
    by_cosine = ["covered" if value > 0.85 else "missed" for value in near]
    return [measured("status, macro F1", measures.macro_f1, gold, said, by_cosine, "cosine")]


def dialsummeval(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Rated summaries of chats: consistency against the share of the summary the chat supports."""
    rows = list(read_json_lines(corpus(corpora, "eval", "dialsummeval", "human_judgment.jsonl")))
    rows = random.Random(7).sample(rows, _SAMPLE // 3)
    gold = [float(np.mean([a["consistency"] for a in row["annotations"]])) for row in rows]
    ours, shared = [], []
    for row in rows:
        chat = row["dialogue"].replace("|", "\n").strip()
        ours.append(_held(bench, row["summary"], chat))
        shared.append(overlap(row["summary"], chat))
    args = ("consistency, rank correlation", measures.spearman, gold, ours, shared)
    return [measured(*args, "shared words", [row["id"] for row in rows])]


def summedits(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Summaries of sales calls and mails with one edit: is the edited one told from the true."""
    import json

    rows = []
    for name in ("call", "email"):
        path = corpus(corpora, "train", "summedits", f"summedits_sales_{name}.json")
        rows += json.loads(path.read_text(encoding="utf-8"))
    rows = random.Random(7).sample(rows, _SAMPLE // 3)
    gold = [row["label"] == 1 for row in rows]
    ours = [_held(bench, row["summary"], row["doc"]) for row in rows]
    near = [bench.cosine(row["summary"], row["doc"]) for row in rows]
    return [measured("faithful, AUC", measures.auc, gold, ours, near, "cosine")]


def _score(bench: Bench, said: str, attempt: str) -> float:
    there = bench.read(said, attempt, paraphrase=True).paraphrase
    return float(there.score) if there is not None else 0.0


def _statuses(bench: Bench, claim: str, text: str) -> list[str]:
    row = Row(context=claim, text=text, task="paraphrase", key_points=(claim,))
    there = bench.reader.read(row).paraphrase
    return [point.status for point in there.key_points] if there is not None else ["missed"]


def _held(bench: Bench, summary: str, source: str) -> float:
    """How far a longer text says what each sentence of a summary claims, 0 to 1."""
    sentences = bench.ear.hear(summary).sentences
    points = tuple(summary[start:end] for start, end in sentences) or (summary,)
    there = bench.reader.read(
        Row(context=summary, text=source, task="paraphrase", key_points=points)
    ).paraphrase
    if there is None:
        return 0.0
    values = [
        point.p if point.status == "covered" else -point.p if point.status == "distorted" else 0.0
        for point in there.key_points
    ]
    return float(np.mean(values))
