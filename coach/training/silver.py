"""Public conversations as examples: labels made by others, or by machine, for other purposes.

Most teach a readout of their own that is thrown away after training, so that the shared layers
learn to see what they are about. Where a corpus means what our taxonomy means, it teaches that
label itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from coach.training.data import read_json_lines
from coach.training.examples import Example, kept_out

_LONGEST = 600
_AMI_ACTS = ("Elicit-Assessment", "Suggest", "Offer", "Comment-About-Understanding", "Assess")
_CASINO = ("elicit-pref", "showing-empathy", "small-talk", "promote-coordination", "other-need")


def mibot(corpora: Path) -> Iterator[Example]:
    """Counselling, its labels by machine: a counsellor's volley reflects if one sentence does."""
    for path in sorted((corpora / "train" / "mibot").glob("*.json")):
        said = ""
        rows = json.loads(path.read_text(encoding="utf-8"))["utterances"]
        for speaker, run in groupby(rows, key=lambda row: row["speaker"]):
            sentences = list(run)
            if speaker == "client":
                said = " ".join(row["text"] for row in sentences)
                continue
            yield _volley(said, sentences, path.stem)
            if len(sentences) > 1:
                # Counsellors of flesh and blood are briefer; one sentence of a volley is a turn.
                yield from (_volley(said, [row], path.stem) for row in sentences)


def _volley(said: str, sentences: Sequence[dict[str, Any]], group: str) -> Example:
    kinds = {row["auto_misc_label"] for row in sentences}
    labels = {
        "reflects": float("R" in kinds),
        "silver asks": float("Q" in kinds),
        "silver mico": float("MICO" in kinds),
        "silver miin": float("MIIN" in kinds),
    }
    text = " ".join(row["text"] for row in sentences)
    return Example(said, text, f"mibot {group}", labels, weight=0.4)


def uptake(corpora: Path) -> Iterator[Example]:
    """Classrooms: how far the teacher takes up the pupil's words (experts' mean)."""
    for row in read_json_lines(corpora / "train" / "uptake" / "uptake-train.jsonl"):
        if row["uptake_zscore"]:
            mark = 0.5 + float(np.clip(float(row["uptake_zscore"]), -2, 2)) / 4
            group = f"lesson {row['obs_id']}"
            yield Example(
                row["student_text"], row["teacher_text"], group, {"uptake": mark}, weight=2.0
            )


def focusing(corpora: Path) -> Iterator[Example]:
    """Classrooms: questions that open (focusing) against questions that lead (funnelling)."""
    path = corpora / "train" / "funneling-focusing" / "funneling-focusing.jsonl"
    for row in read_json_lines(path):
        if row["follow_up_unfiltered_zscore"]:
            mark = 0.5 + float(np.clip(float(row["follow_up_unfiltered_zscore"]), -2, 2)) / 4
            labels = {"silver focusing": mark}
            group = f"lesson {row['obs_id']}"
            yield Example(row["student_text"], row["teacher_text"], group, labels)


def advice(corpora: Path) -> Iterator[Example]:
    """Reddit sentences that advise."""
    for name in ("needadvice_train.tsv", "askparents_train.tsv"):
        path = corpora / "train" / "advice" / name
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            columns = line.split("\t")
            if len(columns) > 3 and columns[1] in {"0", "1"}:
                text = columns[3].replace(" n’t", "n't").replace(" ’", "'").replace(" n't", "n't")
                yield Example("", text, "advice", {"silver advice": float(columns[1])}, weight=0.5)


def email_intent(corpora: Path) -> Iterator[Example]:
    """Sentences of e-mails that request or commit."""
    path = corpora / "train" / "email-intent" / "Ask0729-fixed.txt"
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        label, _, text = line.partition("\t")
        if label in {"Yes", "No"} and text:
            labels = {"silver intent": float(label == "Yes")}
            yield Example("", text, "e-mail", labels, weight=0.5)


def meetings(corpora: Path) -> Iterator[Example]:
    """Meetings: who asks for an assessment, suggests, offers, comments on understanding."""
    for name in ("valid.jsonl", "train.jsonl"):
        for row in read_json_lines(corpora / "train" / "ami-acts" / name):
            said = ""
            for turn in row["turns"]:
                acts = {f"silver {act}": float(turn["act"] == act) for act in _AMI_ACTS}
                if len(turn["text"].split()) > 2 and (name == "valid.jsonl" or any(acts.values())):
                    yield Example(said, turn["text"], "meetings", acts, weight=0.4)
                said = turn["text"]


def camping(corpora: Path) -> Iterator[Example]:
    """Negotiations: asking what the other needs, empathy, small talk."""
    path = corpora / "train" / "casino" / "casino_train.json"
    for talk in json.loads(path.read_text(encoding="utf-8")):
        said = ""
        for text, annotation in talk["annotations"]:
            found = {label.strip() for label in annotation.split(",")}
            labels = {f"silver {act}": float(act in found) for act in _CASINO}
            yield Example(said, text, "camping", labels, weight=0.4)
            said = text


def following(corpora: Path) -> Iterator[Example]:
    """Chats and lessons: the reply that was given against one from elsewhere in the same talk."""
    path = corpora / "train" / "topical-chat" / "valid_freq.jsonl"
    for row in read_json_lines(path):
        texts = [turn["text"] for turn in row["turns"]]
        yield from _next(texts, "chat")
    lessons: dict[str, list[tuple[str, str]]] = {}
    for row in read_json_lines(corpora / "train" / "uptake" / "uptake-train.jsonl"):
        lessons.setdefault(row["obs_id"], []).append((row["student_text"], row["teacher_text"]))
    for lesson, pairs in sorted(lessons.items()):
        for at, (pupil, teacher) in enumerate(pairs):
            group = f"lesson {lesson}"
            yield Example(pupil, teacher, group, {"silver follows": 1.0}, weight=0.5)
            other = pairs[(at + max(1, len(pairs) // 2)) % len(pairs)][1]
            if other != teacher:
                yield Example(pupil, other, group, {"silver follows": 0.0}, weight=0.5)


def _next(texts: Sequence[str], group: str) -> Iterator[Example]:
    for at in range(1, len(texts) - 6, 4):
        yield Example(texts[at - 1], texts[at], group, {"silver follows": 1.0}, weight=0.4)
        yield Example(texts[at - 1], texts[at + 5], group, {"silver follows": 0.0}, weight=0.4)


SOURCES: tuple[tuple[Callable[[Path], Iterator[Example]], int], ...] = (
    (mibot, 6000),
    (uptake, 2000),
    (focusing, 1400),
    (advice, 2500),
    (email_intent, 2500),
    (meetings, 5000),
    (camping, 3000),
    (following, 4000),
)
"""Each corpus, and how many examples are drawn of it."""


def silver(corpora: Path, *, seed: int, share: float = 1.0) -> list[Example]:
    """A seeded draw of public conversations, without the lessons that are kept out.

    Raises:
        FileNotFoundError: a corpus is missing.
    """
    found: list[Example] = []
    for source, most in SOURCES:
        rows = [row for row in source(corpora) if 3 < len(row.text) <= _LONGEST]
        rows = [row for row in rows if not (row.group.startswith("lesson") and kept_out(row.group))]
        random.Random(seed).shuffle(rows)
        found += rows[: int(most * share)]
    return found
