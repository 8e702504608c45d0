"""The whole coach with its real models: typed words in, readings, cards and a debrief out."""

from __future__ import annotations

import io
import json
import random
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli import app, batch, talk
from coach.listening.listener import Row
from coach.listening.scoring import score_file
from coach.mentor.library import load_library
from coach.paths import data_dir, scenarios_dir
from tests.coach_command import coach, lines_of

TURNS = (
    "What brought you into this work in the first place?",
    "So it was the people who kept you there, more than the work itself.",
    "How did that change the way you go about it now?",
    "Did you ever think of leaving?",
    "I see. That must have been a long year for you.",
    "You should have asked for more people.",
    "What would you do differently if you started again?",
    "Could you tell me how my last report came across, the summary above all?",
    "I will try that this week and tell you on Friday how it went.",
    "Thank you for telling me that. What else should I have asked you?",
)
SEED = 3


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("end-to-end") / "home"


@pytest.fixture(scope="module")
def held(home):
    """The events of ten turns piped into the real command, models in their own process."""
    done = coach(
        "practice", "--plain", "--json", "--seed", SEED, home=home, typed="\n".join(TURNS) + "\n"
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return lines_of(done.stdout)


@pytest.fixture(scope="module")
def read(held):
    return [event for event in held if event["event"] == "turn_read"]


def labelled(name, count):
    rows = (data_dir() / "labelled" / name / "test.jsonl").read_text("utf-8").splitlines()
    return [json.loads(row) for row in rows[:count]]


def points_of(scenario, line):
    """The key points that the author of a line of the talk wrote down for it."""
    told = scenario.topic(line["topic"]).key_points if line["topic"] else {}
    return {"key_points": told[line["depth"]]} if line["depth"] in told else {}


@pytest.fixture(scope="module")
def forty(held):
    """The talk's own ten turns and thirty of other people's, as rows for `coach score`."""
    rows, points = [], {}
    scenario = load_library().scenarios[held[0]["scenario"]]
    for event in held:
        if event["event"] == "mentor_said":
            points = points_of(scenario, event)
        elif event["event"] == "turn_read":
            row = {"id": f"talk-{event['turn']}", "context": event["context"]}
            rows.append(row | {"text": event["text"]} | points)
    assert any("key_points" in row for row in rows)
    rows += [{key: row[key] for key in ("id", "context", "text")} for row in labelled("turns", 20)]
    rows += [
        {key: row[key] for key in ("context", "key_points")}
        | {"id": attempt["id"], "text": attempt["text"], "task": "paraphrase"}
        for row in labelled("paraphrases", 10)
        for attempt in row["attempts"][:1]
    ]
    assert len({row["id"] for row in rows}) == 40
    return rows


@pytest.fixture(scope="module")
def scored(forty, home, tmp_path_factory):
    """The lines `coach score` writes for the forty, in one batch and one process."""
    path = tmp_path_factory.mktemp("scored") / "turns.jsonl"
    path.write_text("\n".join(map(json.dumps, forty)), "utf-8")
    done = coach("score", path, home=home)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in forty]
    return dict(zip((row["id"] for row in forty), lines, strict=True))


