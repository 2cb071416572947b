"""How does a test lead a conversation? What people do in a scene, a step larger than clicks, and what they read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.interview.state import Interview
from storage.database import Database
from storage.tables import metadata
from tests.fakes.scene import CHANNEL, SMALL, Scene, said, scene

MARIA, TOM, ASHA, GUEST, OUTSIDER = "U0MARIA", "U0TOM", "U0ASHA", "U0GUEST", "U0OUT"
#: Seconds in which the bot may make another edit, and which start no timer.
SOON = 5
_TIME = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_LINK = re.compile(r"<http[^|>]*\|([^>]*)>")


def plainly(text: str) -> str:
    """The text as Slack shows it in UTC: no addresses, no escapes."""
    shown = _LINK.sub(r"\1", _TIME.sub(r"\1", text))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@dataclass
class Talk:
    """A conversation in one thread; it begins with `start`."""

    s: Scene

    # what people do ----------------------------------------------------------------------------------------------

    def start(self, text: str = "/postmortem start", user: str = MARIA) -> None:
        self.s.start(user, text=text)

    def slash(self, words: str, user: str = MARIA, channel: str = CHANNEL) -> str:
        """Types /postmortem with these words; what that person is told, and nobody else."""
        return self._told(user, channel, lambda: self.s.person(user).slash(channel, f"/postmortem {words}".strip()))

    def mention(self, words: str, user: str = MARIA) -> str:
        """Says @postmortem with these words in the thread; what that person is told."""
        return self._told(
            user,
            CHANNEL,
            lambda: self.s.person(user).say(CHANNEL, f"<@{self.s.bot_user}> {words}", self.s.thread_ts, raw=True),
        )

    def press(self, action: str, user: str = MARIA, message: Mapping[str, Any] | None = None) -> str:
        """Presses a button of the newest message that has it; what that person is told."""
        return self._told(user, CHANNEL, lambda: self.s.press(action, user, message))

    def _told(self, user: str, channel: str, act: Callable[[], object]) -> str:
        before = self.ephemerals(user, channel)
        act()
        self.s.settle()
        return "\n".join(text for key, text in self.ephemerals(user, channel).items() if key not in before)

    def ephemerals(self, user: str = MARIA, channel: str = CHANNEL) -> dict[str, str]:
        """What only this person sees, by ts."""
        told = [m for m in self.s.person(user).sees(channel) if m.get("ephemeral")]
        if self.s.thread_ts and channel == CHANNEL:
            told += [m for m in self.s.thread(user) if m.get("ephemeral")]
        return {str(m["ts"]): plainly(said(m)) for m in told}

    def shortcut(self, ts: str, user: str = MARIA, channel: str = CHANNEL) -> str:
        """Chooses *Add to timeline* from a message's menu; what that person is told."""
        return self._told(user, channel, lambda: self.s.person(user).shortcut("add_to_timeline", channel, ts))

    def react(self, ts: str, user: str = MARIA, *, name: str = "pushpin", remove: bool = False) -> str:
        """Gives a message of the channel a reaction, or takes it back; what that person is told."""
        return self._told(user, CHANNEL, lambda: self.s.person(user).react(CHANNEL, ts, name, remove=remove))

    def choose(self, option: str, user: str = MARIA, message: Mapping[str, Any] | None = None) -> str:
        """Chooses from the overflow menu of the open question, by the option's name such as "back"."""
        asked = message or self.question()
        values = [o["value"] for e in elements(asked) if e["type"] == "overflow" for o in e["options"]]
        value = next(v for v in values if v.startswith(f"{option}|"))

        def click() -> None:
            self.s.person(user).click(CHANNEL, str(asked["ts"]), "more", value)

        return self._told(user, CHANNEL, click)

    def go_on(self, user: str = MARIA) -> None:
        """Presses what leads to the next question: Next, or That's it under a confirmation."""
        asked = self.question()
        names = {e["action_id"] for e in elements(asked)}
        self.s.press("confirm" if "confirm" in names else "next", user, asked)

    def answer(self, *texts: str, user: str = MARIA) -> str:
        """Says something and goes on to the next question, some seconds later; the ts of what was said last."""
        ts = ""
        for text in texts:
            ts = self.s.say(text, user)
        self.go_on(user)
        self.s.later(SOON)
        return ts

    def until(self, question: str) -> None:
        """Skips questions until this one is open."""
        for _ in range(30):
            current = self.row().current
            if current is None or current.question == question:
                break
            self.press("skip", message=self.question())
        current = self.row().current
        assert current is not None, f"the interview ended before {question}"
        assert current.question == question

    def to_review(self) -> None:
        """Skips what is left."""
        while self.row().current is not None:
            self.press("skip", message=self.question())

    def write(self) -> None:
        self.s.press("write_it")

    def edit(self, ts: str, text: str, user: str = MARIA) -> None:
        self.s.person(user).edit(CHANNEL, ts, text)
        self.s.settle()

    def delete(self, ts: str, user: str = MARIA) -> None:
        self.s.person(user).delete(CHANNEL, ts)
        self.s.settle()

    def modal(self, user: str = MARIA) -> dict[str, Any]:
        """The modal that is open."""
        view = self.s.person(user).view()
        assert view is not None, "no modal is open"
        return dict(view)

    def submit(self, user: str = MARIA, **values: Any) -> dict[str, Any]:
        """Fills in the inputs of the open modal by block id (with __ for a dot), and sends it."""
        filled = {block.replace("__", "."): {"value": value} for block, value in values.items()}
        answer = self.s.person(user).submit(self.modal(user)["id"], filled)
        self.s.settle()
        return dict(answer)

    # what people see ---------------------------------------------------------------------------------------------

    def question(self) -> dict[str, Any]:
        """The message of the open question."""
        for message in reversed(self.s.from_bot()):
            if any(e.get("action_id") == "more" for e in elements(message)):
                return dict(message)
        raise AssertionError(f"no question is open; the thread reads:\n{self.s.transcript()}")

    def asked(self) -> str:
        """How the open question reads."""
        return plainly(said(self.question()))

    def read(self, since: int = 0) -> str:
        """The thread from its message number `since` on, as somebody in UTC reads it."""
        lines = [f"{self._who(m)}: {plainly(said(m))}" for m in self.s.thread() if not m.get("ephemeral")]
        return "\n".join(lines[since:])

    def _who(self, message: Mapping[str, Any]) -> str:
        if message.get("user") == self.s.bot_user:
            return "bot"
        return str(message.get("user", "")).removeprefix("U0").lower()

    def length(self) -> int:
        return len([m for m in self.s.thread() if not m.get("ephemeral")])

    def message(self, beginning: str) -> str:
        """The newest message of the bot's in the thread that holds these words."""
        for message in reversed(self.s.from_bot()):
            if beginning in plainly(said(message)):
                return plainly(said(message))
        raise AssertionError(f"nothing says {beginning!r}; the thread reads:\n{self.s.transcript()}")

    def messages(self, beginning: str) -> list[str]:
        return [t for m in self.s.from_bot() if beginning in (t := plainly(said(m)))]

    def direct_channel(self, user: str) -> str:
        return str(self.s.slack.workspace.im_with(user)["id"])

    def direct(self, user: str = MARIA) -> list[dict[str, Any]]:
        """The person's direct messages with the bot."""
        return self.s.person(user).sees(self.direct_channel(user))

    def told_directly(self, user: str = MARIA) -> list[str]:
        return [plainly(said(m)) for m in self.direct(user)]

    def document(self, user: str = MARIA) -> str:
        """The canvas as Markdown."""
        return str(self.s.person(user).canvases()[0]["markdown"])

    def row(self) -> Interview:
        with self.s.database.reading() as unit:
            return unit.postmortems.load(1)[0]

    def everything_of_the_bot(self) -> list[dict[str, Any]]:
        """Every message that the bot has in any channel, and what it whispered."""
        found: list[dict[str, Any]] = []
        own = self.s.slack.workspace.bot["bot_id"]
        for channel in self.s.slack.workspace.channels.values():
            found += [m for m in channel["messages"].values() if m.get("bot_id") == own]
            found += [one["message"] for one in channel["ephemerals"]]
        return found


