"""Decides how key points are named and attempts are scored, and writes it to ``models/listening``.

Run as ``python -m coach.training.deciding`` (`coach.training.listening` does it at its end). The
weights stay as they are: the reader reads the statements kept out of training. The net of the score
is fitted to the ranks of their attempts, with key points and without. For the statuses public pairs
stand beside them, so that it holds for talk unlike ours; a softmax over `point_figures` is fitted,
and of the leans towards a twist that name statuses of our own as well as the best the least is
taken. Turns of talks have another of their own, from 593 of them and the same statements.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from coach.listening.encoder import Floats
from coach.listening.model_folder import load_folder
from coach.listening.pair_net import STATUSES
from coach.listening.pipeline import load_pipeline
from coach.listening.point_reader import PointsRead
from coach.listening.reader import Reader
from coach.listening.utterance import Ear
from coach.listening.weighing import Naming, named
from coach.paths import models_dir
from coach.training.data import Statement, heard_turns
from coach.training.entailment import entailment
from coach.training.examples import kept_out
from coach.training.store import write_config
from coach.training.worth import LEANS, SIGNS, TARGETS, Trained, train_rising

Labels = NDArray[np.int64]
"""Indices of `STATUSES`."""

_NOTHING = {"lines": [[0.0] * 12 for _ in STATUSES], "lean": 1.0}
_UNSCORED = Trained(["coverage"], *(np.zeros(shape) for shape in ((1, 1), 1, (1, 1), 1)))
UNDECIDED: dict[str, Any] = {
    "naming": _NOTHING,
    "naming in talk": _NOTHING,
    "score": _UNSCORED.written(),
}
"""What a model has before this: nothing is likelier than anything else, or worth more."""
_LEANS_IN_TALK = (0.1, 0.25, 0.5, 1.0)
_PUBLIC = 1600
_AT_ONCE = 32
"""Attempts that a worker takes at a time."""
_HOLD = 0.3
"""How freely the lines may leave zero (the C of a logistic regression)."""
_AS_GOOD = 0.002
"""How far below the best a lean may stay, by macro F1 or share right."""


def decide(
    folder: Path, corpora: Path, statements: Sequence[Statement], *, seed: int = 7
) -> dict[str, Naming]:
    """Fit the score, and names for graded attempts and for turns of talks; write all of it.

    Args:
        folder: a listening model; ``english`` lies beside it.
        corpora: the folder that holds ``train``.
        statements: those among which the ones kept out of training teach.
        seed: of the draw of public pairs, and of the score's net.

    Returns:
        The names; with the score they stand in the folder's config.
    """
    config, _ = load_folder(folder)
    kept = [one for one in statements if kept_out(one.id)]
    tried, pairs, told = [*_graded(kept)], [*_pairs(corpora, seed)], [*_heard()]
    as_cut = [replace(one, points=None) for one in tried]
    ready = iter(_see(folder, [*tried, *as_cut, *pairs, *told]))
    attempts, cut, public_ones, heard = (
        [*islice(ready, len(some))] for some in (tried, as_cut, pairs, told)
    )
    ours, gold = _together(attempts, tried)
    wanted = [TARGETS[one.rank] for statement in kept for one in statement.attempts]
    summaries = [one.summary for one in (*attempts, *cut)]
    score = train_rising(summaries, [*wanted, *wanted], SIGNS, seed=seed)
    public, labels = _together(public_ones, pairs)
    graded = fit(np.vstack([ours, public]), np.concatenate([gold, labels]), len(ours))
    talks, statuses = _together(heard, told)
    every, labels = np.vstack([talks, ours]), np.concatenate([statuses, gold])
    in_talk = fit(every, labels, len(talks), _LEANS_IN_TALK, accuracy_score)
    namings = {"naming": graded, "naming in talk": in_talk}
    written = {
        name: {"lines": naming.lines.round(5).tolist(), "lean": naming.lean}
        for name, naming in namings.items()
    }
    write_config(folder, config | written | {"score": score.written()})
    return namings


def _macro(gold: Labels, said: Sequence[int]) -> float:
    return float(f1_score(gold, said, average="macro"))


def fit(
    rows: Floats,
    gold: Labels,
    ours: int,
    leans: Sequence[float] = LEANS,
    right: Callable[[Labels, Sequence[int]], float] = _macro,
) -> Naming:
    """The lines that make the statuses likeliest, and the best lean for the first ``ours`` rows.

    Of leans that are as good as the best the least: a twist that was none is the worst mark.
    """
    found = make_pipeline(StandardScaler(), LogisticRegression(C=_HOLD, max_iter=3000))
    found.fit(rows, gold)
    scaler, line = found[0], found[1]
    slopes = line.coef_ / scaler.scale_
    constant = line.intercept_ - slopes @ scaler.mean_
    lines = np.column_stack([constant, slopes])
    p = Naming(lines, 1.0).likely(rows[:ours])
    good = {lean: right(gold[:ours], named(p, lean)) for lean in leans}
    return Naming(lines, min(lean for lean in leans if good[lean] >= max(good.values()) - _AS_GOOD))


@dataclass(frozen=True)
class _Asked:
    """Key points, what was said, an attempt to hand it back, and the status of each point there.

    ``points`` None: the claims of what was said, of which nobody named a status.
    """

    points: Sequence[str] | None
    said: str
    attempt: str
    statuses: Sequence[int]


def _graded(statements: Sequence[Statement]) -> Iterator[_Asked]:
    for statement in statements:
        for one in statement.attempts:
            statuses = [STATUSES.index(status) for status in one.status]
            yield _Asked(statement.key_points, statement.context, one.text, statuses)


def _heard() -> Iterator[_Asked]:
    """No net has learned what became of these points."""
    for turn in heard_turns("train"):
        statuses = [STATUSES.index(status) for status in turn.status]
        yield _Asked(turn.key_points, turn.context, turn.text, statuses)


def _pairs(corpora: Path, seed: int) -> Iterator[_Asked]:
    pairs = [one for one in entailment(corpora, seed=seed) if one.points]
    for one in random.Random(seed).sample(pairs, _PUBLIC):
        yield _Asked((one.context,), one.context, one.text, [one.points[0][1]])


_readers: list[Reader] = []
"""A worker's reader, loaded once."""


