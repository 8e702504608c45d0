"""A supervised run on public labels, for comparison with published work; its weights are dropped.

Nothing of it ships and nothing is chosen by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from coach.listening.encoder import Floats
from coach.listening.reading import MOVES, Reading
from coach.training import measures
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench
from coach.training.suites_outer import Counselled, counselled

_FOLDS = 5
_DENSE = 0.05
"""How much a figure of the models weighs, in its usual spread, beside a word that is there."""


def annomi_supervised(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Counselling (AnnoMI dev), trained on it: four behaviours, five folds by video."""
    rows = counselled(corpora)
    videos = [row.video for row in rows]
    gold = [row.behaviour for row in rows]
    texts = [row.text for row in rows]
    ours, plain = (_folded(texts, known, gold, videos) for known in (_known(bench, rows), None))
    macro = measures.macro_f1
    name = "4 behaviours, supervised, macro F1"
    return [measured(name, macro, gold, ours, plain, "bag of words", videos)]


def _known(bench: Bench, rows: Sequence[Counselled]) -> Floats:
    """What the models make of each turn, (rows, figures).

    Its reading, what the net holds of the pair before its readouts, and the plain encoder's vectors
    of turn and context.
    """
    readout = bench.reader.pairs.net.by_whole
    held: list[Floats] = []
    hook = readout.register_forward_pre_hook(lambda _, given: held.append(given[0][0].numpy()))
    found = []
    for row in rows:
        held.clear()
        read = _row(bench.read(row.context, row.text))
        vectors = [bench.meaning.vector(text) for text in (row.text, row.context or ".")]
        # A turn may be read a second time, without its context, and what is no English not once.
        whole = held[0] if held else np.zeros(readout.in_features)
        found.append(np.concatenate([read, whole, *vectors]))
    hook.remove()
    return np.array(found)


def _row(reading: Reading) -> list[float]:
    """A reading as log odds."""
    p = [
        *reading.question.p.values(),
        *reading.reflection.p.values(),
        reading.uptake,
        *(reading.moves[move] for move in MOVES),
    ]
    clipped = np.clip(p, 0.001, 0.999)
    return [float(value) for value in np.log(clipped / (1 - clipped))]


def _folded(
    texts: Sequence[str], known: Floats | None, gold: Sequence[str], groups: Sequence[str]
) -> list[str]:
    """What each turn is taken for by a model that saw the other videos only."""
    found = np.empty(len(texts), dtype=object)
    folds = GroupKFold(_FOLDS)
    for seen, unseen in folds.split(texts, gold, groups):
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        columns = words.fit_transform([texts[at] for at in seen])
        others = words.transform([texts[at] for at in unseen])
        firm = 4.0
        if known is not None:
            scale, firm = StandardScaler().fit(known[seen]), 0.3
            columns = hstack([columns, csr_matrix(_DENSE * scale.transform(known[seen]))])
            others = hstack([others, csr_matrix(_DENSE * scale.transform(known[unseen]))])
        model = LogisticRegression(C=firm, max_iter=2000, class_weight="balanced")
        model.fit(columns, [gold[at] for at in seen])
        found[unseen] = model.predict(others)
    return [str(label) for label in found]
