"""On what is a life played that may end at any moment? A local Slack and a database that can both be put back."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from pydantic import SecretStr

from bot.places import MANIFEST
from bot.sandbox.clock import SandboxClock
from bot.sandbox.people import Person, PersonRefused
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack
from bot.settings import Settings
from storage.tables import calls, claims, inbox, metadata, nudges, thought_claims
from tests.fakes.databases import owed
from tests.fakes.scene import CHANNEL, NOW, SMALL

#: Long enough for the next redelivery, the patience after a failure and every throttled edit; for no timer.
SHORT_WHILE = 61.0
#: Long enough for the actions to be shown back after the last word, and for no throttled edit.
A_MOMENT = 3.0
#: Seconds of quiet after which the bot moves on: more than a person waits for a bot that was started again.
QUIET = 1500
#: A channel that is recorded as people write in it, beside that of the postmortem.
RECORDED = "inc-search"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class TurnedClock(SandboxClock):
    """A clock that stands still, and that a test may also turn back, together with everything else."""

    def turn_to(self, epoch: float) -> None:
        with self._lock:
            self._frozen = epoch


class Life(Protocol):
    """One life of the bot, from its start to its death; the next one knows nothing of it."""

    @property
    def dead(self) -> bool: ...

    def rest(self) -> None:
        """Returns when nothing is left to do at this moment, or when it is dead."""

    def look(self) -> None:
        """What the clock would call: the sweeps and the reminders."""

    def end(self) -> None:
        """It is thrown away."""


@dataclass(frozen=True)
class Moment:
    """Everything that outlives the bot: the local Slack, the rows, the time, and what people remember."""

    slack: bytes
    rows: dict[str, list[dict[str, Any]]]
    epoch: float
    known: dict[str, str]


@dataclass
class Stage:
    """One local Slack, one database; lives come and go."""

    slack: LocalSlack
    clock: TurnedClock
    url: str
    engine: sa.Engine
    #: What people remember of the scene: the stamps of messages, by name.
    known: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return Settings(
            slack_bot_token=SecretStr(self.slack.bot_token),
            slack_app_token=SecretStr(self.slack.app_token),
            slack_api_url=self.slack.api_url,
            database_url=SecretStr(self.url),
            quiet_seconds=QUIET,
            record_channels=(RECORDED,),
        )

    # people ------------------------------------------------------------------------------------------------------

    def person(self, user: str = "U0MARIA") -> Person:
        return Person(self.slack.url, user)

    @property
    def root(self) -> str:
        """The thread: the newest message of the bot in the channel."""
        bot = self.slack.workspace.bot["user_id"]
        mine = [m for m in self.person().sees(CHANNEL) if m.get("user") == bot and not m.get("ephemeral")]
        return str(mine[-1]["ts"])

    def say(self, text: str, user: str = "U0MARIA", name: str = "") -> None:
        self.known[name or "last"] = self.person(user).say(CHANNEL, text, self.root)

    def press(self, action: str, value: Any = None, user: str = "U0MARIA") -> None:
        """Presses the button of the newest message of the thread that has it."""
        for message in reversed(self.person(user).thread(CHANNEL, self.root)):
            if f'"action_id": "{action}"' in json.dumps(message.get("blocks", [])):
                self.person(user).click(CHANNEL, message["ts"], action, value)
                return
        raise AssertionError(f"no message has a button {action}")

    def has_button(self, action: str) -> bool:
        thread = self.person().thread(CHANNEL, self.root)
        return any(f'"action_id": "{action}"' in json.dumps(m.get("blocks", [])) for m in thread)

    def more(self, choice: str) -> None:
        """Chooses from the newest question's menu."""
        for message in reversed(self.person().thread(CHANNEL, self.root)):
            for block in message.get("blocks", []):
                for element in block.get("elements", []):
                    for option in element.get("options", []) if element.get("type") == "overflow" else []:
                        if option["value"].startswith(f"{choice}|"):
                            self.person().click(CHANNEL, message["ts"], element["action_id"], option["value"])
                            return
        raise AssertionError(f"no menu has {choice}")

    def submit(self, callback: str, values: dict[str, Any], user: str = "U0MARIA") -> None:
        view = self.person(user).view()
        assert view is not None, "the modal is not open"
        assert view["callback_id"] == callback
        self.person(user).submit(view["id"], values)

    def inputs(self, user: str = "U0MARIA") -> list[str]:
        """The ids of the inputs of the modal that is open."""
        view = self.person(user).view() or {"blocks": []}
        return [b["block_id"] for b in view["blocks"] if b["type"] == "input"]

    # rest and recovery -------------------------------------------------------------------------------------------

    def deliveries(self) -> tuple[bool, float | None]:
        """Whether something is on its way, and when the next attempt of something that failed is due."""
        now, soonest = self.clock.now(), None
        with self.slack.workspace.lock:
            for each in self.slack.workspace.data["deliveries"]:
                if each["state"] == "sent" or (each["state"] == "waiting" and each["due"] <= now):
                    return True, None
                if each["state"] == "waiting":
                    soonest = min(soonest or each["due"], each["due"])
        return False, soonest

    def waits(self) -> bool:
        """Whether rows say that something is to be done at this moment."""
        return owed(self.engine, self.clock.moment())

    def unheard(self) -> int:
        with self.engine.connect() as connection:
            waiting = sa.select(sa.func.count()).where(inbox.c.heard_at.is_(None), inbox.c.dead.is_(False))
            return int(connection.execute(waiting).scalar_one())

    def heard_of(self) -> int:
        """How many deliveries were kept so far."""
        with self.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(inbox)).scalar_one())

    def due(self) -> bool:
        table = metadata.tables["postmortems"]
        with self.engine.connect() as connection:
            found = sa.select(table.c.id).where(table.c.due_at <= self.clock.moment()).limit(1)
            return connection.execute(found).one_or_none() is not None

    def leases_run_out(self) -> None:
        """A minute of the database's own clock passes: what a dead process held is free again."""
        with self.engine.begin() as connection:
            held = claims.c.lease_until.is_not(None)
            connection.execute(sa.update(claims).where(held).values(lease_until=LONG_AGO))
            connection.execute(sa.update(thought_claims).values(lease_until=LONG_AGO))
            connection.execute(sa.update(calls).where(calls.c.settled_at.is_(None)).values(lease_until=LONG_AGO))
            connection.execute(sa.update(nudges).where(nudges.c.sent_at.is_(None)).values(lease_until=LONG_AGO))

    def recover(self, life: Life) -> None:
        """The life that follows a death: time passes until everything that waited for it has had its turn."""
        self.leases_run_out()
        self.clock.advance(SHORT_WHILE)
        life.look()
        life.rest()
        while not life.dead:
            _, later = self.deliveries()
            if later is None:
                break
            self.clock.advance(later - self.clock.now())
            life.look()
            life.rest()
        # Words that came late are shown back a moment after that.
        self.clock.advance(A_MOMENT)
        life.look()
        life.rest()

    def try_as_a_person(self, act: Any) -> bool:
        """Does it; False when the person read that it failed."""
        try:
            act(self)
        except PersonRefused:
            return False
        return True

    # putting back ------------------------------------------------------------------------------------------------

    def moment(self) -> Moment:
        with self.engine.connect() as connection:
            rows = {
                t.name: [dict(r) for r in connection.execute(sa.select(t).order_by(t.c.id)).mappings()]
                for t in metadata.sorted_tables
            }
        return Moment(self.slack.workspace.snapshot(), rows, self.clock.now(), dict(self.known))

    def back_to(self, moment: Moment) -> None:
        """Rows of one database may be put into another one, also of the other kind."""
        while self.deliveries()[0]:
            time.sleep(0.001)
        self.clock.turn_to(moment.epoch)
        self.slack.workspace.restore(moment.slack)
        self.known = dict(moment.known)
        with self.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=on")
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.delete(table))
            for table in metadata.sorted_tables:
                if moment.rows[table.name]:
                    connection.execute(sa.insert(table), moment.rows[table.name])
                if connection.dialect.name == "postgresql":
                    top = max((r["id"] for r in moment.rows[table.name]), default=0)
                    connection.exec_driver_sql(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, %s)", (table.name, top or 1, bool(top))
                    )


#: The incident's channel, as the bot finds it: public, and the bot not yet in it.
SEED: dict[str, Any] = deepcopy(SMALL)
SEED["channels"][0]["bot"] = False


@contextmanager
def stage(url: str) -> Iterator[Stage]:
    """A stage on a migrated database without rows."""
    clock = TurnedClock(frozen_at=NOW.timestamp())
    workspace = seed_workspace(deepcopy(SEED), clock=clock).workspace
    slack = LocalSlack(workspace, json.loads(MANIFEST.read_text(encoding="utf-8")), page=False)
    slack.start()
    engine = sa.create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"),
        **({} if url.startswith("sqlite") else {"pool_pre_ping": True}),
    )
    if url.startswith("sqlite"):
        sa.event.listen(engine, "connect", _like_the_product)
        sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    try:
        yield Stage(slack, clock, url, engine)
    finally:
        slack.stop()
        engine.dispose()


def _like_the_product(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=5000")


def copied(template: Path, folder: Path) -> str:
    """A copy of an SQLite file, as an address."""
    shutil.copyfile(template, folder / "postmortem.db")
    return f"sqlite:///{folder / 'postmortem.db'}"
