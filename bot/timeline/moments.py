"""Which moments a text names, relative to when and in whose zone it was written.

The rule of the house is that silence is fine and a wrong time is not: what can be read in two ways is left out, or
marked as about. `dateparser` was tried on chat and reads "12 of 30 pods" as a date, hence this small grammar.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise

from bot.patterns import Found
from bot.timeline.days import Day, days_in
from bot.timeline.moment_words import (
    ABOUT_AFTER,
    ABOUT_AT_BEFORE,
    ABOUT_BEFORE,
    AGO,
    AHEAD,
    AT_BEFORE,
    BETWEEN,
    CLOCK,
    CLOCK_THEN_DAY,
    CODE,
    COUNTS,
    DAY_THEN_CLOCK,
    DIGITS,
    FOR,
    GOES_ON,
    HOUR,
    HOUR_ALONE,
    HOUR_ENDS,
    ISH,
    ISO,
    LASTS_BEFORE,
    LOG_LINE,
    MINUTES,
    NOT_A_CLOCK_AFTER,
    NOT_A_CLOCK_BEFORE,
    NUMBERS,
    OPENS,
    PAST,
    RANGE_BEFORE,
    SPELLED,
    SPOKEN,
    WITH_H,
)
from bot.timeline.values import Precision
from bot.timeline.zones import is_a_place_alone, known_zone, zone_named

#: People round the clock and clocks differ; a time this far after the message can still be in its past.
_SLACK = timedelta(minutes=5)
#: A clock time without a day means one of the last hours; beyond this age it could as well be tomorrow's.
_OLDEST_UNDATED = timedelta(hours=15)
_OLDEST_DOUBTFUL = timedelta(hours=24)
#: A day that is written out may lie ahead of a text that was amended later; beyond this it is a plan.
_AHEAD_AT_MOST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that a text names; `start` and `end` are the places of its words in the text."""

    at: datetime
    precision: Precision
    #: The zone that was used: the stated one, or the writer's.
    zone: str
    words: str
    start: int
    end: int
    #: Whether the text itself gives the day.
    dated: bool = False
    #: Whether it was counted back from the message ("an hour ago").
    counted: bool = False
    #: Whether the text names no zone, so that it was read by its writer's clock.
    bare: bool = False
    #: Whether only what stands around it can tell that it is meant: an hour alone ("since 8"), or a time of day that
    #: was last more than 15 hours ago.
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time that a text names, "between 17:50 and 18:08 UTC". It never ends before it begins."""

    start: Moment
    end: Moment
    words: str


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day as written, before it is given a day and a zone."""

    hour: int
    minute: int
    second: int
    start: int
    end: int
    zone: str | None = None
    zone_unknown: bool = False
    half: str | None = None
    about: bool = False
    #: Whether "1:31" may also mean 13:31.
    twelve_hours: bool = False
    day: Day | None = None
    future: bool = False
    doubtful: bool = False


@lru_cache(maxsize=512)
def moments_in(text: str, at: datetime, zone: str) -> tuple[Moment, ...]:
    """The moments that `text` names, in the order of its words, without the doubtful ones.

    `at` is when it was written (aware), `zone` the tz name of the writer's clock. Times in code, links and log lines
    are not read: they are what a machine saw, not what a person states.
    """
    return tuple(each for each in all_moments_in(text, at, zone) if not each.doubtful)


@lru_cache(maxsize=512)
def all_moments_in(text: str, at: datetime, zone: str) -> tuple[Moment, ...]:
    """The moments that `text` may name, also the doubtful ones."""
    if not _worth_reading(text):
        return ()
    masked = masked_text(text)
    days = days_in(masked, at.astimezone(known_zone(zone) or UTC))
    clocks = _dated(masked, _clocks(masked, zone), days)
    sure, alone = [each for each in clocks if not each.doubtful], [each for each in clocks if each.doubtful]
    found = [*_resolved(masked, _inherited(masked, sure), at, zone), *_counted(masked, at, zone)]
    found += [moment for each in alone for moment in _resolved(masked, [each], at, zone)]
    return tuple(sorted(found, key=lambda each: each.start))


