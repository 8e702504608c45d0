"""Draws how often a probability comes true, from our own test turns, as one picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.listening.reading import MOVES, QUESTION_KINDS
from coach.training.measuring import Bench

_BINS = 10


def draw(bench: Bench, path: Path) -> None:
    """Write an SVG with a panel each for questions, reflections and moves."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    # The same picture from the same figures, byte for byte.
    pyplot.rcParams["svg.hashsalt"] = "coach"
    panels = _panels(bench)
    figure, axes = pyplot.subplots(1, len(panels), figsize=(9, 3.2), sharey=True)
    for axis, (name, (p, truth)) in zip(axes, panels.items(), strict=True):
        at = np.minimum((p * _BINS).astype(int), _BINS - 1)
        filled = [n for n in range(_BINS) if np.any(at == n)]
        axis.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        axis.plot(
            [p[at == n].mean() for n in filled], [truth[at == n].mean() for n in filled], "o-"
        )
        axis.set(title=name, xlabel="probability said", xlim=(0, 1), ylim=(0, 1))
    axes[0].set_ylabel("share that was so")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


Panel = tuple[NDArray[np.float64], NDArray[np.float64]]


def _panels(bench: Bench) -> dict[str, Panel]:
    rows = bench.turns()
    questions = [(r.question.p[k], g.question == k) for g, r in rows for k in QUESTION_KINDS]
    reflections = [(1 - r.reflection.p["none"], g.reflection != "none") for g, r in rows]
    moves = [(r.moves[m], m in g.moves) for g, r in rows for m in MOVES]
    named = {"question kinds": questions, "reflection present": reflections, "moves": moves}
    return {
        name: (np.array([p for p, _ in pairs]), np.array([float(t) for _, t in pairs]))
        for name, pairs in named.items()
    }
