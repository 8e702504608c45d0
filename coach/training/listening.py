"""Trains the listening model and writes ``models/listening``.

Run as ``python -m coach.training.listening --corpora DIR``. In stages: public entailment pairs
and conversations first; from there our own turns and paraphrases with a little of the first beside
them, twice, on the files written first and with those written later, and the two nets are
averaged; from their middle a second net goes on with key points alone, and the first with the files
written last, in its last epoch with turns that nobody wrote to show a label: how often a move is
made in a talk is learnt last. Both then go on, from their weights as they ship, for an epoch
with what was written after those were settled; and once more with what was written after that,
statements of one sentence above all, and as many rows that they know, after which each is averaged
with what it was before. The first net then goes through all turns once more, and through
attempts as they stand in a talk, with thanks before them and questions after (`framing`). Both do
the like with stories handed back in their gist and more talk. The second net then reads stories
retold from afar, and pairs of which one word makes one false; and at last both go once through all
that was written of that kind. ``--onward`` does only this last, from the weights in the folder. A
tenth of our training rows is kept out of all, and those of the files written first calibrate what
was taught. A run that was cut off goes on from its last epoch. The same data, seed and library
versions give the same weights on the same kind of processor.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from coach.listening.contrast import opposites
from coach.listening.encoder import Encoder, default_folder, load_encoder
from coach.listening.meaning import Meaning
from coach.listening.model_folder import load_folder
from coach.listening.packing import pack, unpack
from coach.listening.pair_net import LABELS, NOT_SHIPPED, PairNet
from coach.listening.pair_reader import net_of
from coach.listening.pipeline import load_pipeline
from coach.listening.utterance import Ear
from coach.training.corpora import antonym_pairs, english_words
from coach.training.curriculum import GIVEN as BESIDE_POINTS
from coach.training.curriculum import Curriculum, Rows, replayed
from coach.training.data import labelled_statements
from coach.training.deciding import UNDECIDED, decide
from coach.training.entailment import entailment
from coach.training.examples import Example
from coach.training.figuring import Figured, figure, look
from coach.training.framing import Frames
from coach.training.listening_card import write_card
from coach.training.pair_data import Ready, make_ready
from coach.training.settling import Settled, settle
from coach.training.silver import silver
from coach.training.store import write_model
from coach.training.tuning import Plan, average, tune
from coach.training.word_order import usual_order

log = logging.getLogger(__name__)

_MINUTES = "minutes of training, two threads, waiting for other work included"
_PAIRS = "public pairs"
VERSION = "listening-1.10.1"
LATER = "train-s"
NEWEST = "train-x"
UNPOSED = "train-z"
SINCE = "train-za"
LATEST = "train-zza"
TALKING = "train-zzza"
GIST = "train-zzzj"
AFAR = "train-zzzn"
BY_WORD = "train-zzzr"
MORE_PAIRS = "train-zzzs"
"""Names of files of labelled rows: from these on they were written later than all before."""
PUBLIC = Plan("public", epochs=1)
FIRST = Plan("first", epochs=3, encoder_rate=1.0e-4, warm_up=0.04)
OWN = Plan("own", epochs=3, encoder_rate=1.0e-4, warm_up=0.04)
GIVEN = Plan("given", epochs=3, encoder_rate=8.0e-5, head_rate=4.0e-4, warm_up=0.05)
"""A second net, which starts from the first and reads nothing but key points by themselves."""
LAST = Plan("last", epochs=2, encoder_rate=6.0e-5, head_rate=5.0e-4, warm_up=0.05)
ONWARD = Plan("onward", epochs=1, encoder_rate=6.0e-5, head_rate=4.0e-4, warm_up=0.05)
GIVEN_ONWARD = Plan("given-onward", epochs=1, encoder_rate=5.0e-5, head_rate=3.0e-4, warm_up=0.05)
FURTHER = Plan("further", epochs=1, encoder_rate=5.0e-5, head_rate=3.0e-4, warm_up=0.05)
GIVEN_FURTHER = Plan("given-further", epochs=1, encoder_rate=5.0e-5, head_rate=3.0e-4, warm_up=0.05)
TALK = Plan("talk", epochs=1, encoder_rate=6.0e-5, head_rate=3.0e-4, warm_up=0.05)
IN_GIST = Plan("gist", epochs=1, encoder_rate=6.0e-5, head_rate=3.0e-4, warm_up=0.05)
GIVEN_IN_GIST = Plan("given-gist", epochs=1, encoder_rate=5.0e-5, head_rate=3.0e-4, warm_up=0.05)
GIVEN_AFAR = Plan("given-afar", epochs=2, encoder_rate=8.0e-5, head_rate=3.0e-4, warm_up=0.05)
GIVEN_AS_CUT = Plan(
    "given-as-cut", epochs=1, encoder_rate=8.0e-5, head_rate=5.0e-4, warm_up=0.05, by_word=True
)
GIVEN_MORE_PAIRS = Plan(
    "given-more-pairs",
    epochs=1,
    encoder_rate=8.0e-5,
    head_rate=5.0e-4,
    warm_up=0.05,
    by_word=True,
)
NEAR = Plan("near", epochs=1, encoder_rate=6.0e-5, head_rate=3.0e-4, warm_up=0.05)
KNOWN_AGAIN = {
    TALK: 2,
    IN_GIST: 1,
    GIVEN_AFAR: 0.5,
    GIVEN_AS_CUT: 0.35,
    GIVEN_MORE_PAIRS: 3,
    NEAR: 0.15,
}
"""How many statements that a net knows come with each new one when it learns something more."""
TURNS_AGAIN = 0.5
"""How many of all turns the first net sees again with `NEAR`."""
SWAPS = frozenset({"breaking-nli", "counterfactual-nli", "e2e-pairs", "scone"})
"""Public pairs that differ from a true one in a word or two."""


def main(argv: list[str] | None = None) -> int:
    """Train everything in ``models/listening`` and write it."""
    options = _options(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(options.seed)
    desk = Desk(options)
    taught = _as_shipped(desk) if options.onward else _from_scratch(desk)
    if taught is None:
        return 0
    taught = _near(taught, desk)
    figured, (net, reader) = taught.figured, taught.nets(desk)
    whole, usual = desk.course(figured, Rows.before()), desk.course(figured, usual_rows())
    torch.set_num_threads(1)
    settled = settle(net, reader, usual.kept())
    facts = whole.facts | usual.kept_facts
    facts |= {_MINUTES: round(taught.minutes), _PAIRS: taught.public}
    config = _config(whole, figured, settled, desk) | {"facts": facts}
    write_model(options.out, config, _tensors(taught.tensors, figured, settled))
    decide(options.out, options.corpora, usual_rows().statements)
    log.info("written to %s", options.out)
    if options.card:
        result = write_card(options.out, options.corpora)
        log.info("\n%s", "\n".join(result.lines()))
    return 0


def usual_rows() -> Rows:
    """Rows in which labels meet as often as in life, which calibrate: of others that is no guide.

    Between and after them lie contrast sets; the last of these statements stand as in a talk, or
    in their gist.
    """
    first = Rows.before(LATER)
    known = len(labelled_statements("train", before=TALKING))
    since = labelled_statements("train", before=AFAR)[known:]
    return Rows(first.turns, [*first.statements, *since])


class Desk:
    """What every stage works with."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.ear = Ear(load_pipeline(options.out.parent / "english"))
        self.tokenizer, _ = self.encoder()
        self.meaning = Meaning(Encoder())
        self.antonyms = antonym_pairs(options.corpora)
        # The encoder that looks for meaning has set its own number.
        torch.set_num_threads(options.threads)

    def encoder(self) -> tuple[Any, Any]:
        """A tokenizer and the packaged encoder, fresh."""
        return load_encoder(str(default_folder()))

    def course(self, figured: Figured, rows: Rows) -> Curriculum:
        """Epochs of some of our own rows."""
        work, seed = self.options.work, self.options.seed
        about = (self.ear, self.meaning, self.tokenizer, figured, self.antonyms, work, seed)
        return Curriculum(*about, rows)

    def ready(self, examples: Sequence[Example], figured: Figured) -> list[Ready]:
        """Public pairs made ready."""
        against = opposites(self.antonyms)
        return [make_ready(self.tokenizer, one, figured.row(one), against) for one in examples]

    def replayed(self, figured: Figured) -> list[Ready]:
        """The public pairs that come back in an epoch, looked at."""
        options, rng = self.options, random.Random(self.options.seed)
        pairs = entailment(options.corpora, seed=options.seed)
        talk = silver(options.corpora, seed=options.seed)
        again = [one for one in (*pairs, *talk) if replayed(one, rng)]
        figured.raw |= look((one for one in again if one.labels), self.ear, options.work)
        return self.ready(again, figured)

    def swaps(self) -> list[Example]:
        """Public pairs of which a word or two decides."""
        every = entailment(self.options.corpora, seed=self.options.seed)
        return [one for one in every if one.group in SWAPS]

    def framed(
        self, course: Curriculum, figured: Figured, number: int, points: float = BESIDE_POINTS
    ) -> list[Ready]:
        """An epoch as in a talk, with the public pairs that come back in it."""
        return [*course.framed_epoch(number, Frames.read(), points), *self.replayed(figured)]

    def tune(self, net: PairNet, rows_of: Callable[[int], list[Ready]], plan: Plan) -> float:
        """Train a stage; the minutes it took."""
        return tune(net, rows_of, plan, self.options.work, seed=self.options.seed)


