"""Web API: how the bot posts, changes and deletes its own messages."""

from __future__ import annotations

import json
from typing import Any, Final

from bot.sandbox.api.call import Call, Method, Refused
from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.files import images_in, is_image
from bot.sandbox.limits import TIER_3, TIER_4
from bot.sandbox.messages import SYSTEM, delete, edit, post, shown
from bot.sandbox.workspace import Json, Workspace

METADATA_BYTES: Final = 16_384
UPDATE_TEXT: Final = 4_000


def decoded(value: Any, error: str) -> Any:
    """An argument that may be JSON in a string; Refused(error) when it is not."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        raise Refused(error) from None


def content(call: Call, *, text_limit: int) -> Json:
    """The checked `text`, `blocks`, `attachments` and `metadata` of a call; only what was given."""
    given: Json = {}
    markdown = call.text("markdown_text")
    if markdown and (call.text("text") or call.args.get("blocks")):
        raise Refused("markdown_text_conflict")
    if len(markdown) > 12_000 or len(call.text("text")) > text_limit:
        raise Refused("msg_too_long")
    if markdown:
        given |= {"text": markdown, "blocks": [{"type": "markdown", "text": markdown}]}
    elif call.args.get("text") is not None:
        given["text"] = call.text("text")
    blocks = decoded(call.args.get("blocks"), "invalid_blocks_format")
    if blocks is not None:
        check_message_blocks(blocks)
        check_images(call.workspace, blocks)
        given["blocks"] = json.loads(json.dumps(blocks))
    attachments = decoded(call.args.get("attachments"), "invalid_attachments")
    if attachments is not None:
        if not isinstance(attachments, list):
            raise Refused("invalid_attachments")
        if len(attachments) > 100:
            raise Refused("too_many_attachments")
        for attachment in attachments:
            if "blocks" in attachment:
                check_message_blocks(attachment["blocks"])
        given["attachments"] = json.loads(json.dumps(attachments))
    metadata = decoded(call.args.get("metadata"), "invalid_metadata_format")
    if metadata is not None:
        given["metadata"] = _metadata(metadata)
    return given


def check_images(ws: Workspace, blocks: Any) -> None:
    """Refused(invalid_blocks) for an image whose file is none, not the bot's to show, or not ready yet."""
    found = [
        f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"
        for number, file in images_in(blocks)
        if not is_image(ws, file)
    ]
    if found:
        raise Refused("invalid_blocks", errors=found, response_metadata={"messages": [f"[ERROR] {f}" for f in found]})


