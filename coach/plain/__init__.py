"""The engine as lines of text: for screen readers, pipes and remote shells.

No box drawing, no colour, nothing that moves; roles are words at the start of a line.
"""

from __future__ import annotations

from coach.plain.practice import Options, practise

__all__ = ["Options", "practise"]
