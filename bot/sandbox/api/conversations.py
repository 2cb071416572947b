"""Web API: which channels there are, who is in them, and how the bot gets in."""

from __future__ import annotations

from bot.sandbox.api.call import Call, Method, Refused
from bot.sandbox.api.shapes import channel_object, channels_of_types
from bot.sandbox.limits import TIER_2, TIER_3, TIER_4
from bot.sandbox.membership import join, leave
from bot.sandbox.workspace import Json

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_INVITE = ("channels:manage", "groups:write", "channels:write.invites", "groups:write.invites")


def _list(call: Call) -> Json:
    bot = call.workspace.bot["user_id"]
    limit = call.number("limit", 100, 1, 1000)
    found = [c for c in channels_of_types(call) if not c["is_private"] or bot in c["members"]]
    chosen, cursor = call.page(found, limit)
    return {"channels": [channel_object(call.workspace, c) for c in chosen],
            "response_metadata": {"next_cursor": cursor}}  # fmt: skip


def _info(call: Call) -> Json:
    channel = call.channel(purpose="read")
    shown = channel_object(call.workspace, channel)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel["members"])
    return {"channel": shown}


def _members(call: Call) -> Json:
    channel = call.channel(purpose="read")
    people, cursor = call.page(channel["members"], call.number("limit", 100, 1, 1000))
    return {"members": people, "response_metadata": {"next_cursor": cursor}}


def _join(call: Call) -> Json:
    channel = call.channel()
    if channel["is_private"]:
        raise Refused("method_not_supported_for_channel_type")
    if channel["is_archived"]:
        raise Refused("is_archived")
    answer: Json = {}
    if not join(call.workspace, channel, call.workspace.bot["user_id"]):
        answer = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {"channel": channel_object(call.workspace, channel), **answer}


def _leave(call: Call) -> Json:
    channel = call.channel()
    if not leave(call.workspace, channel, call.workspace.bot["user_id"]):
        return {"not_in_channel": True}
    return {}


def _open(call: Call) -> Json:
    ws = call.workspace
    people = call.listed("users")
    if call.text("channel"):
        channel = call.channel()
        return {"channel": channel_object(ws, channel)}
    if not people:
        raise Refused("users_list_not_supplied")
    if len(people) > 1:
        raise Refused("missing_scope", needed="mpim:write", provided=",".join(sorted(call.scopes)))
    user = ws.users.get(people[0])
    if user is None:
        raise Refused("user_not_found")
    if user["deleted"]:
        raise Refused("user_disabled")
    if user["id"] == ws.bot["user_id"] or user["is_bot"]:
        raise Refused("cannot_dm_bot")
    before = any(c["is_im"] and c["user"] == user["id"] for c in ws.channels.values())
    channel = ws.im_with(user["id"])
    shown = channel_object(ws, channel) if call.flag("return_im") else {"id": channel["id"]}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if before else {})


def _invite(call: Call) -> Json:
    ws = call.workspace
    channel = call.joined_channel()
    people = call.listed("users")
    if not people:
        raise Refused("no_user")
    for person in people:
        if person == ws.bot["user_id"]:
            raise Refused("cant_invite_self")
        if person not in ws.users:
            raise Refused("user_not_found")
        if person in channel["members"]:
            raise Refused("already_in_channel")
    if channel["is_archived"]:
        raise Refused("is_archived")
    for person in people:
        join(ws, channel, person, inviter=ws.bot["user_id"])
    return {"channel": channel_object(ws, channel)}


METHODS = (
    Method("conversations.list", _list, _READ, (), TIER_2),
    Method("conversations.info", _info, _READ, ("channel",), TIER_3),
    Method("conversations.members", _members, _READ, ("channel",), TIER_4),
    Method("conversations.join", _join, ("channels:join",), ("channel",), TIER_3),
    Method("conversations.leave", _leave, ("channels:manage", "groups:write", "channels:write"), ("channel",), TIER_3),
    Method("conversations.open", _open, ("im:write", "mpim:write"), (), TIER_3),
    Method("conversations.invite", _invite, _INVITE, ("channel",), TIER_3),
)  # fmt: skip
