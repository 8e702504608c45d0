"""Key points one by one, as a net of its own sees them in a turn, beside what the first net says.

The points are given, or claims of what was said; of each it is read by itself what became of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from coach.listening.contrast import Said, source
from coach.listening.encoder import Floats
from coach.listening.pair_net import STATUSES
from coach.listening.pair_reader import Look, PairRead, PairReader
from coach.listening.paraphrase import Judged, beside, blend, summary_figures
from coach.listening.reading import Span
from coach.listening.turning import turning_word
from coach.listening.utterance import Utterance, readable_part
from coach.listening.weighing import Weighing, by_clause, point_figures

_MISSED = STATUSES.index("missed")
_GONE = 0.97
"""So sure that a claim was missed, the net that reads the whole turn has the last word on it."""


@dataclass(frozen=True)
class PointsRead:
    """Key points before they are named.

    ``figures`` (points, figures): what their statuses are named by; ``summary``: what the score
    rests on; ``words``: of each, where in the turn the word stands that would turn it round.
    """

    figures: Floats
    summary: dict[str, float]
    words: tuple[Span | None, ...]


@dataclass(frozen=True)
class PointReader:
    """The net that reads single points, and how its view is weighed with the other's."""

    pairs: PairReader
    weighing: Weighing

    def read(
        self, texts: Sequence[str], turn: Utterance, context: Utterance, cut: Judged
    ) -> PointsRead:
        """Key points, given or claims of the context, as they stand in a turn.

        ``cut``: the claims of the context as the net that reads the whole turn sees them there. A
        claim that it is sure was missed is not read again: each costs a look.
        """
        claims = context.claim_texts
        gone = _gone(claims, cut)
        ones = self._one_by_one([text for text in texts if text not in gone], turn)
        found = [ones[t].points[0] if t in ones else cut.points[claims.index(t)] for t in texts]
        alone = np.stack(found)
        said = [Said.of(claim) for claim in claims]
        sources = [source(Said.of(readable_part(text)), said) for text in texts]
        mixed = self.weighing.both(alone, cut.points, sources)
        theirs = by_clause(alone, cut.points, sources)
        by_both, by_cut, by_points = (
            summary_figures(replace(cut, points=points), context.text, turn.text)
            for points in (mixed, cut.points, alone)
        )
        summary = blend(by_both, by_cut) if len(cut.points) else by_both
        return PointsRead(
            point_figures(alone, theirs, mixed, cut.worth),
            beside(summary, by_points),
            tuple(_turning(ones.get(text), turn) for text in texts),
        )

    def _one_by_one(self, texts: Sequence[str], turn: Utterance) -> dict[str, PairRead]:
        looks = [Look(text, turn, [(0, len(text))]) for text in map(readable_part, texts)]
        return dict(zip(texts, self.pairs.read(looks, alone=True), strict=True))


def _gone(claims: Sequence[str], cut: Judged) -> set[str]:
    """The claims that were surely missed."""
    return {text for text, p in zip(claims, cut.points, strict=True) if p[_MISSED] >= _GONE}


def _turning(read: PairRead | None, turn: Utterance) -> Span | None:
    return turning_word(turn.text, read.offsets, read.twists) if read else None
