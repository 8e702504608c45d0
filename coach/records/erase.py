"""Takes the records away for good.

Files are overwritten before they are deleted, deleted rows are overwritten inside the database.
That leaves nothing for whoever reads the disk through the file system. What a drive or a
copy-on-write file system, a backup or a snapshot keeps by itself is out of a program's reach.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine, create_engine, delete
from sqlalchemy.exc import DBAPIError

from coach import paths
from coach.errors import StorageError
from coach.records.database import BUSY_TIMEOUT_MS, Where, connect, explained, locate, write_engine
from coach.records.migrate import own_version, schema_version
from coach.records.models import Talk
from coach.records.retold import learner_key

_CHUNK = 1 << 20
_SQLITE = b"SQLite format 3\0"
"""How every file of that sort begins."""
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


def erase(
    path: Path | str | None = None, *, learner: str | None = None, everything: bool = False
) -> list[Path]:
    """Take the records away: talks, drafts and exports; scenarios and settings stay.

    No other coach may be using the records, and a `RecordStore` of this program's own has to be
    closed first. An export written outside the exports folder is not known and stays, and so
    does what is in a folder that is a link, see `left_alone`.

    Args:
        path: the database, a file or URL; None for the user's own.
        learner: erase only this person's talks ("" for those without a name) and their exports.
        everything: also take settings, keys, the user's own scenarios and what was worked out from
            them.

    Returns:
        The files that are gone; for one person first the database their talks were taken out of,
        if they had any. A server's rows are no file and not among them.

    Raises:
        coach.errors.StorageError: the database is somebody else's, or something is still in use or
            cannot be deleted; says what.
    """
    where = locate(path)
    _refuse_others(where)
    if learner is not None:
        changed = _erase_rows(where, learner)
        taken_from = [where.file] if changed and where.file is not None else []
        return taken_from + _wiped(_exports_of(learner))
    if where.file is None:
        _erase_rows(where, None)
    else:
        _let_go(where.file, where.name)
    gone = _wiped(_traces(where.file))
    _drop_empty(paths.exports_dir())
    for folder in _edited():
        _drop_empty(folder)
    if everything:
        gone += _wiped(_own_files())
        _drop_empty(paths.user_scenarios_dir())
        _drop_empty(paths.vectors_file().parent)
        with suppress(OSError):
            paths.home().rmdir()
    return gone


def left_alone(*, everything: bool = False) -> list[Path]:
    """The folders that lead elsewhere: what is there may be somebody else's and is not erased."""
    folders = [paths.exports_dir(), *_edited()]
    if everything:
        folders += [paths.user_scenarios_dir(), paths.scenario_values_dir()]
    return [folder for folder in folders if folder.is_dir() and _leads_elsewhere(folder)]


def _leads_elsewhere(folder: Path) -> bool:
    """Whether a folder of the home, or one above it there, is a link."""
    home = paths.home()
    return folder.resolve() != home.resolve() / folder.relative_to(home)


def _traces(database: Path | None) -> list[Path]:
    """Every file that may hold a learner's words; named one by one.

    The home may be a folder that its owner uses for other things too, so nothing is taken away
    only because it is there.
    """
    found: list[Path] = []
    if database is not None:
        found += [database.with_name(database.name + end) for end in ("", *_BESIDE)]
        # Damaged records that were set aside, as the message about them tells to.
        found += [
            file
            for file in _in(database.parent)
            if file.name.startswith(f"{database.name}.damaged")
        ]
    found += _files_below(paths.exports_dir())
    # What an editor kept of a turn, where the window was closed while it was open.
    found += [file for folder in _edited() for file in _files_below(folder)]
    return [file for file in found if file.is_symlink() or file.is_file()]


def _edited() -> list[Path]:
    """The folders that turns were edited in."""
    return [folder for folder in _in(paths.home()) if folder.name.startswith(paths.EDITED)]


def _own_files() -> list[Path]:
    vectors = paths.vectors_file()
    kept = [paths.settings_file(), paths.keymap_file()]
    kept += [vectors.with_name(vectors.name + end) for end in ("", *_BESIDE)]
    below = (paths.user_scenarios_dir(), paths.scenario_values_dir())
    return [f for f in kept if f.is_file()] + [f for one in below for f in _files_below(one)]


