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
from bot.interview.state import Interview
from storage import migrate
from storage.faults import fault
from storage.known import Known
from storage.turns import Turns
from storage.unit import Unit

#: Seconds that a unit waits for a free connection, and then for somebody else's lock.
WAIT = 5.0
#: Seconds between two tries of a writer while another process writes to SQLite: at first, and at most.
RETRY_AFTER, RETRY_AT_LEAST_EVERY = 0.001, 0.025
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
        #: Who writes to SQLite has a connection for that alone: it need not be told each time what it is for, and
        #: what it has read stays true.
        self._writers = self._engine if self._turns is None else _engine(self._url, 1)
        self._known = Known()

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

    def look_through(self, postmortem: int) -> tuple[Interview, str] | None:
        """Looks now at what was saved last of a postmortem, so that whoever asks for it next need not wait for that.

        Gives it back with its script's text, as far as it is remembered: another process may have saved it since.
        """
        return self._known.look_through(postmortem)

    def ping(self) -> None:
        """Raises DatabaseFault when the database cannot be used."""
        with self.reading() as unit:
            unit.connection.execute(sa.text("SELECT 1"))

    def now(self) -> datetime:
        """The database's own time, aware UTC."""
        with self.reading() as unit:
            return unit.now()

    def close(self) -> None:
        for engine in self.engines:
            engine.dispose()

    @property
    def engine(self) -> Engine:
        """For tests that look behind the rows."""
        return self._engine

    @property
    def engines(self) -> tuple[Engine, ...]:
        """The engine, and on SQLite the one that writes: for tests that listen to all that happens."""
        return tuple(dict.fromkeys((self._engine, self._writers)))

    @contextmanager
    def _connected(self, timeout: float | None, *, reading: bool) -> Iterator[Connection]:
        end = time.monotonic() + (WAIT if timeout is None else timeout)
        engine = self._engine if reading else self._writers
        with self._admitted(end, reading), _translated(), engine.connect() as connection:
            connection.execution_options(postmortem_until=end, postmortem_reading=reading)
            if reading and connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _admitted(self, end: float, reading: bool) -> Iterator[None]:
        """Waits for a free connection: on SQLite those who write wait for their turn, and keep nobody from reading."""
        if self._turns is None or reading:
            waiting: Turns | threading.BoundedSemaphore = self._places
        else:
            waiting = self._turns
        if not waiting.acquire(timeout=_left(end)):
            raise DatabaseFault("it is busy")
        try:
            yield
        finally:
            waiting.release()


def _left(end: float) -> float:
    return max(end - time.monotonic(), 0.001)


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
    # The pool never runs out: `_admitted` lets only as many in as there are connections.
    postgres = url.drivername != "sqlite"
    engine = sa.create_engine(
        url,
        pool_size=pool_size,
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
    options = connection.get_execution_options()
    reading = options.get("postmortem_reading", False)
    # Straight to the driver: this happens in every unit, and is no statement of one.
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    try:
        # A connection keeps what it was told, and is told again only when that changes.
        if connection.info.get("postmortem_reading") is not reading:
            connection.info.pop("postmortem_reading", None)
            driver.execute(f"PRAGMA busy_timeout={int(1000 * WAIT) if reading else 0}")
            driver.execute(f"PRAGMA query_only={'on' if reading else 'off'}")
            connection.info["postmortem_reading"] = reading
        if reading:
            driver.execute("BEGIN")
        else:
            _lock(driver, options.get("postmortem_until") or time.monotonic() + WAIT)
    except sqlite3.Error as err:
        raise OperationalError("BEGIN", None, err) from err


def _lock(driver: sqlite3.Connection, end: float) -> None:
    """A writer takes the lock first: one that read before it wrote would fail when another wrote in between.

    SQLite tells nobody that a lock is free again, and its own waiting is to sleep and to try again, too; it would have
    to be told before each unit for how long.
    """
    pause = RETRY_AFTER
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as err:
            busy = err.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or err.sqlite_errorcode == sqlite3.SQLITE_BUSY_SNAPSHOT or time.monotonic() >= end:
                raise
        else:
            return
        time.sleep(min(pause, _left(end)))
        pause = min(2 * pause, RETRY_AT_LEAST_EVERY)


def _begin_postgres(connection: Connection) -> None:
    end = connection.get_execution_options().get("postmortem_until")
    wait = WAIT if end is None else _left(end)
    statement = LONGEST_STATEMENT if wait >= WAIT - 1 else wait
    connection.exec_driver_sql(
        "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true),"
        " set_config('idle_in_transaction_session_timeout', %s, true)",
        (f"{int(wait * 1000) or 1}ms", f"{int(statement * 1000) or 1}ms", f"{LONGEST_PAUSE}s"),
    )