@dataclass
class Taught:
    """The tensors of two nets as they ship, and what they were made of."""

    tensors: dict[str, Any]
    figured: Figured
    minutes: float
    public: int

    def nets(self, desk: Desk) -> tuple[PairNet, PairNet]:
        """Both nets: the one that reads everything, and the one that reads key points alone."""
        net, reader = (
            net_of(name, desk.encoder()[1], len(self.figured.names), self.tensors)
            for name in ("net", "given")
        )
        return net, reader

    def gone_on(self, net: PairNet, reader: PairNet, minutes: float) -> Taught:
        """The same after more minutes of training."""
        tensors = shipped(net=net, given=reader)
        return Taught(tensors, self.figured, self.minutes + minutes, self.public)


def _from_scratch(desk: Desk) -> Taught | None:
    """Every stage but the last; None where only the public one was asked for."""
    options = desk.options
    talk = silver(options.corpora, seed=options.seed)
    figured = figure(talk, desk.ear, options.work)
    labels = [*LABELS, *sorted({name for one in talk for name in one.labels} - set(LABELS))]
    net = PairNet(desk.encoder()[1], labels, len(figured.names))
    public = desk.ready([*entailment(options.corpora, seed=options.seed), *talk], figured)
    log.info("%d public pairs ready", len(public))
    minutes = desk.tune(net, lambda _: public, PUBLIC)
    if options.stage == "public":
        return None
    earlier, course, newest, whole = (
        desk.course(figured, Rows.before(name)) for name in (LATER, NEWEST, UNPOSED, SINCE)
    )
    minutes += _twice(net, course, earlier, public, desk)
    reader = deepcopy(net)
    points = desk.ready(course.key_points(), figured)
    minutes += desk.tune(reader, lambda _: points, GIVEN)

    def last(number: int) -> list[Ready]:
        return (newest, whole)[number].epoch(number, public)

    minutes += desk.tune(net, last, LAST)
    taught = Taught(shipped(net=net, given=reader), figured, minutes, len(public))
    for go_on in (_go_on, _go_further, _as_in_a_talk, _in_the_gist, _from_afar):
        taught = go_on(taught, desk)
    return taught


