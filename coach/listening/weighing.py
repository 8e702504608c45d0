"""Key points seen twice: alone, and by the partner's own clause; which status each gets.

The score rests on a plain mixture of both views. A status is named by a little more than that: how
the other points of the attempt fared, and what it is worth as a whole (`coach.training.deciding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coach.listening.encoder import Floats

_LEAST = 1e-3
_KEPT, _TWISTED = 0, 2


@dataclass(frozen=True)
class Weighing:
    """How key points are weighed for the score; chosen on rows kept out of training.

    ``share`` is what the partner's own clause counts beside the key point's wording.
    """

    share: float

    def both(self, alone: Floats, cut: Floats, sources: Sequence[int | None]) -> Floats:
        """Probabilities of given points, (points, 3), with those of their clauses mixed in."""
        theirs = by_clause(alone, cut, sources)
        mixed: Floats = (1.0 - self.share) * alone + self.share * theirs
        return mixed


@dataclass(frozen=True)
class Naming:
    """Names the status of points: a line of `point_figures` for each status, then a softmax.

    ``lines`` (statuses, 1 + figures), the constant first. ``lean`` is how much a chance of being
    turned round counts against the others when a status is named: more than 1 where attempts are
    graded, since a listener must not overlook it, less in talks, where it hardly happens.
    """

    lines: Floats
    lean: float

    @classmethod
    def of(cls, written: dict[str, Any]) -> Naming:
        """As a model's config holds it."""
        return cls(np.asarray(written["lines"], np.float64), float(written["lean"]))

    def likely(self, figures: Floats) -> Floats:
        """Probabilities of the statuses, (points, 3)."""
        raised = np.exp(self.lines[:, 0] + figures @ self.lines[:, 1:].T)
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def by_clause(alone: Floats, cut: Floats, sources: Sequence[int | None]) -> Floats:
    """Each point as the clause it was taken from fared; as it did alone where there is none."""
    found = alone.copy()
    for at, clause in enumerate(sources):
        if clause is not None:
            found[at] = cut[clause]
    return found


def point_figures(alone: Floats, theirs: Floats, mixed: Floats, worth: float) -> Floats:
    """What a status is named by, (points, figures).

    Args:
        alone: probabilities of each point read by itself, (points, 3).
        theirs: as `by_clause` gives them.
        mixed: as `Weighing` mixes the two.
        worth: how good an attempt the net takes it for as a whole, 0 to 1.
    """
    kept, twisted = mixed[:, _KEPT], mixed[:, _TWISTED]
    whole = (kept.mean(), twisted.max(), np.log((worth + _LEAST) / (1.0 - worth + _LEAST)))
    columns = np.column_stack(
        [
            np.log(np.clip(alone, _LEAST, 1.0)),
            np.log(np.clip(theirs, _LEAST, 1.0)),
            np.tile(np.asarray(whole), (len(mixed), 1)),
            [_others(kept, at).mean() for at in range(len(kept))],
            [_others(twisted, at).max() for at in range(len(twisted))],
        ]
    )
    return np.asarray(columns, np.float32)


def _others(column: Floats, at: int) -> Floats:
    """The column without one; that one where it stands alone."""
    return np.delete(column, at) if len(column) > 1 else column


def named(p: Floats, lean: float = 1.0) -> list[int]:
    """The status to name for each point, (points, statuses): the likeliest, but for ``lean``."""
    return [int(row.argmax()) for row in p * (1.0, 1.0, lean)]
