"""The real command, run as a person or a script runs it: in a process and a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

REAL = "coach"
FAKE = "tests.fake_coach"
"""The same command with a listener of rules: no models, so it starts and answers at once."""

PATIENCE = 300
"""Seconds after which a command counts as stuck; none comes near it."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """This process's environment without the coach's own variables, but for the home."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COACH_")}
    return {**kept, "COACH_HOME": str(home), "OMP_NUM_THREADS": "1", **more}


def coach(
    *arguments: object,
    home: Path,
    typed: str | bytes = "",
    module: str = REAL,
    before: Callable[[], None] | None = None,
    patience: float = PATIENCE,
    **more: str,
) -> subprocess.CompletedProcess[str]:
    """Run ``coach`` with these arguments and this on standard input.

    Args:
        arguments: the command line.
        home: the folder for ``COACH_HOME``.
        typed: standard input.
        module: `REAL` or `FAKE`.
        before: called in the new process before the coach begins.
        patience: seconds after which it counts as stuck.
        more: further environment variables.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        env=environment(home, **more),
        timeout=patience,
        preexec_fn=before,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def lines_of(text: str) -> list[dict[str, Any]]:
    """JSON lines as values; only a line feed ends one, as a turn may hold any other break."""
    return [json.loads(line) for line in text.split("\n") if line]


def one_sentence(told: str, *needed: str) -> None:
    """What a command said on stderr is one line for a person, holding these words."""
    assert told.count("\n") == 1, told
    assert told.startswith("coach: ") and told.endswith("\n"), told
    assert "Traceback" not in told
    for words in needed:
        assert words in told
