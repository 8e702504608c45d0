"""Finds questions by grammar: an asking word with its verb before the subject, or a verb first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from coach.listening import question_phrases as phrases
from coach.listening import question_words as words
from coach.listening.question_units import Unit, plain

Kind = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a question begins. ``until``: first token not used up by what was recognised."""

    index: int
    until: int
    kind: Kind
    rule: str
    flags: tuple[str, ...] = ()


def clause_start(unit: Unit, index: int) -> bool:
    """Whether only openers ("so", "and", "well,") stand between a clause's edge and a token."""
    if index >= unit.end:
        return False
    i = index - 1
    while i >= unit.start:
        token = unit.doc[i]
        if token.is_punct or token.is_space or token.text in {"-", "—", "–"}:
            return True
        if token.lower_ not in words.OPENERS:
            return False
        i -= 1
    return True


def is_auxiliary(token: Token) -> bool:
    """Whether a token can be the verb that stands before the subject of a question."""
    return plain(token.text) in words.AUXILIARIES


def subject_at(unit: Unit, index: int) -> int:
    """Index of a subject that starts at a token (past "not"), or -1.

    A pronoun with a verb of its own ("the reason is | it's late") is no inverted subject.
    """
    while index < unit.end and plain(unit.doc[index].text) in words.NEGATIONS:
        index += 1
    if index >= unit.end:
        return -1
    token = unit.doc[index]
    if token.lower_ in words.SUBJECT_PRONOUNS:
        after = plain(unit.doc[index + 1].text) if index + 1 < unit.end else ""
        return -1 if after in words.FINITE else index
    if token.lower_ in words.WH_WORDS:
        return -1
    noun_like = token.pos_ in {"PRON", "DET", "PROPN", "NOUN", "NUM"} or token.tag_ == "PRP$"
    return index if noun_like or (token.pos_ == "ADJ" and unit.marked) else -1


def asking_word(unit: Unit, index: int) -> Anchor | None:
    """A question that begins with what, how, why, who, when, where or which."""
    token = unit.doc[index]
    word = plain(token.text)
    if word not in words.WH_WORDS:
        return None
    index_from = index
    if index > unit.start and unit.doc[index - 1].pos_ == "ADP" and not clause_start(unit, index):
        index_from = index - 1
    starts = clause_start(unit, index_from)
    aux = _aux_after(unit, index)
    inverted = aux > 0 and subject_at(unit, aux + 1) > 0
    if inverted and aux > index + 1 and _is_topic(unit, index):
        return None
    if word == "which" and aux == index + 1 and not unit.marked:
        return None  # "Which is why I left": goes on from the sentence before
    if starts and index_from > unit.start and token.head.dep_.startswith("acl"):
        return None  # ", who was a painter": a relative clause
    if starts:
        good = inverted or _keeps_order(unit, index) or _fragment(unit, index)
    else:
        good = inverted and _freely_inverted(unit, index, aux)
    if not good:
        return None
    kind, rule = _wh_kind(unit, index)
    return Anchor(index_from, max(aux, index) + 1, kind, rule)


def _aux_after(unit: Unit, index: int) -> int:
    """The auxiliary that follows an asking phrase, or -1.

    "What kind of work do", "how many people did", "which one should"; but only "when did", "where
    exactly is": those words take no noun, and "when a set has …" is a condition.
    """
    word = plain(unit.doc[index].text)
    if word in {"whats", "hows", "wheres", "whos", "whens"}:
        return index
    takes_noun = word in {"what", "wat", "wot", "whit", "which", "whose", "how"}
    for i in range(index + 1, min(index + 7, unit.end)):
        token = unit.doc[i]
        if is_auxiliary(token):
            return i
        if token.lower_ in {"one", "ones", "else", "exactly", "of", "the", "those", "these"}:
            continue
        if token.pos_ in {"VERB", "PRON", "PUNCT"} or token.lower_ in words.PRONOUNS:
            return -1
        if not takes_noun and token.pos_ not in {"ADV", "INTJ"}:
            return -1
    return -1


def _keeps_order(unit: Unit, index: int) -> bool:
    """Whether an asking word asks although no verb stands before a subject.

    "What happened", "who decided", "what about", "how you feeling?", "why bother?".
    """
    word, following = plain(unit.doc[index].text), unit.doc[index + 1 : unit.end]
    second = plain(following[0].text) if len(following) else ""
    if word in {"what", "how"} and second in {"about", "come"}:
        return True
    if _is_topic(unit, index):
        return False
    if not unit.marked:
        return word in words.SUBJECT_WH and _is_main_subject(unit, index)
    if second in words.SUBJECT_PRONOUNS - {"one"}:
        # The auxiliary is dropped: "what you think?", "where you going?"; not "when you say …".
        tags = {"VBG"} if word not in words.OPEN_WH else {"VBG", "VBP", "VB"}
        return any(t.tag_ in tags for t in following[1:3])
    if word in words.SUBJECT_WH:
        return True
    bare_verb = len(following) > 0 and (following[0].tag_ == "VB" or second == "not")
    return len(following) <= 4 or (word in {"why", "how"} and bare_verb)