def windows_in(text: str, moments: Sequence[Moment]) -> tuple[Window, ...]:
    """The stretches of time among `moments`, which were found in `text`."""
    masked = masked_text(text)
    found: list[Window] = []
    for first, second in pairwise(moments):
        if first.counted or second.counted or (found and found[-1].end is first):
            continue
        gap = without_days(masked[first.end : second.start])
        if not BETWEEN.match(gap):
            continue
        opened = OPENS.search(masked[max(0, first.start - 60) : first.start]) is not None
        if " and " in f" {gap.strip()} " and not opened:
            continue  # "at 10:00 and 10:30" names two moments.
        if second.at < first.at or second.at - first.at > timedelta(days=31):
            continue
        precision = first.precision if second.precision is Precision.EXACT else second.precision
        first, second = replace(first, precision=precision), replace(second, precision=precision)
        found.append(Window(first, second, text[first.start : second.end]))
    return tuple(found)


def without_days(gap: str) -> str:
    """`gap` without the days it names, so that only the words between two times are left."""
    for day in reversed(days_in(gap, datetime(2000, 1, 1, tzinfo=UTC))):
        gap = gap[: day.start] + gap[day.end :]
    return " ".join(gap.replace(",", " ").split()) + (" " if gap.endswith(" ") else "")


def masked_text(text: str) -> str:
    """`text` with code, links, addresses and log lines as spaces, every other character in its own place."""
    for rule in (LOG_LINE, CODE):
        if rule.search(text):
            text = rule.sub(lambda found: " " * len(found.group() or ""), text)
    return text


def _worth_reading(text: str) -> bool:
    if any(character.isdigit() for character in text):
        return True
    lowered = text.lower()
    return any(
        word in lowered for word in (" ago", "noon", "midday", "midnight", "half ", "quarter ", "the last", "the past")
    ) or (SPELLED.search(lowered) is not None)


def _clocks(text: str, zone: str) -> list[_Clock]:
    found_clocks: list[_Clock] = []
    taken = bytearray(len(text))
    for rule in (ISO, CLOCK, HOUR, DIGITS, WITH_H, PAST, SPOKEN, HOUR_ALONE):
        for found in rule.finditer(text):
            clock = _hour_alone(found, text) if rule is HOUR_ALONE else _clock(found, text, zone)
            if clock and not any(taken[clock.start : clock.end]):
                taken[clock.start : clock.end] = b"\x01" * (clock.end - clock.start)
                found_clocks.append(clock)
    return sorted(found_clocks, key=lambda each: each.start)


def _hour_alone(found: Found, text: str) -> _Clock | None:
    start, end = found.start(1 if found.group("n") else 2), found.end()
    hour = _hour(found.groupdict())
    if hour is None or not HOUR_ENDS.match(text[end : end + 24]):
        return None
    ahead = AHEAD.search(text[max(0, start - 80) : start]) is not None
    return _Clock(hour, 0, 0, start, end, about=True, twelve_hours=True, future=ahead, doubtful=True)


def _clock(found: Found, text: str, own: str) -> _Clock | None:
    start, end = found.start(), found.end()
    if _part_of_something_else(text, start, end):
        return None
    groups = found.groupdict()
    if groups.get("by_h") and LASTS_BEFORE.search(text[max(0, start - 24) : start]) is not None:
        return None
    doubtful = False
    if "way" in groups:
        likely = _is_told_by_minutes(groups, text[max(0, start - 12) : start], text[end : end + 24])
        if likely is None:
            return None
        doubtful = not likely
    said = groups.get("zone")
    alone = said is not None and is_a_place_alone(said, text[end : end + 24])
    zone = zone_named(said, own) if said and not alone else None
    unknown = said is not None and zone is None
    if said and (alone or (unknown and said.endswith("time") and said[:1].islower())):
        end, unknown = end - len(said), False  # "at 13:30 this time" names no zone.
        while end > start and text[end - 1] in " (,":
            end -= 1
    minute, loose = _minute(groups)
    hour = _hour(groups)
    if hour is None or (hour == 24 and minute):
        return None
    half = (groups.get("half") or "").lower()[:1] or None
    about = loose or "n" in groups or ABOUT_BEFORE.search(text[max(0, start - 24) : start]) is not None
    about = about or ABOUT_AFTER.match(text[end : end + 12]) is not None
    if minute < 0:
        hour, minute = hour - 1, 60 + minute
    day = None
    if iso := groups.get("day"):
        try:
            day = Day(date.fromisoformat(iso), start, start + len(iso))
        except ValueError:
            return None
    written = groups.get("h") or ""
    informal = "n" in groups and not groups.get("noon")
    return _Clock(
        hour=hour % 24,
        minute=minute,
        second=int(groups.get("s") or 0),
        start=start,
        end=end,
        zone=zone,
        zone_unknown=unknown,
        half=half if hour <= 12 else None,
        about=about,
        twelve_hours=half is None and day is None and (informal or (hour <= 12 and not written.startswith("0"))),
        day=day,
        future=AHEAD.search(text[max(0, start - 80) : start]) is not None,
        doubtful=doubtful,
    )


