"""How a query is kept to one workspace."""

from __future__ import annotations

import sqlalchemy as sa

from bot.interview.state import Workspace


def within(table: sa.Table, workspace: Workspace) -> sa.ColumnElement[bool]:
    """The rows of that workspace."""
    return sa.and_(table.c.enterprise == workspace.enterprise, table.c.team == workspace.team)


def of_tenant(table: sa.Table) -> sa.ColumnElement[bool]:
    """The same, for a query that is built once and given `tenant` each time."""
    return sa.and_(table.c.enterprise == sa.bindparam("enterprise"), table.c.team == sa.bindparam("team"))


def tenant(workspace: Workspace) -> dict[str, str]:
    """The columns that put a row into that workspace."""
    return {"enterprise": workspace.enterprise, "team": workspace.team}
