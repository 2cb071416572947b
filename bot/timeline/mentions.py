"""How are people, user groups and channels written that a message mentions? By name where the name is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.patterns import pattern

#: Puts a name in the place of an id.
Names = Callable[[str], str]

#: Groups and channels that came without a label; only capitals are ids of Slack's.
_UNNAMED = pattern(r"(?-i:<(?P<sort>!subteam\^|#)(?P<id>[A-Z][A-Z0-9]{1,30})\|?>)")
_PERSON = pattern(r"(?-i:<@(?P<id>[UW][A-Z0-9]{1,30})(?:\|[^<>\n]{0,80})?>)")


@dataclass(frozen=True, slots=True)
class Mentions:
    """How people, user groups and channels are written; `keep` leaves groups and channels without a label as they are.

    Without `names` people stay `<@U…>`; groups and channels are called by their label, else by their id.
    """

    names: Names | None = None
    keep: bool = False

    def user(self, user: str) -> str:
        return f"<@{user}>" if self.names is None else "@" + self.names(user)

    def group(self, group: str, label: str) -> str:
        if label:
            return "@" + label.removeprefix("@")
        if self.names is not None:
            return "@" + self.names(group).removeprefix("@")
        return f"<!subteam^{group}>" if self.keep else "@" + group

    def channel(self, channel: str, label: str) -> str:
        if label:
            return "#" + label
        if self.names is not None:
            return "#" + self.names(channel)
        return f"<#{channel}>" if self.keep else "#" + channel


def people_mentioned(text: str) -> tuple[str, ...]:
    """The ids of the people whom a text mentions, each once."""
    return tuple(dict.fromkeys(found.group("id") or "" for found in _PERSON.finditer(text)))


def unnamed(text: str) -> tuple[str, ...]:
    """The ids of the user groups and channels that stand in a text without a name, each once."""
    return tuple(dict.fromkeys(found.group("id") or "" for found in _UNNAMED.finditer(text)))


def resolved(text: str, names: Mapping[str, str]) -> str:
    """The text with user groups and channels by their names; one that has none is called by its id."""
    if "<" not in text:
        return text
    return _UNNAMED.sub(
        lambda found: (
            ("#" if found.group("sort") == "#" else "@") + names.get(found.group("id") or "", found.group("id") or "")
        ),
        text,
    )