def _metadata(metadata: Any) -> Json:
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    if not metadata:
        return {}
    known = set(metadata) <= {"event_type", "event_payload", "entities"}
    if not (known and isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise Refused("metadata_too_large")
    return dict(metadata)


def _destination(call: Call) -> Json:
    ws = call.workspace
    wanted = call.text("channel")
    channel = ws.channels.get(wanted) or ws.channel_named(wanted.removeprefix("#"))
    if channel is None and wanted in ws.users and not ws.users[wanted]["is_bot"]:
        if ws.users[wanted]["deleted"]:
            raise Refused("channel_not_found")
        channel = ws.im_with(wanted)
    if channel is None:
        raise Refused("channel_not_found")
    if ws.bot["user_id"] not in channel["members"]:
        if channel["is_private"]:
            raise Refused("channel_not_found")
        if "chat:write.public" not in call.scopes:
            raise Refused("not_in_channel")
    if channel["is_archived"]:
        raise Refused("is_archived")
    return channel


def _thread(call: Call, channel: Json) -> str | None:
    root = call.text("thread_ts")
    if not root:
        return None
    message = channel["messages"].get(root)
    if message is None or message.get("thread_ts", root) != root or message.get("subtype") in SYSTEM:
        raise Refused("cannot_reply_to_message")
    return root


def as_bot(call: Call) -> Json:
    """The author's fields of the bot's own messages."""
    ws = call.workspace
    bot = ws.bot
    profile = {"id": bot["bot_id"], "app_id": bot["app_id"], "user_id": bot["user_id"], "name": bot["name"],
               "deleted": False, "icons": {}, "team_id": ws.team["id"], "updated": 0}  # fmt: skip
    return {"user": bot["user_id"], "bot_id": bot["bot_id"], "app_id": bot["app_id"], "bot_profile": profile}


def _require_something(given: Json) -> None:
    if not (given.get("text") or given.get("blocks") or given.get("attachments")):
        raise Refused("no_text")


def _post(call: Call) -> Json:
    channel = _destination(call)
    given = content(call, text_limit=call.workspace.data.get("text_limit", UPDATE_TEXT))
    _require_something(given)
    if call.text("username") or call.text("icon_emoji") or call.text("icon_url"):
        call.require("chat:write.customize")
    thread = _thread(call, channel)
    message = as_bot(call) | {"text": "", **{k: v for k, v in given.items() if v}}
    said = post(call.workspace, channel, message, thread_ts=thread, broadcast=call.flag("reply_broadcast"))
    return {"channel": channel["id"], "ts": said["ts"], "message": shown(channel, said, metadata=True)}


def _own(call: Call, error: str) -> tuple[Json, Json]:
    channel = call.channel()
    message = channel["messages"].get(call.text("ts"))
    if message is None or message.get("subtype") == "tombstone":
        raise Refused("message_not_found")
    if message.get("bot_id") != call.workspace.bot["bot_id"]:
        raise Refused(error)
    if channel["is_archived"]:
        raise Refused("is_archived")
    return channel, message


def _update(call: Call) -> Json:
    channel, message = _own(call, "cant_update_message")
    given = content(call, text_limit=UPDATE_TEXT)
    if not given:
        raise Refused("no_text")
    if given.get("text") and "blocks" not in given:
        given["blocks"] = []  # Slack's page for this method: text without blocks takes the old blocks away.
    _require_something(message | given)
    said = edit(call.workspace, channel, message["ts"], given, call.workspace.bot["user_id"])
    shape = shown(channel, said, metadata=True)
    return {"channel": channel["id"], "ts": said["ts"], "text": said["text"], "message": shape}


def _delete(call: Call) -> Json:
    channel, message = _own(call, "cant_delete_message")
    delete(call.workspace, channel, message["ts"])
    return {"channel": channel["id"], "ts": message["ts"]}


def _post_ephemeral(call: Call) -> Json:
    ws = call.workspace
    channel = _destination(call)
    given = content(call, text_limit=UPDATE_TEXT)
    _require_something(given)
    user = call.text("user")
    if user not in ws.users:
        raise Refused("user_not_found")
    if user not in channel["members"]:
        raise Refused("user_not_in_channel")
    said = whisper(call.workspace, channel, user, as_bot(call) | given, thread_ts=_thread(call, channel))
    return {"message_ts": said["ts"]}


def whisper(ws: Workspace, channel: Json, user: str, message: Json, *, thread_ts: str | None = None) -> Json:
    """Shows a message to one person only; it is no part of the history."""
    said = {"type": "message", "text": "", "is_ephemeral": True, "ts": ws.new_ts(channel), **message}
    for number, block in enumerate(said.get("blocks", [])):
        block.setdefault("block_id", f"e{said['ts'][-6:]}{number}")
    if thread_ts:
        said["thread_ts"] = thread_ts
    channel["ephemerals"].append({"user": user, "message": said})
    ws.announce("ephemeral", {"channel": channel["id"], "user": user, "message": dict(said)})
    return said


def _permalink(call: Call) -> Json:
    channel = call.channel()
    message = channel["messages"].get(call.text("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"{call.site}/archives/{channel['id']}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts"):
        link += f"?thread_ts={message['thread_ts']}&cid={channel['id']}"
    return {"channel": channel["id"], "permalink": link}


def _set_status(call: Call) -> Json:
    channel = call.joined_channel("channel_id")
    if call.text("thread_ts") not in channel["messages"]:
        raise Refused("thread_not_found")
    loading = call.args.get("loading_messages")
    if loading is not None and len(decoded(loading, "invalid_arguments")) > 10:
        raise Refused("invalid_arguments")
    facts = {"channel": channel["id"], "thread_ts": call.text("thread_ts"), "text": call.text("status")}
    call.workspace.announce("status", facts)
    return {}


METHODS = (
    Method("chat.postMessage", _post, ("chat:write",), ("channel",)),
    Method("chat.update", _update, ("chat:write",), ("channel", "ts"), TIER_3),
    Method("chat.delete", _delete, ("chat:write",), ("channel", "ts"), TIER_3),
    Method("chat.postEphemeral", _post_ephemeral, ("chat:write",), ("channel", "user"), TIER_4),
    Method("chat.getPermalink", _permalink, (), ("channel", "message_ts")),
    Method("assistant.threads.setStatus", _set_status, ("chat:write", "assistant:write"),
           ("channel_id", "thread_ts", "status")),
)  # fmt: skip
