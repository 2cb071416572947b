"""Every owner has one slot an ISO week, whatever the clocks of their zone do; a late reminder has its slot too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.actions.nudges import due_slot, overdue, reminded_again

ZONES = [
    "UTC", "Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Lisbon", "Europe/Moscow",
    "Europe/Istanbul", "Europe/Chisinau",
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage",
    "America/St_Johns", "America/Halifax", "America/Sao_Paulo", "America/Santiago", "America/Asuncion",
    "America/Havana",
    "America/Nuuk", "America/Mexico_City", "America/Caracas", "Africa/Cairo", "Africa/Casablanca",
    "Africa/Johannesburg",
    "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Tokyo", "Asia/Shanghai",
    "Australia/Lord_Howe", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland", "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago", "Antarctica/Troll",
]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_has_one_slot_a_week_and_none_twice(zone: str) -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    slots = [due_slot(began + timedelta(minutes=30 * step), zone) for step in range(48 * 366)]
    opened = [slot for before, slot in pairwise(slots) if slot != before]
    assert set(Counter(opened).values()) == {1}
    assert opened == sorted(opened)
    assert len(opened) in (52, 53)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("weekday", "hour"), [(0, 9), (6, 0), (6, 2), (6, 23)])
def test_a_slot_stays_open_about_a_week(zone: str, weekday: int, hour: int) -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [began + timedelta(hours=step) for step in range(24 * 370)]
    slots = [due_slot(moment, zone, weekday, hour) for moment in moments]
    changes = [moment for (before, after), moment in zip(pairwise(slots), moments[1:], strict=True) if before != after]
    assert {round((b - a) / timedelta(days=1)) for a, b in pairwise(changes)} == {7}


def test_the_slot_opens_on_monday_at_nine_where_the_owner_lives() -> None:
    before, at = datetime(2026, 11, 23, 3, 14, tzinfo=UTC), datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
    assert due_slot(before, "Asia/Kathmandu") == "2026-W47"
    assert due_slot(at, "Asia/Kathmandu") == "2026-W48"
    assert due_slot(at, "America/Santiago") == "2026-W47"


@pytest.mark.parametrize(
    ("pressed", "back"),
    [("2026-12-07", "2026-12-14"), ("2026-12-09", "2026-12-21"), ("2026-12-13", "2026-12-21")],
)
def test_what_is_put_off_for_a_week_comes_back_with_the_first_reminder_a_week_away(pressed: str, back: str) -> None:
    assert reminded_again(date.fromisoformat(pressed)) == date.fromisoformat(back)


def test_a_reminder_missed_on_monday_has_its_slot_until_the_next() -> None:
    assert due_slot(datetime(2026, 11, 29, 23, tzinfo=UTC), "UTC") == "2026-W48"
    assert due_slot(datetime(2026, 11, 30, 8, 59, tzinfo=UTC), "UTC") == "2026-W48"
    assert due_slot(datetime(2026, 11, 30, 9, tzinfo=UTC), "UTC") == "2026-W49"


def test_a_year_of_53_weeks_is_named_right() -> None:
    assert due_slot(datetime(2027, 1, 1, 12, tzinfo=UTC), "UTC") == "2026-W53"
    assert due_slot(datetime(2027, 1, 4, 12, tzinfo=UTC), "UTC") == "2027-W01"


def test_a_moment_without_a_zone_or_an_odd_hour_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        due_slot(datetime(2026, 1, 1), "UTC")
    with pytest.raises(ValueError, match="hour"):
        due_slot(datetime(2026, 1, 1, tzinfo=UTC), "UTC", hour=24)


@dataclass(frozen=True)
class Kept:
    status: str = "open"
    owner: object | None = "U1"
    due: date | None = date(2026, 11, 20)
    created_at: datetime = datetime(2026, 11, 1, 12, tzinfo=UTC)
    snoozed_until: date | None = None


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("item", "late"),
    [
        (Kept(), True),
        (Kept(due=TODAY), False),
        (Kept(due=date(2026, 12, 1)), False),
        (Kept(status="done"), False),
        (Kept(status="dropped"), False),
        (Kept(snoozed_until=date(2026, 11, 24)), False),
        (Kept(snoozed_until=TODAY), True),
        (Kept(due=None), True),
        (Kept(owner=None, due=date(2026, 12, 1)), True),
        (Kept(due=None, created_at=datetime(2026, 11, 16, 12, tzinfo=UTC)), True),
        (Kept(due=None, created_at=datetime(2026, 11, 17, 12, tzinfo=UTC)), False),
        (Kept(owner=None, created_at=datetime(2026, 11, 22, tzinfo=UTC)), True),
    ],
)
def test_what_is_overdue(item: Kept, late: bool) -> None:
    assert overdue(item, TODAY) is late
