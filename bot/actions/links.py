"""Where is an action item tracked? The address that somebody pasted beside it, or where a ticket for it is begun."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from bot.patterns import exact_pattern, pattern

#: An address of the web.
ADDRESS = pattern(r"https?://[^\s<>|\"'`]+")
#: An address that is itself a ticket, by how the usual trackers write theirs: the item's own line may hold it.
_TICKET = pattern(
    r"/browse/[a-z][a-z0-9_]+-\d+|/issues?/(?:[a-z][a-z0-9_]+-)?\d+|/pull/\d+|/merge_requests/\d+|/work_?items?/(?:edit/)?\d+"
    r"|linear\.app/[^/]+/issue/|trello\.com/c/|app\.asana\.com/.+\d|/story/\d+|app\.clickup\.com/t/|/tickets?/\d+"
    r"|youtrack[^/]*/issue/|notion\.(?:so|site)/"
)
_NUMBER = exact_pattern(r"\bAI-\d{3,9}\b")
#: What a team's own address for a new ticket has in the place of the item's words.
TITLE, TEXT = "{title}", "{text}"
#: Browsers and trackers take an address of so many characters; what is longer is cut, its text first.
_LONGEST = 1_800
#: What a sentence puts behind an address.
_AFTER = ".,;:!?)]}*_"


def address(text: str) -> str:
    """The first address in a text, without what the sentence puts behind it; empty where there is none."""
    found = ADDRESS.search(text)
    return (found.group() or "").rstrip(_AFTER) if found is not None else ""


def is_address(text: str) -> bool:
    """Whether a text is one address and nothing else."""
    found = ADDRESS.fullmatch(text.strip())
    return found is not None


def ticket(text: str) -> str:
    """The ticket that an item's own words name; other addresses, such as a dashboard's, are none."""
    for found in ADDRESS.finditer(text):
        each = (found.group() or "").rstrip(_AFTER)
        if _TICKET.search(each) is not None:
            return each
    return ""


def named(texts: Iterable[str]) -> dict[str, str]:
    """The address that stands on a line with an item's number (AI-007), by number; the last one said counts.

    A line with several numbers says nothing, since nobody can tell which of them it means.
    """
    found: dict[str, str] = {}
    for text in texts:
        for row in text.splitlines():
            numbers = {each.group() or "" for each in _NUMBER.finditer(row)}
            where = address(row)
            if where and len(numbers) == 1:
                found[numbers.pop()] = where
    return found


def begins_tickets(where: str) -> bool:
    """Whether an address can begin a ticket: one of the web, with a place for its title."""
    return TITLE in where and is_address(where.replace(TITLE, "").replace(TEXT, ""))


def new_ticket(where: str, title: str, text: str) -> str:
    """The address at which a tracker begins a ticket with these words; somebody still has to send it there."""
    for most in (len(text), 400, 0):
        for of_title in (200, 60):
            found = where.replace(TITLE, quote(title[:of_title], safe="")).replace(TEXT, quote(text[:most], safe=""))
            if len(found) <= _LONGEST:
                return found
    return where.replace(TITLE, "").replace(TEXT, "")
