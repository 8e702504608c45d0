"""What the README and the pages beside it say is what the program does."""

import json
import re
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach import paths
from coach.cli import app
from coach.errors import ExitCode
from coach.settings import Settings
from coach.training import (
    corpora,
    entailment,
    pipeline,
    reply_data,
    silver,
    suites_outer,
    suites_pairs,
    suites_talk,
)
from coach.training.evaluate import OUTER
from coach.training.pipeline_card import DEV, TESTS
from coach.tui.bindings import all_bindings
from coach.tui.keymap import load_keymap

ROOT = Path(__file__).parent.parent
README, SETTINGS, CORPORA, LISTENER = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/SETTINGS.md", "data/CORPORA.md", "coach/listening/remote.py")
)
SAID = " ".join(README.split())


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))


def test_the_filter_has_the_key_that_the_readme_names():
    (key,) = [binding.key for binding in all_bindings() if binding.id == "home.filter"]
    assert key == "slash"
    assert "Type `/` and a word to filter" in SAID


def test_the_line_that_the_readme_gives_for_the_keymap_is_taken():
    (line,) = re.findall(r'`("[\w.]+" = "\w+")`', README)
    paths.private_home()
    paths.keymap_file().write_text(line)
    assert load_keymap() == (tomllib.loads(line), [])


def test_torch_is_asked_for_by_one_range():
    files = ("README.md", "Makefile", "pyproject.toml")
    ranges = [
        re.findall(r'"torch([<>=][^"]*)"', (ROOT / name).read_text("utf-8")) for name in files
    ]
    assert ranges == [ranges[0]] * 3
    assert ranges[0]


def test_the_settings_page_names_every_setting_as_it_is():
    rows = [
        f"| `{name}` | `COACH_{name.upper()}` | "
        + ("none" if field.default is None else f"`{json.dumps(field.default)}`")
        + f" | {' '.join((field.description or '').split())} |"
        for name, field in Settings.model_fields.items()
    ]
    assert re.findall(r"^\| `[a-z_]+` .*$", SETTINGS, re.M) == rows


def test_the_settings_page_names_every_variable():
    code = " ".join(path.read_text("utf-8") for path in (ROOT / "coach").rglob("*.py"))
    used = set(re.findall(r"COACH_[A-Z_]+", code))
    assert set(re.findall(r"^\|.*`(COACH_[A-Z_]+)`", SETTINGS, re.M)) >= used


def test_the_settings_page_says_what_a_listening_server_is_asked():
    asked = re.findall(r'_ask\("(\w+)", "(/\w+)"', LISTENER)
    assert re.findall(r"^\| `(\w+) (/\w+)` ", SETTINGS, re.M) == asked


def test_erasing_takes_in_the_readme_what_its_help_says():
    told = " ".join(CliRunner().invoke(app, ["erase", "--help"]).stdout.split())
    what = "our settings, keys, own scenarios and the cache"
    assert what in told
    assert what in SAID


def test_the_readme_names_every_exit_code():
    (told,) = re.findall(r"Exit codes: ([^.]*)\.", SAID)
    assert [int(part.split()[0]) for part in told.split("; ")] == list(ExitCode)


# ------------------------------------------------------------------ the corpora


def laid_out():
    """The files that CORPORA.md names, each below the folder it is named for."""
    for line in CORPORA.split("## The files")[1].splitlines():
        if line.startswith("| `"):
            _, folder, files, *_ = line.split("|")
            yield from (f"{folder.strip(' `')}/{name}" for name in re.findall("`([^`*]+)`", files))


def test_whoever_lays_the_corpora_out_as_the_page_says_has_every_file_that_is_read(
    tmp_path, monkeypatch
):
    for name in laid_out():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("[]" if name.endswith(".json") else "")
    silver.silver(tmp_path, seed=7)
    entailment.entailment(tmp_path, seed=7)
    corpora.antonym_pairs(tmp_path)
    pipeline.training_sentences(tmp_path)
    assert all((tmp_path / f"{name}.conllu").is_file() for name in (DEV, *TESTS))
    assert all(path.is_file() for path in reply_data.first_files(tmp_path))
    for suites in (suites_outer, suites_pairs, suites_talk):
        monkeypatch.setattr(suites, "measured", lambda *_: None)
    for name in sorted(OUTER.keys() - {"annomi-supervised"}):  # which reads what annomi reads
        with suppress(ValueError):  # of an empty file no sample can be drawn
            OUTER[name](None, tmp_path)
