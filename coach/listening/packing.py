"""Weights in eight bits: each row of a matrix as whole numbers up to 127, with its own scale.

What a net loses by it is less than a hundredth of a row's largest weight; it is a quarter the size.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[Any]]

_MOST = 127.0
SCALE = ".scale"
"""Ending of the name of a matrix's scales, (rows,)."""


def pack(tensors: Tensors) -> dict[str, NDArray[Any]]:
    """Matrices in eight bits with their scales; whatever is no matrix stays as it is."""
    packed: dict[str, NDArray[Any]] = {}
    for name, value in tensors.items():
        if value.ndim != 2:
            packed[name] = value
            continue
        scale = np.maximum(np.abs(value).max(axis=1), 1e-12).astype(np.float32) / _MOST
        packed[name] = np.rint(value / scale[:, None]).astype(np.int8)
        packed[name + SCALE] = scale
    return packed


def unpack(packed: Tensors) -> dict[str, NDArray[Any]]:
    """What `pack` was given, in single precision, as near as eight bits come to it."""
    tensors: dict[str, NDArray[Any]] = {}
    for name, value in packed.items():
        if name.endswith(SCALE) and name.removesuffix(SCALE) in packed:
            continue
        scale = packed.get(name + SCALE)
        tensors[name] = value if scale is None else value.astype(np.float32) * scale[:, None]
    return tensors
