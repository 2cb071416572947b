"""What was asked of a model, and what did it cost? A row before each call, settled after it; nobody's words.

Before a call is begun its estimate is reserved: calls under way count with what they may cost, so that many at once
cannot overrun a budget. A call whose process died is found when its lease is over: it counts as paid in full, since
nobody can tell, and the same thought may be tried once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.counters import following
from storage.dialect import clock
from storage.scope import tenant, within
from storage.tables import calls

#: What became of a call whose process died.
LOST = "lost"
#: How often a thought may be lost before it is given up.
TRIES = 2
_COUNTER = "calls"


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is to be made: what for (its key names the thought), with which prompt and model, and its estimate.

    Costs are in microdollars; `day` is the workspace's own.
    """

    postmortem_id: int
    key: str
    purpose: str
    prompt: str
    prompt_version: int
    fingerprint: str
    model: str
    day: date
    estimate_tokens: int
    estimate_cost: int


@dataclass(frozen=True, slots=True)
class Caps:
    """What may be spent, in tokens and microdollars, on one postmortem and on one day."""

    postmortem_tokens: int
    postmortem_cost: int
    day_tokens: int
    day_cost: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A call that may be made now, as it is written down."""

    id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a call may not be made: budget_postmortem, budget_day, under_way or lost."""

    reason: str


@dataclass(frozen=True, slots=True)
class Settled:
    """How a call ended. `perhaps_paid`: an attempt of it may have been billed without an answer that says so."""

    outcome: str
    fresh: int = 0
    written: int = 0
    reread: int = 0
    out: int = 0
    cost: int = 0
    latency_ms: int = 0
    request_id: str = ""
    perhaps_paid: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger; `settled_at` is None while the call is under way."""

    id: int
    postmortem_id: int
    key: str
    purpose: str
    prompt: str
    prompt_version: int
    fingerprint: str
    model: str
    day: date
    estimate_tokens: int
    estimate_cost: int
    begun_at: datetime
    attempts: int
    settled_at: datetime | None
    outcome: str
    fresh: int
    written: int
    reread: int
    out: int
    cost: int
    latency_ms: int
    request_id: str
    perhaps_paid: bool


_tokens = sa.case(
    (calls.c.settled_at.is_(None), calls.c.estimate_tokens),
    else_=calls.c.fresh + calls.c.written + calls.c.reread + calls.c.out,
)
_cost = sa.case((calls.c.settled_at.is_(None), calls.c.estimate_cost), else_=calls.c.cost)


class Calls:
    """The ledger in a unit of work. Leases are in seconds by the database's clock."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, workspace: Workspace, call: Call, caps: Caps, lease_seconds: float) -> Begun | Refused:
        """Write a call down before it is made, or say why it may not be made."""
        now = self._alone(workspace)
        mine = (within(calls, workspace), calls.c.postmortem_id == call.postmortem_id, calls.c.key == call.key)
        under_way = sa.select(sa.func.count()).where(*mine, calls.c.settled_at.is_(None))
        if self._connection.execute(under_way).scalar_one():
            return Refused("under_way")
        lost = sa.select(sa.func.count()).where(*mine, calls.c.outcome == LOST)
        if self._connection.execute(lost).scalar_one() >= TRIES:
            return Refused(LOST)
        refused = self._over(workspace, call, caps, call.estimate_tokens, call.estimate_cost)
        if refused is not None:
            return refused
        values = {name: getattr(call, name) for name in Call.__dataclass_fields__}
        fresh = sa.insert(calls).values(
            **tenant(workspace), **values, begun_at=now, lease_until=now + timedelta(seconds=lease_seconds), attempts=1,
            outcome="", fresh=0, written=0, reread=0, out=0, cost=0, latency_ms=0, request_id="", perhaps_paid=False,
        )  # fmt: skip
        return Begun(int(self._connection.execute(fresh.returning(calls.c.id)).scalar_one()))

    def again(self, workspace: Workspace, id: int, call: Call, caps: Caps, lease_seconds: float) -> Refused | None:
        """Reserve another attempt of a call of which one may be paid already; None when it may be made."""
        now = self._alone(workspace)
        if (refused := self._over(workspace, call, caps, call.estimate_tokens, call.estimate_cost)) is not None:
            return refused
        more = sa.update(calls).where(within(calls, workspace), calls.c.id == id, calls.c.settled_at.is_(None))
        done = self._connection.execute(
            more.values(
                attempts=calls.c.attempts + 1,
                estimate_tokens=calls.c.estimate_tokens + call.estimate_tokens,
                estimate_cost=calls.c.estimate_cost + call.estimate_cost,
                lease_until=now + timedelta(seconds=lease_seconds),
            )
        )
        return None if done.rowcount else Refused(LOST)

    def settle(self, workspace: Workspace, id: int, settled: Settled) -> None:
        """Say how a call ended; also of one that was thought to be lost, since its own process knows better."""
        one = sa.update(calls).where(within(calls, workspace), calls.c.id == id)
        ours = one.where(sa.or_(calls.c.settled_at.is_(None), calls.c.outcome == LOST))
        values = {name: getattr(settled, name) for name in Settled.__dataclass_fields__}
        self._connection.execute(ours.values(**values, settled_at=clock(self._connection)))

    def of(self, postmortem_id: int) -> tuple[Entry, ...]:
        """Every call for a postmortem, the oldest first."""
        wanted = sa.select(*(calls.c[name] for name in Entry.__dataclass_fields__))
        rows = self._connection.execute(wanted.where(calls.c.postmortem_id == postmortem_id).order_by(calls.c.id))
        return tuple(Entry(**row._mapping) for row in rows)

    def spent(self, postmortem_id: int) -> tuple[int, int]:
        """Tokens and microdollars for a postmortem; what is under way counts with its estimate."""
        return self._sum(calls.c.postmortem_id == postmortem_id)

    def spent_on(self, workspace: Workspace, day: date) -> tuple[int, int]:
        """The same for a workspace's day."""
        return self._sum(within(calls, workspace), calls.c.day == day)

    def _alone(self, workspace: Workspace) -> datetime:
        """Waits until nobody else of the workspace begins a call, and takes note of those that died."""
        following(self._connection, workspace, _COUNTER)
        now = clock(self._connection)
        died = sa.update(calls).where(
            within(calls, workspace), calls.c.settled_at.is_(None), calls.c.lease_until <= now
        )
        # All that was reserved counts as paid; it is told as tokens that were read, since which ones is not known.
        self._connection.execute(
            died.values(
                settled_at=now,
                outcome=LOST,
                perhaps_paid=True,
                cost=calls.c.estimate_cost,
                fresh=calls.c.estimate_tokens,
            )
        )
        return now

    def _over(self, workspace: Workspace, call: Call, caps: Caps, tokens: int, cost: int) -> Refused | None:
        of_all = self.spent(call.postmortem_id)
        if of_all[0] + tokens > caps.postmortem_tokens or of_all[1] + cost > caps.postmortem_cost:
            return Refused("budget_postmortem")
        today = self.spent_on(workspace, call.day)
        if today[0] + tokens > caps.day_tokens or today[1] + cost > caps.day_cost:
            return Refused("budget_day")
        return None

    def _sum(self, *which: sa.ColumnElement[bool]) -> tuple[int, int]:
        total = sa.select(sa.func.coalesce(sa.func.sum(_tokens), 0), sa.func.coalesce(sa.func.sum(_cost), 0))
        tokens, cost = self._connection.execute(total.where(*which)).one()
        return int(tokens), int(cost)
