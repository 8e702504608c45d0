"""What authors and trainers get: schema, page, check and template."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from coach import paths
from coach.errors import BadInput, UsageError
from coach.mentor.check import look_over
from coach.mentor.finding import Finding
from coach.mentor.library import examine, find_scenario, load_library, load_scenario
from coach.mentor.page import WIDTH, describe_page
from coach.mentor.problems import _known_keys
from coach.mentor.scenario import Scenario
from coach.mentor.schema import schema_text, write_schema
from coach.mentor.template import ASKED, template
from tests.mentor_scene import a_scenario

GUIDE = Path(__file__).parent.parent / "docs" / "AUTHORING.md"
TO_FILL = ("still stands as the file was begun", "questions that open it")
"""What is said of every file that was only begun."""


def findings_in(path: Path) -> list[Finding]:
    return look_over(*examine(path))


def checked(tmp_path, old: str = "", new: str = "", name: str = "my-talk.yaml") -> list[str]:
    """What is said of a file just begun with one thing changed, but for what it was begun with."""
    path = tmp_path / name
    text = template("my-talk")
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = [str(finding).replace(str(tmp_path), "") for finding in findings_in(path)]
    return [one for one in found if not any(words in one for words in TO_FILL)]


def test_the_schema_on_disk_is_the_models():
    on_disk = (paths.data_dir() / "schema" / "scenario.json").read_text(encoding="utf-8")
    assert on_disk == schema_text(), "run: python -m coach.mentor.schema"


def test_the_schema_takes_what_the_model_takes(tmp_path):
    schema = json.loads(write_schema(tmp_path / "deep" / "s.json").read_text())
    data = yaml.safe_load(template("my-talk"))
    jsonschema.validate(data, schema)
    data["topics"][0]["says"]["fulll"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_the_schema_tells_authors_what_fields_are_for():
    assert "never repeats `says` word for word" in schema_text()


def test_the_template_is_valid_and_without_blame(tmp_path):
    assert checked(tmp_path) == []
    assert template("my-talk").count("#") > 15


def test_what_was_only_begun_is_told_once_at_its_first_line(tmp_path):
    path = tmp_path / "my-talk.yaml"
    path.write_text(template("my-talk"))
    begun, *few = [str(finding) for finding in findings_in(path)]
    assert begun.startswith(f"{path}:6: “A few words that name the talk” still stands")
    assert re.search(r"so do \d+ more after it", begun)
    assert len(few) == 5 and all("has only 2 questions that open it" in one for one in few)
    path.write_text(template("my-talk", known={"A few words that name the talk": "Leeks"}))
    assert str(findings_in(path)[0]).startswith(f"{path}:7: “One sentence for the list")


def test_what_ships_is_finished():
    for path in paths.scenarios_dir().glob("*.yaml"):
        assert findings_in(path) == []


def test_the_guides_example_makes_a_scenario(tmp_path):
    topic, details, follow_ups, first_turns, temper = re.findall(
        r"^```yaml\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    begun = template("allotment")
    first = begun[begun.index("  - id: topic-1") : begun.index("  - id: topic-2")]
    manner = begun[begun.index("temper:") : begun.index("\nlearner_plays:")]
    path = tmp_path / "allotment.yaml"
    opening = begun[begun.index("opening:") : begun.index("\n# Five topics")]
    text = begun.replace(first, topic + details + follow_ups).replace(manner, temper)
    path.write_text(text.replace(opening, first_turns))
    scenario = load_scenario(path)
    assert scenario.topics[0].id == "slugs"
    assert len(scenario.hears[0].hears) == 2
    said_of_it = ("slugs", "hears", "opening")
    found = map(str, findings_in(path))
    assert not [one for one in found if any(word in one for word in said_of_it)]


def test_what_the_wizard_asked_stands_in_the_file_whatever_was_typed():
    assert all(f'"{placeholder}"' in template("my-talk") for placeholder in ASKED)
    typed = {placeholder: f'no: a "{n}" # {{x}}' for n, placeholder in enumerate(ASKED)}
    data = yaml.safe_load(template("my-talk", known=typed))
    assert data["title"] == 'no: a "0" # {x}'
    assert data["mentor"]["role"] == 'no: a "4" # {x}'
    blank = template("my-talk", known=dict.fromkeys(ASKED, "  "))
    assert blank == template("my-talk")


def test_a_template_needs_a_usable_id():
    for bad in ("My Talk", "", "1st", "a/b", "é"):
        with pytest.raises(UsageError, match="small letters"):
            template(bad)


def test_a_filled_template_makes_a_page(tmp_path):
    (tmp_path / "my-talk.yaml").write_text(template("my-talk"))
    page = describe_page(load_scenario(tmp_path / "my-talk.yaml"))
    assert "The fifth topic, in a few words" in page
    assert "Tell how it went. (by you)" in page


def test_the_page_gives_away_no_story():
    scenario = a_scenario()
    page = describe_page(scenario)
    assert page.startswith("A small port\n============\n")
    for words in ("Bo, quartermaster", "great gale", "Learn the place.", "Welcome aboard."):
        assert words in page
    assert all(len(line) <= WIDTH for line in page.splitlines())
    for topic in scenario.topics:
        for told in (topic.says.short, topic.says.full, topic.says.confidence):
            assert told not in page


def test_check_reports_errors_like_the_loader(tmp_path):
    (finding,) = checked(tmp_path, "difficulty: middling", "difficulty: midling")
    assert finding == "/my-talk.yaml:9: 'difficulty' cannot be 'midling'. Did you mean 'middling'?"


def test_a_key_point_that_begins_with_a_capital_names_nobody(tmp_path):
    old = '["the story of the first topic"'
    assert checked(tmp_path, old, '["Gladly the story of the first topic"') == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('["the story of the first topic"', '["elephants danced wildly"', "hardly in the line"),
        ('["the story of the first topic"', '["the story of first topic Rhodri"', "names Rhodri"),
        ('      short: ["the bare answer on the first topic"]\n', "", "no key points for 'short'"),
        ('"Tell me about the second topic."', '"tell me about the FIRST topic"', "never reaches"),
        ('"When did you start?"', '"Tell me about the first topic"', "never reaches answer 1"),
        (
            '  - to: dismissal\n    says: ["What the mentor says to dismissal."]\n',
            "",
            "There is no reply to dismissal",
        ),
        ('"A plain goodbye."', f'"{"word " * 200}"', "too long to listen to"),
    ],
)
def test_check_warns_beyond_the_schema(tmp_path, old, new, says):
    (finding,) = checked(tmp_path, old, new)
    assert says in finding


def test_check_looks_at_what_is_said_to_first_turns_however_deep(tmp_path):
    says = 'says: "What the mentor makes of that."'
    opening = (
        "The mentor's first words. They end with something to answer, so what brings you here?"
    )
    twice = checked(tmp_path, says, f'says: "{opening}"')
    assert any("said on line" in one for one in twice)
    slip = checked(tmp_path, says, says.replace("says", "sayz"))
    assert any("Did you mean 'says'" in one and "hears > no. 1" in one for one in slip)


def nested(model: type[BaseModel], path: tuple[str, ...] = ()):
    yield path, model
    for name, field in model.model_fields.items():
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel) and part is not model:
                yield from nested(part, (*path, name))


@pytest.mark.parametrize(("path", "model"), nested(Scenario))
def test_what_is_misspelt_anywhere_is_told_what_is_known_there(path, model):
    assert _known_keys(path) == [*model.model_fields]


def test_a_misspelt_key_of_the_temper_is_guessed(tmp_path):
    (slip,) = checked(tmp_path, "  patience: 0.6", "  patiense: 0.6")
    assert slip.endswith("'patiense' is not known in 'temper'. Did you mean 'patience'?")


def test_check_finds_answers_that_are_never_waited_for_or_lead_nowhere(tmp_path):
    asks = "And would you have come by yourself?"
    deaf = checked(tmp_path, asks, "You would have come by yourself.")
    assert any("asks nothing that could be answered" in one and "yourself" in one for one in deaf)
    begins = checked(tmp_path, "so what brings you here?", "and that was that.")
    assert any("The opening asks nothing" in one for one in begins)
    says = 'says: "What the mentor makes of that."'
    lost = checked(tmp_path, says, f"{says}\n        leads_to: topic-11")
    assert any("leads to 'topic-11'" in one and "Did you mean" in one for one in lost)


def test_check_finds_that_too_few_topics_have_a_door(tmp_path):
    door = '    door: "You could ask me about the first topic."'
    found = checked(tmp_path, door, "    # none")
    assert any("Only 4 topics have a door" in one and "Give at least 5" in one for one in found)


def test_check_finds_a_topic_no_question_reaches(tmp_path):
    findings = checked(
        tmp_path,
        '"How did the second topic come about?"\n      - "Tell me about the second topic."',
        '"How did the first topic come about?"\n      - "Tell me about the first topic."',
    )
    assert any("'topic-2' cannot be reached" in finding for finding in findings)


def test_check_finds_curly_quotes_that_were_meant_for_straight_ones(tmp_path):
    (finding,) = checked(tmp_path, '"The mentor\'s name"', "“The mentor”")
    assert "The curly quotes of “The mentor” are shown" in finding
    assert checked(tmp_path, '"The mentor\'s name"', '"“Ada” the Ox"') == []


def test_check_finds_an_id_that_another_file_has(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    own = tmp_path / "scenarios"
    own.mkdir()
    taken = next(paths.scenarios_dir().glob("*.yaml"))
    for name in (taken.stem, "mine"):
        (own / f"{name}.yaml").write_text(template(name))
    finding = findings_in(own / taken.name)[0]
    assert str(finding) == (
        f"{own / taken.name}:5: The id '{taken.stem}' belongs to {taken} already. "
        "Give it another id."
    )
    assert "belongs to" not in str(findings_in(own / "mine.yaml"))
    assert "belongs to" not in str(findings_in(taken))
    with pytest.raises(BadInput, match="belongs to"):
        find_scenario(taken.stem)


def test_check_wants_file_and_id_to_agree(tmp_path):
    (finding,) = checked(tmp_path, name="other.yaml")
    assert "The id is 'my-talk', the file is called 'other'" in finding


def test_errors_come_first(tmp_path):
    path = tmp_path / "my-talk.yaml"
    path.write_text("id: my-talk")
    assert {finding.level for finding in findings_in(path)} == {"error"}


def test_what_ships_has_a_page(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    for scenario in load_library().scenarios.values():
        assert scenario.mentor.name in describe_page(scenario)
