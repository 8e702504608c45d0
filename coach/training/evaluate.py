"""The suites behind ``coach eval SUITE``: held-out labels, bootstrap intervals, a floor to beat.

Our own test parts measure every field of a reading; where a folder of public corpora is at hand,
real people's talk measures what carries over. Nothing here trains or tunes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from coach.errors import BadInput
from coach.training import suites_outer as outer
from coach.training import suites_own as own
from coach.training import suites_pairs as pairs
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
    "slices": slices.slices,
    "gaming": slices.gaming,
}
OUTER: dict[str, Callable[[Bench, Path | None], list[Figure]]] = {
    "annomi": outer.annomi,
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


def run_suite(name: str, corpora: Path | None = None, bench: Bench | None = None) -> SuiteResult:
    """Run one suite, or "all": every suite that can run here, as one result.

    Args:
        name: one of `SUITES`, or "all".
        corpora: the folder of public corpora for the outer suites.
        bench: models already loaded.

    Raises:
        BadInput: there is no such suite, or its corpus is not there.
        MissingModel: the models cannot be loaded.
    """
    known = OWN | OUTER
    if name != "all" and name not in known:
        raise BadInput(f"There is no suite '{name}': choose one of all, {', '.join(SUITES)}.")
    bench = bench or Bench()
    if name != "all":
        about = (known[name].__doc__ or "").strip().splitlines()[0]
        return SuiteResult(name, about, tuple(known[name](bench, corpora)))
    figures: list[Figure] = []
    for suite, run in (known if corpora is not None else OWN).items():
        for figure in run(bench, corpora):
            figures.append(replace(figure, name=f"{suite}: {figure.name}"))
    return SuiteResult("all", "Every suite that can run here.", tuple(figures))
