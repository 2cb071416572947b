"""How Alembic runs these migrations: on the connection, and in the transaction, that it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.search_index import ours
from storage.tables import metadata
from storage.types import Listed, UtcDateTime, Words


def plain(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """A migration names what a column is to the database: it must not change when our own types do."""
    if kind == "type" and isinstance(value, Words | Listed):
        return "sa.Text()"
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, UtcDateTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=plain,
    compare_type=True,
    include_name=ours,
)
with context.begin_transaction():
    context.run_migrations()
