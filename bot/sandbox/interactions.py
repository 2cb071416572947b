"""What Slack sends when a person uses a command, a button, a modal or a shortcut, and what the app's answer does."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from bot.sandbox import views
from bot.sandbox.api.call import Refused
from bot.sandbox.api.chat import whisper
from bot.sandbox.blocks import check_message_blocks, check_view, interactive
from bot.sandbox.messages import delete, edit, post
from bot.sandbox.triggers import RESPONSE_USES, new_response_url, new_trigger
from bot.sandbox.typed_text import as_stored
from bot.sandbox.workspace import Json, Workspace


class NotPossible(Exception):
    """A person tried something that Slack's client does not let them do; the text says what."""


def _who(ws: Workspace, user: str) -> Json:
    person = ws.users[user]
    return {"id": user, "username": person["name"], "name": person["name"], "team_id": person["team_id"]}


def _envelope(ws: Workspace, kind: str, user: str) -> Json:
    return {
        "type": kind, "token": "verification-token-of-the-local-slack", "api_app_id": ws.bot["app_id"],
        "team": {"id": ws.team["id"], "domain": ws.team["domain"]}, "user": _who(ws, user), "enterprise": None,
        "is_enterprise_install": False, "trigger_id": new_trigger(ws, user),
    }  # fmt: skip


def channel_name(channel: Json) -> str:
    """The name that payloads use for a channel."""
    return "directmessage" if channel["is_im"] else "privategroup" if channel["is_private"] else str(channel["name"])


def slash(
    ws: Workspace, manifest: Mapping[str, Any], site: str, *, user: str, channel: Json, command: str, text: str
) -> Json:
    """The payload of a slash command; NotPossible when the manifest has no such command."""
    known = {c["command"]: c for c in manifest.get("features", {}).get("slash_commands", [])}
    if command not in known:
        raise NotPossible(f'{command} is not a valid command. In Slack, messages that start with "/" are commands.')
    typed = as_stored(ws, text, labels=True) if known[command].get("should_escape") else text
    return {
        "token": "verification-token-of-the-local-slack", "team_id": ws.team["id"], "team_domain": ws.team["domain"],
        "channel_id": channel["id"], "channel_name": channel_name(channel), "user_id": user,
        "user_name": ws.users[user]["name"], "command": command, "text": typed.strip(), "api_app_id": ws.bot["app_id"],
        "is_enterprise_install": "false", "response_url": new_response_url(ws, site, user, channel["id"]),
        "trigger_id": new_trigger(ws, user),
    }  # fmt: skip


def find_message(channel: Json, user: str, ts: str) -> Json:
    """A message of the channel, or one that only this person sees; NotPossible when there is none."""
    if ts in channel["messages"]:
        return channel["messages"][ts]  # type: ignore[no-any-return]
    for one in channel["ephemerals"]:
        if one["user"] == user and one["message"]["ts"] == ts:
            return one["message"]  # type: ignore[no-any-return]
    raise NotPossible("That message is not there any more.")


def find_element(blocks: list[Json], action_id: str, block_id: str | None) -> tuple[Json, Json]:
    """The block and the element that a person uses; NotPossible when it is not there."""
    for block in blocks:
        if block_id is None or block.get("block_id") == block_id:
            for element in interactive(block):
                if element.get("action_id") == action_id:
                    return block, element
    raise NotPossible(f"There is nothing with the action {action_id} there.")


def _action(ws: Workspace, block: Json, element: Json, value: Any) -> Json:
    action = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"],
              "action_ts": ws.new_ts()}  # fmt: skip
    if element["type"] == "button":
        action["text"] = element["text"]
        return action | {k: element[k] for k in ("value", "style") if k in element}
    if element["type"] == "overflow":
        chosen = [o for o in element["options"] if o.get("value") == value]
        if not chosen:
            raise NotPossible("That is not one of the options.")
        return action | {"selected_option": chosen[0]}
    try:
        return action | views.state_of(element, value)
    except ValueError as err:
        raise NotPossible(str(err)) from err


def _state(action: Json) -> Json:
    return {k: v for k, v in action.items() if k not in ("action_id", "block_id", "action_ts")}


