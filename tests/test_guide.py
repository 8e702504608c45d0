"""The guide for authors names what the code has, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from coach.mentor.follow_ups import ASKED_AS
from coach.mentor.state import RULES

GUIDE = Path(__file__).parent.parent / "docs" / "AUTHORING.md"


def _rows(heading: str) -> dict[str, str]:
    """First and second cell of the table under this heading row."""
    table = GUIDE.read_text(encoding="utf-8").partition(heading)[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", table, re.MULTILINE))


def test_every_kind_of_question_after_a_story_stands_with_one_it_answers() -> None:
    listed = _rows("| kind | answers, for one |")
    assert [*listed] == [*ASKED_AS]
    assert all(question in ASKED_AS[kind] for kind, question in listed.items())


def test_every_word_that_may_weigh_double_stands_with_what_it_means() -> None:
    assert _rows("| word | what the learner did |") == {rule.sign: rule.why for rule in RULES}
