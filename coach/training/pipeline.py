"""Trains, measures and describes the English pipeline in models/english.

Run as ``python -m coach.training.pipeline --corpora DIR --out models/english --seed 7``. The same
corpora, seed and library versions give the same weights; one core needs about half an hour.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from thinc.api import Adam, Optimizer, fix_random_seed
from thinc.schedules import warmup_linear

from coach.listening import lemmas as _lemmas  # noqa: F401  (registers the factory)
from coach.training.pipeline_card import evaluate, milliseconds, write_card
from coach.training.treebanks import Roughness, Sentence, draw_pass, read_conllu

log = logging.getLogger(__name__)

CONFIG = Path(__file__).with_suffix(".cfg")
SOURCES = (
    "ewt-train",
    "gum-academic",
    "gum-bio",
    "gum-conversation",
    "gum-court",
    "gum-interview",
    "gum-news",
    "gum-speech",
    "gum-textbook",
    "gum-vlog",
    "gum-voyage",
    "en_eslspok-ud-train",
)
# Talk is scarce in the treebanks and all that the coach reads, so each pass sees it twice.
TWICE = ("gum-conversation", "gum-interview", "gum-vlog", "en_eslspok-ud-train")
PASSES = 9
WORDS_PER_BATCH = 700
LEARN_RATE = 0.0015
WARMUP_STEPS = 200


def training_sentences(corpora: Path) -> list[Sentence]:
    """Read every treebank that may teach the pipeline, the talk-like ones twice.

    Args:
        corpora: the folder that holds ``train/treebanks``.

    Raises:
        FileNotFoundError: a treebank is missing.
    """
    out: list[Sentence] = []
    for name in (*SOURCES, *TWICE):
        out += read_conllu(corpora / "train" / "treebanks" / f"{name}.conllu")
    return out


def build(sentences: list[Sentence], seed: int) -> tuple[Language, Optimizer]:
    """Make the untrained pipeline of pipeline.cfg and show it all labels."""
    fix_random_seed(seed)
    nlp = load_model_from_config(load_config(CONFIG), auto_fill=True)
    rng = random.Random(seed)
    smooth = Roughness(0.0, 0.0, 0.0, 0.0)
    docs = list(draw_pass(sentences, nlp.vocab, rng, smooth))
    nlp.initialize(lambda: list(as_examples(nlp, docs)))
    optimizer = Adam(
        learn_rate=LEARN_RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True
    )
    return nlp, optimizer


def as_examples(nlp: Language, docs: Iterable[Doc]) -> Iterator[Example]:
    """Pair gold documents with what the tokenizer makes of their plain text."""
    for doc in docs:
        yield Example(nlp.make_doc(doc.text), doc)


def batches(examples: Iterable[Example], words: int) -> Iterator[list[Example]]:
    """Cut a stream of examples into batches of about this many words."""
    batch: list[Example] = []
    size = 0
    for example in examples:
        batch.append(example)
        size += len(example.predicted)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def train(
    nlp: Language,
    optimizer: Optimizer,
    sentences: list[Sentence],
    seed: int,
    passes: int,
    checkpoint: Path | None = None,
) -> None:
    """Train in place. Every pass draws fresh groupings and fresh roughness from the seed.

    The weights kept are the running averages, which beat the last step's on every measure.
    """
    rng = random.Random(seed + 1)
    total = passes * sum(len(s.words) for s in sentences) // WORDS_PER_BATCH
    rates = iter(warmup_linear(LEARN_RATE, WARMUP_STEPS, total + WARMUP_STEPS))
    step, began = 0, time.monotonic()
    for number in range(1, passes + 1):
        losses: dict[str, float] = {}
        docs = draw_pass(sentences, nlp.vocab, rng, Roughness())
        for batch in batches(as_examples(nlp, docs), WORDS_PER_BATCH):
            optimizer.learn_rate = next(rates)
            nlp.update(batch, drop=0.1, sgd=optimizer, losses=losses)
            step += 1
        log.info(
            "pass %d/%d, step %d of about %d, %.0f s: %s",
            number,
            passes,
            step,
            total,
            time.monotonic() - began,
            {name: round(value) for name, value in sorted(losses.items())},
        )
        if checkpoint is not None:
            with nlp.use_params(optimizer.averages):
                nlp.to_disk(checkpoint)
    with nlp.use_params(optimizer.averages):
        frozen = nlp.to_bytes()
    nlp.from_bytes(frozen)


def add_lemmas(nlp: Language, sentences: list[Sentence]) -> None:
    """Add the lemmatizer and fill its table from the treebanks."""
    nlp.add_pipe("coach_lemmas").learn(  # type: ignore[attr-defined]
        (w.form, w.xpos, w.lemma) for sentence in sentences for w in sentence.words
    )


def describe(nlp: Language) -> None:
    """Say in meta.json what this is and under which licence it may be passed on."""
    nlp.meta |= {
        "name": "listening",
        "version": "1.0.0",
        "description": "English for the listening coach: tags, parses, sentences, lemmas",
        "license": "CC BY-SA 4.0",
        "sources": ["UD English EWT", "GUM (ten open genres)", "UD English ESLSpok"],
    }


def main(argv: list[str] | None = None) -> int:
    """Train, measure, write weights, figures and card."""
    options = _options(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    sentences = training_sentences(options.corpora)
    nlp, optimizer = build(sentences, options.seed)
    train(nlp, optimizer, sentences, options.seed, options.passes, options.checkpoint)
    finish(nlp, sentences, options.corpora, options.out, options.seed, options.passes)
    return 0


def finish(
    nlp: Language, sentences: list[Sentence], corpora: Path, out: Path, seed: int, passes: int
) -> None:
    """Add lemmas, write the pipeline, measure what was written, write its card."""
    add_lemmas(nlp, sentences)
    describe(nlp)
    nlp.to_disk(out)
    written = spacy.load(out)
    figures = evaluate(written, corpora)
    facts = {
        "seed": seed,
        "passes": passes,
        "sentences": len(sentences),
        "words": sum(len(sentence.words) for sentence in sentences),
        "ms": milliseconds(written, sentences),
        "spacy": version("spacy"),
    }
    write_card(out, figures, facts)
    for name, scores in figures.items():
        log.info("%s: %s", name, scores)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, default=Path(os.environ.get("COACH_CORPORA", "corpora"))
    )
    parser.add_argument("--out", type=Path, default=Path("models/english"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--checkpoint", type=Path, help="write the averages here after each pass")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
