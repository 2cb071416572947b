"""Which channels are the conversations held in? Small ones, each with the end of an incident in it."""

from __future__ import annotations

from typing import Any

USER = "U0ADA"
_PEOPLE = (("U0ADA", "ada", "Europe/London"), ("U0BEN", "ben", "Europe/Warsaw"))
_SAID = (
    ("-95m", "U0ADA", "Declaring a SEV-2, search fails for many customers."),
    ("-90m", "U0BEN", "Could it be the disk of search-4? iowait looks high."),
    ("-70m", "U0BEN", "Found it: release 88 uses all file handles, the graph confirms it."),
    ("-60m", "U0ADA", "Rolled back release 88, search is back to normal."),
    ("-50m", "U0ADA", "I am calling this incident resolved."),
)
#: What somebody answers: enough of everything, so that most questions have what they need.
ANSWER = (
    "At 14:05 UTC release 88 opened a file handle for every query, so 1,240 customers saw errors for 50 minutes; "
    "we add an alert on open handles because nothing told us before, and @ben will do it by next Friday. ({n})"
)


def conversations(count: int) -> dict[str, Any]:
    """A seed with `count` channels."""
    return {
        "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
        "base": "now",
        "users": [{"id": user, "name": name, "tz": zone} for user, name, zone in _PEOPLE],
        "channels": [
            {"id": channel(n), "name": f"inc-{n}", "members": [user for user, _, _ in _PEOPLE], "bot": True}
            for n in range(count)
        ],
        "messages": {
            channel(n): [{"at": at, "user": user, "text": text} for at, user, text in _SAID] for n in range(count)
        },
    }


def channel(number: int) -> str:
    return f"C0CONV{number:03d}"
