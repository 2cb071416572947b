"""Which question an answer belongs to that was given to another one, and who says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("replies", sa.Column("placed", sa.Integer(), nullable=True))
    op.add_column("replies", sa.Column("placed_by", sa.Text(), nullable=False, server_default=""))
