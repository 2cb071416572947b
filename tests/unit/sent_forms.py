"""How does a test fill in a form? A view that Slack takes, and what Slack sends of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blocks import VIEW_BYTES, interactive, view_faults
from bot.sandbox.views import initial

HOSTILE = "<!channel> <@U1> </b><script> *bold* `code` & \u202e {{ 7 * 7 }} "
HUGE = HOSTILE * 2000


def sound(view: dict[str, Any]) -> dict[str, Any]:
    """The view, when Slack takes it and its metadata holds no words of anybody's."""
    assert view_faults(view) == []
    assert len(json.dumps(view).encode()) <= VIEW_BYTES
    assert len(view["private_metadata"]) <= 3000
    assert "channel" not in view["private_metadata"]
    assert "<@" not in json.dumps(view)
    return view


def sent(view: dict[str, Any], **entered: Any) -> Mapping[str, Any]:
    """What Slack sends when a person changes these fields, by block id, and leaves the others as they began."""
    whole: dict[str, Any] = json.loads(json.dumps(view))
    values: dict[str, Any] = {}
    for block in whole["blocks"]:
        for element in interactive(block):
            if element["type"] != "button":
                values[block["block_id"]] = {element["action_id"]: initial(element)}
    for block_id, value in entered.items():
        element = values[block_id]["value"]
        field = next(name for name in element if name != "type")
        element[field] = value
    return {**whole, "id": "V1", "state": {"values": values}}


def inputs(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (block for block in view["blocks"] if block["type"] == "input")


def option(view: dict[str, Any], block_id: str, place: int) -> dict[str, Any]:
    found: dict[str, Any] = next(b for b in inputs(view) if b["block_id"] == block_id)["element"]["options"][place]
    return found
