"""The timeline: what the record gives may be given anew; what people did to it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.timeline.corrections import Correction, When
from bot.timeline.values import Entry, Kind, Precision
from storage.database import Database
from storage.errors import UnknownPostmortem
from storage.unit import Unit
from tests.storage.values import NOW, begun


def entry(key: str, minutes: int | None = 0, text: str = "", source: str | None = None) -> Entry:
    at = None if minutes is None else NOW + timedelta(minutes=minutes)
    return Entry(key, at, Precision.ABOUT, "Europe/London", Kind.DETECTED, text or key, source, "U2", "says so", 1.5)


def later(minutes: int) -> When:
    return When(NOW + timedelta(minutes=minutes), Precision.EXACT, "UTC")


def kinds(unit: Unit, id: int) -> dict[str, Kind]:
    return {kept.entry.key: kept.entry.kind for kept in unit.entries.all(id)}


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
        assert unit.entries.correct(id, "stays", Correction("it was later", later(9)), "U7", NOW)
        assert unit.entries.remove(id, "wrong", "U8", NOW)
        unit.entries.replace_record(id, [entry("stays", 1), entry("wrong", 3), entry("new", 5)])
        assert keys(unit, id) == ["added", "new", "stays"]
        stays = unit.entries.all(id)[2]
        assert (stays.entry.text, stays.changed_by, stays.added_by) == ("it was later", "U7", None)
        unit.entries.replace_record(id, [])
        unit.entries.replace_record(id, [entry("wrong", 3)])
        assert keys(unit, id) == ["added", "stays"], "what was removed stays removed"
        assert unit.entries.restore(id, "wrong", "U8", NOW)
        assert keys(unit, id) == ["wrong", "added", "stays"]


def test_who_changed_what_can_be_told(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("a", 1, "as read")])
        unit.entries.correct(id, "a", Correction("as corrected"), "U7", NOW)
        assert not unit.entries.correct(id, "a", Correction("as corrected"), "U9", NOW), "it says so already"
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


def test_a_correction_outranks_every_later_reading_and_the_rest_follows_the_record(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("a", 1, "as read", "1.1")])
        unit.entries.correct(id, "a", Correction(time=later(30)), "U7", NOW)
        unit.entries.replace_record(id, [replace(entry("a", 1, "edited since", "1.1"), kind=Kind.NOTE)])
        (kept,) = unit.entries.all(id)
        assert (kept.entry.text, kept.entry.at) == ("edited since", NOW + timedelta(minutes=30))
        assert kept.entry.kind is Kind.DETECTED, "whoever says when it was detected says that it was"
        assert (kept.entry.actor, kept.changed_by) == ("U2", "U7"), "credit stays the author's"


def test_a_corrected_statement_does_not_come_a_second_time_with_another_time(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("1.1/detected/0100", 1), entry("1.1", 5)])
        unit.entries.correct(id, "1.1/detected/0100", Correction(time=later(2)), "U7", NOW)
        unit.entries.replace_record(id, [entry("1.1/detected/0300", 3), entry("1.1", 5)])
        assert keys(unit, id) == ["1.1/detected/0100", "1.1"]


def test_an_incident_has_the_milestone_that_a_person_named_last(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [replace(entry(k, n), kind=Kind.NOTE) for n, k in enumerate("bc")])
        unit.entries.replace_record(id, [entry("a", 0), *(k.entry for k in unit.entries.all(id))])
        assert kinds(unit, id) == {"a": Kind.DETECTED, "b": Kind.NOTE, "c": Kind.NOTE}
        unit.entries.correct(id, "b", Correction(kind=Kind.DETECTED), "U7", NOW)
        assert kinds(unit, id) == {"a": Kind.FINDING, "b": Kind.DETECTED, "c": Kind.NOTE}
        unit.entries.correct(id, "a", Correction("other words"), "U7", NOW)
        unit.entries.correct(id, "c", Correction(kind=Kind.DETECTED), "U8", NOW)
        assert kinds(unit, id) == {"a": Kind.FINDING, "b": Kind.FINDING, "c": Kind.DETECTED}
        unit.entries.remove(id, "c", "U8", NOW)
        assert kinds(unit, id) == {"a": Kind.DETECTED, "b": Kind.FINDING}, "what the record says counts again"


def test_entries_that_tell_the_same_become_one_with_all_that_is_known(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(
            id, [replace(entry("a", None, source="1.1"), kind=Kind.NOTE), entry("b", 4, source="2.2"), entry("c", 5)]
        )
        assert unit.entries.merge(id, "b", "c", "U7", NOW)
        assert unit.entries.merge(id, "a", "b", "U7", NOW)
        assert not unit.entries.merge(id, "a", "b", "U8", NOW), "it is merged already"
        (kept,) = unit.entries.all(id)
        assert (kept.entry.at, kept.entry.kind) == (NOW + timedelta(minutes=4), Kind.DETECTED)
        assert [each.key for each in kept.merged] == ["b", "c"]
        assert unit.entries.restore(id, "b", "U7", NOW)
        assert keys(unit, id) == ["a", "b"]


def test_the_mark_that_made_an_entry_takes_it_back_unless_somebody_changed_it(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        for key in ("1.1", "2.2"):
            assert unit.entries.add(id, replace(entry(key, 1, source=key), kind=Kind.NOTE, reason="marked"), "U7", NOW)
            assert not unit.entries.add(id, entry(key), "U8", NOW), "once is enough"
        unit.entries.correct(id, "2.2", Correction("better words"), "U8", NOW)
        assert unit.entries.take_back(id, "1.1", "marked", "U7", NOW)
        assert not unit.entries.take_back(id, "2.2", "marked", "U7", NOW)
        assert keys(unit, id) == ["2.2"]
        assert [c.change for c in unit.entries.changes(id)] == ["added", "added", "corrected", "removed"]


def test_an_entry_that_somebody_made_of_a_message_follows_its_edits(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.add(id, entry("1.1", 1, "as posted", "1.1"), "U7", NOW)
        unit.entries.add(id, entry("2.2", 2, "as posted", "2.2"), "U7", NOW)
        unit.entries.correct(id, "2.2", Correction("as I say"), "U7", NOW)
        assert unit.entries.follow(id, {"1.1": "as edited", "2.2": "as edited", "3.3": "unknown"})
        assert [kept.entry.text for kept in unit.entries.all(id)] == ["as edited", "as I say"]


def test_a_line_that_was_taken_off_the_record_is_in_no_earlier_wording_either(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.add(id, entry("1.1", 1, "the key is swordfish", "1.1"), "U7", NOW)
        unit.entries.correct(id, "1.1", Correction(time=later(2)), "U7", NOW)
        unit.entries.follow(id, {"1.1": "the key is old"})
        unit.entries.forget_wordings(id, "1.1")
        assert "swordfish" not in str(unit.entries.changes(id))
        assert [kept.entry.text for kept in unit.entries.all(id)] == ["the key is old"]


def test_words_that_a_person_wrote_outlive_the_message_and_do_not_repeat_it(database: Database) -> None:
    words, source = "the swordfish key was rotated", "1795000001.000100"
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.entries.replace_record(id, [entry("a", 1, words, source), entry("b", 2)])
        unit.entries.correct(id, "a", Correction(f"{words}, by Tom"), "U7", NOW)
        unit.entries.correct(id, "a", Correction(f"at last {words}, by Tom"), "U7", NOW)
        unit.entries.correct(id, "b", Correction(f"after “{words}”"), "U7", NOW)
        assert unit.entries.erase_source(id, source, NOW)
        assert [kept.entry.text for kept in unit.entries.all(id)] == ["at last …, by Tom", "after “…”"]
        assert unit.entries.all(id)[0].entry.source_ts is None, "there is nothing left to link to"
        assert "swordfish" not in str(unit.entries.changes(id))
