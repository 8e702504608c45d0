"""A look at the records that makes and changes nothing, for `coach doctor`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from coach.records.database import Where, connect, explained, locate
from coach.records.migrate import own_version
from coach.records.trouble import damaged


def kept_schema(url_or_path: Path | str | None = None) -> str | None:
    """The schema version of the records; None where there are none yet.

    Args:
        url_or_path: a SQLite file, of which every page is read, a database URL, or None for the
            user's own file.

    Raises:
        coach.errors.BadInput: a URL the coach cannot use.
        coach.errors.StorageError: the records cannot be read, are damaged or are not the coach's.
    """
    where = locate(url_or_path)
    with explained(where):
        if where.file is not None and not where.file.exists():
            return None
        # A file is opened as it is: what `connect` makes ready would change somebody else's.
        engine = connect(where) if where.file is None else create_engine(where.url)
        try:
            with engine.connect() as connection:
                return _version(connection, where)
        finally:
            engine.dispose()


def _version(connection: Connection, where: Where) -> str | None:
    if where.file is not None:
        said = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
        if said != "ok":
            raise damaged(where.name, said.splitlines()[0])
    return own_version(connection, where)
