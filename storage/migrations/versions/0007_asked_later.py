"""Whom a question was put to once the others were over, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("questions", sa.Column("to", sa.Text(), nullable=True))
    op.add_column("questions", sa.Column("why", sa.Text(), nullable=True))
