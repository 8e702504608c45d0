"""The spaCy components of the coach, as a spaCy user meets them."""

import spacy
from spacy.tokens import Doc
from spacy.training import Example

from coach.listening.pipeline import COMPONENTS, load_pipeline
from coach.listening.questions import QuestionSpan

TEXT = "What did she say to you? I left, because my brother stayed. You mean the van, right?"


def test_each_component_is_added_by_name_and_says_what_it_sets_and_needs():
    nlp = load_pipeline()
    for name in COMPONENTS:
        meta = nlp.get_pipe_meta(name)
        assert [one for one in meta.assigns if one.startswith("doc._.")]
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}


def test_a_saved_pipeline_reads_the_same_again(tmp_path):
    nlp = load_pipeline()
    nlp.to_disk(tmp_path)
    for name in COMPONENTS:
        assert (tmp_path / name).is_dir()
    again = spacy.load(tmp_path)
    one, other = nlp(TEXT), again(TEXT)
    assert [(s.start_char, s.label_) for s in one._.clauses] == [
        (s.start_char, s.label_) for s in other._.clauses
    ]
    assert one._.questions == other._.questions
    assert one._.cues == other._.cues


def test_components_score_themselves_against_a_reference():
    nlp = load_pipeline()
    reference = Doc(nlp.vocab, words=[t.text for t in nlp.make_doc(TEXT)],
                    spaces=[bool(t.whitespace_) for t in nlp.make_doc(TEXT)])  # fmt: skip
    found = nlp(TEXT)._.questions
    reference._.questions = [found[0], QuestionSpan(26, 40, "open", "by hand")]
    scores = nlp.evaluate([Example(nlp.make_doc(TEXT), reference)])
    assert scores["questions_p"] == 1 / len(found)
    assert scores["questions_r"] == 0.5
    assert scores["clauses_f"] is None
