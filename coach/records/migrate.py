"""Brings the records to this program's schema, once, under the database's own lock.

Alembic is slow to import, so the version is asked for in plain SQL first and Alembic only runs
where it differs.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from coach.errors import StorageError
from coach.records.database import Where, write_engine
from coach.records.models import Talk

REVISIONS = ("0001",)
"""Every schema version this program knows, oldest first; a test holds it to the scripts."""

NEWEST = REVISIONS[-1]
_SCRIPTS = Path(__file__).resolve().parent / "migrations"
# Any number will do as long as every program that migrates these records uses the same.
_POSTGRES_LOCK = 7_310_245


def schema_version(connection: Connection) -> str | None:
    """The schema version of the database behind the connection; None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def own_version(connection: Connection, where: Where) -> str | None:
    """The schema version of the coach's own records; None where there are no tables yet.

    Raises:
        StorageError: the database is somebody else's.
    """
    version = schema_version(connection)
    tables = inspect(connection).get_table_names()
    # Others keep their schema's version in such a table too.
    if tables and (version is None or Talk.__tablename__ not in tables):
        raise StorageError(
            f"{where.sentence_start()} are not the coach's: that database holds other tables. "
            "Name another file or database in the setting database_url."
        )
    return version


def bring_up_to_date(engine: Engine, where: Where) -> None:
    """Create or migrate the tables where they are not this program's version.

    Raises:
        StorageError: the records were written by a newer coach, or the database is somebody
            else's.
    """
    with engine.connect() as connection:
        if schema_version(connection) == NEWEST:
            return
    with write_engine(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _POSTGRES_LOCK})
        # Asked again under the lock: another program may just have done it.
        version = own_version(connection, where)
        if version == NEWEST:
            return
        if version is not None and version not in REVISIONS:
            raise StorageError(
                f"{where.sentence_start()} were written by a newer coach (schema {version}; this "
                f"one knows up to {NEWEST}). Update the coach, or name another database in the "
                "setting database_url; nothing was changed."
            )
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # ConfigParser reads '%' in a value as the start of a name.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
