"""Who said what became of an action item: that it is done, or that it won't be done and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("items", sa.Column("closed_by", sa.Text(), nullable=True))
