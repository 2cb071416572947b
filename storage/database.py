"""How the database is reached: one engine, units of work for reading and for writing, and its clock."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    OperationalError,
    PendingRollbackError,
    StatementError,
    TimeoutError,
)

from bot.errors import DatabaseFault
from storage import migrate
from storage.faults import fault
from storage.known import Known
from storage.turns import Turns
from storage.unit import Unit

#: Seconds that a unit waits for a free connection, and then for somebody else's lock.
WAIT = 5.0
#: Seconds after which a writer that SQLite keeps waiting looks whether it may wait on.
ASKED_EVERY = 0.1
#: Slack waits three seconds: a server that does not answer must be noticed in two, also behind an open connection.
_POSTGRES = {"connect_timeout": 2, "tcp_user_timeout": 2000, "application_name": "postmortem-bot"}
#: Seconds after which PostgreSQL gives up a statement, and a transaction that nobody goes on with.
LONGEST_STATEMENT = 30
LONGEST_PAUSE = 60


class Database:
    """The rows, on SQLite (one computer, WAL) or PostgreSQL; `url` as SQLAlchemy writes it.

    Nothing is opened before the first use. Every driver error leaves as a DatabaseFault; after one, the next use
    starts afresh, so that a unit can simply be run again.
    """

    def __init__(self, url: str, *, pool_size: int = 16) -> None:
        self._url = _address(url)
        self._places = threading.BoundedSemaphore(pool_size)
        self._turns = Turns() if self._url.drivername == "sqlite" else None
        self._engine = _engine(self._url, pool_size)
        self._known = Known()
        #: The connection that this process writes to SQLite with: whoever has the turn has it.
        self._writer: Connection | None = None

    def migrate(self) -> None:
        """Bring the tables up to date; several processes may do so at once. An existing SQLite file is copied first."""
        with _translated():
            migrate.upgrade(self._url)

    @contextmanager
    def writing(self, timeout: float | None = None) -> Iterator[Unit]:
        """A unit of work, committed at the end and rolled back on any error.

        `timeout` is the longest wait, in seconds, for a connection and for locks. The unit must not be kept open
        while anything else is waited for, and units must not be nested.
        """
        with self._connected(timeout, reading=False) as connection:
            unit = Unit(connection, writing=True, known=self._known)
            yield unit
        self._known.add(unit.postmortems.loaded)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """A unit that sees one state of the database from its first look on, blocks nobody and cannot write."""
        with self._connected(None, reading=True) as connection:
            unit = Unit(connection, writing=False, known=self._known)
            yield unit
        self._known.add(unit.postmortems.loaded)

    def look_through(self, postmortem: int) -> None:
        """Looks now, when nobody waits, at what was saved last of a postmortem; its next unit is the sooner ready."""
        self._known.look_through(postmortem)

    def ping(self) -> None:
        """Raises DatabaseFault when the database cannot be used."""
        with self.reading() as unit:
            unit.connection.execute(sa.text("SELECT 1"))

    def now(self) -> datetime:
        """The database's own time, aware UTC."""
        with self.reading() as unit:
            return unit.now()

    def close(self) -> None:
        self._forget_writer()
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """For tests that look behind the rows."""
        return self._engine

    @contextmanager
    def _connected(self, timeout: float | None, *, reading: bool) -> Iterator[Connection]:
        end = time.monotonic() + (WAIT if timeout is None else timeout)
        if self._turns is not None and not reading:
            with self._having_turn(self._turns, end) as connection:
                yield connection
            return
        _have(self._places.acquire(timeout=_left(end)))
        try:
            with _translated(), self._engine.connect() as connection:
                connection.execution_options(postmortem_until=end, postmortem_reading=reading)
                if reading and connection.dialect.name == "postgresql":
                    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                with connection.begin():
                    yield connection
        finally:
            self._places.release()

    @contextmanager
    def _having_turn(self, turns: Turns, end: float) -> Iterator[Connection]:
        """One connection for all who write, one after the other: it need not be told each time what it is for."""
        _have(turns.take(_left(end)))
        try:
            with _translated():
                connection = self._writer
                if connection is None:
                    connection = self._engine.connect()
                    self._writer = connection
                connection.info["postmortem_until"] = end
                with connection.begin():
                    yield connection
        except BaseException as err:
            # Whatever else a unit raises was rolled back, and leaves the connection as good as it was.
            if isinstance(err, DatabaseFault) or not isinstance(err, Exception):
                self._forget_writer()
            raise
        finally:
            turns.give()

    def _forget_writer(self) -> None:
        """After an error the next one begins with a connection that nobody has used."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.invalidate()
            writer.close()


def _left(end: float) -> float:
    return max(end - time.monotonic(), 0.001)


def _have(came: bool) -> None:
    if not came:
        raise DatabaseFault("it is busy")


@contextmanager
def _translated() -> Iterator[None]:
    """Errors of the database become DatabaseFault; a mistake in our own statements stays what it is."""
    try:
        yield
    except (DBAPIError, TimeoutError, PendingRollbackError) as err:
        raise fault(err) from err
    except StatementError as err:
        # A column refused a value: what it said is told better without the statement around it.
        if err.orig is None:
            raise
        raise err.orig from None


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as err:
        raise DatabaseFault("its address is neither SQLite nor PostgreSQL") from err
    match address.drivername:
        case "postgres" | "postgresql" | "postgresql+psycopg":
            return address.set(drivername="postgresql+psycopg")
        case "sqlite" if address.database and address.database != ":memory:":
            return address
        case _:
            raise DatabaseFault("its address is neither SQLite nor PostgreSQL")


def _engine(url: URL, pool_size: int) -> Engine:
    # The pool never runs out: `_connected` lets only as many in as there are connections.
    postgres = url.drivername != "sqlite"
    engine = sa.create_engine(
        url,
        # One more for whoever writes to SQLite.
        pool_size=pool_size + 1,
        max_overflow=0,
        pool_timeout=WAIT,
        pool_pre_ping=postgres,
        hide_parameters=True,
        connect_args=dict(_POSTGRES) if postgres else {},
    )
    if postgres:
        event.listen(engine, "begin", _begin_postgres)
    else:
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_sqlite(connection: object, _record: object) -> None:
    migrate.prepare_sqlite(connection, foreign_keys=True)


def _begin_sqlite(connection: Connection) -> None:
    options, info = connection.get_execution_options(), connection.info
    reading = options.get("postmortem_reading", False)
    end = options.get("postmortem_until") or info.get("postmortem_until") or time.monotonic() + WAIT
    # Straight to the driver: this happens in every unit, and is no statement of one.
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    try:
        # A connection keeps what it was told, and is told again only when that changes.
        if info.get("postmortem_reading") is not reading:
            info.pop("postmortem_reading", None)
            driver.execute(f"PRAGMA busy_timeout={int(1000 * (WAIT if reading else ASKED_EVERY))}")
            driver.execute(f"PRAGMA query_only={'on' if reading else 'off'}")
            info["postmortem_reading"] = reading
        if reading:
            driver.execute("BEGIN")
        else:
            _lock(driver, end)
    except sqlite3.Error as err:
        raise OperationalError("BEGIN", None, err) from err


def _lock(driver: sqlite3.Connection, end: float) -> None:
    """A writer takes the lock first: one that read before it wrote would fail when another wrote in between."""
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as err:
            if err.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
        else:
            return


def _begin_postgres(connection: Connection) -> None:
    end = connection.get_execution_options().get("postmortem_until")
    wait = WAIT if end is None else _left(end)
    statement = LONGEST_STATEMENT if wait >= WAIT - 1 else wait
    connection.exec_driver_sql(
        "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true),"
        " set_config('idle_in_transaction_session_timeout', %s, true)",
        (f"{int(wait * 1000) or 1}ms", f"{int(statement * 1000) or 1}ms", f"{LONGEST_PAUSE}s"),
    )
