"""Run by Alembic for every command; the connection comes from `coach.records.migrate`."""

from __future__ import annotations

from alembic import context

from coach.records.models import Base

# The caller holds the write lock and commits: two programs starting at once migrate once.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
