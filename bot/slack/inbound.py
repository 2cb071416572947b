"""What did Slack just tell us? Payloads become values here, and nowhere else; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.interview.state import Workspace
from bot.redaction.off_the_record import heard_text, hides_lines
from bot.slack.history import record_message
from bot.timeline.flatten import flatten
from bot.timeline.values import RecordMessage


@dataclass(frozen=True, slots=True)
class Written:
    """A person wrote or edited a message; `text` is plain, with `<@U…>` for people."""

    channel: str
    thread_ts: str | None
    ts: str
    user: str
    text: str
    team: str
    revision: str = ""
    #: Every line of it began with `//`.
    ignored: bool = False
    #: Some of its lines, or all, began with `//`.
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """A message is gone, or only its tombstone is left."""

    channel: str
    ts: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody typed /postmortem, or mentioned the bot with a word that it knows."""

    channel: str
    user: str
    text: str
    team: str
    response_url: str = ""
    trigger_id: str = ""
    thread_ts: str | None = None
    channel_name: str = ""
    #: The number of the postmortem that it names.
    about: str = ""

    @property
    def direct(self) -> bool:
        """Whether it was typed in a direct message, of two people or of a group."""
        return self.channel.startswith("D") or self.channel_name.startswith("mpdm-")


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed a button or chose from a menu; `value` is the button's, `chosen` what a menu or picker holds."""

    action: str
    value: str
    chosen: str
    user: str
    team: str
    channel: str = ""
    ts: str = ""
    thread_ts: str = ""
    response_url: str = ""
    trigger_id: str = ""
    #: Pressed inside a modal, not in a message or the home.
    in_modal: bool = False
    #: Pressed in the app's home.
    in_home: bool = False
    ephemeral: bool = False
    #: The view that it was pressed in, and the hash of what it showed.
    view_id: str = ""
    view_hash: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """Somebody sent a modal."""

    callback: str
    user: str
    team: str
    view: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody chose an entry of ours from a message's menu; `message` is None when it is the bot's own."""

    shortcut: str
    user: str
    team: str
    channel: str
    thread_ts: str | None
    message: RecordMessage | None
    response_url: str = ""
    trigger_id: str = ""


@dataclass(frozen=True, slots=True)
class Reacted:
    """Somebody gave a message a reaction, or pinned it (`reaction` is empty then), or took that back."""

    channel: str
    ts: str
    user: str
    reaction: str
    given: bool

    @property
    def is_pin(self) -> bool:
        return not self.reaction


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """Something happened to the channel: created or renamed (as `name`), archived, unarchived, joined or left."""

    change: str
    channel: str
    user: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """A delivery that says nothing to us, and why."""

    why: str


Inbound = Written | Removed | Command | Press | Submission | Chosen | Reacted | ChannelChange | Nothing

_PINS = ("pin_added", "pin_removed")
_CHANNEL_CHANGES = {
    "channel_archive": "archived",
    "group_archive": "archived",
    "channel_unarchive": "unarchived",
    "channel_created": "created",
    "channel_rename": "renamed",
    "group_rename": "renamed",
    "group_unarchive": "unarchived",
    "channel_left": "left",
    "group_left": "left",
    "channel_deleted": "archived",
    "group_deleted": "archived",
    "member_joined_channel": "member_joined",
    "member_left_channel": "member_left",
    "tokens_revoked": "revoked",
    "app_uninstalled": "revoked",
}
_MESSAGES_OF_PEOPLE = (None, "file_share", "thread_broadcast", "me_message")


def workspace_of(payload: Mapping[str, Any]) -> Workspace:
    """The workspace that a payload of any kind comes from."""
    team = payload.get("team_id") or (payload.get("team") or {}).get("id") or ""
    enterprise = payload.get("enterprise_id") or (payload.get("enterprise") or {}).get("id") or ""
    return Workspace(str(team), str(enterprise))


def kind_of(payload: Mapping[str, Any]) -> str:
    """event, command, press, submission, shortcut or other."""
    if payload.get("type") == "event_callback" or "event" in payload:
        return "event"
    if "command" in payload:
        return "command"
    kinds = {"block_actions": "press", "view_submission": "submission", "message_action": "shortcut"}
    return kinds.get(str(payload.get("type")), "other")


def key_of(payload: Mapping[str, Any]) -> str:
    """What makes two deliveries the same one: event id, trigger id, or view id and hash."""
    match kind_of(payload):
        case "event":
            return f"event:{payload.get('event_id', '')}"
        case "submission":
            view = payload.get("view") or {}
            return f"view:{view.get('id', '')}:{view.get('hash', '')}"
        case kind:
            return f"{kind}:{payload.get('trigger_id', '')}"


def channel_of(payload: Mapping[str, Any]) -> str:
    """The channel that an event is about; empty for other payloads."""
    event = payload.get("event") or {}
    channel = event.get("channel") or (event.get("item") or {}).get("channel", "")
    return str(channel.get("id", "") if isinstance(channel, Mapping) else channel)


def read(kind: str, payload: Mapping[str, Any], bot_user: str) -> Inbound:
    """The payload of a delivery as a value; what it does not know is Nothing, never an error."""
    match kind:
        case "event":
            return _event(payload, bot_user)
        case "command":
            return Command(
                channel=str(payload.get("channel_id", "")),
                user=str(payload.get("user_id", "")),
                text=str(payload.get("text", "")).strip(),
                team=str(payload.get("team_id", "")),
                response_url=str(payload.get("response_url", "")),
                trigger_id=str(payload.get("trigger_id", "")),
                channel_name=str(payload.get("channel_name", "")),
            )
        case "press":
            return _press(payload)
        case "submission":
            view = payload.get("view") or {}
            return Submission(str(view.get("callback_id", "")), _user(payload), _team_of_user(payload), view)
        case "shortcut":
            return _chosen(payload, bot_user)
        case _:
            return Nothing("unknown_kind")


def _user(payload: Mapping[str, Any]) -> str:
    return str((payload.get("user") or {}).get("id", ""))


def _team_of_user(payload: Mapping[str, Any]) -> str:
    return str((payload.get("user") or {}).get("team_id") or (payload.get("team") or {}).get("id") or "")


def _event(payload: Mapping[str, Any], bot_user: str) -> Inbound:
    event = payload.get("event") or {}
    name = str(event.get("type", ""))
    if name == "message":
        return _message(event, str(payload.get("team_id", "")), bot_user)
    tokens = event.get("tokens")
    if name == "tokens_revoked" and isinstance(tokens, Mapping) and not tokens.get("bot"):
        return Nothing("tokens of people, of which we have none")
    if name in _CHANNEL_CHANGES:
        about = event.get("channel")
        called = str(about.get("name", "")) if isinstance(about, Mapping) else ""
        return ChannelChange(_CHANNEL_CHANGES[name], channel_of(payload), str(event.get("user", "")), called)
    if name in ("reaction_added", "reaction_removed"):
        item, user = event.get("item") or {}, str(event.get("user") or "")
        if item.get("type") != "message" or not item.get("ts") or user in ("", bot_user):
            return Nothing("a reaction to something else")
        reaction = str(event.get("reaction") or "").partition("::")[0]
        return Reacted(channel_of(payload), str(item["ts"]), user, reaction, name == "reaction_added")
    if name in _PINS:
        pinned, user = (event.get("item") or {}).get("message") or {}, str(event.get("user") or "")
        if not pinned.get("ts") or user in ("", bot_user):
            return Nothing("a pin on something else")
        return Reacted(channel_of(payload), str(pinned["ts"]), user, "", name == "pin_added")
    return Nothing(f"event {name}")


def _message(event: Mapping[str, Any], team: str, bot_user: str) -> Inbound:
    channel, subtype = str(event.get("channel", "")), event.get("subtype")
    if subtype == "message_deleted":
        previous = event.get("previous_message") or {}
        return Removed(channel, str(event.get("deleted_ts", "")), _optional(previous.get("thread_ts")))
    if subtype == "message_changed":
        inner = event.get("message") or {}
        if inner.get("subtype") == "tombstone":
            return Removed(channel, str(inner.get("ts", "")), _optional(inner.get("thread_ts")))
        return written(inner, channel, team, bot_user, edited=True)
    return written(event, channel, team, bot_user)


def _optional(value: object) -> str | None:
    return str(value) if value else None


def of_record(payload: Mapping[str, Any], bot_user: str) -> RecordMessage | None:
    """The message that an event brings or changes, as the record keeps it: of people and tools, not the bot's own."""
    event = payload.get("event") or {}
    if event.get("type") != "message" or event.get("channel_type") in ("im", "mpim"):
        return None
    changed = event.get("subtype") == "message_changed"
    message = event.get("message") or {} if changed else event
    hidden = event.get("hidden") and not changed
    if hidden or message.get("subtype") in ("message_deleted", "tombstone") or message.get("user") == bot_user:
        return None
    return record_message(message) if message.get("ts") else None


