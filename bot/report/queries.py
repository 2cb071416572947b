"""Which queries show what happened? Those of a file, with this incident's service and window filled in.

The file is a team's own to change; what stands between `%` in it is filled in. A service's name comes out of people's
words: one that holds anything but letters, digits and `._/-` could end a quotation, and is not filled in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.patterns import pattern
from bot.report.values import Moment

#: Services that are named; the queries are filled in for the first.
MOST_SERVICES = 8
_SAFE = pattern(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,80}")
_PLACES = frozenset(
    {"service", "start", "end", "start_minus_1h", "start_minus_2h", "end_plus_1h", "hours"}
)  # fmt: skip
_PLACE = pattern(r"%([a-z_0-9]+)%")


@dataclass(frozen=True, slots=True)
class Query:
    """One query: what it shows, in which tool, under which heading it stands."""

    about: str
    tool: str
    title: str
    text: str
    language: str = ""


class QueriesError(ValueError):
    """The file of queries cannot be used."""


def parse_queries(text: str) -> tuple[Query, ...]:
    """The queries of a TOML text; QueriesError says what is wrong with it."""
    try:
        tables = tomllib.loads(text).get("query") or ()
    except tomllib.TOMLDecodeError as err:
        raise QueriesError(f"it is no TOML: {err}") from err
    found = []
    for number, table in enumerate(tables, 1):
        query = Query(*(str(table.get(key, "")).strip("\n") for key in ("about", "tool", "title", "text", "language")))
        if not (query.about and query.title and query.text):
            raise QueriesError(f"query {number} needs `about`, `title` and `text`")
        unknown = {place.group(1) for place in _PLACE.finditer(query.text)} - _PLACES
        if unknown:
            raise QueriesError(f"query {number}: nothing fills in {', '.join(sorted(f'%{u}%' for u in unknown))}")
        if query.language and not query.language.isalnum():
            raise QueriesError(f"query {number}: `language` is one word")
        found.append(query)
    return tuple(found)


def services_of(text: str) -> tuple[str, ...]:
    """The services that a fact names, without those that no query could hold."""
    words = [each.strip(" `'\"") for each in text.replace(" and ", ",").replace(";", ",").split(",")]
    return tuple(dict.fromkeys(each for each in words if _SAFE.fullmatch(each)))[:MOST_SERVICES]


def filled(query: Query, services: Sequence[str], moments: Mapping[str, Moment]) -> str:
    """The query with the first service and the window; what is not known stands as `<service>`, `<start>`."""
    start = _first(moments, "began", "detected", "declared")
    end = _first(moments, "resolved", "mitigated")
    hour = timedelta(hours=1)
    length = (end - start) if start is not None and end is not None and end > start else None
    values = {
        "service": services[0] if services else "<service>",
        "start": _iso(start, "<start>"),
        "end": _iso(end, "<end>"),
        "start_minus_1h": _iso(start - hour if start else None, "<start - 1 h>"),
        "start_minus_2h": _iso(start - 2 * hour if start else None, "<start - 2 h>"),
        "end_plus_1h": _iso(end + hour if end else None, "<end + 1 h>"),
        "hours": str(-(-int(length.total_seconds()) // 3600)) if length is not None else "<hours>",
    }
    text = query.text
    for name, value in values.items():
        text = text.replace(f"%{name}%", value)
    return text


def _first(moments: Mapping[str, Moment], *names: str) -> datetime | None:
    return next((moments[name].at for name in names if name in moments), None)


def _iso(moment: datetime | None, unknown: str) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment is not None else unknown
