"""Which number comes next: counted in a row of the workspace, so that none is given twice."""

from __future__ import annotations

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import insert
from storage.tables import counters


def following(connection: sa.Connection, workspace: Workspace, name: str) -> int:
    """The next number of that name, from 1 on. Others wait for it until this transaction ends."""
    start = insert(connection, counters).values(
        enterprise=workspace.enterprise, team=workspace.team, name=name, value=1
    )
    counted = start.on_conflict_do_update(
        index_elements=[counters.c.enterprise, counters.c.team, counters.c.name],
        set_={"value": counters.c.value + 1},
    ).returning(counters.c.value)
    return int(connection.execute(counted).scalar_one())
