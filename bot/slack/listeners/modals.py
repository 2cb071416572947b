"""What is done with a submitted modal? It is acknowledged with its next page or its faults, and then heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack.ears import Ears
from bot.slack.listeners.buttons import ANY


def register(app: App, ears: Ears) -> None:
    @app.view(ANY)
    def submitted(ack: Ack, body: Mapping[str, Any], context: BoltContext) -> None:
        answer = ears.acknowledge(body)
        ack(**answer) if answer else ack()
        if not answer or answer.get("response_action") != "errors":
            ears.hear(context)
