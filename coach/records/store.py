"""The records as the engine's `Store`: every call is one committed transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach.errors import BadInput
from coach.feedback.card import Card
from coach.feedback.debrief_model import Debrief
from coach.listening.reading import Reading
from coach.practice.store import TalkHead, TurnRecord, answered_already
from coach.records.database import connect, explained, locate, write_engine
from coach.records.history import talks_query
from coach.records.migrate import bring_up_to_date
from coach.records.models import Draft, Talk, Turn
from coach.records.trouble import damaged

_T = TypeVar("_T")
_LARGEST_ID = 2**31 - 1
_LARGEST_SEED = 2**63 - 1


class RecordStore:
    """Talks in a database. Safe to call from any thread and from several programs at once.

    Every method raises `coach.errors.StorageError` where the records cannot be read or written,
    and `coach.errors.BadInput` where a talk or turn is not there. What a call wrote is on disk
    when it returns; what failed has left nothing behind.
    """

    def __init__(self, url_or_path: Path | str | None = None) -> None:
        self.where = locate(url_or_path)
        with explained(self.where):
            self._engine = connect(self.where)
            try:
                bring_up_to_date(self._engine, self.where)
            except BaseException:
                self._engine.dispose()
                raise
        self._write_engine = write_engine(self._engine)

    def close(self) -> None:
        """Let go of the database; a later call opens it again."""
        self._engine.dispose()

    def __enter__(self) -> RecordStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def begin_talk(
        self,
        *,
        scenario: str,
        title: str,
        mentor: str,
        learner: str,
        seed: int,
        opening: dict[str, Any],
        opening_state: dict[str, Any],
        notes: str = "",
    ) -> TalkHead:
        """Keep a new talk."""
        if abs(seed) > _LARGEST_SEED:
            raise BadInput(f"The seed {seed} is too large; use a number below {_LARGEST_SEED}.")
        talk = Talk(
            scenario=_storable(scenario),
            title=_storable(title),
            mentor=_storable(mentor),
            learner=_storable(learner),
            seed=seed,
            started=_now(),
            opening=opening,
            opening_state=opening_state,
            notes=_storable(notes),
            own_words="",
        )
        with self._writing() as session:
            session.add(talk)
            session.flush()
            return talk.to_head()

    def talk(self, talk_id: int) -> TalkHead:
        """The talk; `BadInput` where there is none."""
        with self._reading() as session:
            return self._read(f"talk {talk_id}", _talk(session, talk_id).to_head)

    def unfinished(self, learner: str | None = None) -> list[TalkHead]:
        """Talks begun and not ended, newest first."""
        with self._reading() as session:
            found = session.scalars(talks_query(learner, unfinished=True)).all()
            return [self._read(f"talk {talk.id}", talk.to_head) for talk in found]

    def history(self, learner: str | None = None, search: str = "") -> list[TalkHead]:
        """Past talks, newest first.

        Args:
            learner: only this person's; None for everyone's, "" for those without a name.
            search: words that all have to occur in the talk, in any case; see `talks_query`.
        """
        with self._reading() as session:
            found = session.scalars(talks_query(learner, search)).all()
            return [self._read(f"talk {talk.id}", talk.to_head) for talk in found]

    def met(self, scenario: str, learner: str) -> list[TalkHead]:
        """This learner's ended talks with a scenario, those with no turn left out, newest first."""
        query = talks_query(learner).where(
            Talk.scenario == scenario, Talk.ended.is_not(None), Talk.tip.is_not(None)
        )
        with self._reading() as session:
            found = session.scalars(query).all()
            return [self._read(f"talk {talk.id}", talk.to_head) for talk in found]

    def add_turn(
        self,
        talk_id: int,
        *,
        parent: int | None,
        number: int,
        context: str,
        text: str,
        hints: tuple[str, ...] = (),
    ) -> TurnRecord:
        """Keep the learner's words, before anything is scored, and make them the talk's tip."""
        with self._writing() as session:
            talk = _talk(session, talk_id, for_update=True)
            if parent is not None:
                _turn_of(session, talk_id, parent)
            tries = session.scalar(
                select(func.max(Turn.attempt)).where(
                    Turn.talk == talk_id,
                    Turn.parent.is_(None) if parent is None else Turn.parent == parent,
                    Turn.number == number,
                )
            )
            turn = Turn(
                talk=talk_id,
                parent=parent,
                number=number,
                attempt=(tries or 0) + 1,
                context=_storable(context),
                text=_storable(text),
                taken=_now(),
                hints=list(hints),
            )
            session.add(turn)
            session.flush()
            talk.tip = turn.id
            session.flush()
            return turn.to_record()

    def complete_turn(
        self,
        turn_id: int,
        *,
        reading: Reading,
        card: Card,
        reply: dict[str, Any],
        state: dict[str, Any],
    ) -> TurnRecord:
        """Keep what was made of a turn; `BadInput` where that was done already."""
        with self._writing() as session:
            turn = session.get(Turn, turn_id, with_for_update=True)
            if turn is None:
                raise BadInput(f"There is no turn {turn_id} on record; the talk may be deleted.")
            if turn.reply is not None:
                raise answered_already(turn.number)
            turn.reading = reading.model_dump(mode="json")
            turn.card = card.model_dump(mode="json")
            turn.reply = reply
            turn.state = state
            session.flush()
            return turn.to_record()

    def replace_reading(self, turn_id: int, reading: Reading) -> None:
        """Keep a later reading of a turn in place of the one it had; its card stays as shown."""
        with self._writing() as session:
            turn = session.get(Turn, turn_id)
            if turn is None:
                raise BadInput(f"There is no turn {turn_id} on record; the talk may be deleted.")
            turn.reading = reading.model_dump(mode="json")

    def turns(self, talk_id: int) -> list[TurnRecord]:
        """Every attempt of the talk, oldest first."""
        if not _possible(talk_id):
            return []
        with self._reading() as session:
            found = session.scalars(select(Turn).where(Turn.talk == talk_id).order_by(Turn.id))
            return [self._read(f"talk {talk_id}", turn.to_record) for turn in found]

    def save_draft(self, talk_id: int, text: str) -> None:
        """Keep a line that is being typed; an empty one takes the kept line away."""
        with self._writing() as session:
            _talk(session, talk_id, for_update=True)
            draft = session.get(Draft, talk_id)
            if not text:
                if draft is not None:
                    session.delete(draft)
            elif draft is None:
                session.add(Draft(talk=talk_id, text=_storable(text)))
            else:
                draft.text = _storable(text)

    def draft(self, talk_id: int) -> str:
        """The line that was being typed, or an empty string."""
        if not _possible(talk_id):
            return ""
        with self._reading() as session:
            draft = session.get(Draft, talk_id)
            return draft.text if draft is not None else ""

    def end_talk(
        self,
        talk_id: int,
        *,
        own_rating: int | None = None,
        own_words: str = "",
        debrief: Debrief | None = None,
    ) -> TalkHead:
        """Mark the talk ended; called again to add rating and debrief, never to take them away."""
        with self._writing() as session:
            talk = _talk(session, talk_id, for_update=True)
            talk.ended = talk.ended or _now()
            if own_rating is not None:
                talk.own_rating = own_rating
            if own_words:
                talk.own_words = _storable(own_words)
            if debrief is not None:
                talk.debrief = debrief.model_dump(mode="json")
            session.flush()
            return talk.to_head()

    def delete_talk(self, talk_id: int) -> None:
        """Delete a talk with its turns and draft; their words are overwritten on disk."""
        with self._writing() as session:
            session.delete(_talk(session, talk_id, for_update=True))
        if self.where.file is not None:
            with explained(self.where), self._engine.connect() as connection:
                # The log still holds the pages as they were; emptied unless somebody reads them
                # right now, and then by whoever closes the records last.
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with explained(self.where), Session(self._write_engine) as session, session.begin():
            yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with explained(self.where), Session(self._engine) as session:
            yield session

    def _read(self, what: str, convert: Callable[[], _T]) -> _T:
        try:
            return convert()
        except (ValueError, TypeError) as error:
            first = str(error).splitlines()[0]
            raise damaged(self.where.name, f"{what} is not what was written: {first}") from error


def _now() -> datetime:
    return datetime.now(UTC)


def _possible(talk_id: int) -> bool:
    # A number that no column can hold is nobody's; the drivers would answer with a traceback.
    return 0 < talk_id <= _LARGEST_ID


def _talk(session: Session, talk_id: int, *, for_update: bool = False) -> Talk:
    # The lock is PostgreSQL's; SQLite's writers wait for each other anyway.
    talk = (
        session.get(Talk, talk_id, with_for_update=for_update or None)
        if _possible(talk_id)
        else None
    )
    if talk is None:
        raise BadInput(f"There is no talk {talk_id} on record; see which there are in the history.")
    return talk


def _turn_of(session: Session, talk_id: int, turn_id: int) -> Turn:
    turn = session.get(Turn, turn_id)
    if turn is None or turn.talk != talk_id:
        raise BadInput(f"Talk {talk_id} has no turn {turn_id} on record.")
    return turn


def _storable(words: str) -> str:
    """The words, if every database can hold them."""
    if "\x00" in words:
        raise BadInput(
            "This text holds a NUL character, which no record can keep; take it out and try again."
        )
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(
            "This text holds half a character (a lone surrogate), which no record can keep; "
            "type it again."
        ) from None
    return words
