"""The README's accuracy table, made from the figures of the card.

Run as ``python -m coach.training.readme_table`` after a training run; a test fails when README and
figures drift apart.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coach.paths import models_dir

BEGIN, END = "<!-- accuracy: made by coach.training.readme_table -->", "<!-- end of accuracy -->"

ROWS = (
    ("questions: kind, macro F1", "question none, open or closed", "0.99"),
    ("reflections: present, macro F1", "is it a reflection", "0.99"),
    ("moves: macro F1, plain turns", "eighteen moves, plain turns", "0.98"),
    ("moves: macro F1, hard turns", "eighteen moves, hard turns", "0.95"),
    ("paraphrase: ordering", "better attempt above the worse", "0.998"),
    ("paraphrase: reversal", "faithful above the fluent reversal", "1.00"),
    ("paraphrase: half above reversal", "half of the points above the reversal", "1.00"),
    ("paraphrase: status, given points, macro F1", "key point covered, missed, distorted", "0.99"),
    ("talk: status, given points, macro F1", "the same as said in a talk", "1.00"),
    ("stories: status, given points, macro F1", "the same, a long story in its gist", ""),
    ("far: status, given points, macro F1", "the same, retold far from its words", "1.00"),
    ("far: reversal, given points", "far retellings: faithful above the reversal", ""),
    ("word: reversal, given points", "one word exchanged: faithful above the false", ""),
    ("word: turned round, given points, macro F1", "one word exchanged: seen that it is", "1.00"),
    ("heard: heard well, macro F1", "in talks: whoever told it feels heard", ""),
    ("short: ordering, given points", "single sentences: better above the worse", ""),
    ("short: reversal, given points", "single sentences: faithful above the reversal", ""),
    ("annomi: question present, macro F1", "counselling, expert-coded: asks", "0.958"),
    ("annomi: question none/open/closed", "counselling: none, open, closed", "0.842"),
    ("annomi: reflection present, macro F1", "counselling: reflects", "0.883"),
    (
        "annomi-supervised: 4 behaviours, supervised, macro F1",
        "counselling, trained on it",
        "0.861",
    ),
    ("lessons: uptake, rank correlation", "classrooms kept out: uptake", "0.539"),
    ("contextdep: restates, AUC", "interviews: host restates guest", ""),
)
"""Figure, what it is called for readers, and what one careful person reaches, where known."""


def table(figures: dict[str, Any]) -> str:
    """The table as Markdown, markers included."""
    by_name: dict[str, dict[str, Any]] = {}
    for figure in figures["figures"]:
        by_name.setdefault(figure["name"], figure)
    lines = [
        "| what | the coach | 95% interval | baseline | a careful person |",
        "|---|---|---|---|---|",
    ]
    for name, about, person in ROWS:
        f = by_name[name]
        lines.append(
            f"| {about} | {f['value']:.2f} | {f['low']:.2f} to {f['high']:.2f} "
            f"| {f['baseline']:.2f} ({f['baseline_name']}) | {person} |"
        )
    return "\n".join([BEGIN, *lines, END])


def replaced(readme: str, made: str) -> str:
    """The README with its table exchanged."""
    before, _, rest = readme.partition(BEGIN)
    return before + made + rest.partition(END)[2]


if __name__ == "__main__":
    path = Path("README.md")
    stored = json.loads((models_dir() / "listening" / "figures.json").read_text(encoding="utf-8"))
    text = replaced(path.read_text(encoding="utf-8"), table(stored))
    path.write_text(text, encoding="utf-8")
