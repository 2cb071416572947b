"""What of a message is heard? Its words, without the lines that begin with `//`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.redaction.storable import storable

#: Deeper than any message that a person writes.
_DEEPEST = 60
_IGNORED = "//"


def _ignores(line: str) -> bool:
    return line.lstrip(" \t\u00a0\u200b\ufeff").startswith(_IGNORED)


def without_ignored_lines(text: str) -> str:
    """`text` without the lines that begin with `//`, blanks before it or not."""
    if _IGNORED not in text:
        return text
    return "\n".join(line for line in text.split("\n") if not _ignores(line))


def is_ignored(text: str) -> bool:
    """Whether nothing is left of `text` once its ignored lines are dropped."""
    return _IGNORED in text and not without_ignored_lines(text).strip()


def heard_text(message: Mapping[str, object]) -> str:
    """What a message (Slack's own JSON) says, without ignored lines, NUL and lone surrogates; still escaped.

    The words of its rich text where `text` is empty.
    """
    return without_ignored_lines(_whole_text(message))


def hides_lines(message: Mapping[str, object]) -> bool:
    """Whether a line of the message (Slack's own JSON) begins with `//`."""
    whole = _whole_text(message)
    return without_ignored_lines(whole) != whole


def _whole_text(message: Mapping[str, object]) -> str:
    text = message.get("text")
    return storable(text if isinstance(text, str) and text else _rich_text(message.get("blocks"), 0))


def _rich_text(value: object, depth: int) -> str:
    """The words of rich text blocks, a line for each section; text in them is not escaped, so it is escaped here."""
    if depth > _DEEPEST:
        return ""
    match value:
        case list() | tuple():
            return "".join(_rich_text(each, depth + 1) for each in value)
        case Mapping():
            match value.get("type"):
                case "text":
                    return _escaped(str(value.get("text", "")))
                case "link":
                    url, text = _escaped(str(value.get("url", ""))), _escaped(str(value.get("text") or ""))
                    return f"<{url}|{text}>" if text else f"<{url}>"
                case "user":
                    return f"<@{value.get('user_id', '')}>"
                case "usergroup":
                    return f"<!subteam^{value.get('usergroup_id', '')}>"
                case "channel":
                    return f"<#{value.get('channel_id', '')}>"
                case "broadcast":
                    return f"<!{value.get('range', 'here')}>"
                case "emoji":
                    return f":{value.get('name', '')}:"
                case "rich_text":
                    return _rich_text(value.get("elements"), depth + 1)
                case "rich_text_section" | "rich_text_preformatted" | "rich_text_quote":
                    return _rich_text(value.get("elements"), depth + 1) + "\n"
                case "rich_text_list":
                    return _rich_text(value.get("elements"), depth + 1)
                case "section":
                    words = value.get("text")
                    return str(words.get("text", "")) + "\n" if isinstance(words, Mapping) else ""
                case _:
                    return ""
        case _:
            return ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
