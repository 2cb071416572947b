"""What is in the local Slack right now: people, channels, messages, files, views, as plain data behind one lock."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bot.sandbox.clock import SandboxClock

Json = dict[str, Any]
#: Called under the workspace's lock with the kind of happening and its facts; must be quick and must not raise.
Sink = Callable[[str, Json], None]

SLACKBOT: Final = "USLACKBOT"
ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


class Workspace:
    """One Slack workspace with one app in it.

    `data` holds nothing but JSON values, so that `snapshot` and `restore` are exact. Everything that reads or changes
    `data` does so inside `with workspace.lock`.
    """

    def __init__(self, clock: SandboxClock | None = None, *, path: Path | None = None) -> None:
        self.clock = clock or SandboxClock()
        self.lock = threading.RLock()
        self.path = path
        self.data = _empty()
        self._sinks: list[Sink] = []
        self._saved = -1
        if path is not None and path.exists():
            self.restore(path.read_bytes())

    # -- people, channels and the app ------------------------------------------------------------

    @property
    def team(self) -> Json:
        """The workspace itself: id, name, domain."""
        return self.data["team"]  # type: ignore[no-any-return]

    @property
    def bot(self) -> Json:
        """The installed app: user_id, bot_id, app_id, name, bot_token, app_token."""
        return self.data["bot"]  # type: ignore[no-any-return]

    @property
    def users(self) -> dict[str, Json]:
        """User objects by id, the bot's own and Slackbot included."""
        return self.data["users"]  # type: ignore[no-any-return]

    @property
    def channels(self) -> dict[str, Json]:
        """Channels, private channels and direct messages by id, with what was said in them."""
        return self.data["channels"]  # type: ignore[no-any-return]

    def add_user(self, user_id: str, name: str, **facts: Any) -> Json:
        """Adds a person or bot; unknown keyword facts land in the user object as they are."""
        real = facts.pop("real_name", name)
        zone = facts.pop("tz", "Etc/UTC")
        title = facts.pop("title", "")
        email = facts.pop("email", f"{name}@{self.team['domain']}.example")
        user: Json = {
            "id": user_id, "team_id": self.team["id"], "name": name, "real_name": real, "deleted": False,
            "is_bot": False, "is_app_user": False, "is_admin": False, "is_owner": False, "is_restricted": False,
            "is_ultra_restricted": False, "tz": zone,
            "profile": {"real_name": real, "display_name": name, "title": title, "email": email,
                        "team": self.team["id"]},
        }  # fmt: skip
        user.update(facts)
        self.users[user_id] = user
        self.touch()
        return user

    def add_channel(self, channel_id: str, name: str, members: list[str], **facts: Any) -> Json:
        """Adds a channel (or, with `is_im` and `user`, a direct message) without announcing it."""
        channel: Json = {
            "id": channel_id, "name": name, "is_private": False, "is_im": False, "is_archived": False,
            "created": int(self.clock.now()), "creator": members[0] if members else SLACKBOT,
            "topic": "", "purpose": "", "members": list(dict.fromkeys(members)), "messages": {}, "order": [],
            "threads": {}, "ephemerals": [], "pins": [], "last_ts": "", "read": {},
        }  # fmt: skip
        channel.update(facts)
        self.channels[channel_id] = channel
        self.touch()
        return channel

    def im_with(self, user_id: str) -> Json:
        """The direct message between the bot and this person, made when it is first needed."""
        for channel in self.channels.values():
            if channel["is_im"] and channel["user"] == user_id:
                return channel
        made = self.add_channel(
            self.new_id("D"), "", [user_id, self.bot["user_id"]], is_im=True, is_private=True, user=user_id
        )
        self.announce("channels", {})
        return made

    def channel_named(self, name: str) -> Json | None:
        """The channel with this name (no #), or None."""
        return next((c for c in self.channels.values() if c["name"] == name and not c["is_im"]), None)

    def can_see(self, user_id: str, channel: Json) -> bool:
        """Whether a person may look into a channel: members always, public ones also everybody but guests."""
        if user_id in channel["members"]:
            return True
        return not channel["is_private"] and not self.users.get(user_id, {}).get("is_restricted", True)

    # -- ids and time ------------------------------------------------------------------------------

    def new_id(self, prefix: str) -> str:
        """An id in Slack's shape, the same in every run that does the same things in the same order."""
        self.data["counter"] += 1
        number, letters = self.data["counter"], ""
        while number:
            number, digit = divmod(number, len(ALPHABET))
            letters = ALPHABET[digit] + letters
        self.touch()
        return f"{prefix}0{letters.rjust(9, '0')}"

    def new_ts(self, channel: Json | None = None, at: float | None = None) -> str:
        """A message id from the clock, later than every other id of that channel."""
        moment = self.clock.now() if at is None else at
        seconds, micros = divmod(round(moment * 1_000_000), 1_000_000)
        ts = f"{seconds:010d}.{micros:06d}"
        if channel is not None:
            if channel["last_ts"] and ts <= channel["last_ts"]:
                whole, part = channel["last_ts"].split(".")
                later = int(whole) * 1_000_000 + int(part) + 1
                ts = f"{later // 1_000_000:010d}.{later % 1_000_000:06d}"
            channel["last_ts"] = ts
        return ts

    # -- telling and keeping -----------------------------------------------------------------------

    def touch(self) -> None:
        """Notes that something changed, so that it will be saved."""
        self.data["revision"] += 1

    def announce(self, kind: str, facts: Json) -> None:
        """Tells every listener that something happened; `facts` must not be changed afterwards."""
        self.touch()
        for sink in self._sinks:
            sink(kind, facts)

    def listen(self, sink: Sink) -> None:
        """Adds a listener for happenings."""
        self._sinks.append(sink)

    def snapshot(self) -> bytes:
        """Everything in the workspace, as JSON; the clock is not part of it."""
        with self.lock:
            return json.dumps(self.data, ensure_ascii=False, separators=(",", ":")).encode()

    def restore(self, snapshot: bytes) -> None:
        """Puts the workspace back to a snapshot; people who look at the page are told to look again."""
        with self.lock:
            self.data = json.loads(snapshot)
            for delivery in self.data["deliveries"]:
                if delivery["state"] == "sent":
                    delivery["state"] = "waiting"
            self.announce("restored", {})
            self.announce("channels", {})

    def save(self) -> bool:
        """Writes the workspace to its file if it has one and something changed; replaces the file in one step."""
        with self.lock:
            if self.path is None or self.data["revision"] == self._saved:
                return False
            self._saved, content = self.data["revision"], self.snapshot()
        fresh = self.path.with_suffix(".new")
        fresh.write_bytes(content)
        fresh.replace(self.path)
        return True


def _empty() -> Json:
    team = {"id": "T0LOCAL", "name": "Local workspace", "domain": "local"}
    bot = {"user_id": "U0BOT", "bot_id": "B0BOT", "app_id": "A0BOT", "name": "postmortem",
           "bot_token": f"xoxb-local-{secrets.token_hex(12)}",
           "app_token": f"xapp-1-A0BOT-{secrets.token_hex(12)}"}  # fmt: skip
    return {
        "team": team, "bot": bot, "users": {}, "channels": {}, "views": {}, "stacks": {}, "homes": {}, "states": {},
        "files": {}, "canvases": {}, "triggers": {}, "response_urls": {}, "deliveries": [], "usergroups": {},
        "guide": [], "counter": 0, "revision": 0, "free_plan": False, "unfurls": True, "revoked": False,
    }  # fmt: skip
