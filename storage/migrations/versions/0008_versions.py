"""What each published version of a document said, line by line, with the messages that its words come from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TS = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "versions",
        *_owned(),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        *_keys("versions", "number"),
    )
    op.create_table(
        "version_lines",
        *_owned(),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_keys("version_lines", "number", "place"),
    )
    op.create_table(
        "version_sources",
        *_owned(),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ts", TS, nullable=False),
        *_keys("version_sources", "number", "place", "ts"),
    )


def _owned() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", KEY, nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("postmortem_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )


def _keys(table: str, *unique: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortems.id"], name=op.f(f"fk_{table}_postmortem_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("postmortem_id", *unique, "enterprise", "team", name=op.f(f"uq_{table}")),
    )
