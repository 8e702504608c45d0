"""Alembic's revisions of the records; run by `coach.records.migrate`, never by hand."""
