"""Which lane of the picture does an entry stand in, and which marks does a lane show?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.patterns import exact_pattern
from bot.timeline.axis import Axis
from bot.timeline.signs import is_alarm
from bot.timeline.values import Entry, Kind, Precision

#: The height of a lane. Marks that are nearer than `MARK` become one higher mark.
LANE, MARK = 42.0, 8.0
_LOWEST, _HIGHER = 14.0, 3.0
_USER = exact_pattern(r"[UW][A-Z0-9]*[0-9][A-Z0-9]*")


class Lane(StrEnum):
    """Who or what acted."""

    ALERTS = "alerts"
    PEOPLE = "people"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry, or several at almost the same place; `about` when none of their times is exact."""

    x: float
    height: float
    about: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """One lane with the number of its entries; `y` is its middle. `people` are those who wrote them, tools left out."""

    lane: Lane
    y: float
    count: int
    marks: tuple[Mark, ...]
    people: int = 0


def lane_of(entry: Entry) -> Lane:
    """Whether an alarm, a person, or a change is behind an entry; what a status page tells, people have written."""
    tool = entry.actor if entry.actor is not None and _USER.fullmatch(entry.actor) is None else None
    if entry.kind is Kind.CHANGE or (tool and entry.kind is Kind.MITIGATED):
        return Lane.CHANGES
    raised = tool is not None and (entry.kind is Kind.DETECTED or is_alarm(tool, entry.text))
    return Lane.ALERTS if entry.kind is Kind.ALERT or raised else Lane.PEOPLE


def lanes_of(timed: Sequence[tuple[datetime, Entry]], axis: Axis, top: float) -> tuple[Marks, ...]:
    found = []
    for number, lane in enumerate(Lane):
        here = [each for each in timed if lane_of(each[1]) is lane]
        wrote = {entry.actor for _, entry in here if entry.actor is not None and _USER.fullmatch(entry.actor)}
        found.append(Marks(lane, top + LANE * (number + 0.5), len(here), _marks(here, axis), len(wrote)))
    return tuple(found)


def _marks(entries: Sequence[tuple[datetime, Entry]], axis: Axis) -> tuple[Mark, ...]:
    """One mark for all that stand nearer to each other than a mark is wide; the more, the higher."""
    groups: list[list[tuple[float, bool]]] = []
    for at, entry in entries:
        x = axis.x(at)
        if not groups or x - groups[-1][0][0] >= MARK:
            groups.append([])
        groups[-1].append((x, entry.precision is Precision.ABOUT))
    return tuple(
        Mark(
            round(sum(x for x, _ in group) / len(group), 1),
            min(_LOWEST + _HIGHER * (len(group) - 1), LANE - 8),
            all(about for _, about in group),
        )
        for group in groups
    )
