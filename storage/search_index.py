"""What of a database is not described by `tables`? The index for searching, which each database makes by itself."""

from __future__ import annotations

from typing import Any

#: The name of the index, and the beginning of the tables that FTS5 keeps it in.
NAME = "past_index"


def ours(name: str | None, _kind: str, _parents: Any) -> bool:
    """Whether something that Alembic finds in the database is to be compared with the tables of the code."""
    return name is None or not name.startswith(NAME)
