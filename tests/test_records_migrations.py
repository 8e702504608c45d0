"""The schema's versions: the scripts, the models and the program agree."""

import io

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import coach.records.migrate as migrate
from coach.records import open_store
from coach.records.database import connect, locate
from coach.records.models import Base
from tests.records_scene import begin


def test_the_program_knows_every_script():
    config = Config()
    config.set_main_option("script_location", str(migrate._SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    found = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(found)) == migrate.REVISIONS
    assert scripts.get_heads() == [migrate.NEWEST]


def test_the_scripts_make_what_the_models_say(tmp_path):
    with open_store(tmp_path / "a") as store, store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert migrate.schema_version(connection) == migrate.NEWEST
        # Alembic's comparison passes over these.
        made = inspect(connection)
        for table in Base.metadata.tables.values():
            keys = {k["name"]: k["options"] for k in made.get_foreign_keys(table.name)}
            assert keys == {k.name: {"ondelete": "CASCADE"} for k in table.foreign_key_constraints}
            sql = "SELECT sql FROM sqlite_master WHERE name = :name"
            made_with = connection.execute(text(sql), {"name": table.name}).scalar_one()
            wanted = bool(table.dialect_options["sqlite"]["autoincrement"])
            assert ("AUTOINCREMENT" in made_with) == wanted


def test_scripts_and_models_make_the_same_tables_in_postgresql():
    """No server is needed to see the statements it would be sent."""
    sent = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": sent}
    )
    config = Config()
    config.set_main_option("script_location", str(migrate._SCRIPTS))
    script = ScriptDirectory.from_config(config).get_revision("0001")
    with Operations.context(context):
        script.module.upgrade()

    def plain(sql):
        return sorted(line.strip(" ,;\t") for line in str(sql).splitlines() if line.strip(" ,;\t"))

    made = []
    for table in Base.metadata.sorted_tables:
        made += plain(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            made += plain(CreateIndex(index).compile(dialect=postgresql.dialect()))
    assert plain(sent.getvalue()) == sorted(made)
    assert "id SERIAL NOT NULL" in made and "started TIMESTAMP WITH TIME ZONE NOT NULL" in made


def test_an_older_schema_is_brought_up_to_date_and_keeps_its_talks(tmp_path, monkeypatch):
    """A second revision is added to a copy of the scripts, as a later coach would have it."""
    file = tmp_path / "records.sqlite3"
    with open_store(file) as store:
        talk = begin(store).id
    later = tmp_path / "100% later"
    (later / "versions").mkdir(parents=True)
    for script in [*migrate._SCRIPTS.glob("*.*"), *migrate._SCRIPTS.glob("versions/*.py")]:
        copy = later / script.relative_to(migrate._SCRIPTS)
        copy.write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    (later / "versions" / "v0002_mood.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = '9998', {migrate.NEWEST!r}\n"
        "def upgrade():\n    op.add_column('talks', sa.Column('mood', sa.Text()))\n"
    )
    monkeypatch.setattr(migrate, "_SCRIPTS", later)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "9998"))
    monkeypatch.setattr(migrate, "NEWEST", "9998")
    with open_store(file) as store, store._engine.connect() as connection:
        assert migrate.schema_version(connection) == "9998"
        assert "mood" in {c["name"] for c in inspect(connection).get_columns("talks")}
        assert store.talk(talk).mentor == "Ada"


def test_a_migration_that_fails_changes_nothing(tmp_path, monkeypatch):
    file = tmp_path / "records.sqlite3"
    where = locate(file)

    def half_done(connection):
        connection.execute(text("CREATE TABLE talks (id INTEGER)"))
        raise RuntimeError("power went")

    monkeypatch.setattr(migrate, "_upgrade", half_done)
    engine = connect(where)
    with pytest.raises(RuntimeError):
        migrate.bring_up_to_date(engine, where)
    engine.dispose()
    monkeypatch.undo()
    plain = create_engine(f"sqlite:///{file}")
    assert inspect(plain).get_table_names() == []
    plain.dispose()
    with open_store(file) as store:
        begin(store)
