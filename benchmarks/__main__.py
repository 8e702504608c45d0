"""Print the bench table: each figure beside its baseline from the same run.

Machines are shared and noisy, so only ratios are worth comparing: every measurement is taken
in turn with its baseline, several times, and given as a median with its spread.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from benchmarks.table import HEAD

PARTS = ("cold", "library", "warm", "batch", "screen")


def main() -> None:
    """Run every part in a process of its own, since memory is one of the figures."""
    print(HEAD, flush=True)
    for part in PARTS:
        with tempfile.TemporaryDirectory() as home:
            code = f"from benchmarks import {part}, table; table.show({part}.rows())"
            env = {**os.environ, "COACH_HOME": home}
            subprocess.run([sys.executable, "-c", code], env=env, check=True)


main()
