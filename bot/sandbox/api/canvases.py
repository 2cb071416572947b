"""Web API: canvases, as far as they are made of Markdown."""

from __future__ import annotations

from typing import Any, Final

from bot.sandbox.api.call import Call, Method, Refused, invalid_arguments
from bot.sandbox.api.chat import decoded
from bot.sandbox.limits import TIER_2, TIER_3
from bot.sandbox.workspace import Json, Workspace

CANVAS_BYTES: Final = 1_048_576
_HEADERS = {"# ": "h1", "## ": "h2", "### ": "h3"}


def markdown_of(canvas: Json) -> str:
    """The whole text of a canvas."""
    return "\n\n".join(section["markdown"] for section in canvas["sections"])


def _sections(ws: Workspace, markdown: str) -> list[Json]:
    pieces: list[str] = []
    fenced = False
    for line in markdown.split("\n"):
        starts = any(line.startswith(mark) for mark in _HEADERS)
        new = not pieces or (not fenced and (not line.strip() or starts or pieces[-1].startswith(tuple(_HEADERS))))
        if line.startswith("```"):
            fenced = not fenced
        if not line.strip() and not fenced:
            pieces.append("")
        elif new and not (pieces and pieces[-1] == ""):
            pieces.append(line)
        else:
            pieces[-1] = f"{pieces[-1]}\n{line}" if pieces[-1] else line
    return [{"id": f"temp:C:{ws.new_id('s')}", "markdown": piece} for piece in pieces if piece.strip()]


def _document(call: Call, content: Any) -> list[Json]:
    if content is None:
        return []
    fits = isinstance(content, dict) and content.get("type") == "markdown"
    if not fits or not isinstance(content.get("markdown"), str):
        raise invalid_arguments("must be {type: markdown, markdown: string} [json-pointer:/document_content]")
    if len(content["markdown"].encode()) > CANVAS_BYTES:
        raise Refused("canvas_too_large")
    return _sections(call.workspace, content["markdown"])


def _allowed(call: Call) -> None:
    if call.workspace.data.get("canvases_off"):
        raise Refused("canvas_disabled_user_team")


def _make(call: Call, channel: Json | None) -> Json:
    ws = call.workspace
    sections = _document(call, decoded(call.args.get("document_content"), "invalid_arguments"))
    canvas: Json = {
        "id": ws.new_id("F"), "title": call.text("title") or "Untitled", "sections": sections,
        "user": ws.bot["user_id"], "updated": ws.clock.now(), "user_ids": [],
        "channel_ids": [channel["id"]] if channel else [], "channel": channel["id"] if channel else None,
    }  # fmt: skip
    ws.data["canvases"][canvas["id"]] = canvas
    _tell(ws, canvas)
    return {"canvas_id": canvas["id"]}


def _tell(ws: Workspace, canvas: Json) -> None:
    canvas["updated"] = ws.clock.now()
    ws.announce("canvas", {"canvas": dict(canvas)})


def _create(call: Call) -> Json:
    _allowed(call)
    channel = call.joined_channel("channel_id") if call.text("channel_id") else None
    if channel is None and call.workspace.data["free_plan"]:
        raise Refused("free_teams_cannot_create_standalone_canvases")
    return _create_in(call, channel) if channel is not None else _make(call, None)


def _create_in(call: Call, channel: Json) -> Json:
    if any(c["channel"] == channel["id"] for c in call.workspace.data["canvases"].values()):
        raise Refused("channel_canvas_already_exists")
    return _make(call, channel)


def _create_for_channel(call: Call) -> Json:
    _allowed(call)
    return _create_in(call, call.joined_channel("channel_id"))


def _canvas(call: Call) -> Json:
    _allowed(call)
    canvas = call.workspace.data["canvases"].get(call.text("canvas_id"))
    if canvas is None:
        raise Refused("canvas_not_found")
    return canvas  # type: ignore[no-any-return]


def _edit(call: Call) -> Json:
    canvas = _canvas(call)
    changes = decoded(call.args.get("changes"), "invalid_arguments")
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise invalid_arguments("no more than 1 items allowed [json-pointer:/changes]")
    change = changes[0]
    new = _document(call, change.get("document_content"))
    sections: list[Json] = canvas["sections"]
    at = next((i for i, s in enumerate(sections) if s["id"] == change.get("section_id")), None)
    if change.get("section_id") and at is None:
        raise Refused("canvas_editing_failed", detail="section not found")
    match change.get("operation"):
        case "insert_at_start":
            sections[:0] = new
        case "insert_at_end":
            sections.extend(new)
        case "insert_after" if at is not None:
            sections[at + 1 : at + 1] = new
        case "insert_before" if at is not None:
            sections[at:at] = new
        case "replace":
            sections[slice(None) if at is None else slice(at, at + 1)] = new
        case "delete" if at is not None:
            del sections[at]
        case "rename":
            title = change.get("title_content") or {}
            canvas["title"] = str(title.get("markdown", "")) or canvas["title"]
        case _:
            raise invalid_arguments("invalid operation or missing section_id [json-pointer:/changes/0]")
    if len(markdown_of(canvas).encode()) > CANVAS_BYTES:
        raise Refused("canvas_too_large")
    _tell(call.workspace, canvas)
    return {}


def _lookup(call: Call) -> Json:
    canvas = _canvas(call)
    criteria = decoded(call.args.get("criteria"), "invalid_arguments")
    if not isinstance(criteria, dict) or not set(criteria) <= {"section_types", "contains_text"} or not criteria:
        raise invalid_arguments("must have section_types or contains_text [json-pointer:/criteria]")
    kinds, words = criteria.get("section_types"), criteria.get("contains_text", "")
    found = []
    for section in canvas["sections"]:
        header = next((h for mark, h in _HEADERS.items() if section["markdown"].startswith(mark)), None)
        fits = not kinds or (header is not None and (header in kinds or "any_header" in kinds))
        if fits and words.lower() in section["markdown"].lower():
            found.append({"id": section["id"]})
    return {"sections": found}


def _access_set(call: Call) -> Json:
    canvas = _canvas(call)
    if call.text("access_level") not in ("read", "write", "owner"):
        raise invalid_arguments("must be one of: read, write, owner [json-pointer:/access_level]")
    channels, users = call.listed("channel_ids"), call.listed("user_ids")
    if bool(channels) == bool(users):
        raise invalid_arguments("exactly one of channel_ids and user_ids must be given")
    if any(c not in call.workspace.channels for c in channels):
        raise Refused("channel_not_found")
    canvas["channel_ids"] += [c for c in channels if c not in canvas["channel_ids"]]
    canvas["user_ids"] += [u for u in users if u not in canvas["user_ids"]]
    _tell(call.workspace, canvas)
    return {}


def _delete(call: Call) -> Json:
    canvas = _canvas(call)
    del call.workspace.data["canvases"][canvas["id"]]
    call.workspace.announce("canvas", {"canvas": {**canvas, "deleted": True}})
    return {}


METHODS = (
    Method("canvases.create", _create, ("canvases:write",), (), TIER_2),
    Method("conversations.canvases.create", _create_for_channel, ("canvases:write",), ("channel_id",), TIER_2),
    Method("canvases.edit", _edit, ("canvases:write",), ("canvas_id", "changes"), TIER_3),
    Method("canvases.delete", _delete, ("canvases:write",), ("canvas_id",), TIER_3),
    Method("canvases.access.set", _access_set, ("canvases:write",), ("canvas_id", "access_level"), TIER_3),
    Method("canvases.sections.lookup", _lookup, ("canvases:read",), ("canvas_id", "criteria"), TIER_3),
)
