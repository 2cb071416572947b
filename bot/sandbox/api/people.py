"""Web API: who am I, who is that (auth, users, usergroups, team, bots) and the way to a socket."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.api.call import Call, Method, Refused
from bot.sandbox.api.shapes import channel_object, channels_of_types
from bot.sandbox.limits import TIER_2, TIER_3, TIER_4
from bot.sandbox.workspace import Json

_CONVERSATIONS = ("channels:read", "groups:read", "im:read", "mpim:read")


def _auth_test(call: Call) -> Json:
    ws = call.workspace
    return {"url": f"{call.site}/", "team": ws.team["name"], "user": ws.bot["name"], "team_id": ws.team["id"],
            "user_id": ws.bot["user_id"], "bot_id": ws.bot["bot_id"], "is_enterprise_install": False}  # fmt: skip


def _team_info(call: Call) -> Json:
    return {"team": call.workspace.team | {"email_domain": "", "icon": {}}}


def _bots_info(call: Call) -> Json:
    bot = call.workspace.bot
    if call.text("bot") not in ("", bot["bot_id"]):
        raise Refused("bot_not_found")
    return {"bot": {"id": bot["bot_id"], "app_id": bot["app_id"], "user_id": bot["user_id"], "name": bot["name"],
                    "deleted": False, "icons": {}}}  # fmt: skip


def _user_object(call: Call, user: Json) -> Json:
    shown = {k: v for k, v in user.items() if k != "profile"}
    zone = ZoneInfo(user["tz"] or "Etc/UTC")
    here = datetime.fromtimestamp(call.workspace.clock.now(), zone)
    offset = here.utcoffset()
    shown |= {"tz_label": here.tzname() or "", "tz_offset": int(offset.total_seconds()) if offset else 0}
    profile = dict(user["profile"])
    if "users:read.email" not in call.scopes:
        profile.pop("email", None)
    if user["is_bot"] or not user["tz"]:
        for key in ("tz", "tz_label", "tz_offset") if not user["tz"] else ():
            shown.pop(key, None)
    return shown | {"profile": profile, "updated": 0}


def _users_info(call: Call) -> Json:
    user = call.workspace.users.get(call.text("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": _user_object(call, user)}


def _users_list(call: Call) -> Json:
    people, cursor = call.page(list(call.workspace.users.values()), call.number("limit", 1000, 1, 1000))
    return {"members": [_user_object(call, user) for user in people], "cache_ts": int(call.workspace.clock.now()),
            "response_metadata": {"next_cursor": cursor}}  # fmt: skip


def _lookup_by_email(call: Call) -> Json:
    for user in call.workspace.users.values():
        if user["profile"].get("email") == call.text("email") and not user["is_bot"] and not user["deleted"]:
            return {"user": _user_object(call, user)}
    raise Refused("users_not_found")


def _users_conversations(call: Call) -> Json:
    ws = call.workspace
    user = call.text("user", ws.bot["user_id"])
    if user not in ws.users:
        raise Refused("user_not_found")
    bot = ws.bot["user_id"]
    found = [c for c in channels_of_types(call) if user in c["members"]]
    # Of somebody else's private channels the app sees only those that it is in itself.
    found = [c for c in found if not c["is_private"] or bot in c["members"]]
    chosen, cursor = call.page(found, call.number("limit", 100, 1, 999))
    shown = [channel_object(ws, c) for c in chosen]
    for one in shown:
        one.pop("is_member", None)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def _usergroups_list(call: Call) -> Json:
    groups = []
    for group in call.workspace.data["usergroups"].values():
        shown = {"team_id": call.workspace.team["id"], "is_usergroup": True, "user_count": len(group["users"]),
                 "date_delete": 0, "description": ""} | group  # fmt: skip
        if not call.flag("include_users"):
            shown.pop("users")
        groups.append(shown)
    return {"usergroups": groups}


def _usergroups_users(call: Call) -> Json:
    group = call.workspace.data["usergroups"].get(call.text("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": list(group["users"])}


METHODS = (
    Method("auth.test", _auth_test),
    Method("team.info", _team_info, ("team:read",), (), TIER_3),
    Method("bots.info", _bots_info, ("users:read",), (), TIER_3),
    Method("users.info", _users_info, ("users:read",), ("user",), TIER_4),
    Method("users.list", _users_list, ("users:read",), (), TIER_2),
    Method("users.lookupByEmail", _lookup_by_email, ("users:read.email",), ("email",), TIER_3),
    Method("users.conversations", _users_conversations, _CONVERSATIONS, (), TIER_3),
    Method("usergroups.list", _usergroups_list, ("usergroups:read",), (), TIER_2),
    Method("usergroups.users.list", _usergroups_users, ("usergroups:read",), ("usergroup",), TIER_2),
)  # fmt: skip
