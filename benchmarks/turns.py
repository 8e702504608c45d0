"""Turns to measure with."""

from __future__ import annotations

import json

from coach import paths


def realistic_turns(count: int) -> list[str]:
    """Turns people wrote for the test part of our labelled data, then of the training part."""
    folder = paths.data_dir() / "labelled" / "turns"
    files = [folder / "test.jsonl", *sorted(folder.glob("train-*.jsonl"))]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines][:count]
