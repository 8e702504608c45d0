"""Cuts sentences into clause-sized claims.

Used on a mentor's statement to find its key points and on a learner's paraphrase to find what it
claims. A cut is made where the parse shows a further clause that can stand as a claim of its own;
conditions, relative clauses and what somebody said or thought stay with their main clause, since
without it they claim something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from coach.listening.components import Marking

LEAST_WORDS = 5
"""A piece cut from a sentence is never shorter; what is stays with its neighbour."""
LEAST_SENTENCE = 3
"""A whole sentence with fewer words leans on the next one ("He knew. He couldn't say it.")."""
LEAST_APART = 3
"""The same for pieces that a colon or semicolon sets apart."""

_DEEPEST = 40
_JOINTS = frozenset(
    {"and", "but", "or", "so", "then", "yet", "plus", ",", ";", ":", "-", "—", "–", "--"}
)
# Adverbial clauses that add a claim; "when", "if", "until", "while" … say under which condition.
_CLAIMING = frozenset(
    {"because", "cos", "cause", "'cause", "since", "so", "although", "though", "whereas", "except"}
)


def read_clauses(doc: Doc) -> list[Span]:
    """The clause-sized claims of a text, in order, without overlap.

    Every word but joints ("and", commas) and lone punctuation belongs to exactly one. A span's
    label is ``claim``, or ``fragment`` where it has no predicate and nothing to lean on.
    """
    pieces: list[tuple[int, int]] = []
    leaning: int | None = None
    for sentence in _sentences(doc):
        for start, end in _pieces(doc, *sentence):
            if leaning is not None:
                start, leaning = leaning, None
            if pieces and _leans_back(doc, start, end) and _predicates(doc, *pieces[-1]):
                pieces[-1] = (pieces[-1][0], end)
                continue
            if 0 < _words(doc, start, end) < LEAST_SENTENCE and _predicates(doc, start, end):
                leaning = start
            elif _words(doc, start, end):
                pieces.append((start, end))
    if leaning is not None:
        # Nothing follows to lean on.
        pieces = [*pieces[:-1], (pieces[-1][0], len(doc))] if pieces else [(leaning, len(doc))]
    return [_span(doc, start, end) for start, end in pieces]


def _leans_back(doc: Doc, start: int, end: int) -> bool:
    """Whether words without a predicate belong to the claim before: "Not one.", a slip's tail."""
    if _predicates(doc, start, end):
        return False
    run_on = doc[start - 1].text not in {".", "?", "!", "…", "..."}
    return run_on or _words(doc, start, end) <= 4


def _sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Sentence borders, without those a parser puts inside a clause after a comma."""
    start = 0
    for token in doc[1:]:
        if token.is_sent_start and token.nbor(-1).text != ",":
            yield start, token.i
            start = token.i
    if len(doc):
        yield start, len(doc)


def _pieces(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut one sentence where a claim of its own begins, then mend cuts that left too little."""
    cuts = {i for i in _cuts(doc, start, end) if start < i < end}
    apart = {t.i + 1 for t in doc[start:end] if t.text in {";", ":"} and t.i + 1 < end}
    pieces: list[tuple[int, int]] = []
    edges = [start, *sorted(cuts | apart), end]
    for left, right in pairwise(edges):
        least = LEAST_APART if left in apart else LEAST_WORDS
        if not pieces or (_stands(doc, left, right, least) and _stands(doc, *pieces[-1], least)):
            pieces.append((left, right))
        else:
            pieces[-1] = (pieces[-1][0], right)
    yield from pieces


def _stands(doc: Doc, start: int, end: int, least: int) -> bool:
    """Whether a piece says enough to be a claim."""
    return _predicates(doc, start, end) > 0 and _words(doc, start, end) >= least


def _cuts(doc: Doc, start: int, end: int) -> Iterator[int]:
    """Token indices where a further claim begins."""
    for token in doc[start:end]:
        if not _adds_claim(token):
            continue
        if doc[start].lower_ == "what" and token.lower_ in {"is", "was", "'s"}:
            continue  # "What worked | was pairing": the first half is the subject
        first = _first_of(token)
        # Only clauses that come after what they hang on: a fronted one is its condition.
        if first > token.head.i:
            yield first


