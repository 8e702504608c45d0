"""Learns which parts of speech usually follow which, for `coach.listening.word_order`.

Run as ``python -m coach.training.word_order``: it writes them beside the listening weights that
ship, which stay as they are; a training writes them with its own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from spacy.tokens import Doc

from coach.listening.model_folder import CONFIG
from coach.listening.pipeline import load_pipeline
from coach.listening.word_order import following
from coach.training.data import labelled_turns
from coach.training.store import write_config


def usual_order(analyse: Callable[[str], Doc]) -> dict[str, dict[str, float]]:
    """What follows what in our labelled turns, and in what they answer."""
    turns = [one for one in labelled_turns("train") if one.style != "gaming"]
    texts = dict.fromkeys(text for one in turns for text in (one.text, one.context) if text)
    return following(map(analyse, texts))


def main(argv: list[str] | None = None) -> int:
    """Write the usual order, and the version that reads by it, into the model's ``config.json``."""
    # Training itself imports this module.
    from coach.training.listening import VERSION

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("models/listening"))
    out = parser.parse_args(argv).out
    config = json.loads((out / CONFIG).read_text(encoding="utf-8"))
    order = usual_order(load_pipeline(out.parent / "english"))
    write_config(out, config | {"version": VERSION, "order": order})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
