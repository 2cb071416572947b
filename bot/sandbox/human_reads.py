"""What a person sees: the GET half of /_sim, filtered by what that person may look into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox import views
from bot.sandbox.files import visible_to, with_urls
from bot.sandbox.messages import shown
from bot.sandbox.page_feed import canvas_for_page
from bot.sandbox.workspace import SLACKBOT, Json, Workspace


class NotShown(Exception):
    """The person, channel, thread or file does not exist for whoever asks."""


def person(ws: Workspace, user: str) -> Json:
    """The user object of whoever acts; NotShown for nobody and for the bot itself."""
    found = ws.users.get(user)
    if found is None or user == ws.bot["user_id"]:
        raise NotShown(f"There is no person {user!r} here.")
    return found


def channel_for(ws: Workspace, user: str, channel_id: str) -> Json:
    """A channel by id or name, if that person may see it."""
    person(ws, user)
    channel = ws.channels.get(channel_id) or ws.channel_named(channel_id.removeprefix("#"))
    if channel is None or not ws.can_see(user, channel):
        raise NotShown("There is no such channel, or it is private.")
    return channel


def anybody(ws: Workspace, wanted: str) -> str:
    """Who looks: the person who is asked for, else the first member of the workspace; NotShown where there is none."""
    if wanted in ws.users and wanted != ws.bot["user_id"]:
        return wanted
    others = (SLACKBOT, ws.bot["user_id"])
    for user in ws.users.values():
        if not (user["id"] in others or user["is_bot"] or user["deleted"] or user["is_restricted"]):
            return str(user["id"])
    raise NotShown("Nobody lives in this workspace.")


def state(ws: Workspace, manifest: Mapping[str, Any], wanted: str) -> Json:
    """Everything that the page needs to draw its frame, as one person sees it; see `anybody` for who."""
    me = anybody(ws, wanted)
    features = manifest.get("features", {})
    people = [
        {"id": u["id"], "name": u["name"], "real_name": u["real_name"], "title": u["profile"].get("title", ""),
         "tz": u["tz"], "is_bot": u["is_bot"], "is_restricted": u["is_restricted"], "deleted": u["deleted"]}
        for u in ws.users.values()
    ]  # fmt: skip
    ws.im_with(me)
    seen = [c for c in ws.channels.values() if ws.can_see(me, c)]
    return {
        "team": ws.team, "me": me, "users": people, "channels": [_channel(c, me) for c in seen],
        "bot": {k: ws.bot[k] for k in ("user_id", "bot_id", "name", "app_id")},
        "commands": [{"usage_hint": "", "description": "", **c} for c in features.get("slash_commands", [])],
        "shortcuts": [{k: s[k] for k in ("name", "type", "callback_id")} for s in features.get("shortcuts", [])],
        "usergroups": list(ws.data["usergroups"].values()),
        "now": ws.clock.now(), "clock_offset": ws.clock.offset, "guide": ws.data["guide"],
    }  # fmt: skip


def _channel(channel: Json, me: str) -> Json:
    read = channel["read"].get(me, "")
    others = (ts for ts in reversed(channel["order"]) if channel["messages"][ts].get("user") != me)
    unread = 0
    if read:
        for ts in others:
            if ts <= read:
                break
            unread += 1
    keys = ("id", "name", "is_private", "is_im", "is_archived", "topic", "members")
    return {k: channel[k] for k in keys} | {
        "user": channel.get("user"), "is_member": me in channel["members"], "unread": unread,
        "bookmarks": channel.get("bookmarks", []),
    }  # fmt: skip


def messages(ws: Workspace, site: str, me: str, channel_id: str) -> Json:
    """The channel from the oldest message on, with what only this person sees; looking marks it as read."""
    channel = channel_for(ws, me, channel_id)
    found = [_message(ws, site, channel, ts) for ts in channel["order"]]
    found += [
        {**one["message"], "ephemeral": True} for one in channel["ephemerals"]
        if one["user"] == me and not one["message"].get("thread_ts")
    ]  # fmt: skip
    found.sort(key=lambda one: str(one["ts"]))
    channel["read"][me] = channel["last_ts"] or "0"
    return {"messages": found, "pins": [p["ts"] for p in channel["pins"]]}


def thread(ws: Workspace, site: str, me: str, channel_id: str, root: str) -> Json:
    """A thread, root first, with what only this person sees in it."""
    channel = channel_for(ws, me, channel_id)
    if root not in channel["messages"]:
        raise NotShown("There is no such message.")
    found = [_message(ws, site, channel, ts) for ts in channel["threads"].get(root, [])]
    found += [
        {**one["message"], "ephemeral": True} for one in channel["ephemerals"]
        if one["user"] == me and one["message"].get("thread_ts") == root
    ]  # fmt: skip
    found.sort(key=lambda one: str(one["ts"]))
    return {"messages": [_message(ws, site, channel, root), *found]}


def _message(ws: Workspace, site: str, channel: Json, ts: str) -> Json:
    view = shown(channel, channel["messages"][ts], metadata=True)
    if "files" in view:
        kept = ws.data["files"]
        view["files"] = [with_urls(kept.get(f["id"], {}).get("file", f), site) for f in view["files"]]
    return view


def view(ws: Workspace, me: str) -> Json:
    """The modal on top, and the ids of all of them."""
    person(ws, me)
    return {"view": views.top(ws, me), "stack": list(views.stack_of(ws, me))}


def canvases(ws: Workspace, me: str) -> Json:
    """The canvases that were shared with this person or with a channel that they see."""
    person(ws, me)
    found = []
    for canvas in ws.data["canvases"].values():
        channels = (ws.channels.get(c) for c in canvas["channel_ids"])
        if me in canvas["user_ids"] or any(c is not None and ws.can_see(me, c) for c in channels):
            found.append(canvas_for_page(canvas))
    return {"canvases": found}


def file(ws: Workspace, me: str, file_id: str) -> Json:
    """A file that this person may open; NotShown otherwise."""
    person(ws, me)
    kept = ws.data["files"].get(file_id)
    if kept is None or "file" not in kept or not visible_to(ws, kept["file"], me):
        raise NotShown("There is no such file, or it was not shared with you.")
    return kept["file"]  # type: ignore[no-any-return]
