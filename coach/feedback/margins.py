"""From which probability on a mark is shown on a card.

A move that one turn in fifty makes needs a surer sign than one that every third row of labelled
data holds. On turns that nobody wrote to show a label (``data/labelled/turns/unposed*``) three
marks of four would be right only from still higher margins, which many moves never reach
(``python -m coach.training.suites_marks`` prints them); ``coach eval marks`` measures these.
"""

from __future__ import annotations

from collections.abc import Mapping

RARELY = 0.95
"""For a mark without a margin of its own."""

MARGINS: Mapping[str, float] = {
    "acknowledgment": 0.90,
    "appreciation": 0.90,
    "casual_invite": 0.90,
    "commitment": 0.90,
    "complex": 0.75,
    "confidentiality": 0.90,
    "covered": 0.70,
    "dismissal": 0.80,
    "distorted": 0.95,
    "feedback_request": 0.90,
    "follow_through": 0.90,
    "guidance_preference": 0.90,
    "insight_applied": 0.90,
    "knowledge_share": 0.90,
    "missed": 0.60,
    "mutual_benefit": 0.90,
    "own_observation": 0.90,
    "perspective_seeking": 0.90,
    "reflects": 0.75,
    "summary": 0.90,
    "topic_hijack": 0.90,
    "topic_proposal": 0.90,
    "unsolicited_advice": 0.90,
}
"""By the name of a move, of a status of a point (``covered``), ``reflects`` or ``complex``."""


def margin(mark: str) -> float:
    """The probability from which on a mark is shown."""
    return MARGINS.get(mark, RARELY)
