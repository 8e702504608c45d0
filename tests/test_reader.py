from __future__ import annotations

import json
import shutil
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import MissingModel
from coach.listening.features import figures
from coach.listening.inprocess import InProcessListener
from coach.listening.judging import EMPTY, NO_WORDS, NOT_ENGLISH, TOO_LONG, TOO_SHORT, UNREADABLE
from coach.listening.listener import Listener, Row
from coach.listening.matching_model import MATCHING
from coach.listening.model_folder import load_folder
from coach.listening.pair_net import LABELS
from coach.listening.pair_reader import Look, PairRead, _passes
from coach.listening.pairing import lay_out
from coach.listening.reader import _Marks
from coach.listening.reading import (
    MOVES,
    QUESTION_FLAGS,
    QUESTION_KINDS,
    Reading,
    ReflectionKind,
)
from coach.listening.utterance import MOST_CHARACTERS, MOST_WORDS, readable_part
from coach.paths import models_dir
from coach.training.store import write_model
from tests.models import listener

CONTEXT = (
    "I ran the night desk for six years. Nobody thanked us, but the paper always went out, "
    "and I still miss the noise of it."
)
TURNS = [
    "So six years on nights with no thanks, and you would still go back for the noise.",
    "What do you miss most about it?",
    "Right, I see.",
    "You should have asked for more money.",
    "Could we talk about my own shifts next?",
    "six years wow. did u ever think of leavin",
]


def spans(reading: Reading) -> list[tuple[int, int]]:
    found = [*reading.question.evidence, *reading.reflection.evidence]
    for places in reading.move_evidence.values():
        found += places
    if reading.paraphrase:
        found += reading.paraphrase.added
    return found


def check(reading: Reading, text: str) -> None:
    assert set(reading.question.p) == set(QUESTION_KINDS)
    assert set(reading.reflection.p) == set(get_args(ReflectionKind))
    assert set(reading.moves) == set(MOVES)
    assert set(reading.question.flags) <= set(QUESTION_FLAGS)
    assert sum(reading.question.p.values()) == pytest.approx(1, abs=0.001)
    assert sum(reading.reflection.p.values()) == pytest.approx(1, abs=0.001)
    assert all(0 <= p <= 1 for p in reading.moves.values())
    assert all(0 <= start < end <= len(text) for start, end in spans(reading))
    assert reading.judged == (reading.reason is None)
    assert json.loads(reading.to_line())["model"] == reading.model


def test_of_several_sentences_each_is_read_by_itself():
    text = "So six years on nights with no thanks. What do you miss most about it?"
    reading = listener().read(CONTEXT, text)
    told, asked = reading.alone
    assert [text[a:b] for a, b in (told.span, asked.span)] == text.replace(". W", ".|W").split("|")
    assert set(told.p) == set(asked.p) >= {"open", "reflects", "complex"}
    assert told.p["reflects"] > 0.5 > asked.p["reflects"]
    assert asked.p["open"] > 0.5 > told.p["open"]


def test_more_than_a_pass_holds_is_read_in_several():
    reader = listener()._reader.pairs
    turn = listener()._ear.hear(TURNS[0])
    looks = [Look(CONTEXT * n, turn, [(0, 30)], turn.claims) for n in (1, 4, 1, 2, 4)]
    together, apart = reader.read(looks), [reader.read([look])[0] for look in looks]
    assert len(list(_passes([lay_out(reader._tokenizer, x.context, turn.text) for x in looks]))) > 1
    for one, other in zip(together, apart, strict=True):
        assert one.scores == pytest.approx(other.scores, abs=1e-3)
        assert np.allclose(one.points, other.points, atol=1e-3)
        assert np.allclose(one.claims, other.claims, atol=1e-3)
        assert one.offsets == other.offsets


