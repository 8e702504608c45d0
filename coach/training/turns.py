"""Trains the listening heads and writes ``models/listening``.

Run as ``python -m coach.training.turns --corpora DIR --out models/listening --seed 7``: our own
labelled turns and paraphrases from ``data/labelled``, helpers and word lists from the public
corpora. The same data, seed and library versions give the same weights.
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from pathlib import Path

from coach.listening.alignment import Antonyms
from coach.listening.encoder import Encoder
from coach.listening.pipeline import load_pipeline
from coach.listening.utterance import Ear
from coach.training.columns import hear, hear_silver, lay_out
from coach.training.corpora import antonym_pairs, english_words
from coach.training.data import labelled_statements, labelled_turns
from coach.training.fitting import fit_heads
from coach.training.helpers import train_helpers
from coach.training.laying import COPY, lay
from coach.training.listening_card import write_card
from coach.training.points import train_points
from coach.training.store import write_model

log = logging.getLogger(__name__)

VERSION = "listening-0.1.0"


def main(argv: list[str] | None = None) -> int:
    """Train everything in ``models/listening`` and write it."""
    options = _options(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    began = time.monotonic()
    ear = Ear(load_pipeline(options.out.parent / "english"), Encoder(options.encoder))
    turns = labelled_turns("train")
    helpers = train_helpers(ear.encoder, options.corpora, seed=options.seed)
    heard = [hear(ear, turn.text, turn.context) for turn in turns]
    log.info("%d turns heard", len(heard))
    columns, raw = lay_out(heard, helpers)
    silver = hear_silver(columns, helpers, ear, options.corpora, seed=options.seed)
    weight, bias = fit_heads(columns, raw, turns, silver)
    pairs = antonym_pairs(options.corpora)
    laid = lay(labelled_statements("train"), ear, Antonyms(pairs), seed=options.seed)
    log.info("%d attempts laid beside their statements", len(laid))
    points = train_points(laid, seed=options.seed)
    tensors = {
        "turn.weight": weight,
        "turn.bias": bias,
        "helpers.weight": helpers.weight,
        "helpers.bias": helpers.bias,
        **points.nets.points.tensors("point"),
        **points.nets.claims.tensors("claim"),
        **points.score.tensors("score"),
    }
    config = {
        "version": VERSION,
        "description": "Heads that read a turn: question, reflection, uptake, moves, paraphrase",
        "licence": "CC BY-SA 4.0",
        "encoder": {"name": "all-MiniLM-L6-v2", "width": ear.encoder.width},
        "seed": options.seed,
        "figures": columns.figures,
        "shapes": columns.shapes,
        "helpers": helpers.names,
        "point figures": points.nets.points.names,
        "claim figures": points.nets.claims.names,
        "score figures": points.score.names,
        "antonyms": [list(pair) for pair in pairs],
        "vocabulary": english_words(options.corpora, [t.text for t in turns]),
    }
    write_model(options.out, config, tensors)
    facts = {
        "labelled turns": len(turns),
        "labelled attempts to paraphrase": sum(one.gold.kind != COPY for one in laid),
        "part copies made beside them": sum(one.gold.kind == COPY for one in laid),
        "minutes of training, one thread": round((time.monotonic() - began) / 60, 1),
        "helpers' held-out correlation with their own labels": helpers.held_out,
    }
    result = write_card(options.out, config, facts, options.corpora)
    log.info("written to %s\n%s", options.out, "\n".join(result.lines()))
    return 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    corpora = Path(os.environ.get("COACH_CORPORA", "corpora"))
    parser.add_argument("--corpora", type=Path, default=corpora)
    parser.add_argument("--out", type=Path, default=Path("models/listening"))
    parser.add_argument("--encoder", default=None, help="folder or hub id; the packaged one if not")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
