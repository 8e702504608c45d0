"""From a shell prompt to the first words on the screen."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from benchmarks.table import Row, spread

RUNS = 15

HELP = "import sys; sys.argv = ['coach', '--help']; from coach.cli import main; main()"

# The first paint is the moment Textual calls the app ready; nothing after it is waited for.
PAINT = """
import os
from coach.tui.app import CoachApp
CoachApp.on_ready = lambda self: os._exit(0)
CoachApp().run(headless=True, size=(80, 24))
"""


def _wall(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def _against(what: str, code: str, baseline: str, aim: float) -> Row:
    for warm in (code, baseline):
        _wall(warm)
    pairs = [(_wall(code), _wall(baseline)) for _ in range(RUNS)]
    ours, theirs = zip(*pairs, strict=True)
    ratio = statistics.median(ours) / statistics.median(theirs)
    return Row(
        what,
        spread(ours),
        f"`{baseline}` {spread(theirs)}",
        f"{ratio:.2f}",
        f"within {aim}x",
        ratio <= aim,
    )


def rows() -> list[Row]:
    """Two rows: ``coach --help`` and the app's first paint."""
    return [
        _against("`coach --help`, cold", HELP, "import typer", 3.0),
        _against("first paint of the app", PAINT, "import textual.app, textual.widgets", 2.5),
    ]
