"""People, budgets, reminders and the journal: the small books that the bot keeps."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta

from bot.interview.state import Workspace
from storage.database import Database
from storage.journal import Line
from storage.nudges import NudgeClaim
from storage.people import Person
from tests.storage.values import ACME, NOW, begun

SECOND = timedelta(seconds=1)


def test_people_are_known_by_workspace_and_the_newer_knowledge_stays(database: Database) -> None:
    raj = Person("U1", "Raj", "Asia/Kolkata", guest=True)
    with database.writing() as unit:
        unit.people.put(ACME, raj, NOW)
        unit.people.put(ACME, Person("U1", "Old name"), NOW - SECOND)
        unit.people.put(Workspace("T2"), Person("U1", "Somebody else", foreign=True), NOW)
        assert unit.people.get(ACME, "U1") == raj
        assert unit.people.get(ACME, "U2") is None
        assert unit.people.names(ACME, ["U1", "U2"]) == {"U1": "Raj"}
        assert unit.people.unknown(ACME, ["U3", "U1", "U2", "U3"]) == ("U3", "U2")


def test_a_membership_is_believed_for_a_while_and_forgotten_at_once(database: Database) -> None:
    with database.writing() as unit:
        unit.people.note_member(ACME, "C1", "U1", NOW)
        assert unit.people.is_member(ACME, "C1", "U1", newer_than=NOW - SECOND)
        assert not unit.people.is_member(ACME, "C1", "U1", newer_than=NOW)
        assert not unit.people.is_member(ACME, "C2", "U1", newer_than=NOW - SECOND)
        unit.people.note_member(ACME, "C1", "U1", NOW + SECOND)
        assert unit.people.is_member(ACME, "C1", "U1", newer_than=NOW)
        unit.people.forget_member(ACME, "C1", "U1")
        assert not unit.people.is_member(ACME, "C1", "U1", newer_than=NOW - SECOND)


def test_who_somebody_is_and_whether_they_were_seen_is_told_in_one_look(database: Database) -> None:
    raj = Person("U1", "Raj", "Asia/Kolkata")
    with database.writing() as unit:
        unit.people.note_member(ACME, "C1", "U1", NOW)
        assert unit.people.in_channel(ACME, "C1", "U1", NOW - SECOND) == (None, True)
        unit.people.put(ACME, raj, NOW)
        assert unit.people.in_channel(ACME, "C1", "U1", NOW - SECOND) == (raj, True)
        assert unit.people.in_channel(ACME, "C1", "U1", NOW) == (raj, False)
        assert unit.people.in_channel(ACME, "C2", "U1", NOW - SECOND) == (raj, False)
        assert unit.people.in_channel(Workspace("T2"), "C1", "U1", NOW - SECOND) == (None, False)


def test_a_budget_is_used_up_and_fills_again(database: Database) -> None:
    with database.writing() as unit:
        took = [unit.budgets.take(ACME, "history", NOW, 60, burst=3) for _ in range(4)]
        assert took == [None, None, None, NOW + SECOND]
        assert unit.budgets.take(ACME, "history", NOW + SECOND, 60, burst=3) is None
        assert unit.budgets.take(ACME, "history", NOW + SECOND, 60, burst=3) == NOW + 2 * SECOND
        later = NOW + timedelta(hours=1)
        assert [unit.budgets.take(ACME, "history", later, 60, burst=3) for _ in range(4)][:3] == [None] * 3


def test_budgets_of_methods_and_workspaces_are_apart(database: Database) -> None:
    with database.writing() as unit:
        assert unit.budgets.take(ACME, "history", NOW, 1) is None
        assert unit.budgets.take(ACME, "history", NOW, 1) == NOW + timedelta(minutes=1)
        assert unit.budgets.take(ACME, "replies", NOW, 1) is None
        assert unit.budgets.take(Workspace("T2"), "history", NOW, 1) is None


def test_whoever_comes_when_told_is_served(database: Database) -> None:
    with database.writing() as unit:
        now, calls = NOW, 0
        while now < NOW + timedelta(minutes=10):
            again = unit.budgets.take(ACME, "history", now, 50)
            calls += again is None
            now = again or now
    assert 548 <= calls <= 552, "fifty a minute, and a minute's worth once"


def test_those_who_find_it_empty_are_told_a_moment_each_and_are_served_then(database: Database) -> None:
    with database.writing() as unit:
        assert unit.budgets.take(ACME, "update", NOW, 60, burst=1) is None
        told = [unit.budgets.take(ACME, "update", NOW, 60, burst=1) for _ in range(5)]
        assert told == [NOW + n * SECOND for n in range(1, 6)]
        served = [unit.budgets.take(ACME, "update", moment, 60, burst=1) for moment in told if moment is not None]
        assert served == [None] * 5
        # Nobody came for a while: what was promised then keeps nobody waiting now.
        later = NOW + timedelta(minutes=1)
        assert unit.budgets.take(ACME, "update", later, 60, burst=1) is None
        assert unit.budgets.take(ACME, "update", later, 60, burst=1) == later + SECOND


def test_a_clock_that_is_behind_neither_gains_nor_loses(database: Database) -> None:
    with database.writing() as unit:
        assert unit.budgets.take(ACME, "history", NOW, 60, burst=2) is None
        assert unit.budgets.take(ACME, "history", NOW - timedelta(hours=1), 60, burst=2) is None
        assert unit.budgets.take(ACME, "history", NOW, 60, burst=2) == NOW + SECOND


def test_after_a_penalty_nothing_goes_and_then_one_at_a_time(database: Database) -> None:
    until = NOW + timedelta(seconds=30)
    with database.writing() as unit:
        unit.budgets.penalise(ACME, "history", until)
        unit.budgets.penalise(ACME, "history", NOW)
        assert unit.budgets.take(ACME, "history", NOW, 60) == until
        assert unit.budgets.take(ACME, "history", until, 60) is None
        assert unit.budgets.take(ACME, "history", until, 60) == until + SECOND


def test_many_workers_share_one_budget(database: Database) -> None:
    def take(_: int) -> bool:
        with database.writing() as unit:
            return unit.budgets.take(ACME, "history", NOW, 60, burst=5) is None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(20))) == 5


def test_an_owner_is_reminded_once_a_week_by_whichever_replica(database: Database) -> None:
    together = threading.Barrier(6)

    def remind(n: int) -> bool:
        together.wait()
        with database.writing() as unit:
            return unit.nudges.claim(ACME, "U1", "2026-W48", f"replica {n}", 60) is not None

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(remind, range(6))) == 1
    with database.writing() as unit:
        unit.nudges.sent(ACME, "U1", "2026-W48", "1795000001.000100", NOW)
        assert unit.nudges.claim(ACME, "U1", "2026-W48", "later", 60) is None
        assert unit.nudges.claim(ACME, "U1", "2026-W49", "later", 60) is not None
        assert unit.nudges.claim(Workspace("T2"), "U1", "2026-W48", "later", 60) is not None
        nudge = unit.nudges.of(ACME, "U1", "2026-W48")
    assert nudge is not None
    assert (nudge.ts, nudge.sent_at) == ("1795000001.000100", NOW)


def test_a_reminder_whose_sender_died_is_claimed_again_and_said_to_be(database: Database) -> None:
    with database.writing() as unit:
        first = unit.nudges.claim(ACME, "U1", "2026-W48", "dies", 0)
    with database.writing() as unit:
        second = unit.nudges.claim(ACME, "U1", "2026-W48", "lives", 60)
        assert unit.nudges.claim(ACME, "U1", "2026-W48", "third", 60) is None
    assert first is not None
    assert not first.again
    assert second == NudgeClaim("U1", "2026-W48", first.since, again=True)


def test_the_last_run_of_reminders_is_known(database: Database) -> None:
    with database.writing() as unit:
        assert unit.nudges.last() is None
        unit.nudges.ran(NOW)
        unit.nudges.ran(NOW - SECOND)
        assert unit.nudges.last() == NOW


def test_the_journal_tells_who_did_what(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.journal.write(ACME, id, NOW, "U1", "cancelled", "PM-2026-001")
        unit.journal.write(ACME, None, NOW, "bot", "started")
        unit.journal.write(ACME, id, NOW + SECOND, "U2", "restored")
        lines = unit.journal.of(id)
    assert lines == (Line(NOW, "U1", "cancelled", "PM-2026-001"), Line(NOW + SECOND, "U2", "restored", ""))


def test_the_databases_clock_is_in_utc(database: Database) -> None:
    now = database.now()
    with database.reading() as unit:
        assert now <= unit.now() < now + timedelta(seconds=5)
    assert now.tzinfo is UTC
