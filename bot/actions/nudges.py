"""When is an owner reminded, and of which items?

One reminder per owner and ISO week. The week's slot opens on its weekday and hour in the owner's zone, Monday 09:00
unless told otherwise, and stays the current one until the next opens: a reminder that could not go out on Monday goes
out later that week, once. Slots are compared as moments in UTC, so that a clock put back never opens one twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

#: Clocks are changed before this hour, so that every later hour exists once on every day.
EARLIEST_HOUR = 3
#: An item without an owner or a day counts as overdue this many days after it was written down.
DAYS_WITHOUT_OWNER_OR_DATE = 7


class Standing(Protocol):
    """An item as far as reminders look at it."""

    @property
    def status(self) -> str:
        """ "open" while it is to be done."""

    @property
    def owner(self) -> object | None: ...

    @property
    def due(self) -> date | None: ...

    @property
    def created_at(self) -> datetime: ...

    @property
    def snoozed_until(self) -> date | None: ...


def due_slot(now_utc: datetime, zone: str, weekday: int = 0, hour: int = 9) -> str:
    """The slot that opened last, as its ISO week: "2026-W48" from Monday 09:00 of that week in `zone` on.

    Before that moment it is the week before's. `weekday` is 0 for Monday to 6 for Sunday; an `hour` before 3 counts as
    3. Raises ValueError for a naive moment, another weekday or hour, ZoneInfoNotFoundError for no zone.
    """
    if now_utc.tzinfo is None:
        raise ValueError("the moment has no zone")
    if not 0 <= weekday <= 6 or not 0 <= hour <= 23:
        raise ValueError(f"no weekday {weekday} or no hour {hour}")
    local = ZoneInfo(zone)
    today = now_utc.astimezone(local).date()
    monday = today - timedelta(days=today.weekday())
    at = time(max(hour, EARLIEST_HOUR))
    opens = datetime.combine(monday + timedelta(days=weekday), at, tzinfo=local).astimezone(UTC)
    year, week, _ = (monday if now_utc >= opens else monday - timedelta(days=7)).isocalendar()
    return f"{year}-W{week:02}"


def opened_on(slot: str, weekday: int = 0) -> date:
    """The day on which a slot opened: what is overdue is judged by it, so that a reminder that is late says no more."""
    year, _, week = slot.partition("-W")
    return date.fromisocalendar(int(year), int(week), weekday + 1)


def reminded_again(today: date, weekday: int = 0) -> date:
    """When an item comes back that is put off for a week today: on the first reminder's day a week away or more."""
    week = today + timedelta(days=7)
    return week + timedelta(days=(weekday - week.weekday()) % 7)


def resting(item: Standing, today: date) -> bool:
    """Whether an item is put off beyond this day."""
    return item.snoozed_until is not None and today < item.snoozed_until


def overdue(item: Standing, today: date) -> bool:
    """Whether an open item is past its day, or has had no owner or no day for seven days. `today` is the owner's."""
    if item.status != "open":
        return False
    if resting(item, today):
        return False
    if item.due is not None and item.due < today:
        return True
    if item.due is not None and item.owner is not None:
        return False
    return today >= item.created_at.date() + timedelta(days=DAYS_WITHOUT_OWNER_OR_DATE)
