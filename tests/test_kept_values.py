"""Scenario files known already: YAML is not read again, and nothing is believed unchecked."""

from __future__ import annotations

import json
import os

import pytest

from coach.errors import BadInput
from coach.mentor import kept_values, library
from coach.mentor.library import load_library, load_scenario
from coach.mentor.template import template
from coach.settings import Settings
from coach.tui.services import Services


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder of what is kept."""
    home = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(home))
    return home / "cache" / "scenarios"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "my-talk.yaml"
    path.write_text(template("my-talk"))
    return path


@pytest.fixture
def reads(monkeypatch):
    """The files that YAML was read from."""
    seen = []
    read = library.read_yaml

    def counted(path):
        seen.append(path.name)
        return read(path)

    monkeypatch.setattr(library, "read_yaml", counted)
    return seen


def test_a_known_file_is_the_same_scenario_without_reading_yaml(kept, path, reads):
    first = load_scenario(path, keep=True)
    assert load_scenario(path) == first
    assert reads == ["my-talk.yaml"]


def test_a_file_that_changed_is_read_anew(kept, path, reads):
    load_scenario(path, keep=True)
    path.write_text(template("my-talk").replace("minutes: 15", "minutes: 25"))
    assert load_scenario(path).minutes == 25
    assert len(reads) == 2


def test_what_is_kept_is_checked_and_a_finding_has_its_line(kept, path):
    load_scenario(path, keep=True)
    [file] = kept.glob("*.json")
    values = json.loads(file.read_text())
    values["topics"][0]["needs"] = ["topic-9"]
    for wrong in (values, {"id": "my-talk"}, [1], "text"):
        file.write_text(json.dumps(wrong))
        assert load_scenario(path).topics[0].needs == []
    path.write_text(template("my-talk").replace("needs: []", "needs: [topic-9]", 1))
    with pytest.raises(BadInput, match=r"my-talk.yaml:\d+: .*topic-9"):
        load_scenario(path, keep=True)
    assert len([*kept.glob("*.json")]) == 1


@pytest.mark.parametrize("junk", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_copy_is_done_without_and_made_again(kept, path, reads, junk):
    load_scenario(path, keep=True)
    [file] = kept.glob("*.json")
    file.write_bytes(junk)
    assert load_scenario(path, keep=True).id == "my-talk"
    assert load_scenario(path).id == "my-talk"
    assert len(reads) == 2


def test_nothing_is_written_unasked_and_what_is_in_the_way_is_not_minded(kept, path):
    assert load_scenario(path).id == "my-talk"
    assert not kept.parent.parent.exists()
    kept.parent.parent.mkdir()
    kept.parent.write_text("a file")
    assert load_scenario(path, keep=True).id == "my-talk"


def test_only_the_latest_are_kept(kept, monkeypatch):
    monkeypatch.setattr(kept_values, "_MOST", 2)
    for number in range(4):
        kept_values.keep(f"{number}", [number])
        # The clock may not tell them apart.
        for age, file in enumerate(sorted(kept.glob("*.json"), reverse=True)):
            os.utime(file, (1000 - age, 1000 - age))
    assert len([*kept.glob("*.json")]) == 2
    assert kept_values.get("3") == [3]


def test_the_whole_library_is_known_the_second_time(kept, reads):
    first = load_library(keep=True)
    assert load_library().scenarios == first.scenarios
    assert len(reads) == len(first.scenarios) > 20


@pytest.mark.parametrize("history", [True, False])
def test_the_screen_keeps_it_only_where_history_is_wanted(kept, history):
    services = Services(lambda state: None, settings=Settings(history=history))
    assert services.library().scenarios
    assert kept.exists() == history
