"""What is done with a shortcut of a message's menu? It is acknowledged, and then heard."""

from __future__ import annotations

from slack_bolt import Ack, App, BoltContext

from bot.slack.ears import Ears
from bot.slack.ids import Shortcut


def register(app: App, ears: Ears) -> None:
    for name in Shortcut:

        @app.message_shortcut(name.value)
        def chosen(ack: Ack, context: BoltContext) -> None:
            ack()
            ears.hear(context)
