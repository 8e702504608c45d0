"""Turns a second of ``coach score``, against the bare encoder on the same texts."""

from __future__ import annotations

import io
import json
import tempfile
import time
from pathlib import Path

from benchmarks.table import Row, spread
from coach import paths
from coach.listening.encoder import Encoder
from coach.listening.inprocess import InProcessListener
from coach.listening.scoring import score_file

TURNS = 120
ROUNDS = 3


def rows() -> list[Row]:
    """One row: the rate as a share of the bare encoder's on contexts and turns, one by one."""
    folder = paths.data_dir() / "labelled" / "turns"
    lines = (folder / "test.jsonl").read_text(encoding="utf-8").splitlines()[:TURNS]
    turns = [json.loads(line) for line in lines]
    encoder = Encoder()
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as where:
        file = Path(where) / "turns.jsonl"
        rows = [{"id": t["id"], "context": t["context"], "text": t["text"]} for t in turns]
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for _ in range(ROUNDS):
            listener = InProcessListener()  # a new one remembers nothing of the round before
            listener.read("I left.", "Why did you leave?")
            start = time.perf_counter()
            score_file(file, out=io.StringIO(), listener=listener)
            ours.append((time.perf_counter() - start) / TURNS)
            start = time.perf_counter()
            for turn in turns:
                encoder.encode(turn["context"])
                encoder.encode(turn["text"])
            bare.append((time.perf_counter() - start) / TURNS)
    ratio = sorted(b / o for o, b in zip(ours, bare, strict=True))[ROUNDS // 2]
    return [
        Row(
            f"`coach score`, a turn, {ROUNDS} rounds of {TURNS}",
            spread(ours),
            f"bare encoder, context and turn {spread(bare)}",
            f"{ratio:.2f} of its rate",
            "at least 0.5",
            ratio >= 0.5,
        )
    ]
