"""By whose clock a moment without a zone was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("facts", sa.Column("zone", sa.Text(), nullable=False, server_default=""))
