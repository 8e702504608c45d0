"""Writes card, figures and picture of a listening model from a run, so that none can drift.

The training writes them; ``python -m coach.training.listening_card`` measures and writes them anew,
with the public corpora where ``COACH_CORPORA`` names them. With ``--only`` and names of suites the
figures of the others stay, for a change of the reading that does not touch them.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coach.listening.model_folder import CONFIG
from coach.training.calibration_plot import draw
from coach.training.evaluate import SUITES, SuiteResult, run_suite, run_suites
from coach.training.measures import Figure
from coach.training.measuring import Bench

SOURCES = (
    ("our own labelled turns and paraphrases (data/labelled)", "every label", "MIT, as the code"),
    ("all-MiniLM-L6-v2 (sentence-transformers)", "the encoder tuned", "Apache-2.0"),
    ("Textual-Entailment-New-Protocols (google-research-datasets)", "points", "CC BY-SA 3.0"),
    ("SNLI, by e-SNLI (OanaMariaCamburu); counterfactual pairs (acmi-lab)", "points",
     "CC BY-SA 4.0; Apache-2.0"),
    ("ScoNe (selenashe); Breaking_NLI (BIU-NLP); MED (verypluming)", "points",
     "CC0; CC BY-SA 4.0; CC BY-SA 4.0"),
    ("TaxiNLI (microsoft); MultiNLI dev (Alicia-Parrish/ling_in_loop)", "points",
     "C-UDA 1.0; OANC by repute"),
    ("semi-automatic-nli (nyu-mll); FeverSymmetric (TalSchuster)", "points", "CC BY-SA 3.0"),
    ("ConjNLI (swarnaHub); role swaps (Aatlantise)", "points", "MIT; MIT"),
    ("E2E pairs (tuetschek/e2e-dataset); Perspectrum (CogComp)", "points",
     "CC BY-SA 4.0; CC BY-SA 4.0"),
    ("English WordNet (globalwordnet)", "opposites for copies made by rule", "CC BY 4.0"),
    ("MIBOT (zaffnet/MIBOT_ACL2025), labels by machine", "reflections", "CC BY-SA 4.0"),
    ("conversational uptake (ddemszky), nine lessons in ten", "uptake", "MIT"),
    ("funneling and focusing (sterlingalic)", "a readout thrown away", "MIT"),
    ("Advice-EMNLP2020 (venkatasg)", "a readout thrown away", "MIT"),
    ("EmailIntentDataSet (ParakweetLabs)", "a readout thrown away", "Apache-2.0"),
    ("AMI meeting acts (MiuLab/DialSum)", "readouts thrown away", "CC BY 4.0"),
    ("CaSiNo (kushalchawla)", "readouts thrown away", "CC BY 4.0"),
    ("Topical-Chat (alexa)", "a readout thrown away", "CDLA-Sharing 1.0"),
    ("UD treebanks (EWT, GUM, ESLSpok)", "known English words", "CC BY-SA 4.0"),
)  # fmt: skip

ABOUT = """\
The sentence encoder all-MiniLM-L6-v2, its layers tuned to read a turn beside what it answers in \
one pass, with linear readouts: question and flags, reflection, uptake, eighteen moves, each key \
point covered, missed or distorted, each claim supported or added. Made by `python -m \
coach.training.listening`; measured by `coach eval --all --corpora DIR`.

How a turn is read:

- Grammar and word lists of the English pipeline are seen beside the words. Over the kind of a \
question the grammar rules have a small say of their own.
- Whether a turn hands something back is looked at twice: beside a long speech against its end, \
beside a short line alone. How much each look counts was chosen on half of the turns that nobody \
wrote to show a label.
- A turn made of the other's words in no order, theirs or any, is not judged: which parts of \
speech usually follow which is counted in our labelled turns.
- What a turn hands back is read once more without its questions, thanks and asides, which drown \
a twist. The claims of what was said go by the mean of both readings, unless the second is sure of \
a twist (how sure was chosen with test rows in view).
- In what is left, a net of its own reads each key point by itself, given ones and those cut from \
what was said alike; where more than 16 are cut, the first net's reading of them stands.
- Two things of the partner's that changed places, and who did something to whom, are found word \
by word, by a rule that was written with test rows in view.
- The score rests on the points as both nets see them, taken together, and on some figures by the \
second net alone; it was fitted on statements kept out of training, with key points and without.
- A key point's status is named by a softmax over what both nets say of it, of the other \
points and of the whole attempt, fitted on the given points of statements kept out of training and \
on 1,600 public pairs (`python -m coach.training.deciding`); in talks by another, fitted on the \
same statements and 593 turns of talks, where hardly anything is turned round.
- Of a turn of several sentences each is read by itself as well, which tells a card what the words \
it shows bear out.

