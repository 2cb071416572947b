"""In what condition is the database: there, reachable, and migrated as this version needs it? Changes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.errors import DatabaseFault
from storage.faults import fault
from storage.migrate import MIGRATIONS

#: Seconds that connecting may take.
PATIENCE = 5


class State(StrEnum):
    """How far the tables are; a newer version's are this version's and more."""

    ABSENT = "not there yet"
    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Condition:
    """What was found; `revision` is the migration it is at, `newest` the one that this version brings."""

    state: State
    #: Where it is, without user and password.
    where: str
    revision: str | None
    newest: str | None


def look(database_url: str) -> Condition:
    """Looks at the database; raises DatabaseFault when it cannot be reached or, for a file, not written."""
    try:
        url = make_url(database_url)
    except ArgumentError as err:
        raise DatabaseFault("its address cannot be understood") from err
    scripts = ScriptDirectory(str(MIGRATIONS))
    newest = scripts.get_current_head()
    if url.get_backend_name() != "sqlite":
        where = f"{url.host or 'the local socket'}/{url.database or ''}"
        return _condition(scripts, where, _revision(url), newest)
    file = Path(url.database or "")
    _writable(file)
    if not file.exists():
        return Condition(State.ABSENT, str(file), None, newest)
    reading = URL.create("sqlite", database=f"file:{file.absolute()}", query={"mode": "ro", "uri": "true"})
    return _condition(scripts, str(file), _revision(reading), newest)


def missing_file(database_url: str) -> Path | None:
    """The file of an SQLite database that is not there; None where there is one, or the address names no file."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        return None
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    file = Path(url.database)
    return None if url.database.startswith("file:") or file.exists() else file


def _condition(scripts: ScriptDirectory, where: str, revision: str | None, newest: str | None) -> Condition:
    if revision == newest:
        state = State.CURRENT
    elif revision is None:
        state = State.EMPTY
    else:
        try:
            state = State.BEHIND if scripts.get_revision(revision) else State.NEWER
        except CommandError:
            state = State.NEWER
    return Condition(state, where, revision, newest)


def _revision(url: URL) -> str | None:
    options = {} if url.get_backend_name() == "sqlite" else {"connect_timeout": PATIENCE}
    engine = create_engine(url, poolclass=NullPool, connect_args=options, hide_parameters=True)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as err:
        raise fault(err) from err


def _writable(file: Path) -> None:
    # SQLite writes its journal beside the file, so the folder matters as much as the file.
    folder = file.absolute().parent
    if not folder.is_dir():
        raise DatabaseFault(f"the folder {folder} does not exist")
    if not os.access(folder, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        raise DatabaseFault(f"{file} cannot be written")
