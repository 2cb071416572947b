"""When a method of Slack's may be called again: one bucket per method and workspace, shared by all processes."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import insert_for
from storage.scope import of_tenant, tenant, within
from storage.tables import rate_budgets as budgets

_LOCKED = (
    sa.select(budgets.c.tokens, budgets.c.filled_at, budgets.c.blocked_until, budgets.c.promised)
    .where(of_tenant(budgets), budgets.c.method == sa.bindparam("asked"))
    .with_for_update()
)


@cache
def _fresh(dialect: str) -> sa.Executable:
    key = [budgets.c.enterprise, budgets.c.team, budgets.c.method]
    return insert_for(dialect, budgets).on_conflict_do_nothing(index_elements=key)


class Budgets:
    """The budgets of a unit of work; `now` is the caller's clock."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(
        self, workspace: Workspace, method: str, now: datetime, per_minute: int, burst: int | None = None
    ) -> datetime | None:
        """Take one call: None when it may be made now, else when to ask again.

        A bucket holds `burst` calls, by default those of a whole minute, since Slack counts by the minute; it fills
        at `per_minute`. Whoever finds it empty has taken nothing, and is told a moment of its own, so that those who
        wait come one after the other and not all for the same call.
        """
        most = float(burst if burst is not None else per_minute)
        each = timedelta(seconds=60 / per_minute)
        row = self._locked(workspace, method, now, most)
        if row.blocked_until is not None and now < row.blocked_until:
            return self._promise(workspace, method, row.promised, row.blocked_until, each)
        # A clock that is behind that of another process does not empty the bucket.
        passed = max((now - row.filled_at).total_seconds(), 0.0)
        tokens = min(most, row.tokens + passed * per_minute / 60)
        # A hair less than one is one: a caller that comes exactly when it was told to must not be sent away.
        if tokens < 1 - 1e-6:
            return self._promise(workspace, method, row.promised, now + (1 - tokens) * each, each)
        self._change(workspace, method, tokens=max(tokens - 1, 0.0), filled_at=max(now, row.filled_at))
        return None

    def _promise(
        self, workspace: Workspace, method: str, before: datetime | None, soonest: datetime, each: timedelta
    ) -> datetime:
        """The first moment from `soonest` on that nobody was told yet."""
        promised = soonest if before is None else max(soonest, before + each)
        self._change(workspace, method, promised=promised)
        return promised

    def penalise(self, workspace: Workspace, method: str, until: datetime) -> None:
        """Slack asked for patience: nothing goes before `until`, and then one call at a time."""
        row = self._locked(workspace, method, until, 0.0)
        later = until if row.blocked_until is None else max(until, row.blocked_until)
        self._change(workspace, method, tokens=1.0, filled_at=later, blocked_until=later)

    def _locked(self, workspace: Workspace, method: str, at: datetime, tokens: float) -> Any:
        row = {**tenant(workspace), "method": method, "tokens": tokens, "filled_at": at}
        self._connection.execute(_fresh(self._connection.dialect.name), row)
        return self._connection.execute(_LOCKED, {**tenant(workspace), "asked": method}).one()

    def _change(self, workspace: Workspace, method: str, **values: object) -> None:
        self._connection.execute(sa.update(budgets).where(*self._one(workspace, method)).values(values))

    @staticmethod
    def _one(workspace: Workspace, method: str) -> tuple[sa.ColumnElement[bool], ...]:
        return within(budgets, workspace), budgets.c.method == method