def test_a_sentence_by_itself_keeps_its_place_and_its_words():
    ear = listener()._ear
    turn = ear.hear("Six years, no thanks.  And you'd go back?")
    told, asked = (ear.by_itself(turn, span) for span in turn.sentences)
    assert (told.text, asked.text) == ("Six years, no thanks.", "And you'd go back?")
    assert (told.ruled_kind, asked.ruled_kind) == ("none", "closed")
    assert [token.text for token in asked.doc] == ["And", "you", "'d", "go", "back", "?"]
    assert all(asked.text[t.idx : t.idx + len(t)] == t.text for t in asked.doc)


def test_one_sentence_is_not_read_twice_and_no_mark_needs_no_words():
    assert listener().read(CONTEXT, TURNS[0]).alone == ()
    plain = listener().read(CONTEXT, "I did. In May.")
    assert not plain.present() and not plain.reflects
    assert plain.alone == ()


def test_it_is_a_listener():
    assert isinstance(listener(), Listener)
    assert listener().version.startswith("listening-")


@pytest.mark.parametrize("text", TURNS)
def test_every_field_is_filled(text):
    check(listener().read(CONTEXT, text), text)


def test_same_reading_alone_in_a_batch_and_in_any_order():
    rows = [Row(id=str(at), context=CONTEXT, text=text) for at, text in enumerate(TURNS)]
    batch = listener().read_rows(rows)
    fresh = InProcessListener()
    fresh.prepare(["Something else was read before.", TURNS[3]])
    backwards = [fresh.read_rows([row])[0] for row in reversed(rows)]
    assert [r.to_line() for r in reversed(backwards)] == [r.to_line() for r in batch]
    assert [r.id for r in batch] == [row.id for row in rows]


def test_no_score_moves_by_what_was_read_before():
    # Readings are rounded, which would hide a score that changed with its neighbours.
    fresh = InProcessListener()
    for number in range(5):
        listener().read(CONTEXT, f"Number {number} was said before, and it was a longer turn.")
    for text in TURNS:
        turns = [one._ear.hear(text) for one in (listener(), fresh)]
        one, other = (
            reader._reader.pairs.read([Look(CONTEXT, turn, ((0, 6),), turn.sentences)])[0]
            for reader, turn in zip((listener(), fresh), turns, strict=True)
        )
        assert one.scores == other.scores
        assert np.array_equal(one.points, other.points)


def test_a_question_is_found_where_it_stands():
    text = "That sounds heavy. What kept you there so long?"
    reading = listener().read(CONTEXT, text)
    assert reading.question.kind == "open"
    (start, end), *_ = reading.question.evidence
    assert text[start:end].strip() == "What kept you there so long?"


@pytest.mark.parametrize("text", ["Did you like it?", "Was it far?", "Do you still do that?"])
def test_one_short_question_is_not_several(text):
    context = "You've had the lot there. And how did you fetch up in insurance?"
    assert "multiple" not in listener().read(context, text).question.flags


def test_paraphrase_only_where_the_turn_reflects_or_the_task_says_so():
    nod = listener().read(CONTEXT, "Right, I see.")
    assert nod.paraphrase is None
    asked = listener().read_rows([Row(context=CONTEXT, text="Right, I see.", task="paraphrase")])
    assert asked[0].paraphrase is not None
    reflecting = listener().read(CONTEXT, TURNS[0])
    assert reflecting.reflects
    assert reflecting.paraphrase is not None