def _as_shipped(desk: Desk) -> Taught:
    """What is in the folder that will be written."""
    config, tensors = load_folder(desk.options.out)
    figured = Figured(config["figures"], tensors["figures.mean"], tensors["figures.scale"])
    return Taught(tensors, figured, config["facts"][_MINUTES], config["facts"][_PAIRS])


def _go_on(taught: Taught, desk: Desk) -> Taught:
    """One more epoch of both nets.

    The first reads everything, the other the key points of what was written since and as many
    of those it knows.
    """
    figured, (net, reader) = taught.figured, taught.nets(desk)
    whole = desk.course(figured, Rows.before(LATEST))

    def everything(_: int) -> list[Ready]:
        return [*whole.epoch(LAST.epochs, ()), *desk.replayed(figured)]

    def points(_: int) -> list[Ready]:
        known = {one.id for one in labelled_statements("train", before=SINCE)}
        old: list[Example] = []
        new: list[Example] = []
        for example in whole.key_points():
            (old if example.group in known else new).append(example)
        again = random.Random(desk.options.seed).sample(old, min(len(old), len(new)))
        return desk.ready([*new, *again], figured)

    minutes = desk.tune(net, everything, ONWARD) + desk.tune(reader, points, GIVEN_ONWARD)
    return taught.gone_on(net, reader, minutes)


