"""The English pipeline: loading, clauses, cues, lemmas, and how it is trained."""

from __future__ import annotations

import json
import random
import shutil

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import ExitCode, MissingModel
from coach.listening.cue_phrases import PHRASES
from coach.listening.lemmas import Lemmas
from coach.listening.pipeline import COMPONENTS, load_pipeline
from coach.listening.reading import MOVES
from coach.paths import models_dir
from coach.training import pipeline as training
from coach.training.treebanks import as_doc, draw_pass, read_conllu, roughened


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def row(index, form, lemma, upos, xpos, head, deprel, misc="_"):
    return "\t".join((str(index), form, lemma, upos, xpos, "_", str(head), deprel, "_", misc))


TREEBANK = "\n".join(
    [
        "# newdoc id = one",
        "# text = She doesn't know, does she?",
        row(1, "She", "she", "PRON", "PRP", 4, "nsubj"),
        "2-3\tdoesn't" + "\t_" * 8,
        row(2, "does", "do", "AUX", "VBZ", 4, "aux"),
        row(3, "n't", "not", "PART", "RB", 4, "advmod"),
        row(4, "know", "know", "VERB", "VB", 0, "root", "SpaceAfter=No"),
        row(5, ",", ",", "PUNCT", ",", 6, "punct"),
        row(6, "does", "do", "AUX", "VBZ", 4, "parataxis"),
        row(7, "she", "she", "PRON", "PRP", 6, "nsubj", "SpaceAfter=No"),
        row(8, "?", "?", "PUNCT", ".", 4, "punct"),
        "",
        "# text = Dogs were barking.",
        row(1, "Dogs", "dog", "NOUN", "NNS", 3, "nsubj"),
        row(2, "were", "be", "AUX", "VBD", 3, "aux"),
        row(3, "barking", "bark", "VERB", "VBG", 0, "root", "SpaceAfter=No"),
        row(4, ".", ".", "PUNCT", ".", 3, "punct"),
        "",
    ]
)


@pytest.fixture
def sentences(tmp_path):
    path = tmp_path / "small.conllu"
    path.write_text(TREEBANK, "utf8")
    return list(read_conllu(path))


def annotations(doc):
    return [(t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.is_sent_start) for t in doc]


# --- loading ---


def test_components_come_behind_the_trained_parts(nlp):
    assert tuple(nlp.pipe_names[-3:]) == COMPONENTS
    doc = nlp("You stayed because of the team. What kept you there?")
    assert doc._.clauses and doc._.questions and isinstance(doc._.cues, list)


def test_reading_does_not_depend_on_what_was_read_before(nlp):
    text = "He found the leaves on the saw, and she's left it there. What would you've done?"
    fresh = load_pipeline()
    first = fresh(text)
    for other in (
        "She saw him leave.",
        "They leaves early",
        "Found objects",
        "It's left. He's ok.",
    ):
        fresh(other)
    again = fresh(text)
    assert annotations(first) == annotations(again) == annotations(nlp(text))
    assert first._.questions == again._.questions
    assert first._.cues == again._.cues


def test_missing_folder_says_what_to_do(tmp_path):
    with pytest.raises(MissingModel, match=r"missing from .*nowhere.*coach.training.pipeline") as e:
        load_pipeline(tmp_path / "nowhere")
    assert e.value.exit_code == ExitCode.MISSING


@pytest.mark.parametrize(
    ("file", "keep"),
    [
        ("tok2vec/model", 2000),
        ("coach_lemmas/lemmas.json", 50),
        ("config.cfg", 40),
        ("parser/model", 0),
    ],
)
def test_damaged_weights_are_one_clear_error(tmp_path, file, keep):
    folder = tmp_path / "english"
    shutil.copytree(models_dir() / "english", folder)
    (folder / file).write_bytes((folder / file).read_bytes()[:keep])
    with pytest.raises(MissingModel, match="cannot be read"):
        load_pipeline(folder)


