"""Which modals and App Homes are open for whom, and what has been filled in."""

from __future__ import annotations

import copy
import secrets
from typing import Any, Final

from bot.sandbox.block_rules import ELEMENTS
from bot.sandbox.blocks import interactive
from bot.sandbox.workspace import Json, Workspace

STACK: Final = 3


def new_view(ws: Workspace, given: Json, *, user: str, previous: Json | None = None) -> Json:
    """A view with its ids and hash, not yet shown to anybody."""
    view_id = ws.new_id("V")
    view: Json = {
        "id": view_id, "team_id": ws.team["id"], "callback_id": "", "private_metadata": "", "external_id": "",
        "title": None, "submit": None, "close": None, "clear_on_close": False, "notify_on_close": False,
        "previous_view_id": previous["id"] if previous else None,
        "root_view_id": previous["root_view_id"] if previous else view_id,
        "app_id": ws.bot["app_id"], "bot_id": ws.bot["bot_id"], "app_installed_team_id": ws.team["id"],
    }  # fmt: skip
    ws.data["views"][view_id] = {"user": user, "view": view, "values": {}}
    return fill(ws, view_id, given)


def fill(ws: Workspace, view_id: str, given: Json) -> Json:
    """Gives a view new content; what people typed stays where block_id and action_id are still the same."""
    kept = ws.data["views"][view_id]
    view: Json = kept["view"]
    view.update(copy.deepcopy(given))
    for number, block in enumerate(view["blocks"]):
        block.setdefault("block_id", f"b{secrets.token_hex(2)}{number}")
        for element in interactive(block):
            element.setdefault("action_id", f"a{secrets.token_hex(3)}")
    view["hash"] = f"{ws.clock.now():.0f}.{secrets.token_hex(4)}"
    kept["values"] = {
        block["block_id"]: {e["action_id"]: initial(e, kept["values"].get(block["block_id"], {}).get(e["action_id"]))
                            for e in interactive(block) if e["type"] not in ("button", "overflow")}
        for block in view["blocks"]
    }  # fmt: skip
    kept["values"] = {key: value for key, value in kept["values"].items() if value}
    view["state"] = {"values": kept["values"]}
    ws.touch()
    return view


_STATES = {
    "static_select": "selected_option", "radio_buttons": "selected_option", "multi_static_select": "selected_options",
    "checkboxes": "selected_options", "users_select": "selected_user", "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation", "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel", "multi_channels_select": "selected_channels", "datepicker": "selected_date",
    "timepicker": "selected_time", "datetimepicker": "selected_date_time", "rich_text_input": "rich_text_value",
    "file_input": "files",
}  # fmt: skip


def initial(element: Json, before: Json | None = None) -> Json:
    """An element's entry in `state.values` before anybody touched it."""
    if before is not None and before.get("type") == element["type"]:
        return before
    field = _STATES.get(element["type"], "value")
    start = next((v for k, v in element.items() if k.startswith("initial_")), None)
    return {"type": element["type"], field: ([] if field.endswith("s") and start is None else start)}


def state_of(element: Json, value: Any) -> Json:
    """An element's entry in `state.values` after a person gave `value`; ValueError when it cannot be chosen."""
    kind = element["type"]
    if kind not in ELEMENTS:
        raise ValueError(f"There is no input of type {kind}.")
    field = _STATES.get(kind, "value")
    if field in ("selected_option", "selected_options"):
        options = list(element.get("options", []))
        for group in element.get("option_groups", []):
            options += group["options"]
        chosen = [value] if not isinstance(value, list) else value
        found = [o for v in chosen for o in options if o["value"] == v]
        if len(found) != len([v for v in chosen if v is not None]):
            raise ValueError("That is not one of the options.")
        if field == "selected_options":
            return {"type": kind, field: found}
        return {"type": kind, field: found[0] if found else None}
    if field.endswith("s") and not isinstance(value, list):
        value = [] if value is None else [value]
    if kind == "datetimepicker" and value is not None:
        value = int(value)
    if field == "value" and value == "":
        value = None
    return {"type": kind, field: value}


def empty(state: Json) -> bool:
    """Whether an entry of `state.values` holds nothing."""
    return all(value in (None, [], "") for key, value in state.items() if key != "type")


def stack_of(ws: Workspace, user: str) -> list[str]:
    """The ids of a person's open modals, the lowest first."""
    return ws.data["stacks"].setdefault(user, [])  # type: ignore[no-any-return]


def top(ws: Workspace, user: str) -> Json | None:
    """The modal that a person sees, or None."""
    stack = stack_of(ws, user)
    return ws.data["views"][stack[-1]]["view"] if stack else None


def show_top(ws: Workspace, user: str) -> None:
    """Tells the page which modal this person sees now."""
    view = top(ws, user)
    ws.announce("view", {"user": user, "view": copy.deepcopy(view)})


def push(ws: Workspace, user: str, given: Json) -> Json | None:
    """Puts a modal on top of a person's stack; None when three are open already."""
    stack = stack_of(ws, user)
    if len(stack) >= STACK:
        return None
    previous = ws.data["views"][stack[-1]]["view"] if stack else None
    view = new_view(ws, given, user=user, previous=previous)
    stack.append(view["id"])
    show_top(ws, user)
    return view


def pop(ws: Workspace, user: str, *, everything: bool = False) -> None:
    """Closes a person's top modal, or all of them."""
    stack = stack_of(ws, user)
    for view_id in stack if everything else stack[-1:]:
        ws.data["views"].pop(view_id, None)
    del stack[0 if everything else -1 :]
    show_top(ws, user)


def publish(ws: Workspace, user: str, given: Json) -> Json:
    """Shows an App Home to one person."""
    home = ws.data["homes"].get(user)
    view = fill(ws, home, given) if home else new_view(ws, given, user=user)
    ws.data["homes"][user] = view["id"]
    ws.announce("home", {"user": user, "view": copy.deepcopy(view)})
    return view
