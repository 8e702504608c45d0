"""Writes the card and the figures of ``models/listening`` from a run, so that neither can drift."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coach.training.evaluate import SuiteResult, run_suite
from coach.training.measuring import Bench

SOURCES = (
    ("our own labelled turns and paraphrases (data/labelled)", "every head", "the project's own"),
    ("MIBOT (zaffnet/MIBOT_ACL2025)", "helpers: reflection, other", "CC BY-SA 4.0"),
    ("conversational uptake (ddemszky/conversational-uptake)", "helper: uptake", "MIT"),
    ("funneling and focusing (sterlingalic)", "helper: focusing questions", "MIT"),
    ("Advice-EMNLP2020 (venkatasg)", "helper: advice", "MIT"),
    ("EmailIntentDataSet (ParakweetLabs)", "helper: request or commitment", "Apache-2.0"),
    ("AMI meeting acts (MiuLab/DialSum)", "helpers: meeting acts", "CC BY 4.0"),
    ("CaSiNo (kushalchawla)", "helpers: negotiation talk", "CC BY 4.0"),
    ("Topical-Chat (alexa)", "helper: does it follow", "CDLA-Sharing 1.0"),
    ("English WordNet (globalwordnet)", "antonyms", "CC BY 4.0"),
    ("UD treebanks (EWT, GUM, ESLSpok)", "known English words", "CC BY-SA 4.0"),
)

LIMITS = """\
- English only, trained on adults' talk about work, written by a few hands; spoken dialects and
  second-language English are in the data on purpose, but few rows each. Rare moves (18 labels,
  some 20 to 60 examples each) are the least sure.
- Simple against complex reflection is noise for human raters too (macro F1 0.61 among ten of
  them on AnnoMI): show it as a soft word, never as a verdict.
- A distortion that changes no telling word (irony, a swapped cause and effect, a subtle change of
  who did what) is often read as covered or missed. The score orders attempts at one statement; it
  does not compare talks, and never persons.
- The encoder is frozen and reads 256 word pieces of a text; a turn is read up to 600 words.
- Words are read as they stand; sincerity is not guessed.
- Not for hiring, grading or monitoring people.
"""


def write_card(
    folder: Path, config: dict[str, Any], facts: dict[str, Any], corpora: Path | None
) -> SuiteResult:
    """Measure the model in a folder and write ``figures.json`` and ``CARD.md`` beside it.

    Args:
        folder: ``models/listening``, already written; ``english`` lies beside it.
        config: what was written as its config.
        facts: what the training run wants told: rows, seconds, held-out figures of the helpers.
        corpora: public corpora for the outer suites, if any.
    """
    outer = corpora if corpora is not None and (corpora / "eval").is_dir() else None
    result = run_suite("all", outer, Bench(folder.parent))
    figures = {
        "version": config["version"],
        "facts": facts,
        "figures": [asdict(figure) for figure in result.figures],
    }
    text = json.dumps(figures, indent=1, sort_keys=True)
    (folder / "figures.json").write_text(text + "\n", encoding="utf-8")
    (folder / "CARD.md").write_text(_card(config, figures), encoding="utf-8")
    return result


def _card(config: dict[str, Any], figures: dict[str, Any]) -> str:
    rows = [
        f"| {f['name']} | {f['value']:.3f} | {f['low']:.3f} to {f['high']:.3f} "
        f"| {f['baseline']:.3f} ({f['baseline_name']}) | {f['rows']} |"
        for f in figures["figures"]
    ]
    facts = [f"- {name}: {value}" for name, value in sorted(figures["facts"].items())]
    sources = [f"| {name} | {use} | {licence} |" for name, use, licence in SOURCES]
    head = [
        "# Listening heads",
        "",
        f"Version {config['version']}, seed {config['seed']}. Licence of the weights: "
        "CC BY-SA 4.0, with attribution to the sources below.",
        "",
        "Small heads over the frozen sentence encoder all-MiniLM-L6-v2 (Apache-2.0), the trained "
        "English pipeline and plain rules. They read one turn against the turn it answers: "
        "question, reflection, uptake, eighteen moves, and how well it hands back the message. "
        "Made by `python -m coach.training.turns`; measured by `coach eval all`.",
        "",
        "## Data",
        "",
        "| source | used for | licence |",
        "|---|---|---|",
        *sources,
        "",
        *facts,
        "",
        "## Figures",
        "",
        "With a 95% bootstrap interval; the baseline is measured on the same rows in the same run. "
        "Nothing was trained on the rows measured here. Our own test parts were looked at after "
        "four training runs in which features and nets still changed, so small differences "
        "between versions on them mean little. annomi, contextdep and apt are other people's talk "
        "and text; the weight of the silver counselling turns in the reflection head was chosen "
        "with a sample of 900 turns of annomi (a dev set) in view, so its reflection figures "
        "flatter the model a little.",
        "",
        "| figure | value | 95% interval | baseline | rows |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "## Limits",
        "",
        LIMITS,
    ]
    return "\n".join(head)
