"""Finds the questions of a turn by grammar and cue phrases, not by the question mark alone.

Follows the project's taxonomy: a request for an account is open whatever its grammar, a question
that is quoted, rhetorical or put to oneself is none, a checking tag is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from coach.listening import question_phrases as phrases
from coach.listening.components import Marking
from coach.listening.question_anchors import anchors
from coach.listening.question_grammar import Anchor, Kind
from coach.listening.question_units import Unit, bare, cut, plain
from coach.listening.reading import QUESTION_FLAGS


@dataclass(frozen=True, slots=True)
class QuestionSpan:
    """One question. ``start`` and ``end`` are character offsets into the turn, half-open.

    ``rule`` says in plain English what decided; ``flags`` are those of the taxonomy.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    flags: tuple[str, ...] = ()


def read_questions(doc: Doc) -> list[QuestionSpan]:
    """All questions of a turn that ask the partner something, in order."""
    text = plain(doc.text)
    units = list(cut(doc, text))
    found: list[tuple[QuestionSpan, bool]] = []
    last_asked = -2
    for number, unit in enumerate(units):
        before = text[: unit.offset]
        body = bare(unit.text)
        continues = last_asked == number - 1 and unit.marked
        if continues and phrases.CONTINUATION.match(body + " "):
            found[-1] = (_stretched(found[-1][0], doc, unit), found[-1][1])
            last_asked = number
            continue
        following = units[number + 1] if number + 1 < len(units) else None
        asked = [] if _quoted(unit, following) else anchors(unit, before)
        if not asked:
            continue
        last_asked = number
        found += _spans(unit, asked, following)
    return _with_multiple(found)


def _stretched(span: QuestionSpan, doc: Doc, unit: Unit) -> QuestionSpan:
    return replace(span, end=doc[unit.end - 1].idx + len(doc[unit.end - 1]))


def _spans(
    unit: Unit, asked: Sequence[Anchor], following: Unit | None
) -> Iterator[tuple[QuestionSpan, bool]]:
    """Turn the anchors of a unit into question spans with their flags."""
    for i, anchor in enumerate(asked):
        stop = asked[i + 1].index if i + 1 < len(asked) else unit.end
        while stop - 1 > anchor.index and _is_joint(unit.doc[stop - 1], i + 1 < len(asked)):
            stop -= 1
        first, last = unit.doc[anchor.index], unit.doc[stop - 1]
        span = QuestionSpan(first.idx, last.idx + len(last), anchor.kind, anchor.rule)
        said = unit.text[span.start - unit.offset : span.end - unit.offset]
        flags = set(anchor.flags)
        if phrases.LEADING.search(said) or phrases.PUSHING_TAG.search(said):
            flags.add("leading")
        if phrases.CLARIFYING.search(unit.text if len(asked) == 1 else said):
            flags.add("clarifying")
        if following is not None and i + 1 == len(asked) and _answers(following, anchor.kind):
            flags.add("self_answered")
        # A check or a second "what do you think?" is not a further question.
        again = phrases.SAME_AGAIN.match(said) or phrases.CHECKS.fullmatch(said)
        yield replace(span, flags=tuple(f for f in QUESTION_FLAGS if f in flags)), not again


def _quoted(unit: Unit, following: Unit | None) -> bool:
    """Whether a stretch in quotation marks is somebody's words: "…?" she said."""
    opened = unit.text.lstrip().startswith(('"', "“", "'"))
    return opened and following is not None and phrases.SAID.match(following.text) is not None


def _is_joint(token: Token, inner: bool) -> bool:
    return token.is_space or (inner and token.lower_ in {",", "and", "or", "but", "so", ";", "-"})


def _answers(unit: Unit, kind: Kind) -> bool:
    """Whether a stretch reads as the asker's own answer.

    "Because" answers an open question; after a closed one it gives the reason for asking.
    """
    if not unit.marked and phrases.ANSWER_TAIL.search(unit.text):
        return True
    text = unit.text.lstrip(" \"'“-—–.,")
    if unit.marked or (kind == "closed" and phrases.REASON.match(text)):
        return False
    return phrases.ANSWER.match(text) is not None


def _with_multiple(found: list[tuple[QuestionSpan, bool]]) -> list[QuestionSpan]:
    """Flag the spans of a turn that stacks two or more different questions."""
    counted = [span for span, counts in found if counts]
    if len(counted) < 2:
        return [span for span, _ in found]
    return [
        replace(span, flags=tuple(f for f in QUESTION_FLAGS if f in {*span.flags, "multiple"}))
        if counts
        else span
        for span, counts in found
    ]


class Questions(Marking):
    """Sets ``doc._.questions``."""

    attribute = "questions"
    marks = staticmethod(lambda asked: (asked.start, asked.end, asked.kind))

    def __call__(self, doc: Doc) -> Doc:
        """Read the questions of a parsed document."""
        doc._.questions = read_questions(doc)
        return doc


@Language.factory(
    "coach_questions",
    assigns=["doc._.questions"],
    requires=["token.pos", "token.tag", "token.dep", "token.head", "doc.sents"],
)
def make_questions(nlp: Language, name: str) -> Questions:
    """Build the component; it holds no state."""
    if not Doc.has_extension("questions"):
        Doc.set_extension("questions", default=None)
    return Questions()