def _load(folder: Path) -> None:
    _readers.append(Reader(folder, Ear(load_pipeline(folder.parent / "english"))))


def _look(asked: _Asked) -> PointsRead:
    return _readers[0].seen(asked.points, asked.said, asked.attempt)


def _see(folder: Path, asked: Sequence[_Asked]) -> list[PointsRead]:
    """How the reader sees them, in order; each worker reads on one thread, as everywhere."""
    # Taken up by the workers when they load torch, as in `coach.training.evaluate`.
    os.environ["OMP_NUM_THREADS"] = "1"
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, get_context("spawn"), _load, (folder,)) as pool:
        return list(pool.map(_look, asked, chunksize=_AT_ONCE))


def _together(seen: Sequence[PointsRead], asked: Sequence[_Asked]) -> tuple[Floats, Labels]:
    return np.vstack([one.figures for one in seen]), np.concatenate([a.statuses for a in asked])


def main(argv: list[str] | None = None) -> int:
    """Decide anew for the model that ships."""
    from coach.training.listening import VERSION, usual_rows

    parser = argparse.ArgumentParser(description=__doc__)
    corpora = os.environ.get("COACH_CORPORA")
    parser.add_argument("--corpora", type=Path, default=corpora, required=corpora is None)
    parser.add_argument("--folder", type=Path, default=models_dir() / "listening")
    options = parser.parse_args(argv)
    folder = options.folder
    for name, found in decide(folder, options.corpora, usual_rows().statements).items():
        print(f"{name}: lean {found.lean}", *found.lines.round(3).tolist(), sep="\n")  # noqa: T201
    config, _ = load_folder(folder)
    write_config(folder, config | {"version": VERSION})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
