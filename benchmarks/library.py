"""All scenarios checked and a mentor's lines made ready, each anew and from what was kept."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import yaml

from benchmarks.table import Row, spread
from coach import paths
from coach.listening.inprocess import InProcessListener
from coach.mentor.library import load_library
from coach.mentor.mentor import Mentor

ROUNDS = 9
MOST = 0.3
"""Seconds the whole library may take, after the first time."""


def rows() -> list[Row]:
    """The library read anew and known already, and a mentor's lines from the cache and anew."""
    anew = _loaded("read for the first time", None)
    load_library([paths.scenarios_dir()], keep=True)
    return [anew, _loaded("known, checked again", MOST), _ready()]


def _loaded(how: str, most: float | None) -> Row:
    files = sorted(paths.scenarios_dir().glob("*.yaml"))
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        count = len(load_library([paths.scenarios_dir()]).scenarios)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        for file in files:
            for _event in yaml.parse(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
                pass
        bare.append(time.perf_counter() - start)
    middle = statistics.median(ours)
    return Row(
        f"{count} scenarios, {how}",
        spread(ours),
        f"libyaml's events alone {spread(bare)}",
        f"{middle / statistics.median(bare):.2f}",
        f"within {1000 * most:.0f} ms" if most else "",
        middle <= most if most else None,
    )


def _ready() -> Row:
    scenario = next(iter(load_library([paths.scenarios_dir()]).scenarios.values()))
    cache = Path(paths.home()) / "bench-vectors.sqlite3"
    took: list[float] = []
    for _ in range(2):
        listener = InProcessListener(cache=cache)
        lines = Mentor(scenario, listener.closeness).lines()
        start = time.perf_counter()
        listener.prepare(lines)
        took.append(time.perf_counter() - start)
        listener.close()
    anew, kept = took
    return Row(
        f"a mentor's {len(lines)} lines ready, from the cache",
        f"{1000 * kept:.0f} ms",
        f"worked out anew {1000 * anew:.0f} ms",
        f"{kept / anew:.2f}",
        "",
        None,
    )
