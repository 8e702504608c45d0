"""The partner's words thrown together are told from words that say something."""

from __future__ import annotations

import json
import random

import pytest

from coach.listening.judging import JUMBLED
from coach.listening.listener import Row
from coach.listening.reading import Reading
from coach.listening.word_order import following
from coach.paths import models_dir
from coach.training import word_order
from coach.training.data import LabelledTurn
from tests.models import ear, listener

SAID = (
    "The insurer wrote that the roof had failed from age. I read the policy twice, and I asked "
    "the roofer for his photographs before I answered them."
)
THROWN_TOGETHER = (
    "answered policy the roofer failed photographs insurer the age from twice his I before wrote",
    "age, answered, asked, failed, insurer, photographs, policy, roof, roofer, twice, wrote",
    "Roof. Policy. Insurer. Age. Photographs. Roofer. Failed. Wrote. Before. Answered.",
    "twice roofer policy age answered insurer. twice roofer policy age answered insurer.",
)
SAID_SOMETHING = (
    "You read the policy twice and asked the roofer for his photographs before you answered.",
    "Before you answered the insurer you read the policy twice, and asked for the photographs.",
    "policy twice, then the roofer's photographs, then you answered",
    "You was read the policy two time and ask roofer photographs before answer.",
    "So ye read the policy twice an asked the roofer for his photographs afore ye answered.",
    "Insurer said age. You read policy twice. Asked roofer, photographs, then answered.",
    "- roof failed from age\n- policy read twice\n- photographs asked",
    "Policy. Twice. Roofer. Photographs. And then you answered?",
    SAID,
)


def read(text: str, context: str = SAID, **row: object) -> Reading:
    return listener().read_rows([Row(context=context, text=text, **row)])[0]


@pytest.mark.parametrize("text", THROWN_TOGETHER)
def test_words_without_order_earn_no_mark(text):
    reading = read(text)
    assert not reading.judged
    assert reading.reason == JUMBLED
    assert not reading.reflects
    assert reading.present() == ()
    assert reading.paraphrase is None


@pytest.mark.parametrize("text", SAID_SOMETHING)
def test_words_in_any_order_that_says_something_are_read(text):
    assert read(text).judged


def test_a_list_of_clauses_is_read():
    context = "Anna lost the vote, half the team left, they closed the office and my budget went."
    assert read("Anna lost, team left, office closed, budget went", context).judged


def test_a_small_word_put_elsewhere_is_a_reversal_and_no_jumble():
    context = "Nobody keeps still, so I draw the hands first. Faces lie. The hands never do."
    assert read("Faces never lie. The hands do.", context).judged


def test_of_a_paraphrase_without_order_every_point_is_missed():
    cut = read(THROWN_TOGETHER[0], task="paraphrase").paraphrase
    assert (cut.score, cut.coverage, cut.faithfulness, cut.own_words) == (0, 0, 0, 0)
    assert {point.status for point in cut.key_points} == {"missed"}
    assert all(SAID[slice(*point.span)] == point.text for point in cut.key_points)
    points = ("The roof had failed from age.", "He read the policy twice.")
    taken = read(THROWN_TOGETHER[0], task="paraphrase", key_points=points).paraphrase
    assert tuple(point.text for point in taken.key_points) == points
    none = read(THROWN_TOGETHER[0], task="paraphrase", key_points=()).paraphrase
    assert none == cut


def test_without_anything_before_it_no_turn_is_jumbled():
    assert read(THROWN_TOGETHER[0], "").judged


def test_most_shuffles_are_seen_through():
    rng = random.Random(3)
    words = SAID.split()
    shuffles = [" ".join(rng.sample(words, len(words))) for _ in range(20)]
    assert sum(read(one).reason == JUMBLED for one in shuffles) >= 18


def test_what_usually_follows_is_learnt():
    docs = [ear().hear(text).doc for text in ("The dog saw the cat.", "A cat saw the old dog.")]
    usual = following(docs)
    assert usual["DT"]["NN"] > 0 > usual["DT"].get("DT", usual["DT"][""])
    assert usual["^"]["DT"] > usual["NN"].get("DT", usual["NN"][""])


def turn(text: str, style: str) -> LabelledTurn:
    row = {"id": "a", "context": "The dog saw the cat.", "text": text, "style": style}
    labels = {"question": "none", "flags": (), "reflection": "none", "uptake": 0.0, "moves": ()}
    return LabelledTurn(**row, **labels)


def test_tricks_teach_no_order_and_nothing_else_of_a_model_changes(tmp_path, monkeypatch):
    turns = [turn("A cat saw the dog.", "plain"), turn("saw saw dog the the", "gaming")]
    monkeypatch.setattr(word_order, "labelled_turns", lambda part: turns)
    (tmp_path / "english").symlink_to(models_dir() / "english")
    folder = tmp_path / "listening"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"version": "listening-0", "seed": 7}))
    word_order.main(["--out", str(folder)])
    config = json.loads((folder / "config.json").read_text())
    docs = [ear().hear(text).doc for text in ("A cat saw the dog.", "The dog saw the cat.")]
    assert config.pop("order") == following(docs)
    assert config.pop("version") != "listening-0"
    assert config == {"seed": 7}
