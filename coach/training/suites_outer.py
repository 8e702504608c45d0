"""Suites on other people's talk: public corpora that are measured on and never taught."""

from __future__ import annotations

from pathlib import Path

from coach.errors import BadInput
from coach.training import measures
from coach.training.data import read_json_lines
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, majority, overlap, rule_kind


def annomi(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Expert-coded counselling (AnnoMI dev): questions and reflections, drawn by video."""
    path = _corpus(corpora, "annomi", "annomi-dev.jsonl")
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
    return [
        measured("question none/open/closed", macro, asked, kinds, ruled, "rules", videos),
        measured("reflection present, macro F1", macro, there, present, nothing, "none", videos),
        measured("reflection present, AUC", measures.auc, there, p, shared, "words", videos),
        measured("reflection kind", macro, handed, heard, majority(handed), "majority", videos),
    ]


def contextdep(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Interviews: does the host restate the guest (raters' votes, at least half say so)."""
    rows = list(read_json_lines(_corpus(corpora, "contextdep", "contextdep-dev.jsonl")))
    gold = [row["vote"][0] * 2 >= row["vote"][1] for row in rows]
    p = [1 - bench.read(row["guest"], row["host"]).reflection.p["none"] for row in rows]
    near = [bench.cosine(row["guest"], row["host"]) for row in rows]
    shared = [overlap(row["guest"], row["host"]) for row in rows]
    return [
        measured("restates, AUC", measures.auc, gold, p, near, "cosine"),
        measured("restates, AUC", measures.auc, gold, p, shared, "shared words"),
    ]


def apt(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Paraphrases with few shared words (APT): the score of one sentence against the other."""
    path = _corpus(corpora, "apt", "train")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines][::8]
    gold = [row[2] == "1" for row in rows]
    ours, near = [], []
    for one, two, _ in rows:
        there = bench.read(one, two, paraphrase=True).paraphrase
        ours.append(there.score if there is not None else 0)
        near.append(bench.cosine(one, two))
    shared = [overlap(row[0], row[1]) for row in rows]
    return [
        measured("paraphrase, AUC", measures.auc, gold, ours, near, "cosine"),
        measured("paraphrase, AUC", measures.auc, gold, ours, shared, "shared words"),
    ]


def _corpus(corpora: Path | None, folder: str, name: str) -> Path:
    if corpora is None:
        raise BadInput(f"The suite '{folder}' measures on a public corpus: name it with --corpora.")
    path = corpora / "eval" / folder / name
    if not path.is_file():
        raise BadInput(f"'{path}' is not there: --corpora takes the folder that holds 'eval'.")
    return path
