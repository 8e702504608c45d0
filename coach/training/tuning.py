"""Tunes the pair net: the loss over whatever each example knows, and a loop that can be resumed."""

from __future__ import annotations

import hashlib
import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from coach.listening.pair_net import PairNet, PairScores
from coach.listening.reading import QUESTION_KINDS
from coach.training.pair_data import Ready, Targets, batches

log = logging.getLogger(__name__)

_KINDS = len(QUESTION_KINDS)
POINT_WEIGHT = 3.0
STATUS_WEIGHTS = (1.0, 0.8, 2.0)
"""A point turned round is rarer than one kept or missed, and matters more."""
CLAIM_WEIGHT = 1.0
TWIST_WEIGHT = 2.0
_RARE = 6.0
"""How much more a word that turns a point round weighs than one that does not."""


@dataclass(frozen=True)
class Plan:
    """How one stage is trained."""

    name: str
    epochs: int
    encoder_rate: float = 1.2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    by_word: bool = False
    """Whether the readout of single words that turn a point round learns too."""


def loss_of(scores: PairScores, targets: Targets) -> Tensor:
    """Mean loss over the rows of a batch; what is not known costs nothing."""
    rows = len(targets.weight)
    labels, known = scores.labels.float(), ~torch.isnan(targets.labels)
    each = functional.binary_cross_entropy_with_logits(
        labels[:, _KINDS:], targets.labels[:, _KINDS:].nan_to_num(), reduction="none"
    )
    total = (each * known[:, _KINDS:] * targets.weight[:, None]).sum() / rows
    asked = known[:, 0]
    if asked.any():
        kinds = functional.cross_entropy(
            labels[asked, :_KINDS], targets.labels[asked, :_KINDS], reduction="none"
        )
        total = total + (kinds * targets.weight[asked]).sum() * 2.0 / rows
    if len(targets.points):
        points = functional.cross_entropy(
            scores.points.float(),
            targets.points,
            weight=torch.tensor(STATUS_WEIGHTS),
            reduction="none",
        )
        total = total + POINT_WEIGHT * (points * targets.point_weight).sum() / rows
    if len(targets.claims):
        claims = functional.binary_cross_entropy_with_logits(
            scores.claims.float(), targets.claims, reduction="none"
        )
        total = total + CLAIM_WEIGHT * (claims * targets.claim_weight).sum() / rows
    return total + TWIST_WEIGHT * _twist_loss(scores, targets)


def _twist_loss(scores: PairScores, targets: Targets) -> Tensor:
    """Mean over the rows of which it is known what words turn the point round, and over words."""
    known = ~torch.isnan(targets.twists)
    each = functional.binary_cross_entropy_with_logits(
        scores.twists.float(),
        targets.twists.nan_to_num(),
        pos_weight=torch.tensor(_RARE),
        reduction="none",
    )
    by_row = (each * known).sum(1) / known.sum(1).clamp(min=1)
    return (by_row * targets.weight).sum() / len(targets.weight)


def tune(
    net: PairNet,
    rows_of: Callable[[int], Sequence[Ready]],
    plan: Plan,
    work: Path,
    *,
    seed: int,
) -> float:
    """Train a stage, one checkpoint an epoch; a stage or epoch already done is taken up again.

    Args:
        net: the net, trained in place.
        rows_of: the rows of an epoch by its number.
        plan: epochs and rates.
        work: folder of checkpoints.
        seed: of order and dropout.

    Returns:
        The minutes the stage took, those of a run that was cut off included.
    """
    work.mkdir(parents=True, exist_ok=True)
    device = next(net.parameters()).device
    groups = _groups(net, plan)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    mark = f"{plan} seed {seed} {net.labels} from {_digest(net)}"
    done, minutes = _resume(net, optimizer, work / plan.name, mark)
    for epoch in range(done, plan.epochs):
        torch.manual_seed(seed * 1000 + epoch)
        rng = random.Random(seed * 1000 + epoch)
        rows = rows_of(epoch)
        steps = list(batches(rows, net.labels, rng))
        net.train()
        began, seen, sum_loss = time.monotonic(), 0, 0.0
        for at, (pairs, targets) in enumerate(steps):
            _set_rates(optimizer, plan, (epoch + at / len(steps)) / plan.epochs)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                scores = net(pairs)
            loss = loss_of(scores, targets)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            seen += int(pairs.mask.sum())
            sum_loss += float(loss.detach())
            if at % 100 == 99:
                rate = seen / (time.monotonic() - began)
                log.info(
                    "%s epoch %d step %d/%d loss %.3f, %.0f pieces/s",
                    plan.name, epoch, at + 1, len(steps), sum_loss / 100, rate,
                )  # fmt: skip
                sum_loss = 0.0
        minutes += (time.monotonic() - began) / 60
        about = {"epoch": epoch + 1, "of": mark, "minutes": minutes}
        _save(net, optimizer, work / plan.name, about)
    return minutes


