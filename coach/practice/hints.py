"""Hints for the turn to come: a nudge, a pointer, a wording. They fade with the hint level.

Every wording is the scenario's and every quote the mentor's; a hint invents nothing.
"""

from __future__ import annotations

from coach.feedback.card import told_of
from coach.feedback.lines import weightiest
from coach.mentor.mentor import Line
from coach.mentor.scenario import Topic


def hint_words(
    level: int, line: Line, current: Topic | None, ahead: Topic | None, mentor: str
) -> str:
    """The hint at a level for answering the mentor's line.

    Args:
        level: 1 a nudge, 2 a pointer, 3 a wording.
        line: what the mentor just said.
        current: the topic that line stands in.
        ahead: the topic most naturally asked about next.
        mentor: the mentor's name.
    """
    if line.text.rstrip("\"'”’) ").endswith("?"):
        return _to_a_question(level, ahead)
    if line.depth in ("full", "confidence"):
        return _to_a_story(level, line, current, mentor)
    return _to_little(level, line, current if line.depth == "short" else ahead)


def _to_a_question(level: int, ahead: Topic | None) -> str:
    if level == 1:
        return "They asked you something. Answer it plainly, and then give them the turn back."
    if ahead is None:
        return "Answer in a sentence or two, and end on a question of yours."
    if level == 2:
        return f"Answer in a sentence or two. Then, if it fits, ask about “{ahead.title}”."
    return f"Answer first. Then you could ask: “{ahead.better_question}”"


def _to_a_story(level: int, line: Line, topic: Topic | None, mentor: str) -> str:
    if level == 1:
        return "There was a story in that. What did you hear? Say it back before you ask on."
    if level == 3 and line.depth == "full" and topic is not None:
        return f"You could say: “{topic.better_paraphrase}”"
    if level == 3 and line.key_points:
        points = "; ".join(told_of(point, mentor) for point in line.key_points)
        return f"These points were in it: {points}. Say the one that matters most, your own way."
    words = weightiest(line.text)
    if words is None:
        return "Say in one sentence what you heard, your own way, and wait."
    return f"They said: “{words.text}” Say what you make of that, your own way, and wait."


def _to_little(level: int, line: Line, topic: Topic | None) -> str:
    if level == 1:
        return "What would let them say more? “What” and “how” leave the answer to them."
    if topic is not None:
        if level == 2:
            return f"Begin with “what” or “how”, and ask about “{topic.title}”."
        return f"You could ask: “{topic.better_question}”"
    words = weightiest(line.text)
    if words is None:
        return "Ask what is on their mind, or thank them and close."
    return f"They said: “{words.text}” Ask about one word of it."