def test_key_points_are_cut_from_the_context_or_taken_as_given():
    cut = listener().read_rows([Row(context=CONTEXT, text=TURNS[0], task="paraphrase")])[0]
    assert cut.paraphrase is not None
    assert len(cut.paraphrase.key_points) >= 3
    for point in cut.paraphrase.key_points:
        assert point.span is not None
        assert CONTEXT[slice(*point.span)] == point.text
    points = ("the mentor worked nights for six years", "the mentor hated every minute")
    row = Row(context=CONTEXT, text=TURNS[0], task="paraphrase", key_points=points)
    taken = listener().read_rows([row])[0].paraphrase
    assert taken is not None
    assert tuple(point.text for point in taken.key_points) == points
    assert taken.key_points[0].status == "covered"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", EMPTY),
        ("  \n ", EMPTY),
        ("?!…", EMPTY),
        ("😀😀", EMPTY),
        ("hm", TOO_SHORT),
        ("sdfkjh wqrtpl zxcvbn qqqqq", NO_WORDS),
        ("12345 67890", NO_WORDS),
        ("Ich habe das nicht verstanden, was meinen Sie damit?", NOT_ENGLISH),
        ("Je ne comprends pas ce que vous voulez dire par là.", NOT_ENGLISH),
        ("No entiendo lo que quiere decir usted con eso.", NOT_ENGLISH),
        ("Não entendi o que você quis dizer com isso.", NOT_ENGLISH),
        ("Die Hand war warm und der Wind war kalt", NOT_ENGLISH),
        ("Guten Morgen Herr Brandt", NOT_ENGLISH),
        ("QUIERO SABER MAS SOBRE TU TRABAJO", NOT_ENGLISH),
        ("Gracias por todo Maria", NOT_ENGLISH),
        ("Я не понимаю, что вы имеете в виду", NOT_ENGLISH),
        ("我不明白你的意思", NOT_ENGLISH),
        ("مرحبا كيف حالك اليوم", NOT_ENGLISH),
        ("and then what happened to you " * 150, TOO_LONG),
        ("What happened to you after that?" + " " * 7000 + "I never knew.", TOO_LONG),
    ],
)
def test_not_judged_says_why(text, reason):
    reading = listener().read(CONTEXT, text)
    assert (reading.judged, reading.reason) == (False, reason)
    if reason in UNREADABLE:
        assert (reading.question.kind, reading.present(), reading.uptake) == ("none", (), 0)
        assert reading.paraphrase is None
    check(reading, text)


@pytest.mark.parametrize(
    "text",
    [
        "Why?",
        "wetin you dey talk, abeg",
        "Nowt wrong wi that like, tha did reet",
        "Aye, ye were scunnered wi the whole lot of them",
        "wat u mean by nights lah",
        "i am not understand what is desk, you explain please",
        "y'all was fixin to quit, huh",
        "soo ur sayin noone evr thankd u",
        "Alhamdulillah, you no dey tire o",
        "Sheffield, Leeds, Bradford, then nights again?",
        "Pint Thursday?",
        "Thanks muchly",
        "dat one sia",
        "Anneliese Brandt resigns Friday",
        "Mervyn undergoes surgery",
        "So Kowalczyk and Oyelaran split 30 per cent",
    ],
)
def test_no_kind_of_english_is_turned_away(text):
    assert listener().read(CONTEXT, text).judged


@pytest.mark.parametrize(
    "text",
    [
        "a\0b\x07 why \x1b[31m did you stay?",
        "[bold]So you stayed[/bold] [/] [",
        "\u202eHow did you cope with that\u202c",
        "x" * 100_000,
        "why " * 25_000,
        "\n" * 5000 + "What happened?",
        "e\u0301" * 50 + " did that hurt?",
        "👩‍👩‍👧‍👦 so you had all of them at home?",
    ],
)
def test_awkward_text_does_not_break_it(text):
    check(listener().read(CONTEXT, text), text)
    check(listener().read(text, TURNS[0]), TURNS[0])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gets_a_reading(context, text):
    row = Row(context=context, text=text, task="paraphrase", key_points=(context, text))
    check(listener().read_rows([row])[0], text)


def test_numbers_that_are_no_decimals_are_read_like_any_word():
    text = "You had 10² boxes on ① and ½ a pallet, was it?"
    check(listener().read("I had 10² boxes and ½ a pallet.", text), text)


def test_blank_key_points_count_as_none_given():
    row = Row(context=CONTEXT, text=TURNS[0], task="paraphrase")
    plain = listener().read_rows([row])[0].paraphrase
    blank = Row(context=CONTEXT, text=TURNS[0], task="paraphrase", key_points=(" ", ""))
    assert listener().read_rows([blank])[0].paraphrase == plain


