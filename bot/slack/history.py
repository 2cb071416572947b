"""What stands in the channel? Slack's pages as the record's messages; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.redaction.masking import mask
from bot.redaction.off_the_record import heard_text, without_ignored_lines
from bot.slack.room import Page
from bot.timeline.flatten import flatten
from bot.timeline.values import RecordMessage

EMPTY = Page(())


def record_messages(messages: Iterable[Mapping[str, Any]]) -> tuple[RecordMessage, ...]:
    """Messages of the record, masked; every message becomes one, whatever its shape."""
    return tuple(record_message(m) for m in messages if m.get("ts"))


def record_message(message: Mapping[str, Any]) -> RecordMessage:
    """One message of the record: text from wherever it is, secrets masked, `//` lines of people left out."""
    bot = bot_name(message)
    return RecordMessage(
        ts=str(message["ts"]),
        user=str(message["user"]) if message.get("user") and bot is None else None,
        text=record_text(message),
        bot=bot,
        thread_ts=str(message["thread_ts"]) if message.get("thread_ts") else None,
        edited_ts=str((message.get("edited") or {}).get("ts") or "") or None,
        subtype=message.get("subtype"),
        deleted=message.get("subtype") == "tombstone",
        pinned=bool(message.get("pinned_to")),
        reactions=tuple(str(r.get("name")) for r in message.get("reactions") or () for _ in range(r.get("count", 1))),
        files=tuple(mask(str(f.get("name") or f.get("title") or f.get("id"))).text for f in message.get("files") or ()),
        broadcast=message.get("subtype") == "thread_broadcast",
        reply_count=int(message.get("reply_count") or 0),
    )


def record_text(message: Mapping[str, Any]) -> str:
    """What the record keeps of a message's words: of people without ignored lines, of tools everything."""
    if bot_name(message) is not None:
        return mask(flatten(message, keep=True)).text
    # What people write stands twice, in `text` and in their rich text; what they forward stands in attachments.
    told = flatten({**message, "text": heard_text(message), "blocks": []}, keep=True)
    return mask(without_ignored_lines(told)).text


def belongs(message: Mapping[str, Any], oldest: str) -> bool:
    """Whether a message is of the window that begins at `oldest`: written in it, or a root with replies in it."""
    return str(message.get("ts", "")) >= oldest or str(message.get("latest_reply") or "") >= oldest


def threads_of(messages: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The roots of threads among messages, with the `ts` of each one's newest reply."""
    return {
        str(m["ts"]): str(m.get("latest_reply") or "")
        for m in messages
        if int(m.get("reply_count") or 0) > 0 and m.get("thread_ts") in (None, m["ts"])
    }


def bot_name(message: Mapping[str, Any]) -> str | None:
    """The name of the app that wrote a message; None for people."""
    if not (message.get("bot_id") or message.get("subtype") == "bot_message"):
        return None
    profile = message.get("bot_profile") or {}
    return str(message.get("username") or profile.get("name") or message.get("bot_id") or "an app")