def test_shipped_figures_hold_and_are_in_the_card():
    folder = models_dir() / "english"
    figures = json.loads((folder / "figures.json").read_text("utf8"))["figures"]
    dev = figures["en_ewt-ud-dev"]
    assert dev["upos"] >= 0.93
    assert dev["las"] >= 0.77
    card = (folder / "CARD.md").read_text("utf8")
    assert f"{100 * dev['las']:.1f}" in card
    assert "CC BY-SA 4.0" in card
    assert sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) < 15e6


# --- clauses ---


CUTS = [
    (
        "She checks every figure twice, but it has saved us more than once.",
        ["She checks every figure twice", "it has saved us more than once."],
    ),
    (
        "If the claimant starts to cry, stop writing and look up at her.",
        ["If the claimant starts to cry, stop writing and look up at her."],
    ),
    (
        "I told him the figures were wrong.",
        ["I told him the figures were wrong."],
    ),
    (
        "We lost the biggest client because nobody rang them back.",
        ["We lost the biggest client", "because nobody rang them back."],
    ),
    (
        "There were three people who never spoke to me. Not one.",
        ["There were three people who never spoke to me. Not one."],
    ),
    (
        "The senior partner blamed the system; I blamed the rota.",
        ["The senior partner blamed the system", "I blamed the rota."],
    ),
    ("A month of silence.", ["A month of silence."]),
    ("", []),
]


@pytest.mark.parametrize(("text", "claims"), CUTS)
def test_claims(nlp, text, claims):
    assert [span.text for span in nlp(text)._.clauses] == claims


def test_a_statement_gives_a_handful_of_claims(nlp):
    doc = nlp(
        "My first manager listened to every call I made for a month, and I hated it. Then one day "
        "she played me one back, so I could hear exactly where I had lost the man."
    )
    assert 3 <= len(doc._.clauses) <= 4
    assert {span.label_ for span in doc._.clauses} == {"claim"}


def test_fragments_are_told_from_claims(nlp):
    assert [span.label_ for span in nlp("Three long years on the night desk.")._.clauses] == [
        "fragment"
    ]


PIECES = """so and but who what did you I was it the client because left ? . , ; : " ' - … n't
's is that right really how about [b] 😀 שלום if had not tell me more"""
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*PIECES.split(), "\n", "\t"]), max_size=40).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_any_text_gives_orderly_spans(nlp, text):
    doc = nlp(text)
    last = 0
    for span in doc._.clauses:
        assert span.start >= last
        assert span.text.strip()
        last = span.end
    covered = {i for span in doc._.clauses for i in range(span.start, span.end)}
    joints = {"and", "but", "or", "so", "then", "yet", "plus", "that"}
    for token in doc:
        if token.is_alpha and token.lower_ not in joints:
            assert token.i in covered
    for question in doc._.questions:
        assert 0 <= question.start < question.end <= len(text)
        assert question.rule
    for cue in doc._.cues:
        assert 0 <= cue.start < cue.end <= len(text)
    again = nlp(text)
    assert doc._.questions == again._.questions
    assert doc._.cues == again._.cues


@pytest.mark.parametrize("text", ["?" * 6000, "i think " * 700, "could you please " * 350])
def test_a_page_of_the_same_is_read_whole(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert len(doc) < 3000
    assert doc._.clauses is not None


# --- cues ---


def test_cue_table_covers_every_move():
    assert set(PHRASES) == {*MOVES, "reflection_stem"}
    assert all(phrase.strip() == phrase and phrase for row in PHRASES.values() for phrase in row)


@pytest.mark.parametrize(
    ("text", "said", "label"),
    [
        ("It sounds like you were on your own.", "It sounds like", "reflection_stem"),
        ("I’ll send it on Friday.", "I’ll send", "commitment"),
        ("Thats it, im grateful for the time.", "im grateful", "appreciation"),
        ("Expect two pages from me.", "Expect two pages from me", "commitment"),
        ("This stays between us.", "stays between", "confidentiality"),
    ],
)
def test_cues_are_found_however_they_are_typed(nlp, text, said, label):
    doc = nlp(text)
    assert (said, label) in [(text[c.start : c.end], c.label) for c in doc._.cues]


def test_a_longer_cue_takes_the_place_of_a_shorter_one(nlp):
    assert {"so you", "so you were", "you were"} <= set(PHRASES["reflection_stem"])
    text = "So you were tired."
    found = [text[c.start : c.end] for c in nlp(text)._.cues if c.label == "reflection_stem"]
    assert found == ["So you were"]


# --- lemmas ---


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("She was running late.", "running", "run"),
        ("They hoped for rain.", "hoped", "hope"),
        ("He blorped the boxes.", "boxes", "box"),
        ("The children left.", "children", "child"),
        ("It's been a better year.", "'s", "have"),
        ("It's raining.", "'s", "be"),
        ("I studied the policies.", "policies", "policy"),
    ],
)
def test_lemmas(nlp, text, word, lemma):
    assert next(t.lemma_ for t in nlp(text) if t.text == word) == lemma


