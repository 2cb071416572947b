"""Which window of time does somebody mean? `since <when>` and `from <when> to <when>`, in that person's zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.patterns import pattern


@dataclass(frozen=True, slots=True)
class Window:
    """A window in aware UTC, either end open, and the words that stood before it."""

    before: str
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was typed where a window was expected, and cannot be read as one."""

    given: str


@dataclass(frozen=True, slots=True)
class _When:
    """A time as typed: a day that is None is to be found from the hour."""

    day: date | None
    hour: time | None


def read_window(text: str, now: datetime, zone: str) -> Window | Unclear:
    """The window at the end of `text`, and what stands before it; without one, all of `text` stands before it.

    A time is `2026-11-20 14:00`, `2026-11-20`, `14:00`, or `today` or `yesterday` with or without an hour; it is in
    `zone` (an IANA name). An hour alone is the last such hour. `since` and `from` in a title are words like others
    unless a time follows them.
    """
    words = text.split()
    places = [n for n, word in enumerate(words) if word.lower() in ("since", "from") and _begins_time(words[n + 1 :])]
    if not places and words and words[0].lower() in ("since", "from"):
        places = [0]
    if not places:
        return Window(" ".join(words))
    place = places[-1]
    given = " ".join(words[place:])
    found = _bounds(words[place].lower(), [word.lower() for word in words[place + 1 :]], now, ZoneInfo(zone))
    return Window(" ".join(words[:place]), *found) if found is not None else Unclear(given)


def _begins_time(words: Sequence[str]) -> bool:
    """Whether somebody means a time, perhaps in a form that cannot be read; "from 3rd party API" is part of a title."""
    return bool(words) and (words[0].lower() in ("today", "yesterday") or _LIKE_A_TIME.match(words[0]) is not None)


_LIKE_A_TIME = pattern(r"\d{1,2}:\d|\d{4}-\d|\d{1,2}/\d|\d{1,2}(?:am|pm|h)\b")


def _bounds(word: str, times: Sequence[str], now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime | None] | None:
    """Both ends, or None where they are no times, not in order, or in the future."""
    middle = next((n for n, each in enumerate(times) if each in ("to", "until", "till")), None)
    if (word == "from") != (middle is not None):
        return None
    first = _when(times if middle is None else times[:middle], now, zone)
    if first is None:
        return None
    start = _moment(first, now, zone)
    if start >= now:
        return None
    if middle is None:
        return start, None
    last = _when(times[middle + 1 :], now, zone)
    if last is None:
        return None
    if last.day is None and last.hour is not None:
        # The first such hour after the beginning.
        local = start.astimezone(zone)
        end = datetime.combine(local.date(), last.hour, zone).astimezone(UTC)
        if end <= start:
            end = datetime.combine(local.date() + timedelta(days=1), last.hour, zone).astimezone(UTC)
    elif last.day is not None and last.hour is None:
        end = datetime.combine(last.day + timedelta(days=1), time(), zone).astimezone(UTC)
    else:
        end = _moment(last, now, zone)
    return (start, end) if end > start else None


def _when(words: Sequence[str], now: datetime, zone: ZoneInfo) -> _When | None:
    parts = [part for word in words for part in word.split("t" if word[:1].isdigit() else " ")]
    match parts:
        case [one]:
            hour = _hour(one)
            if hour is not None:
                return _When(None, hour)
            day = _day(one, now, zone)
            return _When(day, None) if day is not None else None
        case [one, other]:
            day, hour = _day(one, now, zone), _hour(other)
            return _When(day, hour) if day is not None and hour is not None else None
    return None


def _day(text: str, now: datetime, zone: ZoneInfo) -> date | None:
    today = now.astimezone(zone).date()
    if text in ("today", "yesterday"):
        return today if text == "today" else today - timedelta(days=1)
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None


def _hour(text: str) -> time | None:
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError:
        return None


def _moment(when: _When, now: datetime, zone: ZoneInfo) -> datetime:
    if when.day is not None:
        return datetime.combine(when.day, when.hour or time(), zone).astimezone(UTC)
    today = now.astimezone(zone).date()
    at = datetime.combine(today, when.hour or time(), zone).astimezone(UTC)
    return at if at < now else datetime.combine(today - timedelta(days=1), when.hour or time(), zone).astimezone(UTC)
