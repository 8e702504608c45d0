"""The partner's words listed or thrown together are told from words that say something."""

from __future__ import annotations

import random

import pytest

from coach.listening.judging import JUMBLED
from coach.listening.listener import Row
from coach.listening.model_folder import load_folder
from coach.listening.word_order import following
from coach.paths import models_dir
from tests.models import ear, listener

SAID = (
    "The insurer wrote that the roof had failed from age. I read the policy twice, and I asked "
    "the roofer for his photographs before I answered them."
)
JUMBLED_TURNS = (
    "answered policy the roofer failed photographs insurer the age from twice his I before wrote",
    "insurer, wrote, roof, failed, policy, twice, asked, roofer, photographs, answered",
    "Roof. Policy. Insurer. Age. Photographs. Roofer. Failed. Wrote. Before. Answered.",
)
SAID_TURNS = (
    # In order, in another order, telegraphic, in a learner's English, in dialect, a copy.
    "You read the policy twice and asked the roofer for his photographs before you answered.",
    "Before you answered the insurer you read the policy twice, and asked for the photographs.",
    "policy twice, then the roofer's photographs, then you answered",
    "You was read the policy two time and ask roofer photographs before answer.",
    "So ye read the policy twice an asked the roofer for his photographs afore ye answered.",
    SAID,
)


def read(text: str, task: str = "turn", points: tuple[str, ...] | None = None):
    row = Row(context=SAID, text=text, task=task, key_points=points)
    return listener().read_rows([row])[0]


@pytest.mark.parametrize("text", JUMBLED_TURNS)
def test_words_without_order_earn_no_mark(text):
    reading = read(text)
    assert not reading.judged
    assert reading.reason == JUMBLED
    assert not reading.reflects
    assert reading.present() == ()
    assert reading.paraphrase is None


@pytest.mark.parametrize("text", SAID_TURNS)
def test_words_in_any_order_that_says_something_are_read(text):
    assert read(text).judged


def test_of_a_paraphrase_without_order_every_point_is_missed():
    cut = read(JUMBLED_TURNS[0], "paraphrase").paraphrase
    assert cut.score == 0
    assert {point.status for point in cut.key_points} == {"missed"}
    assert [SAID[slice(*point.span)] for point in cut.key_points] == [
        point.text for point in cut.key_points
    ]
    points = ("The roof had failed from age.", "He read the policy twice.")
    taken = read(JUMBLED_TURNS[0], "paraphrase", points).paraphrase
    assert tuple(point.text for point in taken.key_points) == points


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


def test_the_shipped_order_is_what_training_makes():
    config, _ = load_folder(models_dir() / "listening")
    made = following(ear().hear(text).doc for text in SAID_TURNS)
    assert set(made) <= set(config["order"])
    assert all("" in after for after in config["order"].values())