def test_lemma_rules_carry_over_to_unseen_words():
    lemmas = Lemmas()
    lemmas.learn([("went", "VBD", "go"), ("googled", "VBD", "google"), ("google", "VB", "google")])
    assert lemmas.look_up("went", "VBD") == "go"
    assert lemmas.look_up("Googling", "VBG") == "google"
    assert lemmas.look_up("slotted", "VBD") == "slot"
    assert lemmas.look_up("parties", "NNS") == "party"
    assert lemmas.exceptions == {"VBD": {"went": "go"}}
    assert Lemmas().from_bytes(lemmas.to_bytes()).exceptions == lemmas.exceptions


def test_a_table_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not a lemma table"):
        Lemmas().from_bytes(b"[]")


# --- training ---


def test_treebank_text_is_rebuilt(sentences, nlp):
    docs = [as_doc([s.words], nlp.vocab).text for s in sentences]
    assert [text.strip() for text in docs] == ["She doesn't know, does she?", "Dogs were barking."]
    assert sentences[0].words[3].deprel == "ROOT"


def test_text_stored_with_blanks_is_glued(tmp_path, nlp):
    path = tmp_path / "blanks.conllu"
    spaced = TREEBANK.replace("SpaceAfter=No", "_").replace("2-3\tdoesn't" + "\t_" * 8 + "\n", "")
    path.write_text(spaced, "utf8")
    first = next(iter(read_conllu(path)))
    assert as_doc([first.words], nlp.vocab).text.strip() == "She doesn't know, does she?"


def test_roughened_sentences_keep_their_tree(sentences, nlp):
    bare = roughened(sentences[0].words, "bare")
    doc = as_doc([bare], nlp.vocab)
    assert doc.text.strip() == "she doesn't know does she"
    assert [t.head.text for t in doc] == ["know", "know", "know", "know", "know", "does"]
    no_end = roughened(sentences[1].words, "no_end")
    assert as_doc([no_end], nlp.vocab).text.strip() == "Dogs were barking"


def test_a_pass_is_drawn_alike_from_the_same_seed(sentences, nlp):
    def draw(seed):
        rough = training.Roughness()
        return [d.text for d in draw_pass(sentences * 9, nlp.vocab, random.Random(seed), rough)]

    assert draw(3) == draw(3)
    assert draw(3) != draw(4)


@pytest.mark.slow
def test_training_is_reproducible_and_writes_a_card(sentences, tmp_path):
    def run(name):
        many = sentences * 40
        made, optimizer = training.build(many, 7)
        training.train(made, optimizer, many, 7, passes=2)
        training.finish(made, many, tmp_path, tmp_path / name, 7, 2)
        return tmp_path / name

    one, two = run("one"), run("two")
    for part in ("tok2vec", "tagger", "morphologizer", "parser"):
        assert (one / part / "model").read_bytes() == (two / part / "model").read_bytes()
    doc = spacy.load(one)("Dogs were barking.")
    assert [t.lemma_ for t in doc] == ["dog", "be", "bark", "."]
    assert "seed 7" in (one / "CARD.md").read_text("utf8")
    assert json.loads((one / "figures.json").read_text("utf8"))["facts"]["passes"] == 2
