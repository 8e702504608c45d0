"""Word lists from the public corpora: opposites, and words that count as English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from coach.training.data import read_json_lines

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST_SEEN = 3


def antonym_pairs(corpora: Path) -> list[tuple[str, str]]:
    """Single lower-case words that say the opposite (English WordNet), sorted."""
    path = corpora / "train" / "word-relations" / "antonyms.jsonl"
    pairs = ((row["a"], row["b"]) for row in read_json_lines(path))
    return sorted({(a, b) for a, b in pairs if (a + b).isalpha() and (a + b).islower()})


def english_words(corpora: Path, texts: Iterable[str]) -> list[str]:
    """Words of English talk and text (treebanks, our own turns), sorted; names left out."""
    seen: Counter[str] = Counter()
    for path in sorted((corpora / "train" / "treebanks").glob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) > 3 and columns[3] not in {"PROPN", "X", "SYM", "PUNCT"}:
                seen[columns[1].lower()] += 1
    for text in texts:
        seen.update(word.lower() for word in _WORD.findall(text))
    words = (word for word, count in seen.items() if count >= _LEAST_SEEN and word.isalpha())
    return sorted(words)
