"""Better wordings for a turn, drawn from the scenario and nothing else.

A scenario's author wrote, per topic, an open question that opens its story and a paraphrase of
that story. Which of them suits a turn depends on what the mentor had just said and on what the
turn turned out to ask about. Where none suits, there is none.
"""

from __future__ import annotations

from coach.listening.reading import Reading
from coach.mentor.mentor import Line
from coach.mentor.scenario import Scenario, Topic


def wordings(
    scenario: Scenario, line: Line, asked: Topic | None, reading: Reading, ahead: Topic | None
) -> tuple[str | None, str | None]:
    """An open question and a paraphrase that would have suited a turn.

    Args:
        scenario: where the wordings stand.
        line: what the mentor had said before the turn.
        asked: the topic whose story the turn asks for, if it does.
        reading: the turn's reading.
        ahead: the topic most naturally asked about at that moment.

    Returns:
        The question and the paraphrase, either None where the scenario has none that fits.
    """
    return _asked(scenario, line, asked, reading, ahead), _paraphrase(scenario, line)


def better_wording(scenario: Scenario, line: Line, ahead: Topic | None) -> str | None:
    """The wording that would have suited a line of the mentor's best, for the debrief."""
    return _paraphrase(scenario, line) or _question(scenario, line, ahead)


def _asked(
    scenario: Scenario, line: Line, asked: Topic | None, reading: Reading, ahead: Topic | None
) -> str | None:
    """The open question that asks for what the turn asked for, or for what it might have."""
    if reading.question.kind == "none":
        if line.text.rstrip().endswith("?"):
            # They asked and were answered: whatever comes next may be asked in return.
            return ahead.better_question if ahead is not None else None
        return _question(scenario, line, None)
    if asked is not None and asked.id != line.topic:
        # Put openly, what was asked for is that topic's own question.
        return asked.better_question
    return _question(scenario, line, None)


def _question(scenario: Scenario, line: Line, ahead: Topic | None) -> str | None:
    topic = _topic(scenario, line.topic)
    if topic is not None and line.depth == "short":
        return topic.better_question
    if line.depth in ("full", "confidence"):
        # The story is told; its opening question would ask for what was just said.
        return None
    return ahead.better_question if ahead is not None else None


def _paraphrase(scenario: Scenario, line: Line) -> str | None:
    topic = _topic(scenario, line.topic)
    # The author's paraphrase is one of the full story, not of the other depths.
    return topic.better_paraphrase if topic is not None and line.depth == "full" else None


def _topic(scenario: Scenario, topic_id: str | None) -> Topic | None:
    return next((topic for topic in scenario.topics if topic.id == topic_id), None)
