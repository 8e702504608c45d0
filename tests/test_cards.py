"""Cards and the README say what the figures say, and the figures are those of the weights."""

import json
from collections import Counter
from pathlib import Path

from coach.paths import data_dir, models_dir
from coach.training import replying_card
from coach.training.data import read_json_lines
from coach.training.listening_card import _renewed, card
from coach.training.measures import Figure
from coach.training.readme_table import table

ROOT = Path(__file__).parent.parent
HERE = models_dir() / "listening"
FIGURES = json.loads((HERE / "figures.json").read_text(encoding="utf-8"))


def test_the_card_is_made_from_the_figures():
    assert (HERE / "CARD.md").read_text(encoding="utf-8") == card(FIGURES)


def test_the_reply_model_has_its_card():
    folder = models_dir() / "replying"
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (folder / "CARD.md").read_text(encoding="utf-8") == replying_card.card(config)
    went_on, anew = (config | {"went on from": name} for name in ("replying-0.0", ""))
    assert "went on from replying-0.0" in replying_card.card(went_on)
    assert "went on from" not in replying_card.card(anew)


def test_the_figures_are_of_these_weights():
    config = json.loads((HERE / "config.json").read_text(encoding="utf-8"))
    assert FIGURES["version"] == config["version"]


def test_the_readme_says_what_the_figures_say():
    assert table(FIGURES) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_ships_is_small():
    size = sum(file.stat().st_size for file in models_dir().rglob("*") if file.is_file())
    assert size < 40 * 2**20


def test_the_picture_of_the_card_is_there():
    assert (HERE / "calibration.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_a_card_keeps_the_figures_of_suites_that_are_not_measured_anew():
    def figure(name: str, value: float) -> Figure:
        return Figure(name, value, 0.0, 1.0, 0.5, "nothing", 3)

    old = [figure("questions: b", 0.2), figure("questions: c", 0.3), figure("moves: a", 0.1)]
    kept = {"figures": [vars(one) for one in (*old, figure("annomi: c", 0.3))]}
    new = [figure("questions: b", 0.2), figure("questions: d", 0.7)]
    assert _renewed(kept, new, ["questions"]) == [*new, old[2], figure("annomi: c", 0.3)]


def test_the_readme_counts_how_often_mentors_fit_as_readers_did():
    rows = [*read_json_lines(data_dir() / "labelled" / "talks" / "said.jsonl")]
    talks = {(row["scenario"], row["round"]) for row in rows}
    fits = Counter(row["fits"] for row in rows)
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert (
        f"of {len(rows)} lines that they said in {len(talks)} trial talks readers found {fits[1]} "
        f"fitting, {fits[0.5]} half so and {fits[0]} beside the point"
    ) in said
