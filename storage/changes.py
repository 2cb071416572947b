"""How are the columns of one row changed? By a statement that is built once for each set of columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa


def change(connection: sa.Connection, table: sa.Table, where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Gives the row that `where` names these values; how many rows that were."""
    statement = _statement(table, tuple(where), tuple(values))
    asked = {f"where_{name}": value for name, value in where.items()}
    told = {f"value_{name}": value for name, value in values.items()}
    return connection.execute(statement, {**asked, **told}).rowcount


@cache
def _statement(table: sa.Table, where: tuple[str, ...], values: tuple[str, ...]) -> sa.Update:
    conditions = [table.c[name] == sa.bindparam(f"where_{name}") for name in where]
    return sa.update(table).where(*conditions).values({name: sa.bindparam(f"value_{name}") for name in values})