def _go_further(taught: Taught, desk: Desk) -> Taught:
    """An epoch of both nets with what was written last, and as many rows that they know.

    Each then meets itself halfway: so few rows teach the new and wear off some of the old.
    """
    figured, (net, reader) = taught.figured, taught.nets(desk)
    mixed = desk.course(figured, Rows.between(LATEST, TALKING, desk.options.seed))

    def everything(_: int) -> list[Ready]:
        return [*mixed.epoch(LAST.epochs + 1, ()), *desk.replayed(figured)]

    def points(_: int) -> list[Ready]:
        return desk.ready(mixed.key_points(), figured)

    minutes = desk.tune(net, everything, FURTHER) + desk.tune(reader, points, GIVEN_FURTHER)
    for gone, before in zip((net, reader), taught.nets(desk), strict=True):
        average(gone, before)
    return taught.gone_on(net, reader, minutes)


def _as_in_a_talk(taught: Taught, desk: Desk) -> Taught:
    """An epoch of the net that reads everything: turns, and attempts as they stand in a talk.

    The one that reads key points alone is given what hands back and nothing around it, and stays.
    """
    figured, (net, reader) = taught.figured, taught.nets(desk)
    course = desk.course(
        figured, Rows.with_all_turns(TALKING, GIST, desk.options.seed, KNOWN_AGAIN[TALK])
    )
    minutes = desk.tune(net, lambda _: desk.framed(course, figured, LAST.epochs + 2), TALK)
    return taught.gone_on(net, reader, minutes)


def _in_the_gist(taught: Taught, desk: Desk) -> Taught:
    """An epoch of both nets with stories handed back in their gist and more talk."""
    figured, (net, reader) = taught.figured, taught.nets(desk)
    course = desk.course(
        figured, Rows.with_all_turns(GIST, AFAR, desk.options.seed, KNOWN_AGAIN[IN_GIST])
    )

    def points(_: int) -> list[Ready]:
        return desk.ready(course.key_points(), figured)

    minutes = desk.tune(net, lambda _: desk.framed(course, figured, LAST.epochs + 3), IN_GIST)
    minutes += desk.tune(reader, points, GIVEN_IN_GIST)
    return taught.gone_on(net, reader, minutes)


def _from_afar(taught: Taught, desk: Desk) -> Taught:
    """More of the net that reads points alone, on what lies farthest from word for word.

    For two epochs stories retold from afar, true and twisted; attempts in pairs, one exchanged word
    apart, with public pairs of that kind beside them; and statements that it knows. For another,
    with more such pairs, half of all attempts stand beside the claims as they are cut from what was
    said, and of the exchanged words it learns which they are.
    """
    figured, (net, reader) = taught.figured, taught.nets(desk)
    seed = desk.options.seed

    def course(plan: Plan, until: str) -> Curriculum:
        return desk.course(figured, Rows.with_all_turns(AFAR, until, seed, KNOWN_AGAIN[plan]))

    swaps = desk.swaps()
    points = desk.ready([*course(GIVEN_AFAR, BY_WORD).key_points(), *swaps], figured)
    minutes = desk.tune(reader, lambda _: points, GIVEN_AFAR)
    both = course(GIVEN_AS_CUT, MORE_PAIRS)

    def as_cut(number: int) -> list[Ready]:
        return desk.ready([*both.points_or_claims(LAST.epochs + 4 + number), *swaps], figured)

    minutes += desk.tune(reader, as_cut, GIVEN_AS_CUT)
    return taught.gone_on(net, reader, minutes)


