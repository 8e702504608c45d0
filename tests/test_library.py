"""Scenario files: what is wrong is said with file, line and remedy, and nothing is executed."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import BadInput
from coach.mentor.library import find_scenario, load_library, load_scenario
from coach.mentor.template import template


@pytest.fixture
def write(tmp_path):
    def to(text: str | bytes, name: str = "my-talk.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return to


def broken(write, old: str, new: str, count: int = 1) -> tuple[str, str]:
    """The message for the template with one thing changed, and the line that was changed."""
    text = template("my-talk")
    assert old in text
    path = write(text.replace(old, new, count))
    with pytest.raises(BadInput) as caught:
        load_scenario(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:")
    number = int(message.removeprefix(f"{path}:").partition(":")[0])
    return message, path.read_text().splitlines()[number - 1]


def test_a_good_file_loads(write):
    assert load_scenario(write(template("my-talk"))).id == "my-talk"


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ("  encouraged:", "  encouragd:", "Did you mean 'encouraged'?", "encouragd:"),
        ("opening:", "openin:", "Did you mean 'opening'?", "openin:"),
        ("summary:", "zzz:", "'summary' is missing in 'the file'", "id: my-talk"),
        ("  name:", "  nam:", "'nam' is not known in 'mentor'. Did you mean 'name'?", "nam:"),
        ("      full: [", "      ful: [", "Did you mean 'full'?", "ful: ["),
        ("difficulty: middling", "difficulty: midling", "Did you mean 'middling'?", "midling"),
        ("to: dismissal", "to: dismisal", "Did you mean 'dismissal'?", "dismisal"),
        ("minutes: 15", "minutes: 500", "less than or equal to 60", "500"),
        ("minutes: 15", "minutes: soon", "'minutes' is no whole number", "soon"),
        ("trust: 0.5", "trust: much", "'temper > trust' is no number", "much"),
        ("      felt:", "      feeled:", "Known here: felt, hard", "feeled"),
        ('asks_back: "And you', 'asks_back: no #"', 'Put quotes around it: "no"', "no #"),
        ('trade: "the trade or place"', "trade: 1992", "reads as a number or date", "1992"),
        ('trade: "the trade or place"', "trade: 2009-13-45", "number or date", "2009-13-45"),
        ('trade: "the trade or place"', "trade:", "'trade' is empty", "trade:"),
        ('trade: "the trade or place"', 'trade: " "', "'trade' is empty", "trade:"),
        ("id: my-talk", "id: My Talk", "Use small letters", "id: My Talk"),
        ("needs: []", "needs: [topic-9]", "needs 'topic-9', and there is no", "topic-9"),
        ("needs: []", "needs: [topic-1]", "which needs 'topic-1' in turn", "needs: [topic-1]"),
        ("id: topic-3", "id: topic-2", "The id 'topic-2' is used twice", "id: topic-2"),
        ("skills: [", "skills: 5 #", "Write a list", "skills"),
        ('"A plain goodbye."', '"A  warm goodbye to someone who LISTENED."', "said on", "LISTENED"),
        ("trade:", 'id: "again"\ntrade:', "'id' stands here again (first on line 5)", "again"),
        ('"The first topic, in a few words"', "a: b: c", "not valid YAML", "a: b: c"),
        ("\nminutes: 15", "\n\tminutes: 15", "Indent with spaces, not tabs", "minutes"),
        ('in a few words"\n', "in a few words\n", "A quote is opened on this line", "few words"),
        ('first topic"]\n', "first topic]\n", "A quote is opened on this line", "the bare"),
        ('Tell how it went."', "Tell how it went.", "A quote is opened on this line", "Tell how"),
        ("learner_role:", "learner_role", "Put a colon after the key", "learner_role"),
        (
            '"The first topic, in a few words"',
            "“The first: it”",
            "Use straight quotes",
            "first: it",
        ),
        ("minutes: 15", "minutes: &m 15", "", ""),
        ("needs: []", "needs: *all", "alias", "*all"),
        ("minutes: 15", "minutes: !!python/name:os.system x", "tag", "python"),
        ("minutes: 15", 'minutes: !!int ""', "The tag 'int' is not allowed", "!!int"),
        ("minutes: 15", "minutes: 15\n<<: {minutes: 15}", "'<<' is not known", "<<"),
        ('"The first topic, in', '"The \\0 topic, in', "holds a NUL character", "The \\0 topic"),
        ("needs: []", "needs: " + "[" * 30 + "]" * 30, "nested deeper", "[[["),
    ],
)
def test_each_mistake_names_its_line_and_remedy(write, old, new, says, line):
    if not says:
        # An anchor alone unfolds to nothing and is let be.
        load_scenario(write(template("my-talk").replace(old, new)))
        return
    message, text = broken(write, old, new)
    assert says in message
    assert line in text
    assert message.endswith((".", "?", ".)"))


def test_numbers_too_long_to_be_any_are_text(write):
    message, _ = broken(write, "minutes: 15", "minutes: 1" + ":0" * 200 + ".0")
    assert "'minutes' is no whole number" in message
    message, _ = broken(write, "difficulty: middling", "difficulty: 0x" + "f" * 5000)
    assert "'difficulty' cannot be '0xfff" in message


def test_two_topics_that_need_each_other(write):
    text = template("my-talk").replace("needs: []", "needs: [topic-2]", 1)
    head, tail = text.split("id: topic-2")
    path = write(head + "id: topic-2" + tail.replace("needs: []", "needs: [topic-1]", 1))
    with pytest.raises(BadInput, match="in turn"):
        load_scenario(path)


def test_a_misspelt_key_is_reported_once(write):
    message, _ = broken(write, "  encouraged:", "  encouragd:")
    assert "more" not in message


def test_several_mistakes_are_counted(write):
    message, _ = broken(write, "needs: []", "need: []", 3)
    assert "(2 more; `coach scenarios check` lists them all.)" in message


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"# nothing\n", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"title: \xe9t\xe9", "UTF-8"),
        (b"just words", "wrong shape"),
        (b"- a\n- b", "wrong shape"),
        (b"a: 1\n---\nb: 2", "second document"),
        (b"[" * 300_000, "nested deeper"),
        (b"{" * 300_000, "no plain word|nested deeper"),  # by PyYAML's version
        (b"- " * 300_000, "nested deeper"),
        (b"a: \x00", "invisible"),
        (b"? [a]\n: b", "no plain word"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]", "alias"),
    ],
    ids=range(14),
)
def test_what_is_no_scenario_at_all(write, raw, says):
    path = write(raw)
    with pytest.raises(BadInput, match=says) as caught:
        load_scenario(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        load_scenario(tmp_path / "none.yaml")
    with pytest.raises(BadInput, match="cannot be read"):
        load_scenario(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(write):
    raw = b"\xef\xbb\xbf" + template("my-talk").replace("\n", "\r\n").encode()
    assert load_scenario(write(raw)).id == "my-talk"


def test_a_bad_file_stops_none_of_the_others(write, tmp_path):
    write(template("one"), "one.yaml")
    write("id: two", "two.yml")
    write(template("one"), "zwei.yaml")
    library = load_library([tmp_path, tmp_path / "nowhere"])
    assert list(library.scenarios) == ["one"]
    assert library.files["one"].name == "one.yaml"
    assert len(library.problems) == 2
    assert "two.yml" in str(library.problems[0])
    assert "belongs to" in str(library.problems[1])


def test_a_name_within_another_files_is_not_that_file(write, tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    (tmp_path / "scenarios").mkdir()
    write("id: two", "scenarios/airport.yaml")
    for part in ("port", ""):
        with pytest.raises(BadInput, match=f"There is no scenario '{part}'"):
            find_scenario(part)
    for whole in ("airport", "airport.yaml"):
        with pytest.raises(BadInput, match=r"airport\.yaml:1"):
            find_scenario(whole)


def test_the_users_own_scenarios_are_found_and_near_names_suggested(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    own = tmp_path / "scenarios"
    own.mkdir()
    (own / "my-talk.yaml").write_text(template("my-talk"))
    (own / "bad.yaml").write_text("id: bad")
    assert find_scenario("my-talk").id == "my-talk"
    with pytest.raises(BadInput, match="Did you mean 'my-talk'"):
        find_scenario("my-tlak")
    with pytest.raises(BadInput, match=r"bad\.yaml:1"):
        find_scenario("bad")
    with pytest.raises(BadInput, match="scenarios list"):
        find_scenario("qqqqqq")


def test_what_ships_loads_without_problems(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    library = load_library()
    assert library.problems == []
    assert library.scenarios
