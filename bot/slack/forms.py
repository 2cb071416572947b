"""What is every modal made of, and how is it read? A view with inputs; what somebody entered in each of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.elements import Block
from bot.slack.ids import Callback
from bot.slack.inert import cut

#: The most characters that one text input takes; Slack counts some characters twice.
INPUT = 3000


def modal(callback: Callback, title: str, blocks: Sequence[Block], about: Mapping[str, Any], submit: str = "") -> Block:
    found: Block = {
        "type": "modal",
        "callback_id": callback.value,
        "title": plain_text(title, 24),
        "close": plain_text("Close" if not submit else "Cancel", 24),
        "private_metadata": json.dumps(about),
        "blocks": list(blocks),
    }
    if submit:
        found["submit"] = plain_text(submit, 24)
    return found


def plain_text(text: str, length: int = 75) -> Block:
    return {"type": "plain_text", "text": cut(text, length) or " ", "emoji": False}


def field(block_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    found: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 2000),
        "element": {"action_id": "value", **element},
        "optional": optional,
    }
    if hint:
        found["hint"] = plain_text(hint, 2000)
    return found


def text_input(initial: str = "", *, multiline: bool = True) -> Block:
    found: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": INPUT}
    if initial:
        found["initial_value"] = initial
    return found


def about_of(view: Mapping[str, Any]) -> dict[str, Any]:
    try:
        found = json.loads(str(view.get("private_metadata") or "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def entered(view: Mapping[str, Any], block_id: str) -> Mapping[str, Any]:
    found = ((view.get("state") or {}).get("values") or {}).get(block_id) or {}
    element = found.get("value")
    return element if isinstance(element, Mapping) else {}


def postmortem_of(view: Mapping[str, Any]) -> int:
    """Which postmortem a modal belongs to; 0 for one that is none of ours."""
    found = about_of(view).get("postmortem")
    return found if isinstance(found, int) else 0


def changed(view: Mapping[str, Any], block_id: str, name: str, initial: str) -> str:
    """What somebody entered, or nothing when it is what the form began with: nobody then said anything."""
    now = value_of(entered(view, block_id).get(name))
    return "" if now == began_with(view, block_id, initial) else now


def began_with(view: Mapping[str, Any], block_id: str, initial: str) -> str:
    """What an input of the form held before anybody touched it."""
    blocks: Sequence[Block] = view.get("blocks") or ()
    block: Block = next((b for b in blocks if b.get("block_id") == block_id), {})
    return value_of((block.get("element") or {}).get(initial))


def value_of(found: object) -> str:
    return str(found.get("value") or "") if isinstance(found, Mapping) else str(found or "")
