"""What a Slack message says, as plain text, wherever Slack put the words.

Alerts carry everything in `attachments` and `blocks` and often leave `text` empty; calls carry it in `room`. Shapes
that nobody described here are not dropped: what text they hold is collected in their own order.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.patterns import Found, pattern
from bot.timeline.mentions import Mentions, Names

_ANGLE = pattern(r"<([^<>\n]+)>")
_MANY_BREAKS = pattern(r"\n{3,}")
_WORDS = pattern(r"[^\pL\pN]+")

#: Keys whose values are words for people even when they are one word.
_WORDY = frozenset(
    ("pretext", "title", "header", "subtitle", "text", "body", "value", "description", "alt_text", "footer")
)
#: Keys whose values are for programs.
_TECHNICAL = frozenset(("type", "block_id", "action_id", "url", "image_url", "style", "id", "private_metadata"))
#: What of an attachment is read in its place, or says nothing.
_OF_ATTACHMENTS = frozenset(
    ("pretext", "author_name", "title", "title_link", "text", "fields", "blocks", "message_blocks", "footer",
     "fallback", "files", "actions", "color", "mrkdwn_in", "callback_id", "service_name", "author_subname",
     "footer_icon")
)  # fmt: skip
#: What of a message is no words: who wrote it, and what was done with it.
_OF_MESSAGES = frozenset(
    ("text", "blocks", "attachments", "room", "files", "user_profile", "bot_profile", "icons", "username", "reactions",
     "edited", "metadata", "root", "replies", "subtype", "assistant_app_thread")
)  # fmt: skip

#: How deep a block or attachment may nest before the rest is left out; Slack's own nesting stays below 8.
_DEEPEST = 12


def flatten(message: Mapping[str, object], names: Names | None = None, *, keep: bool = False) -> str:
    """Everything that `message` (Slack's own JSON) says, one part per line, without repetition.

    User mentions stay `<@U…>` where `names` is None, else they become `@` and the name; with `keep`, user groups and
    channels that Slack gives no label for stay too, for `resolved` to name them later. Links with a label become
    `label (address)`, entities such as `&amp;` become their characters, dates become ISO times in UTC. Never raises:
    what is not of the expected shape is skipped or read as it is.
    """
    told = Mentions(names, keep)
    parts: list[str] = []
    _add(parts, _plain(_text_of(message.get("text")), told))
    _add(parts, _blocks(message.get("blocks"), told))
    for attachment in _listed(message.get("attachments")):
        _add(parts, _attachment(attachment, told))
    room = message.get("room")
    if isinstance(room, Mapping):
        _add(parts, _room(room, told))
    for file in _listed(message.get("files")):
        name = _text_of(file.get("title")) or _text_of(file.get("name"))
        _add(parts, _plain(f"[file] {name}" if name else "", told))
    if not parts:
        _add(parts, _unknown({key: value for key, value in message.items() if key not in _OF_MESSAGES}, told, 0))
    return "\n".join(parts)


def file_names(message: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the files attached to `message` (Slack's own JSON), those without a name as their ids."""
    found = []
    for file in _listed(message.get("files")):
        name = _text_of(file.get("name")) or _text_of(file.get("title")) or _text_of(file.get("id"))
        if name:
            found.append(name)
    return tuple(found)


def _add(parts: list[str], text: str) -> None:
    """Adds `text` unless it is already said; a longer form of a part takes its place."""
    text = _MANY_BREAKS.sub("\n\n", text).strip()
    if not text:
        return
    words = _WORDS.sub(" ", text).strip().lower()
    for index, known in enumerate(parts):
        known_words = _WORDS.sub(" ", known).strip().lower()
        if words and words in known_words:
            return
        if known_words and known_words in words:
            parts[index] = text
            return
    parts.append(text)


def _text_of(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _text_of(value.get("text"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def _listed(value: object) -> list[Mapping[str, object]]:
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list | tuple):
        return []
    return [each for each in value if isinstance(each, Mapping)]


def _plain(text: str, told: Mentions) -> str:
    def entity(found: Found) -> str:
        inside = found.group(1) or ""
        target, bar, label = inside.partition("|")
        head = target[:1]
        if head == "@":
            return told.user(target[1:])
        if head == "#":
            return told.channel(target[1:], label)
        if target.startswith("!date^"):
            return _date(target) or label
        if target.startswith("!subteam^"):
            return told.group(target.removeprefix("!subteam^"), label)
        if head == "!":
            return label if label.startswith("@") else "@" + (label or target[1:].partition("^")[2] or target[1:])
        if "://" in target or target.startswith(("mailto:", "tel:")):
            address = target.removeprefix("mailto:").removeprefix("tel:")
            return f"{label} ({address})" if bar and label and label != address else address
        return found.group(0) or ""

    return html.unescape(_ANGLE.sub(entity, text)) if "<" in text or "&" in text else text


def _date(target: str) -> str:
    seconds = target.removeprefix("!date^").partition("^")[0]
    if not (seconds.isdigit() and len(seconds) <= 11):
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _blocks(blocks: object, told: Mentions, depth: int = 0) -> str:
    if depth > _DEEPEST:
        return ""
    return "\n".join(filter(None, (_block(block, told, depth) for block in _listed(blocks))))


def _block(block: Mapping[str, object], told: Mentions, depth: int) -> str:
    match block.get("type"):
        case "rich_text" | "rich_text_section" | "rich_text_preformatted" | "rich_text_quote":
            joint = "\n" if block.get("type") == "rich_text" else ""
            return joint.join(_rich(each, told, depth + 1) for each in _listed(block.get("elements")))
        case "rich_text_list":
            items = (_rich(each, told, depth + 1) for each in _listed(block.get("elements")))
            return "\n".join(f"- {item}" for item in items if item.strip())
        case "divider":
            return ""
        case "section":
            parts = [_plain(_text_of(block.get("text")), told)]
            parts += [_plain(_text_of(field), told) for field in _listed(block.get("fields"))]
            parts.append(_blocks(block.get("accessory"), told, depth + 1))
            return "\n".join(filter(None, parts))
        case "context":
            said = (_element(each, told, depth + 1) for each in _listed(block.get("elements")))
            return " · ".join(filter(None, said))
        case "actions" | "context_actions":
            return ""  # Buttons say what somebody could do, not what happened.
        case "button" | "overflow" | "static_select" | "users_select" | "datepicker":
            return ""
        case "table":
            return _table(block.get("rows"), told, depth)
        case _:
            return _unknown(block, told, depth)


def _table(rows: object, told: Mentions, depth: int) -> str:
    lines = []
    for row in rows if isinstance(rows, list) else []:
        cells = [_block(cell, told, depth + 1) for cell in _listed(row)]
        lines.append(" | ".join(filter(None, cells)))
    return "\n".join(filter(None, lines))


def _rich(element: Mapping[str, object], told: Mentions, depth: int) -> str:
    if depth > _DEEPEST:
        return ""
    kind = element.get("type")
    match kind:
        case "text":
            return _text_of(element.get("text"))
        case "link":
            address, label = _text_of(element.get("url")), _text_of(element.get("text"))
            return f"{label} ({address})" if label and label != address else address
        case "user":
            user = _text_of(element.get("user_id"))
            return told.user(user)
        case "usergroup":
            return told.group(_text_of(element.get("usergroup_id")), "")
        case "channel":
            return told.channel(_text_of(element.get("channel_id")), "")
        case "broadcast":
            return "@" + _text_of(element.get("range"))
        case "emoji":
            return f":{_text_of(element.get('name'))}:"
        case "date":
            stamp = element.get("timestamp")
            known = _date(f"!date^{stamp}") if isinstance(stamp, int) else ""
            return known or _text_of(element.get("fallback"))
        case _:
            return _block(element, told, depth)


def _element(element: Mapping[str, object], told: Mentions, depth: int) -> str:
    if element.get("type") in ("mrkdwn", "plain_text"):
        return _plain(_text_of(element.get("text")), told)
    return _block(element, told, depth)


def _unknown(shape: Mapping[str, object], told: Mentions, depth: int) -> str:
    """What text an undescribed shape holds, in its own order: named words, sentences, and what is nested."""
    parts: list[str] = []
    for key, value in shape.items() if depth <= _DEEPEST else ():
        if isinstance(value, str):
            if key in _WORDY or (" " in value and key not in _TECHNICAL):
                parts.append(_plain(value, told))
        elif isinstance(value, Mapping):
            parts.append(_element(value, told, depth + 1))
        elif isinstance(value, list) and value and all(isinstance(each, list) for each in value):
            parts.append(_table(value, told, depth + 1))
        else:
            parts += [_element(each, told, depth + 1) for each in _listed(value)]
    return "\n".join(_unrepeated(parts))


def _attachment(attachment: Mapping[str, object], told: Mentions) -> str:
    parts = [_plain(_text_of(attachment.get(key)), told) for key in ("pretext", "author_name")]
    title, link = _text_of(attachment.get("title")), _text_of(attachment.get("title_link"))
    if title:
        parts.append(_plain(f"{title} ({link})" if link and link not in title else title, told))
    parts.append(_plain(_text_of(attachment.get("text")), told))
    for field in _listed(attachment.get("fields")):
        name, value = _text_of(field.get("title")), _text_of(field.get("value"))
        parts.append(_plain(f"{name}: {value}" if name and value else name or value, told))
    parts.append(_blocks(attachment.get("blocks"), told))
    for inner in _listed(attachment.get("message_blocks")):
        inside = inner.get("message")
        parts.append(_blocks(inside.get("blocks") if isinstance(inside, Mapping) else None, told))
    parts += [_plain(f"[file] {name}", told) for name in file_names(attachment)]
    parts.append(_plain(_text_of(attachment.get("footer")), told))
    said = _unrepeated(parts)
    rest = _unknown({key: value for key, value in attachment.items() if key not in _OF_ATTACHMENTS}, told, 0)
    said += [line for line in rest.splitlines() if not any(line in each for each in said)]
    return "\n".join(said) if said else _plain(_text_of(attachment.get("fallback")), told)


def _unrepeated(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(part for part in (each.strip() for each in parts) if part))


def _room(room: Mapping[str, object], told: Mentions) -> str:
    name = _plain(_text_of(room.get("name")), told) or "huddle"
    people = room.get("participant_history") or room.get("participants")
    ids = [each for each in people if isinstance(each, str)] if isinstance(people, list) else []
    shown = ", ".join(told.user(each) for each in ids)
    parts = [f"[call] {name}" + (f" with {shown}" if shown else "")]
    for word, key in (("began", "date_start"), ("ended", "date_end")):
        stamp = room.get(key)
        if isinstance(stamp, int) and stamp > 0:
            parts.append(f"{word} {_date(f'!date^{stamp}')}")
    return ", ".join(parts)
