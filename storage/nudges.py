"""Which weekly reminders went out: one row per owner and ISO week, so that nobody is reminded twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import clock, insert
from storage.scope import tenant, within
from storage.tables import nudges, runs

LEASE = 60
_RUN = "nudges"


@dataclass(frozen=True, slots=True)
class NudgeClaim:
    """The right to send one reminder. `again`: somebody had it since `since` and never said that it was sent."""

    owner: str
    week: str
    since: datetime
    again: bool


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reminder in the ledger; `sent_at` and `ts` are None while it is being sent."""

    owner: str
    week: str
    claimed_at: datetime
    sent_at: datetime | None
    ts: str | None


class Nudges:
    """The ledger in a unit of work; weeks are ISO weeks such as 2026-W48, leases in seconds."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def claim(
        self,
        workspace: Workspace,
        owner: str,
        week: str,
        worker: str,
        lease_seconds: int = LEASE,
        *,
        at: datetime | None = None,
    ) -> NudgeClaim | None:
        """The right to remind an owner in a week; None when that was done, or somebody is at it.

        `at` is the moment by the clock that Slack's messages are dated with; without it, the database's own.
        """
        now = clock(self._connection)
        until = now + timedelta(seconds=lease_seconds)
        fresh = insert(self._connection, nudges).values(
            **tenant(workspace), owner=owner, week=week, worker=worker, lease_until=until, claimed_at=at or now
        )
        key = [nudges.c.enterprise, nudges.c.team, nudges.c.owner, nudges.c.week]
        first = fresh.on_conflict_do_nothing(index_elements=key).returning(nudges.c.id)
        if self._connection.execute(first).one_or_none() is not None:
            return NudgeClaim(owner, week, at or now, again=False)
        retaken = (
            sa.update(nudges)
            .where(*self._one(workspace, owner, week), nudges.c.sent_at.is_(None), nudges.c.lease_until <= now)
            .values(worker=worker, lease_until=until)
            .returning(nudges.c.claimed_at)
        )
        since = self._connection.execute(retaken).scalar_one_or_none()
        return None if since is None else NudgeClaim(owner, week, since, again=True)

    def sent(self, workspace: Workspace, owner: str, week: str, ts: str | None, at: datetime) -> None:
        """Note that the reminder stands in Slack; the first note stays."""
        done = sa.update(nudges).where(*self._one(workspace, owner, week), nudges.c.sent_at.is_(None))
        self._connection.execute(done.values(sent_at=at, ts=ts))

    def of(self, workspace: Workspace, owner: str, week: str) -> Nudge | None:
        wanted = sa.select(*(nudges.c[name] for name in Nudge.__dataclass_fields__))
        row = self._connection.execute(wanted.where(*self._one(workspace, owner, week))).one_or_none()
        return None if row is None else Nudge(**row._mapping)

    def last(self) -> datetime | None:
        """When reminders were looked through last, for the whole installation."""
        return self._connection.execute(sa.select(runs.c.at).where(runs.c.name == _RUN)).scalar_one_or_none()

    def ran(self, at: datetime) -> None:
        fresh = insert(self._connection, runs).values(enterprise="", team="", name=_RUN, at=at)
        key = [runs.c.enterprise, runs.c.team, runs.c.name]
        self._connection.execute(fresh.on_conflict_do_update(index_elements=key, set_={"at": at}, where=runs.c.at < at))

    @staticmethod
    def _one(workspace: Workspace, owner: str, week: str) -> tuple[sa.ColumnElement[bool], ...]:
        return within(nudges, workspace), nudges.c.owner == owner, nudges.c.week == week
