"""Which time zone people mean by the words they write after a clock time.

An abbreviation of a season ("EST" in July) is read as the region's own clock, since that is what people mean by it.
An abbreviation of several regions is None unless the writer's own zone is one of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from bot.patterns import pattern

_ABBREVIATIONS = {
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
    "ZULU": "UTC",
    "BST": "Europe/London",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "EET": "Europe/Helsinki",
    "EEST": "Europe/Helsinki",
    "MSK": "Europe/Moscow",
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CT": "America/Chicago",
    "CDT": "America/Chicago",
    "MT": "America/Denver",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "PT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "BRT": "America/Sao_Paulo",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "AET": "Australia/Sydney",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
    "SAST": "Africa/Johannesburg",
}
#: Abbreviations of several regions, with the writers' zones that settle which is meant.
_SHARED = {
    "CST": ("America/", "America/Chicago", "Asia/Shanghai"),
    "IST": ("Asia/", "Asia/Kolkata", "Europe/Dublin"),
}
_PLACES = {
    "uk": "Europe/London",
    "london": "Europe/London",
    "british": "Europe/London",
    "dublin": "Europe/Dublin",
    "irish": "Europe/Dublin",
    "paris": "Europe/Paris",
    "berlin": "Europe/Berlin",
    "german": "Europe/Berlin",
    "amsterdam": "Europe/Amsterdam",
    "madrid": "Europe/Madrid",
    "zurich": "Europe/Zurich",
    "oslo": "Europe/Oslo",
    "stockholm": "Europe/Stockholm",
    "central european": "Europe/Paris",
    "eastern": "America/New_York",
    "new york": "America/New_York",
    "ny": "America/New_York",
    "east coast": "America/New_York",
    "central": "America/Chicago",
    "chicago": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "west coast": "America/Los_Angeles",
    "sf": "America/Los_Angeles",
    "california": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "tokyo": "Asia/Tokyo",
    "japan": "Asia/Tokyo",
    "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata",
    "singapore": "Asia/Singapore",
    "sydney": "Australia/Sydney",
    "melbourne": "Australia/Melbourne",
    "auckland": "Pacific/Auckland",
    "lisbon": "Europe/Lisbon",
    "warsaw": "Europe/Warsaw",
    "vienna": "Europe/Vienna",
    "boston": "America/New_York",
    "toronto": "America/Toronto",
    "dallas": "America/Chicago",
    "denver": "America/Denver",
    "los angeles": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "sao paulo": "America/Sao_Paulo",
    "bangalore": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "shanghai": "Asia/Shanghai",
    "hong kong": "Asia/Hong_Kong",
    "seoul": "Asia/Seoul",
}
#: Names of a clock rather than of a place.
_CLOCKS = frozenset(("Eastern", "Pacific", "Mountain", "Central"))
_OWN = frozenset(("local", "my", "our"))
_OFFSET = pattern(r"^(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?$")

#: These say as well whose or what something is: "10:15 German customers", "10:15 ny".
_NEVER_ALONE = frozenset(("british", "irish", "german", "indian", "central european", "east coast", "west coast"))
_ALONE = "|".join(sorted((each for each in _PLACES if each not in _NEVER_ALONE), key=len, reverse=True))
#: "10:15 London," and "10:15 London on Friday" name a clock, "10:15 London went down" a place.
_GOES_ON_WITHOUT_IT = pattern(
    r"^(?:\W*$|\s*[,.;:!?()/\n-]|\s+(?:and|to|until|till|on|for|when|so|but|as|after|before|by|via|today|yesterday"
    r"|this|last|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|we|i|it|they)(?:day)?\b)"
)

#: What may follow a clock time as its zone: an offset, an abbreviation in capitals, a place and "time", a tz name, or
#: a place that is known here.
ZONE_WORDS = (
    r"(?:(?:UTC|GMT)\s?[+-]\d{1,2}(?::?[0-5]\d)?\b|\+\d\d:?[0-5]\d\b"
    r"|(?:UTC|Utc|utc|GMT|gmt|ZULU|Z|BST|WEST|WET|CEST|CET|EEST|EET|MSK|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT"
    r"|BRT|JST|KST|SGT|HKT|AEST|AEDT|AET|NZST|NZDT|SAST|IST)\b"
    r"|(?i:[a-z]{2,10}(?: (?:european|york|coast))?(?: standard| daylight)? time)\b"
    r"|(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]+"
    r"|(?:Eastern|Pacific|Mountain|Central)\b"
    r"|(?i:" + _ALONE + r")\b)"
)


def zone_named(words: str, own: str) -> str | None:
    """The zone that `words` name, for a writer whose own zone is `own`; None where they name none for sure.

    The answer is a tz name or a fixed offset such as `UTC+02:00`.
    """
    said = " ".join(words.split())
    plain = said.upper()
    if plain in _ABBREVIATIONS:
        return _ABBREVIATIONS[plain]
    if plain in _SHARED:
        prefix, usual, other = _SHARED[plain]
        if own == other:
            return other
        return usual if own.startswith(prefix) else None
    if offset := _OFFSET.match(said):
        hours, minutes = int(offset.group("hours") or 0), int(offset.group("minutes") or 0)
        if hours > 14:
            return None
        return f"UTC{offset.group('sign')}{hours:02d}:{minutes:02d}" if hours or minutes else "UTC"
    place = said.lower().removesuffix(" time").removesuffix(" standard").removesuffix(" daylight")
    if place in _OWN:
        return own
    if place in _PLACES:
        return _PLACES[place]
    return said if "/" in said and known_zone(said) else None


def is_a_place_alone(words: str, after: str) -> bool:
    """Whether `words` name a place and not its clock, since what follows says something of it."""
    place = " ".join(words.lower().split())
    named = place in _PLACES and place.capitalize() not in _CLOCKS
    return named and _GOES_ON_WITHOUT_IT.match(after) is None


def assumed(zone: str, at: datetime) -> str:
    """`zone`, where its clock shows another time than UTC at that moment; else nothing has to be said of it."""
    known = known_zone(zone)
    return zone if known is not None and at.astimezone(known).utcoffset() else ""


@cache
def known_zone(name: str) -> tzinfo | None:
    """The zone of that name, tz name or fixed offset; None where there is none."""
    if offset := _OFFSET.match(name):
        distance = timedelta(hours=int(offset.group("hours") or 0), minutes=int(offset.group("minutes") or 0))
        return timezone(-distance if offset.group("sign") == "-" else distance)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
