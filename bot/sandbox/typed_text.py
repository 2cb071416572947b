"""What becomes of the text a person types: entities for mentions, and the rich_text block that goes along."""

from __future__ import annotations

from typing import Any

import re2  # type: ignore[import-untyped]

from bot.sandbox.workspace import Json, Workspace

_NAMES = re2.compile(r"(^|[\s(\[{>,;:*_~])([@#])([A-Za-z0-9][A-Za-z0-9._-]*)")
_LINKS = re2.compile(r"(^|[\s(])(https?://[^\s<>|]+)")
_TOKENS = re2.compile(
    r"<([^<>]+)>|:([a-z0-9_+-]+):|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|`([^`\n]+)`",
)
_BROADCASTS = {"here", "channel", "everyone"}


def escape(text: str) -> str:
    """The three replacements of Slack's own client."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The reverse of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_stored(workspace: Workspace, typed: str, *, labels: bool = False) -> str:
    """Typed text as Slack stores it: escaped, mentions as entities (with `|name` if `labels`), links marked."""
    users = {u["name"].lower(): u for u in workspace.users.values()}
    groups = {g["handle"].lower(): g for g in workspace.data["usergroups"].values()}

    def entity(match: Any) -> str:
        before, sign, name = match.group(1), match.group(2), match.group(3)
        tail = ""
        while name:
            found = _entity(workspace, users, groups, sign, name, labels)
            if found is not None:
                return f"{before}{found}{tail}"
            if name[-1] not in "._-":
                break
            name, tail = name[:-1], name[-1] + tail
        return str(match.group(0))

    marked = str(_NAMES.sub(entity, escape(typed)))
    return str(_LINKS.sub(lambda m: f"{m.group(1)}<{m.group(2)}>", marked))


def _entity(
    workspace: Workspace, users: dict[str, Json], groups: dict[str, Json], sign: str, name: str, labels: bool
) -> str | None:
    if sign == "#":
        channel = workspace.channel_named(name.lower())
        if channel is None:
            return None
        return f"<#{channel['id']}|{channel['name']}>" if labels else f"<#{channel['id']}>"
    if name in _BROADCASTS:
        return f"<!{name}>"
    if name.lower() in groups:
        return f"<!subteam^{groups[name.lower()]['id']}>"
    user = users.get(name.lower())
    if user is None:
        return None
    return f"<@{user['id']}|{user['name']}>" if labels else f"<@{user['id']}>"


def rich_text(stored: str, block_id: str) -> Json:
    """The rich_text block for stored text: paragraphs, ``` code, > quotes, mentions, links, simple styles."""
    parts: list[Json] = []
    for number, piece in enumerate(stored.split("```")):
        if number % 2:
            parts.append({"type": "rich_text_preformatted", "elements": [_text(piece.strip("\n"))]})
            continue
        kind, lines = "", list[str]()
        for line in piece.split("\n"):
            here = "rich_text_quote" if line.startswith("&gt;") else "rich_text_section"
            if here != kind and lines:
                parts.append({"type": kind, "elements": _inline("\n".join(lines))})
                lines = []
            kind = here
            lines.append(line.removeprefix("&gt;").lstrip() if here == "rich_text_quote" else line)
        if "".join(lines).strip():
            parts.append({"type": kind, "elements": _inline("\n".join(lines))})
    return {"type": "rich_text", "block_id": block_id, "elements": parts}


def _text(escaped: str, **style: bool) -> Json:
    return {"type": "text", "text": unescape(escaped)} | ({"style": style} if style else {})


def _inline(stored: str) -> list[Json]:
    found: list[Json] = []
    end = 0
    for match in _TOKENS.finditer(stored):
        if match.start() > end:
            found.append(_text(stored[end : match.start()]))
        end = match.end()
        mark, emoji, bold, italic, strike, code = match.groups()
        if mark is not None:
            found.append(_mark(mark))
        elif emoji is not None:
            found.append({"type": "emoji", "name": emoji} if not emoji.isdigit() else _text(match.group(0)))
        elif bold is not None:
            found.append(_text(bold, bold=True))
        elif italic is not None:
            found.append(_text(italic, italic=True))
        elif strike is not None:
            found.append(_text(strike, strike=True))
        else:
            found.append(_text(code, code=True))
    if end < len(stored):
        found.append(_text(stored[end:]))
    return found


def _mark(inside: str) -> Json:
    body, _, label = inside.partition("|")
    match body[:1]:
        case "@":
            return {"type": "user", "user_id": body[1:]}
        case "#":
            return {"type": "channel", "channel_id": body[1:]}
        case "!" if body[1:] in _BROADCASTS:
            return {"type": "broadcast", "range": body[1:]}
        case "!" if body.startswith("!subteam^"):
            return {"type": "usergroup", "usergroup_id": body.removeprefix("!subteam^")}
        case "!":
            return _text(f"<{inside}>")
    return {"type": "link", "url": unescape(body)} | ({"text": unescape(label)} if label else {})
