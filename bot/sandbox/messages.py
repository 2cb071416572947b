"""What is said in a channel, and how it is posted, edited, deleted, reacted to, pinned and read."""

from __future__ import annotations

import secrets
from bisect import bisect_left, bisect_right
from typing import Any, Final

from bot.sandbox.typed_text import rich_text
from bot.sandbox.workspace import SLACKBOT, Json, Workspace

#: Subtypes that Slack writes itself; nobody can answer in a thread to them.
SYSTEM: Final = frozenset(
    {"channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive",
     "channel_unarchive", "group_join", "group_leave", "group_name", "group_archive", "group_unarchive"}
)  # fmt: skip


def post(ws: Workspace, channel: Json, message: Json, *, thread_ts: str | None = None, broadcast: bool = False) -> Json:
    """Adds a message (its author, text and so on are in `message`), gives it a ts and announces it."""
    ts = ws.new_ts(channel)
    said = {"type": "message", "ts": ts, "team": ws.team["id"]} | message
    for number, block in enumerate(said.get("blocks", [])):
        block.setdefault("block_id", f"b{secrets.token_hex(2)}{number}")
    if thread_ts and thread_ts != ts:
        said["thread_ts"] = thread_ts
        channel["threads"].setdefault(thread_ts, []).append(ts)
        if broadcast:
            said |= {"subtype": "thread_broadcast", "root": {"ts": thread_ts}}
    if not said.get("thread_ts") or broadcast:
        channel["order"].append(ts)
    channel["messages"][ts] = said
    for file in said.get("files", []):
        _share(ws, channel, file["id"], ts)
    ws.announce("message", {"channel": channel["id"], "message": dict(said)})
    return said


def post_as(
    ws: Workspace, channel: Json, user: str, stored: str, *, thread_ts: str | None = None, broadcast: bool = False,
    **extra: Any,
) -> Json:  # fmt: skip
    """A person's message: stored text and the rich_text block of Slack's client; a posted link unfurls afterwards."""
    message: Json = {"user": user, "client_msg_id": extra.pop("client_msg_id", None) or _uuid(), "text": stored}
    if stored and "blocks" not in extra:
        message["blocks"] = [rich_text(stored, secrets.token_hex(2))]
    if extra.get("files"):
        message["subtype"] = "file_share"
        message["upload"] = False
    said = post(ws, channel, message | extra, thread_ts=thread_ts, broadcast=broadcast)
    if ws.data["unfurls"] and "<http" in stored:
        before = dict(said)
        link = stored.split("<http", 1)[1].split(">", 1)[0].split("|", 1)[0]
        said["attachments"] = [{"from_url": f"http{link}", "fallback": f"http{link}", "id": 1,
                                "title": f"http{link}"[:80], "title_link": f"http{link}"}]  # fmt: skip
        _changed(ws, channel, said, before)
    return said


def system_note(ws: Workspace, channel: Json, subtype: str, user: str, text: str, **extra: Any) -> Json:
    """One of the lines that Slack writes itself, such as "has joined the channel"."""
    return post(ws, channel, {"subtype": subtype, "user": user, "text": text} | extra)


def edit(ws: Workspace, channel: Json, ts: str, changes: Json, by: str) -> Json:
    """Changes a message in place, marks it as edited and announces it; KeyError when it is not there."""
    said = channel["messages"][ts]
    before = dict(said)
    if "text" in changes and "blocks" not in changes and "user" in said and said["user"] == by and "bot_id" not in said:
        changes = {**changes, "blocks": [rich_text(changes["text"], secrets.token_hex(2))]}
    for number, block in enumerate(changes.get("blocks") or []):
        block.setdefault("block_id", f"b{secrets.token_hex(2)}{number}")
    said.update(changes)
    for key in ("blocks", "attachments", "metadata"):
        if key in changes and not changes[key]:
            said.pop(key, None)
    # An app's update with blocks is not marked as edited, says Slack's page on chat.update.
    if not (said.get("bot_id") and changes.get("blocks")):
        edited_at = ws.clock.now()
        if "edited" in before:
            edited_at = max(edited_at, float(before["edited"]["ts"]) + 1)
        # Slack's edit times have whole seconds.
        said["edited"] = {"user": by, "ts": f"{int(edited_at):010d}.000000"}
    _changed(ws, channel, said, before)
    return said  # type: ignore[no-any-return]


def _changed(ws: Workspace, channel: Json, said: Json, before: Json) -> None:
    ws.announce("message_changed", {"channel": channel["id"], "message": dict(said), "previous": before})


