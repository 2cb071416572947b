"""What people wrote down of a case afterwards: its milestones, its timeline, its action items, its own faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.cases import Case
from bot.patterns import pattern
from bot.timeline.durations import lengths_in
from bot.timeline.zones import known_zone

#: The milestones that a truth may give, in the words of `python -m bot read`.
MILESTONES = ("start", "detected", "declared", "mitigated", "resolved")

#: How the notes on a truth allow another answer: "accept resolved 2026-02-17T10:26:16Z", "accept mitigated null".
_ACCEPT = pattern(r"\baccept (?P<name>[a-z]+) (?P<moment>\d{4}-[\d:T-]+Z|null)")
_WRONG = pattern(r"^stated (?P<what>.+?) (?P<length>\d[\dhms ]*?) but the clock says\b")
_OWN_CLOCK = pattern(r"^(?P<what>.+?) counted in [^:]+: (?P<length>.+)$")
#: A message so near to a moment was written when it happened.
_AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StatedLength:
    """A length of time that the report of a case states: `what` ("time to repair") took `length` ("0h 15m")."""

    what: str
    length: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class TruthEntry:
    """A line of the human timeline; `evidence` is the place of the message that proves it, where there is one."""

    at: datetime | None
    text: str
    evidence: int | None
    #: What kind of thing it tells, in the words of the timeline, where that was written down.
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a case. A milestone that is None was written down by nobody: the right answer is unknown."""

    milestones: Mapping[str, datetime | None]
    timeline: tuple[TruthEntry, ...]
    action_items: tuple[str, ...]
    lengths: tuple[StatedLength, ...]
    #: What else is right: the milestone, and a moment of it, or None where it may as well be left unknown.
    accepted: tuple[tuple[str, datetime | None], ...] = ()


def truth_of(case: Case) -> Truth | None:
    """The truth that stands in the file beside the messages; None where there is none."""
    told = case.told.get("truth")
    if not isinstance(told, Mapping):
        return None
    return Truth(
        milestones={name: moment(told.get(name)) for name in MILESTONES},
        timeline=tuple(
            TruthEntry(
                at=moment(each.get("at")),
                text=str(each.get("text") or ""),
                evidence=_place(each.get("evidence")),
                kind=_kind(each.get("phase")),
            )
            for each in _objects(told.get("timeline"))
        ),
        action_items=tuple(str(each.get("text") or "") for each in _objects(told.get("action_items"))),
        lengths=_lengths(told.get("notes")),
        accepted=tuple(_accepted(told.get("notes"))),
    )


def moment(told: object) -> datetime | None:
    """An ISO time as an aware moment; None for what is none."""
    if not isinstance(told, str):
        return None
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_carried(at: datetime, case: Case) -> bool:
    """Whether a message of the case carries a moment, so that it can be known from the messages at all.

    It does when it was written within a minute of it, or names its time of day, in UTC or on the clock of the case.
    A truth that no message carries comes from elsewhere, and finding it would be luck.
    """
    zone = known_zone(case.zone) or UTC
    clocks = {f"{there.hour:02d}:{there.minute:02d}" for there in (at.astimezone(UTC), at.astimezone(zone))}
    clocks |= {each.removeprefix("0") for each in clocks}
    return any(abs(each.at - at) <= _AT_ONCE or any(clock in each.text for clock in clocks) for each in case.messages)


def _accepted(notes: object) -> Iterator[tuple[str, datetime | None]]:
    for note in _texts(notes):
        for said in _ACCEPT.finditer(note):
            at = moment(said.group("moment"))
            if at is not None or said.group("moment") == "null":
                yield said.group("name") or "", at


def _lengths(notes: object) -> tuple[StatedLength, ...]:
    """The lengths that the notes on a truth call wrong, and those that were counted by another clock."""
    found = []
    for note in _texts(notes):
        for rule, wrong in ((_WRONG, True), (_OWN_CLOCK, False)):
            said = rule.match(note)
            if said is not None and lengths_in(said.group("length") or ""):
                found.append(StatedLength(said.group("what") or "", said.group("length") or "", wrong))
    return tuple(found)


def _texts(notes: object) -> list[str]:
    if isinstance(notes, str):
        return [notes]
    return [str(note) for note in notes] if isinstance(notes, Sequence) else []


def _objects(told: object) -> list[Mapping[str, object]]:
    return [each for each in told if isinstance(each, Mapping)] if isinstance(told, list) else []


def _kind(told: object) -> str | None:
    return told if isinstance(told, str) and told else None


def _place(told: object) -> int | None:
    return told if isinstance(told, int) and not isinstance(told, bool) else None
