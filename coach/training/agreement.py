"""How far two readers agree on our test parts: ``python -m coach.training.agreement``.

The second reader saw context and text alone, shuffled, under fresh ids; their labels lie in
``data/labelled/second`` beside the first, disagreements left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import cohen_kappa_score

from coach.listening.reading import MOVES, QUESTION_FLAGS
from coach.paths import data_dir
from coach.training.data import (
    LAPSES,
    heard_turns,
    labelled_statements,
    labelled_turns,
    lapse_turns,
    read_json_lines,
)

SECOND = "second"
_PARTS = ("short", "talk", "stories", "far", "word")
"""Test parts of statements with a file of second labels of their own."""


def alpha(first: Sequence[float], second: Sequence[float]) -> float:
    """Krippendorff's alpha of two readers on an interval scale, nothing missing."""
    one, two = np.asarray(first, float), np.asarray(second, float)
    observed = float(np.mean((one - two) ** 2))
    both = np.concatenate([one, two])
    count = len(both)
    expected = 2 * float(both.var()) * count / (count - 1)
    return 1.0 - observed / expected if expected else 1.0


def turns(part: str = "test", labels: str = "turns") -> list[tuple[str, float, int]]:
    """Label, agreement and rows for everything labelled of a turn.

    Args:
        part: the turns, as `labelled_turns` names them.
        labels: name of the file with the second reader's labels.
    """
    path = data_dir() / "labelled" / SECOND / f"{labels}.jsonl"
    second = {row["id"]: row for row in read_json_lines(path)}
    pairs = [(one, second[one.id]) for one in labelled_turns(part) if one.id in second]
    count = len(pairs)

    def kappa(one: Sequence[object], two: Sequence[object]) -> float:
        return float(cohen_kappa_score([str(x) for x in one], [str(x) for x in two]))

    kinds = ([a.question for a, _ in pairs], [b["question"]["kind"] for _, b in pairs])
    found = [("question none / open / closed", kappa(*kinds), count)]
    for flag in QUESTION_FLAGS:
        has = (
            [flag in a.flags for a, _ in pairs],
            [flag in b["question"]["flags"] for _, b in pairs],
        )
        found.append((f"flag {flag}", kappa(*has), count))
    reflections = ([a.reflection for a, _ in pairs], [b["reflection"] for _, b in pairs])
    found.append(("reflection none / simple / complex", kappa(*reflections), count))
    present = [[kind != "none" for kind in side] for side in reflections]
    found.append(("reflection present", kappa(*present), count))
    uptakes = ([a.uptake for a, _ in pairs], [float(b["uptake"]) for _, b in pairs])
    found.append(("uptake (alpha, interval)", alpha(*uptakes), count))
    for move in MOVES:
        has = ([move in a.moves for a, _ in pairs], [move in b["moves"] for _, b in pairs])
        if any(has[0] + has[1]):
            found.append((f"move {move}", kappa(*has), count))
    return found


def statuses(part: str = "test", labels: str = "paraphrases") -> list[tuple[str, float, int]]:
    """The same for the key points of test attempts; the arguments are those of `turns`."""
    path = data_dir() / "labelled" / SECOND / f"{labels}.jsonl"
    second = {row["id"]: row["status"] for row in read_json_lines(path)}
    pairs = [
        (one, two)
        for statement in labelled_statements(part)
        for attempt in statement.attempts
        if attempt.id in second
        for one, two in zip(attempt.status, second[attempt.id], strict=True)
    ]
    kappa = float(cohen_kappa_score([a for a, _ in pairs], [b for _, b in pairs]))
    name = "key point covered / missed / distorted"
    return [(name if part == "test" else f"{name}, {part} statements", kappa, len(pairs))]


def heard() -> list[tuple[str, float, int]]:
    """The same for what comes back of a story in turns of talks."""
    path = data_dir() / "labelled" / SECOND / "heard.jsonl"
    second = {row["id"]: row for row in read_json_lines(path)}
    turns = [turn for part in ("test", "fresh", "short") for turn in heard_turns(part)]
    pairs = [(turn, second[turn.id]) for turn in turns]
    back = cohen_kappa_score([a.back for a, _ in pairs], [b["back"] for _, b in pairs])
    points = [two for a, b in pairs for two in zip(a.status, b["status"], strict=True)]
    status = cohen_kappa_score([a for a, _ in points], [b for _, b in points])
    return [
        ("handed back well / partly / wrongly / not", float(back), len(pairs)),
        ("key point covered / missed / distorted, turns of talks", float(status), len(points)),
    ]


def lapses() -> list[tuple[str, float, int]]:
    """The same for what a trainer would point out in a turn though no move names it."""
    path = data_dir() / "labelled" / SECOND / "lapses.jsonl"
    second = {row["id"]: row["lapses"] for row in read_json_lines(path)}
    pairs = [(turn.lapses, second[turn.id]) for turn in lapse_turns("test")]
    return [
        (
            f"lapse {lapse}",
            float(
                cohen_kappa_score([lapse in a for a, _ in pairs], [lapse in b for _, b in pairs])
            ),
            len(pairs),
        )
        for lapse in LAPSES
    ]


def replies() -> list[tuple[str, float, int]]:
    """The same for which lines fit after a turn."""
    path = data_dir() / "labelled" / SECOND / "replies.jsonl"
    second = {row["id"]: row["fits"] for row in read_json_lines(path)}
    home = data_dir() / "labelled" / "replies"
    rows = (row for path in sorted(home.glob("test*.jsonl")) for row in read_json_lines(path))
    pairs = [
        (float(reply["fits"]), float(fits))
        for row in rows
        if row["id"] in second
        for reply, fits in zip(row["replies"], second[row["id"]], strict=True)
    ]
    whole = cohen_kappa_score([str(a) for a, _ in pairs], [str(b) for _, b in pairs])
    fully = cohen_kappa_score([a == 1 for a, _ in pairs], [b == 1 for _, b in pairs])
    return [
        ("a reply fits / half fits / does not", float(whole), len(pairs)),
        ("a reply fits", float(fully), len(pairs)),
    ]


def main() -> None:
    """Print the table."""
    attempts = [*statuses(), *(one for part in _PARTS for one in statuses(part, part))]
    ours = [*turns(), *attempts, *heard(), *lapses(), *replies()]
    for every in (ours, turns("unposed", "unposed")):
        lines = ["| label | agreement | rows |", "|---|---|---|"]
        lines += [f"| {name} | {value:.2f} | {rows} |" for name, value, rows in every]
        print("\n".join(lines), end="\n\n")  # noqa: T201


if __name__ == "__main__":
    main()
