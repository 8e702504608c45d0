from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
from safetensors.numpy import save

from coach.errors import MissingModel
from coach.listening.features import figures, shapes
from coach.listening.heads import Heads, load_folder
from coach.listening.reading import MOVES
from coach.training import measures
from coach.training.store import write_model
from tests.models import listener

BEFORE_UPTAKE = 3 + 4 + 2
HEADS = BEFORE_UPTAKE + 1 + len(MOVES)
WIDTH = 384


def hear(text):
    return listener()._ear.hear(text)


def heads_with(names=("q mark",), shown=("thanks",), **weights):
    """Heads that look at few columns; ``weights`` maps "row_column" numbers to a weight."""
    columns = len(names) + len(shown) + 4 * WIDTH
    weight = np.zeros((HEADS, columns), np.float32)
    for place, value in weights.items():
        row, column = place.lstrip("w").split("_")
        weight[int(row), int(column)] = value
    tensors = {
        "turn.weight": weight,
        "turn.bias": np.zeros(HEADS, np.float32),
        "helpers.weight": np.zeros((0, 4 * WIDTH), np.float32),
        "helpers.bias": np.zeros(0, np.float32),
    }
    return Heads({"figures": list(names), "shapes": list(shown)}, tensors)


def test_a_figure_moves_the_head_that_weighs_it():
    heads = heads_with(w1_0=5.0)
    asked = heads.read(hear("Did you stay?"), hear("I left."))
    told = heads.read(hear("You stayed."), hear("I left."))
    assert asked.question["open"] > 0.9
    assert told.question["open"] == pytest.approx(1 / 3)
    assert asked.moves["summary"] == pytest.approx(0.5)


def test_a_reflection_is_there_first_and_deep_second():
    heads = heads_with(w7_0=4.0, w8_0=2.0)
    asked = heads.read(hear("Did you stay?"), hear("I left.")).reflection
    assert asked["none"] == pytest.approx(0.018, abs=0.001)
    assert asked["complex"] > asked["simple"] > asked["none"]
    assert sum(asked.values()) == pytest.approx(1)


def test_uptake_stays_within_bounds():
    assert heads_with(w9_0=9.0).read(hear("Did you?"), hear("I left.")).uptake == 1.0
    assert heads_with(w9_0=-9.0).read(hear("Did you?"), hear("I left.")).uptake == 0.0


def test_the_sentence_that_shows_a_move_is_pointed_at():
    row = BEFORE_UPTAKE + 1 + MOVES.index("appreciation")
    heads = heads_with(**{f"w{row}_1": 4.0})
    text = "I went home early. Thanks for that. Nobody minded."
    assert heads.where("appreciation", hear(text)) == (19, 35)


def test_columns_that_do_not_fit_are_refused():
    tensors = {
        "turn.weight": np.zeros((HEADS, 7), np.float32),
        "turn.bias": np.zeros(HEADS, np.float32),
        "helpers.weight": np.zeros((0, 4 * WIDTH), np.float32),
        "helpers.bias": np.zeros(0, np.float32),
    }
    with pytest.raises(MissingModel, match="do not belong together"):
        Heads({"figures": [], "shapes": []}, tensors)


def test_a_written_model_is_read_back_and_a_changed_one_refused(tmp_path):
    write_model(tmp_path, {"version": "x"}, {"a": np.ones(3)})
    config, tensors = load_folder(tmp_path)
    assert config["version"] == "x"
    assert tensors["a"].tolist() == [1, 1, 1]
    data = save({"a": np.zeros(3, np.float32)})
    (tmp_path / "heads.safetensors").write_bytes(data)
    with pytest.raises(MissingModel, match="check sum"):
        load_folder(tmp_path)
    config["sha256"]["heads.safetensors"] = hashlib.sha256(data).hexdigest()
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert load_folder(tmp_path)[1]["a"].tolist() == [0, 0, 0]


def test_shapes_keep_how_and_drop_what():
    one = shapes(hear("Could you show me the ledger?").doc)
    two = shapes(hear("Could you show me the boiler?").doc)
    assert one == two
    assert "could you show" in one
    assert not any("ledger" in shape for shape in one)


def test_figures_see_what_was_taken_up():
    context = hear("The tower crane failed on the Monday.")
    taken = figures(hear("So the crane failed on Monday."), context)
    left = figures(hear("My cousin bakes bread."), context)
    assert taken["taken"] > 0.5 > left["taken"]
    assert taken["near"] > left["near"] + 0.3
    assert figures(hear("Hello there."), hear(""))["ctx empty"] == 1


def test_the_shipped_card_holds_the_measured_figures():
    from coach.paths import models_dir

    folder = models_dir() / "listening"
    card = (folder / "CARD.md").read_text(encoding="utf-8")
    measured = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    version = json.loads((folder / "config.json").read_text(encoding="utf-8"))["version"]
    assert version in card
    assert measured["version"] == version
    for figure in measured["figures"]:
        assert f"{figure['value']:.3f}" in card
        assert figure["low"] <= figure["value"] <= figure["high"]
    for word in ("CC BY-SA 4.0", "Data", "Limits", "baseline"):
        assert word in card


def test_the_heads_beat_their_floors():
    from coach.paths import models_dir

    folder = models_dir() / "listening"
    measured = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["figures"]
    by_name = {(f["name"], f["baseline_name"]): f for f in measured}
    for name, floor in [
        ("questions: kind, macro F1", "majority"),
        ("reflections: kind, macro F1", "majority"),
        ("uptake: rank correlation", "cosine"),
        ("moves: macro F1 at 0.5", "cues alone"),
        ("paraphrase: ordering", "cosine"),
        ("paraphrase: reversal", "cosine"),
    ]:
        figure = by_name[name, floor]
        assert figure["low"] > figure["baseline"], name


def test_measures_by_hand():
    gold, said = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert measures.f1(gold, said) == 0.5
    assert measures.macro_f1(gold, said) == 0.5
    assert measures.auc(gold, np.array([0.9, 0.4, 0.4, 0.1])) == 0.875
    assert measures.spearman(np.array([1, 2, 3]), np.array([10, 20, 21])) == pytest.approx(1)
    assert measures.in_order(gold, np.array([[2, 1], [1, 2], [1, 1]])) == 0.5
    honest = measures.calibration(np.array([1, 0]), np.array([0.5, 0.5]))
    assert honest == 1.0


def test_a_figure_holds_its_interval_and_floor():
    gold = [True, False] * 40
    figure = measures.measured("x", measures.macro_f1, gold, gold, [True] * 80, "always")
    assert (figure.value, figure.low, figure.high) == (1, 1, 1)
    assert figure.baseline == pytest.approx(0.333, abs=0.001)
    assert figure.rows == 80
