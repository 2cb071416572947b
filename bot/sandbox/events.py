"""Which happenings the app is told of, and in what words: Slack's Events API payloads.

An event is delivered only if the manifest subscribes to it and the bot is in the channel at that moment; of public
channels everybody hears that they are new, or have another name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.workspace import Json, Workspace


def subscriptions(manifest: Mapping[str, Any]) -> frozenset[str]:
    """The bot events that a manifest subscribes to."""
    return frozenset(manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", []))


def channel_type(channel: Json) -> str:
    """The word of Slack's message events for a kind of channel."""
    return "im" if channel["is_im"] else "group" if channel["is_private"] else "channel"


def events_for(ws: Workspace, subscribed: frozenset[str], kind: str, facts: Json) -> list[Json]:
    """The inner events, none, one or (for a mention) two, that the app receives for one happening."""
    if ws.data["revoked"]:
        return []
    match kind:
        case "app_home_opened":
            return [_stamped(ws, facts)] if kind in subscribed else []
        case "tokens_revoked" | "app_uninstalled":
            return [{"type": kind, **facts}] if kind in subscribed else []
        case "usergroups_changed":
            return [_stamped(ws, facts)] if facts["type"] in subscribed else []
        case _ if "channel" in facts and facts["channel"] in ws.channels:
            return _in_channel(ws, subscribed, kind, facts)
    return []


def _in_channel(ws: Workspace, subscribed: frozenset[str], kind: str, facts: Json) -> list[Json]:
    channel = ws.channels[facts["channel"]]
    bot = ws.bot["user_id"]
    private = channel["is_private"]
    if kind == "member_left_channel" and facts["user"] == bot:
        name = "group_left" if private else "channel_left"
        left = {"type": name, "channel": channel["id"], "actor_id": facts.get("by", bot)}
        return [_stamped(ws, left)] if name in subscribed else []
    heard_by_all = kind in ("channel_created", "channel_renamed") and not private and not channel["is_im"]
    if bot not in channel["members"] and not heard_by_all:
        return []
    if kind in ("message", "message_changed", "message_deleted"):
        return _message(ws, subscribed, channel, kind, facts)
    event: Json
    match kind:
        case "reaction_added" | "reaction_removed":
            item = {"type": "message", "channel": channel["id"], "ts": facts["ts"]}
            event = {"type": kind, "user": facts["user"], "reaction": facts["reaction"], "item": item,
                     "item_user": facts["item_user"]}  # fmt: skip
        case "pin_added" | "pin_removed":
            item = {"type": "message", "channel": channel["id"], "message": _without_metadata(facts["message"])}
            event = {"type": kind, "user": facts["user"], "channel_id": channel["id"], "item": item,
                     "pin_count": len(channel["pins"])}  # fmt: skip
        case "member_joined_channel" | "member_left_channel":
            event = {"type": kind, "user": facts["user"], "channel": channel["id"], "team": ws.team["id"],
                     "channel_type": "G" if private else "C"}  # fmt: skip
            if facts.get("inviter"):
                event["inviter"] = facts["inviter"]
        case "channel_archived" | "channel_unarchived":
            name = f"{'group' if private else 'channel'}_{kind.removeprefix('channel_').removesuffix('d')}"
            event = {"type": name, "channel": channel["id"], "user": facts["user"]}
        case "channel_created" if heard_by_all:
            about = {"id": channel["id"], "is_channel": True, "name": facts["name"], "created": channel["created"],
                     "creator": channel["creator"]}  # fmt: skip
            event = {"type": kind, "channel": about}
        case "channel_renamed":
            name = "group_rename" if private else "channel_rename"
            about = {"id": channel["id"], "name": facts["name"], "created": channel["created"]}
            event = {"type": name, "channel": about}
        case _:
            return []
    return [_stamped(ws, event)] if event["type"] in subscribed else []


def _message(ws: Workspace, subscribed: frozenset[str], channel: Json, kind: str, facts: Json) -> list[Json]:
    where = {"channel": channel["id"], "channel_type": channel_type(channel)}
    found: list[Json] = []
    event: Json
    if kind == "message":
        said = _without_metadata(facts["message"])
        event = {**said, **where, "event_ts": said["ts"]}
        if said.get("thread_ts"):
            event["parent_user_id"] = channel["messages"].get(said["thread_ts"], {}).get("user", "")
        mentioned = f"<@{ws.bot['user_id']}" in said.get("text", "") and said.get("user") != ws.bot["user_id"]
        if mentioned and "app_mention" in subscribed and not channel["is_im"]:
            found.append({k: v for k, v in event.items() if k != "channel_type"} | {"type": "app_mention"})
    else:
        stamp = ws.new_ts(channel)
        event = {"type": "message", "subtype": kind, "hidden": True, "ts": stamp, "event_ts": stamp, **where,
                 "previous_message": _without_metadata(facts["previous"])}  # fmt: skip
        if kind == "message_changed":
            event["message"] = _without_metadata(facts["message"])
        else:
            event["deleted_ts"] = facts["ts"]
    kinds = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}
    if kinds[where["channel_type"]] in subscribed:
        found.insert(0, event)
    return found


def _without_metadata(said: Json) -> Json:
    return {k: v for k, v in said.items() if k != "metadata"}


def _stamped(ws: Workspace, event: Json) -> Json:
    return {**event, "event_ts": ws.new_ts()}


def envelope(ws: Workspace, event: Json) -> Json:
    """The outer payload around an inner event, with a fresh event id."""
    team, app = ws.team["id"], ws.bot["app_id"]
    return {
        "token": "verification-token-of-the-local-slack", "team_id": team, "context_team_id": team,
        "context_enterprise_id": None, "api_app_id": app, "event": event, "type": "event_callback",
        "event_id": ws.new_id("Ev"), "event_time": int(float(event.get("event_ts", ws.clock.now()))),
        "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": ws.bot["user_id"], "is_bot": True,
                            "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{team}-{app}-{event.get('channel', '')}",
    }  # fmt: skip
