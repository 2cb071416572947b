"""How long do detecting, mitigating and resolving take over several incidents, and what comes back in them?

A length counts from when the impact began, or from detection where nobody knows that, as in a document's key facts; an
incident that does not know both ends counts in no median. Incidents differ so much that a mean is mostly the longest of
them (Nash, "Incident metrics in SRE", 2021); a median of a few is a hint and no measure, which is why the number behind
each is always said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

#: What is measured: the name, and the moment that ends it.
LENGTHS = ("detected", "mitigated", "resolved")
#: Lengths of fewer incidents than this give no median.
ENOUGH = 3
#: What comes back is what at least so many incidents have; so many of each are named.
AGAIN, NAMED = 2, 4
#: Levels of severity, or kinds, that are told apart.
GROUPS = 3


@dataclass(frozen=True, slots=True)
class Course:
    """What a past incident says of itself in numbers; moments are aware UTC, None where nobody knows them."""

    number: str
    kind: str
    severity: str
    moments: Mapping[str, datetime]
    services: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()

    def took(self, name: str) -> timedelta | None:
        """How long until it was detected, mitigated or resolved."""
        began, end = self.moments.get("began"), self.moments.get(name)
        if began is None and name != "detected":
            began = self.moments.get("detected")
        return end - began if began is not None and end is not None and end >= began else None


@dataclass(frozen=True, slots=True)
class Median:
    """The median length until `name`, over so many incidents."""

    name: str
    length: timedelta
    incidents: int


@dataclass(frozen=True, slots=True)
class Group:
    """The medians of some incidents; `name` is empty for all of them."""

    name: str
    incidents: int
    medians: tuple[Median, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """What several incidents say together."""

    incidents: int
    #: All of them, then the groups with enough incidents, the largest first.
    groups: tuple[Group, ...]
    #: The medians of as many incidents before these; empty when there are too few.
    before: tuple[Median, ...]
    #: What comes back, with the number of incidents that have it, the most frequent first.
    sorts: tuple[tuple[str, int], ...]
    services: tuple[tuple[str, int], ...]


def medians(courses: Iterable[Course]) -> tuple[Median, ...]:
    """The median of each length that enough incidents know, in the order of `LENGTHS`."""
    found: dict[str, list[timedelta]] = {name: [] for name in LENGTHS}
    for course in courses:
        for name in LENGTHS:
            length = course.took(name)
            if length is not None:
                found[name].append(length)
    return tuple(
        Median(name, timedelta(seconds=median(each.total_seconds() for each in lengths)), len(lengths))
        for name, lengths in found.items()
        if len(lengths) >= ENOUGH
    )


def trends(courses: Sequence[Course], most: int) -> Trends:
    """The newest `most` incidents beside those before; `courses` are the newest first."""
    latest, before = courses[:most], courses[most : 2 * most]
    groups = [Group("", len(latest), medians(latest))]
    by_name: dict[str, list[Course]] = {}
    for course in latest:
        by_name.setdefault(course.severity or course.kind, []).append(course)
    large = [(name, some) for name, some in by_name.items() if name and ENOUGH <= len(some) < len(latest)]
    large.sort(key=lambda each: (-len(each[1]), each[0]))
    groups += [Group(name, len(some), found) for name, some in large[:GROUPS] if (found := medians(some))]
    return Trends(
        len(latest),
        tuple(groups),
        medians(before),
        again(sort for course in latest for sort in set(course.sorts)),
        again(service for course in latest for service in set(course.services)),
    )


def again(found: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """What several incidents have, the most frequent first."""
    counted = sorted(Counter(found).items(), key=lambda each: (-each[1], each[0]))
    return tuple((name, count) for name, count in counted if count >= AGAIN)[:NAMED]
