"""Is an app in HTTP mode spoken to as Slack does: challenge, signature, retries with their headers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.people import Person, PersonRefused, call
from bot.sandbox.server import LocalSlack
from tests.sandbox.conftest import until

SECRET = "a secret of the tests"


class Receiver(ThreadingHTTPServer):
    """An app's request URL that notes what came and answers as told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[tuple[dict[str, str], str]] = []
        self.status = 200
        self.more: dict[str, str] = {}


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        assert SignatureVerifier(SECRET).is_valid_request(body, headers)
        challenge = json.loads(body).get("challenge", "") if body.startswith("{") else ""
        if not challenge:
            self.server.received.append((headers, body))
        self.send_response(200 if challenge else self.server.status)
        for name, value in self.server.more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write((challenge or "Got it.").encode() if self.server.status == 200 else b"")

    def log_message(self, format: str, *args: Any) -> None:
        """Keeps the test output quiet."""


@pytest.fixture
def receiver(slack: LocalSlack) -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    assert slack.deliver_by_http(f"http://127.0.0.1:{server.server_port}/slack/events", SECRET)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_events_and_commands_arrive_signed(receiver: Receiver, maria: Person) -> None:
    maria.say("C0INC", "hello")
    until(lambda: receiver.received)
    assert json.loads(receiver.received[0][1])["event"]["text"] == "hello"
    assert maria.slash("C0INC", "/postmortem start") == "Got it."
    assert parse_qs(receiver.received[1][1])["text"] == ["start"]


def test_a_failed_event_is_sent_again_with_its_headers(receiver: Receiver, maria: Person, slack: LocalSlack) -> None:
    receiver.status = 500
    maria.say("C0INC", "hello")
    until(lambda: len(receiver.received) == 2)
    slack_headers = receiver.received[1][0]
    assert (slack_headers["x-slack-retry-num"], slack_headers["x-slack-retry-reason"]) == ("1", "http_error")
    with pytest.raises(PersonRefused, match="dispatch_failed"):
        maria.slash("C0INC", "/postmortem")


def test_an_app_may_forbid_retries(receiver: Receiver, maria: Person, slack: LocalSlack) -> None:
    receiver.status, receiver.more = 500, {"x-slack-no-retry": "1"}
    maria.say("C0INC", "hello")
    until(lambda: call(slack.url, "GET", "deliveries")["deliveries"][0]["state"] == "lost")
    assert len(receiver.received) == 1


def test_a_wrong_request_url_is_not_taken(slack: LocalSlack) -> None:
    assert not slack.deliver_by_http(f"{slack.url}/nowhere", SECRET)
