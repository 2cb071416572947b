"""Whether Slack would take these blocks, and what it says when it does not.

The shapes of rejection are Slack's: a message answers `invalid_blocks` with `errors` and JSON pointers, a view answers
`invalid_arguments` with the same lines under `response_metadata.messages`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.sandbox.api.call import Refused, invalid_arguments
from bot.sandbox.block_rules import (
    BOOL,
    ELEMENTS,
    ID,
    INT,
    OBJECT,
    SLACK_FILE,
    Rule,
    Shape,
    complain,
    elements,
    listed,
    one_of,
    string,
    text,
    typed,
)  # fmt: skip

#: The sum of all text in the blocks of one message; undocumented, seen at 11,300 to 13,200.
BLOCKS_TEXT: Final = 12_000
MARKDOWN_TEXT: Final = 12_000
VIEW_BYTES: Final = 250_000

_SELECTS = ("static_select", "users_select", "conversations_select", "channels_select")
_MULTIS = tuple(f"multi_{name}" for name in _SELECTS)
_CHOICES = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input")

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = Shape(dict.fromkeys(_STYLES, BOOL)).check
_RICH_PIECES = typed({
    "text": Shape({"text": string(12_000), "style": _STYLE}, ("text",)),
    "link": Shape({"url": string(3000), "text": string(12_000, 0), "unsafe": BOOL, "style": _STYLE}, ("url",)),
    "user": Shape({"user_id": string(255), "style": _STYLE}, ("user_id",)),
    "channel": Shape({"channel_id": string(255), "style": _STYLE}, ("channel_id",)),
    "usergroup": Shape({"usergroup_id": string(255), "style": _STYLE}, ("usergroup_id",)),
    "emoji": Shape({"name": string(255), "unicode": string(255), "style": _STYLE}, ("name",)),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone"), "style": _STYLE}, ("range",)),
    "date": Shape({"timestamp": INT, "format": string(255), "url": string(3000), "fallback": string(3000),
                   "style": _STYLE}, ("timestamp", "format")),
    "color": Shape({"value": string(20), "style": _STYLE}, ("value",)),
})  # fmt: skip
_PIECES = listed(_RICH_PIECES, 0, 10_000)
_SECTION = Shape({"elements": _PIECES}, ("elements",))
_RICH = typed({
    "rich_text_section": _SECTION,
    "rich_text_list": Shape({"style": one_of("bullet", "ordered"), "indent": INT, "offset": INT, "border": INT,
                             "elements": listed(typed({"rich_text_section": _SECTION}), 1, 1000)},
                            ("style", "elements")),
    "rich_text_preformatted": Shape({"elements": _PIECES, "border": INT, "language": string(50)}, ("elements",)),
    "rich_text_quote": Shape({"elements": _PIECES, "border": INT}, ("elements",)),
})  # fmt: skip
_RICH_BLOCK = Shape({"elements": listed(_RICH, 1, 1000), "block_id": ID}, ("elements",))


def _context_element(value: Any, pointer: str, found: list[str]) -> None:
    if isinstance(value, dict) and value.get("type") == "image":
        ELEMENTS["image"].check(value, pointer, found)
    else:
        text(3000)(value, pointer, found)


_CELLS = typed({"raw_text": Shape({"text": string(10_000, 0)}, ("text",)), "rich_text": _RICH_BLOCK})
_FEEDBACK = Shape(
    {"text": text(75, "plain_text"), "value": string(2000), "accessibility_label": string(75)}, ("text", "value")
).check  # fmt: skip

_EVERYWHERE: Mapping[str, Shape] = {
    "section": Shape({"text": text(3000), "fields": listed(text(2000), 1, 10), "expand": BOOL, "block_id": ID,
                      "accessory": elements("button", "image", "overflow", *_SELECTS, *_MULTIS, *_CHOICES)},
                     (), ("text", "fields")),
    "header": Shape({"text": text(150, "plain_text"), "block_id": ID}, ("text",)),
    "divider": Shape({"block_id": ID}),
    "context": Shape({"elements": listed(_context_element, 1, 10), "block_id": ID}, ("elements",)),
    "actions": Shape({"elements": listed(elements("button", "overflow", "datetimepicker", *_SELECTS, *_CHOICES), 1, 25),
                      "block_id": ID}, ("elements",)),
    "image": Shape({"image_url": string(3000), "slack_file": SLACK_FILE, "alt_text": string(2000),
                    "title": text(2000, "plain_text"), "block_id": ID}, ("alt_text",), ("image_url", "slack_file")),
    "input": Shape({"label": text(2000, "plain_text"), "hint": text(2000, "plain_text"), "optional": BOOL,
                    "dispatch_action": BOOL, "block_id": ID,
                    "element": elements("datetimepicker", *_INPUTS, *_SELECTS, *_MULTIS, *_CHOICES)},
                   ("label", "element")),
    "rich_text": _RICH_BLOCK,
}  # fmt: skip
_MESSAGE_ONLY: Mapping[str, Shape] = {
    "markdown": Shape({"text": string(MARKDOWN_TEXT), "block_id": ID}, ("text",)),
    "table": Shape({"rows": listed(listed(_CELLS, 1, 20), 1, 100), "block_id": ID,
                    "column_settings": listed(Shape({"align": one_of("left", "center", "right"),
                                                     "is_wrapped": BOOL}).check, 0, 20)}, ("rows",)),
    "context_actions": Shape({"block_id": ID, "elements": listed(typed({
        "feedback_buttons": Shape({"action_id": ID, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
                                  ("positive_button", "negative_button")),
        "icon_button": Shape({"action_id": ID, "icon": one_of("trash"), "text": text(75, "plain_text"),
                              "value": string(2000), "confirm": OBJECT}, ("icon", "text")),
    }), 1, 5)}, ("elements",)),
}  # fmt: skip
MESSAGE: Final = typed({**_EVERYWHERE, **_MESSAGE_ONLY})
VIEW: Final = typed(_EVERYWHERE)

_VIEW_KEYS: dict[str, Rule] = {
    "private_metadata": string(3000, 0), "callback_id": string(255, 0), "external_id": string(255, 0),
}  # fmt: skip
_MODAL = Shape(
    {**_VIEW_KEYS, "title": text(24, "plain_text"), "submit": text(24, "plain_text"), "close": text(24, "plain_text"),
     "clear_on_close": BOOL, "notify_on_close": BOOL, "submit_disabled": BOOL, "blocks": listed(VIEW, 0, 100)},
    ("title", "blocks"),
)  # fmt: skip
_HOME = Shape({**_VIEW_KEYS, "blocks": listed(VIEW, 0, 100)}, ("blocks",))


def message_faults(blocks: Any) -> list[str]:
    """What is wrong with the blocks of a message, as Slack words it; [] when nothing is."""
    found: list[str] = []
    listed(MESSAGE, 0, 50)(blocks, "/blocks", found)
    if not found:
        _unique(blocks, "/blocks", found)
        if sum(block["type"] == "table" for block in blocks) > 1:
            complain(found, "only one table allowed", "/blocks")
        if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_TEXT:
            complain(found, f"markdown must be less than {MARKDOWN_TEXT + 1} characters in total", "/blocks")
    return found


def view_faults(view: Any) -> list[str]:
    """The same for a modal or App Home view."""
    found: list[str] = []
    if not isinstance(view, dict):
        complain(found, "must be an object", "/view")
        return found
    typed({"modal": _MODAL, "home": _HOME})(view, "/view", found)
    if not found:
        blocks = view["blocks"]
        _unique(blocks, "/view/blocks", found)
        has_input = any(block["type"] == "input" for block in blocks)
        if view["type"] == "modal" and has_input and "submit" not in view:
            complain(found, "must define `submit` to use an `input` block in modals", "/view")
        if sum(bool(e.get("focus_on_load")) for b in blocks for e in interactive(b)) > 1:
            complain(found, "only one element may have focus_on_load", "/view/blocks")
    return found


def check_message_blocks(blocks: Any) -> None:
    """Refused(invalid_blocks_format, invalid_blocks or msg_blocks_too_long) if Slack would not take them."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    found = message_faults(blocks)
    if found:
        messages = [f"[ERROR] {one}" for one in found]
        raise Refused("invalid_blocks", errors=found, response_metadata={"messages": messages})
    if sum(text_lengths(blocks)) > BLOCKS_TEXT:
        raise Refused("msg_blocks_too_long")