def with_record(payload: Mapping[str, Any], message: RecordMessage) -> Mapping[str, Any]:
    """The payload with the message as the record keeps it; what it was made of need not be kept."""
    return {**payload, "event": {**payload["event"], RECORD: asdict(message)}}


def recorded(payload: Mapping[str, Any]) -> RecordMessage | None:
    """What `with_record` put into a payload."""
    return _as_record(payload.get("event") or {})


def _as_record(kept: Mapping[str, Any]) -> RecordMessage | None:
    found = kept.get(RECORD)
    if not isinstance(found, Mapping):
        return None
    listed = {name: tuple(found[name]) for name in ("reactions", "files")}
    return RecordMessage(**{**found, **listed})


def changes(payload: Mapping[str, Any]) -> bool:
    """Whether an event tells of a message that was there before."""
    return (payload.get("event") or {}).get("subtype") == "message_changed"


def happened(payload: Mapping[str, Any]) -> datetime | None:
    """When an event happened, by Slack's clock, to the second; None where it does not say."""
    at = payload.get("event_time")
    return datetime.fromtimestamp(at, UTC) if isinstance(at, int) and at > 0 else None


#: Where a payload carries the message as the record keeps it.
RECORD = "record"
#: What says a message's words a second time, or quotes somebody else's.
_BESIDE_THE_TEXT = ("blocks", "attachments")
#: Set in what is kept of a message some lines of which were left out.
_HIDES = "lines_left_out"
#: All that is told of a message that was pressed, or was there before an edit or a deletion.
_OF_BEFORE = ("ts", "thread_ts", "user", "bot_id")


