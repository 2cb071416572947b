"""Where the record contradicts itself: a stated length or time that its own clock times do not give.

Few false alarms matter more than finding all: a length is only questioned where its words say what it measures, and
where none of the pairs of times that those words can mean gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.patterns import pattern
from bot.timeline.durations import Length, lengths_in, spoken_length
from bot.timeline.milestones import Milestones, Reading
from bot.timeline.moments import moments_in, windows_in
from bot.timeline.values import Contradiction, Kind, Precision, shortened

_STARTS = (Kind.IMPACT_BEGAN, Kind.DETECTED, Kind.ACKNOWLEDGED, Kind.DECLARED)
_REPAIR = pattern(
    r"\b(?:time to (?:repair|mitigat\w+|recover\w*|fix)|ttr|ttm|mttr|mitigated (?:in|after|within)"
    r"|repaired (?:in|after|within)|recovered (?:in|after|within)|fixed (?:in|after|within))\b[^.\n]{0,20}$"
)
_RESOLVE = pattern(
    r"\b(?:time to resolv\w+|resolved (?:in|after|within)|incident (?:lasted|duration|took|was open)"
    r"|total (?:incident )?duration|duration(?: of (?:the )?incident)?)\b[^.\n]{0,25}$"
)
_IMPACT = pattern(
    r"\b(?:(?:outage|downtime|impact|degradation|disruption|incident|service|site|customers?|users?) (?:was "
    r"|were |time )?(?:lasted|down for|affected for|impacted for|unavailable for|took|duration)"
    r"|(?:was|were|been) (?:down|unavailable|degraded|affected|broken|out|offline) for|lasted(?: for)?"
    r"|time to detect|total downtime|downtime(?: of|:)?|outage of|impact of|persisted for)\b[^.\n]{0,22}$"
)
_DETECT = pattern(r"\b(?:time to detect\w*|ttd|mttd|detected (?:in|after|within)|noticed after)\b[^.\n]{0,20}$")
_DOWNTIME_AFTER = pattern(
    r"^\s(?:of )?(?:downtime|outage|impact|of (?:an )?outage)\b|^[- ](?:long )?(?:outage|incident|downtime)\b"
)
_ELSEWHERE = pattern(
    r"\b(?:support|business|working|office) hours\b|\bper\b|\beach\b|\bevery\b|\baverage\b|\bup to\b|\bmedian\b"
    r"|\bp\d\d\b|\bmaximum\b|\bprevious|\blast time\b|\byesterday\b|\bonce\b|\bwill\b|\bexpect\w*\b|\betas?\b"
    r"|\bestimat\w*\b|\bnext\b|\bsome\b|\bsla\b|\bwithin\b|\bat (?:most|least)\b|\bdelay\w*\b|\blatency\b"
    r"|\bif\b|\bif it\b|\b1st\b|\bso far\b|\bpartial\w*\b|\bprevious occurrence\b|\boccurrence\b"
)
_SMALLEST = timedelta(minutes=5)
_MINUTE = timedelta(minutes=1)
#: A message of at most so many characters is no more than its label, such as "Incident declared".
_LABEL = 24
_TIME_TO = pattern(r"\b(?:time to (?:repair|mitigat\w+|recover\w*|fix|resolv\w+|restore)|ttr|ttm|mttr)\b[^.\n]{0,25}$")


def contradictions_of(
    readings: Sequence[Reading], milestones: Milestones, zones: dict[str, str], zone: str
) -> tuple[Contradiction, ...]:
    """The places where the record disagrees with itself, in the order in which they were written."""
    found: list[Contradiction] = []
    for reading in readings:
        found += _lengths(reading, milestones, zones.get(reading.read.message.user or "", zone))
    found += _set_aside(milestones)
    found += _ends_before_it_began(milestones)
    unique = {each.text: each for each in found}
    return tuple(unique.values())


def _lengths(reading: Reading, milestones: Milestones, zone: str) -> Iterable[Contradiction]:
    message = reading.read.message
    text = message.text
    if reading.read.is_alert or len(text) > 6000 or not any(character.isdigit() for character in text):
        return
    lengths = lengths_in(text)
    if not lengths:
        return
    moments = moments_in(text, message.at, zone)
    windows = windows_in(text, moments)
    for length in lengths:
        if any(length.start < moment.end and moment.start < length.end for moment in moments):
            continue
        begin = max(text.rfind(stop, 0, length.start) for stop in (". ", "\n", "; ")) + 1
        before = text[begin : length.start]
        after = text[length.end : length.end + 40]
        sentence_end = min(
            (place for place in (text.find(". ", length.end), text.find("\n", length.end)) if place >= 0),
            default=len(text),
        )
        if _ELSEWHERE.search(text[begin:sentence_end]):
            continue
        beside = [window for window in windows if begin <= window.start.start < sentence_end]
        if beside and (_bracketed(text, length) or _IMPACT.search(before) or _RESOLVE.search(before)):
            if not any(_agree(window.end.at - window.start.at, length) for window in beside):
                window = beside[0]
                yield _says(length, text, begin, window.end.at - window.start.at, f"{window.words} is", message.ts)
            continue
        pairs = _pairs(before, after, milestones)
        if pairs and not any(_agree(pair.length, length, to_the_minute=pair.to_the_minute) for pair in pairs):
            yield _says(length, text, begin, pairs[0].length, pairs[0].source, message.ts)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two milestones that a stated length may measure."""

    length: timedelta
    source: str
    #: Whether both are told as clock times or labels, so that a minute more or less is not the delay of posting.
    to_the_minute: bool


