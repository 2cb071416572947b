"""A small workspace, the server around it, and the app side of it played by the real SDK."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.sandbox.clock import SandboxClock
from bot.sandbox.people import Person, call
from bot.sandbox.seeds import Seeded, seed_workspace
from bot.sandbox.server import LocalSlack

NOW = 1_795_000_000.0

SEED: dict[str, Any] = {
    "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
    "users": [
        {"id": "U0MARIA", "name": "maria", "real_name": "Maria Kowalska", "tz": "Europe/Warsaw"},
        {"id": "U0TOM", "name": "tom", "tz": "America/New_York"},
        {"id": "U0GUEST", "name": "guest", "is_restricted": True},
    ],
    "usergroups": [{"id": "S0DB", "handle": "db-team", "name": "Databases", "users": ["U0TOM"]}],
    "channels": [
        {"id": "C0INC", "name": "inc-checkout", "members": ["maria", "tom"], "bot": True},
        {"id": "C0OPEN", "name": "general", "members": ["maria"]},
        {"id": "C0SECRET", "name": "secret", "members": ["maria"], "is_private": True},
        {"id": "C0OLD", "name": "old", "members": ["maria"], "bot": True, "is_archived": True},
    ],
    "messages": {
        "inc-checkout": [
            {"at": "-3h", "user": "maria", "text": "checkout is down", "id": "root", "replies": [
                {"at": "+60s", "user": "tom", "text": "looking", "id": "reply"},
                {"at": "+90s", "user": "maria", "text": "also payments", "broadcast": True},
            ]},
            {"at": "-2h", "bot": {"name": "PagerDuty", "id": "B0PD"}, "attachments": [{"text": "P1 triggered"}]},
        ]
    },
}  # fmt: skip

MANIFEST: dict[str, Any] = {
    "features": {
        "slash_commands": [{"command": "/postmortem", "description": "Run one", "should_escape": True}],
        "shortcuts": [{"name": "Add to timeline", "type": "message", "callback_id": "add"}],
    },
    "oauth_config": {"scopes": {"bot": [
        "commands", "chat:write", "channels:history", "channels:read", "channels:join", "groups:history", "groups:read",
        "im:history", "im:read", "im:write", "users:read", "files:write", "files:read", "canvases:write",
        "canvases:read", "pins:read", "reactions:read", "usergroups:read",
    ]}},
    "settings": {"event_subscriptions": {"bot_events": [
        "message.channels", "message.groups", "message.im", "app_home_opened", "member_joined_channel", "channel_left",
        "channel_created", "channel_rename", "channel_archive", "reaction_added",
    ]}},
}  # fmt: skip

Answer = Callable[[SocketModeRequest], Any]


class App:
    """The app under test, as far as sockets go: it remembers what it received and acknowledges what `answers` says."""

    def __init__(self, slack: LocalSlack) -> None:
        self.received: list[SocketModeRequest] = []
        self._slack = slack
        self.answers: Answer = lambda request: {}
        self._arrived = threading.Condition()
        self.client = SocketModeClient(
            app_token=slack.app_token, web_client=WebClient(slack.app_token, base_url=slack.api_url), ping_interval=0.2
        )
        self.client.socket_mode_request_listeners.append(self._hear)
        self.client.connect()
        until(lambda: slack.gateway.open_sockets >= 1)

    def _hear(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = self.answers(request)
        # Noted before it is acknowledged: whoever waits for the acknowledgement finds it here.
        with self._arrived:
            self.received.append(request)
            self._arrived.notify_all()
        if answer is not None:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer or None))

    def events(self, kind: str = "message", subtype: str | None = "any") -> list[dict[str, Any]]:
        """The inner events of one type so far."""
        inner = [r.payload["event"] for r in self.received if r.type == "events_api"]
        return [e for e in inner if e["type"] == kind and subtype in ("any", e.get("subtype"))]

    def wait(self, found: Callable[[], Any], seconds: float = 4.0) -> Any:
        """The first truthy value of `found`, looked at whenever something arrives."""
        with self._arrived:
            assert self._arrived.wait_for(found, seconds), f"only got {[r.payload for r in self.received]}"
        return found()

    def close(self) -> None:
        """Closes the socket and ends the client's threads."""
        self.client.auto_reconnect_enabled = False
        # The client holds its socket for three seconds while it reads; cutting it from the other side is quicker.
        call(self._slack.url, "POST", "socket", {"do": "drop"})
        # Its last thread looks up once a second; the next test need not wait for that.
        threading.Thread(target=self.client.close).start()


def until(found: Callable[[], Any], seconds: float = 4.0) -> Any:
    """Waits for something that tells nobody when it happens."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
    return value


def refusal(call: Callable[..., Any], **args: Any) -> str:
    """The error string that a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return str(caught.value.response["error"])


@pytest.fixture
def seeded() -> Seeded:
    return seed_workspace(json.loads(json.dumps(SEED)), NOW, clock=SandboxClock(frozen_at=NOW))


@pytest.fixture
def serve(seeded: Seeded) -> Iterator[Callable[..., LocalSlack]]:
    """Starts a server around the seed, with a changed manifest or other settings."""
    running: list[LocalSlack] = []

    def start(manifest: dict[str, Any] | None = None, **settings: Any) -> LocalSlack:
        slack = LocalSlack(seeded.workspace, manifest or MANIFEST, **settings).start()
        running.append(slack)
        return slack

    yield start
    for slack in running:
        slack.stop()


@pytest.fixture
def slack(serve: Callable[..., LocalSlack]) -> LocalSlack:
    return serve(ack_seconds=0.3)


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def maria(slack: LocalSlack) -> Person:
    return Person(slack.url, "U0MARIA")


@pytest.fixture
def tom(slack: LocalSlack) -> Person:
    return Person(slack.url, "U0TOM")


@pytest.fixture
def app(slack: LocalSlack) -> Iterator[App]:
    played = App(slack)
    yield played
    played.close()
