"""A database on SQLite with one postmortem in it, for whoever thinks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.fakes.databases import migrated
from tests.storage.values import begun


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with migrated("sqlite", tmp_path) as url:
        database = Database(url)
        yield database
        database.close()


@pytest.fixture
def postmortem(database: Database) -> int:
    with database.writing() as unit:
        return unit.postmortems.create(begun(), "", None).id
