"""The manifest holds exactly what is registered and used: events, commands and scopes, compared both ways."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from typing import Any

from bot.places import MANIFEST
from bot.sandbox.api import canvases, chat, conversations, history, people, reactions, views
from bot.sandbox.api import files as uploads
from bot.slack.ears import Ears
from bot.slack.inbound import ChannelChange, Reacted, read, without_ignored
from bot.slack.listeners import register
from bot.slack.listeners.events import CHANNEL_EVENTS, MARK_EVENTS, MESSAGE_EVENTS
from tests.test_house import of_room, tree

#: The scopes without which Slack does not deliver an event: https://docs.slack.dev/reference/events
SCOPES_OF_EVENTS = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "group_rename": ("groups:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "tokens_revoked": (),
}
_SEES = ("channels:read", "groups:read")
_READS = ("channels:history", "groups:history")
#: The scopes that each method needs in public and private channels: https://docs.slack.dev/reference/methods
SCOPES_OF_METHODS = {
    "apps.connections.open": (),
    "auth.test": (),
    "canvases.access.set": ("canvases:write",),
    "canvases.create": ("canvases:write",),
    "canvases.edit": ("canvases:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _READS,
    "conversations.info": _SEES,
    "conversations.join": ("channels:join",),
    "conversations.members": _SEES,
    "conversations.open": ("im:write",),
    "conversations.replies": _READS,
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "usergroups.list": ("usergroups:read",),
    "reactions.get": ("reactions:read",),
    "users.conversations": _SEES,
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
#: Scopes that belong to no method or event by themselves, and what each is for.
SCOPES_BESIDES = {
    "commands": "/postmortem",
    "files:read": "the names and the number of the files that hang on a message",
}


WEB_METHODS = (
    *canvases.METHODS, *chat.METHODS, *conversations.METHODS, *uploads.METHODS, *history.METHODS, *people.METHODS,
    *reactions.METHODS, *views.METHODS,
)  # fmt: skip


class Registered:
    """Stands in for the Bolt app, and remembers what listeners are registered for."""

    def __init__(self) -> None:
        kinds = ("event", "command", "action", "view", "shortcut", "middleware")
        self.heard: dict[str, list[str]] = {kind: [] for kind in kinds}

    def use(self, _middleware: object) -> None:
        self.heard["middleware"].append("")

    def event(self, name: str) -> Callable[[object], object]:
        return self._of("event", name)

    def command(self, name: str) -> Callable[[object], object]:
        return self._of("command", name)

    def message_shortcut(self, name: str) -> Callable[[object], object]:
        return self._of("shortcut", name)

    def action(self, name: re.Pattern[str]) -> Callable[[object], object]:
        return self._of("action", name.pattern)

    def view(self, name: re.Pattern[str]) -> Callable[[object], object]:
        return self._of("view", name.pattern)

    def _of(self, kind: str, name: str) -> Callable[[object], object]:
        self.heard[kind].append(name)
        return lambda listener: listener


def registered() -> dict[str, list[str]]:
    app: Any = Registered()
    nothing: Any = None
    register(app, Ears(nothing, nothing, nothing, nothing, nothing))
    heard: dict[str, list[str]] = app.heard
    return heard


def called() -> set[str]:
    """The methods of the Web API that the product calls, by the names under which their errors are told."""
    return {
        node.args[0].value
        for module in of_room("bot.slack")
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "translated"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and "." in node.args[0].value
    }


def manifest() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return read


def test_the_manifest_subscribes_to_exactly_the_events_that_have_a_listener() -> None:
    subscribed = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert len(set(subscribed)) == len(subscribed)
    listeners = registered()["event"]
    assert len(set(listeners)) == len(listeners)
    assert sorted({name.partition(".")[0] for name in subscribed}) == sorted(listeners)
    assert {name for name in subscribed if name.startswith("message.")} == set(MESSAGE_EVENTS)


def test_every_event_with_a_listener_means_something() -> None:
    for name in CHANNEL_EVENTS:
        heard = read("event", {"event": {"type": name, "channel": "C1", "user": "U1"}}, "U0BOT")
        assert isinstance(heard, ChannelChange), name
    item = {"type": "message", "channel": "C1", "ts": "1795183000.000100"}
    pinned = {"type": "message", "channel": "C1", "message": {"ts": "1795183000.000100", "text": "the cause"}}
    for name in MARK_EVENTS:
        pins = name.startswith("pin")
        about = {"item": pinned} if pins else {"reaction": "pushpin::skin-tone-2", "item": item}
        payload = {"event": {"type": name, "user": "U1", **about}}
        heard = read("event", payload, "U0BOT")
        assert heard == Reacted("C1", "1795183000.000100", "U1", "" if pins else "pushpin", name.endswith("added"))
        # Of a pinned message nothing but its place is kept.
        assert read("event", without_ignored("event", payload), "U0BOT") == heard
        assert "the cause" not in json.dumps(without_ignored("event", payload))


def test_the_manifest_names_exactly_the_commands_that_have_a_listener() -> None:
    assert [each["command"] for each in manifest()["features"]["slash_commands"]] == registered()["command"]


def test_the_manifest_switches_on_what_listens_and_nothing_else() -> None:
    heard, features, settings = registered(), manifest()["features"], manifest()["settings"]
    assert heard["middleware"] == [""], "deliveries are kept before they are acknowledged"
    assert settings["interactivity"]["is_enabled"] is bool(heard["action"] and heard["view"])
    assert features["app_home"]["home_tab_enabled"] is ("app_home_opened" in heard["event"])
    assert [each["callback_id"] for each in features["shortcuts"]] == heard["shortcut"]
    assert {each["type"] for each in features["shortcuts"]} == {"message"}
    assert settings["org_deploy_enabled"] is settings["token_rotation_enabled"] is False


def test_every_call_has_its_row_of_scopes_and_every_row_a_call() -> None:
    assert called() == set(SCOPES_OF_METHODS)


def test_the_local_slack_wants_the_same_scopes_for_a_call() -> None:
    methods = {each.name: each.scopes for each in WEB_METHODS}
    assert {
        name: scopes for name, scopes in SCOPES_OF_METHODS.items() if not set(scopes) <= set(methods.get(name, scopes))
    } == {}


def test_the_manifest_asks_for_the_scopes_that_are_used_and_no_other() -> None:
    wanted = manifest()["oauth_config"]["scopes"]["bot"]
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert [event for event in events if event not in SCOPES_OF_EVENTS] == []
    of_events = {scope for event in events for scope in SCOPES_OF_EVENTS[event]}
    of_methods = {scope for scopes in SCOPES_OF_METHODS.values() for scope in scopes}
    assert len(set(wanted)) == len(wanted)
    assert sorted(wanted) == sorted(of_events | of_methods | set(SCOPES_BESIDES))
    assert "user" not in manifest()["oauth_config"]["scopes"], "the app acts as itself only"


def test_a_mention_is_heard_once() -> None:
    # The message itself arrives already, under another event id.
    assert "app_mention" not in manifest()["settings"]["event_subscriptions"]["bot_events"]


def test_the_manifest_keeps_within_what_slack_takes() -> None:
    whole = json.loads(MANIFEST.read_text(encoding="utf-8"))
    shown, features = whole["display_information"], whole["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert re.fullmatch("[a-z0-9._-]{1,80}", features["bot_user"]["display_name"])
    for command in features["slash_commands"]:
        assert re.fullmatch("/[a-z0-9_-]{1,31}", command["command"])
        assert command["should_escape"] is True
    for shortcut in features.get("shortcuts", []):
        assert len(shortcut["name"]) <= 24
    assert whole["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(whole["settings"]), "nothing of the bot is open to the internet"