def test_a_long_speech_is_not_read_claim_by_claim(monkeypatch):
    reader, looks = listener()._reader, []
    read = reader.pairs.read

    def counted(some, *, alone=False):
        looks.extend(some if alone else ())
        return read(some, alone=alone)

    monkeypatch.setattr(reader.pairs, "read", counted)
    said = [f"In year {n} I sold the boat number {n} to a man in Cork." for n in range(1, 31)]
    for count, by_claim in ((3, True), (30, False)):
        looks.clear()
        row = Row(context=" ".join(said[:count]), text="You sold boats in Cork.", task="paraphrase")
        points = reader.read(row).paraphrase.key_points
        assert len(points) >= count
        assert bool(looks) == by_claim


def test_a_claim_that_surely_did_not_come_back_is_not_read_again(monkeypatch):
    reader, looks = listener()._reader, []
    read = reader.pairs.read

    def counted(some, *, alone=False):
        looks.extend(one.context for one in some if alone)
        return read(some, alone=alone)

    monkeypatch.setattr(reader.pairs, "read", counted)
    context = "My brother paid for the wedding. The cat had kittens in the wardrobe that spring."
    row = Row(context=context, text="So your brother paid for the wedding.", task="paraphrase")
    first, second = reader.read(row).paraphrase.key_points
    assert looks == [first.text]
    assert (first.status, second.status) == ("covered", "missed")


def test_the_word_that_turns_a_point_round_is_shown_in_the_whole_turn():
    context = "I lent him my boat for the whole summer, and he brought it back on time."
    text = "Thanks for that. So you sold him your boat, and he was punctual. How come?"
    row = Row(context=context, text=text, task="paraphrase")
    points = listener().read_rows([row])[0].paraphrase.key_points
    turned = [point for point in points if point.status == "distorted"]
    assert [text[slice(*point.word)] for point in turned] == ["sold"]


def test_closeness_follows_meaning_and_does_not_depend_on_neighbours():
    near, far = "How was it to work at night?", "Which bus goes to the harbour?"
    asked = "What was the night shift like?"
    [both] = listener().closeness([asked], [near, far])
    assert both[0] > both[1] + 0.2
    assert listener().closeness([asked], [far]) == [pytest.approx(both[1:], abs=1e-4)]
    beside = listener().closeness([asked, "A longer turn beside it, about a harbour."], [near, far])
    assert beside[0] == pytest.approx(both, abs=1e-4)
    assert listener().closeness(["What was it like?"], []) == [[]]
    assert listener().closeness([], [near]) == []


@pytest.fixture
def copied_models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "english").symlink_to(models_dir() / "english")
    (folder / "replying").symlink_to(models_dir() / "replying")
    shutil.copytree(models_dir() / "listening", folder / "listening")
    return folder


def test_damaged_weights_are_named(copied_models):
    weights = copied_models / "listening" / "listening.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(bytes(data))
    with pytest.raises(MissingModel, match=r"listening\.safetensors.*damaged"):
        InProcessListener(copied_models)


@pytest.mark.parametrize("name", ["listening.safetensors", "config.json"])
def test_missing_files_are_named(copied_models, name):
    (copied_models / "listening" / name).unlink()
    with pytest.raises(MissingModel, match=name):
        InProcessListener(copied_models)


def test_a_missing_matching_model_is_named(copied_models):
    with pytest.raises(MissingModel, match="matching model is not there.*models/matching"):
        InProcessListener(copied_models)


def test_a_matching_model_of_another_size_is_named(copied_models):
    shutil.copytree(models_dir() / "matching", copied_models / "matching")
    config, weights = load_folder(copied_models / "matching", MATCHING)
    wrong = {name: value[:-1] for name, value in weights.items()}
    write_model(copied_models / "matching", config, wrong, MATCHING)
    with pytest.raises(MissingModel, match="does not fit"):
        InProcessListener(copied_models)


