"""A whole scene: a local Slack, a bot that is really connected to it, a clock turned by hand, and people who type."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from bot.assembly import Bot, assemble
from bot.clock import Clock
from bot.places import MANIFEST
from bot.sandbox.clock import SandboxClock
from bot.sandbox.people import Person, call
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack
from bot.settings import Settings
from bot.thinking import Mind
from storage.database import Database
from tests.fakes.databases import owed

#: A Friday afternoon in the incident's week.
NOW = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)
CHANNEL = "C0CHECKOUT"
#: A small incident: enough for facts, people and a wrong first hypothesis.
SMALL: dict[str, Any] = {
    "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
    "users": [
        {"id": "U0MARIA", "name": "maria", "real_name": "Maria Kowalska", "tz": "Europe/Warsaw"},
        {"id": "U0TOM", "name": "tom", "real_name": "Tom Reed", "tz": "Europe/London"},
        {"id": "U0ASHA", "name": "asha", "real_name": "Asha Rao", "tz": "Asia/Kolkata"},
        {"id": "U0GUEST", "name": "guest", "real_name": "A Guest", "is_restricted": True},
        {"id": "U0OUT", "name": "outsider", "real_name": "Out Sider"},
    ],
    "channels": [
        {"id": CHANNEL, "name": "inc-checkout-errors", "members": ["maria", "tom", "asha", "guest"], "bot": True},
        {"id": "C0OPEN", "name": "inc-search", "members": ["maria", "tom"], "bot": False},
        {"id": "C0SECRET", "name": "inc-payroll", "members": ["maria"], "is_private": True, "bot": False},
        {"id": "C0OLD", "name": "inc-old", "members": ["maria"], "is_archived": True, "bot": False},
    ],
    "messages": {
        "inc-checkout-errors": [
            {
                "at": "-3h40m",
                "bot": {"name": "PagerDuty", "id": "B0PD"},
                "text": "",
                "attachments": [{"title": "Triggered: checkout 5xx above 5 %", "fallback": "checkout 5xx above 5 %"}],
            },
            {"at": "-3h33m", "user": "maria", "text": "looking. declaring SEV-2, checkout is failing"},
            {"at": "-3h10m", "user": "maria", "text": "could be the payment provider, their status page is yellow"},
            {"at": "-2h55m", "user": "tom", "text": "provider says all fine on their side, dropping that"},
            {
                "at": "-2h30m",
                "user": "tom",
                "text": "found it: release 4312 uses all database connections, the graph confirms it",
                "replies": [{"at": "+2m", "user": "maria", "text": "rolling back 4312"}],
            },
            {"at": "-2h10m", "user": "maria", "text": "rolled back 4312, errors are dropping, back to normal"},
            {"at": "-1h40m", "user": "maria", "text": "resolved, all clear"},
            {
                "at": "-1h20m",
                "user": "asha",
                "text": "payments dashboard: 1,240 failed payments. first complaints came at 12:30 UTC",
            },
        ],
    },
}


@dataclass
class Scene:
    """Everything that a dialogue needs; `settle` waits until the bot has nothing left to do at this moment."""

    slack: LocalSlack
    bot: Bot
    database: Database
    clock: SandboxClock
    settings: Settings
    #: The thread that the test follows.
    thread_ts: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    #: Whether Slack has greeted the bot, as it does on every new connection.
    greeted: threading.Event = field(default_factory=threading.Event)

    def person(self, user: str = "U0MARIA") -> Person:
        return Person(self.slack.url, user)

    def listening(self) -> None:
        """Waits until the bot knows that it is connected: from then on it hears everything."""
        assert self.greeted.wait(10), "Slack has not greeted the bot"
        self.settle()

    # time --------------------------------------------------------------------------------------------------------

    def settle(self, timeout: float = 20.0) -> None:
        """Waits until every delivery is heard, every worker idle and nothing due."""
        end = time.monotonic() + timeout
        calm = 0
        while time.monotonic() < end:
            if self._busy():
                calm = 0
            elif owed(self.database.engine, self.clock.moment()):
                calm = 0
                # What is due and nobody was woken for, such as after a start, is the sweep's.
                self.bot.facilitator.sweep()
            else:
                calm += 1
                if calm >= 3:
                    return
            time.sleep(0.004)
        raise AssertionError("the bot does not come to rest")

    def _busy(self) -> bool:
        now = self.clock.now()
        deliveries = self.slack.workspace.data["deliveries"]
        on_the_way = any(d["state"] == "sent" or (d["state"] == "waiting" and d["due"] <= now) for d in deliveries)
        return on_the_way or not self.bot.workers.settled(0)

    def later(self, seconds: float) -> None:
        """Turns the clock on, and lets the bot do what is due then."""
        self.clock.advance(seconds)
        self.bot.facilitator.sweep()
        self.bot.hearing.sweep()
        self.settle()

    # what people do ----------------------------------------------------------------------------------------------

    def start(self, user: str = "U0MARIA", channel: str = CHANNEL, text: str = "/postmortem start") -> None:
        self.person(user).slash(channel, text)
        self.settle()
        opening = [
            m for m in self.person(user).sees(channel) if m.get("user") == self.bot_user and not m.get("ephemeral")
        ]
        if opening:
            self.thread_ts = opening[-1]["ts"]

    def say(self, text: str, user: str = "U0MARIA") -> str:
        ts = self.person(user).say(CHANNEL, text, self.thread_ts)
        self.settle()
        return ts

    def press(
        self, action: str, user: str = "U0MARIA", message: Mapping[str, Any] | None = None, value: Any = None
    ) -> None:
        """Presses a button of a message, by default of the newest one that has it."""
        found = message or self.with_button(action)
        self.person(user).click(CHANNEL, str(found["ts"]), action, value)
        self.settle()

    # what people see ---------------------------------------------------------------------------------------------

    @property
    def bot_user(self) -> str:
        return self.bot.room.identity.user

    def thread(self, user: str = "U0MARIA") -> list[dict[str, Any]]:
        return self.person(user).thread(CHANNEL, self.thread_ts)

    def from_bot(self) -> list[dict[str, Any]]:
        return [m for m in self.thread() if m.get("user") == self.bot_user and not m.get("ephemeral")]

    def with_button(self, action: str) -> dict[str, Any]:
        for message in reversed(self.thread()):
            if action in json.dumps(message.get("blocks", [])) and f'"action_id": "{action}"' in json.dumps(
                message.get("blocks", [])
            ):
                return dict(message)
        raise AssertionError(f"no message has a button {action}; the thread reads:\n{self.transcript()}")

    def whispers(self, user: str = "U0MARIA", channel: str = CHANNEL) -> list[str]:
        """What only this person sees, in the channel and in the thread."""
        told = [m for m in self.person(user).sees(channel) if m.get("ephemeral")]
        if self.thread_ts and channel == CHANNEL:
            told += [m for m in self.thread(user) if m.get("ephemeral")]
        return [said(m) for m in sorted({m["ts"]: m for m in told}.values(), key=lambda m: m["ts"])]

    def transcript(self) -> str:
        """The thread as somebody would read it: who, what, and the buttons."""
        return "\n".join(f"{self._name(m)}: {said(m)}" for m in self.thread())

    def _name(self, message: Mapping[str, Any]) -> str:
        if message.get("user") == self.bot_user:
            return "bot"
        return str(message.get("user", "")).removeprefix("U0").lower()


def said(message: Mapping[str, Any]) -> str:
    """A message as text: its blocks' words in order, buttons in brackets."""
    if not message.get("blocks") or not message.get("bot_id"):
        return str(message.get("text", ""))
    return "\n".join(line for block in message["blocks"] for line in _block(block) if line)


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    match block.get("type"):
        case "section":
            if block.get("text"):
                yield str(block["text"]["text"])
            for cell in block.get("fields", ()):
                yield str(cell["text"])
            if block.get("accessory"):
                yield f"[{_element(block['accessory'])}]"
        case "header":
            yield str(block["text"]["text"])
        case "context":
            yield "  ▸ " + " ".join(str(e.get("text", "")) for e in block["elements"])
        case "actions":
            yield " ".join(f"[{_element(e)}]" for e in block["elements"])
        case "markdown":
            yield str(block["text"])
        case "table":
            for row in block["rows"]:
                yield " | ".join(str(c.get("text", "")) for c in row)


