"""Suites on other people's talk: public corpora that are measured on and never taught."""

from __future__ import annotations

from pathlib import Path

from coach.listening.reading import PRESENT
from coach.training import measures
from coach.training.data import read_json_lines
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, corpus, majority, overlap, rule_kind


def annomi(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Expert-coded counselling (AnnoMI dev): questions and reflections, drawn by video."""
    path = corpus(corpora, "eval", "annomi", "annomi-dev.jsonl")
    said = ""
    rows: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for row in read_json_lines(path):
        if row["interlocutor"] == "client":
            said = row["utterance_text"]
            continue
        question = row["question_subtype"] if row["question_exists"] == "True" else "none"
        reflects = row["reflection_subtype"] if row["reflection_exists"] == "True" else "none"
        key = (row["transcript_id"], row["utterance_id"])
        rows.setdefault(key, (said, row["utterance_text"], question, reflects))
    videos = [video for video, _ in rows]
    kept = list(rows.values())
    readings = [bench.read(context, text) for context, text, _, _ in kept]
    asked, handed = [row[2] for row in kept], [row[3] for row in kept]
    kinds = [r.question.kind for r in readings]
    ruled = [rule_kind(bench, row[1]) for row in kept]
    there = [label != "none" for label in handed]
    heard = [r.reflection.kind for r in readings]
    p = [1 - r.reflection.p["none"] for r in readings]
    shared = [overlap(row[0], row[1]) for row in kept]
    present = [kind != "none" for kind in heard]
    nothing = [False] * len(there)
    macro = measures.macro_f1
    asks = [kind != "none" for kind in asked]
    said_asks = [kind != "none" for kind in kinds]
    marked = ["?" in row[1] for row in kept]
    return [
        measured("question present, macro F1", macro, asks, said_asks, marked, "? rule", videos),
        measured("question none/open/closed", macro, asked, kinds, ruled, "rules", videos),
        measured("reflection present, macro F1", macro, there, present, nothing, "none", videos),
        measured("reflection present, AUC", measures.auc, there, p, shared, "words", videos),
        measured("reflection kind", macro, handed, heard, majority(handed), "majority", videos),
    ]


def contextdep(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Interviews: does the host restate the guest (raters' votes, at least half say so)."""
    rows = list(read_json_lines(corpus(corpora, "eval", "contextdep", "contextdep-dev.jsonl")))
    gold = [row["vote"][0] * 2 >= row["vote"][1] for row in rows]
    p = [1 - bench.read(row["guest"], row["host"]).reflection.p["none"] for row in rows]
    said, always = [value >= PRESENT for value in p], [True] * len(p)
    near = [bench.cosine(row["guest"], row["host"]) for row in rows]
    shared = [overlap(row["guest"], row["host"]) for row in rows]
    return [
        measured("restates, AUC", measures.auc, gold, p, near, "cosine"),
        measured("restates, AUC", measures.auc, gold, p, shared, "shared words"),
        measured("restates, F1", measures.f1, gold, said, always, "always"),
    ]
