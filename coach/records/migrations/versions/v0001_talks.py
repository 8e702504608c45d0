"""Talks, their turns, and the line being typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.String(200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("mentor", sa.Text(), nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("opening", sa.JSON(), nullable=False),
        sa.Column("opening_state", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("tip", sa.Integer()),
        sa.Column("own_rating", sa.Integer()),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("debrief", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_talks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_talks_learner", "talks", ["learner"])
    op.create_index("ix_talks_started", "talks", ["started"])
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talk", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reading", sa.JSON()),
        sa.Column("card", sa.JSON()),
        sa.Column("reply", sa.JSON()),
        sa.Column("state", sa.JSON()),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        sa.ForeignKeyConstraint(
            ["talk"], ["talks.id"], name="fk_turns_talk_talks", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["parent"], ["turns.id"], name="fk_turns_parent_turns", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("talk", "parent", "number", "attempt", name="uq_turns_talk"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turns_talk", "turns", ["talk"])
    op.create_table(
        "drafts",
        sa.Column("talk", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("talk", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["talk"], ["talks.id"], name="fk_drafts_talk_talks", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("drafts")
    op.drop_table("turns")
    op.drop_table("talks")
