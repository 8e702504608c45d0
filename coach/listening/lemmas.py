"""Base forms of words by a learned table of exceptions and a few spelling rules.

The table (``lemmas.json``, made by `coach.training.pipeline`) holds what the rules get wrong in
the treebanks; the rules carry over to words no treebank has. Unlike spaCy's own rule lemmatizer
nothing is cached between texts, so a word's lemma never depends on what was read before.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

_KEPT_CASE = frozenset({"NNP", "NNPS"})
_VERB_TAGS = {"VBZ": "s", "VBD": "ed", "VBN": "ed", "VBG": "ing"}
_GRADED = {"JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est"}
_VOWELS = "aeiou"
_KINDS = {"N": "noun", "V": "verb", "J": "adj", "R": "adj"}


def _stems(word: str, ending: str) -> list[str]:
    """Possible base forms once an ending is taken off, likeliest first for unknown words."""
    stem = word[: -len(ending)]
    if len(stem) < 2 or not any(letter in _VOWELS + "y" for letter in stem):
        return [word]
    if stem.endswith("i"):
        return [stem[:-1] + "y", stem + "e", stem]
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    if doubled:
        short = stem[:-1]
        return [stem, short] if stem[-1] in "lsz" else [short, stem]
    silent_e = stem.endswith(("at", "iz", "us", "iv", "ag", "ut", "rg", "c", "v", "u", "as", "os"))
    one_beat = len(stem) > 2 and stem[-1] not in _VOWELS + "wxy" and stem[-2] in _VOWELS
    one_beat = one_beat and stem[-3] not in _VOWELS and sum(c in _VOWELS for c in stem) == 1
    return [stem + "e", stem] if silent_e or one_beat else [stem, stem + "e"]


def _without_s(word: str) -> list[str]:
    """Possible base forms of a word in -s."""
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return [word[:-2], word[:-1]]
    if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 2:
        return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    return [word]


def candidates(word: str, tag: str) -> list[str]:
    """Base forms that the spelling allows for a lower-cased word under a Penn tag."""
    if tag in {"NNS", "VBZ"}:
        return _without_s(word)
    ending = _VERB_TAGS.get(tag) or _GRADED.get(tag)
    return _stems(word, ending) if ending and word.endswith(ending) else [word]


class Lemmas:
    """Sets ``token.lemma_`` from tag and form. Table rows are ``{tag: {form: lemma}}``."""

    def __init__(self) -> None:
        self.exceptions: dict[str, dict[str, str]] = {}
        self.known: dict[str, frozenset[str]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token."""
        for token in doc:
            token.lemma_ = self.lemma(token)
        return doc

    def lemma(self, token: Token) -> str:
        """The lemma of a tagged and parsed token."""
        if token.lower_ in {"'s", "’s"} and token.dep_ == "aux":
            # "she's left", "it's been a year": perfect; "she's leaving": not.
            verbs = (token.head, *token.head.children)
            return "have" if any(v.tag_ == "VBN" and v.i > token.i for v in verbs) else "be"
        return self.look_up(token.text, token.tag_)

    def look_up(self, form: str, tag: str) -> str:
        """The lemma of a form under a tag: exception first, then spelling."""
        word = form.lower().replace("’", "'")
        found = self.exceptions.get(tag, {}).get(word)
        if found is not None:
            return found
        if tag in _KEPT_CASE:
            return form
        options = candidates(word, tag)
        known = self.known.get(_KINDS.get(tag[:1], ""), frozenset())
        return next((option for option in options if option in known), options[0])

    def learn(self, rows: Iterable[tuple[str, str, str]], least: int = 1) -> None:
        """Fill the tables from gold rows of form, Penn tag and lemma.

        Args:
            rows: gold words; empty tags or lemmas are passed over.
            least: how often an exception must have been seen to be kept.
        """
        seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        known: dict[str, set[str]] = defaultdict(set)
        for form, tag, lemma in rows:
            if tag and lemma:
                seen[tag, form.lower().replace("’", "'")][lemma] += 1
                kind = _KINDS.get(tag[:1])
                if kind and tag not in _KEPT_CASE and lemma.isalpha():
                    known[kind].add(lemma)
        self.exceptions = {}
        self.known = {kind: frozenset(words) for kind, words in known.items()}
        for (tag, word), lemmas in sorted(seen.items()):
            lemma, count = min(lemmas.items(), key=lambda item: (-item[1], item[0]))
            if tag in _KEPT_CASE and lemma.lower() == word:
                continue
            if count >= least and self.look_up(word, tag) != lemma:
                self.exceptions.setdefault(tag, {})[word] = lemma

    def to_bytes(self, **_: object) -> bytes:
        """The tables as JSON."""
        known = {kind: sorted(words) for kind, words in sorted(self.known.items())}
        data = {"exceptions": self.exceptions, "known": known}
        return json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True).encode()

    def from_bytes(self, data: bytes, **_: object) -> Lemmas:
        """Read tables written by `to_bytes`.

        Raises:
            ValueError: the bytes are not such a table.
        """
        tables = json.loads(data)
        if not isinstance(tables, dict) or not {"exceptions", "known"} <= tables.keys():
            raise ValueError("not a lemma table: 'exceptions' or 'known' is missing")
        self.exceptions = tables["exceptions"]
        self.known = {kind: frozenset(words) for kind, words in tables["known"].items()}
        return self

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write the tables into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lemmas.json").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: object) -> Lemmas:
        """Read the tables from a folder written by `to_disk`."""
        return self.from_bytes((Path(path) / "lemmas.json").read_bytes())


@Language.factory("coach_lemmas", assigns=["token.lemma"], requires=["token.tag", "token.dep"])
def make_lemmas(nlp: Language, name: str) -> Lemmas:
    """Build an empty lemmatizer; its tables come with the weights."""
    return Lemmas()
