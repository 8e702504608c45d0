"""What a failing database means, in one sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from coach.errors import StorageError

# SQLite's extended codes keep the basic one in their low byte.
_BASIC = 0xFF


def explain(error: BaseException, name: str, file: Path | None) -> StorageError:
    """The sentence for a database's error.

    Args:
        error: what the database's driver raised.
        name: where the records are, safe to show.
        file: the SQLite file, or None for a server.
    """
    # A driver's message may go on for lines with the statement, or the table, in it.
    first = " ".join(str(error).strip().splitlines()[:1])
    if file is None:
        return StorageError(
            f"The database {name} failed ({first}). Check that it is running and that "
            "the setting database_url is right, then try again."
        )
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _BASIC
    return StorageError(_sentence(code, name, first))


def damaged(name: str, what: str) -> StorageError:
    """The sentence for records that are there and make no sense."""
    return StorageError(_damaged(name, what))


def explain_os(error: OSError, name: str) -> StorageError:
    """The sentence for a file or folder that cannot be made or opened."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(_full(name))
    reason = error.strerror or type(error).__name__
    return StorageError(
        f"The records cannot be kept in {name} ({reason}). Name a folder that can be written "
        "in COACH_HOME, or practise without history."
    )


def _full(name: str) -> str:
    return (
        f"The disk is full: {name} cannot grow. Nothing kept before is lost; free some space and "
        "try again."
    )


def _damaged(name: str, what: str) -> str:
    # The log beside the file goes with it: it would not fit a new one.
    return (
        f"The records in {name} are damaged ({what}). Nothing was deleted; to begin anew, rename "
        "that file, and those with -wal and -shm after its name, to end in .damaged, or put a "
        "copy of yours in their place."
    )


def _sentence(code: int, name: str, what: str) -> str:
    if code == sqlite3.SQLITE_FULL:
        return _full(name)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT):
        return _damaged(name, what)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return (
            f"The records in {name} are read-only. Make the file and its folder writable, name "
            "another folder in COACH_HOME, or practise without history."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return (
            f"The records in {name} are locked by another program. Close it, or wait a moment, "
            "then try again."
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return (
            f"The records in {name} cannot be opened. Check that the folder is there and can be "
            "written, or name another in COACH_HOME."
        )
    if code == sqlite3.SQLITE_IOERR:
        return (
            f"The disk failed while using {name} ({what}). Check the disk and its free space, "
            "then try again."
        )
    return f"The records in {name} cannot be used ({what}). Run coach doctor to see more."
