"""Which lines make sense after a turn: the trained reply net at work.

What ships (``replying.safetensors``, eight bits) is a change of the listening model's encoder, and
belongs to the weights of the encoder it was trained on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from coach.errors import MissingModel
from coach.listening.encoder import default_folder, load_encoder, threads
from coach.listening.listener import Reply
from coach.listening.model_folder import LISTENING, ModelFiles, load_folder
from coach.listening.overlaying import overlay
from coach.listening.packing import Tensors
from coach.listening.reply_net import SHAPE, Layout, ReplyNet, merge

REPLYING = ModelFiles("reply model", "models/replying", "replying.safetensors")
_ENCODER = "net.encoder."
_DIGITS = 4


def listening_encoder(folder: Path) -> tuple[Any, Any, str]:
    """Tokenizer and encoder of the listening model, and the check sum of that encoder's weights.

    Raises:
        MissingModel: the listening model is missing or damaged.
    """
    _, packed = load_folder(folder)
    tokenizer, encoder = load_encoder(str(default_folder()))
    mine = {k.removeprefix(_ENCODER): v for k, v in packed.items() if k.startswith(_ENCODER)}
    overlay(encoder, mine, LISTENING)
    return tokenizer, encoder, _check_sum(mine)


def _check_sum(tensors: Tensors) -> str:
    found = hashlib.sha256()
    for name, value in sorted(tensors.items()):
        found.update(name.encode() + value.tobytes())
    return found.hexdigest()


class ReplyReader:
    """The net with its weights, ready to read."""

    def __init__(self, folder: Path, listening: Path) -> None:
        """Put the weights in ``folder`` on the listening model's encoder.

        Raises:
            MissingModel: something is missing, damaged, or made for other listening weights.
        """
        torch.set_num_threads(threads())
        config, packed = load_folder(folder, REPLYING)
        tokenizer, encoder, weights = listening_encoder(listening)
        if config.get("listening") != weights:
            raise MissingModel(
                f"The {REPLYING.name} belongs to another {LISTENING.name}; {REPLYING.remedy}."
            )
        if config.get("shape") != list(SHAPE):
            raise MissingModel(
                f"The {REPLYING.name} is from another version of the coach; {REPLYING.remedy}."
            )
        net = ReplyNet(encoder)
        overlay(net, packed, REPLYING)
        self._net = merge(net).eval()
        self._layout = Layout(tokenizer)

    def fits(
        self, last: str, turn: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> list[float]:
        """How likely each reply makes sense right after a turn, 0 to 1.

        Args:
            last: the mentor's line that the turn answers.
            turn: what the learner said.
            replies: lines, each judged alone.
            earlier: what was said before ``last``, oldest first.
        """
        if not replies:
            return []
        with torch.inference_mode():
            scores = self._net([self._layout.lay_out(last, turn, replies, earlier)])
            found: list[float] = torch.sigmoid(scores).double().numpy().round(_DIGITS).tolist()
        return found
