"""The timeline: what the record gives may be given anew; what people did to it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.timeline.values import Entry, Kind, Precision
from storage.database import Database
from storage.errors import UnknownPostmortem
from storage.unit import Unit
from tests.storage.values import NOW, begun


def entry(key: str, minutes: int | None = 0, text: str = "", source: str | None = None) -> Entry:
    at = None if minutes is None else NOW + timedelta(minutes=minutes)
    return Entry(key, at, Precision.ABOUT, "Europe/London", Kind.DETECTED, text or key, source, "U2", "says so", 1.5)


def keys(unit: Unit, id: int, removed: bool = False) -> list[str]:
    return [kept.entry.key for kept in unit.entries.all(id, removed)]


def test_entries_come_back_in_order_of_time_those_without_one_last(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("x", None), entry("b", 5), entry("a", 1), entry("a2", 1)])
        assert keys(unit, id) == ["a", "a2", "b", "x"]
        assert unit.entries.all(id)[0].entry == entry("a", 1)


def test_a_new_reading_replaces_the_record_and_leaves_what_people_did(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("stays", 1), entry("goes", 2), entry("wrong", 3)])
        unit.entries.add(id, entry("added", 4, "we phoned the bank"), "U7", NOW)
        unit.entries.add(id, entry("stays", 9, "it was later"), "U7", NOW)
        assert unit.entries.remove(id, "wrong", "U8", NOW)
        unit.entries.replace_record(id, [entry("stays", 1), entry("wrong", 3), entry("new", 5)])
        assert keys(unit, id) == ["added", "new", "stays"]
        stays = unit.entries.all(id)[2]
        assert (stays.entry.text, stays.added_by) == ("it was later", "U7")
        unit.entries.replace_record(id, [])
        unit.entries.replace_record(id, [entry("wrong", 3)])
        assert keys(unit, id) == ["added", "stays"], "what was removed stays removed"
        assert unit.entries.restore(id, "wrong", "U8", NOW)
        assert keys(unit, id) == ["wrong", "added", "stays"]


def test_who_changed_what_can_be_told(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("a", 1, "as read")])
        unit.entries.add(id, entry("a", 2, "as corrected"), "U7", NOW)
        unit.entries.remove(id, "a", "U8", NOW)
        assert not unit.entries.remove(id, "a", "U9", NOW), "it is off already"
        unit.entries.restore(id, "a", "U9", NOW)
        told = [(c.change, c.by, c.text) for c in unit.entries.changes(id)]
    assert told == [
        ("corrected", "U7", "as read"),
        ("removed", "U8", "as corrected"),
        ("restored", "U9", "as corrected"),
    ]


def test_an_entry_of_a_deleted_message_is_gone_and_does_not_come_back(database: Database) -> None:
    source = "1795000001.000100"
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("a", 1, "swordfish", source), entry("b", 2)])
        assert unit.entries.erase_source(id, source, NOW)
        assert not unit.entries.erase_source(id, source, NOW)
        assert keys(unit, id) == ["b"]
        unit.entries.replace_record(id, [entry("a", 1, "swordfish", source), entry("b", 2)])
        assert not unit.entries.restore(id, "a", "U1", NOW)
        gone = next(kept for kept in unit.entries.all(id, removed=True) if kept.entry.key == "a")
    assert gone.erased
    assert gone.entry == replace(entry("a", 1, "swordfish", source), text="", reason="")


def test_entries_belong_to_a_postmortem_that_exists(database: Database) -> None:
    with pytest.raises(UnknownPostmortem), database.writing() as unit:
        unit.entries.replace_record(77, [entry("a")])