def average(net: PairNet, other: PairNet) -> None:
    """Set a net's weights to the mean of its own and those of another from the same start.

    Two runs from one start lie in one valley, and their middle reads what neither was taught
    better than either does (Wortsman and others 2022, "Model soups").
    """
    theirs = other.state_dict()
    mine = net.state_dict()
    net.load_state_dict(
        {k: (v + theirs[k]) / 2 if v.is_floating_point() else v for k, v in mine.items()}
    )


def _groups(net: PairNet, plan: Plan) -> list[dict[str, object]]:
    """Parameters by rate; the word pieces' own vectors stay as they are."""
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    net.by_twist.requires_grad_(plan.by_word)
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in net.encoder.parameters()}
    heads = [p for p in net.parameters() if id(p) not in inside]
    return [
        {"params": encoder, "lr": plan.encoder_rate, "top": plan.encoder_rate},
        {"params": heads, "lr": plan.head_rate, "top": plan.head_rate},
    ]


def _parameters(optimizer: torch.optim.Optimizer) -> list[Tensor]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def _set_rates(optimizer: torch.optim.Optimizer, plan: Plan, at: float) -> None:
    """A linear rise, then a linear fall to a twentieth."""
    part = at / plan.warm_up if at < plan.warm_up else (1.0 - at) / (1.0 - plan.warm_up)
    for group in optimizer.param_groups:
        group["lr"] = group["top"] * max(0.05, min(1.0, part))


def _save(
    net: PairNet, optimizer: torch.optim.Optimizer, stem: Path, about: dict[str, object]
) -> None:
    tensors = {f"net.{name}": value.contiguous() for name, value in net.state_dict().items()}
    for at, parameter in enumerate(_parameters(optimizer)):
        for name, value in optimizer.state.get(parameter, {}).items():
            tensors[f"moment.{at}.{name}"] = torch.as_tensor(value)
    # The file with the epoch in it is written last: what it names is there whole.
    save_file({k: v.clone() for k, v in tensors.items()}, stem.with_suffix(".safetensors"))
    stem.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")


def _digest(net: PairNet) -> str:
    """Twelve letters that change with any weight."""
    found = hashlib.sha256()
    for value in net.state_dict().values():
        found.update(value.cpu().contiguous().numpy().tobytes())
    return found.hexdigest()[:12]


def _resume(
    net: PairNet, optimizer: torch.optim.Optimizer, stem: Path, mark: str
) -> tuple[int, float]:
    """Load a stage's last checkpoint, if there is one: the epochs and minutes behind it.

    One of another plan, seed, set of labels or start is passed over.
    """
    path = stem.with_suffix(".json")
    about = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if about.get("of") != mark:
        return 0, 0.0
    tensors = load_file(stem.with_suffix(".safetensors"))
    net.load_state_dict({k[4:]: v for k, v in tensors.items() if k.startswith("net.")})
    for at, parameter in enumerate(_parameters(optimizer)):
        found = {k.split(".")[2]: v for k, v in tensors.items() if k.startswith(f"moment.{at}.")}
        if found:
            optimizer.state[parameter] = found
    return int(about["epoch"]), float(about["minutes"])
