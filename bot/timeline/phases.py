"""Into which phases do the milestones divide an incident? Only those whose both ends are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.timeline.axis import Axis, length_of
from bot.timeline.values import Kind


class Span(StrEnum):
    """A phase of the incident, from one milestone to the next."""

    UNNOTICED = "unnoticed"
    SEARCHING = "searching"
    RESPONDING = "responding"
    REPAIRING = "repairing"
    WATCHING = "watching"


@dataclass(frozen=True, slots=True)
class Phase:
    """A shaded part of the picture."""

    span: Span
    x: float
    width: float
    length: str


def phases_of(at: Mapping[Kind, datetime], axis: Axis) -> tuple[Phase, ...]:
    """The phases between milestones that follow each other; `at` has those that are known."""
    steps: list[tuple[Span, Kind, Kind]] = [(Span.UNNOTICED, Kind.IMPACT_BEGAN, Kind.DETECTED)]
    cause, mitigated = at.get(Kind.CAUSE_IDENTIFIED), at.get(Kind.MITIGATED)
    ended = Kind.MITIGATED if mitigated is not None else Kind.RESOLVED
    end = at.get(ended)
    start = Kind.DETECTED if Kind.DETECTED in at else Kind.DECLARED
    if cause is not None and end is not None and cause < end:
        steps += [(Span.SEARCHING, start, Kind.CAUSE_IDENTIFIED), (Span.REPAIRING, Kind.CAUSE_IDENTIFIED, ended)]
    elif end is not None:
        steps.append((Span.RESPONDING, start, ended))
    elif cause is not None:
        steps.append((Span.SEARCHING, start, Kind.CAUSE_IDENTIFIED))
    if ended is Kind.MITIGATED:
        steps.append((Span.WATCHING, Kind.MITIGATED, Kind.RESOLVED))
    found = []
    for span, one, other in steps:
        begin, finish = at.get(one), at.get(other)
        if begin is not None and finish is not None and begin < finish:
            x = axis.x(begin)
            found.append(Phase(span, x, round(axis.x(finish) - x, 1), length_of(finish - begin)))
    return tuple(found)