def _is_told_by_minutes(groups: dict[str, str | None], before: str, after: str) -> bool | None:
    """Whether "ten to six" or "25 past 3" is a time of day; None where it likelier counts from ten up to six."""
    by = (groups["by"] or "").lower()
    spelled, minutes = not by.isdigit(), abs(_minute(groups)[0])
    ends = groups.get("zone") is not None or HOUR_ENDS.match(after.partition("\n")[0]) is not None
    at = AT_BEFORE.search(before) is not None
    usual = spelled or minutes % 5 == 0
    if (groups["way"] or "").lower() == "past":
        return usual and (at or ends)
    if at and usual:
        return True if ends or GOES_ON.match(after) is not None else None
    # "about twenty to eleven" cannot count up, "about five to ten" may.
    counts_down = minutes > (_hour(groups) or 0)
    return True if spelled and ends and counts_down and ABOUT_AT_BEFORE.search(before) is not None else None


def _hour(groups: dict[str, str | None]) -> int | None:
    if groups.get("noon"):
        return 0 if (groups["noon"] or "").lower() == "midnight" else 12
    if number := groups.get("n"):
        return NUMBERS.index(number.lower()) + 1
    value = groups.get("h") or groups.get("d")
    return int(value) if value else None


def _minute(groups: dict[str, str | None]) -> tuple[int, bool]:
    """The minute, and whether it is only about right."""
    if by := (groups.get("by") or "").lower():
        minutes = MINUTES[by] if by in MINUTES else int(by)
        return (minutes if (groups.get("way") or "").lower() == "past" else -minutes), True
    part = (groups.get("part") or groups.get("past") or "").lower()
    if part:
        return (30 if part.startswith("half") else 15 if part.endswith("past") else -15), True
    minute = groups.get("m")
    if minute is None:
        return 0, False
    return (int(minute), False) if minute.isdigit() else (0, True)


def _part_of_something_else(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 7) : start]
    if NOT_A_CLOCK_BEFORE.search(before) and not (before[-1:] in "-:T" and _range_or_label(text, start)):
        return True
    after = text[end : end + 10]
    return NOT_A_CLOCK_AFTER.match(after) is not None and ISH.match(after) is None


def _range_or_label(text: str, start: int) -> bool:
    """Whether the character before `start` ends a label ("Resolved:14:09") or joins a span ("13:30-13:45")."""
    before = text[max(0, start - 12) : start - 1]
    if text[start - 1] == ":":
        return before[-1:].isalpha()
    return RANGE_BEFORE.search(before) is not None


def _dated(text: str, clocks: Sequence[_Clock], days: Sequence[Day]) -> list[_Clock]:
    """Each clock time with the day that stands right before or after it."""
    dated = []
    starts, ends = [each.start for each in days], [each.end for each in days]
    for clock in clocks:
        day = clock.day
        before, after = bisect_right(ends, clock.start) - 1, bisect_left(starts, clock.end)
        if day is None and before >= 0 and DAY_THEN_CLOCK.match(text[ends[before] : clock.start]):
            day = days[before]
        if day is None and after < len(days) and CLOCK_THEN_DAY.match(text[clock.end : starts[after]]):
            day = days[after]
        dated.append(replace(clock, day=day))
    return dated


def _inherited(text: str, clocks: Sequence[_Clock]) -> list[_Clock]:
    """Each clock time with what the other end of its span says: zone, half of the day, day."""
    shared = {clock.zone for clock in clocks if clock.zone}
    only = next(iter(shared)) if len(shared) == 1 and not any(clock.zone_unknown for clock in clocks) else None
    result = list(clocks)
    for index in range(len(result) - 2, -1, -1):
        one, two = result[index], result[index + 1]
        if not BETWEEN.match(without_days(text[one.end : two.start])):
            continue
        if one.zone is None and two.zone_unknown:
            one = replace(one, zone_unknown=True)
        if one.zone is None and not one.zone_unknown:
            one = replace(one, zone=two.zone)
        if one.half is None and two.half is not None and 1 <= one.hour <= 12:
            later = (one.hour % 12, one.minute) > (two.hour % 12, two.minute)
            one = replace(one, half={"p": "a", "a": "p"}[two.half] if later else two.half)
        result[index] = replace(one, about=one.about or (two.about and not two.day))
        if one.about and not two.about and not two.day:
            result[index + 1] = replace(two, about=True)
        if one.day is None and two.day is not None and two.day.start >= two.end:
            result[index] = replace(result[index], day=two.day)
    return [each if each.zone or each.zone_unknown else replace(each, zone=only) for each in result]


