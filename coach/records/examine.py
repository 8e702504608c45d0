"""A look at the records that changes nothing, for `coach doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from coach.errors import CoachError
from coach.records.database import connect, explained, locate
from coach.records.migrate import NEWEST, REVISIONS, schema_version
from coach.records.trouble import damaged


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found.

    ``name`` is the place, safe to show. ``version`` is the schema's, None where there are no
    records yet; ``newest`` the one this program writes. ``problem`` is None where the records
    are sound, else the sentence that says what is wrong and what to do.
    """

    name: str
    exists: bool
    version: str | None
    newest: str
    problem: str | None

    @property
    def will_be_updated(self) -> bool:
        """Whether the next start brings the schema up to date."""
        return self.problem is None and self.version is not None and self.version != self.newest


def examine(url_or_path: Path | str | None = None) -> Examined:
    """Look at the records without making or changing them; every page of a SQLite file is read.

    Args:
        url_or_path: a SQLite file, a database URL, or None for the user's own file.
    """
    # A URL that could not be taken apart is not shown: it may hold a password.
    name, version = "the setting database_url", None
    try:
        where = locate(url_or_path)
        name = where.name
        if where.file is not None and not where.file.exists():
            return Examined(name, False, None, NEWEST, None)
        with explained(where):
            engine = connect(where)
            try:
                version = _version(engine, name)
            finally:
                engine.dispose()
    except CoachError as error:
        return Examined(name, True, version, NEWEST, str(error))
    problem = None
    if version is not None and version not in REVISIONS:
        problem = (
            f"The records in {name} were written by a newer coach (schema {version}; this one "
            f"knows up to {NEWEST}). Update the coach, or name another database in the setting "
            "database_url."
        )
    return Examined(name, True, version, NEWEST, problem)


def _version(engine: Engine, name: str) -> str | None:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            said = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
            if said != "ok":
                raise damaged(name, said.splitlines()[0])
        return schema_version(connection)
