from __future__ import annotations

import pytest

from coach.mentor.mentor import Line
from coach.practice.events import TurnRead
from coach.practice.hints import hint_words
from coach.practice.wordings import better_paraphrase
from tests.builders import a_reading, a_scenario

KILN, GLAZE, *_ = a_scenario().topics
LEVELS = (1, 2, 3)


def hints(line, current=None, ahead=None):
    return [hint_words(level, line, current, ahead, "Ada Brandt") for level in LEVELS]


def a_line(text, **where):
    return Line(**{"text": text, "kind": "story", "rule": "r", **where})


def test_to_a_question_answer_first():
    line = a_line("I did. What would you have told her?", topic="kiln", depth="full")
    nudge, pointer, wording = hints(line, KILN, GLAZE)
    assert "They asked you something" in nudge
    assert "“Learning to mix glaze”" in pointer
    assert wording == f"Answer first. Then you could ask: “{GLAZE.better_question}”"
    assert hints(line)[2].endswith("end on a question of yours.")


def test_to_a_story_say_it_back():
    line = a_line(KILN.says.full, topic="kiln", depth="full")
    assert hints(line, KILN, GLAZE)[2] == f"You could say: “{KILN.better_paraphrase}”"
    deep = a_line(
        "Heard it. I kept quiet.",
        topic="kiln",
        depth="confidence",
        key_points=("the mentor's hut", "b"),
    )
    assert "Ada Brandt's hut; b." in hints(deep, KILN)[2]
    pointless = deep.model_copy(update={"key_points": ()})
    assert hints(pointless, KILN)[2].startswith("They said: “")
    assert hint_words(2, a_line("…", depth="full"), None, None, "Ada").startswith("They said")
    nothing = hint_words(2, a_line(" ", depth="full"), None, None, "Ada")
    assert nothing.startswith("Say in one sentence")


def test_to_a_short_answer_ask_openly_for_its_story():
    line = a_line(KILN.says.short, topic="kiln", depth="short")
    nudge, pointer, wording = hints(line, KILN, GLAZE)
    assert "leave the answer to them" in nudge
    assert "“The kiln that cracked”" in pointer
    assert wording == f"You could ask: “{KILN.better_question}”"


def test_to_small_talk_ask_about_what_comes_next():
    line = a_line("Go on then.", kind="nod")
    assert hints(line, KILN, GLAZE)[2] == f"You could ask: “{GLAZE.better_question}”"
    assert hints(line, KILN)[1] == "They said: “Go on then.” Ask about one word of it."
    assert (
        hints(a_line(" ", kind="nod"))[1] == "Ask what is on their mind, or thank them and close."
    )


@pytest.mark.parametrize(
    ("topic", "depth", "better"),
    [
        ("kiln", "full", KILN.better_paraphrase),
        ("kiln", "short", None),
        ("kiln", "confidence", None),
        (None, None, None),
    ],
)
def test_the_authors_paraphrase_is_of_the_full_story(topic, depth, better):
    line = a_line("Words.", topic=topic, depth=depth)
    assert better_paraphrase(a_scenario(), line) == better


def test_a_read_turn_is_printed_in_the_contracts_form():
    event = TurnRead(turn=1, attempt=1, context="c", text="t", reading=a_reading("t"))
    printed = event.to_json()
    assert printed["event"] == "turn_read"
    assert printed["reading"] == a_reading("t").to_json() and "id" not in printed["reading"]
    assert event.to_line().startswith('{"event": "turn_read"')
