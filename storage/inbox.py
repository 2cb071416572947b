"""What came from Slack and is not heard yet: written down before it is acknowledged, each key once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import insert_for
from storage.prepared import Prepared
from storage.scope import tenant, within
from storage.tables import inbox

#: After so many failures a delivery is not tried again; it is kept, with the reason, for a person.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery as it came; `attempts` counts the times that hearing it has failed."""

    key: str
    workspace: Workspace
    kind: str
    payload: Mapping[str, Any]
    received_at: datetime
    attempts: int


class Inbox:
    """The deliveries of a unit of work. Without a workspace a key is looked for in all of them."""

    def __init__(self, connection: sa.Connection, *, writing: bool) -> None:
        self._connection = connection
        self._writing = writing

    def put(self, key: str, workspace: Workspace, kind: str, payload: Mapping[str, Any] | None, at: datetime) -> bool:
        """Write a delivery down; False when it is there already. Without a payload it is heard in this very unit."""
        row = {
            **tenant(workspace),
            "key": key,
            "kind": kind,
            "payload": "" if payload is None else json.dumps(payload),
            "received_at": at,
            "heard_at": at if payload is None else None,
            "attempts": 0,
            "why": "",
            "dead": False,
        }
        return _once(self._connection.dialect.name).one(self._connection, row) is not None

    def take(self, key: str, workspace: Workspace | None = None) -> Delivery | None:
        """The delivery, or None when it was heard already or given up.

        While writing, others who take it wait until this unit ends, and then see whether it was heard.
        """
        wanted = sa.select(inbox).where(self._keyed(key, workspace), _waiting()).order_by(inbox.c.id).limit(1)
        if self._writing:
            wanted = wanted.with_for_update()
        row = self._connection.execute(wanted).mappings().one_or_none()
        return None if row is None else _delivery(row)

    def heard(self, key: str, at: datetime, workspace: Workspace | None = None) -> None:
        """Mark a delivery as heard; of what came only the key stays. Who hears it first is the one who is noted."""
        if workspace is None:
            _HEARD_PREPARED.change(self._connection, {"asked": key, "at": at})
            return
        self._connection.execute(_HEARD.where(within(inbox, workspace)), {"asked": key, "at": at})

    def unheard(self, before: datetime, limit: int = 100) -> tuple[Delivery, ...]:
        """What was received before that moment and still waits, in the order in which it was received."""
        wanted = (
            sa.select(inbox)
            .where(_waiting(), inbox.c.received_at < before)
            .order_by(inbox.c.received_at, inbox.c.id)
            .limit(limit)
        )
        return tuple(_delivery(row) for row in self._connection.execute(wanted).mappings())

    def failed(self, key: str, why: str, at: datetime, workspace: Workspace | None = None) -> bool:
        """Count a failure and keep the reason; True when it was the last try."""
        counted = (
            sa.update(inbox)
            .where(self._keyed(key, workspace), inbox.c.heard_at.is_(None))
            .values(attempts=inbox.c.attempts + 1, why=why, failed_at=at, dead=inbox.c.attempts + 1 >= ATTEMPTS)
            .returning(inbox.c.dead)
        )
        return any(self._connection.execute(counted).scalars())

    def dead(self) -> tuple[tuple[Delivery, str], ...]:
        """What was given up, with the last reason; the oldest first."""
        rows = self._connection.execute(sa.select(inbox).where(inbox.c.dead).order_by(inbox.c.id)).mappings()
        return tuple((_delivery(row), row["why"]) for row in rows)

    def purge(self, before: datetime) -> None:
        """Forget the keys that were heard before that moment, and the contents of what was given up before it."""
        self._connection.execute(sa.delete(inbox).where(inbox.c.heard_at < before))
        self._connection.execute(sa.update(inbox).where(inbox.c.dead, inbox.c.failed_at < before).values(payload=""))

    @staticmethod
    def _keyed(key: str, workspace: Workspace | None) -> sa.ColumnElement[bool]:
        return inbox.c.key == key if workspace is None else sa.and_(within(inbox, workspace), inbox.c.key == key)


_HEARD = (
    sa.update(inbox)
    .where(inbox.c.key == sa.bindparam("asked"), inbox.c.heard_at.is_(None))
    .values(payload="", heard_at=sa.bindparam("at"), dead=False)
)
_HEARD_PREPARED = Prepared(_HEARD)


@cache
def _once(dialect: str) -> Prepared:
    fresh = insert_for(dialect, inbox)
    key = [inbox.c.enterprise, inbox.c.team, inbox.c.key]
    written = tuple(column.name for column in inbox.c if column.name not in ("id", "failed_at"))
    return Prepared(fresh.on_conflict_do_nothing(index_elements=key).returning(inbox.c.id), written)


def _waiting() -> sa.ColumnElement[bool]:
    return sa.and_(inbox.c.heard_at.is_(None), sa.not_(inbox.c.dead))


def _delivery(row: Mapping[Any, Any]) -> Delivery:
    payload = json.loads(row["payload"]) if row["payload"] else {}
    workspace = Workspace(row["team"], row["enterprise"])
    return Delivery(row["key"], workspace, row["kind"], payload, row["received_at"], row["attempts"])
