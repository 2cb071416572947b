"""What do listeners need? To keep a delivery before its acknowledgement, and to have it heard after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from storage.inbox import Delivery

#: Where the middleware leaves the delivery for the listener.
DELIVERY = "delivery"


@dataclass(frozen=True)
class Ears:
    """The few things that listeners do, each a plain function."""

    #: Keeps a delivery; raising here means that Slack gets no acknowledgement and sends it again.
    receive: Callable[[Mapping[str, Any]], Delivery | None]
    #: Has a worker hear a kept delivery.
    soon: Callable[[Delivery], None]
    #: What a modal's submission is acknowledged with: the next page, errors by block, or nothing.
    acknowledge: Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
    #: Shows somebody the app's home.
    show_home: Callable[[str], None]
    #: Answers a person who writes to the bot directly.
    greet: Callable[[Mapping[str, Any]], None]

    def keep(self, body: Mapping[str, Any], context: BoltContext, next_: Callable[[], BoltResponse]) -> BoltResponse:
        """The middleware that runs before anything is acknowledged.

        Where no listener has anything left to do, none is looked for, and the acknowledgement goes out at once.
        """
        delivery = self.receive(body)
        if delivery is None and _ends_here(body):
            return BoltResponse(status=200, body="")
        context[DELIVERY] = delivery
        return next_()

    def hear(self, context: BoltContext) -> None:
        """Has the delivery of this request heard, unless it was a repeat."""
        delivery = context.get(DELIVERY)
        if delivery is not None:
            self.soon(delivery)


def _ends_here(body: Mapping[str, Any]) -> bool:
    """Whether a listener would only have it heard: presses, and what is written anywhere but to the bot directly."""
    if body.get("type") == "block_actions":
        return True
    event = body.get("event") or {}
    return event.get("type") == "message" and event.get("channel_type") != "im"
