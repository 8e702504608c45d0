"""A supervised run on public labels, for comparison with published work; its weights are dropped.

Nothing of it ships and nothing is chosen by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from coach.listening.reading import MOVES, Reading
from coach.training import measures
from coach.training.data import read_json_lines
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench, corpus

_FOLDS = 5


def annomi_supervised(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Counselling (AnnoMI dev), trained on it: four behaviours, five folds by video."""
    path = corpus(corpora, "eval", "annomi", "annomi-dev.jsonl")
    context = ""
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    for row in read_json_lines(path):
        if row["interlocutor"] == "client":
            context = row["utterance_text"]
            continue
        key = (row["transcript_id"], row["utterance_id"])
        said = (context, row["utterance_text"], row["main_therapist_behaviour"])
        rows.setdefault(key, said)
    videos = [video for video, _ in rows]
    kept = list(rows.values())
    gold = [behaviour for _, _, behaviour in kept]
    texts = [text for _, text, _ in kept]
    read = np.array([_row(bench.read(context, text)) for context, text, _ in kept])
    ours, plain = _folded(texts, read, gold, videos), _folded(texts, None, gold, videos)
    macro = measures.macro_f1
    name = "4 behaviours, supervised, macro F1"
    return [measured(name, macro, gold, ours, plain, "bag of words", videos)]


def _row(reading: Reading) -> list[float]:
    """A reading as log odds."""
    p = [
        *reading.question.p.values(),
        *reading.reflection.p.values(),
        reading.uptake,
        *(reading.moves[move] for move in MOVES),
    ]
    clipped = np.clip(p, 0.001, 0.999)
    return [float(value) for value in np.log(clipped / (1 - clipped)) / 3]


def _folded(
    texts: Sequence[str], read: Any | None, gold: Sequence[str], groups: Sequence[str]
) -> list[str]:
    """What each turn is taken for by a model that saw the other videos only."""
    found = np.empty(len(texts), dtype=object)
    folds = GroupKFold(_FOLDS)
    for seen, unseen in folds.split(texts, gold, groups):
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        columns = words.fit_transform([texts[at] for at in seen])
        others = words.transform([texts[at] for at in unseen])
        if read is not None:
            columns = hstack([columns, csr_matrix(read[seen])])
            others = hstack([others, csr_matrix(read[unseen])])
        model = LogisticRegression(C=4.0, max_iter=2000, class_weight="balanced")
        model.fit(columns, [gold[at] for at in seen])
        found[unseen] = model.predict(others)
    return [str(label) for label in found]