def test_a_garbled_config_is_named(copied_models):
    (copied_models / "listening" / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(MissingModel, match="cannot be read"):
        InProcessListener(copied_models)


def test_a_config_of_another_version_is_named(copied_models):
    path = copied_models / "listening" / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    del config["antonyms"]
    path.write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(MissingModel, match="another version.*antonyms"):
        InProcessListener(copied_models)


def test_a_missing_encoder_is_named(tmp_path):
    with pytest.raises(MissingModel, match="encoder"):
        InProcessListener(encoder=tmp_path / "nowhere")


def test_a_question_says_how_likely_each_flag_is():
    question = listener().read(CONTEXT, "Don't you think you should have asked for more?").question
    assert set(question.flag_p) == set(QUESTION_FLAGS)
    assert {flag for flag, p in question.flag_p.items() if p >= 0.5} >= set(question.flags)
    assert listener().read(CONTEXT, "Right, I see.").question.flag_p == {}


LONG = (
    "My father kept bees on the flat roof of the pharmacy, against the lease. Every June he "
    "carried the honey down in jars that still said cough syrup. "
)


@pytest.mark.parametrize(
    ("times", "whole", "end", "alone"), [(0, 0.75, 0, 0.25), (2, 0.5, 0.5, 0), (5, 0, 1, 0)]
)
def test_what_a_turn_hands_back_is_looked_at_twice(times, whole, end, alone):
    """Of a long speech the end counts; beside a short one the turn is read alone as well."""
    context, reader = LONG * times + CONTEXT, listener()._reader
    turn = reader.ear.hear(TURNS[5])
    ending = reader.ear.hear(context).ending(60)
    assert ending.endswith(CONTEXT) and len(ending.split()) <= 60

    def reflects(said):
        named = figures(turn, reader.ear.hear(said))
        (read,) = reader.pairs.read([Look(said, turn, named=named)])
        return read.scores["reflects"]

    expected = whole * reflects(context) + end * reflects(ending) + alone * reflects("")
    reflection = listener().read(context, turn.text).reflection
    assert reflection.p["none"] == pytest.approx(1 / (1 + np.exp(expected)), abs=1e-3)
    points = listener().read(context, TURNS[0]).paraphrase.key_points
    assert points[0].span[0] == 0, "key points are those of all that was said"


@pytest.mark.parametrize(("text", "kind"), [("Did you go?", "closed"), ("How was it?", "open")])
def test_where_the_net_wavers_the_grammar_decides(text, kind):
    scores = {f"question {one}": 0.2 * (one == "none") for one in QUESTION_KINDS}
    scores |= {f"flag {flag}": -3.0 for flag in QUESTION_FLAGS}
    nothing = np.zeros((0, len(LABELS)), np.float32)
    pair = PairRead(scores, nothing, nothing, (), nothing, nothing)
    assert _Marks(pair, listener()._reader.ear.hear(text), 0.0).question().kind == kind
    scores |= {"question none": 0.0, "question open": 0.2}
    assert _Marks(pair, listener()._reader.ear.hear("We went."), 0.0).question().kind == "none"


def test_an_ending_is_never_empty_and_never_endless():
    ear = listener()._ear
    assert ear.hear("Yes.").ending(60) == "Yes."
    assert ear.hear("").ending(60) == ""
    assert len(ear.hear("and then " * 200).ending(60).split()) <= 120


def test_an_ending_is_the_end_of_many_sentences():
    context = " ".join(f"In week {n} we lost another buyer." for n in range(1, 81))
    heard = listener()._ear.hear(context)
    assert heard.ending(14) == context[context.index("In week 79") :]
    assert len(heard.sentences) < 80


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("So two. ", "So two. "),
        ("word " * (MOST_WORDS + 1), ("word " * MOST_WORDS).rstrip()),
        ("leek " * 3 + " " * MOST_CHARACTERS + "later", "leek leek leek"),
        ("disappointment " * 401, ("disappointment " * 400).rstrip()),
        ("disappointed " * 462, ("disappointed " * 461).rstrip()),
        ("a" * (MOST_CHARACTERS + 1), "a" * MOST_CHARACTERS),
        (" " * (MOST_CHARACTERS + 1), ""),
    ],
    ids=["all", "many words", "blanks", "to the letter", "long words", "one word", "no word"],
)
def test_what_is_read_of_a_text_ends_with_a_word(text, read):
    assert readable_part(text) == read