def click(
    ws: Workspace, site: str, *, user: str, channel: Json, ts: str, action_id: str, block_id: str | None, value: Any
) -> Json:
    """The block_actions payload of a button or menu in a message."""
    message = find_message(channel, user, ts)
    if message.get("bot_id") != ws.bot["bot_id"]:
        raise NotPossible("Only this app's own buttons work here.")
    blocks = list(message.get("blocks", []))
    for attachment in message.get("attachments", []):
        blocks += attachment.get("blocks", [])
    block, element = find_element(blocks, action_id, block_id)
    action = _action(ws, block, element, value)
    kept = ws.data["states"].setdefault(f"{channel['id']}/{ts}/{user}", {})
    if element["type"] not in ("button", "overflow"):
        kept.setdefault(block["block_id"], {})[action_id] = _state(action)
    values: Json = {}
    for one in blocks:
        for item in interactive(one):
            if item["type"] not in ("button", "overflow", "feedback_buttons", "icon_button"):
                now = kept.get(one["block_id"], {}).get(item["action_id"]) or views.initial(item)
                values.setdefault(one["block_id"], {})[item["action_id"]] = now
    hidden = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": ts, "channel_id": channel["id"], "is_ephemeral": hidden}
    payload = _envelope(ws, "block_actions", user) | {
        "container": container | ({"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}),
        "channel": {"id": channel["id"], "name": channel_name(channel)}, "state": {"values": values},
        "response_url": new_response_url(ws, site, user, channel["id"], message=message), "actions": [action],
    }  # fmt: skip
    if not hidden:
        payload["message"] = {k: v for k, v in copy.deepcopy(message).items() if k != "metadata"}
    return payload


def click_in_view(
    ws: Workspace, *, user: str, view_id: str, action_id: str, block_id: str | None, value: Any
) -> Json | None:
    """The block_actions payload of an element in a view; None for an input that does not dispatch."""
    kept = open_view(ws, user, view_id)
    view = kept["view"]
    block, element = find_element(view["blocks"], action_id, block_id)
    action = _action(ws, block, element, value)
    if element["type"] not in ("button", "overflow"):
        kept["values"].setdefault(block["block_id"], {})[action_id] = _state(action)
        view["state"] = {"values": kept["values"]}
    if block["type"] == "input" and not block.get("dispatch_action"):
        return None
    return _envelope(ws, "block_actions", user) | {
        "container": {"type": "view", "view_id": view_id}, "view": copy.deepcopy(view), "actions": [action],
    }  # fmt: skip


def open_view(ws: Workspace, user: str, view_id: str) -> Json:
    """A view that this person has open; NotPossible otherwise."""
    kept = ws.data["views"].get(view_id)
    if kept is None or kept["user"] != user:
        raise NotPossible("That view is not open.")
    return kept  # type: ignore[no-any-return]


def submit(ws: Workspace, *, user: str, view_id: str, values: Json) -> tuple[Json | None, dict[str, str]]:
    """The view_submission payload, or what Slack's own client complains about (by block_id)."""
    kept = open_view(ws, user, view_id)
    view = kept["view"]
    if view["type"] != "modal" or views.stack_of(ws, user)[-1:] != [view_id]:
        raise NotPossible("That modal is not the one on top.")
    known = {(b["block_id"], e["action_id"]): e for b in view["blocks"] for e in interactive(b)}
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            element = known.get((block_id, action_id))
            if element is None:
                raise NotPossible(f"The modal has no input {block_id}/{action_id}.")
            try:
                kept["values"].setdefault(block_id, {})[action_id] = views.state_of(element, value)
            except ValueError as err:
                raise NotPossible(str(err)) from err
    errors: dict[str, str] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            state = kept["values"][block["block_id"]][block["element"]["action_id"]]
            complaint = _complaint(block, state)
            if complaint:
                errors[block["block_id"]] = complaint
    if errors:
        return None, errors
    view["state"] = {"values": kept["values"]}
    return _envelope(ws, "view_submission", user) | {"view": copy.deepcopy(view), "response_urls": []}, {}


def _complaint(block: Json, state: Json) -> str:
    element = block["element"]
    if views.empty(state):
        return "" if block.get("optional") else "Please complete this required field."
    text = state.get("value")
    if isinstance(text, str):
        if len(text) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(text) > element.get("max_length", 3000):
            return f"Please enter at most {element.get('max_length', 3000)} characters."
    return ""


def after_submit(ws: Workspace, *, user: str, view_id: str, answer: Any) -> Json:
    """Does what the acknowledgement of a submission says; Refused when its view is not valid."""
    if not answer:
        if views.stack_of(ws, user)[-1:] == [view_id]:
            views.pop(ws, user)
        return {}
    action = answer.get("response_action")
    match action:
        case "errors":
            return {"response_action": "errors", "errors": answer.get("errors", {})}
        case "clear":
            views.pop(ws, user, everything=True)
        case "update":
            check_view(answer["view"])
            if view_id in ws.data["views"]:
                views.fill(ws, view_id, answer["view"])
                views.show_top(ws, user)
        case "push":
            check_view(answer["view"])
            if views.push(ws, user, answer["view"]) is None:
                raise Refused("push_limit_reached")
        case _:
            raise NotPossible(f"The app answered with an unknown response_action: {action}.")
    return {"response_action": action}


def close(ws: Workspace, *, user: str, view_id: str) -> Json | None:
    """Closes a modal; the view_closed payload if the app asked for it."""
    view = open_view(ws, user, view_id)["view"]
    payload = None
    if view.get("notify_on_close"):
        payload = _envelope(ws, "view_closed", user) | {"view": copy.deepcopy(view), "is_cleared": False}
        del payload["trigger_id"]
    views.pop(ws, user, everything=bool(view.get("clear_on_close")))
    return payload


def shortcut(
    ws: Workspace, manifest: Mapping[str, Any], site: str, *, user: str, callback_id: str, channel: Json | None, ts: str
) -> Json:
    """The payload of a global or message shortcut; NotPossible when the manifest has none of that name."""
    known = {s["callback_id"]: s for s in manifest.get("features", {}).get("shortcuts", [])}
    if callback_id not in known:
        raise NotPossible(f"The app has no shortcut {callback_id}.")
    if known[callback_id]["type"] == "global":
        return _envelope(ws, "shortcut", user) | {"callback_id": callback_id, "action_ts": ws.new_ts()}
    if channel is None:
        raise NotPossible("A message shortcut is used on a message.")
    message = find_message(channel, user, ts)
    return _envelope(ws, "message_action", user) | {
        "callback_id": callback_id, "action_ts": ws.new_ts(), "message_ts": ts,
        "message": {k: v for k, v in copy.deepcopy(message).items() if k != "metadata"},
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        "response_url": new_response_url(ws, site, user, channel["id"], message=message),
    }  # fmt: skip


def respond(ws: Workspace, key: str, body: Any) -> str | None:
    """What an app sends to a response_url; the error that Slack answers, or None for ok."""
    right = ws.data["response_urls"].get(key)
    if right is None or ws.clock.now() > right["until"]:
        return "expired_url"
    if right["uses"] >= RESPONSE_USES:
        return "used_url"
    if not isinstance(body, dict):
        return "invalid_payload"
    channel = ws.channels.get(right["channel"])
    if channel is None:
        return "channel_not_found"
    if body.get("blocks"):
        check_message_blocks(body["blocks"])
    deleting = body.get("delete_original") is True
    if not deleting and not (body.get("text") or body.get("blocks") or body.get("attachments")):
        return "no_text"
    right["uses"] += 1
    ws.touch()
    content = {k: copy.deepcopy(body[k]) for k in ("text", "blocks", "attachments") if body.get(k)}
    if deleting or body.get("replace_original") is True:
        return _replace(ws, channel, right, content, deleting)
    message = as_bot_of(ws) | {"text": "", **content}
    thread = body.get("thread_ts")
    if body.get("response_type") == "in_channel":
        post(ws, channel, message, thread_ts=thread)
    else:
        thread = thread or (right["thread_ts"] if right["ts"] else None)
        whisper(ws, channel, right["user"], message, thread_ts=thread)
    return None


def _replace(ws: Workspace, channel: Json, right: Json, content: Json, deleting: bool) -> str | None:
    if right["ts"] is None:
        return "no_original"
    if not right["ephemeral"]:
        if right["ts"] not in channel["messages"]:
            return "message_not_found"
        if deleting:
            delete(ws, channel, right["ts"])
        else:
            edit(ws, channel, right["ts"], {"blocks": [], **content}, ws.bot["user_id"])
        return None
    for one in channel["ephemerals"]:
        if one["message"]["ts"] == right["ts"] and one["user"] == right["user"]:
            facts = {"channel": channel["id"], "user": one["user"], "ts": right["ts"]}
            if deleting:
                channel["ephemerals"].remove(one)
                ws.announce("ephemeral_deleted", facts | {"thread_ts": one["message"].get("thread_ts")})
                return None
            for block_number, block in enumerate(content.get("blocks", [])):
                block.setdefault("block_id", f"r{block_number}")
            kept = {k: v for k, v in one["message"].items() if k not in ("blocks", "attachments")}
            one["message"] = kept | content
            ws.announce("ephemeral_changed", facts | {"message": dict(one["message"])})
            return None
    return "message_not_found"


def as_bot_of(ws: Workspace) -> Json:
    """The author's fields of the app's own messages."""
    bot = ws.bot
    return {"user": bot["user_id"], "bot_id": bot["bot_id"], "app_id": bot["app_id"]}
