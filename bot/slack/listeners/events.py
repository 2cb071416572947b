"""Which events are listened to? Messages, reactions and pins of channels that concern us, and what happens to those."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App, BoltContext

from bot.slack.ears import Ears

#: Every event type with a listener here; the manifest subscribes to exactly these.
CHANNEL_EVENTS = (
    "channel_created",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "group_rename",
    "channel_left",
    "channel_deleted",
    "group_archive",
    "group_unarchive",
    "group_left",
    "group_deleted",
    "member_joined_channel",
    "member_left_channel",
    "tokens_revoked",
    "app_uninstalled",
)
MARK_EVENTS = ("reaction_added", "reaction_removed", "pin_added", "pin_removed")
MESSAGE_EVENTS = ("message.channels", "message.groups", "message.im")


def register(app: App, ears: Ears) -> None:
    @app.event("message")
    def message(event: Mapping[str, Any], context: BoltContext) -> None:
        if event.get("channel_type") == "im":
            ears.greet(event)
            return
        ears.hear(context)

    for name in (*CHANNEL_EVENTS, *MARK_EVENTS):

        @app.event(name)
        def change(context: BoltContext) -> None:
            ears.hear(context)
