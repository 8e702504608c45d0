"""What was said: a turn and its context in, a `Reading` out.

The only package that knows spaCy, torch and transformers, and only in the modules that run
in the models' process. Importing this package loads none of them.
"""

from __future__ import annotations

from coach.listening.listener import Listener, Row
from coach.listening.reading import MOVES, Reading

__all__ = ["MOVES", "Listener", "Reading", "Row"]
