"""Files of turns: every format, every way a row can be bad, and the order of what comes out."""

import io
import json
import os
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import BadInput, MissingModel, UsageError
from coach.listening.formats import READERS
from coach.listening.rows import FileRow, RowError
from coach.listening.scoring import CHUNK, _lines, format_of, require_source, score_file
from tests.fakes import FakeListener


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(tmp_path, name, content):
    path = written(tmp_path, name, content)
    with path.open("rb") as source:
        return list(READERS[format_of(path, None)](_lines(source, str(path)), str(path)))


def scored(path, listener=None, **options):
    out = io.StringIO()
    summary = score_file(path, out=out, listener=listener or FakeListener(), **options)
    return [json.loads(line) for line in out.getvalue().splitlines()], summary


class CountingListener(FakeListener):
    """Remembers the chunks it was given; certain words break it."""

    def __init__(self):
        super().__init__()
        self.chunks = []

    def read_rows(self, rows):
        self.chunks.append(len(rows))
        if any(row.text == "break" for row in rows):
            raise ZeroDivisionError("division by zero")
        return super().read_rows(rows)


# ------------------------------------------------------------------ JSON lines


def test_jsonl_keeps_order_and_ids(tmp_path):
    lines = [
        {"id": "b", "context": "We lost two.", "text": "How did you lose them?"},
        {"id": 7, "text": "So you lost two.", "context": "We lost two."},
        {"text": "Right?", "context": None, "question": {"kind": "closed"}},
        {"id": "", "text": "Did you?", "task": "paraphrase", "key_points": ["we lost two"]},
    ]
    path = written(tmp_path, "turns.jsonl", "\n".join(map(json.dumps, lines)))
    readings, summary = scored(path)
    assert [reading["id"] for reading in readings] == ["b", 7, "t3", "t4"]
    assert [list(reading)[0] for reading in readings] == ["id"] * 4
    assert [reading["question"]["kind"] for reading in readings] == [
        "open",
        "none",
        "closed",
        "closed",
    ]
    assert (summary.rows, summary.errors, summary.first_error) == (4, 0, None)


def test_a_reading_is_that_of_the_listener(tmp_path):
    row = {"id": "x", "context": "We lost two — twice.", "text": "So you lost two, é?"}
    path = written(tmp_path, "turns.jsonl", json.dumps(row))
    readings, _ = scored(path)
    expected = FakeListener().read(row["context"], row["text"]).to_json()
    assert readings == [{"id": "x", **expected}]


def test_key_points_and_task_reach_the_listener(tmp_path):
    row = {"text": "So two.", "task": "paraphrase", "key_points": ["one", "two"]}
    [read] = rows(tmp_path, "a.jsonl", json.dumps(row))
    assert isinstance(read, FileRow)
    assert (read.task, read.key_points) == ("paraphrase", ("one", "two"))
    [read] = rows(tmp_path, "b.jsonl", json.dumps({**row, "key_points": []}))
    assert read.key_points is None


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "this is not JSON at column 2"),
        ("[1]", "a row is an object"),
        ('{"id": NaN, "text": "a"}', "NaN is not JSON"),
        ('{"id": "x"}', 'there is no "text"'),
        ('{"id": "x", "text": 3}', '"text" must be a text'),
        ('{"id": "x", "text": "a", "context": []}', '"context" must be a text'),
        ('{"id": "x", "text": "a", "task": "poem"}', '"task" must be turn or paraphrase, not \'p'),
        ('{"id": "x", "text": "a", "key_points": "b"}', '"key_points" must be a list of texts'),
        ('{"id": "x", "text": "a", "key_points": [1]}', '"key_points" must be a list of texts'),
        ('{"id": true, "text": "a"}', '"id" must be a text or a number'),
        ('{"id": 1e999, "text": "a"}', '"id" is too large for a number; write it as a text'),
        ('{"id": "x", "text": "half \\ud83d"}', "\\ud83d is half a character"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": "x", "text": ' + "9" * 5000 + "}", "not JSON"),
    ],
)
def test_a_bad_row_is_told_and_the_run_goes_on(tmp_path, line, error):
    content = f'{{"id": "first", "text": "How so?"}}\n\n{line}\n{{"id": "last", "text": "Why so?"}}'
    readings, summary = scored(written(tmp_path, "turns.jsonl", content))
    first, bad, last = readings
    assert (first["id"], last["id"]) == ("first", "last")
    assert bad["error"].startswith("line 3: ")
    assert error in bad["error"]
    assert bad["id"] == (
        "x" if line.startswith("{") and "9999" not in line and '"id": "x"' in line else "t2"
    )
    assert set(bad) == {"id", "error"}
    assert (summary.rows, summary.errors, summary.first_error) == (3, 1, bad["error"])


