"""Which lengths that people state do the times of the record not give?

A length is only questioned where its words say what it measures, and where none of the pairs of times that those
words can mean gives it. Few false alarms matter more than finding all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.timeline.durations import Length, lengths_in, spoken_length
from bot.timeline.length_words import is_figure, measures, measures_elsewhere
from bot.timeline.milestones import Milestones
from bot.timeline.moments import moments_in, windows_in
from bot.timeline.reading import Reading
from bot.timeline.values import Contradiction, Kind, Precision, shortened

#: What a sum of times is counted from, the first that is known of them first.
_STARTS: tuple[Kind, ...] = (Kind.IMPACT_BEGAN, Kind.DETECTED, Kind.ACKNOWLEDGED, Kind.DECLARED)
_MINUTE = timedelta(minutes=1)
#: What posting a message a little late does to a figure, and to a length in a sentence.
_FIGURE_SLACK, _SLACK, _ABOUT_SLACK = timedelta(minutes=3), timedelta(minutes=5), timedelta(minutes=10)
#: A message of at most so many characters is no more than its label, such as "Incident declared".
_LABEL = 24
#: Beyond it stand logs.
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two milestones that a stated length may measure."""

    length: timedelta
    source: str
    #: How far the stated length may be from this one before it is questioned.
    slack: timedelta
    #: Whether it may well have been longer, since nobody said when it began or the end that is meant came later.
    at_least: bool
    between: tuple[Kind, Kind]


def doubtful_lengths(reading: Reading, milestones: Milestones, zone: str) -> Iterator[Contradiction]:
    """The lengths of time that a message states and that the record does not give, each with both sides."""
    message = reading.read.message
    text = message.text
    if reading.read.is_alert or len(text) > _LONGEST:
        return
    lengths = lengths_in(text)
    if not lengths:
        return
    moments = moments_in(text, message.at, zone)
    windows = windows_in(text, moments)
    stop = 0
    for length in lengths:
        if any(length.start < moment.end and moment.start < length.end for moment in moments):
            continue
        begin, end = _sentence(text, length)
        before, after = text[max(begin, stop) : length.start], text[length.end : length.end + 40]
        stop = length.end
        if measures_elsewhere(text[begin:end]):
            continue
        beside = [window for window in windows if begin <= window.start.start < end]
        if beside and (_is_bracketed(text, length) or measures(before, after) in ("impact", "whole", "resolve")):
            lasted = [window.end.at - window.start.at for window in beside]
            if not any(abs(each - length.value) <= _prose_slack(each, length.value, length.about) for each in lasted):
                yield _says(reading, length, begin, lasted[0], f"{beside[0].words} is")
            continue
        pairs = list(_pairs(before, after, length, reading, milestones))
        if pairs and not any(_agrees(pair, length.value) for pair in pairs):
            yield _says(reading, length, begin, pairs[0].length, pairs[0].source, pairs[0].between)


def _sentence(text: str, length: Length) -> tuple[int, int]:
    begin = max(text.rfind(stop, 0, length.start) for stop in (". ", "\n", "; ")) + 1
    ends = [place for place in (text.find(". ", length.end), text.find("\n", length.end)) if place >= 0]
    return begin, min(ends, default=len(text))


def _is_bracketed(text: str, length: Length) -> bool:
    return text[: length.start].rstrip(" ~").endswith("(")


def _pairs(before: str, after: str, length: Length, reading: Reading, milestones: Milestones) -> Iterable[_Pair]:
    figure = is_figure(before)
    starts = _STARTS
    # By convention a figure counts from when it began or was detected, not from the declaration.
    if figure and any(milestones.at(kind) for kind in _STARTS[:2]):
        starts = _STARTS[:2]
    ends: tuple[Kind, ...]
    match measures(before, after):
        case "detect":
            starts, ends = (Kind.IMPACT_BEGAN,), (Kind.DETECTED, Kind.ACKNOWLEDGED)
        case "acknowledge":
            starts, ends = _STARTS[:2], (Kind.ACKNOWLEDGED,)
        case "repair":
            ends = (Kind.MITIGATED,) if milestones.at(Kind.MITIGATED) else (Kind.RESOLVED,)
        case "resolve":
            ends = (Kind.RESOLVED,) if milestones.at(Kind.RESOLVED) else (Kind.MITIGATED,)
        case "whole":
            ends = (Kind.RESOLVED, Kind.MITIGATED)
        case "impact":
            ends = (Kind.MITIGATED, Kind.RESOLVED)
        case _:
            return
    earliest = next((kind for kind in starts if milestones.at(kind) is not None), None)
    open_start = earliest is not None and not _is_told(milestones, earliest)
    for start in starts:
        for end in ends:
            one, two = milestones.at(start), milestones.at(end)
            if one is None or two is None or two <= one:
                continue
            if not figure and reading.at < two - _SLACK:
                continue  # It was said before the end, and measures how long it had taken so far.
            yield _Pair(
                _minute(two) - _minute(one),
                f"the record has {clock(one)} to {later_clock(one, two)} UTC,",
                _slack(milestones, start, end, length, figure=figure),
                (open_start and start is earliest) or (measures(before, after) == "resolve" and end is Kind.MITIGATED),
                (start, end),
            )


def _is_told(milestones: Milestones, start: Kind) -> bool:
    """Whether people said when it began or was noticed, beyond a first message that may have come late."""
    if start is Kind.IMPACT_BEGAN:
        return True
    source, stated = milestones.sources[start], milestones.stated[start]
    return start is Kind.DETECTED and (stated.zone is not None or source.read.any("firing", "noticed", "report"))


def _slack(milestones: Milestones, start: Kind, end: Kind, length: Length, *, figure: bool) -> timedelta:
    there = milestones.stated[end].at - milestones.stated[start].at
    loose = any(milestones.stated[kind].precision is not Precision.EXACT for kind in (start, end))
    if not figure or length.about or loose:
        return _prose_slack(there, length.value, length.about or loose)
    return _MINUTE if _is_clocked(milestones, start) and _is_clocked(milestones, end) else _FIGURE_SLACK


def _is_clocked(milestones: Milestones, kind: Kind) -> bool:
    """Whether a milestone is a stated clock time, or a line that is nothing but its label: not late by posting."""
    stated = milestones.stated[kind]
    return stated.zone is not None or len(milestones.sources[kind].read.message.text) <= _LABEL


def _prose_slack(one: timedelta, two: timedelta, about: bool) -> timedelta:
    return max(_ABOUT_SLACK, max(one, two) * 0.3) if about else max(_SLACK, max(one, two) * 0.1)


def _minute(moment: datetime) -> datetime:
    """The minute that a clock shows, by which people count."""
    return moment.replace(second=0, microsecond=0)


def _agrees(pair: _Pair, stated: timedelta) -> bool:
    return abs(pair.length - stated) <= pair.slack or (pair.at_least and stated > pair.length)


def _says(
    reading: Reading, length: Length, begin: int, there: timedelta, source: str, against: tuple[Kind, ...] = ()
) -> Contradiction:
    message = reading.read.message
    words = shortened(message.text[begin : length.end].strip(" -*•>|\n"), 90)
    return Contradiction(f"“{words}”: but {source} {spoken_length(there)}.", message.ts, words, against)


def clock(moment: datetime) -> str:
    """A moment as the warnings write it, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M}"


def later_clock(first: datetime, moment: datetime) -> str:
    """A moment that is named after `first`: its day is said once where both are of one day."""
    return f"{moment:%H:%M}" if moment.date() == first.date() else clock(moment)
