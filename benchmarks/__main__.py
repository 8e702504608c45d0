"""Print the bench table: each figure beside its baseline from the same run.

Machines are shared and noisy, so only ratios are worth comparing: every measurement is taken
in turn with its baseline, several times, and given as a median with its spread.
"""

from __future__ import annotations

import os
import tempfile

from benchmarks.cold import cold_rows
from benchmarks.screen import screen_rows
from benchmarks.table import HEAD, show
from benchmarks.warm import warm_rows


def main() -> None:
    """Run every part and print one table."""
    print(HEAD)
    with tempfile.TemporaryDirectory() as home:
        os.environ["COACH_HOME"] = home
        for part in (cold_rows, warm_rows, screen_rows):
            show(part())


main()
