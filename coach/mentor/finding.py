"""One thing found wrong with a scenario file: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.errors import BadInput


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend. ``line`` counts from 1; 0 where the file as a whole is meant.

    An ``error`` keeps the scenario from being used, a ``warning`` does not.
    """

    path: Path
    line: int
    what: str
    remedy: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """One line: ``file:line``, what, remedy."""
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        end = "?" if self.remedy.startswith("Did you mean") else "."
        return f"{where}: {self.what}. {self.remedy}{end}"


def as_error(findings: list[Finding]) -> BadInput:
    """The first error as an exception, with a word on how many more there are."""
    more = len(findings) - 1
    tail = f" ({more} more; `coach scenarios check` lists them all.)" if more else ""
    return BadInput(f"{findings[0]}{tail}")
