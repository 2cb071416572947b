"""How does a channel of a Slack export come into the local Slack? Its messages as they are, at their own times."""

from __future__ import annotations

import base64
import binascii
import copy
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.beginning.slack_exports import Export, open_export
from bot.errors import BadExport
from bot.sandbox.interactions import NotPossible
from bot.sandbox.workspace import Json, Workspace

#: What an export says of a thread, and the local Slack works out by itself.
_OF_THREADS = ("replies", "reply_count", "reply_users", "reply_users_count", "latest_reply", "parent_user_id")


def seed_of_export(export: Export, channel: str) -> Json:
    """A seed with the export's people, one of whom can be acted as, and no channel yet."""
    return {
        "team": {"id": "T0EXPORT", "name": "An export", "domain": "export"},
        "guide": [
            f"#{channel} holds what was exported, at the times when it was written.",
            "Type /postmortem start there, and answer in the thread as the people who wrote it.",
        ],
        "users": [{"id": "U0VISITOR", "name": "you", "real_name": "You"}],
        "channels": [],
    }


def load(workspace: Workspace, export: Export, channel: str) -> Json:
    """Adds the channel with its people, all messages and the bot; the channel is returned. Raises BadExport."""
    messages = export.messages(channel)
    with workspace.lock:
        writers = {str(m["user"]) for m in messages if m.get("user")}
        for user, told in export.users.items():
            if user in writers and user not in workspace.users:
                _add_user(workspace, user, told)
        for user in sorted(writers - set(workspace.users)):
            workspace.add_user(user, user.lower(), real_name=user)
        humans = [user for user, told in workspace.users.items() if not told["is_bot"] and user != "USLACKBOT"]
        name = channel if workspace.channel_named(channel) is None else f"{channel}-export"
        if workspace.channel_named(name) is not None:
            raise NotPossible(f"#{name} is there already.")
        made = workspace.add_channel(
            workspace.new_id("C"), name, [*humans, workspace.bot["user_id"]], topic="From an export"
        )
        for message in sorted({str(m["ts"]): m for m in messages}.values(), key=lambda m: str(m["ts"])):
            _add_message(made, dict(message))
        made["last_ts"] = max(made["messages"], default="")
        made["read"] = {user: made["last_ts"] for user in humans}
        workspace.announce("channels", {})
        return made


def load_from_page(workspace: Workspace, body: Json) -> Json:
    """The same from a zip file that the page sends as base64; NotPossible says what is wrong with it."""
    try:
        content = base64.b64decode(str(body["base64"]), validate=True)
    except binascii.Error as err:
        raise NotPossible("The file did not arrive whole; try it again.") from err
    with TemporaryDirectory(prefix="postmortem-export-") as folder:
        path = Path(folder) / "the-file.zip"
        path.write_bytes(content)
        try:
            made = load(workspace, open_export(path), str(body["channel"]).strip().removeprefix("#"))
        except BadExport as err:
            raise NotPossible(f"That file is no Slack export that can be used: {err.why}") from err
    return {"channel": made["id"], "messages": len(made["messages"])}


def _add_user(workspace: Workspace, user: str, told: object) -> None:
    given = told if isinstance(told, dict) else {}
    shown = given.get("profile")
    profile = shown if isinstance(shown, dict) else {}
    name = str(given.get("name") or user.lower())
    workspace.add_user(
        user, name, real_name=str(given.get("real_name") or profile.get("real_name") or name),
        tz=str(given.get("tz") or "Etc/UTC"), is_bot=bool(given.get("is_bot")), deleted=bool(given.get("deleted")),
    )  # fmt: skip


def _add_message(channel: Json, message: Json) -> None:
    said = {"type": "message", "text": "", **copy.deepcopy({k: v for k, v in message.items() if k not in _OF_THREADS})}
    said["text"] = said["text"] or ""
    ts, root = str(said["ts"]), said.get("thread_ts")
    answers = root is not None and root != ts
    if answers and root in channel["messages"]:
        channel["threads"].setdefault(root, []).append(ts)
    elif answers:
        # What it answered was not exported: it stands in the channel.
        said.pop("thread_ts")
        answers = False
    if not answers or said.get("subtype") == "thread_broadcast":
        channel["order"].append(ts)
    if said.get("pinned_to"):
        said["pinned_to"] = [channel["id"]]
        channel["pins"].append({"ts": ts, "user": said.get("user", ""), "created": int(float(ts))})
    if said.get("files"):
        whole = {"name": "file", "title": "file", "mimetype": "application/octet-stream", "user": "", "channels": []}
        said["files"] = [{**whole, **f} for f in said["files"] if isinstance(f, dict) and f.get("id")]
    channel["messages"][ts] = said
