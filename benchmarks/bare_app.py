"""The yardstick: the least that a Bolt app can do. A press inserts one row in SQLite and posts one message.

It acknowledges everything else and does nothing about it. Socket Mode, Bolt's own defaults, one connection a thread.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

BUTTON = {"type": "actions", "elements": [
    {"type": "button", "action_id": "next", "value": "1:1:", "text": {"type": "plain_text", "text": "Next"}}
]}  # fmt: skip


def main() -> None:
    database, address = sys.argv[1:]
    local = threading.local()
    with sqlite3.connect(database) as first:
        first.execute("PRAGMA journal_mode=wal")
        first.execute("CREATE TABLE IF NOT EXISTS presses (id INTEGER PRIMARY KEY, channel, user, value)")

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(database)
            local.connection.execute("PRAGMA synchronous=normal")
        held: sqlite3.Connection = local.connection
        return held

    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=address)
    app = App(client=client, token_verification_enabled=False)

    @app.event("message")
    def message() -> None:
        pass

    @app.command("/postmortem")
    def start(ack: Callable[[], None]) -> None:
        ack()

    @app.action(re.compile("next"))
    def pressed(ack: Callable[[], None], body: Mapping[str, Any]) -> None:
        ack()
        channel, pressed_in = body["channel"]["id"], body["message"]
        with connection() as unit:
            unit.execute(
                "INSERT INTO presses (channel, user, value) VALUES (?, ?, ?)",
                (channel, body["user"]["id"], body["actions"][0]["value"]),
            )
        question = {"type": "section", "text": {"type": "mrkdwn", "text": "*What happened next?*"}}
        client.chat_postMessage(
            channel=channel, thread_ts=pressed_in.get("thread_ts") or pressed_in["ts"], text="What happened next?",
            blocks=[question, BUTTON],
            metadata={"event_type": "bare", "event_payload": {"card": "question"}},
        )  # fmt: skip

    SocketModeHandler(
        app, os.environ["SLACK_APP_TOKEN"], web_client=WebClient(os.environ["SLACK_APP_TOKEN"], base_url=address)
    ).start()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped


if __name__ == "__main__":
    main()
