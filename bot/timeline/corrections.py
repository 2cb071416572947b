"""What does a person make of an entry? Corrections as values, and what stands when people and rules disagree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.timeline.values import MILESTONES, Entry, Kind, Precision

#: What a milestone is shown as once somebody says that another moment was that milestone.
ORDINARY = {
    Kind.IMPACT_BEGAN: Kind.IMPACT,
    Kind.DETECTED: Kind.FINDING,
    Kind.ACKNOWLEDGED: Kind.NOTE,
    Kind.DECLARED: Kind.ESCALATION,
    Kind.INVESTIGATION_BEGAN: Kind.NOTE,
    Kind.ESCALATED: Kind.ESCALATION,
    Kind.CAUSE_IDENTIFIED: Kind.FINDING,
    Kind.MITIGATED: Kind.RECOVERY,
    Kind.PARTLY_RECOVERED: Kind.RECOVERY,
    Kind.RESOLVED: Kind.RECOVERY,
}
TEXT, TIME, KIND = "text", "time", "kind"


@dataclass(frozen=True, slots=True)
class When:
    """When it happened, as a person says; `at` is None when nobody knows."""

    at: datetime | None
    precision: Precision
    zone: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of an entry instead; None leaves as it is."""

    text: str | None = None
    time: When | None = None
    kind: Kind | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What it says something of."""
        told = ((TEXT, self.text), (TIME, self.time), (KIND, self.kind))
        return tuple(name for name, value in told if value is not None)


def corrected(entry: Entry, correction: Correction) -> Entry:
    """The entry as the person wants it. Its source and its actor stay: credit is the author's, not the editor's."""
    if correction.text is not None:
        entry = replace(entry, text=correction.text)
    if correction.time is not None:
        time = correction.time
        entry = replace(entry, at=time.at, precision=time.precision, zone=time.zone)
    return entry if correction.kind is None else replace(entry, kind=correction.kind)


def against(entry: Entry, wanted: Correction) -> Correction:
    """Only what would change the entry; and the kind of a milestone, for which the person then vouches."""
    text = wanted.text if wanted.text != entry.text else None
    time = wanted.time
    if time is not None and (time.at, time.precision) == (entry.at, entry.precision):
        time = None  # The same moment, only seen from another zone.
    kind = wanted.kind if wanted.kind != entry.kind else None
    if kind is None and entry.kind in MILESTONES and (text is not None or time is not None):
        kind = entry.kind
    return Correction(text, time, kind)


def from_record(fresh: Entry, kept: Entry, corrected_fields: Collection[str]) -> Entry:
    """What the record gives now, as far as nobody has said otherwise of the entry that is kept."""
    return corrected(
        fresh,
        Correction(
            kept.text if TEXT in corrected_fields else None,
            When(kept.at, kept.precision, kept.zone) if TIME in corrected_fields else None,
            kept.kind if KIND in corrected_fields else None,
        ),
    )


def merged(entry: Entry, other: Entry) -> Correction:
    """What `entry` takes over from one that tells the same: a time when it has none, and what milestone it was."""
    time = When(other.at, other.precision, other.zone) if entry.at is None and other.at is not None else None
    takes = other.kind in MILESTONES and entry.kind not in MILESTONES
    return Correction(time=time, kind=other.kind if takes else None)