def _in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _files_below(folder: Path) -> list[Path]:
    if not folder.is_dir() or _leads_elsewhere(folder):
        return []
    return sorted(f for f in folder.rglob("*") if f.is_symlink() or f.is_file())


def _exports_of(learner: str) -> Iterator[Path]:
    key = learner_key(learner).encode()
    for file in _files_below(paths.exports_dir()):
        if not file.is_symlink() and key in file.read_bytes():
            yield file


def _refuse_others(where: Where) -> None:
    """Leave a database alone that is not the coach's.

    It is opened as it is, for `connect` would change it. Damaged records cannot be asked; erasing
    them is what was asked for, where they are known to be records.
    """
    if where.file is None or not where.file.is_file():
        return
    engine = create_engine(where.url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    try:
        with engine.connect() as connection:
            own_version(connection, where)
    except DBAPIError as error:
        if _busy(error.orig):
            raise _in_use(where.name) from error
        if where.file != paths.database_file() and not _is_database(where.file):
            raise StorageError(
                f"{where.sentence_start()} are not the coach's: that file is no database. "
                "Name another file or database in the setting database_url."
            ) from error
    finally:
        engine.dispose()


def _is_database(file: Path) -> bool:
    with file.open("rb") as bytes_of:
        return bytes_of.read(len(_SQLITE)) == _SQLITE


def _erase_rows(where: Where, learner: str | None) -> bool:
    if where.file is not None and not where.file.exists():
        return False
    with explained(where):
        engine = connect(where)
        try:
            changed = _delete_rows(engine, learner)
            if where.file is not None:
                _compact(engine, where)
        finally:
            engine.dispose()
    return changed


def _delete_rows(engine: Engine, learner: str | None) -> bool:
    with write_engine(engine).begin() as connection:
        if schema_version(connection) is None:
            return False
        # Turns and drafts go with their talk.
        query = delete(Talk)
        if learner is not None:
            query = query.where(Talk.learner == learner)
        return connection.execute(query).rowcount > 0


def _compact(engine: Engine, where: Where) -> None:
    """Rewrite the file without what was deleted and empty the log.

    Done even where no row was deleted: an earlier try may have got no further than the rows.
    """
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        # Neither may run inside a transaction, and SQLAlchemy would begin one.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_), *_ = cursor.fetchall()
    if busy:
        raise StorageError(
            f"The talks are deleted, but another coach is reading {where.name} and its log still "
            "holds their words. Close it and erase again."
        )


def _let_go(file: Path, name: str) -> None:
    """Make sure that nobody else has the database open, or refuse.

    Leaving the write-ahead log needs the file for oneself alone, so it is asked for; a program
    that went on using overwritten records would write its talk into nothing.
    """
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_TIMEOUT_MS / 1000)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
            connection.rollback()
    except sqlite3.DatabaseError as error:
        if _busy(error):
            raise _in_use(name) from error
        # Damaged records cannot be asked, see `_refuse_others`.


def _busy(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _in_use(name: str) -> StorageError:
    return StorageError(
        f"Another coach has the records in {name} open, so nothing was erased. Close it and erase "
        "again."
    )


def _wiped(files: Iterator[Path] | list[Path]) -> list[Path]:
    gone = []
    for file in list(files):
        try:
            _wipe(file)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(
                f"{file} could not be erased ({error.strerror or error}). Make it and its folder "
                "writable, then erase again; what was erased before it is gone."
            ) from error
        gone.append(file)
    return gone


def _wipe(file: Path) -> None:
    # Through a link or a second name, overwriting would destroy a file that is somebody else's.
    if not file.is_symlink() and file.stat().st_nlink == 1:
        with suppress(PermissionError):
            file.chmod(0o600)
        with open(file, "r+b", buffering=0) as out:
            left = out.seek(0, os.SEEK_END)
            out.seek(0)
            while left > 0:
                left -= out.write(b"\0" * min(left, _CHUNK)) or 0
            os.fsync(out.fileno())
            out.truncate(0)
    file.unlink()


def _drop_empty(folder: Path) -> None:
    if not folder.is_dir() or _leads_elsewhere(folder):
        return
    for below in sorted(folder.rglob("*"), reverse=True):
        if below.is_dir() and not below.is_symlink():
            with suppress(OSError):
                below.rmdir()
    with suppress(OSError):
        folder.rmdir()