def elements(message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Buttons, menus and pickers of a message or a view."""
    for block in message.get("blocks", ()):
        yield from block.get("elements", ()) if block["type"] == "actions" else ()
        if block.get("accessory"):
            yield block["accessory"]


def buttons(message: Mapping[str, Any]) -> list[str]:
    return [str(e["action_id"]) for e in elements(message)]


def stored(database: Database) -> list[tuple[str, str, str]]:
    """Every value of every table as text: (table, column, value)."""
    with database.reading() as unit:
        connection: sa.Connection = unit.connection
        return [
            (table.name, column, str(value))
            for table in metadata.sorted_tables
            for row in connection.execute(sa.select(table)).mappings()
            for column, value in row.items()
        ]


def where_stored(database: Database, words: str) -> set[str]:
    """The columns that hold these words, as table.column."""
    as_json = json.dumps(words)[1:-1]
    return {f"{t}.{c}" for t, c, value in stored(database) if words in value or as_json in value}


def where_sent(talk: Talk, words: str) -> list[str]:
    """The bot's messages and canvases that hold these words."""
    held = [json.dumps(m, ensure_ascii=False) for m in talk.everything_of_the_bot()]
    held += [json.dumps(c, ensure_ascii=False) for c in talk.s.slack.workspace.data["canvases"].values()]
    return [h for h in held if words in h]


@contextmanager
def conversation(
    database: Database, seed: Mapping[str, Any] | None = None, *, start: bool = True, **settings: Any
) -> Iterator[Talk]:
    """A scene whose thread is open and whose first question stands, unless `start` is False."""
    with scene(database, seed=seed, **settings) as played:
        talk = Talk(played)
        if start:
            talk.start()
        yield talk


def channel_with(*messages: Mapping[str, Any], people: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The small incident's workspace with other messages in its channel, and more people."""
    return {
        **SMALL,
        "users": [*SMALL["users"], *people],
        "messages": {"inc-checkout-errors": list(messages)},
    }
