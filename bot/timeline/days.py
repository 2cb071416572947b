"""Which days a text names, relative to the day on which it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.patterns import Found, exact_pattern, pattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
)
_ORDINAL = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s(?P<year>20\d\d)\b)?"

_ISO = exact_pattern(r"\b(?P<year>20\d\d)[-/](?P<number>0[1-9]|1[0-2])[-/](?P<day>0[1-9]|[12]\d|3[01])(?:\b|T)")
_NAMED = exact_pattern(rf"\b(?:{_WEEKDAY},?\s)?{_MONTH}\s{_ORDINAL}\b{_YEAR}")
_NAMED_LAST = exact_pattern(rf"\b(?:{_WEEKDAY},?\s)?{_ORDINAL}(?:\sof)?\s{_MONTH}\b{_YEAR}")
_SLASHED = exact_pattern(r"\b(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<year>(?:20)?\d\d))?\b")
_DOTTED = exact_pattern(r"\b(?P<one>\d{1,2})\.(?P<two>\d{1,2})\.(?P<year>20\d\d)\b")
_SPOKEN = exact_pattern(
    r"(?i:\b(?P<word>yesterday|today|tomorrow|tonight|last night|this (?:morning|afternoon|evening)"
    r"|(?P<ago>\d{1,2}|two|three|four) days ago|the (?:day|night) before|the (?:next|following) day)\b)"
    rf"|\b(?:(?i:(?P<which>last|next|this|on)) )?(?P<weekday>{_WEEKDAY})\b"
)
#: In small letters the short names are words as well: "the load sat at 80", "the sun".
_SHORT = exact_pattern(
    r"\b(?:(?P<which>last|next|this|on|On|since|Since) )?(?P<weekday>mon|tues?|wed|thu|thurs|fri|sat|sun)\b"
)
_CLOCK_NEXT = pattern(r"^,?\s(?:(?:morning|afternoon|evening|night),?\s)?[~≈]?\d{1,2}(?::\d\d|\s?[ap]\.?m)")
_AT_CLOCK_NEXT = pattern(r"^,? (?:at|around|about|from) [~≈]?\d{1,2}(?::\d\d|\s?[ap]\.?m)")
_CLOCK_BEFORE = pattern(r"\d(?:\s?[ap]\.?m\.?)?(?: [a-z]{1,5})?,? $")
_NOTHING_NEXT = pattern(r"^\s*(?:[.,;:!?)]|$)")
_COUNTS = {"two": 2, "three": 3, "four": 4}


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, and where. `value` is None where the words can mean more than one day."""

    value: date | None
    start: int
    end: int
    #: Whether it is counted from the day of writing ("yesterday", "Monday").
    spoken: bool = False
    #: Whether it is a day of the week, which comes again.
    weekly: bool = False
    #: Whether it is a night, whose small hours are those of the next day.
    nightly: bool = False


def days_in(text: str, written: datetime) -> tuple[Day, ...]:
    """The days that `text` names, in order. `written` is when it was written, in the writer's zone."""
    found: list[Day] = []
    taken = bytearray(len(text))
    for rule in (_ISO, _NAMED, _NAMED_LAST, _DOTTED, _SLASHED, _SPOKEN, _SHORT):
        for each in rule.finditer(text):
            start, end = each.start(), each.end()
            if rule is _SHORT and not _is_weekday(each, text[max(0, start - 14) : start], text[end : end + 24]):
                continue
            if text[end - 1 : end] == "T":
                end -= 1
            if text[end : end + 1] == ":" or text[max(0, start - 1) : start] == ":":
                continue  # "19 Nov 20:57": the number belongs to a clock time.
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                spoken, groups = rule in (_SPOKEN, _SHORT), each.groupdict()
                weekly = spoken and bool(groups.get("weekday"))
                nightly = spoken and (groups.get("word") or "").lower() == "last night"
                value = _value(each, written.date())
                found.append(Day(value, start, end, spoken=spoken, weekly=weekly, nightly=nightly))
    return tuple(sorted(found, key=lambda day: day.start))


def _is_weekday(found: Found, before: str, after: str) -> bool:
    """Whether a short name in small letters stands beside a clock time or after "on", "last", "since" or "this"."""
    if found.group("which") or _CLOCK_NEXT.match(after):
        return True
    if found.group("weekday") != "sat" and _AT_CLOCK_NEXT.match(after):
        return True
    return _CLOCK_BEFORE.search(before) is not None and _NOTHING_NEXT.match(after) is not None


def _value(found: Found, today: date) -> date | None:
    groups = found.groupdict()
    if "one" in groups:
        return _numeric(int(groups["one"] or 0), int(groups["two"] or 0), groups.get("year"), today)
    if groups.get("word"):
        return _spoken((groups["word"] or "").lower(), groups.get("ago"), today)
    if weekday := groups.get("weekday"):
        return _weekday(weekday, (groups.get("which") or "").lower(), today)
    month = int(groups["number"] or 0) if "number" in groups else _month(groups.get("month") or "")
    return _nearest(groups.get("year"), month, int(groups["day"] or 0), today)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _nearest(year: str | None, month: int, day: int, today: date) -> date | None:
    """The date; without a year, the one that lies nearest to `today`, since chat is about now."""
    years = (int(year),) if year else (today.year - 1, today.year, today.year + 1)
    possible = []
    for each in years:
        try:
            possible.append(date(each, month, day))
        except ValueError:
            continue
    return min(possible, key=lambda one: abs(one - today), default=None)


def _numeric(one: int, two: int, year: str | None, today: date) -> date | None:
    """A date of numbers only where the order of day and month cannot matter."""
    if not (1 <= one <= 31 and 1 <= two <= 31) or (one > 12 and two > 12):
        return None
    full = None if year is None else year if len(year) == 4 else f"20{year}"
    if one == two:
        return _nearest(full, one, two, today)
    if one > 12:
        return _nearest(full, two, one, today)
    return _nearest(full, one, two, today) if two > 12 else None


def _spoken(word: str, ago: str | None, today: date) -> date | None:
    if ago:
        return today - timedelta(days=_COUNTS.get(ago.lower()) or int(ago))
    if word in ("yesterday", "last night"):
        return today - timedelta(days=1)
    if word == "tomorrow":
        return today + timedelta(days=1)
    return None if word.startswith("the ") else today


def _weekday(name: str, which: str, today: date) -> date | None:
    """The last such day up to `today`, with "this" only one of the same week; None for "next", which lies ahead."""
    wanted = _WEEKDAYS.index(name[:3].lower())
    if which == "next" or (which == "this" and wanted > today.weekday()):
        return None
    back = (today.weekday() - wanted) % 7
    return today - timedelta(days=back or 7) if which == "last" else today - timedelta(days=back)
