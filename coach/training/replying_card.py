"""Writes the card of the reply model from what its training measured."""

from __future__ import annotations

from typing import Any


def card(config: dict[str, Any]) -> str:
    """``models/replying/CARD.md``."""
    facts = [f"- {name}: {value:,}" for name, value in sorted(config["facts"].items())]
    rows = [
        f"| {one['name']} | {one['value']} ({one['low']} to {one['high']}) | {one['baseline']} |"
        for one in config["figures"]
    ]
    fits, half = config["best possible"]
    whole, fully = config["agreement"]
    history = _ELSEWHERE if config["taught on"] != config["listening"] else ""
    if config["went on from"]:
        history += _WENT_ON.format(version=config["went on from"])
    return _CARD.format(
        version=config["version"],
        seed=config["seed"],
        licence=config["licence"],
        history=history,
        facts="\n".join(facts),
        rows="\n".join(rows),
        fits=fits,
        half=half,
        whole=whole,
        fully=fully,
    )


_ELSEWHERE = """It was taught on the listening weights before those, and measured on these.
"""

_WENT_ON = """It went on from {version}, which had been taught all that is named below but the
newest lists, on the listening weights of its time: once over the lists of talks and as many of the
others as there are new ones, a second time over the new ones (`--onward`).
"""

_CARD = """# Reply model

Version {version}, seed {seed}. Licence of the weights: {licence}.

Reads which of the lines a mentor could say next makes sense right after what the learner typed: the
encoder of the listening model with a low-rank change to each of its matrices, which reads the
mentor's last line, the exchange before it, the turn and a dozen or two possible replies in one
pass. Where the rules of a talk leave it open what is said, the line that fits best is. Made by
`python -m coach.training.replying`; it belongs to the listening weights named in its `config.json`.
{history}
## Data

- first, made as training runs: the scenarios of `data/scenarios` (questions with their answers,
  beside answers to what is asked alike), our own labelled turns (with the lines they answer,
  beside other turns), and public small talk (self-dialogue corpus, J. Fainberg and others, BSD
  3-Clause; Topical-Chat, Amazon, CDLA-Sharing 1.0): the next line, beside others;
- then `data/labelled/replies`: turns of trial talks with the mentors, and turns written to single
  lines of theirs, each with about a dozen lines of that mentor which a reader judged one by one:
  fits, half fits, does not fit; most lists of talks with what was said before. Some turns in whose
  list nothing fitted stand twice, the second time with lines drawn from all that this mentor says.
  In training from the start lists of talks are seen twice as often. One word piece in ten is
  hidden.

{facts}

## Figures

On judged talks with six mentors, kept out of the judged lists that train (turns written to single
lines of these six mentors were not). Two readers judged some of these lists, each without the
other: kappa {whole:.2f} for fits, half fits and not; {fully:.2f} for fits against the rest. The
floor takes the line whose wordings are nearest to the turn by the matching model. 95% intervals by
bootstrap over lists.

| | this model | floor |
|---|---|---|
{rows}

A reader who picked the best line of every list would reach {fits} and {half}: some lists
hold none that fits fully.

## Limits

It knows the turn, the last line, one line and one turn before that, and nothing earlier: a line
that contradicts something from farther back can still seem to fit. It judges lines of these 24
mentors best; those of a scenario of your own less well. English only. It decides what a simulated
mentor says, never a mark.
"""
