"""Vectors of scenarios' lines are kept on disk, found again, and made anew where damaged."""

from __future__ import annotations

import numpy as np

from coach.listening.inprocess import InProcessListener
from coach.listening.meaning import Meaning
from coach.listening.vector_cache import VectorCache


class Counting:
    def __init__(self):
        self.worked_out = []

    def encode(self, text):
        self.worked_out.append(text)
        return np.array([len(text), 1.0], np.float32)

    def encode_together(self, texts):
        return np.stack([self.encode(text) for text in texts])


def test_lines_read_ahead_are_not_worked_out_again(tmp_path):
    file = tmp_path / "deep" / "vectors.sqlite3"
    first = Meaning(Counting(), VectorCache(file, "one"))
    first.read_ahead(["a line", "another line"])
    encoder = Counting()
    again = Meaning(encoder, VectorCache(file, "one"))
    again.read_ahead(["a line", "another line", "a third"])
    assert encoder.worked_out == ["a third"]
    assert again.vector("a line").tolist() == first.vector("a line").tolist() == [6.0, 1.0]


def test_folders_made_for_it_are_their_owners_alone(tmp_path):
    file = tmp_path / "home" / "cache" / "vectors.sqlite3"
    VectorCache(file, "one").put({"a line": np.array([1.0, 0.0], np.float32)})
    assert [folder.stat().st_mode & 0o777 for folder in file.parents][:2] == [0o700, 0o700]


def test_another_encoders_vectors_are_not_taken(tmp_path):
    file = tmp_path / "vectors.sqlite3"
    Meaning(Counting(), VectorCache(file, "one")).read_ahead(["a line"])
    encoder = Counting()
    Meaning(encoder, VectorCache(file, "two")).read_ahead(["a line"])
    assert encoder.worked_out == ["a line"]


def test_what_a_learner_typed_is_not_kept(tmp_path):
    file = tmp_path / "vectors.sqlite3"
    meaning = Meaning(Counting(), VectorCache(file, "one"))
    meaning.read_ahead(["a line"])
    meaning.turns(["my secret"])
    meaning.read_ahead(["another line"])
    assert VectorCache(file, "one").get(["my secret"]) == {}
    assert b"secret" not in file.read_bytes()


def test_what_is_compared_goes_into_the_cache_and_what_it_is_compared_with_does_not(tmp_path):
    file = tmp_path / "vectors.sqlite3"
    listener = InProcessListener.__new__(InProcessListener)
    listener._meaning = Meaning(Counting(), VectorCache(file, "one"))
    listener.closeness(["typed"], ["a line", "another line"])
    kept = VectorCache(file, "one").get(["a line", "another line", "typed"])
    assert sorted(kept) == ["a line", "another line"]


def test_a_damaged_file_is_made_again(tmp_path):
    file = tmp_path / "vectors.sqlite3"
    file.write_bytes(b"not a database at all" * 100)
    encoder = Counting()
    Meaning(encoder, VectorCache(file, "one")).read_ahead(["a line"])
    assert encoder.worked_out == ["a line"]
    assert list(VectorCache(file, "one").get(["a line"])) == ["a line"]


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    encoder = Counting()
    meaning = Meaning(encoder, VectorCache(tmp_path / "file" / "vectors.sqlite3", "one"))
    meaning.read_ahead(["a line"])
    assert encoder.worked_out == ["a line"]
