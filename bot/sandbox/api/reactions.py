"""Web API: reactions, pins and bookmarks."""

from __future__ import annotations

from bot.sandbox.api.call import Call, Method, Refused
from bot.sandbox.limits import TIER_2, TIER_3
from bot.sandbox.messages import pin, react, shown
from bot.sandbox.workspace import Json


def _message(call: Call, channel: Json, name: str) -> Json:
    message = channel["messages"].get(call.text(name))
    if message is None:
        raise Refused("message_not_found")
    return message  # type: ignore[no-any-return]


def _reactions_get(call: Call) -> Json:
    channel = call.joined_channel()
    message = _message(call, channel, "timestamp")
    return {"type": "message", "channel": channel["id"], "message": shown(channel, message)}


def _reactions_add(call: Call) -> Json:
    channel = call.joined_channel()
    message = _message(call, channel, "timestamp")
    if channel["is_archived"]:
        raise Refused("is_archived")
    name = call.text("name").strip(":")
    if not name.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise Refused("invalid_name")
    if not react(call.workspace, channel, message["ts"], call.workspace.bot["user_id"], name):
        raise Refused("already_reacted")
    return {}


def _reactions_remove(call: Call) -> Json:
    channel = call.joined_channel()
    message = _message(call, channel, "timestamp")
    if not react(call.workspace, channel, message["ts"], call.workspace.bot["user_id"], call.text("name"), remove=True):
        raise Refused("no_reaction")
    return {}


def _pins_list(call: Call) -> Json:
    channel = call.joined_channel()
    items = []
    for one in channel["pins"]:
        message = shown(channel, channel["messages"][one["ts"]])
        items.append({"type": "message", "channel": channel["id"], "created": one["created"],
                      "created_by": one["user"], "message": message})  # fmt: skip
    return {"items": items}


def _pins_add(call: Call) -> Json:
    channel = call.joined_channel()
    message = _message(call, channel, "timestamp")
    if not pin(call.workspace, channel, message["ts"], call.workspace.bot["user_id"]):
        raise Refused("already_pinned")
    return {}


def _bookmarks_add(call: Call) -> Json:
    channel = call.joined_channel("channel_id")
    if call.text("type") != "link":
        raise Refused("invalid_bookmark_type")
    if not call.text("link").startswith(("http://", "https://")):
        raise Refused("invalid_link")
    bookmark = {"id": call.workspace.new_id("Bk"), "channel_id": channel["id"], "title": call.text("title"),
                "link": call.text("link"), "type": "link", "emoji": call.text("emoji")}  # fmt: skip
    channel.setdefault("bookmarks", []).append(bookmark)
    call.workspace.announce("channels", {})
    return {"bookmark": bookmark}


def _bookmarks_list(call: Call) -> Json:
    return {"bookmarks": call.joined_channel("channel_id").get("bookmarks", [])}


METHODS = (
    Method("reactions.get", _reactions_get, ("reactions:read",), ("channel", "timestamp"), TIER_3),
    Method("reactions.add", _reactions_add, ("reactions:write",), ("channel", "timestamp", "name"), TIER_3),
    Method("reactions.remove", _reactions_remove, ("reactions:write",), ("channel", "timestamp", "name"), TIER_2),
    Method("pins.list", _pins_list, ("pins:read",), ("channel",), TIER_2),
    Method("pins.add", _pins_add, ("pins:write",), ("channel", "timestamp"), TIER_2),
    Method("bookmarks.add", _bookmarks_add, ("bookmarks:write",), ("channel_id", "title", "type", "link"), TIER_2),
    Method("bookmarks.list", _bookmarks_list, ("bookmarks:read",), ("channel_id",), TIER_3),
)