def test_bytes_that_are_no_utf8_spoil_their_row_alone(tmp_path):
    content = (
        '{"id": "a", "text": "caf\u00e9?"}\n'.encode("latin-1") + b'{"id": "b", "text": "Why?"}\n'
    )
    readings, _ = scored(written(tmp_path, "turns.jsonl", content))
    assert readings[0]["error"] == "line 1: byte 0xe9 is not UTF-8; save the file as UTF-8"
    assert readings[1]["id"] == "b"


def test_byte_order_mark_and_windows_line_ends(tmp_path):
    content = b'\xef\xbb\xbf{"text": "How so?"}\r\n\r\n{"text": "Why so?"}\r\n'
    readings, summary = scored(written(tmp_path, "turns.jsonl", content))
    assert [reading["id"] for reading in readings] == ["t1", "t2"]
    assert summary.errors == 0


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.vtt"])
def test_utf16_is_refused_in_words(tmp_path, name):
    with pytest.raises(BadInput, match="UTF-16; save it as UTF-8"):
        rows(tmp_path, name, "text\nHow so?".encode("utf-16"))


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_text_comes_back_under_its_id(tmp_path_factory, texts):
    lines = [json.dumps({"id": f"r{i}", "text": text}) for i, text in enumerate(texts)]
    path = written(tmp_path_factory.mktemp("any"), "turns.jsonl", "\n".join(lines))
    readings, summary = scored(path)
    assert [reading["id"] for reading in readings] == [f"r{i}" for i in range(len(texts))]
    assert summary.errors == 0


@given(st.binary(max_size=300), st.sampled_from(["jsonl", "csv", "txt", "vtt"]))
def test_any_bytes_give_rows_or_one_sentence(tmp_path_factory, content, fmt):
    path = written(tmp_path_factory.mktemp("any"), f"turns.{fmt}", content)
    try:
        readings, summary = scored(path)
    except BadInput as error:
        assert str(path) in str(error)
    else:
        assert summary.rows == len(readings)
        assert all("id" in reading for reading in readings)


# ------------------------------------------------------------------ chunks


def test_reads_in_chunks_and_tells_progress(tmp_path):
    content = "".join(f'{{"text": "What about {number}?"}}\n' for number in range(CHUNK * 2 + 3))
    path = written(tmp_path, "turns.jsonl", content)
    listener, told = CountingListener(), []
    readings, _ = scored(path, listener, progress=lambda *state: told.append(state))
    assert listener.chunks == [CHUNK, CHUNK, 3]
    assert [reading["id"] for reading in readings] == [f"t{i}" for i in range(1, CHUNK * 2 + 4)]
    assert [done for done, _ in told] == [CHUNK, CHUNK * 2, CHUNK * 2 + 3]
    assert told[-1][1] == len(content)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_to_its_end(tmp_path):
    pipe, told = tmp_path / "turns.jsonl", []
    os.mkfifo(pipe)
    content = "".join(f'{{"text": "What about {number}?"}}\n' for number in range(CHUNK + 1))
    writer = Thread(target=pipe.write_text, args=(content,), daemon=True)
    writer.start()
    # Looked at before the models load, as any file is.
    require_source(pipe)
    readings, _ = scored(pipe, progress=lambda *state: told.append(state))
    assert [reading["id"] for reading in readings] == [f"t{i}" for i in range(1, CHUNK + 2)]
    assert told == [(CHUNK, None), (CHUNK + 1, None)]
    writer.join()


def test_what_is_read_is_written_before_more_is_asked_for(tmp_path):
    content = "".join(f'{{"text": "What about {number}?"}}\n' for number in range(CHUNK + 1))
    disk = io.BytesIO()
    out = io.TextIOWrapper(disk, encoding="utf-8")
    seen = []

    class Watching(FakeListener):
        def read_rows(self, rows):
            seen.append(disk.getvalue().count(b"\n"))
            return super().read_rows(rows)

    score_file(written(tmp_path, "turns.jsonl", content), out=out, listener=Watching())
    assert seen == [0, CHUNK]


def test_a_turn_that_breaks_the_models_is_one_bad_row(tmp_path):
    content = '{"text": "How so?"}\n{"id": "b", "text": "break"}\n{"text": "Why so?"}\n'
    readings, summary = scored(written(tmp_path, "turns.jsonl", content), CountingListener())
    assert [reading["id"] for reading in readings] == ["t1", "b", "t3"]
    assert "line 2: The models stopped over this text (ZeroDivisionError" in readings[1]["error"]
    assert summary.errors == 1