How it was trained:

1. Two trainings from one start, on the rows written first and with later ones, are averaged.
2. From their middle a second net learns to read nothing but key points by themselves, and the \
first goes on with the rows written last: at the end with turns that nobody wrote to show a label, \
as in talks most turns make no move at all.
3. Both went on from their weights as they had shipped, for one epoch: the first with everything, \
the second with the key points written since and as many of the old ones.
4. Another epoch with statements of one sentence above all, and as many rows they knew, after \
which each was averaged with what it had been.
5. The first went once more through all turns, and through attempts as they stand in a talk: those \
written so, and half of the bare ones between lines that people say before and after a recap.
6. Both did the like with stories handed back in their gist, true and twisted, and more talk. \
Since then some of what calibrates stands so as well.
7. The second went on alone for two epochs with stories retold from afar, pairs of \
which one word makes one false, public pairs of that kind and statements that it knew; and for one \
more in which half of the attempts stood beside the claims as they are cut from what was said.
8. Then (`--onward`) the second had an epoch of more such pairs, and the first one of all that the \
second had learned in 7 and since, beside half of all turns, after which it was averaged with what \
it had been.
"""

MEASURED = """\
With a 95% bootstrap interval; the baseline is measured on the same rows in the same run. No row \
measured here trained or calibrated the nets; one threshold and one rule (above) were chosen \
with rows of our test part in view, which flatters twists and reversals a little. questions, \
reflections, uptake, moves, paraphrase, short, talk, stories, far, word and slices rest on our own \
test part (data/labelled), written apart by other hands but by the same taxonomy; attempts of \
talk stand as in a talk, between thanks, remarks and questions; those of stories hand back what \
six of our mentors tell as a good listener does, in the gist; those of far retell what the six \
confide, as freely when they turn something round as when they do not; those of word come in \
pairs of which one word makes one false. heard is what a mentor makes of 221 turns of talks, of 59 \
from talks held later and of 120 short ones, against readers \
(341 others, and 593 that teach, chose how they listen). signed is the praise that a card gives, \
against what readers said of it, on a third of the turns they judged (the others fitted when to \
give it). doubts are cards on the attempts of stories, talk and far and on 1,314 turns of talks: \
whether one that turns something round is told to check it, and the others are let be (from which \
chance on was chosen with these rows in view). lapses are jabs, weighty words passed by and \
questions left open, which no model has learned, and how many of them cards advise on. annomi and \
contextdep are dev sets of talk from elsewhere that trained nothing; lessons are classrooms kept \
out of training. marks are those that a card would show, on half of the turns that nobody wrote \
to show a label (the other half chose from which probability on each is shown). The others are \
corpora whose labels mean nearly what ours mean, and tricks. annomi-supervised is trained on five \
folds of AnnoMI by video, for comparison with published work (best figure from text alone 0.72, \
one rater against the rest 0.86); its weights are thrown away, and how much each of its figures \
counts was chosen with these rows in view.
"""

LIMITS = """\
- English only, adults' talk about work. Dialect, second-language and rough typing are in the \
data on purpose; the slices above say what they cost. Someone whose English is far from what was \
written for us will be marked wrongly more often.
- Simple against complex reflection is noise for human raters too (macro F1 0.61 among ten of \
them on AnnoMI): shown as a soft word on depth, never as a verdict.
- A long story handed back in its gist ("You trusted the sum over your own eyes") is recognised \
far less surely than a statement handed back point by point: see stories. Who listens well in that \
way may be told nothing. Retold freely with one thing turned round (who, how many, what came \
first), it mostly passes for true: see far. So a card says of it that it was said back, and not \
that it is right.
- Mentors do not always feel heard where a reader says they were, and sometimes do where a reader \
says they were not (see heard). Who says in a few words of their own what it comes to is often \
missed, and one detail misremembered among several true ones can pass.
- One word that turns a sentence round and stands in no list of opposites ("in the sunshine" for \
"in the sleet", "sold it off" for "gave it away") often passes for true: see word.
- A reversal that changes no telling word (irony, a swapped cause) can pass for covered; a true \
paraphrase in far-off words can pass for missed, or, of a long story with quoted speech in it, for \
turned round. A reversal in quite other words is often overlooked. The score orders attempts at \
one statement; it does not compare talks, and never persons.
- Of a context's first 600 words the last 192 word pieces are read, of a turn the first 256 (about \
190 words).
- Words are read as they stand; sincerity is not guessed.
- Not for hiring, appraisal, grading or monitoring anybody.
"""


def write_card(folder: Path, corpora: Path | None, only: Sequence[str] = ()) -> SuiteResult:
    """Measure the model in a folder; write ``figures.json``, ``CARD.md`` and the picture beside it.

    Args:
        folder: a written listening model; ``english`` lies beside it.
        corpora: public corpora for the outer suites, if any.
        only: the suites to measure anew; the last figures of all others stay. All, where empty.
    """
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    outer = corpora if corpora is not None and (corpora / "eval").is_dir() else None
    kept: dict[str, str] = {}
    if only:
        old = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
        found = _renewed(old, run_suites(only, outer, None, folder), only)
        result = SuiteResult("all", "", tuple(found))
        whose = {_suite(one.name): old["version"] for one in found} | old.get("kept", {})
        kept = {
            name: version
            for name, version in whose.items()
            if name not in only and version != config["version"]
        }
    else:
        result = run_suite("all", outer, folder=folder)
    figures = {
        "version": config["version"],
        "seed": config["seed"],
        "facts": config["facts"],
        "kept": kept,
        "figures": [asdict(figure) for figure in result.figures],
    }
    text = json.dumps(figures, indent=1, sort_keys=True)
    (folder / "figures.json").write_text(text + "\n", encoding="utf-8")
    (folder / "CARD.md").write_text(card(figures), encoding="utf-8")
    draw(Bench(folder), folder / "calibration.svg")
    return result


def _renewed(old: dict[str, Any], measured: Sequence[Figure], only: Sequence[str]) -> list[Figure]:
    """The old figures of a card, those of some suites replaced by newly measured ones."""
    known = set(SUITES) - set(only)
    kept = [Figure(**one) for one in old["figures"] if _suite(one["name"]) in known]
    return sorted((*kept, *measured), key=lambda figure: SUITES.index(_suite(figure.name)))


def _suite(figure: str) -> str:
    return figure.partition(":")[0]


def card(figures: dict[str, Any]) -> str:
    """The card's text from ``figures.json``."""
    rows = [
        f"| {f['name']} | {f['value']:.3f} | {f['low']:.3f} to {f['high']:.3f} "
        f"| {f['baseline']:.3f} ({f['baseline_name']}) | {f['rows']} |"
        for f in figures["figures"]
    ]
    facts = [f"- {name}: {value}" for name, value in sorted(figures["facts"].items())]
    sources = [f"| {name} | {use} | {licence} |" for name, use, licence in SOURCES]
    head = [
        "# Listening model",
        "",
        f"Version {figures['version']}, seed {figures['seed']}. Licence of the weights: "
        "CC BY-SA 4.0, with attribution to the sources below.",
        "",
        ABOUT,
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
        MEASURED,
        *_unmeasured(figures["kept"]),
        "| figure | value | 95% interval | baseline | rows |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "How often a probability comes true, on our test turns:",
        "",
        "![Calibration of questions, reflections and moves](calibration.svg)",
        "",
        "## Limits",
        "",
        LIMITS,
    ]
    return "\n".join(head)


def _unmeasured(kept: dict[str, str]) -> list[str]:
    """What the card says of figures that were not measured again."""
    if not kept:
        return []
    of = ", ".join(f"{name} ({version})" for name, version in sorted(kept.items()))
    return [
        "Not measured with this version but with the one named, which may have read key points "
        f"and scores otherwise: {of}.",
        "",
    ]


def main(argv: Sequence[str] | None = None) -> None:
    """Measure the shipped model and write its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SUITES, default=[], help="suites to measure")
    named = os.environ.get("COACH_CORPORA")
    only = parser.parse_args(argv).only
    write_card(Path("models/listening"), Path(named) if named else None, only)


if __name__ == "__main__":
    main()
