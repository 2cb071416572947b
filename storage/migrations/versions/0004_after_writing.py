"""What becomes of a document and its actions: shared, approved, reviewed again; tickets, sponsors, measures met."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("link", "link_by", "sponsor", "sponsor_by", "met", "met_by"):
        op.add_column("items", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("postmortems", sa.Column("follow_up_day", sa.Date(), nullable=True))
    op.add_column("postmortems", sa.Column("follow_up_by", sa.Text(), nullable=True))
    op.add_column("postmortems", sa.Column("follow_up_told", sa.Date(), nullable=True))
    op.add_column("postmortems", sa.Column("follow_up_held_at", MOMENT, nullable=True))
    op.add_column("postmortems", sa.Column("follow_up_held_by", sa.Text(), nullable=True))
    op.create_table(
        "shares",
        *_owned(),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        *_keys("shares", "place"),
    )
    op.create_table(
        "approvals",
        *_owned(),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *_keys("approvals", "role"),
    )


def _owned() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", KEY, nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("postmortem_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
    )


def _keys(table: str, *unique: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortems.id"], name=op.f(f"fk_{table}_postmortem_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("postmortem_id", *unique, "enterprise", "team", name=op.f(f"uq_{table}")),
    )
