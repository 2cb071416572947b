"""When did the incident begin, when was it noticed, when did it end, how long is that, and what speaks against it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.interview.state import CONTRADICTION, Fact, Interview
from bot.report.desk import Desk
from bot.report.times import between, clock, day, span
from bot.report.values import FactorCount, Moment, Point, Voice

#: The facts that are always listed, known or not; those listed when the record settles them; all in their order.
ALWAYS = {"began": "Impact began", "detected": "Detected", "mitigated": "Mitigated", "resolved": "Resolved"}
IF_KNOWN = {
    "acknowledged": "Acknowledged",
    "declared": "Declared",
    "investigated": "Investigation began",
    "escalated": "Escalated",
    "cause": "Cause identified",
    "partly_recovered": "Partly recovered",
}
_KNOWN = ALWAYS | IF_KNOWN
_ORDER = (
    "began", "detected", "acknowledged", "declared", "investigated", "escalated", "cause", "partly_recovered",
    "mitigated", "resolved",
)  # fmt: skip
FACTS = {name: _KNOWN[name] for name in _ORDER}
#: What stands above the contradictions of the record.
DISAGREES = "Where the record does not fit together"


def moment(desk: Desk, fact: Fact | None) -> Moment | None:
    if fact is None or fact.at is None or fact.precision == "unknown":
        return None
    sources = desk.quoted(fact.quote)
    return Moment(fact.at, fact.precision == "about", sources[0] if sources else None)


def spans_of(interview: Interview, moments: Mapping[str, Moment | None]) -> dict[str, str]:
    """Durations from the moments, where both are known and in order; else as the record states them."""
    found: dict[str, str] = {}
    for name, end in (
        ("duration", "resolved"),
        ("detected_after", "detected"),
        ("acknowledged_after", "acknowledged"),
        ("mitigated_after", "mitigated"),
    ):
        began, ended = moments["began"], moments[end]
        fact = interview.fact(name)
        if began is not None and ended is not None and ended.at >= began.at:
            length = between(began.at, ended.at)
            about = "about " if began.about or ended.about else ""
            found[name] = about + (span(length) if length >= timedelta(minutes=1) else "less than a minute")
        else:
            found[name] = fact.text.strip() if fact is not None else ""
    return found


def contradictions(desk: Desk, named: str = CONTRADICTION) -> tuple[Point, ...]:
    """Where the record contradicts itself, each with both sides and the message that states one of them."""
    found = [fact for fact in desk.interview.facts if fact.name.startswith(named) and fact.text.strip()]
    return tuple(Point(desk.people.spoken(f.text), Voice.COMPUTED, desk.quoted(f.quote)) for f in found)


def course(moments: Mapping[str, Moment | None], spans: Mapping[str, str]) -> str:
    """When it began, was noticed and ended, in one sentence; only what is known."""
    began = moments["began"]
    parts: list[str] = []
    if began is not None:
        parts.append(f"began {'about' if began.about else 'at'} {clock(began.at)} UTC on {day(began.at)}")
    if spans["detected_after"]:
        parts.append(f"was detected after {spans['detected_after']}")
    elif moments["detected"] is not None:
        parts.append(f"was detected {_at(moments['detected'])}")
    if spans["mitigated_after"]:
        parts.append(f"was mitigated after {spans['mitigated_after']}")
    if spans["duration"]:
        parts.append(f"was resolved after {spans['duration']}")
    elif moments["resolved"] is not None:
        parts.append(f"was resolved {_at(moments['resolved'])}")
    return f"It {_and(parts)}." if parts else ""


def _at(moment: Moment) -> str:
    return f"{'about' if moment.about else 'at'} {clock(moment.at)} UTC on {day(moment.at)}"


def counted(factors: FactorCount, actions: int) -> str:
    """How many factors and actions there are, in one sentence; empty where there are none."""
    found = factors_counted(factors)
    done = f"{number_word(actions)} {'action' if actions == 1 else 'actions'}" if actions else ""
    # What stands below the factors is told between commas.
    told = (", and " if factors.below else " and ").join(filter(None, (found, done)))
    return f"{told.capitalize()}." if told else ""


def factors_counted(factors: FactorCount) -> str:
    """`one contributing factor, with three conditions below it`; empty where none is named."""
    if not factors.named:
        return ""
    one = factors.named == 1
    told = f"{number_word(factors.named)} contributing {'factor' if one else 'factors'}"
    if not factors.below:
        return told
    below = f"{number_word(factors.below)} {'condition' if factors.below == 1 else 'conditions'}"
    return f"{told}, with {below} below {'it' if one else 'them'}"


def number_word(count: int) -> str:
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return small[count] if count < len(small) else str(count)


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
