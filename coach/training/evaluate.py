"""The suites behind ``coach eval SUITE``: held-out labels, bootstrap intervals, a floor to beat.

Our own test parts measure every field of a reading; where a folder of public corpora is at hand,
real people's talk measures what carries over. Nothing here trains or tunes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from coach.errors import BadInput
from coach.training import suites_doubts as cards
from coach.training import suites_folds as folds
from coach.training import suites_heard as ears
from coach.training import suites_lapses as slips
from coach.training import suites_marks as marks
from coach.training import suites_outer as outer
from coach.training import suites_own as own
from coach.training import suites_pairs as pairs
from coach.training import suites_signed as praise
from coach.training import suites_slices as slices
from coach.training import suites_talk as talk
from coach.training.measures import Figure
from coach.training.measuring import Bench


@dataclass(frozen=True)
class SuiteResult:
    """What one suite measured."""

    name: str
    about: str
    figures: tuple[Figure, ...]

    def lines(self) -> list[str]:
        """The figures as a table of text, one line each under a heading."""
        rows = [f"{self.name}: {self.about}"]
        for figure in self.figures:
            rows.append(
                f"  {figure.name:<34} {figure.value:6.3f} [{figure.low:.3f}, {figure.high:.3f}]"
                f"  {figure.baseline_name} {figure.baseline:.3f}  n={figure.rows}"
            )
        return rows


OWN: dict[str, Callable[[Bench, Path | None], list[Figure]]] = {
    "questions": own.questions,
    "reflections": own.reflections,
    "uptake": own.uptake,
    "moves": own.moves,
    "paraphrase": own.paraphrase,
    "short": own.short,
    "talk": own.talk,
    "stories": own.stories,
    "far": own.far,
    "word": own.word,
    "heard": ears.heard,
    "marks": marks.shown,
    "signed": praise.signed,
    "doubts": cards.doubts,
    "lapses": slips.lapses,
    "slices": slices.slices,
    "gaming": slices.gaming,
}
OUTER: dict[str, Callable[[Bench, Path | None], list[Figure]]] = {
    "annomi": outer.annomi,
    "annomi-supervised": folds.annomi_supervised,
    "contextdep": outer.contextdep,
    "lessons": talk.lessons,
    "mrda": talk.mrda,
    "swda": talk.swda,
    "epitome": talk.epitome,
    "apt": pairs.apt,
    "stsb": pairs.stsb,
    "sick": pairs.sick,
    "dialsummeval": pairs.dialsummeval,
    "summedits": pairs.summedits,
}
SUITES = (*OWN, *OUTER)


_KNOWN = OWN | OUTER


def run_suite(
    name: str, corpora: Path | None = None, bench: Bench | None = None, folder: Path | None = None
) -> SuiteResult:
    """Run one suite, or "all": every suite that can run here, as one result.

    Args:
        name: one of `SUITES`, or "all".
        corpora: the folder of public corpora for the outer suites.
        bench: models already loaded; without, "all" runs its suites side by side, one a core.
        folder: the listening model to measure, where ``bench`` is not given; else the shipped one.

    Raises:
        BadInput: there is no such suite, or its corpus is not there.
        MissingModel: the models cannot be loaded.
    """
    if name != "all" and name not in _KNOWN:
        raise BadInput(f"There is no suite '{name}': choose one of all, {', '.join(SUITES)}.")
    if name != "all":
        about = (_KNOWN[name].__doc__ or "").strip().splitlines()[0]
        return SuiteResult(name, about, tuple(_KNOWN[name](bench or Bench(folder), corpora)))
    names = [*(_KNOWN if corpora is not None else OWN)]
    figures = run_suites(names, corpora, bench, folder)
    return SuiteResult("all", "Every suite that can run here.", figures)


def run_suites(
    names: Sequence[str], corpora: Path | None, bench: Bench | None, folder: Path | None
) -> tuple[Figure, ...]:
    """The figures of some suites, each under the name of its suite; arguments as `run_suite`."""
    if bench is not None:
        measured = [_KNOWN[suite](bench, corpora) for suite in names]
    else:
        measured = _side_by_side(names, corpora, folder)
    return tuple(
        replace(figure, name=f"{suite}: {figure.name}")
        for suite, some in zip(names, measured, strict=True)
        for figure in some
    )


_benches: list[Bench] = []
"""A worker's models, loaded once."""


def _side_by_side(
    names: Sequence[str], corpora: Path | None, folder: Path | None
) -> list[list[Figure]]:
    """The suites' figures in order; each worker reads on one thread, as everywhere."""
    workers = min(len(names), os.cpu_count() or 1)
    # Taken up by the workers when they load torch: with more threads than that they wait for
    # each other, spinning, and everything takes many times as long.
    os.environ["OMP_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(workers, get_context("spawn"), _load, (folder,)) as pool:
        return list(pool.map(_measure, names, [corpora] * len(names)))


def _load(folder: Path | None) -> None:
    _benches.append(Bench(folder))


def _measure(name: str, corpora: Path | None) -> list[Figure]:
    return _KNOWN[name](_benches[0], corpora)
