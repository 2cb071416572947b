"""How the Web API shows channels, and which of them a `types` argument asks for."""

from __future__ import annotations

from bot.sandbox.api.call import Call, Refused
from bot.sandbox.workspace import Json, Workspace

_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def kind_of(channel: Json) -> str:
    """The word for a channel in the `types` argument."""
    return "im" if channel["is_im"] else "private_channel" if channel["is_private"] else "public_channel"


def channel_object(ws: Workspace, channel: Json) -> Json:
    """A channel as `conversations.*` shows it to the bot."""
    bot = ws.bot["user_id"]
    about: Json = {
        "id": channel["id"], "created": channel["created"], "is_im": channel["is_im"],
        "is_org_shared": False, "context_team_id": ws.team["id"], "updated": channel["created"] * 1000,
    }  # fmt: skip
    if channel["is_im"]:
        return about | {"user": channel["user"], "is_user_deleted": ws.users[channel["user"]]["deleted"],
                        "is_archived": False, "priority": 0}  # fmt: skip
    said = {"creator": channel["creator"], "last_set": channel["created"]}
    return about | {
        "name": channel["name"], "name_normalized": channel["name"], "is_channel": not channel["is_private"],
        "is_group": False, "is_mpim": False, "is_private": channel["is_private"], "creator": channel["creator"],
        "is_archived": channel["is_archived"], "is_general": channel["name"] == "general", "unlinked": 0,
        "is_shared": False, "is_ext_shared": channel.get("is_ext_shared", False), "is_pending_ext_shared": False,
        "is_member": bot in channel["members"], "shared_team_ids": [ws.team["id"]],
        "topic": {"value": channel["topic"], **said}, "purpose": {"value": channel["purpose"], **said},
        "previous_names": [],
    }  # fmt: skip


def channels_of_types(call: Call) -> list[Json]:
    """All channels of the kinds in `types`; a kind needs its own read scope."""
    types = call.listed("types") or ["public_channel"]
    if any(kind not in _TYPES for kind in types):
        raise Refused("invalid_types")
    for kind in types:
        call.require(f"{_TYPES[kind]}:read")
    found = [c for c in call.workspace.channels.values() if kind_of(c) in types]
    if call.flag("exclude_archived"):
        found = [c for c in found if not c["is_archived"]]
    return found
