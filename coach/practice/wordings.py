"""Better wordings for a turn, drawn from the scenario and nothing else.

A scenario's author wrote, per topic, an open question that opens its story and a paraphrase of
that story. Which of them suits a turn depends on what the mentor had just said and on what the
turn turned out to ask about. Where none suits, there is none.
"""

from __future__ import annotations

from collections.abc import Callable

from coach.listening.reading import Reading
from coach.mentor.mentor import Line
from coach.mentor.scenario import Scenario, Topic


def better_question(
    scenario: Scenario,
    line: Line,
    asked: Callable[[], Topic | None],
    reading: Reading,
    ahead: Topic | None,
) -> str | None:
    """The open question that asks for what a turn asked for, or for what it might have.

    Args:
        scenario: where the wordings stand.
        line: what the mentor had said before the turn.
        asked: finds the topic whose story the turn asks for, if it does.
        reading: the turn's reading.
        ahead: the topic most naturally asked about at that moment.

    Returns:
        The question; None where the scenario has none that fits.
    """
    if reading.question.kind == "none":
        if line.text.rstrip().endswith("?"):
            # They asked and were answered: whatever comes next may be asked in return.
            return ahead.better_question if ahead is not None else None
        return _question(scenario, line)
    topic = asked()
    if topic is not None and topic.id != line.topic:
        # Put openly, what was asked for is that topic's own question.
        return topic.better_question
    return _question(scenario, line)


def better_paraphrase(scenario: Scenario, line: Line) -> str | None:
    """A paraphrase of what the mentor's line told, where the scenario has one."""
    topic = _topic(scenario, line.topic)
    # The author's paraphrase is one of the full story, not of the other depths.
    return topic.better_paraphrase if topic is not None and line.depth == "full" else None


def _question(scenario: Scenario, line: Line) -> str | None:
    """What opens the story that a line only touched; of one that is told it would ask again."""
    topic = _topic(scenario, line.topic)
    return topic.better_question if topic is not None and line.depth == "short" else None


def _topic(scenario: Scenario, topic_id: str | None) -> Topic | None:
    return next((topic for topic in scenario.topics if topic.id == topic_id), None)
