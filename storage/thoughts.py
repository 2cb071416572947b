"""Who may think a thought: one at a time, for as long as the lease lasts by the database's clock.

These claims are their own: whoever thinks holds nothing that the conversation needs.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from bot.interview.conclusions import Standing
from bot.interview.state import Workspace
from storage.dialect import clock, insert
from storage.errors import Fenced
from storage.scope import tenant, within
from storage.tables import TENANT, thought_claims, thoughts

_SAME = sa.and_(
    thought_claims.c.postmortem_id == thoughts.c.postmortem_id,
    thought_claims.c.key == thoughts.c.key,
    *(thought_claims.c[name] == thoughts.c[name] for name in TENANT),
)


class Thoughts:
    """The claims of thoughts in a unit of work; leases are in seconds."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def waiting(self, workspace: Workspace) -> tuple[tuple[int, str], ...]:
        """The thoughts that are wanted and that nobody is at, as (postmortem, key), the oldest first."""
        free = sa.or_(thought_claims.c.key.is_(None), thought_claims.c.lease_until <= clock(self._connection))
        wanted = (
            sa.select(thoughts.c.postmortem_id, thoughts.c.key)
            .outerjoin(thought_claims, _SAME)
            .where(within(thoughts, workspace), thoughts.c.standing == Standing.WANTED, free)
            .order_by(thoughts.c.id)
        )
        return tuple((row.postmortem_id, row.key) for row in self._connection.execute(wanted))

    def take(self, workspace: Workspace, postmortem: int, key: str, owner: str, lease_seconds: float) -> int | None:
        """The claim, as which try it is; None while somebody else's lease lasts, or when the thought is not wanted."""
        now = clock(self._connection)
        wanted = sa.select(thoughts.c.id).where(
            thoughts.c.postmortem_id == postmortem, thoughts.c.key == key, thoughts.c.standing == Standing.WANTED
        )
        if self._connection.execute(wanted).scalar_one_or_none() is None:
            return None
        values = {"owner": owner, "lease_until": now + timedelta(seconds=lease_seconds)}
        fresh = insert(self._connection, thought_claims).values(
            **tenant(workspace), postmortem_id=postmortem, key=key, tries=1, **values
        )
        again = fresh.on_conflict_do_update(
            index_elements=[thought_claims.c[name] for name in ("postmortem_id", "key", *TENANT)],
            set_={**values, "tries": thought_claims.c.tries + 1},
            where=thought_claims.c.lease_until <= now,
        )
        return self._connection.execute(again.returning(thought_claims.c.tries)).scalar_one_or_none()

    def finish(self, postmortem: int, key: str, owner: str) -> None:
        """Say, in the transaction that saves what came of it, that it was thought; raises Fenced when it was lost."""
        done = sa.delete(thought_claims).where(*_mine(postmortem, key, owner))
        if self._connection.execute(done).rowcount == 0:
            raise Fenced(postmortem)

    def rest(self, postmortem: int, key: str, owner: str, seconds: float) -> None:
        """Give the claim up, as if it had not been taken; nobody takes it before so many seconds are over."""
        until = clock(self._connection) + timedelta(seconds=seconds)
        mine = sa.update(thought_claims).where(*_mine(postmortem, key, owner))
        self._connection.execute(mine.values(lease_until=until, tries=thought_claims.c.tries - 1))


def _mine(postmortem: int, key: str, owner: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        thought_claims.c.postmortem_id == postmortem,
        thought_claims.c.key == key,
        thought_claims.c.owner == owner,
    )
