"""Measures the English pipeline and writes its card and figures."""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from coach.training.treebanks import Sentence, as_doc, read_conllu, roughened

DEV = "train/treebanks/en_ewt-ud-dev"
TESTS = (
    "eval/treebanks/en_ewt-ud-test",
    "eval/treebanks/en_pud-ud-test",
    "eval/treebanks/en_eslspok-ud-test",
)
RUN = 5
"""Sentences per measured document: as many as a long turn has."""

Figures = dict[str, dict[str, float]]


def evaluate(nlp: Language, corpora: Path) -> Figures:
    """Measure on treebanks the training never saw; where one is missing it is left out.

    Returns:
        Per treebank: ``upos``, ``tag``, ``uas``, ``las``, ``lemma`` accuracy and ``sentences``
        F1, 0 to 1, from raw text with the pipeline's own tokens. "… (bare)" is the same text in
        lower case without any punctuation.
    """
    figures: Figures = {}
    for name in (DEV, *TESTS):
        path = corpora / f"{name}.conllu"
        if not path.is_file():
            continue
        sentences = list(read_conllu(path))
        figures[path.stem] = measure(nlp, sentences)
        figures[f"{path.stem} (bare)"] = measure(nlp, sentences, "bare")
    return figures


def measure(nlp: Language, sentences: list[Sentence], way: str = "plain") -> dict[str, float]:
    """Score the pipeline on runs of neighbouring sentences, typed as `way` says."""
    parts = [roughened(sentence.words, way) for sentence in sentences]
    parts = [part for part in parts if part]
    examples: list[Example] = []
    for start in range(0, len(parts), RUN):
        gold = as_doc(parts[start : start + RUN], nlp.vocab)
        examples.append(Example(nlp(gold.text), gold))
    return _scores(examples)


def _scores(examples: list[Example]) -> dict[str, float]:
    scorer = Scorer()
    found: dict[str, Any] = {}
    for attribute in ("tag", "pos", "lemma"):
        found |= scorer.score_token_attr(examples, attribute)
    found |= scorer.score_deps(examples, "dep", ignore_labels=("p", "punct"), missing_values={0})
    found |= scorer.score_spans(examples, "sents", has_annotation=_has_sentences)
    names = {
        "upos": "pos_acc",
        "tag": "tag_acc",
        "uas": "dep_uas",
        "las": "dep_las",
        "lemma": "lemma_acc",
        "sentences": "sents_f",
    }
    scores = {short: found.get(long) for short, long in names.items()}
    return {short: round(value, 4) for short, value in scores.items() if value is not None}


def _has_sentences(doc: Doc) -> bool:
    return doc.has_annotation("SENT_START")


def milliseconds(nlp: Language, sentences: list[Sentence]) -> float:
    """Median processor time to read 30 words, one text at a time."""
    words = [word for sentence in sentences[:400] for word in sentence.words]
    texts = ["".join(w.form + " " * w.space for w in words[i : i + 30]) for i in range(0, 3000, 30)]
    times: list[float] = []
    for text in texts:
        began = time.process_time()
        nlp(text)
        times.append(time.process_time() - began)
    return round(statistics.median(times) * 1000, 1)


def write_card(out: Path, figures: Figures, facts: dict[str, Any]) -> None:
    """Write figures.json and CARD.md beside the weights.

    Args:
        out: folder of the pipeline.
        figures: what `evaluate` returned.
        facts: what was trained on and how: ``seed``, ``passes``, ``words``, ``sentences``, ``ms``,
            ``spacy``.
    """
    size = sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) / 1e6
    data = {"facts": facts, "figures": figures}
    (out / "figures.json").write_text(json.dumps(data, indent=2, sort_keys=True) + "\n", "utf8")
    columns = ("upos", "tag", "las", "uas", "lemma", "sentences")
    rows = [
        f"| {name} | " + " | ".join(_percent(scores.get(c)) for c in columns) + " |"
        for name, scores in figures.items()
    ]
    text = _CARD.format(rows="\n".join(rows), size=f"{size:.1f}", **facts)
    (out / "CARD.md").write_text(text, "utf8")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


_CARD = """# English pipeline

Tagger, morphologizer, dependency parser (Universal Dependencies labels, which also finds
sentence borders) and lemmatizer for spaCy. It is what the coach cuts clauses and finds questions
with. Trained by `python -m coach.training.pipeline`; {size} MB on disk.

## Data and licence

| treebank | licence |
|---|---|
| UD English EWT, train | CC BY-SA 4.0 |
| GUM, ten open genres | annotations CC BY 4.0; texts under the open licences GUM names |
| UD English ESLSpok, train (spoken learner English; no lemmas) | CC BY-SA 4.0 |

The weights are shared under **CC BY-SA 4.0** with attribution to the makers of these treebanks:
Natalia Silveira and others (EWT), Amir Zeldes and others (GUM), Kristopher Kyle and others
(ESLSpok). GUM's genres here: academic, biography, conversation, court, interview, news, speech,
textbook, vlog, voyage.

{sentences} sentences, {words} words a pass (conversation, interview, vlog and ESLSpok twice),
{passes} passes, seed {seed}, spaCy {spacy}. In each pass about half of the runs of one to six
sentences are roughened: lower case, no full stop or question mark, no punctuation, no apostrophe.

## How it was measured

From raw text in runs of five sentences, with the pipeline's own tokens, per cent. "(bare)": the
same text in lower case without punctuation. LAS and UAS leave punctuation out. Nothing was chosen
by the test sets.

| treebank | UPOS | tag | LAS | UAS | lemma | sentence F1 |
|---|---|---|---|---|---|---|
{rows}

Reading 30 words took {ms} ms of processor time (median, one thread).

## Limits

- Sentence borders in web text (EWT) are hard, and without punctuation much harder: treat them as
  a hint there.
- No word vectors: rare words are read by their spelling and neighbours.
- Learned from web pages, talk and news, mostly American. Dialect spelling, heavy disfluency,
  other languages and code-switching are read less well; names in lower case are often missed.
- EWT and GUM do not always agree on lemmas ("people"); the commoner reading won.
- It reads grammar. It does not know what is true, kind or well said.
"""
