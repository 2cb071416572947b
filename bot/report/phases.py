"""In which part of the incident did something happen: until it was looked into, until the cause, until it was over?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.interview.state import Fact
from bot.report.desk import KeptEntry
from bot.report.material import Phase
from bot.timeline.values import Kind

#: After the last of these the investigation begins, where nothing says when it did.
_NOTICED = (Kind.DETECTED, Kind.ACKNOWLEDGED, Kind.DECLARED)


#: The facts that are moments, by the milestone that each one is.
_MOMENTS = {
    "detected": Kind.DETECTED,
    "acknowledged": Kind.ACKNOWLEDGED,
    "declared": Kind.DECLARED,
    "investigated": Kind.INVESTIGATION_BEGAN,
    "cause": Kind.CAUSE_IDENTIFIED,
    "mitigated": Kind.MITIGATED,
    "resolved": Kind.RESOLVED,
}


def phases(entries: Sequence[KeptEntry], facts: Sequence[Fact]) -> Callable[[KeptEntry], Phase]:
    """Tells the phase of each of these entries, from the milestones that the facts settle or that are among them.

    Detection lasts until the investigation begins (else until all of detected, acknowledged and declared that are
    known have passed), investigation until the cause was found or the first remedy worked, mitigation until it was
    resolved. A milestone that ends a phase belongs to it.
    """
    at = {kept.entry.kind: kept.entry.at for kept in entries if kept.entry.at is not None}
    at |= {_MOMENTS[fact.name]: fact.at for fact in facts if fact.name in _MOMENTS and fact.at is not None}
    begins = at.get(Kind.INVESTIGATION_BEGAN)
    noticed = max((at[kind] for kind in _NOTICED if kind in at), default=None)
    found = min((at[kind] for kind in (Kind.CAUSE_IDENTIFIED, Kind.MITIGATED) if kind in at), default=None)
    cause_ends = found is not None and found == at.get(Kind.CAUSE_IDENTIFIED)
    resolved = at.get(Kind.RESOLVED)

    def phase(kept: KeptEntry) -> Phase:
        when = kept.entry.at
        if when is None:
            return Phase.UNTIMED
        if resolved is not None and when > resolved:
            return Phase.AFTERWARDS
        if found is not None and (when > found or (when == found and not cause_ends)):
            return Phase.MITIGATION
        if kept.entry.kind in (Kind.IMPACT_BEGAN, *_NOTICED):
            return Phase.DETECTION
        return Phase.DETECTION if _before(when, begins, noticed) else Phase.INVESTIGATION

    return phase


def _before(when: datetime, begins: datetime | None, noticed: datetime | None) -> bool:
    """Whether the investigation had not begun yet; without any milestone all of it is investigation."""
    if begins is not None:
        return when < begins
    return noticed is not None and when <= noticed