def _is_topic(unit: Unit, index: int) -> bool:
    """Whether the clause is the subject of the sentence: "what strikes me is …"."""
    word = unit.doc[index]
    after = unit.doc[index + 1 : index + 2].text.lower()
    if after in words.PRONOUNS and any(child.dep_ == "acl:relcl" for child in word.children):
        return True
    for token in unit.doc[index + 2 : unit.end]:
        main = token.dep_ == "ROOT" or (token.dep_ == "cop" and token.head.dep_ == "ROOT")
        if main and token.lower_ in {"is", "was", "'s", "are", "were"}:
            between = unit.doc[index + 1 : token.i]
            return any(t.pos_ == "VERB" or t.lower_ in words.PRONOUNS for t in between)
    return False


def _is_main_subject(unit: Unit, index: int) -> bool:
    """Whether what, who or which (or the noun it goes with) is the main verb's subject."""
    word = unit.doc[index]
    subject = word.head if word.dep_ == "det" else word
    if subject.dep_ not in {"nsubj", "nsubj:pass"}:
        return False
    verb = subject.head
    main = verb.dep_ == "ROOT" or (verb.dep_ in {"conj", "parataxis"} and verb.i > index)
    return main and 0 < verb.i - index <= 7


def _fragment(unit: Unit, index: int) -> bool:
    """A bare "why", "how come", "what else" that is all there is to the stretch."""
    rest = [t for t in unit.doc[index : unit.end] if not t.is_punct and not t.is_space]
    if len(rest) > 3:
        return False
    said = " ".join(plain(t.text) for t in rest)
    return unit.marked or said in phrases.BARE_FRAGMENTS


def _freely_inverted(unit: Unit, index: int, aux: int) -> bool:
    """Whether an inversion inside running words (no comma before it) really asks.

    Embedded questions keep the plain order ("how you did it"), so a pronoun right after the
    auxiliary and before its verb is a strong sign.
    """
    word, subject = unit.doc[index], unit.doc[subject_at(unit, aux + 1)]
    if subject.lower_ == "i" and not unit.marked:
        return False
    if plain(word.text) in {"which", "who", "when", "where"}:
        return unit.doc[aux].lower_ in words.DO_FORMS and subject.dep_.startswith("nsubj")
    if subject.lower_ in words.SUBJECT_PRONOUNS:
        return subject.dep_.startswith("nsubj") or unit.marked
    return word.dep_ == "ROOT" or (word.head.dep_ == "ROOT" and is_subject(subject))


def is_subject(token: Token) -> bool:
    """Whether a token, or the noun it belongs to, is parsed as a subject."""
    noun = token.head if token.dep_ in {"det", "nmod:poss", "amod", "compound", "nummod"} else token
    return noun.dep_.startswith("nsubj") and noun.i >= token.i


def _wh_kind(unit: Unit, index: int) -> tuple[Kind, str]:
    """Open or closed, by the asking word and what it asks for."""
    doc = unit.doc
    rest = [plain(t.text) for t in doc[index : min(index + 8, unit.end)]] + [""] * 8
    word, second, third = rest[0], rest[1], rest[2]
    rule = f"starts with '{word}'"
    if word not in words.OPEN_WH:
        if word == "where" and words.WHERE_VIEW & set(rest[2:6]):
            return "open", "asks for a view: 'where'"
        return "closed", rule
    if word == "how" and (second in words.DEGREES or (second == "very" and third)):
        return "closed", f"asks for an amount: 'how {second}'"
    if (
        word == "how"
        and second == "about"
        and (
            third in words.TIMES | {"i", "we", "if"}
            or doc[index + 2 : index + 3].text.endswith("ing")
        )
    ):
        return "closed", "proposes: 'how about'"
    if word == "what" and second == "if" and third in {"i", "we"}:
        return "closed", "proposes: 'what if'"
    if word == "why" and second in {"do", "not"} and "we" in rest[2:5]:
        return "closed", "proposes: 'why don't we'"
    if phrases.CHOICE.search(unit.text) and phrases.PREFERENCE.search(unit.text):
        return "closed", "asks to choose: '… or …'"
    if word in {"what", "whats"}:
        noun = _named(rest)
        if noun:
            return "closed", f"asks for a {noun}: 'what … {noun}'"
    return "open", rule


def _named(rest: list[str]) -> str:
    """The noun in "what time", "what's your name", "what was the date"; empty where none."""
    if rest[1] in words.CLOSED_NOUNS:
        return rest[1]
    if rest[1] in {"'s", "is", "was", "s", "are", "your", "the"}:
        for i in range(2, 5):
            if rest[i] in words.CLOSED_NOUNS and rest[i + 1] not in {"like", "about", "for"}:
                return rest[i] if "like" not in rest[i:] else ""
            if rest[i] not in {"the", "your", "his", "her", "their", "its", "job", "exact", "full"}:
                return ""
    return ""
