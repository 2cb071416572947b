"""Web API: files in three steps, and what is known of a file."""

from __future__ import annotations

import base64

from bot.sandbox.api.call import Call, Method, Refused, invalid_arguments
from bot.sandbox.api.chat import as_bot, content, decoded
from bot.sandbox.files import add_file, is_ready, with_urls
from bot.sandbox.limits import TIER_3, TIER_4
from bot.sandbox.messages import post
from bot.sandbox.workspace import Json


def _get_upload_url(call: Call) -> Json:
    length = call.number("length", 0, 1, 1_000_000_000, "upload_file_size_limit")
    file_id = call.workspace.new_id("F")
    call.workspace.data["files"][file_id] = {
        "pending": True, "name": call.text("filename"), "length": length, "content": None,
        "alt_txt": call.text("alt_txt"),
    }  # fmt: skip
    return {"upload_url": f"{call.site}/upload/v1/{file_id}", "file_id": file_id}


def _complete(call: Call) -> Json:
    ws = call.workspace
    wanted = decoded(call.args.get("files"), "invalid_arguments")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(f, dict) and f.get("id") for f in wanted):
        raise invalid_arguments("must provide an array of files with ids [json-pointer:/files]")
    for one in wanted:
        kept = ws.data["files"].get(one["id"])
        if kept is None or "file" in kept or kept["content"] is None:
            raise Refused("file_not_found")
    # Comma-separated `channels` belongs to the same method; the bot names one channel.
    name = "channel_id" if call.text("channel_id") else ""
    channel = None
    if name:
        channel = call.joined_channel(name)
        if channel["is_archived"]:
            raise Refused("is_archived")
        if call.text("thread_ts") and call.text("thread_ts") not in channel["messages"]:
            raise Refused("invalid_thread_ts")
    given = content(call, text_limit=40_000) if call.args.get("blocks") else {}
    files = []
    for one in wanted:
        kept = ws.data["files"].pop(one["id"])
        raw = base64.b64decode(kept["content"])
        made = add_file(ws, name=kept["name"], content=raw, user=ws.bot["user_id"], title=one.get("title", ""))
        ws.data["files"][one["id"]] = ws.data["files"].pop(made["id"])
        made["id"] = one["id"]
        if kept.get("alt_txt"):
            made["alt_txt"] = kept["alt_txt"]
        files.append(made)
    if channel is not None:
        message = as_bot(call) | {"text": call.text("initial_comment"), "files": files, "upload": True} | given
        post(ws, channel, message, thread_ts=call.text("thread_ts") or None)
    return {"files": [with_urls(file, call.site) for file in files]}


def _file(call: Call) -> Json:
    kept = call.workspace.data["files"].get(call.text("file"), {})
    file = kept.get("file")
    if file is None:
        raise Refused("file_not_found")
    bot = call.workspace.bot["user_id"]
    channels = (call.workspace.channels.get(c) for c in file["channels"])
    if file["user"] != bot and not any(c is not None and bot in c["members"] for c in channels):
        raise Refused("file_not_found")
    return file  # type: ignore[no-any-return]


def _info(call: Call) -> Json:
    file = _file(call)
    known = file if is_ready(call.workspace, file) else file | {"mimetype": "", "filetype": ""}
    return {"file": with_urls(known, call.site), "comments": [], "response_metadata": {"next_cursor": ""}}


def _list(call: Call) -> Json:
    bot = call.workspace.bot["user_id"]
    found = [k["file"] for k in call.workspace.data["files"].values() if k.get("file", {}).get("user") == bot]
    if call.text("channel"):
        found = [f for f in found if call.text("channel") in f["channels"]]
    return {"files": [with_urls(f, call.site) for f in found],
            "paging": {"count": 100, "total": len(found), "page": 1, "pages": 1}}  # fmt: skip


def _delete(call: Call) -> Json:
    file = _file(call)
    if file["user"] != call.workspace.bot["user_id"]:
        raise Refused("cant_delete_file")
    del call.workspace.data["files"][file["id"]]
    call.workspace.touch()
    return {}


METHODS = (
    Method("files.getUploadURLExternal", _get_upload_url, ("files:write",), ("filename", "length"), TIER_4),
    Method("files.completeUploadExternal", _complete, ("files:write",), ("files",), TIER_4),
    Method("files.info", _info, ("files:read",), ("file",), TIER_4),
    Method("files.list", _list, ("files:read",), (), TIER_3),
    Method("files.delete", _delete, ("files:write",), ("file",), TIER_3),
)
