"""A conversational practice coach: rehearse a talk, be listened to, learn to listen.

Public names are resolved when first used, so that ``import coach`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.listening import Listener, Reading
    from coach.listening.scoring import score_file
    from coach.mentor.scenario import Scenario

__version__ = "0.1.0"

__all__ = ["Listener", "Reading", "Scenario", "__version__", "score_file"]

_WHERE = {
    "Listener": "coach.listening",
    "Reading": "coach.listening",
    "Scenario": "coach.mentor.scenario",
    "score_file": "coach.listening.scoring",
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'coach' has no attribute {name!r}")
