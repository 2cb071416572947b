"""What a seed file looks like, and the workspace that it becomes.

A seed is one JSON object. Only `channels` is required; unknown keys are errors, so that a typing mistake shows.

    {
      "team":  {"id": "T0ACME", "name": "Acme", "domain": "acme"},
      "base":  "now",                     "now" (the moment of loading), or an ISO time with zone; offsets count from it
      "guide": ["Type /postmortem start in #inc-checkout", ...],          shown on the page, in order
      "free_plan": false,                 true: canvases fail as on a free team
      "bot":   {"user_id": "U0BOT", "bot_id": "B0BOT", "app_id": "A0BOT", "name": "postmortem"},     the app itself
      "users": [{"id": "U0MARIA", "name": "maria", "real_name": "Maria Kowalska", "title": "On-call SRE",
                 "tz": "Europe/Warsaw", "is_admin": false, "is_restricted": false, "is_ultra_restricted": false,
                 "deleted": false, "is_bot": false, "is_stranger": false, "team_id": "T0OTHER", "email": "..."}],
      "usergroups": [{"id": "S0DB", "handle": "db-team", "name": "Database team", "users": ["U0MARIA"]}],
      "channels": [{"id": "C0CHECKOUT", "name": "inc-checkout", "is_private": false, "is_archived": false,
                    "topic": "", "purpose": "", "creator": "U0MARIA", "bot": true,
                    "members": ["U0MARIA", ...]}],       people by id or name; "bot": true puts the app in
      "messages": {"inc-checkout": [MESSAGE, ...]}        by channel name or id
    }

A MESSAGE is, besides `at`, any of:

    at           "-3h12m" before `base` (units w d h m s, in this order), "+5m" after it, or an ISO time with zone;
                 inside `replies` an offset such as "+90s" counts from the root. Seconds may have fractions.
    user         id or name of the person who said it; or
    bot          {"name": "PagerDuty", "id": "B0PD"} for another app (subtype bot_message, no `user`); or
    app          true: posted by the bot under test
    text         as typed: @name and #name become mentions, & < > are escaped. With "raw": true it is stored as given.
                 Messages of `bot` are always stored as given. May be "" or left out beside attachments or blocks.
    blocks, attachments      stored as given
    subtype      e.g. "channel_join", "channel_topic", "huddle_thread", "pinned_item", "reminder_add"
    replies      [MESSAGE, ...] of the thread; "broadcast": true on a reply also shows it in the channel
    edited       {"at": "+2m", "text": "what it said before"}: marked as edited; `text` is the wording that stays
                 (the offset counts from the message itself; by default it is two minutes). `true` does as well
    deleted      true: with replies a tombstone stays, without them nothing is left
    reactions    {"eyes": ["maria", "tom"]}
    pinned       true, or the id or name of who pinned it
    files        [{"name": "graph.png", "title": "...", "mimetype": "image/png", "content": "text", "base64": "..."}]
    room         for subtype huddle_thread: stored as given
    id           a name for tests: `seed_workspace(...).names["that"]` gives (channel id, ts)

In `text`, `blocks`, `attachments` and the earlier wording of `edited`, clock times that follow `base` are written as

    {time:-3h40m:Europe/London}     the clock in that zone at that offset from `base`, as "10:32"
    {about:-3h40m:Europe/London}    the same as people say it, to the nearest five minutes: "10:30"

Other braces stay as they are. The offset always counts from `base`, in replies and edits too.

Messages may stand in any order; they are sorted by time. `ts` is made from the time and is unique in its channel.
A quick offset check: "-1w2d3h4m5.5s" is one week, two days, three hours, four minutes, five and a half seconds ago.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import re2  # type: ignore[import-untyped]

from bot.sandbox.clock import SandboxClock
from bot.sandbox.typed_text import as_stored, rich_text
from bot.sandbox.workspace import SLACKBOT, Json, Workspace

_OFFSET = re2.compile(
    r"([+-])(?:([\d.]+)w)?(?:([\d.]+)d)?(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?"
)  # fmt: skip
_SECONDS = (604_800.0, 86_400.0, 3_600.0, 60.0, 1.0)
_PLACE_OF_TIME = re2.compile(r"\{(time|about):([^{}\n]*)\}")
_FIVE_MINUTES = 300.0
_TOP = {"team", "base", "guide", "free_plan", "bot", "users", "usergroups", "channels", "messages"}
_MESSAGE = {"at", "user", "bot", "app", "text", "raw", "blocks", "attachments", "subtype", "replies", "broadcast",
            "edited", "deleted", "reactions", "pinned", "files", "room", "id", "metadata"}  # fmt: skip
#: Where a message may hold clock times that follow `base`.
_WITH_TIMES = ("text", "blocks", "attachments", "edited")


class BadSeed(ValueError):
    """The seed file says something that a workspace cannot be made from."""


@dataclass(slots=True)
class Seeded:
    """Where the named messages of a seed ended up: `names[id]` is (channel id, ts)."""

    workspace: Workspace
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


def load_seed(path: Path, now: float | None = None, *, clock: SandboxClock | None = None) -> Workspace:
    """The workspace that a seed file describes, with offsets counted from `now` (epoch seconds; default: the clock)."""
    return seed_workspace(json.loads(path.read_text("utf-8")), now, clock=clock).workspace


def seed_workspace(seed: Json, now: float | None = None, *, clock: SandboxClock | None = None) -> Seeded:
    """The same from the JSON itself; BadSeed names what is wrong."""
    clock = clock or SandboxClock()
    workspace = Workspace(clock)
    result = Seeded(workspace)
    _known(seed, _TOP, "the seed")
    base = clock.now() if now is None else now
    if seed.get("base", "now") != "now":
        base = _moment(seed["base"], base)
    workspace.data["team"].update(seed.get("team", {}))
    workspace.data["bot"].update(seed.get("bot", {}))
    workspace.data["guide"] = list(seed.get("guide", []))
    workspace.data["free_plan"] = bool(seed.get("free_plan", False))
    bot = workspace.bot
    workspace.add_user(SLACKBOT, "slackbot", real_name="Slackbot", is_bot=False)
    workspace.add_user(bot["user_id"], bot["name"], real_name=bot["name"], is_bot=True)
    workspace.users[bot["user_id"]]["profile"].update(bot_id=bot["bot_id"], api_app_id=bot["app_id"])
    for user in seed.get("users", []):
        workspace.add_user(user["id"], user["name"], **{k: v for k, v in user.items() if k not in ("id", "name")})
    for group in seed.get("usergroups", []):
        workspace.data["usergroups"][group["id"]] = {"name": group["handle"], "users": [], **group}
    for channel in seed["channels"]:
        facts = {k: v for k, v in channel.items() if k not in ("id", "name", "members", "bot")}
        members = [_user(workspace, who) for who in channel.get("members", [])]
        if channel.get("bot"):
            members.append(bot["user_id"])
        workspace.add_channel(channel["id"], channel["name"], members, **facts)
    for where, said in seed.get("messages", {}).items():
        _Teller(result, base).tell(_channel(workspace, where), said)
    return result


class _Teller:
    def __init__(self, result: Seeded, base: float) -> None:
        self.result, self.workspace, self.base = result, result.workspace, base

    def tell(self, channel: Json, said: list[Json]) -> None:
        """Stores all messages of a channel in the order of their times."""
        flat: list[tuple[float, Json, Json | None]] = []
        for message in said:
            at = _moment(message["at"], self.base)
            flat.append((at, message, None))
            for reply in message.get("replies", []):
                since = at if reply["at"].startswith("+") else self.base
                flat.append((_moment(reply["at"], since), reply, message))
        roots: dict[int, str] = {}
        for at, message, root in sorted(flat, key=lambda one: one[0]):
            if root is not None and id(root) not in roots:
                raise BadSeed(f"A reply at {message['at']!r} comes before the message that it answers.")
            ts = self._store(channel, message, at, roots[id(root)] if root is not None else None)
            roots[id(message)] = ts

    def _store(self, channel: Json, said: Json, at: float, root: str | None) -> str:
        _known(said, _MESSAGE, f"the message at {said.get('at')!r}")
        said = said | {key: _with_times(said[key], self.base) for key in _WITH_TIMES if key in said}
        ws = self.workspace
        ts = ws.new_ts(channel, at)
        if said.get("id"):
            self.result.names[said["id"]] = (channel["id"], ts)
        if said.get("deleted") and not said.get("replies"):
            return ts
        message = {"type": "message", "ts": ts, "team": ws.team["id"]} | self._author(said)
        message["text"] = said.get("text", "")
        if "user" in said:
            if not said.get("raw"):
                message["text"] = as_stored(ws, message["text"])
            if message["text"] and not said.get("subtype"):
                message["blocks"] = [rich_text(message["text"], f"s{len(channel['messages'])}")]
        for key in ("blocks", "attachments", "subtype", "room", "metadata"):
            if key in said:
                message[key] = said[key]
        if said.get("deleted"):
            message = {"type": "message", "subtype": "tombstone", "hidden": True, "user": SLACKBOT, "ts": ts,
                       "text": "This message was deleted."}  # fmt: skip
        if said.get("edited"):
            after = said["edited"].get("at", "+2m") if isinstance(said["edited"], dict) else "+2m"
            message["edited"] = {"user": message.get("user", SLACKBOT), "ts": ws.new_ts(None, _moment(after, at))}
        if said.get("files"):
            message["files"] = [self._file(one, channel, message, at) for one in said["files"]]
        if said.get("reactions"):
            message["reactions"] = [
                {"name": name, "users": [_user(ws, who) for who in people], "count": len(people)}
                for name, people in said["reactions"].items()
            ]
        if root is not None:
            message["thread_ts"] = root
            channel["threads"].setdefault(root, []).append(ts)
        if root is None or said.get("broadcast"):
            channel["order"].append(ts)
        if said.get("broadcast"):
            message["subtype"] = "thread_broadcast"
        if said.get("pinned"):
            by = message.get("user", SLACKBOT) if said["pinned"] is True else _user(ws, said["pinned"])
            message["pinned_to"] = [channel["id"]]
            channel["pins"].append({"ts": ts, "user": by, "created": int(at)})
        channel["messages"][ts] = message
        return ts

    def _author(self, said: Json) -> Json:
        bot = self.workspace.bot
        if said.get("app"):
            return {"user": bot["user_id"], "bot_id": bot["bot_id"], "app_id": bot["app_id"]}
        if "bot" in said:
            return {"subtype": "bot_message", "bot_id": said["bot"].get("id", "B0OTHER"),
                    "username": said["bot"]["name"]}  # fmt: skip
        return {"user": _user(self.workspace, said["user"])} if "user" in said else {}

    def _file(self, one: Json, channel: Json, message: Json, at: float) -> Json:
        from bot.sandbox.files import add_file

        content = base64.b64decode(one["base64"]) if "base64" in one else str(one.get("content", "")).encode()
        made = add_file(
            self.workspace, name=one["name"], content=content, user=message.get("user", ""),
            mimetype=one.get("mimetype", ""), title=one.get("title", ""), at=at, channels=[channel["id"]],
        )  # fmt: skip
        return made


def _moment(text: str, base: float) -> float:
    match = _OFFSET.fullmatch(text)
    if match is not None and text[1:]:
        sign = -1.0 if match.group(1) == "-" else 1.0
        return base + sign * sum(float(n) * unit for n, unit in zip(match.groups()[1:], _SECONDS, strict=True) if n)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as err:
        raise BadSeed(f"{text!r} is neither an offset such as -3h12m nor an ISO time.") from err
    if moment.tzinfo is None:
        raise BadSeed(f"{text!r} has no time zone.")
    return moment.timestamp()


def _with_times(value: Any, base: float) -> Any:
    """`value` with every `{time:…}` and `{about:…}` in its texts replaced by what the clock showed then."""
    match value:
        case str():
            return str(_PLACE_OF_TIME.sub(lambda found: _clock_time(found.group(1), found.group(2), base), value))
        case list():
            return [_with_times(each, base) for each in value]
        case dict():
            return {key: _with_times(each, base) for key, each in value.items()}
    return value


def _clock_time(how: str, where: str, base: float) -> str:
    offset, colon, zone = where.partition(":")
    if not colon or _OFFSET.fullmatch(offset) is None:
        raise BadSeed(f"{{{how}:{where}}} is not of the form {{{how}:-3h40m:Europe/London}}.")
    moment = _moment(offset, base)
    if how == "about":
        moment = round(moment / _FIVE_MINUTES) * _FIVE_MINUTES
    try:
        return datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime("%H:%M")
    except (ZoneInfoNotFoundError, ValueError, OSError) as err:
        raise BadSeed(f"There is no time zone {zone!r}.") from err


def _known(given: Json, allowed: set[str], where: str) -> None:
    unknown = set(given) - allowed
    if unknown:
        raise BadSeed(f"Unknown in {where}: {', '.join(sorted(unknown))}.")


def _user(workspace: Workspace, who: str) -> str:
    found = next((u["id"] for u in workspace.users.values() if who in (u["id"], u["name"])), None)
    if found is None:
        raise BadSeed(f"Nobody is called {who!r}.")
    return str(found)


def _channel(workspace: Workspace, where: str) -> Json:
    found: Any = workspace.channels.get(where) or workspace.channel_named(where)
    if found is None:
        raise BadSeed(f"There is no channel {where!r}.")
    return found  # type: ignore[no-any-return]