def test_lost_models_end_the_run(tmp_path):
    path = written(tmp_path, "turns.jsonl", '{"text": "How so?"}\n')

    class Lost(FakeListener):
        def read_rows(self, rows):
            raise MissingModel("The weights are not there.")

    with pytest.raises(MissingModel):
        scored(path, Lost())


# ------------------------------------------------------------------ CSV


def test_csv_with_every_field(tmp_path):
    content = (
        "id,context,text,task,key_points\n"
        '1,"We lost, twice.","So you lost\ntwice?",paraphrase,we lost|twice\n'
        ',,"He said ""why""?",,"[""a, b"", ""c""]"\n'
        "\n"
        "z,,Why?,,\n"
    )
    first, second, third = rows(tmp_path, "turns.csv", content)
    assert (first.given_id, first.context, first.text) == (
        "1",
        "We lost, twice.",
        "So you lost\ntwice?",
    )
    assert (first.task, first.key_points, first.line) == ("paraphrase", ("we lost", "twice"), 2)
    assert (second.given_id, second.text, second.task) == ("t2", 'He said "why"?', "turn")
    assert (second.key_points, second.line) == (("a, b", "c"), 4)
    assert (third.given_id, third.line) == ("z", 6)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_signs_and_header_case(tmp_path, sign):
    content = f"\ufeffText{sign} ID\r\nHow so?{sign}a\r\n"
    [row] = rows(tmp_path, "turns.csv", content)
    assert (row.given_id, row.text) == ("a", "How so?")


@pytest.mark.parametrize("head", ["", "id,context\n", "how,so\n1,2\n"])
def test_csv_needs_a_column_text(tmp_path, head):
    with pytest.raises(BadInput, match=r"turns\.csv:1: the header has no column 'text'"):
        rows(tmp_path, "turns.csv", head)


def test_a_slip_in_a_columns_name_is_told_and_not_passed_over(tmp_path):
    with pytest.raises(BadInput, match=r"turns\.csv:1: .* 'kontext'; write 'context'"):
        rows(tmp_path, "turns.csv", "id,kontext,text\n1,I grew leeks.,How so?\n")
    [row] = rows(tmp_path, "turns.csv", "id,speaker,text\n1,Ann,How so?\n")
    assert row.text == "How so?"


def test_csv_of_an_old_macintosh(tmp_path):
    with pytest.raises(BadInput, match=r"turns\.csv: its lines end in the manner of old Mac"):
        rows(tmp_path, "turns.csv", "id,context,text\r1,a,b\r")


def test_csv_with_a_column_twice(tmp_path):
    with pytest.raises(BadInput, match=r"turns\.csv:1: the header names 'text' twice"):
        rows(tmp_path, "turns.csv", "text,text\na,b\n")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("x,How, so?", "3 fields where the header has 2"),
        ("x,", None),
        ('x,"[""a"""', None),
        (b"x,caf\xe9", "byte 0xe9 is not UTF-8"),
    ],
)
def test_csv_bad_rows(tmp_path, row, error):
    raw = row if isinstance(row, bytes) else row.encode()
    bad, last = rows(tmp_path, "turns.csv", b"id,text\n" + raw + b"\ny,Why?\n")
    assert last.given_id == "y"
    if error is None:
        assert isinstance(bad, FileRow)
    else:
        assert isinstance(bad, RowError)
        assert error in bad.error
        assert bad.error.startswith("line 2: ")


def test_an_id_that_is_no_utf8_is_told(tmp_path):
    [bad] = rows(tmp_path, "turns.csv", b"id,text\ncaf\xe9,Why?\n")
    assert (bad.id, bad.error) == (
        "caf\ufffd",
        'line 2: "id": byte 0xe9 is not UTF-8; save the file as UTF-8',
    )
    [bad] = rows(tmp_path, "turns.jsonl", '{"id": "\\ud83d", "text": "Why?"}')
    assert '"id": \\ud83d is half a character' in bad.error


def test_csv_with_a_broken_list_of_key_points(tmp_path):
    [bad] = rows(tmp_path, "turns.csv", 'text,key_points\nHow?,"[""a"""\n')
    assert "begins like a JSON list but is none" in bad.error


# ------------------------------------------------------------------ transcripts


