"""Finds questions that begin with their verb: "did you", "is it", "could we"."""

from __future__ import annotations

from spacy.tokens import Token

from coach.listening import question_words as words
from coach.listening.question_grammar import (
    Anchor,
    clause_start,
    is_auxiliary,
    is_subject,
    subject_at,
)
from coach.listening.question_units import Unit, plain


def inversion(unit: Unit, index: int) -> Anchor | None:
    """A question that begins with its verb: "did you", "is it", "could we"."""
    doc, token = unit.doc, unit.doc[index]
    if not is_auxiliary(token) or plain(token.text).startswith("'"):
        return None
    subject = subject_at(unit, index + 1)
    if subject < 0:
        return None
    if clause_start(unit, index):
        asks = _verb_first(unit, index, subject)
    else:
        asks = _run_on(unit, index, subject)
    if not asks:
        return None
    negated = any(plain(t.text) in words.NEGATIONS for t in doc[index + 1 : subject])
    flags = ("leading",) if negated and doc[subject].lower_ != "i" else ()
    said = plain(doc[index : subject + 1].text)
    return Anchor(index, subject + 1, "closed", f"inverted verb: '{said}'", flags)


def _verb_first(unit: Unit, index: int, subject: int) -> bool:
    """Whether a verb at the start of a clause asks, not commands ("have a seat") or supposes."""
    doc = unit.doc
    word, after = plain(doc[index].text), plain(doc[subject].text)
    if word in {"may", "s", "ai", "being", "been"} and not unit.marked:
        return False
    if _supposes(unit, index, word):
        return False
    inner = index > _first_word(unit, index)
    if inner and not _agrees(doc[index], doc[subject]):
        return False
    if unit.marked:
        return True
    if word in words.DO_FORMS | {"have", "has", "had"}:
        return _has_main_verb(unit, index, subject)
    return after in words.SUBJECT_PRONOUNS or is_subject(doc[subject])


def _first_word(unit: Unit, index: int) -> int:
    """Where the stretch begins once openers are passed over."""
    i = unit.start
    while i < index and (
        unit.doc[i].lower_ in words.OPENERS or unit.doc[i].is_punct or unit.doc[i].is_space
    ):
        i += 1
    return i


def _agrees(verb: Token, subject: Token) -> bool:
    """Whether verb and following word can be verb and subject: not ", is a …", "is that they"."""
    if subject.lower_ == "that" and subject.tag_ == "IN":
        return False
    if verb.lower_ in {"is", "was", "has", "does"} and subject.lower_ in {"you", "we", "they"}:
        return False
    if verb.lower_ in {"is", "has", "does"} and subject.lower_ == "i":
        return False
    if subject.lower_ in words.SUBJECT_PRONOUNS - {"nothing", "something", "anything", "one"}:
        return True
    return is_subject(subject)


def _has_main_verb(unit: Unit, index: int, subject: int) -> bool:
    """Tell "did that help" from "did that on Tuesday", "don't you think" from "don't you worry"."""
    doc = unit.doc
    word, after = plain(doc[index].text), plain(doc[subject].text)
    later = doc[subject + 1 : min(subject + 7, unit.end)]
    if word == "do" and after == "you" and subject > index + 1:
        return any(t.lower_ in {"think", "want", "feel", "agree", "find", "ever"} for t in later)
    wanted = {"VB", "VBP"} if word in words.DO_FORMS else {"VBN", "VBD"}
    fits = after in words.SUBJECT_PRONOUNS or is_subject(doc[subject])
    answers = index > unit.start and doc[index - 1].lower_ in {"so", "nor", "neither"}
    return fits and any(t.tag_ in wanted for t in later) and not (answers and len(later) < 2)


def _supposes(unit: Unit, index: int, word: str) -> bool:
    """Whether it is a condition: "had I known, …", "should you need it, …"."""
    if word not in {"had", "should", "were"}:
        return False
    head = unit.doc[index].head
    rest = unit.text[unit.at(index) :]
    return head.dep_ == "advcl" or (not unit.marked and "," in rest)


def _run_on(unit: Unit, index: int, subject: int) -> bool:
    """Whether a verb inside unpunctuated words starts a question ("… hard did you cope")."""
    doc = unit.doc
    token, before = doc[subject], doc[index - 1]
    if token.lower_ not in words.RUN_ON_SUBJECTS or doc[index].lower_ not in words.RUN_ON_VERBS:
        return False
    if before.lower_ in words.NO_QUESTION_BEFORE | words.WH_WORDS or before.dep_ == "mark":
        return False
    if not _agrees(doc[index], token) or before.dep_.startswith(("nsubj", "expl", "aux")):
        return False
    if doc[index].lower_ in words.DO_FORMS and token.lower_ in {"you", "u", "ye"}:
        after = [t for t in doc[subject + 1 : min(subject + 4, unit.end)] if t.pos_ != "ADV"]
        return bool(after) and after[0].tag_ in {"VB", "VBP"}
    shared = token.head == doc[index].head or token.head == doc[index]
    if not (token.dep_.startswith("nsubj") and shared and token.head.i > index):
        return False
    if before.pos_ in {"PRON", "AUX", "DET"} or before.head == token.head:
        return False
    return not any(t.dep_.startswith("nsubj") and t.i < index for t in token.head.children)
