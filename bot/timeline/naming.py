"""Which entries does the picture name, and where do their numbers and their lines stand?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.timeline.axis import Axis, clock_of, day_of
from bot.timeline.lanes import Lane, lane_of
from bot.timeline.lettering import TEXT, on_one_line, on_two_lines, width_of
from bot.timeline.values import MILESTONES, Entry, Kind, Precision

#: How many entries are named; all of them are marks.
NAMED = 10
#: Half the width of a numbered point, the distance of its rows from each other, and their number.
POINT, POINT_ROW, POINT_ROWS = 13.0, 30.0, 4
#: The distance of two lines of the list, and where the times begin in it.
ROW, WHEN_AT = 32.0, 50.0
#: How far below a line stands what goes on from it.
MORE = 25.0
Timed = tuple[datetime, Entry]


@dataclass(frozen=True, slots=True)
class Named:
    """An entry with a number: its point at (x, y) above its time at `stem`, and its row in the list."""

    number: int
    x: float
    y: float
    stem: float
    lane: Lane
    milestone: bool
    about: bool
    row: float
    when: str
    name: str
    #: Where the name and the words begin.
    words_at: float
    text: str
    #: What goes on below it; empty where the words fit on one line.
    more: str
    #: All of the words, for the text beside the picture.
    words: str


@dataclass(frozen=True, slots=True)
class Listed:
    """How a list tells its entries: within `right`, the milestones by `names`, what was said as `words` gives it."""

    right: float
    names: Mapping[Kind, str]
    words: Callable[[Entry], str]
    #: Whether the day stands with each time.
    days: bool


def named_of(
    chosen: Sequence[Timed], axis: Axis, points: Sequence[tuple[float, float]], top: float, listed: Listed
) -> tuple[Named, ...]:
    """The chosen entries with their points, and their lines from `top` on."""
    whens = [_when(at, entry, listed.days) for at, entry in chosen]
    words_at = round(WHEN_AT + max(width_of(each, TEXT, bold=True) for each in whens) + 8, 1)
    found: list[Named] = []
    row = top
    for index, (at, entry) in enumerate(chosen):
        name = listed.names.get(entry.kind, "")
        room = listed.right - words_at
        words = listed.words(entry)
        named = width_of(f"{name} " if name else "", TEXT, bold=True)
        text, more = on_two_lines(words, room - named, room, TEXT)
        x, y = points[index]
        found.append(
            Named(
                number=index + 1,
                x=x,
                y=y,
                stem=axis.x(at),
                lane=lane_of(entry),
                milestone=entry.kind in MILESTONES,
                about=entry.precision is Precision.ABOUT,
                row=row,
                when=whens[index],
                name=name,
                words_at=words_at,
                text=text,
                more=more,
                words=on_one_line(words),
            )
        )
        row = below(found[-1])
    return tuple(found)


def below(named: Named) -> float:
    """Where the next line of the list begins."""
    return named.row + ROW + (MORE if named.more else 0)


def _when(at: datetime, entry: Entry, day: bool) -> str:
    about = "~" if entry.precision is Precision.ABOUT else ""
    return f"{day_of(at) + ' ' if day else ''}{about}{clock_of(at)}"


def chosen_of(timed: Sequence[Timed], first: Collection[str]) -> list[Timed]:
    """The entries that are named, in order of time: milestones, then those of `first`, then the most telling."""
    ranked = sorted(range(len(timed)), key=lambda place: _rank(timed[place][1], first))
    return [timed[place] for place in sorted(ranked[:NAMED])]


def _rank(entry: Entry, first: Collection[str]) -> tuple[bool, bool, float]:
    return entry.kind not in MILESTONES, entry.key not in first, -entry.score


def points_of(wanted: Sequence[float], left: float, right: float, y: float) -> tuple[list[tuple[float, float]], int]:
    """Where the numbered points stand: at their time, else in a row below, else beside it. And how many rows there are.

    No point covers another one, and all of them stand above the axis.
    """
    placed: list[tuple[float, float]] = []
    apart = 2 * POINT + 2
    low, high = left + POINT, right - POINT
    for x in wanted:
        x = min(max(x, low), high)
        free: list[tuple[float, int, float]] = []
        for row in range(POINT_ROWS):
            others = [other for other, at in placed if at == y + row * POINT_ROW]
            for candidate in (x, *(o + apart for o in others), *(o - apart for o in others)):
                inside = low <= candidate <= high
                if inside and all(abs(candidate - other) >= apart - 0.01 for other in others):
                    free.append((abs(candidate - x), row, candidate))
        _, row, place = min(free)
        placed.append((round(place, 1), y + row * POINT_ROW))
    used = {at for _, at in placed}
    return placed, round((max(used) - y) / POINT_ROW) + 1