def test_txt_turns_answer_what_the_others_said(tmp_path):
    content = (
        "Ada: We lost two.\n"
        "Ada: It was a bad year\n"
        "for everyone.\n"
        "\n"
        "Ben O'Neil-Smith: So you lost two?\n"
        "Ben O'Neil-Smith: How bad?\n"
        "Mentor (Ada): Very: the worst. See http://example.org\n"
    )
    read = rows(tmp_path, "talk.txt", content)
    assert [(row.given_id, row.line) for row in read] == [
        ("t1", 1),
        ("t2", 2),
        ("t3", 5),
        ("t4", 6),
        ("t5", 7),
    ]
    assert [row.text for row in read] == [
        "We lost two.",
        "It was a bad year\nfor everyone.",
        "So you lost two?",
        "How bad?",
        "Very: the worst. See http://example.org",
    ]
    both = "We lost two.\nIt was a bad year\nfor everyone."
    assert [row.context for row in read] == ["", "", both, both, "So you lost two?\nHow bad?"]


@pytest.mark.parametrize(
    "line",
    ["here is the thing: I left", "at 10:30 we went", "(pause): he left", "- one: two", "a:b"],
)
def test_txt_lines_that_only_look_like_names(tmp_path, line):
    [row] = rows(tmp_path, "talk.txt", f"Ada: First.\n{line}\n")
    assert row.text == f"First.\n{line}"


def test_txt_before_the_first_name(tmp_path):
    bad, good = rows(tmp_path, "talk.txt", "a talk in may\nAda: We lost two.\n")
    assert bad.error.startswith("line 1: nobody is named as saying this")
    assert (good.given_id, good.text) == ("t2", "We lost two.")


def test_vtt_voices_and_names(tmp_path):
    content = (
        "WEBVTT\n\nNOTE made by hand\n\n"
        "1\n00:00.000 --> 00:02.000\n<v Ada Osei>We lost two &amp; <i>then</i></v>\n\n"
        "00:02.000 --> 00:04.000 align:start\n<v.loud Ada Osei>one more.</v>\n"
        "<v Ben>Oh.</v>\n\n"
        "00:04.000 --> 00:06.000\nBen: So you lost\nthree?\n\n"
        "00:06.000 --> 00:07.000\nAda Osei: Yes.\n"
    )
    read = rows(tmp_path, "talk.vtt", content)
    assert [(row.given_id, row.text, row.context) for row in read] == [
        ("t1", "We lost two & then one more.", ""),
        ("t2", "Oh. So you lost three?", "We lost two & then one more."),
        ("t3", "Yes.", "Oh. So you lost three?"),
    ]


def test_vtt_without_anybody_named(tmp_path):
    [bad] = rows(tmp_path, "talk.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nwe lost two\n")
    assert bad.error == "caption 1: nobody is named as saying this; write `Name: text`"


def test_vtt_words_before_the_first_voice_are_of_whoever_spoke_before(tmp_path):
    content = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Bob>I was alone\n\n"
        "00:02.000 --> 00:04.000\nand then she left.\n<v Ada>Really?\n"
    )
    assert [(row.text, row.context) for row in rows(tmp_path, "talk.vtt", content)] == [
        ("I was alone and then she left.", ""),
        ("Really?", "I was alone and then she left."),
    ]


def test_a_caption_that_breaks_the_models_is_told_by_its_count(tmp_path):
    content = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ada>break\n"
    [bad], _ = scored(written(tmp_path, "talk.vtt", content), CountingListener())
    assert bad["error"].startswith("caption 1: The models stopped over this text")


def test_vtt_that_is_none(tmp_path):
    with pytest.raises(BadInput, match=r"talk\.vtt: this is not a WebVTT file"):
        rows(tmp_path, "talk.vtt", "1\n00:00:00,000 --> 00:00:02,000\nWe lost two.\n")


# ------------------------------------------------------------------ the file itself


def test_the_format_is_told_by_the_ending_or_by_name(tmp_path):
    assert format_of("a.JSONL", None) == "jsonl"
    assert format_of("a.tsv", None) == "csv"
    assert format_of("a.bin", "vtt") == "vtt"
    assert format_of("-", None) == "jsonl"
    with pytest.raises(UsageError, match="say --format with one of jsonl, csv, txt, vtt"):
        format_of("a.bin", None)
    with pytest.raises(UsageError, match="There is no format 'xml'"):
        format_of("a.txt", "xml")


def test_files_that_cannot_be_opened(tmp_path):
    with pytest.raises(BadInput, match="there is no such file"):
        scored(tmp_path / "nothing.jsonl")
    with pytest.raises(BadInput, match="this is a folder"):
        scored(tmp_path, fmt="jsonl")


def test_an_empty_file_is_no_error(tmp_path):
    for name in ("a.jsonl", "a.txt"):
        assert scored(written(tmp_path, name, ""))[1].rows == 0
