"""Writes the card of the matching model from what its training measured."""

from __future__ import annotations

from typing import Any


def card(config: dict[str, Any]) -> str:
    """``models/matching/CARD.md``."""
    facts = config["facts"]
    lines = [f"- {name}: {value}" for name, value in facts.items() if "right" not in name]
    return _CARD.format(
        version=config["version"],
        seed=config["seed"],
        facts="\n".join(lines),
        tuned=facts["found right, kept out"],
        plain=facts["found right, kept out, untuned"],
        tuned_encoder=config["encoder"]["tuned"],
    )


_CARD = """# Matching model

Version {version}, seed {seed}. Licence of the weights: MIT, as the code; the encoder they were
tuned from, all-MiniLM-L6-v2, is Apache-2.0.

Finds which of a mentor's lines answers what a learner typed: the sentence encoder all-MiniLM-L6-v2
with {tuned_encoder} tuned, so that the ways in which different people ask for one thing lie near
one another, and far from the other things that this mentor knows. Made by
`python -m coach.training.matching`.

## Data

The scenarios of `data/scenarios`, and nothing else: each topic, detail and small answer with the
phrasings that ask for it. No learner's words.

{facts}

## Figures

Every phrasing is asked as if it stood nowhere in its file; the others of its part must be nearer
than those of any other part of the same scenario. Measured on scenarios kept out of training.

| | found right |
|---|---|
| this model, trained on the other scenarios | {tuned} |
| all-MiniLM-L6-v2 as it is | {plain} |

What ships was trained on all scenarios. In a scenario of your own expect what the first row says,
or a little less: what is asked after any story, and some plain questions, are worded alike in all
of ours.

## Limits

Short questions that name nothing ("Was he angry?") are found by where the talk stands, not by this
model. Every mentor has hundreds of lines that are near to each other; one time in a few the nearest
is not the right one. English only. It decides what a simulated mentor says, never a mark.
"""