def _bracketed(text: str, length: Length) -> bool:
    return text[: length.start].rstrip(" ~").endswith("(")


def _pairs(before: str, after: str, milestones: Milestones) -> list[_Pair]:
    ends: tuple[Kind, ...]
    starts: tuple[Kind, ...] = _STARTS
    labelled = _TIME_TO.search(before) is not None
    if labelled:  # By convention these count from when it began or was detected, not from the declaration.
        starts = (Kind.IMPACT_BEGAN, Kind.DETECTED)
        if not any(milestones.at(kind) for kind in starts):
            starts = (Kind.DECLARED,)
    if _DETECT.search(before):
        starts, ends = (Kind.IMPACT_BEGAN,), (Kind.DETECTED, Kind.ACKNOWLEDGED)
    elif _REPAIR.search(before):
        ends = (Kind.MITIGATED,) if milestones.at(Kind.MITIGATED) else (Kind.RESOLVED,)
    elif _RESOLVE.search(before):
        whole = "durat" in before.lower() or "last" in before.lower()
        ends = (Kind.RESOLVED, Kind.MITIGATED) if whole else (Kind.RESOLVED,)
    elif _IMPACT.search(before) or _DOWNTIME_AFTER.match(after):
        ends = (Kind.MITIGATED, Kind.RESOLVED)
    else:
        return []
    found = []
    for start in starts:
        for end in ends:
            one, two = milestones.at(start), milestones.at(end)
            if one is not None and two is not None and two > one:
                source = f"the record has {_clock(one)} to {_clock(two)} UTC,"
                precise = labelled and _is_clocked(milestones, start) and _is_clocked(milestones, end)
                found.append(_Pair(two - one, source, precise))
    return found


def _is_clocked(milestones: Milestones, kind: Kind) -> bool:
    """Whether a milestone is a stated clock time, or a line that is nothing but its label."""
    stated = milestones.stated[kind]
    if stated.precision is not Precision.EXACT:
        return False
    return stated.zone is not None or len(milestones.sources[kind].read.message.text) <= _LABEL


def _agree(there: timedelta, length: Length, *, to_the_minute: bool = False) -> bool:
    apart = abs(there - length.value)
    if to_the_minute and not length.about:
        return apart <= _MINUTE
    return apart <= max(_SMALLEST, max(there, length.value) * (0.3 if length.about else 0.1))


def _says(length: Length, text: str, begin: int, there: timedelta, source: str, ts: str) -> Contradiction:
    words = shortened(text[begin : length.end].strip(" -*•>|\n"), 90)
    return Contradiction(f"“{words}”: but {source} {spoken_length(there)}.", ts)


def _set_aside(milestones: Milestones) -> Iterable[Contradiction]:
    detected = milestones.at(Kind.DETECTED)
    for statement, why in milestones.set_aside:
        stated = statement.stated
        if detected is None or abs(stated.at - detected) > timedelta(days=40):
            continue
        what = {Kind.IMPACT_BEGAN: "the beginning", Kind.RESOLVED: "the end"}.get(statement.kind, "a time")
        chosen = milestones.stated.get(statement.kind)
        if chosen is not None and statement.kind is Kind.IMPACT_BEGAN:
            continue  # Something else is known to have begun it; this began later.
        yield Contradiction(
            f"“{shortened(stated.words, 90)}” puts {what} at {_clock(stated.at)} UTC, {why} at {_clock(detected)}.",
            stated.source_ts,
        )


def _ends_before_it_began(milestones: Milestones) -> Iterable[Contradiction]:
    began = milestones.stated.get(Kind.IMPACT_BEGAN)
    for kind in (Kind.MITIGATED, Kind.RESOLVED):
        ended = milestones.stated.get(kind)
        if began and ended and ended.at < began.at - _SMALLEST:
            yield Contradiction(
                f"“{shortened(ended.words, 90)}” puts the end at {_clock(ended.at)} UTC, before the beginning at "
                f"{_clock(began.at)}.",
                ended.source_ts,
            )


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
