"""Past talks: which there are, found by learner and by words."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, or_, select

from coach.practice.typed import kept
from coach.records.models import Talk, Turn

_MOST_WORDS = 12
_LONGEST_WORD = 200


def talks_query(
    learner: str | None = None, search: str = "", *, unfinished: bool = False
) -> Select[Talk]:
    """Talks, newest first.

    Args:
        learner: only this person's; None for everyone's.
        search: words that all have to occur somewhere in the talk: its title, mentor, notes and
            own words, or what either side said. Upper and lower case count as the same.
        unfinished: only talks that were not ended.
    """
    query = select(Talk).order_by(Talk.started.desc(), Talk.id.desc())
    if learner is not None:
        query = query.where(Talk.learner == learner)
    if unfinished:
        query = query.where(Talk.ended.is_(None))
    for word in kept(search).lower().split()[:_MOST_WORDS]:
        query = query.where(_mentions(word[:_LONGEST_WORD]))
    return query


def _mentions(word: str) -> ColumnElement[bool]:
    opening = Talk.opening["text"].as_string()
    heads = (Talk.title, Talk.mentor, Talk.scenario, Talk.notes, Talk.own_words, opening)
    # A turn's context is the opening or the reply to the turn before: it is searched with these.
    reply = Turn.reply["text"].as_string()
    said = exists().where(Turn.talk == Talk.id, _any_holds((Turn.text, reply), word))
    return or_(_any_holds(heads, word), said)


def _any_holds(columns: Iterable[SQLColumnExpression[str]], word: str) -> ColumnElement[bool]:
    return or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))