def _element(element: Mapping[str, Any]) -> str:
    if element.get("type") == "overflow":
        return "…"
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", element.get("type")))


@contextmanager
def scene(
    database: Database,
    *,
    seed: Mapping[str, Any] | None = None,
    limits: bool = False,
    slack: LocalSlack | None = None,
    mind: Callable[[Database, Clock], Mind] | None = None,
    **settings: Any,
) -> Iterator[Scene]:
    """Starts a local Slack and a bot on the given database, perhaps with a second mind; stops both."""
    clock = slack.workspace.clock if slack is not None else SandboxClock(frozen_at=NOW.timestamp())
    local = slack
    if local is None:
        workspace = seed_workspace(dict(seed or SMALL), clock=clock).workspace
        local = LocalSlack(workspace, json.loads(MANIFEST.read_text(encoding="utf-8")), limits=limits, page=False)
        local.start()
    chosen = Settings(
        slack_bot_token=SecretStr(local.bot_token),
        slack_app_token=SecretStr(local.app_token),
        slack_api_url=local.api_url,
        **{"quiet_seconds": 120, **settings},
    )
    hand = HandClock(clock)
    bot = assemble(chosen, hand, database, mind=mind(database, hand) if mind is not None else None)
    bot.facilitator.listening_anew()
    played = Scene(local, bot, database, clock, chosen)

    def hello(_client: object, message: Mapping[str, Any], _raw: str | None) -> None:
        if message.get("type") == "hello":
            played.greeted.set()

    # Behind the bot's own, which has heard of it by then.
    bot.handler.client.message_listeners.append(hello)
    bot.handler.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
    try:
        played.settle()
        yield played
    finally:
        # A cut line ends the client's read at once; closing alone waits for its time-out of three seconds.
        bot.handler.client.auto_reconnect_enabled = False
        call(local.url, "POST", "socket", {"do": "drop"})
        bot.handler.client.closed = True
        bot.handler.client.message_queue.put(None)  # wakes the reader of the queue, which waits for a second
        bot.handler.close()  # type: ignore[no-untyped-call]
        bot.workers.close(5)
        bot.room.close()
        if slack is None:
            local.stop()


@dataclass(frozen=True)
class HandClock:
    """The local Slack's clock, for the bot."""

    clock: SandboxClock

    def now(self) -> datetime:
        return self.clock.moment()
