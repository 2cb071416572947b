"""Until when? The day that a phrase names, counted from the moment and the zone in which it was said.

A day is only read from a phrase about a day: numbers, versions and clock times are none. Words that name no day for
certain ("12/1", "next sprint", "31 Feb", a day gone by) come back as words, so that the person is asked.

Conventions, shown to the person before anything counts: "end of week" is Friday; a weekday is the coming one, and one
said on that very day the next, unsure; "next Friday" is the Friday of next week, unsure, since people differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import dateparser

from bot.actions.values import Ambiguous, Due
from bot.patterns import Found, Pattern, pattern

#: A day further away than this is a slip of the keyboard.
FURTHEST = timedelta(days=3 * 366)
#: A day and month without a year that passed fewer days ago than this is more likely past than next year's.
RECENT = timedelta(days=90)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {
    name: index
    for index, name in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?|(?:a )?couple of)"
_BY = (
    r"(?P<by>(?:\b(?:no later than|not later than|at the latest by|latest by|latest|deadline(?: is)?:?"
    r"|due(?: date)?(?: on| by| is| in)?:?|eta:?|by(?: the)?|before(?: the)?|until|till|til|within(?: the next)?"
    r"|done by|finished by|ready by|target:?|@)[ \t]+)?)"
)
_ON = r"(?:\b(?:on|in|for|this|coming|the) )?"
_SOMEBODY = r"(?:<@[^<>]+>|@[\p{L}\p{N}._-]+)[:,]?"
_CLOCK = (
    r"(?:(?:,? (?:at |by )?)?(?:\d{1,2}(?::\d{2})? ?(?:am|pm)|\d{1,2}:\d{2}|eod|cob|noon|midday|morning"
    r"|afternoon|evening|midnight|end of (?:the )?day|close of business)(?: (?:utc|gmt|cet|est|pst|pt|et))?)?"
)
_BEFORE_CLOCK = (
    r"(?:(?:eod|cob|end of (?:the )?day|close of business|noon|midday|morning"
    r"|\d{1,2}(?::\d{2})? ?(?:am|pm)|\d{1,2}:\d{2})(?: (?:on|of))?,? )?"
)


_TIME_OF_DAY = pattern(
    r"\b(?:\d{1,2}(?::\d{2})? ?(?:am|pm)|\d{1,2}:\d{2}|noon|midday|midnight)(?: (?:utc|gmt|cet|est|pst|pt|et))?\b"
)


def clock_in(words: str) -> str:
    """The time of the day that words about a day name, as it was typed ("10:15 UTC"); empty where they name none."""
    found = _TIME_OF_DAY.search(words)
    return found.group() or "" if found is not None else ""


#: Characters in which a phrase is looked for.
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Located:
    """What a phrase about a day says, and where it stands."""

    said: Due | Ambiguous
    start: int
    end: int


_Answer = date | str | tuple[date, bool]
_Resolver = Callable[[Found, date, datetime], _Answer]


def find_due(text: str, *, said_at: datetime, zone: str) -> Due | Ambiguous | None:
    """What `text` says about a day; None where it says nothing about one.

    `said_at` is aware; `zone` (an IANA name) decides which day "today" is. Raises ZoneInfoNotFoundError for no zone.
    """
    found = locate_due(text, said_at=said_at, zone=zone)
    return found.said if found is not None else None


def locate_due(text: str, *, said_at: datetime, zone: str) -> Located | None:
    """As find_due, with the place of the whole phrase, its "by" or "due" included."""
    moment = said_at.astimezone(ZoneInfo(zone))
    today = moment.date()
    text = text[:LONGEST]
    best: tuple[tuple[bool, int, int], Located] | None = None
    for rule, resolve in _RULES:
        for found in rule.finditer(text):
            start, end = _bounds(text, found)
            led = bool((found.group("by") or "").strip())
            if not _stands_alone(text, start, end, led) or _tells_of_the_past(text, start, end):
                continue
            if "count" in found.groupdict() and "when" in found.groupdict() and _SPANS.search(text[:start]) is not None:
                continue
            said = _said(text[start:end].strip(), resolve(found, today, moment), today)
            rank = (led, end - start, start)
            if best is None or _beats(rank, start, end, best):
                best = rank, Located(said, start, end)
    return best[1] if best is not None else _behind(text, today, moment)


def _beats(rank: tuple[bool, int, int], start: int, end: int, best: tuple[tuple[bool, int, int], Located]) -> bool:
    """Of overlapping phrases the longer is meant, of separate ones that with a "by", then the last."""
    other = best[1]
    if start < other.end and end > other.start:
        return rank[1] > other.end - other.start
    return (rank[0], start) > (best[0][0], other.start)


#: The group of the phrase itself, in rules that look at what stands before it.
_WHEN = 2
#: What sets a phrase off from the words beside it, and is no part of it.
_AROUND = " \t,;()|–—-"


def _bounds(text: str, found: Found) -> tuple[int, int]:
    group = _WHEN if "when" in found.groupdict() else 0
    start, end = found.start(group), found.end(group)
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return start, end


_AFTER = pattern(
    r"^(?:\s*(?:$|[,;.!?)\]}/|–—\n]|-(?:\s|$)|\(|<|@|\bp[0-4]\b|:(?:\s|$|[a-z])|pls|please"
    r"|latest|at the latest|or\b|so that|if\b|unless|eod\b))"
)
#: What lies ahead by its own word is no part of a name, also in the middle: "write to the provider tomorrow about it".
_AHEAD = pattern(r"(?:tomorrow|tmrw|next (?:week|month|quarter)|on the \d{1,2}(?:st|nd|rd|th))$")
_GOES_ON = pattern(r"^ (?:about|to|with|for|in|on|at|so|after|before|when|during|together|from)\b")
_NOT_BEFORE = pattern(r"(?:[\p{L}\p{N}_/.$#-]|\d:)$")
_PAST_USE = pattern(
    r"\b(?:since|from|last|every|each|past|previous|as of|ban|block|no|never|avoid|forbid|stop"
    r"|freeze|like)\b[^,;()]{0,24}$"
    r"|\b(?:deploys?|releases?)(?: (?:on|of|from|for|this|the|next|planned|due))*\W*$"
)


def _stands_alone(text: str, start: int, end: int, led: bool) -> bool:
    before = text[max(0, start - 40) : start]
    if before and _NOT_BEFORE.search(before[-2:]) is not None:
        return False
    if end < len(text) and (text[end].isalnum() or text[end] in "_%$#'’"):
        return False
    if end + 1 < len(text) and text[end] in "./-:" and text[end + 1].isalnum():
        return False
    if led:
        return True
    if _PAST_USE.search(before) is not None:
        return False
    ahead = _AHEAD.match(text[start:end]) is not None and _GOES_ON.match(text[end : end + 24]) is not None
    return ahead or _AFTER.match(text[end : end + 24]) is not None


#: A clause about something that happened: "as she nearly did it in June", "because we lost data on friday".
_HAPPENED = pattern(
    r"\b(?:as|because|since|when|after|where|like|what|who) (?:[\p{L}\p{N}'/-]+ ){0,4}(?:did|had|was|were|lost|broke"
    r"|went|made|saw|took|came|got|ran|fell|gave|forgot|told|wrote|\p{L}{3,}ed)\b[^,;()]{0,24}$"
)
_TO_COME = pattern(r"\b(?:is|are|be|being|gets?|will|should|must|needs?|can|to) ")
_BY_THEN = pattern(r"(?:by|until|till|due|before|no later|not later|deadline|within)\b")


def _tells_of_the_past(text: str, start: int, end: int) -> bool:
    found = _HAPPENED.search(text[max(0, start - 100) : start])
    if found is None or _BY_THEN.match(text[start:end]) is not None:
        return False
    return _TO_COME.search(found.group() or "") is None


#: Words beside which a bare "30 days" is what the item is about.
_SPANS = pattern(
    r"\b(?:keep|kept|retain|retention|ttl|time-?outs?|expir\w+|look-?back|cool-?down|lifetime|at (?:least|most)|older"
    r"|longer|threshold)\b[^(|;]*$"
)


def _said(words: str, answer: _Answer, today: date) -> Due | Ambiguous:
    match answer:
        case str():
            return Ambiguous(words, answer)
        case (day, sure):
            pass
        case date() as day:
            sure = True
    if day < today:
        return Ambiguous(words, "is past")
    if day - today > FURTHEST:
        return Ambiguous(words, "is years away")
    return Due(day, words, sure)


# single phrases --------------------------------------------------------------------------------------------------


def _number(words: str) -> int:
    words = words.lower().strip()
    return int(words) if words.isdigit() else _NUMBERS[words]


def _weekday(words: str) -> int:
    return _DAYS.index(words[:3].lower())


def _month(words: str) -> int:
    return 1 + _MONTHS.index(words[:3].lower())


def _group(found: Found, name: str) -> str:
    return (found.group(name) or "").strip().lower()


def _last_of_month(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _last_of_month(year, month + 1)
    return min(date(year, month + 1, min(day.day, last.day)), last)


def _near(found: Found, today: date, moment: datetime) -> _Answer:
    words = _group(found, "near")
    if words.startswith("day after"):
        return today + timedelta(days=2)
    return today + timedelta(days=words.startswith(("tomorrow", "tmrw", "tmr", "2moro")))


def _week(found: Found, today: date, moment: datetime) -> _Answer:
    friday = today + timedelta(days=4 - today.weekday())
    if _group(found, "which") == "next" or "next" in _group(found, "whole"):
        return friday + timedelta(days=7)
    return friday if friday >= today else (friday + timedelta(days=7), False)


def _end_of(found: Found, today: date, moment: datetime) -> _Answer:
    unit, following = _group(found, "unit"), "next" in _group(found, "which")
    if unit in ("eom", "month"):
        day = _add_months(today.replace(day=1), int(following))
        return _last_of_month(day.year, day.month)
    if unit in ("eoq", "quarter"):
        day = _add_months(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), 3 * int(following))
        return _last_of_month(day.year, day.month + 2)
    return date(today.year + int(following), 12, 31)


def _end_of_named(found: Found, today: date, moment: datetime) -> _Answer:
    quarter, month, year = _group(found, "quarter"), _group(found, "month"), _group(found, "year")
    number = 3 * int(quarter[1]) if quarter else _month(month)
    if year:
        return _last_of_month(int(year), number)
    end = _last_of_month(today.year, number)
    return end if end >= today else _last_of_month(today.year + 1, number)


def _in(found: Found, today: date, moment: datetime) -> _Answer:
    count, unit = _number(_group(found, "count")), _group(found, "unit")
    business = bool(_group(found, "business"))
    match unit[0]:
        case "h":
            return (moment + timedelta(hours=count)).date() if count >= 8 else "is hours away"
        case "d" if business:
            day = today
            while count:
                day += timedelta(days=1)
                count -= day.weekday() < 5
            return day
        case "d":
            return today + timedelta(days=count)
        case "w":
            return today + timedelta(weeks=count)
        case _:
            return _add_months(today, count) if count <= 36 else "is years away"


def _on_weekday(found: Found, today: date, moment: datetime) -> _Answer:
    which, wanted = _group(found, "which"), _weekday(_group(found, "weekday"))
    ahead = (wanted - today.weekday()) % 7
    if which == "last":
        return "is past"
    if "week" in found.groupdict():
        return today + timedelta(days=7 + ahead), ahead > 0
    if which == "next" or _group(found, "later"):
        return today + timedelta(days=7 - today.weekday() + wanted), bool(_group(found, "later"))
    if ahead == 0:
        return (today, True) if which == "this" else (today + timedelta(days=7), False)
    return today + timedelta(days=ahead)


def _of_the_month(found: Found, today: date, moment: datetime) -> _Answer:
    day = int(_group(found, "day"))
    if day < today.day and (found.group() or "").lower().startswith("on "):
        return "is past in this month"  # "the crash of last week, on the 3rd"
    for ahead in range(3):
        month = _add_months(today.replace(day=1), ahead)
        if 1 <= day <= _last_of_month(month.year, month.month).day:
            wanted = month.replace(day=day)
            if wanted >= today:
                return wanted
    return "is no day of the calendar"


def _dated(year: str, month: int, day: int, today: date) -> _Answer:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
    except ValueError:
        return "is no day of the calendar"
    if this >= today:
        return this
    if today - this < RECENT:
        return "is past"
    try:
        return date(today.year + 1, month, day)
    except ValueError:
        return "is no day of the calendar"


def _calendar(found: Found, today: date, moment: datetime) -> _Answer:
    answer = _dated(_group(found, "year"), _month(_group(found, "month")), int(_group(found, "day")), today)
    weekday = _group(found, "weekday")
    if isinstance(answer, date) and weekday and answer.weekday() != _weekday(weekday):
        return f"is a {answer:%A}"
    return answer


def _iso(found: Found, today: date, moment: datetime) -> _Answer:
    return _dated(_group(found, "year"), int(_group(found, "month")), int(_group(found, "day")), today)


def _slashed(found: Found, today: date, moment: datetime) -> _Answer:
    first, second, year = int(_group(found, "first")), int(_group(found, "second")), _group(found, "year")
    if (first > 12 and second > 12) or not first or not second:
        return "is no day of the calendar"
    if first != second and first <= 12 and second <= 12:
        return "could be two days"
    day, month = (first, second) if first > 12 else (second, first)
    return _dated(year, month, day, today)


def _slashed_on(found: Found, today: date, moment: datetime) -> _Answer:
    """A weekday beside it tells which of the two numbers is the month: "thursday 26/11", "fri 4/12"."""
    first, second, year = int(_group(found, "first")), int(_group(found, "second")), _group(found, "year")
    days = [
        answer
        for day, month in {(first, second), (second, first)}
        if 1 <= month <= 12 and isinstance(answer := _dated(year, month, day, today), date)
    ]
    fitting = [day for day in days if day.weekday() == _weekday(_group(found, "weekday"))]
    if len(fitting) == 1:
        return fitting[0]
    return f"is a {days[0]:%A}" if len(days) == 1 else _slashed(found, today, moment)


def _dotted(found: Found, today: date, moment: datetime) -> _Answer:
    month = int(_group(found, "second"))
    return (
        _dated(_group(found, "year"), month, int(_group(found, "first")), today)
        if 1 <= month <= 12
        else "is no day of the calendar"
    )


def _unresolved(found: Found, today: date, moment: datetime) -> _Answer:
    return "names no day"


def _gone(found: Found, today: date, moment: datetime) -> _Answer:
    return "is past"


_RULES: tuple[tuple[Pattern, _Resolver], ...] = (
    (
        pattern(
            rf"{_BY}(?:\b(?:on|for) )?{_BEFORE_CLOCK}\b(?P<near>today|tonight|this (?:afternoon|evening)|tomorrow"
            rf"|tmrw|tmr|(?:the )?day after tomorrow)\b{_CLOCK}"
        ),
        _near,
    ),
    (pattern(rf"{_BY}\b(?P<near>eod|cob|end of (?:the |this )?(?:business )?day|close of business)\b"), _near),
    (
        pattern(
            rf"{_BY}(?:\b(?:at|on) )?\b(?P<whole>eow|eonw|end of (?:the "
            rf"|this )?(?P<which>next )?(?:work(?:ing)? ?)?week)\b"
        ),
        _week,
    ),
    (
        pattern(
            rf"{_BY}(?:\b(?:at|on) )?\b(?:end of )?(?:the )?(?P<which>this |next |the )?\b(?P<unit>eom|eoq"
            rf"|eoy)\b"
        ),
        _end_of,
    ),
    (
        pattern(
            rf"{_BY}(?:\b(?:at|on) )?(?:the )?\bend of (?P<which>this |next |the |the next )?(?P<unit>month"
            rf"|quarter|year)\b"
        ),
        _end_of,
    ),
    (
        pattern(
            rf"{_BY}(?:\b(?:at|on) )?(?:the )?\bend of (?:(?P<quarter>q[1-4])"
            rf"|(?P<month>{_MONTH}))(?:,? (?P<year>20\d\d))?\b"
        ),
        _end_of_named,
    ),
    (
        pattern(
            rf"{_BY}\b(?:in|within)(?: the)?(?: next)? (?P<count>{_COUNT}) ?(?P<business>business |working "
            rf"|work )?(?P<unit>hours?|hrs?|h|days?|d|weeks?|w|months?)\b(?: time)?"
        ),
        _in,
    ),
    (
        pattern(
            r"(?P<by>\b(?:by|due in|due|until) )(?P<count>\d{1,3}) ?(?P<business>business "
            r"|working )?(?P<unit>hours|hrs|days|weeks|months)\b"
        ),
        _unresolved,
    ),
    (
        pattern(
            r"(?P<by>)(?:(?:^|[,;(])[ \t]*|[ \t][-–—|][ \t]+)(?P<when>(?P<count>\d{1,3}|one|two|three|four|five|six"
            r"|seven|eight|nine|ten|eleven|twelve|an? ) ?(?P<business>business |working )?(?P<unit>days?|d|weeks?"
            r"|wks?|w|months?))\b"
        ),
        _in,
    ),
    (
        pattern(
            rf"{_BY}(?:\bon )?{_BEFORE_CLOCK}\b(?P<which>)(?P<later>)(?P<weekday>{_WEEKDAY})(?P<week> week)\b{_CLOCK}"
        ),
        _on_weekday,
    ),
    (
        pattern(
            rf"{_BY}(?:\b(?:on|for) )?{_BEFORE_CLOCK}(?:the )?\b(?P<which>this |coming |next "
            rf"|last )?(?P<weekday>{_WEEKDAY})\b(?P<later> (?:of )?next week)?{_CLOCK}"
        ),
        _on_weekday,
    ),
    (
        pattern(
            rf"{_BY}(?:\b(?:on"
            rf"|for) )?{_BEFORE_CLOCK}(?:(?P<weekday>{_WEEKDAY}),? )?(?:the )?\b(?P<month>{_MONTH})"
            rf" (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?\b{_CLOCK}"
        ),
        _calendar,
    ),
    (
        pattern(
            rf"{_BY}(?:\b(?:on"
            rf"|for) )?{_BEFORE_CLOCK}(?:(?P<weekday>{_WEEKDAY}),? )?(?:the )?\b(?P<day>\d{{1,2}})(?:st|nd|rd|th"
            rf"|\.)?(?: of)?[ -](?P<month>{_MONTH})(?:,?[ -](?P<year>\d{{4}}))?\b{_CLOCK}"
        ),
        _calendar,
    ),
    (pattern(rf"{_BY}(?:\b(?:on|for) )?\b(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})\b"), _iso),
    (
        pattern(
            r"(?P<by>(?:\b(?:by|before|until|till|due(?: on| by)?:?|on|deadline:?"
            r"|eta:?)[ \t]+))(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?"
        ),
        _slashed,
    ),
    (
        pattern(
            r"(?P<by>(?:^|[,;(]\s*))(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\s*(?:$"
            r"|[,;)])"
        ),
        _slashed,
    ),
    (
        pattern(
            rf"(?P<by>)(?:{_SOMEBODY}|[)\]]) +(?P<when>(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})"
            r"(?:/(?P<year>\d{4}|\d{2}))?)\b"
        ),
        _slashed,
    ),
    (
        pattern(
            rf"{_BY}(?:\bon )?\b(?P<weekday>{_WEEKDAY}),? (?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})"
            r"(?:/(?P<year>\d{4}|\d{2}))?\b"
        ),
        _slashed_on,
    ),
    (
        pattern(
            rf"(?P<by>){_SOMEBODY} +"
            r"(?P<when>(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>\d{4})?)(?:$|[ ,;)])"
        ),
        _dotted,
    ),
    # Behind a comma and at the very end, with both points: "alert on the pool, me, 4.12."
    (
        pattern(r"(?P<by>), ?(?P<when>(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>))\s*$"),
        _dotted,
    ),
    # Three numbers with a year are a day, whatever stands before them.
    (
        pattern(r"(?P<by>)(?:^|[ ,;(])(?P<when>(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>20\d\d))\b"),
        _dotted,
    ),
    (
        pattern(
            r"(?P<by>(?:\b(?:by|before|until|till|due(?: on| by)?:?|on|deadline:?"
            r"|bis)[ \t]+))(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>\d{4})?"
        ),
        _dotted,
    ),
    (
        pattern(
            rf"{_BY}{_ON}\b(?:(?:this|next|the next|the coming|a later|after the) (?:sprint|release|iteration"
            rf"|cycle|quarter|month|week|weekend|year|freeze|holidays?|planning|half|pi|q[1-4])|(?:early|mid|late"
            rf"|beginning of|start of|middle of)[ -](?:next )?(?:{_MONTH}|q[1-4]|week|month|quarter|year|january)"
            rf"|(?:the )?new year|christmas|easter|thanksgiving)\b(?: 20\d\d)?"
        ),
        _unresolved,
    ),
    (
        pattern(
            rf"(?P<by>\b(?:by|before|until|due(?: in| by)?|in|for|during|this|eta:?)(?: the)?[ \t]+|(?:^"
            rf"|[,;(]\s*))(?:q[1-4]|h[12]|{_MONTH})(?:[ /-](?:20)?\d\d)?\b"
        ),
        _unresolved,
    ),
    (
        pattern(
            rf"{_BY}\b(?:(?:in )?(?:a )?(?:few|couple|some) (?:of )?(?:days|weeks|months)|(?:the )?(?:weekend)"
            rf"|someday|some day|sometime|tbd|tbc|asap|a\.s\.a\.p\.|as soon as possible|soon|later|immediately"
            rf"|right away"
            rf"|straight away)\b"
        ),
        _unresolved,
    ),
    (pattern(rf"{_BY}(?:\bon )?\b(?P<gone>yesterday|last (?:week|month|year|{_WEEKDAY}))\b"), _gone),
    (
        pattern(
            r"(?P<by>)\b(?:(?:no|not) later than|by|before|until|till|on|due(?: on| by)?) the "
            r"(?P<day>\d{1,2})(?:st|nd|rd|th)\b"
        ),
        _of_the_month,
    ),
    (
        pattern(
            r"(?P<by>\b(?:by|before|until|till|due|due on) )the (?:(?:next )?(?:freeze"
            r"|holidays?|launch|release|deploy|go-?live|review|retro|meeting|game ?day|audit|migration))\b"
        ),
        _unresolved,
    ),
)

#: Months of other languages, so that the library behind is only asked where a month is named.
_ELSEWHERE = pattern(
    r"\b(?:bis(?: zum| spätestens)?|zum|am|avant(?: le)?|pour le|le|antes del?|para el|el|hasta el|entro il?"
    r"|entro|até|tegen|voor|senast|by|before|until|due|on)[ \t]+"
    r"(?P<date>(?:den |the )?\d{1,2}\.?(?:er)?(?: de)? (?:januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio"
    r"|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro"
    r"|outubro|novembro|dezembro|maart|mei|augustus|januari|februari|maj|augusti|april|november|september"
    r"|august)(?:(?: de)? \d{4})?)(?:[\s,.;)]|$)"
)


def _behind(text: str, today: date, moment: datetime) -> Located | None:
    found = _ELSEWHERE.search(text)
    if found is None:
        return None
    words = found.group("date") or ""
    settings = {
        "REQUIRE_PARTS": ["day", "month"],
        "RELATIVE_BASE": moment.replace(tzinfo=None),
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "DMY",
    }
    languages = ["de", "fr", "es", "it", "pt", "nl", "sv", "en"]
    parsed = dateparser.parse(words, languages=languages, settings=settings)
    start = found.start()
    end = start + len((found.group() or "").rstrip(" ,.;)"))
    if parsed is None:
        return Located(Ambiguous(text[start:end], "names no day"), start, end)
    return Located(_said(text[start:end], (parsed.date(), False), today), start, end)
