"""Past incidents, for those who look back, with the database's own index over their words.

The rows are made of those that are there; the bot makes them once it runs.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: The table is the content of FTS5's index, and triggers tell the index what changes in it. All terms are in a-z and
#: 0-9 already, so that the tokenizer has nothing to decide.
SQLITE = (
    """CREATE VIRTUAL TABLE past_index USING fts5 (
        names, causes, rest, content='past', content_rowid='id', tokenize='ascii', detail=none, columnsize=0
    )""",
    """CREATE TRIGGER past_added AFTER INSERT ON past BEGIN
        INSERT INTO past_index (rowid, names, causes, rest) VALUES (new.id, new.names, new.causes, new.rest);
    END""",
    """CREATE TRIGGER past_gone AFTER DELETE ON past BEGIN
        INSERT INTO past_index (past_index, rowid, names, causes, rest)
        VALUES ('delete', old.id, old.names, old.causes, old.rest);
    END""",
    """CREATE TRIGGER past_changed AFTER UPDATE OF names, causes, rest ON past BEGIN
        INSERT INTO past_index (past_index, rowid, names, causes, rest)
        VALUES ('delete', old.id, old.names, old.causes, old.rest);
        INSERT INTO past_index (rowid, names, causes, rest) VALUES (new.id, new.names, new.causes, new.rest);
    END""",
)
#: The lexemes are put in as they are: PostgreSQL's parser would make others of them.
POSTGRES = """CREATE INDEX past_index ON past USING gin (
    array_to_tsvector(array_remove(string_to_array(names || ' ' || causes || ' ' || rest, ' '), ''))
)"""


def upgrade() -> None:
    op.create_table(
        "past",
        sa.Column("id", KEY, nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("postmortem_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("sorts", sa.Text(), nullable=False),
        sa.Column("luck", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["postmortem_id"], ["postmortems.id"], name=op.f("fk_past_postmortem_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past")),
        sa.UniqueConstraint("postmortem_id", "enterprise", "team", name=op.f("uq_past")),
    )
    op.create_index("ix_past_written_at", "past", ["enterprise", "team", "written_at"], unique=False)
    op.create_index("ix_past_sight", "past", ["enterprise", "team", "private", "channel", "size"], unique=False)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else (POSTGRES,):
        op.execute(statement)
