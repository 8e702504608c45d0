"""Universal Dependencies treebanks as spaCy documents.

Reads CoNLL-U, glues sentences of one text into small documents (so that the parser learns where
sentences end) and roughens a share of them the way people type and dictate: lower case, no full
stop, no question mark, no punctuation at all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

_CLITIC = re.compile(r"(n['’]t|['’](s|m|d|re|ve|ll)|['’])$", re.IGNORECASE)
_GLUED_LEFT = frozenset(".,?!;:)]}%")
_GLUED_RIGHT = frozenset("([{$#")
_SPLIT_PAIRS = frozenset({("gon", "na"), ("got", "ta"), ("can", "not")})


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. `head` is the 0-based index of the head in the sentence, or its own."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one text (`source` names file and text, so neighbours can be told)."""

    source: str
    words: tuple[Word, ...]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file in order.

    Multiword tokens ("don't") become their syntactic words with no space between. Sentences whose
    multiword tokens are not the plain sum of their words are left out (none in EWT and GUM).

    Source: https://universaldependencies.org/format.html
    """
    source = path.stem
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf8").splitlines(), ""]:
        if line.startswith("# newdoc"):
            source = f"{path.stem}/{line}"
        elif line.startswith("#"):
            continue
        elif line.strip():
            rows.append(line.split("\t"))
        elif rows:
            words = _words(rows)
            if words:
                yield Sentence(source, tuple(words))
            rows = []


def _words(rows: list[list[str]]) -> list[Word] | None:
    """Turn the rows of one sentence into words; None where the surface cannot be rebuilt."""
    words: list[Word] = []
    joined_until, joined_space, surface, parts = 0, True, "", ""
    for row in rows:
        if "." in row[0]:
            continue
        space = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            joined_until = int(row[0].split("-")[1])
            joined_space, surface, parts = space, row[1], ""
            continue
        index, head = int(row[0]), int(row[6])
        if index <= joined_until:
            parts += row[1]
            space = joined_space and index == joined_until
            if index == joined_until and parts != surface:
                return None
        words.append(
            Word(
                form=row[1].replace(" ", ""),
                lemma="" if row[2] == "_" and row[1] != "_" else row[2],
                upos="" if row[3] == "_" else row[3],
                xpos="" if row[4] == "_" else row[4],
                feats="" if row[5] == "_" else row[5],
                head=index - 1 if head == 0 else head - 1,
                deprel="ROOT" if row[7] == "root" else row[7],
                space=space,
            )
        )
    return _detokenised(words) if all(word.space for word in words[:-1]) else words


def _detokenised(words: list[Word]) -> list[Word]:
    """Restore the spacing of text that was stored one word per blank ("are n't ." → "aren't.")."""
    out = list(words)
    for i, word in enumerate(words):
        glue = i + 1 < len(words) and (
            words[i + 1].form in _GLUED_LEFT
            or word.form in _GLUED_RIGHT
            or (
                _CLITIC.fullmatch(words[i + 1].form) is not None
                and words[i + 1].upos in {"AUX", "PART", "VERB"}
            )
            or (word.form.lower(), words[i + 1].form.lower()) in _SPLIT_PAIRS
        )
        if glue:
            out[i] = replace(word, space=False)
    return out


def without(words: tuple[Word, ...], dropped: set[int]) -> tuple[Word, ...]:
    """Leave out the words at these indices, unless another word hangs on them."""
    heads = {word.head for i, word in enumerate(words) if word.head != i}
    dropped = dropped - heads - {i for i, word in enumerate(words) if word.head == i}
    kept = [i for i in range(len(words)) if i not in dropped]
    moved = {old: new for new, old in enumerate(kept)}
    out: list[Word] = []
    for i in kept:
        # What a mark kept apart stays apart: "well-known, too" becomes "well known too".
        space = words[i].space or i + 1 in dropped
        out.append(replace(words[i], head=moved[words[i].head], space=space))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Roughness:
    """Shares (0 to 1) of the documents changed in each way when a training pass is drawn."""

    lower: float = 0.12
    no_end: float = 0.10
    lower_no_end: float = 0.10
    bare: float = 0.14


def roughened(
    words: tuple[Word, ...], way: str, rng: random.Random | None = None
) -> tuple[Word, ...]:
    """Apply one way of careless typing to a sentence.

    Args:
        words: the sentence.
        way: ``plain``, ``lower``, ``no_end``, ``lower_no_end`` or ``bare`` (lower case and no
            punctuation at all).
        rng: decides in which sentences contractions lose their apostrophe; without it none do.
    """
    if way == "plain" or not words:
        return words
    punct = {i for i, word in enumerate(words) if word.upos == "PUNCT"}
    if way == "bare":
        words = without(words, punct)
    elif way in {"no_end", "lower_no_end"}:
        end = {i for i in punct if i >= len(words) - 2 and words[i].form in {".", "?", "!", "..."}}
        words = without(words, end)
    if way in {"lower", "lower_no_end", "bare"}:
        words = tuple(replace(word, form=word.form.lower()) for word in words)
        if rng is not None and rng.random() < 0.3:
            words = tuple(_unquoted(word) for word in words)
    return words


def _unquoted(word: Word) -> Word:
    """Type a contraction without its apostrophe: "n't" → "nt". Bare possessives stay as they are.

    "'s", "'d" and "'ll" stay too: without the apostrophe they make other words or no split.
    """
    if word.form in {"n't", "n’t", "'m", "’m", "'ve", "’ve"}:
        return replace(word, form=word.form.replace("'", "").replace("’", ""))
    return word


def grouped(sentences: list[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Cut each text into runs of one to six neighbouring sentences."""
    runs: list[list[Sentence]] = []
    for _, text in groupby(sentences, key=lambda sentence: sentence.source):
        rest = list(text)
        while rest:
            size = rng.choice((1, 1, 2, 2, 3, 4, 6))
            runs.append(rest[:size])
            rest = rest[size:]
    return runs


def draw_pass(
    sentences: list[Sentence], vocab: Vocab, rng: random.Random, rough: Roughness
) -> Iterator[Doc]:
    """Yield one training pass: fresh runs, freshly roughened, in fresh order."""
    ways = ("lower", "no_end", "lower_no_end", "bare")
    shares = (rough.lower, rough.no_end, rough.lower_no_end, rough.bare)
    runs = grouped(sentences, rng)
    rng.shuffle(runs)
    for run in runs:
        way = rng.choices((*ways, "plain"), (*shares, 1.0 - sum(shares)))[0]
        parts = [roughened(sentence.words, way, rng) for sentence in run]
        parts = [part for part in parts if part]
        if parts:
            yield as_doc(parts, vocab)


def as_doc(parts: list[tuple[Word, ...]], vocab: Vocab) -> Doc:
    """Build a gold document from the words of one or more sentences.

    Missing lemmas, tags and features stay unset, which spaCy reads as "do not learn from this".
    """
    words: list[Word] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for part in parts:
        heads += [len(words) + word.head for word in part]
        starts += [i == 0 for i in range(len(part))]
        words += [*part[:-1], replace(part[-1], space=True)]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.deprel for word in words],
        sent_starts=starts,
    )