def delete(ws: Workspace, channel: Json, ts: str) -> None:
    """Takes a message away; a root with replies stays as a tombstone. KeyError when it is not there."""
    before = channel["messages"][ts]
    thread = channel["threads"].get(ts)
    _unpin(channel, ts)
    for file in before.get("files", []):
        kept = ws.data["files"].get(file["id"])
        if kept and channel["id"] in kept["file"]["channels"]:
            kept["file"]["channels"].remove(channel["id"])
    if thread:
        stone = {"type": "message", "subtype": "tombstone", "hidden": True, "user": SLACKBOT, "ts": ts,
                 "text": "This message was deleted."}  # fmt: skip
        channel["messages"][ts] = stone
        _changed(ws, channel, stone, dict(before))
        return
    _forget(ws, channel, ts)
    root = before.get("thread_ts")
    if root in channel["threads"]:
        channel["threads"][root].remove(ts)
        if not channel["threads"][root]:
            del channel["threads"][root]
            if channel["messages"].get(root, {}).get("subtype") == "tombstone":
                _forget(ws, channel, root)


def _forget(ws: Workspace, channel: Json, ts: str) -> None:
    before = channel["messages"].pop(ts)
    if ts in channel["order"]:
        channel["order"].remove(ts)
    facts = {"channel": channel["id"], "ts": ts, "thread_ts": before.get("thread_ts"), "previous": before}
    ws.announce("message_deleted", facts)


def _unpin(channel: Json, ts: str) -> None:
    channel["pins"] = [pin for pin in channel["pins"] if pin["ts"] != ts]


def _share(ws: Workspace, channel: Json, file_id: str, ts: str) -> None:
    file = ws.data["files"][file_id]["file"]
    if channel["id"] not in file["channels"]:
        file["channels"].append(channel["id"])
    where = "private" if channel["is_private"] else "public"
    file["shares"].setdefault(where, {}).setdefault(channel["id"], []).append({"ts": ts})


def react(ws: Workspace, channel: Json, ts: str, user: str, name: str, *, remove: bool = False) -> bool:
    """Adds or removes a reaction; False when there was nothing to do. KeyError when the message is not there."""
    said = channel["messages"][ts]
    reactions = said.setdefault("reactions", [])
    entry = next((r for r in reactions if r["name"] == name), None)
    if (entry is not None and user in entry["users"]) != remove:
        return False
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        reactions.append(entry)
    (entry["users"].remove if remove else entry["users"].append)(user)
    entry["count"] = len(entry["users"])
    said["reactions"] = [r for r in reactions if r["users"]]
    if not said["reactions"]:
        del said["reactions"]
    facts = {"channel": channel["id"], "ts": ts, "user": user, "reaction": name, "item_user": said.get("user")}
    ws.announce("reaction_removed" if remove else "reaction_added", facts)
    return True


def pin(ws: Workspace, channel: Json, ts: str, user: str, *, remove: bool = False) -> bool:
    """Pins or unpins; False when there was nothing to do. KeyError when the message is not there."""
    said = channel["messages"][ts]
    pinned = any(p["ts"] == ts for p in channel["pins"])
    if pinned != remove:
        return False
    if remove:
        _unpin(channel, ts)
        said.pop("pinned_to", None)
    else:
        channel["pins"].append({"ts": ts, "user": user, "created": int(ws.clock.now())})
        said["pinned_to"] = [channel["id"]]
    facts = {"channel": channel["id"], "ts": ts, "user": user, "message": dict(said)}
    ws.announce("pin_removed" if remove else "pin_added", facts)
    return True


def shown(channel: Json, said: Json, *, metadata: bool = False) -> Json:
    """A message as the Web API gives it: roots with their counts, replies with their parent, metadata if asked for."""
    view: Json = {k: v for k, v in said.items() if k != "metadata" or metadata}
    replies = channel["threads"].get(said["ts"])
    if replies:
        users = list(dict.fromkeys(_author(channel["messages"][ts]) for ts in replies))
        view |= {
            "thread_ts": said["ts"], "reply_count": len(replies), "reply_users": users[:5],
            "reply_users_count": len(users), "latest_reply": replies[-1], "is_locked": False, "subscribed": False,
        }  # fmt: skip
    elif said.get("thread_ts"):
        root = channel["messages"].get(said["thread_ts"], {})
        view["parent_user_id"] = root.get("user", "")
    return view


def _author(said: Json) -> str:
    return str(said.get("user") or said.get("bot_id", ""))


def window(ids: list[str], oldest: str, latest: str, inclusive: bool) -> list[str]:
    """The ids between two ts; the bounds themselves only if `inclusive`."""
    start = (bisect_left if inclusive else bisect_right)(ids, oldest) if oldest else 0
    end = (bisect_right if inclusive else bisect_left)(ids, latest) if latest else len(ids)
    return ids[start:end]


def _uuid() -> str:
    raw = secrets.token_hex(16)
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"