def _resolved(text: str, clocks: Sequence[_Clock], at: datetime, own: str) -> list[Moment]:
    found: list[Moment] = []
    anchor: datetime | None = None
    previous: tuple[_Clock, Moment] | None = None
    for clock in clocks:
        name = clock.zone or own
        zone = known_zone(name) or UTC
        joined = previous is not None and BETWEEN.match(without_days(text[previous[0].end : clock.start])) is not None
        after = previous[1].at if joined and previous else anchor
        when = None if clock.zone_unknown else _when(clock, at, zone, after, explicit=clock.zone is not None)
        if when is None:
            previous = None
            continue
        moment, loose = when
        precision = Precision.ABOUT if clock.about or loose else Precision.EXACT
        known = Moment(
            moment.astimezone(UTC), precision, name, text[clock.start : clock.end], clock.start, clock.end,
            dated=clock.day is not None or anchor is not None, bare=clock.zone is None,
            doubtful=clock.doubtful or (clock.day is None and anchor is None and at - moment > _OLDEST_UNDATED),
        )  # fmt: skip
        found.append(known)
        previous = clock, known
        if clock.day is not None and anchor is None:
            anchor = known.at
    return found


#: "last night at 3" is this morning, from so many o'clock on it is the evening before.
_MORNING = 6


def _when(
    clock: _Clock, at: datetime, zone: tzinfo, after: datetime | None, *, explicit: bool
) -> tuple[datetime, bool] | None:
    """The moment that a clock time means and whether it is only about right; None where that cannot be told."""
    hour = clock.hour
    if clock.half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock.half == "p" else 0)
    if clock.day is not None:
        if clock.day.value is None:
            return None
        small_hours = clock.day.nightly and hour < _MORNING
        whole = _on(clock.day.value + timedelta(days=small_hours), hour, clock, zone)
        if clock.day.weekly and whole > at + _SLACK and not clock.future:
            return _on(clock.day.value - timedelta(days=7), hour, clock, zone), False
        if clock.day.spoken and whole > at + _SLACK:
            # Yesterday can have ended in one zone and not in another; what is still to come is no record.
            whole -= timedelta(days=1)
            return (whole, True) if clock.day.value < at.astimezone(zone).date() else None
        return (whole, False) if whole - at < _AHEAD_AT_MOST else None
    local = (after or at).astimezone(zone).date()
    if after is not None:
        for days in (-1, 0, 1):
            moment = _on(local + timedelta(days=days), hour, clock, zone)
            if moment >= after:
                return moment, False
        return None
    if clock.future:
        return None
    hours = {hour}
    if clock.twelve_hours and not explicit and clock.half is None:
        hours |= {hour % 12, hour % 12 + 12}
    candidates = [
        (moment, hour_of)
        for hour_of in hours
        for days in (-1, 0, 1)
        if (moment := _on(local + timedelta(days=days), hour_of, clock, zone)) <= at + _SLACK
    ]
    if not candidates:
        return None
    moment, chosen = max(candidates)
    if at - moment > _OLDEST_DOUBTFUL:
        return None
    return moment, chosen != hour


def _on(day: date, hour: int, clock: _Clock, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, hour, clock.minute, clock.second, tzinfo=zone).astimezone(UTC)


def _counted(text: str, at: datetime, zone: str) -> list[Moment]:
    found = []
    for rule in (AGO, FOR):
        for each in rule.finditer(text):
            distance = _distance(each)
            if distance is not None:
                moment = (at - distance).astimezone(UTC).replace(second=0, microsecond=0)
                words = each.group() or ""
                found.append(Moment(moment, Precision.ABOUT, zone, words, each.start(), each.end(), counted=True))
    return found


def _distance(found: Found) -> timedelta | None:
    said = (found.group("n") or "an").lower()
    count = COUNTS.get(said)
    if count is None:
        count = float(said)
    if found.group("half"):
        count += 0.5
    unit = (found.group("unit") or "").lower()
    match unit[0]:
        case "h":
            distance = timedelta(hours=count)
        case "m":
            distance = timedelta(minutes=count)
        case "s":
            distance = timedelta(seconds=count)
        case _:
            return None  # "two days ago" names a day, not a time of day.
    return distance if distance <= timedelta(days=3) else None


__all__ = ["Moment", "Window", "all_moments_in", "masked_text", "moments_in", "windows_in", "without_days"]