def without_ignored(kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The payload without the lines that begin with `//`, and without the words from before an edit or a deletion.

    Of the message that was pressed or pinned only its place stays. What is left out here is not even kept until the
    delivery is heard.
    """
    if kind == "press" and isinstance(payload.get("message"), Mapping):
        pressed = payload["message"]
        return {**payload, "message": {name: pressed[name] for name in _OF_BEFORE if name in pressed}}
    if kind == "shortcut" and isinstance(payload.get("message"), Mapping):
        chosen = payload["message"]
        place = {name: chosen[name] for name in _OF_BEFORE if name in chosen}
        return {**payload, "message": place | ({RECORD: asdict(record_message(chosen))} if place.get("ts") else {})}
    event = payload.get("event")
    if kind != "event" or not isinstance(event, Mapping):
        return payload
    if event.get("type") in _PINS:
        item = event.get("item") or {}
        pinned = {"ts": (item.get("message") or {}).get("ts")}
        return {**payload, "event": {**event, "item": {"channel": item.get("channel"), "message": pinned}}}
    if event.get("type") != "message":
        return payload
    kept = dict(event)
    if isinstance(event.get("message"), Mapping):
        kept["message"] = _heard(event["message"])
    if isinstance(event.get("previous_message"), Mapping):
        before = event["previous_message"]
        kept["previous_message"] = {name: before[name] for name in _OF_BEFORE if name in before}
    if "text" in event or "blocks" in event:
        kept = _heard(kept)
    return {**payload, "event": kept}


def _heard(message: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: value for name, value in message.items() if name not in _BESIDE_THE_TEXT},
        "text": heard_text(message),
        **({_HIDES: True} if hides_lines(message) else {}),
    }


def written(
    message: Mapping[str, Any], channel: str, team: str, bot_user: str, *, edited: bool = False
) -> Written | Command | Nothing:
    """A message of a person, from an event or from the history; bots are never answered."""
    user = str(message.get("user") or "")
    if message.get("bot_id") or not user or user in (bot_user, "USLACKBOT"):
        return Nothing("a bot's message")
    if message.get("subtype") not in _MESSAGES_OF_PEOPLE or (message.get("hidden") and not edited):
        return Nothing(f"message {message.get('subtype')}")
    heard = heard_text(message)
    text = flatten({"text": heard, "files": message.get("files") or []}, None).strip()
    revision = str((message.get("edited") or {}).get("ts", ""))
    thread = message.get("thread_ts")
    ts = str(message.get("ts", ""))
    command = addressed(text, bot_user)
    if command is not None and (revision or edited):
        return Nothing("a command that was edited")
    if command is not None:
        return Command(
            channel, user, command, str(message.get("user_team") or message.get("team") or team), thread_ts=thread
        )
    return Written(
        channel=channel,
        thread_ts=str(thread) if thread else None,
        ts=ts,
        user=user,
        text=text,
        team=str(message.get("user_team") or message.get("team") or team),
        revision=revision,
        ignored=not text,
        hides=bool(message.get(_HIDES)) or hides_lines(message),
    )


#: The words that make a message to the bot a command (issue: the same by mentioning the bot in the thread).
WORDS = frozenset(
    {
        "start",
        "status",
        "timeline",
        "figures",
        "checklist",
        "pause",
        "resume",
        "back",
        "handover",
        "kind",
        "cancel",
        "actions",
        "export",
        "edit",
        "versions",
        "help",
        "restore",
        "search",
        "luck",
    }
)


def addressed(text: str, bot_user: str) -> str | None:
    """The command in a message that begins with the bot's mention and a known word; None for any other message."""
    mention = f"<@{bot_user}>"
    if not text.startswith(mention):
        return None
    rest = text[len(mention) :].lstrip(" ,:")
    word = rest.split(maxsplit=1)[0].lower() if rest else ""
    return rest if word in WORDS else None


def _chosen(payload: Mapping[str, Any], bot_user: str) -> Inbound:
    kept = payload.get("message") or {}
    return Chosen(
        shortcut=str(payload.get("callback_id") or ""),
        user=_user(payload),
        team=_team_of_user(payload),
        channel=str((payload.get("channel") or {}).get("id") or ""),
        thread_ts=str(kept["thread_ts"]) if kept.get("thread_ts") else None,
        message=_as_record(kept) if kept.get("user") != bot_user else None,
        response_url=str(payload.get("response_url") or ""),
        trigger_id=str(payload.get("trigger_id") or ""),
    )


def _press(payload: Mapping[str, Any]) -> Inbound:
    actions = payload.get("actions") or []
    if not actions:
        return Nothing("a press without an action")
    action = actions[0]
    container = payload.get("container") or {}
    message, view = payload.get("message") or {}, payload.get("view") or {}
    value, chosen = str(action.get("value") or ""), ""
    option = action.get("selected_option")
    if isinstance(option, Mapping):
        chosen = str(option.get("value", ""))
    for name in ("selected_user", "selected_date", "selected_conversation"):
        chosen = str(action.get(name) or chosen)
    return Press(
        action=str(action.get("action_id", "")),
        value=value or str(action.get("block_id", "")),
        chosen=chosen,
        user=_user(payload),
        team=_team_of_user(payload),
        channel=str((payload.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        ts=str(container.get("message_ts") or message.get("ts") or ""),
        thread_ts=str(message.get("thread_ts") or container.get("thread_ts") or ""),
        response_url=str(payload.get("response_url") or ""),
        trigger_id=str(payload.get("trigger_id") or ""),
        in_modal=view.get("type") == "modal",
        in_home=view.get("type") == "home",
        ephemeral=bool(container.get("is_ephemeral")),
        view_id=str(view.get("id") or ""),
        view_hash=str(view.get("hash") or ""),
    )
