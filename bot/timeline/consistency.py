"""Where the record contradicts itself: a stated length or time that its own clock times do not give.

Both sides are told, and neither is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading
from bot.timeline.stated_lengths import clock, doubtful_lengths, later_clock
from bot.timeline.values import Contradiction, Kind, shortened

_SMALLEST = timedelta(minutes=5)


def contradictions_of(
    readings: Sequence[Reading], milestones: Milestones, zones: dict[str, str], zone: str
) -> tuple[Contradiction, ...]:
    """The places where the record disagrees with itself, in the order in which they were written."""
    found: list[Contradiction] = []
    for reading in readings:
        found += doubtful_lengths(reading, milestones, zones.get(reading.read.message.user or "", zone))
    found += _set_aside(milestones)
    found += _ends_before_it_began(milestones)
    unique = {each.text: each for each in found}
    return tuple(unique.values())


def _set_aside(milestones: Milestones) -> Iterable[Contradiction]:
    detected = milestones.at(Kind.DETECTED) or milestones.at(Kind.DECLARED)
    for statement, why in milestones.set_aside:
        stated = statement.stated
        if detected is None or abs(stated.at - detected) > timedelta(days=40):
            continue
        what = {Kind.IMPACT_BEGAN: "the beginning", Kind.RESOLVED: "the end"}.get(statement.kind, "a time")
        chosen = milestones.stated.get(statement.kind)
        if chosen is not None and statement.kind is Kind.IMPACT_BEGAN:
            continue  # Something else is known to have begun it; this began later.
        words = shortened(stated.words, 90)
        yield Contradiction(
            f"“{words}” puts {what} at {clock(stated.at)} UTC, {why} at {later_clock(stated.at, detected)}.",
            stated.source_ts,
            words,
            (statement.kind, Kind.DETECTED),
        )


def _ends_before_it_began(milestones: Milestones) -> Iterable[Contradiction]:
    began = milestones.stated.get(Kind.IMPACT_BEGAN)
    for kind in (Kind.MITIGATED, Kind.RESOLVED):
        ended = milestones.stated.get(kind)
        if began and ended and ended.at < began.at - _SMALLEST:
            words, start = shortened(ended.words, 90), later_clock(ended.at, began.at)
            yield Contradiction(
                f"“{words}” puts the end at {clock(ended.at)} UTC, before the beginning at {start}.",
                ended.source_ts,
                words,
                (Kind.IMPACT_BEGAN, kind),
            )
