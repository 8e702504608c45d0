"""Trains the net that reads what could be replied to a turn, and writes ``models/replying``.

Run as ``python -m coach.training.replying``. First the larger kinds of
`coach.training.reply_data`, then the lists that readers judged; measured on judged lists of talks
with mentors kept out of the latter. It goes on from the listening model's encoder, so it comes
after each training of that. ``--onward`` does neither stage: it goes on from the weights that ship,
once over the lists of talks and as many others as are new, and a second time over the newest. The
same data, seed and library versions give the same weights on the same kind of processor.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from coach.listening.encoder import Encoder
from coach.listening.meaning import Meaning
from coach.listening.model_folder import load_folder
from coach.listening.overlaying import overlay
from coach.listening.packing import pack
from coach.listening.reply_net import SHAPE, Laid, Layout, ReplyNet
from coach.listening.replying import REPLYING, listening_encoder
from coach.paths import models_dir
from coach.training import agreement
from coach.training.reply_data import (
    Group,
    Lists,
    first_files,
    lists_to_test,
    read_lists,
    thinned,
)
from coach.training.reply_figures import figures
from coach.training.replying_card import card
from coach.training.store import write_model

log = logging.getLogger(__name__)

VERSION = "replying-1.6.0"
FIRST_RATE = 7e-4
EPOCHS, RATE = 2, 6e-4
ONWARD_RATE = 5e-4
WARM_UP = 0.06
_LIST = 0.3
"""How much the order within a list weighs beside each line's own mark."""
_GROUPS = "groups made as training runs"
_HIDDEN = 0.1
"""So many word pieces of judged lists are hidden: they are few, and seen more than once."""
_PIECES = 6000
"""Word pieces of one step."""
_BLOCK = 400
_NOTE_EVERY = 50


@dataclass(frozen=True)
class Row:
    """A group laid out, and how well each of its replies fits."""

    laid: Laid
    fits: tuple[float, ...]


def lay_out(groups: Sequence[Group], tokenizer: Any) -> list[Row]:
    """Groups as the net reads them."""
    layout = Layout(tokenizer)
    return [Row(layout.lay_out(g.last, g.turn, g.replies, g.earlier), g.fits) for g in groups]


def with_pieces_hidden(row: Row, tokenizer: Any, rng: random.Random) -> Row:
    """The row with some of its word pieces hidden, none of those between its texts."""
    marks = {tokenizer.cls_token_id, tokenizer.sep_token_id}
    ids = tuple(
        tokenizer.mask_token_id if piece not in marks and rng.random() < _HIDDEN else piece
        for piece in row.laid.ids
    )
    return replace(row, laid=replace(row.laid, ids=ids))


def steps(rows: Sequence[Row], rng: random.Random) -> list[list[Row]]:
    """Batches of rows of about one length."""
    found: list[list[Row]] = []
    shuffled = rng.sample(rows, len(rows))
    for start in range(0, len(shuffled), _BLOCK):
        block = sorted(shuffled[start : start + _BLOCK], key=lambda row: len(row.laid.ids))
        batches: list[list[Row]] = [[]]
        for row in block:
            if batches[-1] and len(row.laid.ids) * (len(batches[-1]) + 1) > _PIECES:
                batches.append([])
            batches[-1].append(row)
        found += rng.sample(batches, len(batches))
    return found


def loss_of(scores: Tensor, rows: Sequence[Row]) -> Tensor:
    """How wrong the net is: each line by itself, and the order of each list."""
    marks = torch.tensor([mark for row in rows for mark in row.fits])
    alone = functional.binary_cross_entropy_with_logits(scores, marks)
    ordered, start = [], 0
    for row in rows:
        end = start + len(row.fits)
        said, mark = scores[start:end], marks[start:end]
        if 0 < mark.sum() < len(mark):
            ordered.append(-(functional.log_softmax(said, dim=0) * mark / mark.sum()).sum())
        start = end
    return alone + _LIST * torch.stack(ordered).mean() if ordered else alone