def check_view(view: Any) -> None:
    """Refused(invalid_arguments or view_too_large) if Slack would not take it."""
    found = view_faults(view)
    if found:
        raise invalid_arguments(*found)
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise Refused("view_too_large")


def interactive(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The elements of a block that a person can use."""
    found = list(block["elements"]) if block["type"] in ("actions", "context_actions") else []
    found += [block[key] for key in ("accessory", "element") if key in block]
    return [element for element in found if element["type"] != "image"]


def text_lengths(value: Any) -> Iterator[int]:
    """The lengths of all strings under a `text` key."""
    if isinstance(value, list):
        for item in value:
            yield from text_lengths(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield len(item)
            else:
                yield from text_lengths(item)


def _unique(blocks: list[Any], pointer: str, found: list[str]) -> None:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            complain(found, f"`block_id` {block_id} already exists", f"{pointer}/{number}/block_id")
        seen |= {block_id} if block_id else set()
        actions: set[str] = set()
        for element in interactive(block):
            action = element.get("action_id")
            if action in actions:
                complain(found, f"`action_id` {action} already exists", f"{pointer}/{number}")
            actions |= {action} if action else set()
        for element in interactive(block):
            _initial(element, f"{pointer}/{number}", found)


def _initial(element: Mapping[str, Any], pointer: str, found: list[str]) -> None:
    options = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options += group["options"]
    if element["type"] != "overflow":
        values = [o["value"] for o in options]
        if len(values) != len(set(values)):
            complain(found, "option values must be unique", pointer)
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    for one in chosen:
        if one not in options:
            complain(found, "initial option does not match one of the options", pointer)
