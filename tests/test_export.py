"""Exports: golden files, and nobody's words ever become markup."""

import json
import os
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coach import paths
from coach.errors import BadInput, StorageError
from coach.feedback import words
from coach.feedback.card import Card, PointKept, QuestionNote, Remark
from coach.plain.words import card_lines
from coach.practice.memory import MemoryStore
from coach.practice.typed import shown
from coach.records import open_store
from coach.records.export import FORMATS, export_name, export_talk, save_export
from coach.records.exported import VERSION, ExportedTalk
from coach.records.markdown import inline, quote
from coach.tui.card_words import card_text
from tests.records_scene import HOSTILE, begin, fix_clock, read, whole_talk

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = paths.data_dir() / "schema" / "talk.json"
RENEW = os.environ.get("COACH_RENEW_GOLDEN") == "1"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    fix_clock(monkeypatch)
    with open_store() as opened:
        yield opened
    monkeypatch.undo()
    time.tzset()


def hold(path: Path, text: str) -> None:
    """The text is that of the file; COACH_RENEW_GOLDEN=1 writes the file anew."""
    if RENEW:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("fmt", FORMATS)
def test_golden(store, fmt):
    hold(GOLDEN / f"talk.{fmt}", export_talk(store, whole_talk(store), fmt))


def test_the_json_schema_is_the_models_own():
    schema = ExportedTalk.model_json_schema()
    schema["$id"] = f"listening-coach/talk/{VERSION}"
    hold(SCHEMA, json.dumps(schema, indent=2, ensure_ascii=False) + "\n")


def test_json_is_valid_and_whole(store):
    data = json.loads(export_talk(store, whole_talk(store), "json"))
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert data["version"] == VERSION
    assert [turn["current"] for turn in data["turns"]] == [True, False, False, True, True]
    assert data["turns"][3]["text"] == HOSTILE
    assert data["models"] == ["fake-1"]
    assert data["turns"][4]["reading"] is None
    assert ExportedTalk.model_validate(data).own_rating == 4


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("meta", "br", "hr", "img"):
            self.open.append(tag)
        self.loads += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "action", "style")]
        self.loads += [k for k, _ in attrs if k.startswith("on")]

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_html_loads_nothing_and_runs_nothing(store):
    text = export_talk(store, whole_talk(store), "html")
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "a", "object"} & set(page.tags)
    assert page.loads == [] and page.open == []
    assert "url(" not in text and "@import" not in text
    assert shown(HOSTILE) in "".join(page.words)
    assert "prefers-color-scheme: dark" in text and "@media print" in text


@pytest.mark.parametrize("field", ["title", "mentor", "learner", "notes", "scenario"])
def test_no_field_of_a_talk_becomes_markup(store, field):
    evil = '"><img src=x onerror=alert(1)>'
    talk = begin(store, **{field: evil}).id
    page = Page(export_talk(store, talk, "html"))
    assert "img" not in page.tags and page.loads == []
    rendered = MarkdownIt("gfm-like").render(export_talk(store, talk, "md"))
    assert "img" not in Page(rendered).tags


def test_markdown_shows_everything_as_typed(store):
    text = export_talk(store, whole_talk(store), "md")
    page = Page(MarkdownIt("gfm-like").render(text))
    assert not {"script", "a", "img", "code", "pre", "table", "s"} & set(page.tags)
    words = "".join(page.words)
    for said in ("# not a heading", "<script>alert('x')</script> & [a link]", "=1+1", "- item"):
        assert said in words
    assert "\x1b" not in text and "\u202e" not in text


def words_of(markdown: str) -> tuple[set[str], str]:
    page = Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))
    return set(page.tags), "".join(page.words).strip()


def squeezed(text: str) -> str:
    return " ".join(re.split(r"[ \t\u00a0\r\n]+", shown(text))).strip()


@given(
    st.text(
        alphabet=st.sampled_from("a1 \n\t\r\\`*_{}[]()<>#+-.!|~:=&@$^\"'/;wh\x00é"), max_size=60
    )
)
def test_escaped_words_are_the_words(text):
    tags, words = words_of("A: “" + inline(text) + "”")
    assert tags <= {"p"}
    assert words == f"A: “{squeezed(text.replace(chr(13), chr(10)))}”".replace("“ ", "“")


@given(st.text(alphabet=st.sampled_from("a1 \n\t\\`*_[]()<>#+-.!|~:=&\"'é"), max_size=60))
def test_quoted_words_are_the_words(text):
    tags, words = words_of(quote(text))
    assert tags <= {"p", "blockquote", "br"}
    assert squeezed(words) == squeezed(text)


