"""How is one row changed or added? By a statement that is built once for each set of columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from storage.prepared import Prepared


def change(connection: sa.Connection, table: sa.Table, where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Gives the row that `where` names these values; how many rows that were."""
    asked = {f"where_{name}": value for name, value in where.items()}
    told = {f"value_{name}": value for name, value in values.items()}
    return _update(table, tuple(where), tuple(values)).change(connection, {**asked, **told})


def add(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> None:
    """Adds a row with these values."""
    _insert(table, tuple(values)).change(connection, values)


@cache
def _update(table: sa.Table, where: tuple[str, ...], values: tuple[str, ...]) -> Prepared:
    conditions = [table.c[name] == sa.bindparam(f"where_{name}") for name in where]
    return Prepared(
        sa.update(table).where(*conditions).values({name: sa.bindparam(f"value_{name}") for name in values})
    )


@cache
def _insert(table: sa.Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(sa.insert(table).inline(), columns)
