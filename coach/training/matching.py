"""Trains the encoder that finds what a learner asks about, and writes ``models/matching``.

Run as ``python -m coach.training.matching``. The library of scenarios is all it learns from: the
wordings of one part (a topic, a detail, a small answer) are drawn together, those of the other
parts of the same scenario apart. What ships has seen all scenarios; another net, trained without
every fourth, is measured on those. The same scenarios, seed and library versions give the same
weights on the same kind of processor.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from coach.listening.encoder import default_folder, load_encoder
from coach.listening.matching_model import LAYERS, MATCHING, tuned
from coach.listening.packing import pack
from coach.mentor.library import load_library
from coach.mentor.nearness import LINE_WEIGHT, SHARPNESS, Wordings
from coach.mentor.scenario import Scenario
from coach.training.matching_card import card
from coach.training.store import write_model

log = logging.getLogger(__name__)

VERSION = "matching-1.1.0"
EPOCHS = 6
RATE = 7e-5
WARM_UP = 0.1
SEEN = 0.7
"""How much of a scenario's wordings one step sees: others are missing each time."""
_HEAT = 15.0
_BATCH = 64
_LONGEST = 64
_KEPT_OUT_OF = 4


@dataclass(frozen=True)
class Scene:
    """A scenario's wordings: ids of word pieces, the part each speaks for, which of them ask."""

    name: str
    ids: tuple[tuple[int, ...], ...]
    parts: Tensor
    asks: Tensor

    @property
    def count(self) -> int:
        """How many parts there are."""
        return int(self.parts.max()) + 1


def scene(scenario: Scenario, tokenizer: Any) -> Scene:
    """The wordings that a finder compares, and the answers that a mentor has a reply to."""
    wordings = [
        (one.text, one.part, one.weight == 1.0)
        for one in Wordings(scenario, _never).phrases
        if one.part != "farewell" and not one.part.startswith("begins/")
    ]
    for topic in scenario.topics:
        # A story handed back is near to what there was to hand back.
        wordings += [(point, f"told/{topic.id}", False) for point in topic.key_points["full"]]
        wordings.append((topic.better_paraphrase, f"told/{topic.id}", True))
    names = sorted({part for _, part, _ in wordings})
    cut = tokenizer([text for text, _, _ in wordings], truncation=True, max_length=_LONGEST)
    return Scene(
        scenario.id,
        tuple(tuple(ids) for ids in cut["input_ids"]),
        torch.tensor([names.index(part) for _, part, _ in wordings]),
        torch.tensor([asks for _, _, asks in wordings]),
    )


def _never(_: Sequence[str], __: Sequence[str]) -> list[list[float]]:
    raise AssertionError("wordings are listed, not compared")


def vectors(encoder: Any, ids: Sequence[Sequence[int]]) -> Tensor:
    """Unit vectors of rows of word pieces, (rows, width)."""
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    found = []
    for start in range(0, len(order), _BATCH):
        some = [ids[at] for at in order[start : start + _BATCH]]
        longest = max(map(len, some))
        rows = torch.tensor([[*row, *[0] * (longest - len(row))] for row in some])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in some])
        states = encoder(input_ids=rows, attention_mask=mask).last_hidden_state.float()
        found.append((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True))
    placed = torch.empty(len(ids), dtype=torch.long)
    placed[torch.tensor(order)] = torch.arange(len(ids))
    return functional.normalize(torch.cat(found)[placed], dim=-1)


def by_part(unit: Tensor, scene: Scene, asking: Tensor) -> Tensor:
    """How near each asking wording is to each part by its other wordings, (asking, parts).

    A smooth maximum, as `coach.mentor.matching` takes it.
    """
    near = unit[asking] @ unit.T
    near = torch.where(scene.asks[None], near, near * LINE_WEIGHT)
    near[torch.arange(len(asking)), asking] = -1.0
    raised = torch.exp((near - 1.0) * SHARPNESS)
    pooled = torch.zeros(len(asking), scene.count, dtype=raised.dtype)
    pooled.scatter_add_(1, scene.parts[None].expand(len(asking), -1), raised)
    return torch.log(pooled + 1e-9) / SHARPNESS + 1.0


