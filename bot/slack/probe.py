"""Can Slack be reached with these tokens, and may the app do what its manifest asks for?

Reads only, and posts nothing. Raises SlackUnavailable when Slack does not answer, SlackRefused when it answers no.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient
from websockets.sync.client import connect

from bot.errors import SlackUnavailable
from bot.slack.translation import header, translated

#: Seconds that one call, and the wait for the first frame of a socket, may take.
PATIENCE = 10
#: What the reasons of a socket that does not open begin with.
SOCKET = "the socket"
# The SDK reports failures as log lines besides raising them; the caller tells the person once.
_QUIET = logging.getLogger("bot.slack.probe.sdk")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a bot token stands for."""

    team: str
    user: str
    scopes: frozenset[str]
    #: Slack's clock when it answered (whole seconds), or None when the answer carried no date.
    slack_time: datetime | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that the bot is in."""

    id: str
    name: str


def who(api_url: str, bot_token: str) -> Who:
    """Whom the token stands for (`auth.test`), with the scopes it was given."""
    with translated("auth.test"):
        answer = _client(api_url, bot_token).auth_test()
    scopes = header(answer, "x-oauth-scopes")
    return Who(
        team=str(answer.get("team") or ""),
        user=str(answer.get("user") or ""),
        scopes=frozenset(filter(None, (scope.strip() for scope in scopes.split(",")))),
        slack_time=_date(header(answer, "date")),
    )


def channels(api_url: str, bot_token: str) -> tuple[Channel, ...]:
    """Channels that the bot is in, public and private; a first page of them is enough here."""
    with translated("users.conversations"):
        answer = _client(api_url, bot_token).users_conversations(
            types="public_channel,private_channel", exclude_archived=True, limit=20
        )
    found: list[Mapping[str, Any]] = answer.get("channels") or []
    return tuple(Channel(str(each["id"]), str(each.get("name", each["id"]))) for each in found)


def read_channel(api_url: str, bot_token: str, channel: str) -> int:
    """Reads the newest message of a channel and says how many there were: 0 or 1."""
    with translated("conversations.history"):
        answer = _client(api_url, bot_token).conversations_history(channel=channel, limit=1)
    return len(answer.get("messages") or [])


def greeting(api_url: str, app_token: str) -> str:
    """Opens one real socket, waits for Slack's `hello`, closes it, and returns the app id that it named.

    Slack delivers each event to one open socket. One that arrives in this moment is not acknowledged here, so Slack
    sends it again.
    """
    with translated("apps.connections.open"):
        address = _client(api_url, app_token).apps_connections_open(app_token=app_token)["url"]
    # The SDK's own client takes seconds to let go of its threads; one frame needs none.
    with translated(SOCKET), connect(str(address), open_timeout=PATIENCE, close_timeout=1) as socket:
        frame = json.loads(socket.recv(timeout=PATIENCE))
    if frame.get("type") != "hello":
        raise SlackUnavailable(f"{SOCKET} opened, but did not begin with hello")
    return str((frame.get("connection_info") or {}).get("app_id") or "")


def _client(api_url: str, token: str) -> WebClient:
    return WebClient(token=token, base_url=api_url, timeout=PATIENCE, logger=_QUIET, retry_handlers=[])


def _date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None
