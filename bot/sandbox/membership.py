"""Who is in which channel, and what is announced when that changes."""

from __future__ import annotations

from bot.sandbox.messages import system_note
from bot.sandbox.workspace import Json, Workspace


def join(ws: Workspace, channel: Json, user: str, *, inviter: str | None = None) -> bool:
    """Puts a person or the bot in; False when they are there already."""
    if user in channel["members"]:
        return False
    channel["members"].append(user)
    subtype = "group_join" if channel["is_private"] else "channel_join"
    invited = {"inviter": inviter} if inviter else {}
    ws.announce("member_joined_channel", {"channel": channel["id"], "user": user} | invited)
    system_note(ws, channel, subtype, user, f"<@{user}> has joined the channel", **invited)
    ws.announce("channels", {})
    return True


def leave(ws: Workspace, channel: Json, user: str) -> bool:
    """Takes a person or the bot out; False when they were not there."""
    if user not in channel["members"]:
        return False
    channel["members"].remove(user)
    subtype = "group_leave" if channel["is_private"] else "channel_leave"
    ws.announce("member_left_channel", {"channel": channel["id"], "user": user})
    system_note(ws, channel, subtype, user, f"<@{user}> has left the channel")
    ws.announce("channels", {})
    return True


def archive(ws: Workspace, channel: Json, archived: bool, by: str) -> None:
    """Archives a channel or brings it back."""
    if channel["is_archived"] == archived:
        return
    word = "archive" if archived else "unarchive"
    kind = "group" if channel["is_private"] else "channel"
    if archived:
        system_note(ws, channel, f"{kind}_{word}", by, "archived the channel")
    channel["is_archived"] = archived
    ws.announce("channel_archived" if archived else "channel_unarchived", {"channel": channel["id"], "user": by})
    if not archived:
        system_note(ws, channel, f"{kind}_{word}", by, "un-archived the channel")
    ws.announce("channels", {})


def rename(ws: Workspace, channel: Json, name: str, by: str) -> None:
    """Gives a channel a new name."""
    old, channel["name"] = channel["name"], name
    ws.announce("channel_renamed", {"channel": channel["id"], "name": name})
    kind = "group_name" if channel["is_private"] else "channel_name"
    system_note(ws, channel, kind, by, f'has renamed the channel from "{old}" to "{name}"', name=name, old_name=old)
    ws.announce("channels", {})
