"""Fits how often a trainer would sign praise (`coach.feedback.signing`).

Run as ``python -m coach.training.signing``; it prints the table. The remarks that readers judged
are made anew by the rules and the reading of the day, so that a verdict counts only where the same
words are still shown for the same praise. Two thirds of the turns fit, by their names; the suite
``signed`` measures on the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from coach.feedback.card import Remark
from coach.feedback.facts import Facts
from coach.feedback.signing import MARKS, evidence, least
from coach.feedback.strengths import STRENGTHS
from coach.listening.reading import PRESENT
from coach.paths import data_dir
from coach.training.data import (
    HeardTurn,
    LabelledTurn,
    heard_turns,
    labelled_turns,
    read_json_lines,
)
from coach.training.measuring import Bench

_MEASURED = 3
"""One turn in so many fits nothing."""
_STRENGTH = 0.5
"""How freely a kind may differ from all others: the fit's inverse regularisation."""
_LEAST = 3
"""Kinds that were judged more seldom stay as their rules have them."""

Verdicts = dict[tuple[str, str, str], bool]
"""Whether a remark was signed, by turn, kind and words."""


@dataclass(frozen=True)
class Possible:
    """Praise that the rules could give a turn, how sure that is, and whether it was signed.

    ``least``: from which certainty on a card weighs praise of this kind.
    """

    turn: str
    remark: Remark
    certainty: float
    least: float
    sure: float
    carried: float
    signed: bool


def verdicts() -> Verdicts:
    """What readers said of praise; where two judged, signed is what both signed."""
    found: Verdicts = {}
    for row in read_json_lines(data_dir() / "labelled" / "cards" / "judged.jsonl"):
        if row["remark"] == "praise":
            key = (row["id"], row["skill"], row["yours"])
            found[key] = found.get(key, True) and row["verdict"] == "signed"
    return found


def judged_turns(said: Verdicts) -> list[LabelledTurn | HeardTurn]:
    """The turns of which praise was judged."""
    ids = {turn for turn, _, _ in said}
    rows: list[LabelledTurn | HeardTurn] = [*labelled_turns("unposed"), *labelled_turns("next")]
    rows += [*heard_turns("train"), *heard_turns("test")]
    return [turn for turn in rows if turn.id in ids]


def measures(turn: str) -> bool:
    """Whether a turn measures, by its name alone."""
    return int(hashlib.sha256(turn.encode()).hexdigest(), 16) % _MEASURED == 0


def possible(turn: LabelledTurn | HeardTurn, bench: Bench, said: Verdicts) -> Iterator[Possible]:
    """All judged praise of a turn, first things first."""
    facts = Facts(turn.context, turn.text, bench.read(turn.context, turn.text))
    for rule in STRENGTHS:
        certainty = rule.certainty(facts)
        remark = rule.remark(facts) if certainty >= PRESENT else None
        if remark is None or remark.yours is None:
            continue
        verdict = said.get((turn.id, remark.skill, remark.yours.text))
        if verdict is not None:
            known = evidence(remark, certainty, facts)
            yield Possible(turn.id, remark, certainty, least(rule), *known, verdict)


def fit(rows: Sequence[Possible]) -> dict[str, tuple[float, float, float]]:
    """For each kind that rests on a mark its line: one for all kinds, and how this one differs."""
    rows = [row for row in rows if row.remark.skill in MARKS]
    kinds = sorted({row.remark.skill for row in rows})
    counts = {kind: sum(row.remark.skill == kind for row in rows) for kind in kinds}
    given = np.array([[1.0, row.sure, row.carried] for row in rows])
    own = np.array([[float(row.remark.skill == kind) for kind in kinds] for row in rows])
    table = np.hstack([given[:, 1:], *(own * given[:, [at]] for at in range(3))])
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(table, [row.signed for row in rows])
    shared: NDArray[np.float64] = np.array([model.intercept_[0], *model.coef_[0, :2]])
    apart = model.coef_[0, 2:].reshape(3, len(kinds))
    lines = (shared + apart.T).round(2).tolist()
    # Words that show it better make no praise worse, whatever a few verdicts say.
    return {
        kind: (line[0], max(line[1], 0.0), max(line[2], 0.0))
        for kind, line in zip(kinds, lines, strict=True)
        if counts[kind] >= _LEAST
    }


def main() -> None:
    """Print the table."""
    bench, said = Bench(), verdicts()
    turns = [turn for turn in judged_turns(said) if not measures(turn.id)]
    rows = [row for turn in turns for row in possible(turn, bench, said)]
    for kind, line in fit(rows).items():
        print(f'    "{kind}": {line},')  # noqa: T201


if __name__ == "__main__":
    main()
