"""Both databases for a test: import `database` into a conftest and every test that asks for it runs twice."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.prepared import Prepared
from storage.tables import inbox, postmortems
from tests.fakes.postgres import Postgres

ENGINES = ("sqlite", "postgresql")


class Statements(dict[Any, Any]):
    """Compiled statements, for all engines of a kind: each has a dialect object of its own, equal to the others."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


_COMPILED = Statements()


def share_statements(database: Database) -> None:
    """Statements are the same in every test, so they are compiled once."""
    for engine in database.engines:
        engine.update_execution_options(compiled_cache=_COMPILED)


_OWED = Prepared(
    sa.select(
        sa.or_(
            sa.exists().where(inbox.c.heard_at.is_(None), sa.not_(inbox.c.dead)),
            sa.exists().where(postmortems.c.due_at <= sa.bindparam("moment")),
        )
    )
)


def owed(engine: sa.Engine, moment: datetime) -> bool:
    """Whether rows say that something is to be done at that moment: a delivery waits to be heard, or a move is due.

    Whoever waits for a bot to come to rest asks this again and again.
    """
    with engine.connect() as connection:
        found = _OWED.one(connection, {"moment": moment})
    assert found is not None
    return bool(found[0])


@functools.cache
def server() -> Postgres:
    """The PostgreSQL of this test process; started by the first test that needs it."""
    postgres = Postgres()
    atexit.register(postgres.stop)
    postgres.start()
    return postgres


@contextmanager
def empty(engine: str, folder: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'postmortem.db'}"
        return
    name = server().create()
    try:
        yield server().url(name)
    finally:
        server().drop(name)


@contextmanager
def migrated(engine: str, folder: Path) -> Iterator[str]:
    """The address of a database with all tables and no rows; a copy of one that was migrated once."""
    if engine == "sqlite":
        shutil.copyfile(_sqlite_template(), folder / "postmortem.db")
        yield f"sqlite:///{folder / 'postmortem.db'}"
        return
    name = _idle.pop() if _idle else server().create(_postgres_template())
    try:
        yield server().url(name)
        server().empty(name, keeping="alembic_version")
        _idle.append(name)
        name = ""
    finally:
        if name:
            server().drop(name)


#: Databases of tests that are over, emptied: making one means making a thousand files.
_idle: list[str] = []


@functools.cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="postmortem-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "template.db"
    Database(f"sqlite:///{path}").migrate()
    return path


@functools.cache
def _postgres_template() -> str:
    name = server().create()
    Database(server().url(name)).migrate()
    return name


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database, on SQLite and on PostgreSQL."""
    with migrated(request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on SQLite and on PostgreSQL."""
    with empty(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database without rows, on SQLite and on PostgreSQL."""
    database = Database(database_url)
    share_statements(database)
    yield database
    database.close()
