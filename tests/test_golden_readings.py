"""No silent change: the shipped models say of 200 turns what they said when they were released."""

import json

import pytest

from tests.golden_readings import PATH, TURNS, numbers, rows
from tests.models import listener

NEARLY = 0.02
"""Processors differ in the last digits, and a score is a whole number."""


def test_readings_are_those_of_the_release():
    kept = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
    assert len(kept) == TURNS
    for old, reading in zip(kept, listener().read_rows(rows()), strict=True):
        new = numbers(reading)
        assert (new["id"], new["judged"], new["model"]) == (old["id"], old["judged"], old["model"])
        for part in ("question", "reflection", "uptake", "moves", "score"):
            assert new[part] == pytest.approx(old[part], abs=NEARLY), (old["id"], part)
