"""What a Web API method is given, and how it refuses."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.limits import SPECIAL, Limits
from bot.sandbox.workspace import Json, Workspace


class Refused(Exception):
    """Slack's `{"ok": false, "error": ...}` with what goes along with it."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


def invalid_arguments(*messages: str) -> Refused:
    """The refusal of bad arguments, with Slack's list of messages."""
    return Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})


@dataclass(slots=True)
class Call:
    """One call: the workspace, the merged arguments, the granted scopes and the address of this server."""

    workspace: Workspace
    method: str
    args: Json
    scopes: frozenset[str]
    site: str
    limits: Limits
    #: Filled by a method that has something to say besides its answer.
    warnings: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """An argument as yes or no: 1, true and True are yes."""
        value = self.args.get(name)
        return default if value is None or value == "" else str(value).lower() in ("1", "true")

    def number(self, name: str, default: int, low: int, high: int, error: str = "invalid_limit") -> int:
        """An argument as a whole number between `low` and `high`; Refused(error) outside."""
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            number = int(str(value))
        except ValueError:
            raise invalid_arguments(f"must be a valid integer [json-pointer:/{name}]") from None
        if not low <= number <= high:
            raise Refused(error)
        return number

    def listed(self, name: str) -> list[str]:
        """An argument as a list of ids, given as JSON or joined with commas."""
        value = self.args.get(name) or []
        return [str(v) for v in value] if isinstance(value, list) else [v for v in str(value).split(",") if v]

    def require(self, scope: str) -> None:
        """Refused(missing_scope) when the app does not have `scope`."""
        if scope not in self.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def channel(self, name: str = "channel", *, purpose: str | None = None) -> Json:
        """The channel of an argument, if the bot may know it; `purpose` ("read", "history") also checks the scope."""
        channel = self.workspace.channels.get(self.text(name))
        if channel is None:
            raise Refused("channel_not_found")
        hidden = channel["is_private"] and self.workspace.bot["user_id"] not in channel["members"]
        if purpose:
            family = "im" if channel["is_im"] else "groups" if channel["is_private"] else "channels"
            if hidden and f"{family}:{purpose}" not in self.scopes:
                raise Refused("channel_not_found")
            self.require(f"{family}:{purpose}")
        if hidden:
            raise Refused("channel_not_found")
        return channel

    def joined_channel(self, name: str = "channel", *, purpose: str | None = None) -> Json:
        """The same, and the bot must be in it: Refused(not_in_channel) otherwise."""
        channel = self.channel(name, purpose=purpose)
        if self.workspace.bot["user_id"] not in channel["members"]:
            raise Refused("not_in_channel")
        return channel

    def page(self, items: list[Any], limit: int) -> tuple[list[Any], str]:
        """One page of a list by cursor, and the cursor of the next page ("" on the last)."""
        start = self.cursor("offset")
        first = int(start) if start.isdigit() else 0
        rest = f"offset:{first + limit}" if first + limit < len(items) else ""
        return items[first : first + limit], encode_cursor(rest)

    def cursor(self, kind: str) -> str:
        """What the `cursor` argument says, "" without one; Refused(invalid_cursor) for anything not made here."""
        given = self.text("cursor")
        if not given:
            return ""
        try:
            name, _, value = base64.b64decode(given.encode(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeError):
            raise Refused("invalid_cursor") from None
        if name != kind or not value:
            raise Refused("invalid_cursor")
        return value


def encode_cursor(plain: str) -> str:
    """An opaque cursor."""
    return base64.b64encode(plain.encode()).decode()


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Web API: what it needs and what answers it."""

    name: str
    answer: Callable[[Call], Json]
    #: One of these is enough; () needs none.
    scopes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    per_minute: int = SPECIAL
    for_app: bool = False


def table(*groups: tuple[Method, ...]) -> Mapping[str, Method]:
    """All methods by name."""
    return {method.name: method for group in groups for method in group}