@pytest.mark.parametrize("text", ["http://example.org/x", "www.example.org", "me@example.org"])
def test_addresses_do_not_become_links(text):
    tags = Page(MarkdownIt("gfm-like").render(inline(text))).tags
    assert "a" not in tags


def test_a_talk_just_begun_and_one_without_history(store):
    for fmt in FORMATS:
        assert "Ada" in export_talk(store, begin(store).id, fmt)
        memory = MemoryStore()
        assert "Ada" in export_talk(memory, begin(memory).id, fmt)


def one_card(store, card: Card) -> int:
    """A talk of one turn with this card."""
    head = begin(store)
    turn = store.add_turn(head.id, parent=None, number=1, context="c", text="Or the money?")
    store.complete_turn(turn.id, reading=read("c"), card=card, reply={}, state={})
    return head.id


def test_a_mark_is_called_the_same_on_the_screen_in_lines_and_in_exports(store):
    card = Card(
        strength=Remark(skill="s", title="t", words="w", rule="Rule: ask one.", example="How?"),
        question=QuestionNote(kind="closed", flags=tuple(words.FLAGS), words=(), why="It is."),
        points=tuple(
            PointKept(text=f"{status} {sure}", span=None, status=status, sure=sure)
            for status in words.POINTS
            for sure in (True, False)
        ),
        moves=("appreciation",),
    )
    talk = one_card(store, card)
    flags = "leading, more than one at once, asks what was meant, answers itself"
    points = [
        f"{words.point_words(point.status, point.sure)}: {point.text}" for point in card.points
    ]
    forms = {
        "the screen": card_text(card, "Ada"),
        "plain lines": "\n".join(card_lines(card, "Ada")),
        "Markdown": export_talk(store, talk, "md"),
        "a page": re.sub(r"</dt><dd[^>]*>", ": ", export_talk(store, talk, "html")),
    }
    assert set(flags.split(", ")) == set(words.FLAGS.values())
    for form, text in forms.items():
        for said in (f"closed, {flags}. It is.", "Why: ask one.", "For example: ", *points):
            assert said in text, (form, said)
        assert "Also seen: appreciation" in text, form
        assert "Rule:" not in text, form


def test_a_card_that_says_nothing_is_told_as_on_the_screen(store):
    assert [*card_lines(Card(), "Ada")] == [f"Coach: {words.PLAIN}"]
    silent, unjudged = one_card(store, Card()), one_card(store, Card(judged=False))
    for fmt in ("md", "html"):
        assert words.PLAIN in export_talk(store, silent, fmt)
        assert "Not enough to judge: there is too little to go on" in export_talk(
            store, unjudged, fmt
        )


def test_hundreds_of_turns_left_behind(store):
    head = begin(store)
    parent = None
    for number in range(1, 1200):
        turn = store.add_turn(
            head.id, parent=parent, number=number, context="c", text=f"left {number}"
        )
        parent = turn.id
    store.add_turn(head.id, parent=None, number=1, context="c", text="again")
    assert "left 1199" in export_talk(store, head.id, "html")


def test_numbers_can_be_left_out(store):
    talk = whole_talk(store)
    for fmt in ("md", "html"):
        assert "78 of 100" in export_talk(store, talk, fmt)
        plain = export_talk(store, talk, fmt, numbers=False)
        assert "78 of 100" not in plain and "41%" not in plain


def test_what_cannot_be_exported(store):
    with pytest.raises(BadInput, match="no talk 9"):
        export_talk(store, 9, "md")
    with pytest.raises(BadInput, match="choose one of md, html, json"):
        export_talk(store, begin(store).id, "pdf")


def test_saved_exports_are_private_and_named_by_the_talk(store):
    talk = whole_talk(store)
    file = save_export(store, talk, "md")
    assert file == paths.exports_dir() / "2026-03-02-talk-1-a-storm-s-worth-of-claims.md"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert save_export(store, talk, "md") == file
    assert list(file.parent.iterdir()) == [file]


def test_an_export_that_breaks_off_leaves_the_one_before(store, monkeypatch):
    talk = whole_talk(store)
    file = save_export(store, talk, "md")
    before = file.read_text()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        save_export(store, talk, "md", numbers=False)
    assert file.read_text() == before and list(file.parent.iterdir()) == [file]


def test_a_name_is_plain_whatever_the_title(store):
    head = replace(begin(store), title="../../Ärger & 火 " + "x" * 300)
    name = export_name(head, "html")
    assert re.fullmatch(r"[a-z0-9-]+\.html", name) and len(name) < 100
    assert export_name(replace(head, title="火"), "md") == "2026-03-02-talk-1.md"


def test_an_export_that_cannot_be_written(store, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StorageError, match="could not be written"):
        save_export(store, whole_talk(store), "md", folder=blocked / "below")
