"""Of which day is a time that an answer tells without one, and does it fit in with the record?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.interview.replacing import replace
from bot.interview.state import AS_READ, Fact, Interview
from bot.timeline.moments import moments_in
from bot.understanding.known_facts import MOMENTS

_ENDS = ("mitigated", "resolved")
#: So long after the last known moment a time without a day is one of the incident, up to so long after that moment.
_LONG_AFTER, _TOLD_AFTER = timedelta(hours=12), timedelta(hours=6)
#: A time without a day may be of so many days: the one of writing, and those before.
_DAYS_BACK = 4


def is_moment(fact: Fact) -> bool:
    return fact.name.removeprefix(AS_READ) in MOMENTS


def of_record(interview: Interview) -> dict[str, Fact]:
    """The moments as the record has them, whatever people said of them."""
    answers = {said.ts for said in interview.said}
    facts = {name: interview.fact(AS_READ + name) or interview.fact(name) for name in MOMENTS}
    return {
        name: replace(f, name=name)
        for name, f in facts.items()
        if f is not None and f.at is not None and (f.quote is None or f.quote.ts not in answers)
    }


def as_if_written(interview: Interview, text: str, written: datetime, zone: str) -> datetime:
    """When an answer's times are read from: one without a day, told days after the incident, is of the incident's day.

    "It was mitigated at 13:26, not 13:14", said on Monday of an incident on Friday, is no time of Monday.
    """
    answers = {said.ts for said in interview.said}
    known = [f.at for f in interview.facts if is_moment(f) and f.at and f.quote and f.quote.ts not in answers]
    last = max(known, default=written)
    if written - last <= _LONG_AFTER or any(m.dated or m.counted for m in moments_in(text, written, zone)):
        return written
    return last + _TOLD_AFTER


def on_its_day(interview: Interview, name: str, at: datetime) -> datetime:
    """A time without a day that cannot be of the newest day is of the one before, where the record is nearer to it.

    "It began 12:31", said at 16:00 of something that was noticed at 13:01 yesterday, was yesterday.
    """
    record = [f for f in of_record(interview).values() if f.name != name and f.at is not None]
    for days in range(_DAYS_BACK):
        earlier = at - timedelta(days=days)
        if in_order(Fact(name, "", earlier), record):
            return earlier if not days or _apart(earlier, record) <= _apart(at, record) else at
    return at


def _apart(at: datetime, record: Sequence[Fact]) -> timedelta:
    return min(abs(fact.at - at) for fact in record if fact.at is not None)


def in_order(fact: Fact, known: Sequence[Fact]) -> bool:
    """Whether nothing that comes later is known to be earlier, and the other way round."""
    order = list(MOMENTS)
    mine = order.index(fact.name)
    for other in known:
        if other.name not in MOMENTS or other.at is None or fact.at is None:
            continue
        # What people identified as the cause may well come after the mitigation, so only the frame is compared.
        place = order.index(other.name)
        if other.name in _ENDS and place > mine and fact.at > other.at:
            return False
        if other.name in ("began", "detected", "mitigated") and place < mine and other.at > fact.at:
            return False
        if other.name in ("began", "detected") and place > mine and other.at < fact.at:
            return False
    return True
