"""What is kept: models, migrations, export and erase.

Importing this package costs nothing; the database is loaded by the first call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from coach.practice.store import Store
    from coach.records.store import RecordStore


def open_store(url_or_path: Path | str | None = None) -> RecordStore:
    """Open the records, made or brought up to date first.

    Args:
        url_or_path: a SQLite file, a database URL, or None for the user's own file.

    Raises:
        coach.errors.BadInput: a URL the coach cannot use.
        coach.errors.StorageError: the records cannot be opened; says why and what to do.
    """
    from coach.records.store import RecordStore

    return RecordStore(url_or_path)


def choose_store(settings_history: bool, url_or_path: Path | str | None = None) -> Store:
    """The records, or, where no history is wanted, a store that writes nothing anywhere.

    Raises:
        coach.errors.StorageError: the records cannot be opened.
    """
    if settings_history:
        return open_store(url_or_path)
    from coach.practice.memory import MemoryStore

    return MemoryStore()
