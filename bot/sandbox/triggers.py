"""The two short-lived rights that an interaction gives an app: opening a modal, and answering by response_url."""

from __future__ import annotations

import secrets
from typing import Final

from bot.sandbox.api.call import Refused
from bot.sandbox.workspace import Json, Workspace

#: Seconds on the local Slack's clock.
TRIGGER_LIFE: Final = 3.0
RESPONSE_LIFE: Final = 1800.0
RESPONSE_USES: Final = 5


def new_trigger(ws: Workspace, user: str) -> str:
    """A trigger_id: good for one modal within three seconds."""
    trigger = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
    ws.data["triggers"][trigger] = {"user": user, "until": ws.clock.now() + TRIGGER_LIFE, "used": False}
    while len(ws.data["triggers"]) > 500:
        ws.data["triggers"].pop(next(iter(ws.data["triggers"])))
    return trigger


def use_trigger(ws: Workspace, trigger: str) -> str:
    """Whose trigger it is, used up by this call; Refused with Slack's three errors."""
    known = ws.data["triggers"].get(trigger)
    if known is None:
        raise Refused("invalid_trigger_id")
    if known["used"]:
        raise Refused("exchanged_trigger_id")
    if ws.clock.now() > known["until"]:
        raise Refused("expired_trigger_id")
    known["used"] = True
    return str(known["user"])


def new_response_url(ws: Workspace, site: str, user: str, channel: str, *, message: Json | None = None) -> str:
    """An address that takes five answers within half an hour; `message` is the one that was clicked, if any."""
    key = secrets.token_hex(12)
    ws.data["response_urls"][key] = {
        "user": user, "channel": channel, "until": ws.clock.now() + RESPONSE_LIFE, "uses": 0,
        "ts": message["ts"] if message else None, "ephemeral": bool(message and message.get("is_ephemeral")),
        "thread_ts": message.get("thread_ts") if message else None,
    }  # fmt: skip
    while len(ws.data["response_urls"]) > 500:
        ws.data["response_urls"].pop(next(iter(ws.data["response_urls"])))
    return f"{site}/respond/{ws.team['id']}/{key}"
