"""Where on an axis does a moment stand, which of its stretches are empty, and which times are written at it?

An empty stretch keeps its true length as long as the others can be read beside it and have a fair part of the axis;
else it is drawn shorter, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

#: The least time that an axis covers, so that one single moment has a place in the middle.
SHORTEST = timedelta(minutes=10)
#: A stretch without entries is marked when it is at least this long, and this share of the whole.
EMPTY, EMPTY_SHARE = timedelta(minutes=20), 0.15
#: The most empty stretches that are marked.
EMPTY_MOST = 5
#: Where so many entries among the others have less room than this each, empty stretches have this share of the whole.
#: The same where the empty ones together leave less than this share of the whole.
BUSY, CROWDED, SHORTENED, LIVED_LEAST = 6, 6.0, 0.11, 0.2
#: The least distance between two times written at the axis.
TICK_APART = 76.0
_MARGIN = 0.03
_STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 7200, 14400, 43200, 144000)
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the axis; within it, equal times are equally long."""

    start: datetime
    end: datetime
    x: float
    width: float
    #: Whether nothing stands on it, and whether it is drawn shorter than it is.
    empty: bool = False
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A time that is written at the axis, in UTC and in the team's zone; a date where it is a new one."""

    x: float
    utc: str
    local: str
    utc_day: str = ""
    local_day: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretches of an axis, without a break between them."""

    stretches: tuple[Stretch, ...]

    def x(self, at: datetime) -> float:
        """The place of a moment; one outside of the axis stands at its nearer end."""
        last = self.stretches[-1]
        stretch = next((each for each in self.stretches if at < each.end), last)
        share = (at - stretch.start) / (stretch.end - stretch.start)
        return round(stretch.x + stretch.width * min(max(share, 0.0), 1.0), 1)

    @property
    def whole(self) -> Stretch:
        """From end to end; true to scale only where no stretch is shortened."""
        first, last = self.stretches[0], self.stretches[-1]
        return Stretch(first.start, last.end, first.x, last.x + last.width - first.x)

    @property
    def empty(self) -> tuple[Stretch, ...]:
        return tuple(each for each in self.stretches if each.empty)


def axis_of(moments: Sequence[datetime], left: float, width: float) -> Axis:
    """The axis for `moments` (at least one, in order), from `left` on."""
    first, last = moments[0], moments[-1]
    length = max(last - first, SHORTEST)
    empty = _empty(moments, length * EMPTY_SHARE)
    # Beside a silence of days, one of hours is short, and still as empty.
    more = _empty(moments, (length - _together(empty)) * EMPTY_SHARE)
    among = len(moments) - len(more) - 1
    lived = 1 - _together(more) / length
    shortened = among >= BUSY and (lived * width < among * CROWDED or lived < LIVED_LEAST)
    empty = more if shortened else empty
    missing = max(SHORTEST - (last - first), timedelta(0)) / 2
    margin = max(length - _together(empty), SHORTEST) * _MARGIN * 2 if shortened else length * _MARGIN
    start, end = first - missing - margin, last + missing + margin
    whole = end - start
    lived = 1 - _together(empty) / whole
    edges = [start, *(edge for pair in empty for edge in pair), end]
    stretches: list[Stretch] = []
    x = left
    for place, (a, b) in enumerate(pairwise(edges)):
        is_empty = place % 2 == 1
        part = (b - a) / whole
        if shortened:
            part = SHORTENED if is_empty else part / lived * (1 - SHORTENED * len(empty))
        stretches.append(Stretch(a, b, x, part * width, is_empty, is_empty and shortened))
        x += part * width
    return Axis(tuple(stretches))


def _empty(moments: Sequence[datetime], least: timedelta) -> list[tuple[datetime, datetime]]:
    """The longest stretches between two moments that follow each other, in order of time."""
    found = [(a, b) for a, b in pairwise(moments) if b - a >= max(EMPTY, least)]
    found.sort(key=lambda pair: pair[0] - pair[1])
    return sorted(found[:EMPTY_MOST])


def _together(stretches: Iterable[tuple[datetime, datetime]]) -> timedelta:
    return sum((b - a for a, b in stretches), timedelta(0))


def ticks_of(axis: Axis, zone: tzinfo) -> tuple[Tick, ...]:
    """The times written at an axis: full minutes, hours or days in UTC, far enough from each other to be read."""
    lived = [each for each in axis.stretches if not each.shortened]
    if len(lived) == len(axis.stretches):
        lived = [axis.whole]
    scale = max(lived, key=lambda each: each.width)
    per_step = scale.width / ((scale.end - scale.start) / _STEPS[0])
    step = next((each for each in _STEPS if per_step * (each / _STEPS[0]) >= TICK_APART), _STEPS[-1])
    start, end = axis.whole.x, axis.whole.x + axis.whole.width
    places: list[tuple[float, datetime]] = []
    for at in sorted(_round_times(lived, step)):
        x = axis.x(at)
        near_edge = min(x - start, end - x) < TICK_APART / 3
        if not near_edge and all(abs(x - other) >= TICK_APART for other, _ in places):
            places.append((x, at))
    return _named(places, zone)


def _round_times(stretches: Iterable[Stretch], widest: timedelta) -> Iterable[datetime]:
    """The times that are round by `widest`; in a short burst between two silences one that is as round as can be."""
    for each in stretches:
        midnight = each.start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        for step in (widest, *(smaller for smaller in reversed(_STEPS) if smaller < widest)):
            at = midnight + -(-(each.start - midnight) // step) * step
            found = 0
            while at <= each.end and (step == widest or not found):
                yield at
                at, found = at + step, found + 1
            if found:
                break


def _named(places: Sequence[tuple[float, datetime]], zone: tzinfo) -> tuple[Tick, ...]:
    found: list[Tick] = []
    days = {day_of(at) for _, at in places} | {day_of(at, zone) for _, at in places}
    before = ("", "")
    for x, at in places:
        dates = (day_of(at), day_of(at, zone))
        shown = [now if now != then else "" for now, then in zip(dates, before, strict=True)] if len(days) > 1 else []
        found.append(Tick(x, clock_of(at), clock_of(at, zone), *shown))
        before = dates
    return tuple(found)


def clock_of(at: datetime, zone: tzinfo = UTC) -> str:
    """`12:30` in a zone."""
    return f"{at.astimezone(zone):%H:%M}"


def day_of(at: datetime, zone: tzinfo = UTC) -> str:
    """`19 Nov` in a zone."""
    local = at.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]}"


def roughly(span: timedelta) -> str:
    """A length in its largest unit alone, rounded: `~18 h`."""
    minutes = span.total_seconds() / 60
    for size, unit in ((1440, "d"), (60, "h")):
        if minutes >= size * 0.95:
            return f"~{round(minutes / size)} {unit}"
    return f"~{round(minutes)} min"


def length_of(span: timedelta) -> str:
    """A length in as few characters as tell it: `47 min`, `2 h 5 min`, `3 d 4 h`; cut, not rounded."""
    minutes = int(span.total_seconds() // 60)
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {left} min" if left else f"{hours} h"
    return f"{minutes} min" if minutes else "<1 min"
