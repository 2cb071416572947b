"""The thoughts of a second mind, and which channels it may read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _words(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _whole(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _part(name: str, *columns: Any, unique: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("id", KEY, nullable=False),
        *_words("enterprise", "team"),
        sa.Column("postmortem_id", KEY, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortems.id"], name=op.f(f"fk_{name}_postmortem_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("postmortem_id", *unique, "enterprise", "team", name=op.f(f"uq_{name}")),
    )


def upgrade() -> None:
    for name in ("claude", "claude_by"):
        op.add_column("postmortems", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    standings = sa.Enum(
        "wanted", "came", "used", "dropped", "failed",
        name="standing", native_enum=False, create_constraint=True, length=32,
    )  # fmt: skip
    roles = sa.Enum("statement", "question", "item", name="role", native_enum=False, create_constraint=True, length=32)
    _part(
        "thoughts",
        *_words("key"),
        *_whole("place"),
        *_words("purpose"),
        sa.Column("wanted_at", MOMENT, nullable=False),
        *_whole("position"),
        *_words("about", "basis"),
        sa.Column("standing", standings, nullable=False),
        *_words("why"),
        sa.Column("ended_at", MOMENT, nullable=True),
        *_words("by"),
        sa.Column("enough", sa.Boolean(), nullable=False),
        *_whole("dropped"),
        unique=("key",),
    )
    wanted = sa.text("standing = 'wanted'")
    op.create_index("ix_thoughts_wanted", "thoughts", ["postmortem_id"], sqlite_where=wanted, postgresql_where=wanted)
    _part(
        "sayings",
        *_words("key"),
        *_whole("place"),
        sa.Column("role", roles, nullable=False),
        *_words("text", "about"),
        sa.Column("owner", sa.Text(), nullable=True),
        *_words("due_words"),
        unique=("key", "place"),
    )
    _part(
        "grounds",
        *_words("key"),
        *_whole("saying", "place"),
        *_words("ts", "words"),
        sa.Column("user", sa.Text(), nullable=True),
        unique=("key", "saying", "place"),
    )
    _part(
        "thought_claims",
        *_words("key", "owner"),
        sa.Column("lease_until", MOMENT, nullable=False),
        *_whole("tries"),
        unique=("key",),
    )
    op.create_table(
        "claude_channels",
        sa.Column("id", KEY, nullable=False),
        *_words("enterprise", "team", "channel"),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        *_words("by"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claude_channels")),
        sa.UniqueConstraint("enterprise", "team", "channel", name=op.f("uq_claude_channels")),
    )
