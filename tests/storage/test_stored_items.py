"""Action items follow the message they were said in; what a person filled in by hand stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.actions.item import Status, Withdrawn
from bot.actions.values import Draft, Due, Group, Person, Priority, Words
from bot.interview.state import Stage, Workspace
from storage.database import Database
from storage.errors import UnknownItem
from storage.unit import Unit
from tests.storage.values import ACME, NOW, begun

TS = "1795000001.000100"
FRIDAY = date(2026, 11, 27)


def told(unit: Unit, id: int) -> list[tuple[str, str]]:
    return [(item.number, item.text) for item in unit.items.all(id)]


def say(unit: Unit, id: int, *drafts: Draft | str) -> bool:
    return unit.items.sync(ACME, id, TS, [d if isinstance(d, Draft) else Draft(d) for d in drafts], NOW)


def test_an_item_keeps_everything_that_was_said_of_it(database: Database) -> None:
    drafts = (
        Draft("alert on checkout errors", Person("U1"), Due(FRIDAY, "friday"), None, Priority.P1, "pages within 2 min"),
        Draft("query plan in CI", Words("db team?"), None, "next sprint"),
        Draft("tidy the runbook", Group("S1"), Due(FRIDAY, "next friday", sure=False)),
    )
    with database.writing() as unit:
        id = unit.postmortems.create(begun(facilitator="U9"), "", None).id
        assert say(unit, id, *drafts)
        one, two, three = unit.items.all(id)
    assert (one.number, one.owner, one.due, one.due_words) == ("AI-001", Person("U1"), FRIDAY, "friday")
    assert (one.priority, one.measure, one.status) == (Priority.P1, "pages within 2 min", Status.OPEN)
    assert (one.source_ts, one.source_index, one.channel, one.facilitator) == (TS, 0, "C1", "U9")
    assert (two.owner, two.due, two.due_words) == (Words("db team?"), None, "next sprint")
    assert (three.owner, three.due, three.due_sure) == (Group("S1"), FRIDAY, False)


def test_reading_the_same_message_again_changes_nothing(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        assert say(unit, id, "one", "two")
        assert not say(unit, id, "one", "two")
        assert told(unit, id) == [("AI-001", "one"), ("AI-002", "two")]
        assert unit.items.changes(ACME, "AI-001") == ()


def test_an_item_keeps_its_number_when_lines_move_or_are_reworded(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "add an alert on checkout errors", "write the runbook")
        unit.items.fill(ACME, "AI-002", owner=Person("U2"), by="U9", at=NOW)
        say(unit, id, "write the runbook", "add an alert on all checkout errors", "tell support")
        assert told(unit, id) == [
            ("AI-001", "add an alert on all checkout errors"),
            ("AI-002", "write the runbook"),
            ("AI-003", "tell support"),
        ]
        runbook = unit.items.get(ACME, "AI-002")
        assert runbook is not None
        assert (runbook.source_index, runbook.owner) == (0, Person("U2"))


def test_a_line_that_is_gone_withdraws_its_item_and_its_number_is_told(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "add an alert", "write the runbook")
        assert say(unit, id, "write the runbook")
        assert told(unit, id) == [("AI-002", "write the runbook")]
        assert unit.items.get(ACME, "AI-001") is None
        assert unit.items.withdrawn(id) == (Withdrawn("AI-001", TS),)
        say(unit, id, "write the runbook", "add an alert")
        assert told(unit, id) == [("AI-001", "add an alert"), ("AI-002", "write the runbook")]
        assert unit.items.withdrawn(id) == ()


def _owned(unit: Unit) -> None:
    unit.items.fill(ACME, "AI-001", owner=Person("U2"), by="U9", at=NOW)


def _reminded(unit: Unit) -> None:
    asked = begun().facilitator
    assert unit.nudges.claim(ACME, asked, "2026-W48", "worker", at=NOW)
    unit.nudges.sent(ACME, asked, "2026-W48", "1.1", NOW)


TOUCHES: dict[str, Callable[[Unit], object]] = {
    "an owner was picked": _owned,
    "it has a new date": lambda unit: unit.items.fill(ACME, "AI-001", due=FRIDAY, by="U9", at=NOW),
    "it has a ticket": lambda unit: unit.items.fill(ACME, "AI-001", link="https://jira/1", by="U9", at=NOW),
    "it is done": lambda unit: unit.items.close(ACME, "AI-001", Status.DONE, "U2", NOW),
    "it won't be done": lambda unit: unit.items.give_up(ACME, "AI-001", "the service is gone", "U2", NOW),
    "it was put off": lambda unit: unit.items.snooze(ACME, "AI-001", FRIDAY, "U2", NOW),
    "somebody was reminded of it": _reminded,
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_an_item_that_anybody_touched_outlives_its_line_and_gives_nobody_what_is_its(
    database: Database, touch: Callable[[Unit], object]
) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "add an alert", "write the runbook")
        touch(unit)
        before = unit.items.get(ACME, "AI-001")
        assert before is not None
        say(unit, id, "write the runbook")
        assert unit.items.all(id)[0] == replace(before, source_index=None)
        assert told(unit, id) == [("AI-001", "add an alert"), ("AI-002", "write the runbook")]
        assert unit.items.all(id)[1].owner is None
        assert unit.items.withdrawn(id) == ()
        say(unit, id, "write the runbook", "add an alert")
        assert unit.items.all(id)[0] == replace(before, source_index=1)


def test_what_was_said_first_has_the_first_number_also_where_it_was_heard_second(database: Database) -> None:
    def heard(unit: Unit, id: int, second: int, text: str, at: datetime) -> None:
        unit.items.sync(ACME, id, f"17950000{second:02}.000100", [Draft(text)], at)

    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        heard(unit, id, 10, "said long before", NOW - timedelta(minutes=1))
        heard(unit, id, 12, "said second", NOW)
        heard(unit, id, 11, "said first", NOW + timedelta(seconds=1))
        assert told(unit, id) == [("AI-001", "said long before"), ("AI-002", "said first"), ("AI-003", "said second")]
        # Once somebody did something with one, or could have read them, the numbers stay.
        unit.items.fill(ACME, "AI-003", owner=Person("U2"), by="U9", at=NOW + timedelta(seconds=2))
        heard(unit, id, 9, "said before all", NOW + timedelta(seconds=3))
        heard(unit, id, 8, "heard a minute later", NOW + timedelta(minutes=1))
        assert [number for number, _ in told(unit, id)] == ["AI-001", "AI-002", "AI-003", "AI-004", "AI-005"]
        assert dict(told(unit, id))["AI-004"] == "said before all"
        assert dict(told(unit, id))["AI-005"] == "heard a minute later"


def test_what_is_written_in_the_place_of_an_item_that_is_done_is_another_item(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "add an alert")
        unit.items.close(ACME, "AI-001", Status.DONE, "U2", NOW)
        say(unit, id, "rewrite the importer")
        assert [(i.text, i.status) for i in unit.items.all(id)] == [
            ("add an alert", Status.DONE), ("rewrite the importer", Status.OPEN),
        ]  # fmt: skip


def test_an_edit_leaves_alone_what_a_person_filled_in(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, Draft("alert on errors", Words("sre"), None, "soon"))
        unit.items.fill(
            ACME, "AI-001", owner=Person("U2"), due=FRIDAY, measure="it pages", priority=Priority.P0, by="U9", at=NOW
        )
        say(
            unit, id, Draft("alert on checkout errors", Person("U5"), Due(date(2027, 1, 1), "jan 1"), None, Priority.P3)
        )
        (item,) = unit.items.all(id)
        assert (item.text, item.owner, item.due) == ("alert on checkout errors", Person("U2"), FRIDAY)
        assert (item.measure, item.priority, item.due_words) == ("it pages", Priority.P0, None)
        history = [(c.by, c.field, c.old, c.new) for c in unit.items.changes(ACME, "AI-001")]
    assert ("U9", "due", None, "2026-11-27") in history
    assert ("", "text", "alert on errors", "alert on checkout errors") in history


def test_an_item_that_a_person_worded_anew_outlives_its_line(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "improve monitoring")
        unit.items.fill(ACME, "AI-001", text="page on 5xx above 2 %", by="U9", at=NOW)
        say(unit, id)
        (item,) = unit.items.all(id)
        assert (item.text, item.source_index) == ("page on 5xx above 2 %", None)


def test_closing_reopening_and_snoozing_are_kept_with_who_did_it(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "one")
        dropped = unit.items.close(ACME, "AI-001", Status.DROPPED, "U2", NOW, "the service is gone")
        assert (dropped.status, dropped.reason, dropped.closed_at) == (Status.DROPPED, "the service is gone", NOW)
        again = unit.items.close(ACME, "AI-001", Status.OPEN, "U3", NOW + timedelta(hours=1))
        assert (again.status, again.closed_at) == (Status.OPEN, None)
        assert unit.items.snooze(ACME, "AI-001", FRIDAY, "U2", NOW).snoozed_until == FRIDAY
        said = [(c.by, c.new) for c in unit.items.changes(ACME, "AI-001") if c.field == "status"]
    assert said == [("U2", "dropped"), ("U3", "open")]


def test_only_open_items_of_written_postmortems_are_followed_up(database: Database) -> None:
    other = Workspace("T2")
    with database.writing() as unit:
        written = unit.postmortems.create(begun(stage=Stage.WRITTEN, written_at=NOW, facilitator="U9"), "", None)
        running = unit.postmortems.create(begun(), "", None)
        theirs = unit.postmortems.create(begun(workspace=other, stage=Stage.WRITTEN, written_at=NOW), "", None)
        say(unit, written.id, "open", "done")
        say(unit, running.id, "not yet")
        unit.items.sync(other, theirs.id, TS, [Draft("theirs")], NOW)
        unit.items.close(ACME, "AI-002", Status.DONE, "U2", NOW)
        assert [(i.text, i.facilitator) for i in unit.items.open(ACME)] == [("open", "U9")]
        assert [i.text for i in unit.items.open()] == ["open", "theirs"]


def test_an_items_number_belongs_to_its_workspace(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "one")
    with pytest.raises(UnknownItem, match="There is no action item AI-001"), database.writing() as unit:
        unit.items.close(Workspace("T2"), "AI-001", Status.DONE, "U2", NOW)


def test_more_than_a_thousand_items_get_numbers_too(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        unit.connection.exec_driver_sql(
            "INSERT INTO counters (enterprise, team, name, value) VALUES ('', 'T1', 'AI', 999)"
        )
        say(unit, id, "one")
        assert told(unit, id) == [("AI-1000", "one")]


def test_items_without_a_message_change_are_equal_values(database: Database) -> None:
    with database.writing() as unit:
        id = unit.postmortems.create(begun(), "", None).id
        say(unit, id, "one")
        (item,) = unit.items.all(id)
        assert unit.items.get(ACME, "AI-001") == item == replace(item)
