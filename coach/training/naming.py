"""Chooses how the statuses of given key points are named, and writes it into ``models/listening``.

Run as ``python -m coach.training.naming`` (`coach.training.listening` does it at its end). The
weights stay as they are: the reader reads the statements kept out of training, and public pairs
beside them so that it holds for talk unlike ours; a softmax over `point_figures` is fitted, and the
lean towards a twist that names most statuses of our own rightly.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from coach.listening.encoder import Floats
from coach.listening.features import figures
from coach.listening.model_folder import load_folder
from coach.listening.pair_net import STATUSES
from coach.listening.paraphrase import claims_of
from coach.listening.pipeline import load_pipeline
from coach.listening.reader import Given, Reader, judged
from coach.listening.utterance import Ear
from coach.listening.weighing import Naming, named
from coach.paths import models_dir
from coach.training.data import Statement
from coach.training.entailment import entailment
from coach.training.examples import kept_out
from coach.training.store import write_config
from coach.training.worth import LEANS

Labels = NDArray[np.int64]
"""Indices of `STATUSES`."""

UNNAMED: dict[str, Any] = {"lines": [[0.0] * 12 for _ in STATUSES], "lean": 1.0}
"""What a model has before this: nothing is likelier than anything else."""
_PUBLIC = 1600
_HOLD = 0.3
"""How freely the lines may leave zero (the C of a logistic regression)."""


def name_statuses(
    folder: Path, corpora: Path, statements: Sequence[Statement], *, seed: int = 7
) -> Naming:
    """Fit on rows kept out of training and write it into the folder's config.

    Args:
        folder: a listening model; ``english`` lies beside it.
        corpora: the folder that holds ``train``.
        statements: those among which the ones kept out of training teach.
        seed: of the draw of public pairs.
    """
    config, _ = load_folder(folder)
    reader = Reader(folder, Ear(load_pipeline(folder.parent / "english")))
    ours, gold = _together(_kept(reader, statements))
    public, labels = _together(_pairs(reader, corpora, seed))
    naming = fit(np.vstack([ours, public]), np.concatenate([gold, labels]), len(ours))
    written = {"lines": naming.lines.round(5).tolist(), "lean": naming.lean}
    write_config(folder, config | {"naming": written})
    return naming


def fit(rows: Floats, gold: Labels, ours: int) -> Naming:
    """The lines that make the statuses likeliest, and the best lean for the first ``ours`` rows."""
    found = make_pipeline(StandardScaler(), LogisticRegression(C=_HOLD, max_iter=3000))
    found.fit(rows, gold)
    scaler, line = found[0], found[1]
    slopes = line.coef_ / scaler.scale_
    constant = line.intercept_ - slopes @ scaler.mean_
    lines = np.column_stack([constant, slopes])

    def right(lean: float) -> float:
        said = named(Naming(lines, lean).likely(rows[:ours]), lean)
        return float(f1_score(gold[:ours], said, average="macro"))

    return Naming(lines, max(LEANS, key=right))


def _kept(reader: Reader, statements: Sequence[Statement]) -> Iterator[tuple[Given, list[int]]]:
    for statement in statements:
        if kept_out(statement.id):
            for one in statement.attempts:
                seen = _look(reader, statement.context, one.text, statement.key_points)
                yield seen, [STATUSES.index(status) for status in one.status]


def _pairs(reader: Reader, corpora: Path, seed: int) -> Iterator[tuple[Given, list[int]]]:
    pairs = [one for one in entailment(corpora, seed=seed) if one.points]
    for one in random.Random(seed).sample(pairs, _PUBLIC):
        yield _look(reader, one.context, one.text, (one.context,)), [one.points[0][1]]


def _look(reader: Reader, said: str, attempt: str, points: tuple[str, ...]) -> Given:
    turn, context = reader.ear.hear(attempt), reader.ear.hear(said)
    known = figures(turn, context)
    pair = reader.pairs.read(context.text, turn, context.claims, claims_of(turn), known)
    return reader.given(points, turn, context, judged(pair))


def _together(rows: Iterator[tuple[Given, list[int]]]) -> tuple[Floats, Labels]:
    seen, statuses = zip(*rows, strict=True)
    return np.vstack([one.figures for one in seen]), np.concatenate(statuses)


def main(argv: list[str] | None = None) -> int:
    """Name anew for the model that ships."""
    from coach.training.listening import VERSION, usual_rows

    parser = argparse.ArgumentParser(description=__doc__)
    corpora = os.environ.get("COACH_CORPORA")
    parser.add_argument("--corpora", type=Path, default=corpora, required=corpora is None)
    options = parser.parse_args(argv)
    folder = models_dir() / "listening"
    naming = name_statuses(folder, options.corpora, usual_rows().statements)
    config, _ = load_folder(folder)
    write_config(folder, config | {"version": VERSION})
    print(f"lean {naming.lean}", *naming.lines.round(3).tolist(), sep="\n")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
