"""How often the reply net picks a line that makes sense, on judged lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from coach.listening.reply_net import Laid, Layout, ReplyNet
from coach.training.measures import Figure, auc, calibration, measured
from coach.training.reply_data import Group

_FLOOR = "nearness of its wordings to the turn"


def scores_of(net: ReplyNet, rows: Sequence[Laid]) -> list[list[float]]:
    """The probability of each reply of each row."""
    with torch.inference_mode():
        return [torch.sigmoid(net([row])).tolist() for row in rows]


def figures(net: ReplyNet, groups: Sequence[Group], tokenizer: Any) -> list[Figure]:
    """What the net makes of judged lists, beside how near each line's wordings are to the turn."""
    layout = Layout(tokenizer)
    rows = [layout.lay_out(g.last, g.turn, g.replies, g.earlier) for g in groups]
    said = scores_of(net, rows)
    near = [[reply.near for reply in group.replies] for group in groups]
    clear = [
        (fits == 1.0, mine, plain, str(at))
        for at, group in enumerate(groups)
        for fits, mine, plain in zip(group.fits, said[at], near[at], strict=True)
        if fits != 0.5
    ]
    gold, ours, floor, lists = zip(*clear, strict=True)
    name = "lines that fit above lines that do not, AUC"
    found = [measured(name, auc, gold, ours, floor, _FLOOR, lists)]
    found.append(measured("1 - calibration error", calibration, gold, ours, floor, _FLOOR, lists))
    for name, least in (("best line fits", 1.0), ("best line fits or half fits", 0.5)):
        hits, plain_hits = _hits(groups, said, least), _hits(groups, near, least)
        found.append(measured(name, _share, hits, hits, plain_hits, _FLOOR))
    return found


def _hits(groups: Sequence[Group], scores: Sequence[Sequence[float]], least: float) -> list[bool]:
    """Whether the line that scores highest in each list fits at least so well."""
    return [g.fits[int(np.argmax(one))] >= least for g, one in zip(groups, scores, strict=True)]


def _share(_: Any, hits: Any) -> float:
    return float(np.mean(hits))
