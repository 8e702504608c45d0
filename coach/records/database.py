"""The engine behind the records: SQLite in a private file, or PostgreSQL by URL.

SQLite runs with a write-ahead log and ``synchronous=NORMAL``. A commit is then a plain write to
the log, which is the system's as soon as the call returns: killing the program, at whatever
moment, loses nothing that was committed. Only the machine losing power may take back the last
commits (never damage the file), and waiting for the disk at every keystroke's draft is not
worth that.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from coach import paths
from coach.errors import BadInput, StorageError
from coach.records.trouble import damaged, explain, explain_os

BUSY_TIMEOUT_MS = 5_000
"""How long a call waits for another program's write before it gives up."""

_BUSY_PAUSE = 0.01
_WRITES = "coach_writes"


@dataclass(frozen=True, slots=True)
class Where:
    """Where the records are: ``file`` for SQLite, else None; ``name`` is safe to show."""

    url: URL
    file: Path | None
    name: str

    def sentence_start(self) -> str:
        """The records and their place, as the start of a sentence."""
        return f"The records in {self.name}"


def locate(url_or_path: Path | str | None = None) -> Where:
    """Where the records are: a file, a database URL, or (None) the user's own file.

    Raises:
        BadInput: a URL that is none, or of a kind of database the coach does not use.
    """
    given = paths.database_file() if url_or_path is None else url_or_path
    if isinstance(given, Path) or "://" not in given:
        file = Path(given).expanduser().absolute()
        return Where(URL.create("sqlite", database=str(file)), file, str(file))
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        # The text itself is not shown: it may hold a password.
        raise BadInput(
            "The setting database_url is not a database URL; write it like "
            "postgresql+psycopg://user@host/name, or leave it out for a file of your own."
        ) from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise BadInput(
                "The setting database_url names no file; write sqlite:////path/to/records.sqlite3, "
                "or practise without history to keep nothing."
            )
        return locate(Path(url.database))
    if kind != "postgresql":
        raise BadInput(
            f"The setting database_url names a {kind} database; the coach keeps its records in "
            "SQLite or PostgreSQL."
        )
    return Where(url, None, url.render_as_string(hide_password=True))


def connect(where: Where) -> Engine:
    """An engine for these records; a new SQLite file is made readable by its owner alone.

    Raises:
        StorageError: the file or its folder cannot be made, or the database's driver is missing.
    """
    if where.file is not None:
        _make_private(where.file)
    try:
        # A server may have dropped a connection that lay idle for an hour.
        engine = create_engine(where.url, pool_pre_ping=where.file is None)
    except (ImportError, NoSuchModuleError) as error:
        raise StorageError(
            f"{where.sentence_start()} need a database driver that is not installed here "
            f"({error}); install it with: python -m pip install 'psycopg[binary]'"
        ) from error
    if where.file is not None:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def write_engine(engine: Engine) -> Engine:
    """The same engine for transactions that write.

    In SQLite they take the write lock at once: one that first reads and then writes could not
    wait for another program's write, it would fail.
    """
    return engine.execution_options(**{_WRITES: True})


@contextmanager
def explained(where: Where) -> Iterator[None]:
    """Turn what goes wrong inside into one clear sentence.

    Raises:
        StorageError: the database failed, or what it holds cannot be read.
    """
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig or error, where.name, where.file) from error
    except sqlite3.Error as error:
        # Raised where SQLite is spoken to directly, on connecting first of all.
        raise explain(error, where.name, where.file) from error
    except PoolTimeout as error:
        raise StorageError(
            f"{where.sentence_start()} are busy: too many calls at once. Try again."
        ) from error
    except OSError as error:
        raise explain_os(error, where.name) from error
    except ValueError as error:
        # JSON and times are taken apart while rows are fetched, and only now prove unreadable.
        first = str(error).splitlines()[0]
        raise damaged(where.name, f"a record is not what was written: {first}") from error


def _make_private(file: Path) -> None:
    if file == paths.database_file():
        paths.private_home()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.is_dir():
        raise IsADirectoryError(21, "is a folder", str(file))
    # Made here and not by SQLite, whose files are as open as the umask leaves them; its log and
    # index take over the mode of the file.
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin late and would let a read turn into a write.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _turn_on_log(cursor)
    for pragma in (
        "synchronous=NORMAL",
        "foreign_keys=ON",
        # What is deleted is overwritten: a deleted talk leaves no words behind.
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    # SQLite's own lower() knows ASCII alone; a search has to find 'Ärger' as well.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _turn_on_log(cursor: sqlite3.Cursor) -> None:
    """Switch to the write-ahead log, waiting while another program does the same.

    SQLite does not apply its busy timeout here: of two programs that open a new file at once, one
    would be turned away.
    """
    give_up = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_BUSY_PAUSE)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
