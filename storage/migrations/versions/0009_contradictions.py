"""Which other facts a fact speaks against: a stated length beside the moments of the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("facts", sa.Column("about", sa.Text(), nullable=False, server_default=""))