def _near(taught: Taught, desk: Desk) -> Taught:
    """An epoch of both nets on what is one word or a story's whole wording from the truth.

    The one that reads points alone has more such pairs; the other sees for the first time what that
    one has learned `_from_afar`, beside half of all turns, and then meets itself halfway.
    """
    figured, (net, reader) = taught.figured, taught.nets(desk)
    seed, again = desk.options.seed, KNOWN_AGAIN
    pairs = desk.course(
        figured, Rows.with_all_turns(MORE_PAIRS, None, seed, again[GIVEN_MORE_PAIRS])
    )
    swaps = desk.swaps()

    def points(_: int) -> list[Ready]:
        return desk.ready([*pairs.points_or_claims(LAST.epochs + 5), *swaps], figured)

    minutes = desk.tune(reader, points, GIVEN_MORE_PAIRS)
    turns = Rows.with_all_turns(AFAR, None, seed, again[NEAR]).fewer_turns(TURNS_AGAIN, seed)
    course = desk.course(figured, turns)
    minutes += desk.tune(net, lambda _: desk.framed(course, figured, LAST.epochs + 6, 0.0), NEAR)
    average(net, taught.nets(desk)[0])
    return taught.gone_on(net, reader, minutes)


def _twice(
    net: PairNet,
    course: Curriculum,
    earlier: Curriculum,
    public: Sequence[Ready],
    desk: Desk,
) -> float:
    """Train from one start on the rows written first and on later ones too, and average."""
    first, minutes = deepcopy(net), 0.0
    for one, rows, plan in ((first, earlier, FIRST), (net, course, OWN)):
        epoch = partial(rows.epoch, public=public)
        minutes += desk.tune(one, epoch, plan)
    average(net, first)
    return minutes


def shipped(**nets: PairNet) -> dict[str, Any]:
    """What ships of nets by their names, each tensor's name after its net's."""
    return {
        f"{name}.{part}": value for name, net in nets.items() for part, value in _parts(net).items()
    }


def _parts(net: PairNet) -> dict[str, Any]:
    """What ships of a net: the tuned layers in eight bits, the readouts of our own labels whole.

    The net goes on with the weights as they ship, so that what is settled holds for those.
    """
    state = {
        name: value.numpy()
        for name, value in net.state_dict().items()
        if not any(part in name for part in NOT_SHIPPED)
    }
    layers = pack({name: value for name, value in state.items() if name.startswith("encoder.")})
    rounded = {name: torch.from_numpy(value) for name, value in unpack(layers).items()}
    net.load_state_dict(rounded, strict=False)
    heads = {name: value for name, value in state.items() if not name.startswith("encoder.")}
    for name, value in heads.items():
        if name.startswith(("by_piece", "by_whole", "by_figure")):
            heads[name] = value[: len(LABELS)]
    return layers | heads


def _tensors(nets: dict[str, Any], figured: Figured, settled: Settled) -> dict[str, Any]:
    """Everything that ships, by name."""
    tensors = nets | {"figures.mean": figured.mean, "figures.scale": figured.scale}
    for name in ("slope", "shift", "points", "given"):
        values = getattr(settled.calibration, name)
        tensors[f"calibration.{name}"] = values.astype(np.float32)
    return tensors


def _config(course: Curriculum, figured: Figured, settled: Settled, desk: Desk) -> dict[str, Any]:
    options = desk.options
    return {
        "version": VERSION,
        "description": "Reads a turn against what it answers: question, reflection, uptake, "
        "moves, paraphrase",
        "licence": "CC BY-SA 4.0",
        "encoder": {"name": "all-MiniLM-L6-v2", "tuned": "all but the word pieces' vectors"},
        "seed": options.seed,
        "figures": figured.names,
        "antonyms": [list(pair) for pair in desk.antonyms],
        "calibration": {"claims": list(settled.calibration.claims)},
        "weighing": asdict(settled.weighing),
        "vocabulary": english_words(options.corpora, course.texts),
        "order": usual_order(desk.ear.nlp),
        **UNDECIDED,
    }


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    corpora = Path(os.environ.get("COACH_CORPORA", "corpora"))
    parser.add_argument("--corpora", type=Path, default=corpora)
    parser.add_argument("--out", type=Path, default=Path("models/listening"))
    parser.add_argument("--work", type=Path, default=Path("var/listening"), help="checkpoints")
    parser.add_argument("--stage", choices=("all", "public"), default="all")
    parser.add_argument(
        "--onward", action="store_true", help="only the last stage, from the weights in --out"
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-card", dest="card", action="store_false", help="do not measure")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
