"""How does a statement run that runs all the time? It is compiled once, and then handed straight to the driver.

SQLAlchemy looks a statement up, renders its values and builds a result each time; that takes several times as long as
SQLite takes to do what it says. What the types of the columns do to values is done here as it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

Change = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    #: The parameters, in the driver's order where it counts them.
    names: tuple[str, ...]
    #: Their values, out of those that are given.
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    #: What the type of each does to its value, by its place, where it does anything.
    changes: tuple[tuple[int, Callable[[Any], Any]], ...]
    #: Values that the statement has itself.
    own: Mapping[str, Any]
    counted: bool
    #: What the types of the columns that come back do to a value.
    columns: tuple[Change, ...]


class Prepared:
    """One statement, in the words of each database; `columns` are those of an INSERT. It has no lists (IN)."""

    def __init__(self, statement: Any, columns: tuple[str, ...] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def one(self, connection: sa.Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row that comes back, if any does."""
        cursor, compiled = self._run(connection, values)
        row = cursor.fetchone()
        return None if row is None else _as_kept(row, compiled)

    def all(self, connection: sa.Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row that comes back."""
        cursor, compiled = self._run(connection, values)
        return [_as_kept(row, compiled) for row in cursor.fetchall()]

    def change(self, connection: sa.Connection, values: Mapping[str, Any]) -> int:
        """How many rows it concerned."""
        cursor, _ = self._run(connection, values)
        return int(cursor.rowcount)

    def _run(self, connection: sa.Connection, values: Mapping[str, Any]) -> tuple[Any, _Compiled]:
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, self._columns, dialect)
        told: Any = list(compiled.values({**values, **compiled.own} if compiled.own else values))
        for place, change in compiled.changes:
            told[place] = change(told[place])
        if not compiled.counted:
            told = dict(zip(compiled.names, told, strict=True))
        cursor = connection.connection.cursor()
        # Whoever listens to statements hears these too.
        for listener in connection.dispatch.before_cursor_execute:
            listener(connection, cursor, compiled.sql, told, None, False)
        try:
            cursor.execute(compiled.sql, told)
        except dialect.loaded_dbapi.Error as err:
            raise _as_sqlalchemy_says_it(connection, compiled.sql, cursor, err) from err
        return cursor, compiled


def _as_kept(row: tuple[Any, ...], compiled: _Compiled) -> tuple[Any, ...]:
    return tuple(
        value if change is None else change(value) for value, change in zip(row, compiled.columns, strict=True)
    )


def _compile(statement: Any, columns: tuple[str, ...] | None, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    types = {name: parameter.type for parameter, name in compiled.bind_names.items()}
    own = {name: parameter.value for parameter, name in compiled.bind_names.items() if not parameter.required}
    names = tuple(compiled.positiontup if compiled.positional else compiled.params)
    bound = [types[name].dialect_impl(dialect).bind_processor(dialect) for name in names]
    binds = tuple((place, change) for place, change in enumerate(bound) if change is not None)
    returned = getattr(statement, "exported_columns", ())
    changes = tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned)
    return _Compiled(str(compiled), names, _values_of(names), binds, own, compiled.positional, changes)


def _values_of(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _as_sqlalchemy_says_it(connection: sa.Connection, sql: str, cursor: Any, err: Exception) -> BaseException:
    dialect = connection.dialect
    lost = dialect.is_disconnect(err, connection.connection.dbapi_connection, cursor)  # type: ignore[arg-type]
    if lost:
        connection.invalidate(err)
    base = dialect.loaded_dbapi.Error
    return cast(
        BaseException,
        DBAPIError.instance(sql, None, err, base, True, connection_invalidated=lost, dialect=dialect),
    )
