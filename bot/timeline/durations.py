"""Which lengths of time a text names: "2h 15m", "about 40 minutes", "an hour and a half"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.patterns import Found, pattern
from bot.timeline.moments import masked_text

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # Their order is their value.  # fmt: skip
_MORE = {
    "thirty": 30.0,
    "forty": 40.0,
    "forty-five": 45.0,
    "fifty": 50.0,
    "ninety": 90.0,
    "a": 1.0,
    "an": 1.0,
    "half an": 0.5,
}
_NUMBER = (
    r"\d+(?:\.\d+)?\s?|(?:half an|an?|"
    + "|".join((*_SMALL[1:], "thirty", "forty-five", "forty", "fifty", "ninety"))
    + r")[\s-]"
)
_DAYS = r"days?|d"
_HOURS = r"hours?|hrs?|h"
_MINUTES = r"minutes?|mins?|m"
_SECONDS = r"seconds?|secs?|s"
_LENGTH = pattern(
    rf"(?P<about>~|\b(?:about|around|approx\w*|roughly|almost|nearly|over|under|just under|just over|more than"
    rf"|less than|up to)\s)?\s?"
    rf"\b(?:"
    rf"(?P<n1>{_NUMBER})(?:{_DAYS})\b(?:,?\s(?:and\s)?(?P<n2>\d+)\s?(?:{_HOURS})\b)?"
    rf"|(?P<h>{_NUMBER})-?(?:{_HOURS})(?P<half>\sand a half)?(?:\b|(?P<joined>\d{{1,2}})(?:m(?:in)?)?\b)"
    rf"(?:,?\s?(?:and\s)?(?P<m2>\d{{1,3}})\s?(?:{_MINUTES})\b)?(?:,?\s?(?:and\s)?\d{{1,2}}\s?(?:{_SECONDS})\b)?"
    rf"|(?P<m>{_NUMBER})-?(?:{_MINUTES})\b(?:,?\s?(?:and\s)?(?P<s>\d{{1,2}})\s?(?:{_SECONDS})\b)?"
    rf"|(?P<only>\d{{1,4}})\s?(?:seconds?|secs?)\b"
    rf")"
)
_CLOCK_LIKE = pattern(r"^(?:\s?(?:ago|later|earlier|old|timeout|window|interval|apart|delay))\b")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time that a text names, and where."""

    value: timedelta
    about: bool
    start: int
    end: int
    words: str


def lengths_in(text: str) -> tuple[Length, ...]:
    """The lengths of time that `text` names, in order; those that measure something else's pace are left out."""
    masked = masked_text(text)
    found = []
    for each in _LENGTH.finditer(masked):
        value = _value(each)
        if value is None or value <= timedelta(0) or _CLOCK_LIKE.match(masked[each.end() : each.end() + 12]):
            continue
        said = (each.group() or "").strip()
        about = bool(each.group("about")) or said.lower().startswith(("a", "half"))
        found.append(Length(value, about, each.start(), each.end(), said))
    return tuple(found)


def spoken_length(length: timedelta) -> str:
    """A length for a person: `2 h 15 min`, `45 min`, `3 d 4 h`; below a minute in seconds."""
    seconds = int(length.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    days, rest = divmod(seconds // 60, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def _value(found: Found) -> timedelta | None:
    groups = found.groupdict()
    if (days := _count(groups.get("n1"))) is not None:
        return timedelta(days=days, hours=_count(groups.get("n2")) or 0)
    if (hours := _count(groups.get("h"))) is not None:
        hours += 0.5 if groups.get("half") else 0
        return timedelta(hours=hours, minutes=(_count(groups.get("joined")) or 0) + (_count(groups.get("m2")) or 0))
    if (minutes := _count(groups.get("m"))) is not None:
        return timedelta(minutes=minutes, seconds=_count(groups.get("s")) or 0)
    seconds = _count(groups.get("only"))
    return None if seconds is None else timedelta(seconds=seconds)


def _count(said: str | None) -> float | None:
    if not said:
        return None
    word = said.lower().strip(" -")
    if word in _MORE:
        return _MORE[word]
    if word in _SMALL:
        return float(_SMALL.index(word))
    try:
        return float(word)
    except ValueError:
        return None