def train(net: ReplyNet, rows: Sequence[Row], rate: float, seed: int) -> None:
    """Tune the changes and the readout on rows, each seen once."""
    tuned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(tuned, lr=rate, weight_decay=0.01)
    batches = steps(rows, random.Random(seed))
    torch.manual_seed(seed)
    net.train()
    lost = []
    for at, batch in enumerate(batches):
        done = at / len(batches)
        part = min(1.0, (done + 1e-3) / WARM_UP) * max(0.03, 1 - done)
        optimizer.param_groups[0]["lr"] = rate * part
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = net([row.laid for row in batch])
        loss = loss_of(scores.float(), batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(tuned, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        lost.append(float(loss.detach()))
        if (at + 1) % _NOTE_EVERY == 0 or at + 1 == len(batches):
            log.info("step %d of %d loss %.3f", at + 1, len(batches), np.mean(lost[-_NOTE_EVERY:]))
    net.eval()


def _tuned(net: ReplyNet) -> Iterator[tuple[str, Tensor]]:
    """What training changes."""
    for name, parameter in net.named_parameters():
        if parameter.requires_grad:
            yield name, parameter.detach().clone()


def digest(facts: object, files: Sequence[Path]) -> str:
    """Twelve letters that change with any of the facts and with what any of the files holds."""
    found = hashlib.sha256(repr(facts).encode())
    for path in files:
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


def keep(net: ReplyNet, kept: Path, groups: int) -> None:
    """Keep what the first stage tuned, and of how many groups it was made."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    save_file(dict(_tuned(net)), kept, {_GROUPS: str(groups)})


def take_up(net: ReplyNet, kept: Path) -> int:
    """Go on from what the first stage tuned; of how many groups it was made."""
    log.info("goes on from %s", kept)
    if unknown := net.load_state_dict(load_file(kept), strict=False).unexpected_keys:
        raise ValueError(f"{kept} is of another net: {unknown[0]}")
    with safe_open(kept, framework="pt") as file:
        return int(file.metadata()[_GROUPS])


def main(argv: list[str] | None = None) -> int:
    """Train, measure, write ``models/replying`` and its card."""
    options = _options(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(options.seed)
    tokenizer, encoder, weights = listening_encoder(models_dir() / "listening")
    net = ReplyNet(encoder)
    meaning = Meaning(Encoder(None, models_dir() / "matching"), None)
    torch.set_num_threads(options.threads)
    if options.measure:
        old, packed = load_folder(options.out, REPLYING)
        told = {name: old[name] for name in ("version", "facts", "taught on", "went on from")}
        test = lists_to_test(meaning)
    else:
        packed, told, test = _train(net, weights, tokenizer, meaning, options)
    overlay(net, packed, REPLYING)
    net.eval()
    found = figures(net, test, tokenizer)
    config = {
        "version": told["version"],
        "description": "Reads which lines make sense after a turn",
        "licence": "CC BY-SA 4.0, as the listening model it is a change of",
        "listening": weights,
        "taught on": told["taught on"],
        "went on from": told["went on from"],
        "shape": SHAPE,
        "seed": options.seed,
        "facts": told["facts"]
        | {
            "judged lists kept out": len(test),
            "judged lines kept out": sum(len(group.replies) for group in test),
        },
        "figures": [vars(figure) for figure in found],
        "agreement": [round(kappa, 3) for _, kappa, _ in agreement.replies()],
        "best possible": [
            round(float(np.mean([max(g.fits) >= least for g in test])), 3) for least in (1.0, 0.5)
        ],
    }
    write_model(options.out, config, packed, REPLYING)
    (options.out / "CARD.md").write_text(card(config), encoding="utf-8")
    for figure in found:
        log.info(
            "%s %.3f (%s %.3f)", figure.name, figure.value, figure.baseline_name, figure.baseline
        )
    return 0


def _train(
    net: ReplyNet, weights: str, tokenizer: Any, meaning: Meaning, options: argparse.Namespace
) -> tuple[dict[str, Any], dict[str, Any], list[Group]]:
    """What training changes, packed; what is to be told of it; the lists to measure on."""
    rng = random.Random(options.seed)
    went_on_from = ""
    if options.onward:
        shipped, packed = load_folder(options.out, REPLYING)
        if shipped["version"] == VERSION:
            raise SystemExit(
                f"'{options.out}' holds {VERSION} already, which went on with these lists. Name "
                "newer ones in NEWEST and the next VERSION, or restore the weights before."
            )
        overlay(net, packed, REPLYING)
        went_on_from, groups = shipped["version"], shipped["facts"][_GROUPS]
        lists = read_lists(meaning, None, rng)
        again = rng.sample(lists.written, min(len(lists.written), len(lists.newest)))
        seen, rate = [*lists.talks, *lists.newest, *again], ONWARD_RATE
    else:
        lists, groups = _first_stage(net, weights, tokenizer, meaning, options)
        seen, rate = [*lists.teaching, *lists.talks] * EPOCHS, RATE
    log.info("%d judged lists, %d to test", len(lists.teaching), len(lists.test))
    rows = lay_out([thinned(group, rng) for group in seen], tokenizer)
    train(net, [with_pieces_hidden(row, tokenizer, rng) for row in rows], rate, options.seed)
    facts = {
        _GROUPS: groups,
        "judged lists": len(lists.teaching),
        "judged lines": sum(len(group.replies) for group in lists.teaching),
    }
    told = {
        "version": VERSION,
        "facts": facts,
        "taught on": weights,
        "went on from": went_on_from,
    }
    return pack({name: value.numpy() for name, value in _tuned(net)}), told, lists.test


def _first_stage(
    net: ReplyNet, weights: str, tokenizer: Any, meaning: Meaning, options: argparse.Namespace
) -> tuple[Lists, int]:
    """Teach the larger kinds, or take up where that was done; all lists, and how many groups."""
    made_of = digest((weights, SHAPE, FIRST_RATE, options.seed), first_files(options.corpora))
    begun = options.work / f"first-{made_of}.safetensors"
    corpora = None if begun.exists() else options.corpora
    lists = read_lists(meaning, corpora, random.Random(options.seed))
    if corpora is not None:
        train(net, lay_out(lists.first, tokenizer), FIRST_RATE, options.seed)
        keep(net, begun, len(lists.first))
    return lists, take_up(net, begun)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    corpora = os.environ.get("COACH_CORPORA")
    parser.add_argument("--corpora", type=Path, default=corpora, required=corpora is None)
    parser.add_argument("--out", type=Path, default=Path("models/replying"))
    parser.add_argument("--work", type=Path, default=Path("var/replying"), help="checkpoints")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--onward", action="store_true", help="go on from the weights in --out")
    part.add_argument("--measure", action="store_true", help="train nothing")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
