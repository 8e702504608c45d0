"""Weights in eight bits come back as they went in, within a hundredth of a row's largest."""

from __future__ import annotations

import numpy as np

from coach.listening.packing import pack, unpack


def test_matrices_come_back_within_a_hundredth_of_their_largest():
    rng = np.random.default_rng(3)
    matrix = rng.normal(size=(5, 40)).astype(np.float32) * np.array([[1], [9], [0.01], [3], [0]])
    packed = pack({"a.weight": matrix})
    assert packed["a.weight"].dtype == np.int8
    back = unpack(packed)["a.weight"]
    assert (np.abs(back - matrix) <= np.abs(matrix).max(axis=1, keepdims=True) / 200).all()
    assert (np.abs(back - matrix).max(axis=1) > 0).sum() == 4


def test_what_is_no_matrix_stays_as_it_is():
    bias = np.array([0.5, -2.0], np.float32)
    assert unpack(pack({"a.bias": bias}))["a.bias"].tolist() == [0.5, -2.0]


def test_packed_twice_is_packed_once():
    matrix = np.random.default_rng(1).normal(size=(3, 8)).astype(np.float32)
    once = unpack(pack({"a": matrix}))
    twice = unpack(pack(once))
    assert np.array_equal(once["a"], twice["a"])
