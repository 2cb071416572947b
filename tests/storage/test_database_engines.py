"""What both databases promise under load and after a fault: nothing lost, nothing half done, and back by themselves."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import DatabaseFault
from storage.counters import following
from storage.database import Database
from storage.errors import Stale
from tests.fakes import databases
from tests.fakes.postgres import Postgres
from tests.storage.values import ACME, NOW, begun, undone

ROUNDS = 40


def add_ones(url: str) -> None:
    """What one of several processes does: read a number, write it back one higher."""
    database = Database(url, pool_size=2)
    for _ in range(ROUNDS):
        with database.writing() as unit:
            following(unit.connection, ACME, "AI")
            # Reading first and writing later is what loses updates and what SQLite refuses without IMMEDIATE.
            before, _script = unit.postmortems.load(1)
            unit.postmortems.set_due(1, NOW)
            changed = "UPDATE postmortems SET revision = :n, version = version + 1 WHERE id = 1"
            unit.connection.execute(sa.text(changed), {"n": before.revision + 1})
    database.close()


def test_processes_that_read_and_write_the_same_row_lose_nothing(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as unit:
        assert unit.postmortems.create(begun(), "", None).id == 1
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=add_ones, args=(database_url,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with database.writing() as unit:
        assert unit.postmortems.load(1)[0].revision == 3 * ROUNDS
        assert following(unit.connection, ACME, "AI") == 3 * ROUNDS + 1
    database.close()


def test_a_writer_that_looked_first_does_not_fail_because_another_wrote(database: Database) -> None:
    """On SQLite a transaction that read cannot begin to write once another has written; so writers queue up first."""
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
    looked, written = threading.Event(), threading.Event()

    def other() -> None:
        looked.wait(5)
        with database.writing() as unit:
            unit.journal.write(ACME, id, NOW, "U2", "looked")
        written.set()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(other)
        with database.writing() as unit:
            before, _ = unit.postmortems.load(id)
            looked.set()
            written.wait(0.05)
            unit.postmortems.save(before, before, None)
        done.result(10)
    assert written.is_set()


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    with database.writing() as unit:
        kept = unit.postmortems.create(begun(), "", None)
    with database.reading() as reader:
        assert reader.postmortems.load(kept.id)[0].title == "Checkout errors"
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_rename, database, kept.id).result(5)
        assert reader.postmortems.load(kept.id)[0].title == "Checkout errors"
    with database.reading() as reader:
        assert reader.postmortems.load(kept.id)[0].title == "Renamed"


def _rename(database: Database, id: int) -> None:
    with database.writing() as unit:
        renamed = "UPDATE postmortems SET title = 'Renamed', version = version + 1 WHERE id = :id"
        unit.connection.execute(sa.text(renamed), {"id": id})


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseFault, match="it can only be read"), database.reading() as unit:
        unit.journal.write(ACME, None, NOW, "U1", "nothing")
    with database.writing() as unit:
        unit.journal.write(ACME, None, NOW, "U1", "something")


def test_a_unit_that_fails_leaves_nothing(database: Database) -> None:
    with undone(database) as unit:
        unit.postmortems.create(begun(), "", None)
    with database.reading() as unit:
        assert unit.postmortems.of_channel(ACME, "C1") == ()


def test_when_all_connections_are_taken_the_next_one_is_told_in_time(database_url: str) -> None:
    database = Database(database_url, pool_size=1)
    with (
        database.writing(),
        pytest.raises(DatabaseFault, match="it is busy"),
        database.writing(timeout=0.05),
    ):
        pass
    with database.writing(timeout=0.5) as unit:
        assert unit.now()
    database.close()


def test_a_database_without_tables_says_so(empty_url: str) -> None:
    database = Database(empty_url)
    with pytest.raises(DatabaseFault, match="it was not migrated"), database.reading() as unit:
        unit.postmortems.alive()
    database.ping()
    database.close()


def test_our_own_mistakes_are_not_blamed_on_the_database(database: Database) -> None:
    with pytest.raises(sa.exc.SQLAlchemyError), database.writing() as unit:
        unit.connection.execute(sa.insert(sa.table("journal", sa.column("who"))).values(whom="U1"))


def test_errors_name_neither_words_nor_passwords(database: Database) -> None:
    with pytest.raises(DatabaseFault) as fault, database.writing() as unit:
        unit.connection.execute(sa.text("INSERT INTO nowhere VALUES (:words)"), {"words": "swordfish"})
    assert "swordfish" not in str(fault.value)
    assert "swordfish" not in str(fault.value.__cause__)


@pytest.mark.parametrize("url", ["mysql://x/y", "no address", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(DatabaseFault, match="neither SQLite nor PostgreSQL"):
        Database(url)


# SQLite only -------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    with databases.migrated("sqlite", tmp_path):
        yield tmp_path / "postmortem.db"


def test_those_who_read_keep_nobody_from_writing_however_many_they_are(file: Path) -> None:
    database = Database(f"sqlite:///{file}", pool_size=1)
    with database.reading() as reader:
        with database.writing(timeout=0.5) as unit:
            kept = unit.postmortems.create(begun(), "", None)
        assert reader.postmortems.alive() == (kept.id,), "a reader sees what stands at its first look"
    database.close()


def test_a_unit_that_changed_its_mind_leaves_the_next_one_nothing(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    for error in (ValueError("changed"), DatabaseFault("changed"), KeyboardInterrupt()):
        with undone(database, error) as unit:
            unit.postmortems.create(begun(), "", None)
        with database.writing() as unit:
            assert unit.postmortems.alive() == ()
            unit.journal.write(ACME, None, NOW, "U1", "something")
    database.close()


def test_a_full_disk_is_named_and_harms_nothing_and_when_there_is_room_it_goes_on(file: Path) -> None:
    database = Database(f"sqlite:///{file}", pool_size=1)
    with database.writing() as unit:
        before = unit.postmortems.create(begun(), "x", None)
        pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        unit.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(DatabaseFault, match="the disk is full"), database.writing() as unit:
        unit.inbox.put("Ev1", ACME, "event", {"text": "x" * 100_000}, NOW)
    with database.reading() as unit:
        assert unit.postmortems.load(before.id)[0] == before, "reading goes on"
        assert unit.connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert unit.inbox.take("Ev1") is None
    with database.writing() as unit:
        unit.connection.exec_driver_sql("PRAGMA max_page_count=100000")
        assert unit.inbox.put("Ev1", ACME, "event", {"text": "x" * 100_000}, NOW)
    database.close()


def test_a_damaged_file_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "postmortem.db").write_bytes(b"this is no database " * 400)
    database = Database(f"sqlite:///{tmp_path / 'postmortem.db'}")
    for use in (database.ping, database.migrate):
        with pytest.raises(DatabaseFault, match="the file is damaged"):
            use()
    database.close()


def test_a_folder_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match="the file cannot be opened"):
        Database(f"sqlite:///{tmp_path / 'nowhere' / 'postmortem.db'}").migrate()


def test_another_program_that_keeps_the_file_locked_is_waited_for_and_then_named(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseFault, match="it is busy"), database.writing(timeout=0.1):
            pass
        database.ping()
        other.execute("ROLLBACK")
    with database.writing(timeout=0.1) as unit:
        unit.journal.write(ACME, None, NOW, "U1", "again")
    database.close()


def test_another_program_that_writes_is_waited_for_as_long_as_was_said_and_no_longer(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        for wait in (0.02, 0.3):
            other.execute("BEGIN IMMEDIATE")
            since = time.monotonic()
            with pytest.raises(DatabaseFault, match="it is busy"), database.writing(timeout=wait):
                pass
            assert wait <= time.monotonic() - since < 2
            other.execute("ROLLBACK")
        other.execute("BEGIN IMMEDIATE")
        ends = threading.Timer(0.4, lambda: other.execute("COMMIT"))
        ends.start()
        with database.writing(timeout=5) as unit:
            unit.journal.write(ACME, None, NOW, "U1", "after it")
        ends.join()
    database.close()


def test_a_unit_that_is_at_work_when_the_database_is_closed_is_kept_whole(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    with database.writing() as unit:
        kept = unit.postmortems.create(begun(), "x", None)
        database.close()
        unit.journal.write(ACME, kept.id, NOW, "U1", "to the end")
    again = Database(f"sqlite:///{file}")
    with again.reading() as unit:
        assert unit.postmortems.load(kept.id)[0] == kept
    again.close()


def test_who_goes_on_with_a_unit_that_is_over_is_told_and_stops_nobody(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    with database.writing() as over:
        pass
    with pytest.raises(sa.exc.SQLAlchemyError):
        over.journal.write(ACME, None, NOW, "U1", "too late")
    with database.writing(timeout=0.5) as unit:
        unit.journal.write(ACME, None, NOW, "U1", "in time")
    database.close()


# PostgreSQL only ---------------------------------------------------------------------------------------------------


def test_a_postgresql_that_died_is_used_again_as_soon_as_it_is_back() -> None:
    postgres = Postgres()
    try:
        postgres.start()
        database = Database(postgres.url(postgres.create()))
        database.migrate()
        with database.writing() as unit:
            kept = unit.postmortems.create(begun(), "x", NOW)
        with pytest.raises(DatabaseFault, match="it cannot be reached"):
            _save_while_it_dies(database, postgres, kept.id)
        with pytest.raises(DatabaseFault, match="it cannot be reached"):
            database.ping()
        postgres.start()
        with database.reading() as unit:
            assert unit.postmortems.load(kept.id) == (kept, "x"), "what was committed is there, the rest is not"
            assert unit.postmortems.due(NOW) == (kept.id,)
        with database.writing() as unit:
            assert unit.postmortems.save(kept, kept, None).version == 2
        database.close()
    finally:
        postgres.stop()


def _save_while_it_dies(database: Database, postgres: Postgres, id: int) -> None:
    with database.writing() as unit:
        before, _ = unit.postmortems.load(id)
        unit.postmortems.save(before, before, None)
        postgres.kill()


def test_idle_connections_that_the_server_ended_are_not_noticed(tmp_path: Path) -> None:
    with databases.migrated("postgresql", tmp_path) as url:
        database = Database(url)
        database.ping()
        admin = Database(databases.server().url())
        with admin.writing() as unit:
            unit.connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            )
        database.ping()
        with database.writing() as unit:
            kept = unit.postmortems.create(begun(), "", None)
        with pytest.raises(Stale), database.writing() as unit:
            unit.postmortems.save(begun(id=kept.id, version=9), begun(id=kept.id), None)
        admin.close()
        database.close()


def test_people_whose_home_nobody_may_enter_can_run_the_tests_too() -> None:
    """The server runs as a user without rights when the tests run as root; the programs are copied where it can go."""
    postgres = Postgres(copied=True)
    try:
        postgres.start()
        assert postgres.create()
    finally:
        postgres.stop()
