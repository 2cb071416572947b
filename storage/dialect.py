"""What SQLite and PostgreSQL say differently."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the words of this connection's database."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: sa.Table) -> postgresql.Insert:
    """The same for a dialect of that name; the two spell it alike, so one type stands for both."""
    if dialect == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value]
    return postgresql.insert(table)


def clock(connection: sa.Connection) -> datetime:
    """The database's own time, aware UTC; the same for all processes that share the database."""
    if connection.dialect.name == "sqlite":
        # SQLite runs in this process: its `now` is this computer's, as it is for all who may share the file.
        return datetime.now(UTC)
    moment: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)
