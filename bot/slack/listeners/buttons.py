"""What is done with a press? It is acknowledged, and then heard; what it means is decided there."""

from __future__ import annotations

import re

from slack_bolt import Ack, App, BoltContext

from bot.slack.ears import Ears

ANY = re.compile(".*", re.DOTALL)


def register(app: App, ears: Ears) -> None:
    @app.action(ANY)
    def pressed(ack: Ack, context: BoltContext) -> None:
        ack()
        ears.hear(context)
