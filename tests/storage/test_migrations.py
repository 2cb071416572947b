"""The tables become those of this version: wholly or not at all, once, and without losing a row."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import make_url

from bot.errors import DatabaseFault
from bot.interview.state import Said
from storage import migrate
from storage.database import Database
from storage.revise import revise
from storage.search_index import ours
from storage.tables import TENANT, metadata
from tests.storage.values import NOW, begun

NEXT = '''
"""A migration of the tests."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    {body}
'''

#: Changes a table that others refer to: on SQLite it is copied, dropped and renamed.
BATCH = """with op.batch_alter_table("postmortems") as table:
        table.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="blue"))
        table.alter_column("title", new_column_name="heading")"""
FAILING = BATCH + '\n    raise RuntimeError("the light went out")'
ORPHANING = 'op.execute("DELETE FROM postmortems")'

Migrations = Callable[[str], Path]


@pytest.fixture
def with_next(tmp_path: Path) -> Migrations:
    """This version's migrations and one more, which does what the test says."""

    def make(body: str) -> Path:
        folder = tmp_path / "migrations"
        if not folder.exists():
            shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        script = NEXT.format(head=head(), body=body)
        (folder / "versions" / "9999_next.py").write_text(script)
        return folder

    return make


def head() -> str:
    found = sorted(path.name for path in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py"))
    return found[-1].partition("_")[0]


def address(url: str) -> sa.URL:
    return make_url(url.replace("postgresql://", "postgresql+psycopg://"))


def migrated(url: str) -> Database:
    database = Database(url)
    database.migrate()
    return database


def filled(url: str) -> Database:
    """A migrated database with a postmortem and a reply in it."""
    database = migrated(url)
    with database.writing() as unit:
        reply = Said("1795000001.000100", "U2", "about 4000", NOW, NOW)
        unit.postmortems.create(begun(said=(reply,)), "", None)
    return database


def count(database: Database, table: str) -> int:
    with database.reading() as unit:
        return int(unit.connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one())


def columns(database: Database) -> set[str]:
    with database.reading() as unit:
        return {column["name"] for column in sa.inspect(unit.connection).get_columns("postmortems")}


def revision(database: Database) -> str | None:
    with database.reading() as unit:
        return MigrationContext.configure(unit.connection).get_current_revision()


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(empty_url: str) -> None:
    database = migrated(empty_url)
    with database.reading() as unit:
        options = {"compare_type": True, "include_name": ours}
        context = MigrationContext.configure(unit.connection, opts=options)
        assert compare_metadata(context, metadata) == []
    database.close()


def test_checks_are_made_too(empty_url: str) -> None:
    database = migrated(empty_url)
    known = {constraint.name for constraint in metadata.tables["questions"].constraints if constraint.name}
    with database.reading() as unit:
        there = {check["name"] for check in sa.inspect(unit.connection).get_check_constraints("questions")}
    assert there == {"ck_questions_put", "ck_questions_closed"}
    assert there <= known
    database.close()


def test_every_row_names_its_workspace_and_every_unique_key_includes_it() -> None:
    for table in metadata.sorted_tables:
        assert set(TENANT) <= set(table.c.keys()), table.name
        uniques = [set(c.columns.keys()) for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
        uniques += [set(index.columns.keys()) for index in table.indexes if index.unique]
        assert all(set(TENANT) <= unique for unique in uniques), table.name


def test_migrating_again_does_nothing(empty_url: str, tmp_path: Path) -> None:
    database = filled(empty_url)
    database.migrate()
    assert count(database, "replies") == 1
    assert list(tmp_path.glob("*before*")) == []
    database.close()


def test_changing_a_table_keeps_the_rows_that_refer_to_it(empty_url: str, with_next: Migrations) -> None:
    database = filled(empty_url)
    migrate.upgrade(address(empty_url), with_next(BATCH))
    assert (count(database, "postmortems"), count(database, "replies"), count(database, "claims")) == (1, 1, 1)
    assert {"colour", "heading"} <= columns(database)
    with database.reading() as unit:
        if unit.connection.dialect.name == "sqlite":
            assert unit.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    database.close()


def test_a_migration_that_fails_halfway_is_undone_and_can_be_run_again(empty_url: str, with_next: Migrations) -> None:
    database = filled(empty_url)
    before = columns(database)
    folder = with_next(FAILING)
    with pytest.raises(RuntimeError, match="the light went out"):
        migrate.upgrade(address(empty_url), folder)
    assert columns(database) == before
    assert revision(database) == head()
    migrate.upgrade(address(empty_url), with_next(BATCH))
    assert revision(database) == "9999"
    assert count(database, "replies") == 1
    database.close()


def test_a_first_migration_that_fails_leaves_an_empty_database(empty_url: str, with_next: Migrations) -> None:
    folder = with_next(FAILING)
    with pytest.raises(RuntimeError):
        migrate.upgrade(address(empty_url), folder)
    database = Database(empty_url)
    with database.reading() as unit:
        assert sa.inspect(unit.connection).get_table_names() == []
    database.migrate()
    assert count(database, "postmortems") == 0
    database.close()


def test_an_older_version_works_on_with_the_tables_of_a_newer_one(empty_url: str, with_next: Migrations) -> None:
    add = 'op.add_column("postmortems", sa.Column("colour", sa.Text(), nullable=True))'
    database = filled(empty_url)
    migrate.upgrade(address(empty_url), with_next(add))
    database.migrate()
    assert revision(database) == "9999"
    with database.writing() as unit:
        assert unit.postmortems.create(begun(scope="C2"), "", None).number == "PM-2026-002"
    database.close()


def migrate_it(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


def test_three_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    starting = [spawn.Process(target=migrate_it, args=(empty_url,)) for _ in range(3)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0, 0, 0]
    database = Database(empty_url)
    assert revision(database) == head()
    assert count(database, "postmortems") == 0
    database.close()


# SQLite only -------------------------------------------------------------------------------------------------------


def test_an_existing_file_is_copied_before_it_is_changed(tmp_path: Path, with_next: Migrations) -> None:
    url = f"sqlite:///{tmp_path / 'postmortem.db'}"
    database = filled(url)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            migrate.upgrade(address(url), with_next(FAILING))
    copies = list(tmp_path.glob("*before*"))
    assert [copy.name for copy in copies] == ["postmortem.before-9999.db"], "one copy, however often it is tried"
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("SELECT text FROM replies").fetchall() == [("about 4000",)]
    assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
    database.close()


def test_rows_that_would_belong_to_nothing_stop_a_migration(tmp_path: Path, with_next: Migrations) -> None:
    url = f"sqlite:///{tmp_path / 'postmortem.db'}"
    database = filled(url)
    with pytest.raises(DatabaseFault, match="belong to nothing"):
        migrate.upgrade(address(url), with_next(ORPHANING))
    assert (count(database, "postmortems"), count(database, "replies")) == (1, 1)
    database.close()


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "postmortem.db"
    database = filled(f"sqlite:///{path}")
    files = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("postmortem.db*")}
    assert set(files.values()) == {0o600}, files
    database.close()


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "50 % of our März"
    folder.mkdir()
    database = filled(f"sqlite:///{folder}/post mortem.db")
    assert count(database, "replies") == 1
    assert (folder / "post mortem.db").exists()
    database.close()


def test_the_next_migration_is_written_from_what_the_code_knows(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    first = next((folder / "versions").glob("0001_*.py"))
    first.write_text(
        first.read_text().replace('op.create_table(\n        "counters"', 'op.create_table(\n        "old"')
    )
    written = revise("Count things", folder)
    assert written.name == f"{int(head()) + 1:04d}_count_things.py"
    text = written.read_text()
    assert text.startswith('"""Count things."""\n')
    assert "op.create_table('counters'" in text
    assert "op.drop_table('old'" in text
    assert "storage" not in text
