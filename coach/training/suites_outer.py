"""Suites on other people's talk: public corpora that are measured on and never taught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.listening.reading import PRESENT
from coach.training import measures
from coach.training.data import read_json_lines
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, corpus, majority, overlap, rule_kind


@dataclass(frozen=True)
class Counselled:
    """A counsellor's turn with its labels, and what the client had said before it."""

    video: str
    context: str
    text: str
    question: str
    reflection: str
    behaviour: str


def counselled(corpora: Path | None) -> list[Counselled]:
    """The turns of AnnoMI dev; of one that several annotators read, the first's labels."""
    path = corpus(corpora, "eval", "annomi", "annomi-dev.jsonl")
    video = said = ""
    rows: dict[tuple[str, str], Counselled] = {}
    for row in read_json_lines(path):
        if row["transcript_id"] != video:
            video, said = row["transcript_id"], ""
        if row["interlocutor"] == "client":
            said = row["utterance_text"]
            continue
        turn = Counselled(
            video=video,
            context=said,
            text=row["utterance_text"],
            question=_subtype(row, "question"),
            reflection=_subtype(row, "reflection"),
            behaviour=row["main_therapist_behaviour"],
        )
        rows.setdefault((video, row["utterance_id"]), turn)
    return list(rows.values())


def _subtype(row: Mapping[str, str], kind: str) -> str:
    return row[f"{kind}_subtype"] if row[f"{kind}_exists"] == "True" else "none"


def annomi(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Expert-coded counselling (AnnoMI dev): questions and reflections, drawn by video."""
    rows = counselled(corpora)
    videos = [row.video for row in rows]
    readings = [bench.read(row.context, row.text) for row in rows]
    asked, handed = [row.question for row in rows], [row.reflection for row in rows]
    kinds = [r.question.kind for r in readings]
    ruled = [rule_kind(bench, row.text) for row in rows]
    there = [label != "none" for label in handed]
    heard = [r.reflection.kind for r in readings]
    p = [1 - r.reflection.p["none"] for r in readings]
    shared = [overlap(row.context, row.text) for row in rows]
    present = [kind != "none" for kind in heard]
    nothing = [False] * len(there)
    macro = measures.macro_f1
    asks = [kind != "none" for kind in asked]
    said_asks = [kind != "none" for kind in kinds]
    marked = ["?" in row.text for row in rows]
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
