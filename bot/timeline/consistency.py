"""Where the record contradicts itself: a stated length or time that its own clock times do not give.

Both sides are told, and neither is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bot.timeline.cause_change import change_behind, lies_before
from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading
from bot.timeline.stated_lengths import clock, doubtful_lengths, later_clock
from bot.timeline.values import Contradiction, Kind, shortened
from bot.timeline.zones import known_zone

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
    found += _ends_before_it_was_noticed(milestones)
    found += _began_before_its_cause(readings, milestones)
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


def _ends_before_it_was_noticed(milestones: Milestones) -> Iterable[Contradiction]:
    """An end that was told without a zone and that only its writer's clock puts before the incident was noticed."""
    ended, noticed = milestones.stated.get(Kind.MITIGATED), milestones.stated.get(Kind.DETECTED)
    if ended is None or noticed is None or not ended.bare or not ended.zone or ended.at >= noticed.at:
        return
    local = ended.at.astimezone(known_zone(ended.zone) or UTC)
    in_utc = local.replace(tzinfo=UTC)
    if in_utc < noticed.at:
        return
    words = shortened(ended.words, 90)
    seen, otherwise = later_clock(ended.at, noticed.at), later_clock(ended.at, in_utc)
    yield Contradiction(
        f"“{words}” names no zone: by its writer's clock ({ended.zone}) it ended at {clock(ended.at)} UTC, before it"
        f" was noticed at {seen}; read as UTC it ended at {otherwise}.",
        ended.source_ts,
        words,
        (Kind.MITIGATED, Kind.DETECTED),
    )


def _began_before_its_cause(readings: Sequence[Reading], milestones: Milestones) -> Iterable[Contradiction]:
    began, change = milestones.stated.get(Kind.IMPACT_BEGAN), change_behind(readings, milestones)
    if began is not None and change is not None and lies_before(began.at, change.at, began.precision, change.precision):
        words = shortened(began.words, 90)
        text = before_its_cause(words, began.at, change.words, change.at)
        yield Contradiction(text, began.source_ts, words, (Kind.IMPACT_BEGAN, Kind.CAUSE_IDENTIFIED))


def before_its_cause(words: str, began: datetime, change: str, made: datetime) -> str:
    """Both sides of a beginning that lies before the change that is taken for its cause."""
    return (
        f"“{words}” puts the beginning at {clock(began)} UTC, before the change that is taken for the cause: "
        f"“{shortened(change, 90)}” at {later_clock(began, made)}."
    )
