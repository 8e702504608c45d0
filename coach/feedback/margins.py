"""From which probability on a mark is shown on a card.

A move that one turn in fifty makes needs a surer sign than one that every third row of labelled
data holds. Each margin is the least at which three marks of four are right, or none is wrong, on
one half of the turns that nobody wrote to show a label (``python -m coach.training.suites_marks``
prints them); ``coach eval marks`` measures on the other half. Follow-through, which few turns there
make, stays where it was. What is turned round, which hardly happens there, is shown from where a
mentor puts it right (`coach.mentor.hearing`).
"""

from __future__ import annotations

from collections.abc import Mapping

RARELY = 0.95
"""For a mark that is not right so often at any lower one, as most reproaches."""

MARGINS: Mapping[str, float] = {
    "acknowledgment": 0.75,
    "appreciation": 0.75,
    "casual_invite": 0.80,
    "clarifying": 0.65,
    "closed": 0.50,
    "complex": 0.80,
    "covered": 0.85,
    "distorted": 0.85,
    "follow_through": 0.90,
    "guidance_preference": 0.90,
    "knowledge_share": 0.90,
    "missed": 0.50,
    "multiple": 0.80,
    "mutual_benefit": 0.70,
    "open": 0.50,
    "own_observation": 0.85,
    "reflects": 0.80,
    "summary": 0.85,
    "topic_proposal": 0.85,
}
"""By the name of a move, of a question's kind or flag, of what became of a point (``covered``), and
of what a turn does with it (``reflects``, ``complex``)."""


def margin(mark: str) -> float:
    """The probability from which on a mark is shown."""
    return MARGINS.get(mark, RARELY)
