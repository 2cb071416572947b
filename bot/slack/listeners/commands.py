"""What is done with /postmortem? It is acknowledged, and then heard."""

from __future__ import annotations

from slack_bolt import Ack, App, BoltContext

from bot.slack.ears import Ears

COMMAND = "/postmortem"


def register(app: App, ears: Ears) -> None:
    @app.command(COMMAND)
    def typed(ack: Ack, context: BoltContext) -> None:
        ack()
        ears.hear(context)
