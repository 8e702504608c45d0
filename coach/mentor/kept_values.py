"""The values of scenario files read before, kept by what is in the files: YAML is slow to read.

Only what reading made is kept, never whether it was good: a scenario is checked each time. What
is damaged or cannot be written is done without.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from coach import paths
from coach.mentor.yamlfile import MAX_BYTES

_READING = "1"
"""To be changed when YAML is read otherwise than before."""
_MOST = 100
"""So many files are kept: whoever writes a scenario saves it often."""


def key_of(path: Path) -> str:
    """What tells this file from any with other words in it; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        return ""
    return hashlib.sha256(f"{_READING} ".encode() + raw).hexdigest()


def get(key: str) -> Any:
    """The values kept under a key; None where there are none."""
    with suppress(OSError, ValueError, RecursionError):
        return json.loads(_file(key).read_bytes())
    return None


def keep(key: str, values: Any) -> None:
    """Keep values, and no more than there is room for."""
    file = _file(key)
    try:
        text = json.dumps(values, allow_nan=False)
        paths.made_private(file.parent)
        with paths.writing_whole(file) as whole:
            whole.write(text)
        oldest = sorted(file.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)
        for old in oldest[:-_MOST]:
            old.unlink()
    except (OSError, TypeError, ValueError):
        return


def _file(key: str) -> Path:
    return paths.scenario_values_dir() / f"{key}.json"
