"""What a driver's error means, in words that hold no password and nobody's words."""

from __future__ import annotations

import sqlalchemy.exc
from psycopg import errors as pg

from bot.errors import DatabaseFault

#: What SQLite's messages contain, and what it means; the first that fits.
_SQLITE = (
    ("locked", "it is busy"),
    ("is full", "the disk is full"),
    ("not a database", "the file is damaged; restore a backup"),
    ("malformed", "the file is damaged; restore a backup"),
    ("unable to open", "the file cannot be opened"),
    ("readonly", "it can only be read"),
    ("disk i/o", "the disk cannot be read or written"),
    ("no such table", "its tables are not there; it was not migrated"),
    ("no such column", "its tables are older than this version; it was not migrated"),
)
_POSTGRES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    ((pg.QueryCanceled, pg.LockNotAvailable, pg.DeadlockDetected, pg.SerializationFailure), "it is busy"),
    ((pg.TooManyConnections, pg.IdleInTransactionSessionTimeout), "it is busy"),
    (pg.DiskFull, "the disk is full"),
    ((pg.InvalidPassword, pg.InvalidAuthorizationSpecification), "it refuses the user or the password"),
    (pg.InvalidCatalogName, "there is no database of that name"),
    (pg.ReadOnlySqlTransaction, "it can only be read"),
    (pg.UndefinedTable, "its tables are not there; it was not migrated"),
    (pg.UndefinedColumn, "its tables are older than this version; it was not migrated"),
)


def fault(err: sqlalchemy.exc.SQLAlchemyError) -> DatabaseFault:
    """The one sentence for an error of SQLAlchemy or of a driver."""
    if isinstance(err, sqlalchemy.exc.TimeoutError):
        return DatabaseFault("it is busy")
    if isinstance(err, sqlalchemy.exc.PendingRollbackError):
        return DatabaseFault("it cannot be reached")
    if not isinstance(err, sqlalchemy.exc.DBAPIError) or err.orig is None:
        return DatabaseFault(type(err).__name__)
    cause = err.orig
    for kind, reason in _POSTGRES:
        if isinstance(cause, kind):
            return DatabaseFault(reason)
    said = str(cause).lower()
    if type(cause).__module__ == "sqlite3":
        for part, reason in _SQLITE:
            if part in said:
                return DatabaseFault(reason)
    if isinstance(err, sqlalchemy.exc.IntegrityError):
        return DatabaseFault("a row breaks a rule of its table")
    if err.connection_invalidated or isinstance(err, sqlalchemy.exc.OperationalError):
        return DatabaseFault("it cannot be reached")
    return DatabaseFault(type(cause).__name__)
