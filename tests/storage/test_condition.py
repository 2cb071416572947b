"""The condition of a database is told without changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from bot.errors import DatabaseFault
from storage.condition import State, look
from storage.database import Database
from storage.migrate import MIGRATIONS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "postmortem.db"


@pytest.fixture
def migrated(file: Path) -> Iterator[Path]:
    database = Database(f"sqlite:///{file}")
    database.migrate()
    yield file
    database.close()


def is_at(file: Path, revision: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("DELETE FROM alembic_version")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))


def test_a_file_that_is_not_there_stays_so(file: Path) -> None:
    assert look(f"sqlite:///{file}").state is State.ABSENT
    assert not file.exists()


def test_a_file_without_tables_is_empty(file: Path) -> None:
    file.touch()
    assert look(f"sqlite:///{file}").state is State.EMPTY
    assert file.read_bytes() == b""


def test_a_migrated_database_is_current(migrated: Path) -> None:
    found = look(f"sqlite:///{migrated}")
    assert found.state is State.CURRENT
    assert found.revision == found.newest == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_a_database_that_a_newer_version_migrated_is_told_apart(file: Path) -> None:
    is_at(file, "from_the_future")
    found = look(f"sqlite:///{file}")
    assert (found.state, found.revision) == (State.NEWER, "from_the_future")


def test_a_file_in_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match="does not exist"):
        look(f"sqlite:///{tmp_path}/nowhere/postmortem.db")


def test_a_file_that_is_no_database_is_a_fault(file: Path) -> None:
    file.write_bytes(b"no database" * 100)
    with pytest.raises(DatabaseFault, match="damaged"):
        look(f"sqlite:///{file}")


def test_a_server_that_does_not_answer_is_a_fault_without_its_password() -> None:
    with pytest.raises(DatabaseFault) as caught:
        look("postgresql+psycopg://bot:hunter2@127.0.0.1:9/postmortem")
    assert "hunter2" not in str(caught.value)
