"""A statement that is handed to the driver means what SQLAlchemy makes of it, also where it fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import DatabaseFault
from bot.interview.state import Workspace
from storage.changes import add
from storage.database import Database
from storage.people import Person
from storage.tables import people

NOW = datetime(2026, 3, 9, 16, 0, 0, 250_000, tzinfo=UTC)
ACME = Workspace("T0ACME")


def test_values_come_back_as_they_were_given(database: Database) -> None:
    with database.writing() as unit:
        unit.people.put(ACME, Person("U1", "Zoë\x00", "Asia/Tokyo", guest=True), NOW)
        unit.people.note_member(ACME, "C1", "U1", NOW)
    with database.reading() as unit:
        assert unit.people.get(ACME, "U1") == Person("U1", "Zoë", "Asia/Tokyo", guest=True)
        assert unit.people.get(ACME, "U2") is None
        earlier = NOW.replace(microsecond=249_999)
        assert unit.people.is_member(ACME, "C1", "U1", earlier)
        assert not unit.people.is_member(ACME, "C1", "U1", NOW)


def test_a_row_that_breaks_a_rule_is_a_fault_of_the_database_and_is_not_kept(database: Database) -> None:
    row = {"enterprise": "", "team": "T0ACME", "user": "U1", "name": "Ann", "zone": "", "seen_at": NOW}
    row |= {"bot": False, "guest": False, "deleted": False, "foreign": False}
    with pytest.raises(DatabaseFault, match="breaks a rule"):
        _twice(database, row)
    with database.reading() as unit:
        assert unit.people.get(ACME, "U1") is None


def _twice(database: Database, row: Mapping[str, Any]) -> None:
    with database.writing() as unit:
        add(unit.connection, people, row)
        add(unit.connection, people, row)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="names no time zone"), database.writing() as unit:
        unit.inbox.put("press:1", ACME, "press", None, NOW.replace(tzinfo=None))