def train(scenes: Sequence[Scene], seed: int) -> Any:
    """The packaged encoder, its upper layers tuned on these scenarios."""
    torch.manual_seed(seed)
    _, encoder = load_encoder(str(default_folder()))
    layers = tuned(encoder)
    optimizer = torch.optim.AdamW(layers, lr=RATE, weight_decay=0.01)
    rng = random.Random(seed)
    steps = [one for _ in range(EPOCHS) for one in rng.sample(scenes, len(scenes))]
    encoder.train()
    lost = 0.0
    for at, whole in enumerate(steps):
        done = at / len(steps)
        part = done / WARM_UP if done < WARM_UP else (1 - done) / (1 - WARM_UP)
        optimizer.param_groups[0]["lr"] = RATE * max(0.02, part)
        some = _drawn(whole, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            unit = vectors(encoder, some.ids)
        asking = some.asks.nonzero().flatten()
        near = by_part(unit, some, asking)
        loss = functional.cross_entropy(near * _HEAT, some.parts[asking])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(layers, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        lost += float(loss.detach())
        if (at + 1) % len(scenes) == 0:
            log.info("epoch %d loss %.3f", (at + 1) // len(scenes), lost / len(scenes))
            lost = 0.0
    return encoder.eval()


def _drawn(whole: Scene, rng: random.Random) -> Scene:
    """Some of a scenario's wordings."""
    kept = [at for at in range(len(whole.ids)) if rng.random() < SEEN]
    at = torch.tensor(kept)
    return Scene(whole.name, tuple(whole.ids[i] for i in kept), whole.parts[at], whole.asks[at])


def found_right(encoder: Any, scenes: Sequence[Scene]) -> float:
    """The share of asking wordings that find their part by its other wordings."""
    right, asked = 0, 0
    with torch.inference_mode():
        for one in scenes:
            asking = one.asks.nonzero().flatten()
            near = by_part(vectors(encoder, one.ids), one, asking)
            right += int((near.argmax(dim=1) == one.parts[asking]).sum())
            asked += len(asking)
    return right / asked


def main(argv: list[str] | None = None) -> int:
    """Measure on scenarios kept out, train on all, write ``models/matching``."""
    options = _options(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    tokenizer, plain = load_encoder(str(default_folder()))
    scenarios = load_library().scenarios
    scenes = [scene(scenarios[name], tokenizer) for name in sorted(scenarios)]
    facts: dict[str, Any] = {"scenarios": len(scenes), "wordings": sum(len(s.ids) for s in scenes)}
    config: dict[str, Any] = {
        "version": VERSION,
        "description": "Finds what a learner asks a mentor about",
        "licence": "MIT, on Apache-2.0 (all-MiniLM-L6-v2)",
        "encoder": {"name": "all-MiniLM-L6-v2", "tuned": f"the upper {LAYERS} layers"},
        "seed": options.seed,
        "facts": facts,
    }
    weights = pack(dict(_changed(train(scenes, options.seed))))
    write_model(options.out, config, weights, MATCHING)
    log.info("written to %s", options.out)
    if options.measure:
        facts |= _measured(scenes, plain, options.seed)
        write_model(options.out, config, weights, MATCHING)
        (options.out / "CARD.md").write_text(card(config), encoding="utf-8")
        log.info("%s", facts)
    return 0


def _measured(scenes: Sequence[Scene], plain: Any, seed: int) -> dict[str, Any]:
    """What a net finds in scenarios that did not train it, beside the untuned encoder."""
    out = scenes[::_KEPT_OUT_OF]
    net = train([one for one in scenes if one not in out], seed)
    return {
        "scenarios kept out": len(out),
        "found right, kept out": round(found_right(net, out), 3),
        "found right, kept out, untuned": round(found_right(plain, out), 3),
    }


def _changed(encoder: Any) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    inside = {id(parameter) for parameter in tuned(encoder)}
    for name, parameter in encoder.named_parameters():
        if id(parameter) in inside:
            yield name, parameter.detach().numpy()


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("models/matching"))
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-measure", dest="measure", action="store_false")
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
