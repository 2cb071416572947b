"""Web API: modals and the App Home."""

from __future__ import annotations

from bot.sandbox.api.call import Call, Method, Refused, invalid_arguments
from bot.sandbox.api.chat import decoded
from bot.sandbox.blocks import check_view
from bot.sandbox.limits import TIER_4
from bot.sandbox.triggers import use_trigger
from bot.sandbox.views import fill, pop, publish, push, show_top, stack_of
from bot.sandbox.workspace import Json


def _view(call: Call, kind: str) -> Json:
    view = decoded(call.args.get("view"), "invalid_arguments")
    check_view(view)
    if view["type"] != kind:
        raise invalid_arguments(f"view type must be {kind} [json-pointer:/view/type]")
    external = view.get("external_id")
    taken = {v["view"].get("external_id") for v in call.workspace.data["views"].values()}
    if external and external in taken and not call.method == "views.update":
        raise Refused("duplicate_external_id")
    return view  # type: ignore[no-any-return]


def _trigger(call: Call) -> str:
    trigger = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger:
        raise invalid_arguments("missing required field: trigger_id")
    return use_trigger(call.workspace, trigger)


def _open(call: Call) -> Json:
    view = _view(call, "modal")
    user = _trigger(call)
    pop(call.workspace, user, everything=True)
    return {"view": push(call.workspace, user, view)}


def _push(call: Call) -> Json:
    view = _view(call, "modal")
    user = _trigger(call)
    if not stack_of(call.workspace, user):
        raise Refused("invalid_trigger_id")
    shown = push(call.workspace, user, view)
    if shown is None:
        raise Refused("push_limit_reached")
    return {"view": shown}


def _update(call: Call) -> Json:
    ws = call.workspace
    if not call.text("view_id") and not call.text("external_id"):
        raise invalid_arguments("missing required field: view_id")
    given = _view(call, "modal")
    for view_id, kept in ws.data["views"].items():
        same_name = call.text("external_id") and kept["view"].get("external_id") == call.text("external_id")
        if kept["view"]["type"] == "modal" and (view_id == call.text("view_id") or same_name):
            if call.text("hash") and call.text("hash") != kept["view"]["hash"]:
                raise Refused("hash_conflict")
            view = fill(ws, view_id, given)
            show_top(ws, kept["user"])
            return {"view": view}
    raise Refused("not_found")


def _publish(call: Call) -> Json:
    ws = call.workspace
    user = ws.users.get(call.text("user_id"))
    if user is None:
        raise invalid_arguments("user_id is not a valid user [json-pointer:/user_id]")
    view = _view(call, "home")
    if not call.workspace.data.get("home_tab", True):
        raise Refused("not_enabled")
    current = ws.data["homes"].get(user["id"])
    given = call.text("hash")
    if given and current and ws.data["views"][current]["view"]["hash"] != given:
        raise Refused("hash_conflict")
    return {"view": publish(ws, user["id"], view)}


METHODS = (
    Method("views.open", _open, (), ("view",), TIER_4),
    Method("views.push", _push, (), ("view",), TIER_4),
    Method("views.update", _update, (), ("view",), TIER_4),
    Method("views.publish", _publish, (), ("user_id", "view"), TIER_4),
)
