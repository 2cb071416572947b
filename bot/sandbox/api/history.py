"""Web API: what was said in a channel and in a thread, page by page."""

from __future__ import annotations

import re2  # type: ignore[import-untyped]

from bot.sandbox.api.call import Call, Method, Refused, encode_cursor
from bot.sandbox.files import with_urls
from bot.sandbox.limits import TIER_3
from bot.sandbox.messages import shown, window
from bot.sandbox.workspace import Json

_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_TS = re2.compile(r"\d{1,10}(\.\d{1,6})?")


def _bound(call: Call, name: str) -> str:
    given = call.text(name)
    if given in ("", "0"):
        return ""
    if given == "now":
        return ""
    if _TS.fullmatch(given) is None:
        raise Refused(f"invalid_ts_{name}")
    seconds, _, micros = given.partition(".")
    return f"{seconds:0>10}.{micros:0<6}"


def _shown(call: Call, channel: Json, ts: str) -> Json:
    message = shown(channel, channel["messages"][ts], metadata=call.flag("include_all_metadata"))
    if "files" in message:
        files = call.workspace.data["files"]
        known = (files.get(f["id"], {}).get("file", f) for f in message["files"])
        message["files"] = [with_urls(file, call.site) for file in known]
    return message


def _history(call: Call) -> Json:
    channel = call.joined_channel(purpose="history")
    limit = call.limits.page_size(call.method, call.number("limit", 100, 1, 999))
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    ids = window(channel["order"], oldest, latest, call.flag("inclusive"))
    until = call.cursor("next_ts")
    if until:
        ids = window(ids, "", until, inclusive=True)
    page, rest = ids[-limit:], ids[:-limit]
    cursor = encode_cursor(f"next_ts:{rest[-1]}") if rest else ""
    answer: Json = {
        "messages": [_shown(call, channel, ts) for ts in reversed(page)], "has_more": bool(rest),
        "pin_count": len(channel["pins"]), "channel_actions_ts": None, "channel_actions_count": 0,
    }  # fmt: skip
    if latest:
        answer["latest"] = latest
    return answer | ({"response_metadata": {"next_cursor": cursor}} if rest else {})


def _replies(call: Call) -> Json:
    channel = call.joined_channel(purpose="history")
    limit = call.limits.page_size(call.method, call.number("limit", 1000, 1, 1000))
    root = call.text("ts")
    if _TS.fullmatch(root) is None or root not in channel["messages"]:
        raise Refused("thread_not_found")
    replies = channel["threads"].get(root, [])
    ids = window(replies, _bound(call, "oldest"), _bound(call, "latest"), call.flag("inclusive"))
    since = call.cursor("next_ts")
    if since:
        ids = window(ids, since, "", inclusive=True)
    page, rest = ids[:limit], ids[limit:]
    # The root stands at the top of every page, so that a reader has to know messages by their ts.
    messages = [_shown(call, channel, ts) for ts in [root, *page]]
    answer: Json = {"messages": messages, "has_more": bool(rest)}
    return answer | ({"response_metadata": {"next_cursor": encode_cursor(f"next_ts:{rest[0]}")}} if rest else {})


METHODS = (
    Method("conversations.history", _history, _HISTORY, ("channel",), TIER_3),
    Method("conversations.replies", _replies, _HISTORY, ("channel", "ts"), TIER_3),
)
