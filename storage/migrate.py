"""How the tables of an older version become those of this one: in one transaction, by one process at a time."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection

from bot.errors import DatabaseFault

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
#: Any number will do, as long as every process of every version asks for the same.
LOCK = 7_233_150_114
#: Seconds that a process waits while another one migrates.
WAIT = 120


def prepare_sqlite(connection: Any, *, foreign_keys: bool) -> None:
    """Set up a fresh driver connection: the driver begins no transaction by itself, the log is written ahead."""
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("PRAGMA synchronous=normal")
    connection.execute(f"PRAGMA foreign_keys={'on' if foreign_keys else 'off'}")


def upgrade(url: URL, migrations: Path = MIGRATIONS) -> None:
    """Run what has not been run yet. A failure leaves the database as it was; the next try begins anew."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    sqlite = url.drivername == "sqlite"
    if sqlite and url.database:
        _private(Path(url.database))
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    if sqlite:
        event.listen(engine, "connect", _connect)
        event.listen(engine, "begin", _begin)
    with engine.connect() as connection, connection.begin():
        if not sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if not _pending(connection, config):
            return
        if sqlite:
            _back_up(connection, Path(url.database or ""), _target(config))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise DatabaseFault("the migration would have left rows that belong to nothing; nothing was changed")


def _connect(connection: Any, _record: object) -> None:
    # Changing a table on SQLite means copying and dropping it. With foreign keys on, the drop would take every row
    # that refers to it along; inside a transaction the setting cannot be changed any more.
    prepare_sqlite(connection, foreign_keys=False)
    connection.execute(f"PRAGMA busy_timeout={WAIT * 1000}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _target(config: Config) -> str:
    return ScriptDirectory.from_config(config).get_current_head() or "base"


def _pending(connection: Connection, config: Config) -> bool:
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        return scripts.get_current_head() is not None
    # A newer version has been here: its tables are this version's and more, so there is nothing to do.
    known = {script.revision for script in scripts.walk_revisions()}
    return current in known and current != scripts.get_current_head()


def _private(path: Path) -> None:
    """People's words are in the file: only its owner reads it. The mode of a file that exists is left alone."""
    if path.parent.is_dir() and not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _back_up(connection: Connection, path: Path, target: str) -> None:
    """Copy the file beside itself as `<name>.before-<revision>.db`, before anything in it is changed."""
    if MigrationContext.configure(connection).get_current_revision() is None:
        return
    copy = path.with_name(f"{path.stem}.before-{target}.db")
    unfinished = copy.with_name(copy.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    _private(unfinished)
    # A second connection, since VACUUM cannot run inside the transaction that keeps other processes out.
    reader = sqlite3.connect(path, isolation_level=None)
    try:
        reader.execute("VACUUM INTO ?", (str(unfinished),))
    except sqlite3.Error as err:
        unfinished.unlink(missing_ok=True)
        raise DatabaseFault("no copy of it could be made before the migration") from err
    finally:
        reader.close()
    unfinished.replace(copy)