@pytest.fixture
def here(listener, tmp_path, monkeypatch):
    """The command line in this process with the shipped models; each call gives its output."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(talk, "make_listener", lambda _settings: listener)
    monkeypatch.setattr(batch, "batch_listener", lambda: listener)

    def run(*arguments, typed=""):
        done = CliRunner().invoke(app, [str(word) for word in arguments], input=typed)
        assert done.exit_code == 0, done.stderr
        return lines_of(done.stdout)

    return run


def deaf_to_the_past(listener):
    """Forget every analysis, so that nothing can be recalled instead of read."""
    listener._ear._heard.clear()
    listener._meaning._vectors.clear()
    return listener


# ------------------------------------------------------------------ readings


def test_a_talk_gives_the_readings_of_score(read, scored):
    assert [event["text"] for event in read] == list(TURNS)
    for event in read:
        expected = json.loads(scored[f"talk-{event['turn']}"])
        assert {"id": expected["id"], **event["reading"]} == expected
    # Readings that are all the same would pass the above, and mean nothing.
    kinds = {event["reading"]["question"]["kind"] for event in read}
    assert kinds == {"none", "open", "closed"}
    assert any(event["reading"]["reflection"]["kind"] != "none" for event in read)
    assert len({json.dumps(event["reading"]["moves"]) for event in read}) == len(read)


def test_a_context_is_what_the_mentor_had_just_said(held):
    before = None
    for event in held:
        if event["event"] == "turn_read":
            assert event["context"] == before
        if event["event"] == "mentor_said":
            before = event["text"]


def test_alone_shuffled_and_in_a_batch_of_forty(listener, forty, scored):
    rows = [Row.model_validate(row) for row in forty]
    random.Random(7).shuffle(rows)
    alone = {r.id: deaf_to_the_past(listener).read_rows([r])[0].to_line() for r in rows}
    assert alone == scored
    batch = deaf_to_the_past(listener).read_rows(rows)
    assert [reading.to_line() for reading in batch] == [scored[row.id] for row in rows]


def test_the_records_hold_the_same_readings_and_replay_the_same_talk(held, read, home, here):
    done = coach("export", "last", "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    kept = json.loads(done.stdout)
    assert [turn["reading"] for turn in kept["turns"]] == [
        {**turn["reading"], **event["reading"]}
        for turn, event in zip(kept["turns"], read, strict=True)
    ]
    file = home / "talk.json"
    file.write_text(done.stdout, "utf-8")
    again = here("practice", "--json", "--seed", SEED, "--replay", file)
    assert again == held


# ------------------------------------------------------------------ talks


def sentences(text):
    """Sentences of six words or more, as one hears them."""
    return [
        " ".join(words)
        for part in re.split(r"(?<=[.!?])\s+", text)
        if len(words := re.findall(r"[\w']+", part.lower())) >= 6
    ]


def quotes_of(remark):
    if remark is None:
        return []
    return [(quote["text"], who) for who in ("yours", "theirs") if (quote := remark[who])]


@pytest.mark.parametrize("scenario", sorted(path.stem for path in scenarios_dir().glob("*.yaml")))
def test_ten_turns_with_every_mentor_end_in_a_debrief(here, scenario):
    told = here(
        "practice", "--json", "--no-history", "--scenario", scenario, "--seed", SEED,
        typed="\n".join(TURNS) + "\n",
    )  # fmt: skip
    said = [event["text"] for event in told if event["event"] == "mentor_said"]
    assert len(said) == len(TURNS) + 1
    assert len(set(said)) == len(said)
    spoken = [sentence for line in said for sentence in sentences(line)]
    assert sorted(set(spoken)) == sorted(spoken)
    cards = [event["card"] for event in told if event["event"] == "card"]
    assert len(cards) == len(TURNS)
    for turn, card in enumerate(cards):
        for remark in (card["strength"], card["try_next"]):
            for quote, who in quotes_of(remark):
                assert quote in (TURNS[turn] if who == "yours" else said[turn])
    last = told[-1]
    assert (last["event"], last["debrief"]["judged"]) == ("debrief", True)
    moments = [*last["debrief"]["worked"], *last["debrief"]["missed"]]
    assert moments
    for moment in moments:
        assert moment["yours"] in TURNS[moment["turn"] - 1]
        assert moment["theirs"] in said[moment["turn"] - 1]
    # Where no card had anything to try there is nothing to practise.
    tried = any(card["try_next"] for card in cards)
    assert (last["debrief"]["practise_next"] is not None) == tried
    assert last["debrief"]["figures"]["turns"] == len(TURNS)


# ------------------------------------------------------------------ files

DIALOGUE = (
    ("Ada", "The pump failed twice that winter, and nobody would sign for a new one."),
    ("Ben", "So you kept it running without anybody's name on the paper?"),
    ("Ada", "I did, with wire and a lot of swearing. I was 24."),
    ("Ben", "What did you learn from that winter, apart from the swearing?"),
)


def as_csv():
    rows = ["id;context;text"]
    rows += [f't{at};"{said(at - 1)}";"{said(at)}"' for at in range(1, len(DIALOGUE) + 1)]
    return "\n".join(rows)


def said(number):
    """The words of a turn, counted from 1; nothing before the first."""
    return DIALOGUE[number - 1][1] if number else ""


def as_txt():
    return "\n".join(f"{who}: {words}" for who, words in DIALOGUE)


def as_vtt():
    cues = [
        f"00:0{at}:00.000 --> 00:0{at}:09.000\n<v {who}>{words}</v>\n"
        for at, (who, words) in enumerate(DIALOGUE)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.mark.parametrize("form", [as_csv, as_txt, as_vtt])
def test_score_reads_the_same_dialogue_in_any_form(here, listener, tmp_path, form):
    path = tmp_path / f"talk.{form.__name__[3:]}"
    path.write_text(form(), "utf-8")
    out = tmp_path / "readings.jsonl"
    assert here("score", path, "-o", out) == []
    rows = [
        Row(id=f"t{at}", context=said(at - 1), text=said(at)) for at in range(1, len(DIALOGUE) + 1)
    ]
    expected = [reading.to_line() for reading in deaf_to_the_past(listener).read_rows(rows)]
    assert out.read_text("utf-8").splitlines() == expected
    kinds = [json.loads(line)["question"]["kind"] for line in expected]
    assert kinds[1::2] == ["closed", "open"]


def test_awkward_turns_are_read_and_none_is_praised(here, listener, tmp_path):
    awkward = {
        "empty": "",
        "one character": "k",
        "pasted": "so and then " * 8334,
        "control": "\x1b[31m\x07\x08",
        "brackets": "[/] [bold] [@click=quit()]",
        "right to left": "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
        "emoji": "\U0001f469\u200d\U0001f680\U0001f600",
        "German": "Wie sind Sie denn damals darauf gekommen, das selbst zu machen?",
        "NUL": "\x00\x00",
    }
    path = Path(tmp_path / "turns.jsonl")
    context = DIALOGUE[0][1]
    rows = [{"id": key, "context": context, "text": text} for key, text in awkward.items()]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    read = here("score", path)
    assert [reading["id"] for reading in read] == list(awkward)
    unjudged = {r["id"] for r in read if not r["judged"] and r["reason"].endswith(".")}
    assert unjudged == set(awkward) - {"brackets"}
    out = io.StringIO()
    assert score_file(path, out=out, listener=deaf_to_the_past(listener)).errors == 0
    assert lines_of(out.getvalue()) == read