def _adds_claim(token: Token) -> bool:
    """Whether the clause headed by a token is a claim beside, not inside, its governor's."""
    dep = token.dep_.split(":")[0]
    if dep not in {"conj", "parataxis", "advcl", "ccomp"} or not _is_predicate(token):
        return False
    subject = any(c.dep_.startswith(("nsubj", "expl", "csubj")) for c in token.children)
    marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "cc", "advmod"}}
    if dep == "ccomp":
        # Run-on speech is often parsed as a complement without any mark; only a comma tells.
        before = token.doc[_first_of(token) - 1] if _first_of(token) else token
        return subject and not marks and before.text in {",", ";"} and _inside_main(token)
    if dep == "parataxis":
        return subject and token.head.i < token.i and not _is_aside(token)
    if dep == "advcl":
        return subject and bool(marks & _CLAIMING)
    if not _inside_main(token):
        return False
    return subject or _shares_subject(token)


def _is_predicate(token: Token) -> bool:
    if token.pos_ in {"VERB", "AUX"}:
        return True
    return any(child.dep_ in {"cop", "aux", "nsubj", "nsubj:pass"} for child in token.children)


def _shares_subject(token: Token) -> bool:
    """A finite verb joined to another: "… trained them and took down the signs".

    Not where the first verb stands bare ("walked over and told me"): that is one event.
    """
    full = {"obj", "iobj", "obl", "ccomp", "xcomp", "acl", "advcl", "nmod"}
    rich = any(c.i > token.head.i and c.dep_.split(":")[0] in full for c in token.head.children)
    if not rich and token.head.pos_ in {"VERB", "AUX"}:
        return False
    finite = token.morph.get("VerbForm", []) == ["Fin"] or any(
        child.dep_.startswith(("aux", "cop")) and child.morph.get("VerbForm", []) == ["Fin"]
        for child in token.children
    )
    return finite and token.pos_ in {"VERB", "AUX"}


def _inside_main(token: Token) -> bool:
    """Whether a joined clause hangs on the main line, not within a condition or a noun."""
    head = token.head
    for _ in range(_DEEPEST):
        if head.dep_.split(":")[0] not in {"conj", "parataxis"}:
            break
        head = head.head
    if head.dep_ == "ROOT":
        return True
    if head.dep_.split(":")[0] == "advcl":
        return any(c.lower_ in _CLAIMING for c in head.children if c.dep_ in {"mark", "advmod"})
    return (
        head.dep_.split(":")[0] == "ccomp"
        and not any(child.dep_ == "mark" for child in head.children)
        and any(child.dep_.startswith("nsubj") for child in token.children)
    )


def _is_aside(token: Token) -> bool:
    """Whether it is a phrase dropped into a sentence: "you know", "I mean"."""
    return _words(token.doc, token.left_edge.i, token.right_edge.i + 1) <= LEAST_SENTENCE


def _first_of(token: Token) -> int:
    """Index of the first token of a clause, the joint before it included."""
    first = token.left_edge.i
    while first > 0 and token.doc[first - 1].lower_ in _JOINTS and first - 1 > token.head.i:
        first -= 1
    return first


def _words(doc: Doc, start: int, end: int) -> int:
    inner = [t for t in doc[start:end] if not t.is_punct and not t.is_space]
    while inner and inner[0].lower_ in _JOINTS:
        inner = inner[1:]
    return len(inner)


def _predicates(doc: Doc, start: int, end: int) -> int:
    return sum(1 for token in doc[start:end] if token.pos_ in {"VERB", "AUX"})


def _span(doc: Doc, start: int, end: int) -> Span:
    """Trim joints and blanks off the ends."""
    while _is_joint(doc[start]) and _words(doc, start + 1, end):
        start += 1
    while end - 1 > start and (doc[end - 1].lower_ in _JOINTS or doc[end - 1].is_space):
        end -= 1
    label = "claim" if _predicates(doc, start, end) else "fragment"
    return Span(doc, start, end, label=label)


def _is_joint(token: Token) -> bool:
    """Whether a first word only ties the claim to what came before ("so I left", not "so many")."""
    if token.is_space or token.is_punct or (token.lower_ == "that" and token.dep_ == "mark"):
        return token.text not in {'"', "“", "(", "'"}
    measures = token.lower_ == "so" and token.head.i == token.i + 1
    return token.lower_ in _JOINTS and not measures


class Clauses(Marking):
    """Sets ``doc._.clauses``."""

    attribute = "clauses"
    marks = staticmethod(lambda span: (span.start_char, span.end_char, span.label_))

    def __call__(self, doc: Doc) -> Doc:
        """Cut a parsed document into claims."""
        doc._.clauses = read_clauses(doc)
        return doc


@Language.factory(
    "coach_clauses",
    assigns=["doc._.clauses"],
    requires=["token.pos", "token.dep", "token.head", "doc.sents"],
)
def make_clauses(nlp: Language, name: str) -> Clauses:
    """Build the component; it holds no state."""
    if not Doc.has_extension("clauses"):
        Doc.set_extension("clauses", default=None)
    return Clauses()
