"""What a trainer would point out in a turn though no move names it, and whether cards do.

Two readers marked 560 turns of ``turns/next-*``, which no weights have seen: whether the words
would land as a jab, whether something of weight goes by without a word, and whether the mentor's
question is left open. No model learns these labels yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from coach.feedback.rules import write_card
from coach.listening.reading import HARMFUL_MOVES
from coach.training import measures
from coach.training.data import LAPSES, lapse_turns
from coach.training.measures import Figure, measured
from coach.training.measuring import Bench

ADVICE: Mapping[str, frozenset[str]] = {
    "sharp": frozenset(HARMFUL_MOVES),
    "passes_by": frozenset({"heavy"}),
    "unanswered": frozenset({"question_unanswered"}),
}
"""The skills of the advice that speaks of each."""


def lapses(bench: Bench, corpora: Path | None) -> list[Figure]:
    """Jabs, weighty words passed by and open questions that cards advise on; the floor: all."""
    del corpora
    turns = lapse_turns("test")
    advised = [_advised(bench, turn.context, turn.text) for turn in turns]
    return [
        measured(
            f"{lapse}, F1",
            measures.f1,
            np.array([lapse in turn.lapses for turn in turns]),
            np.array([skill in ADVICE[lapse] for skill in advised]),
            np.ones(len(turns), bool),
            "every turn",
        )
        for lapse in LAPSES
    ]


def _advised(bench: Bench, context: str, text: str) -> str | None:
    remark = write_card(context, text, bench.read(context, text)).try_next
    return remark.skill if remark else None
