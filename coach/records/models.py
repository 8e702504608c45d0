"""The tables, and the way between their rows and the engine's records.

Only types that both SQLite and PostgreSQL have. What the engine hands over as JSON-ready data
stays JSON; only what is searched or sorted by has a column of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief
from coach.listening.reading import Reading
from coach.practice.store import TalkHead, TurnRecord

# Named constraints, so that a later migration can drop one on any database.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_Json = JSON(none_as_null=True)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back when a row is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a moment without a time zone is refused, since it could mean anything."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment on record needs a time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database, always with UTC as its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class Talk(Base):
    """One talk's head. A number once given is never given again, not even after a delete."""

    __tablename__ = "talks"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scenario: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(Text)
    mentor: Mapped[str] = mapped_column(Text)
    learner: Mapped[str] = mapped_column(Text, index=True)
    seed: Mapped[int] = mapped_column(BigInteger)
    started: Mapped[datetime] = mapped_column(UtcTime, index=True)
    ended: Mapped[datetime | None] = mapped_column(UtcTime)
    opening: Mapped[dict[str, Any]] = mapped_column(_Json)
    opening_state: Mapped[dict[str, Any]] = mapped_column(_Json)
    notes: Mapped[str] = mapped_column(Text, default="")
    # No foreign key: talks and turns would need each other first. The store checks it instead.
    tip: Mapped[int | None] = mapped_column(Integer)
    own_rating: Mapped[int | None] = mapped_column(Integer)
    own_words: Mapped[str] = mapped_column(Text, default="")
    debrief: Mapped[dict[str, Any] | None] = mapped_column(_Json)

    def to_head(self) -> TalkHead:
        """The engine's form; a `ValueError` where what is kept does not fit it."""
        return TalkHead(
            id=self.id,
            scenario=self.scenario,
            title=self.title,
            mentor=self.mentor,
            learner=self.learner,
            seed=self.seed,
            started=self.started,
            opening=self.opening,
            opening_state=self.opening_state,
            notes=self.notes,
            ended=self.ended,
            tip=self.tip,
            own_rating=self.own_rating,
            own_words=self.own_words,
            debrief=Debrief.model_validate(self.debrief) if self.debrief is not None else None,
        )


class Turn(Base):
    """One attempt at one turn; ``parent`` makes a talk's turns a tree."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("talk", "parent", "number", "attempt"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    talk: Mapped[int] = mapped_column(ForeignKey("talks.id", ondelete="CASCADE"), index=True)
    parent: Mapped[int | None] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    attempt: Mapped[int] = mapped_column(Integer)
    context: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    taken: Mapped[datetime] = mapped_column(UtcTime)
    reading: Mapped[dict[str, Any] | None] = mapped_column(_Json)
    card: Mapped[dict[str, Any] | None] = mapped_column(_Json)
    reply: Mapped[dict[str, Any] | None] = mapped_column(_Json)
    state: Mapped[dict[str, Any] | None] = mapped_column(_Json)
    hints: Mapped[list[str]] = mapped_column(_Json, default=list)

    def to_record(self) -> TurnRecord:
        """The engine's form; a `ValueError` where what is kept does not fit it."""
        return TurnRecord(
            id=self.id,
            talk=self.talk,
            parent=self.parent,
            number=self.number,
            attempt=self.attempt,
            context=self.context,
            text=self.text,
            taken=self.taken,
            reading=Reading.model_validate(self.reading) if self.reading is not None else None,
            card=Card.model_validate(self.card) if self.card is not None else None,
            reply=self.reply,
            state=self.state,
            hints=tuple(self.hints),
        )


class Draft(Base):
    """The line that is being typed in a talk."""

    __tablename__ = "drafts"

    talk: Mapped[int] = mapped_column(ForeignKey("talks.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
