"""When a method of Slack's may be called again: one bucket per method and workspace, shared by all processes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import insert
from storage.scope import tenant, within
from storage.tables import rate_budgets as budgets


class Budgets:
    """The budgets of a unit of work; `now` is the caller's clock."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(
        self, workspace: Workspace, method: str, now: datetime, per_minute: int, burst: int | None = None
    ) -> datetime | None:
        """Take one call: None when it may be made now, else when to ask again.

        A bucket holds `burst` calls, by default those of a whole minute, since Slack counts by the minute; it fills
        at `per_minute`. Whoever finds it empty has taken nothing.
        """
        most = float(burst if burst is not None else per_minute)
        row = self._locked(workspace, method, now, most)
        if row.blocked_until is not None and now < row.blocked_until:
            blocked: datetime = row.blocked_until
            return blocked
        # A clock that is behind that of another process does not empty the bucket.
        passed = max((now - row.filled_at).total_seconds(), 0.0)
        tokens = min(most, row.tokens + passed * per_minute / 60)
        # A hair less than one is one: a caller that comes exactly when it was told to must not be sent away.
        if tokens < 1 - 1e-6:
            return now + timedelta(seconds=(1 - tokens) * 60 / per_minute)
        self._change(workspace, method, tokens=max(tokens - 1, 0.0), filled_at=max(now, row.filled_at))
        return None

    def penalise(self, workspace: Workspace, method: str, until: datetime) -> None:
        """Slack asked for patience: nothing goes before `until`, and then one call at a time."""
        row = self._locked(workspace, method, until, 0.0)
        later = until if row.blocked_until is None else max(until, row.blocked_until)
        self._change(workspace, method, tokens=1.0, filled_at=later, blocked_until=later)

    def _locked(self, workspace: Workspace, method: str, at: datetime, tokens: float) -> Any:
        fresh = insert(self._connection, budgets).values(
            **tenant(workspace), method=method, tokens=tokens, filled_at=at
        )
        key = [budgets.c.enterprise, budgets.c.team, budgets.c.method]
        self._connection.execute(fresh.on_conflict_do_nothing(index_elements=key))
        wanted = sa.select(budgets.c.tokens, budgets.c.filled_at, budgets.c.blocked_until)
        return self._connection.execute(wanted.where(*self._one(workspace, method)).with_for_update()).one()

    def _change(self, workspace: Workspace, method: str, **values: object) -> None:
        self._connection.execute(sa.update(budgets).where(*self._one(workspace, method)).values(values))

    @staticmethod
    def _one(workspace: Workspace, method: str) -> tuple[sa.ColumnElement[bool], ...]:
        return within(budgets, workspace), budgets.c.method == method
