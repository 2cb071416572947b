"""What files are in the workspace, and who may see them."""

from __future__ import annotations

import base64
import mimetypes
import re

from bot.sandbox.workspace import Json, Workspace


def add_file(
    workspace: Workspace, *, name: str, content: bytes, user: str, mimetype: str = "", title: str = "",
    at: float | None = None, channels: list[str] | None = None,
) -> Json:  # fmt: skip
    """Stores a finished file and returns its public object; the content lies beside it as base64."""
    file_id = workspace.new_id("F")
    kind = mimetype or mimetypes.guess_type(name)[0] or "application/octet-stream"
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    made = int(workspace.clock.now() if at is None else at)
    file: Json = {
        "id": file_id, "created": made, "timestamp": made, "name": name, "title": title or name, "mimetype": kind,
        "filetype": {"md": "markdown", "txt": "text"}.get(extension, extension or "binary"), "user": user,
        "size": len(content), "mode": "hosted", "is_external": False, "is_public": False, "editable": False,
        "channels": list(channels or []), "shares": {},
    }  # fmt: skip
    workspace.data["files"][file_id] = {"file": file, "content": base64.b64encode(content).decode()}
    workspace.touch()
    return file


def images_in(blocks: list[Json]) -> list[tuple[int, str]]:
    """The files that image blocks show, with the numbers of the blocks."""
    found = []
    for number, block in enumerate(blocks):
        file = block.get("slack_file") if block.get("type") == "image" else None
        if file:
            found.append((number, str(file.get("id") or re.sub(r".*/(F[A-Z0-9]{8,})/.*", r"\1", file["url"]))))
    return found


def is_ready(workspace: Workspace, file: Json) -> bool:
    """Whether Slack is done with an upload: it takes a while, in which the file has no type."""
    slow = float(workspace.data.get("slow_files") or 0)
    return bool(workspace.clock.now() >= file["created"] + slow)


def is_image(workspace: Workspace, file_id: str) -> bool:
    """Whether the bot may show this file in an image block: a finished picture that is its own, or shared with it."""
    file = workspace.data["files"].get(file_id, {}).get("file")
    kinds = ("image/png", "image/jpeg", "image/gif")
    if file is None or file["mimetype"] not in kinds or not is_ready(workspace, file):
        return False
    return visible_to(workspace, file, workspace.bot["user_id"])


def visible_to(workspace: Workspace, file: Json, user: str) -> bool:
    """Whether a person may open the file: its owner, and whoever sees a channel where it was shared or is shown."""
    channels = [workspace.channels.get(c) for c in file["channels"]]
    if file["user"] == user or any(c is not None and workspace.can_see(user, c) for c in channels):
        return True
    return any(
        (file["id"] in {shown for _, shown in images_in(message.get("blocks") or [])})
        for channel in workspace.channels.values()
        if workspace.can_see(user, channel)
        for message in channel["messages"].values()
    )


def content_of(workspace: Workspace, file_id: str) -> bytes:
    """The bytes of a file; KeyError when there is none."""
    return base64.b64decode(workspace.data["files"][file_id]["content"])


def with_urls(file: Json, site: str) -> Json:
    """The file object with the addresses it has on this server (`site` ends without a slash)."""
    private = f"{site}/files-pri/{file['id']}/{file['name']}"
    return file | {
        "url_private": private,
        "url_private_download": f"{site}/files-pri/{file['id']}/download/{file['name']}",
        "permalink": f"{site}/files/{file['user']}/{file['id']}/{file['name']}",
    }
