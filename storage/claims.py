"""Who may carry a postmortem on: one owner at a time, for as long as its lease lasts by the database's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.dialect import clock
from storage.errors import Fenced
from storage.prepared import Prepared
from storage.tables import claims

LEASE = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim that was granted. `unsettled` is a move that was begun and not finished, `since` when it was begun."""

    postmortem_id: int
    owner: str
    until: datetime
    unsettled: str | None
    since: datetime | None


_MINE = (claims.c.postmortem_id == sa.bindparam("of"), claims.c.owner == sa.bindparam("holder"))
_FREE = (
    claims.c.postmortem_id == sa.bindparam("of"),
    sa.or_(
        claims.c.owner.is_(None),
        claims.c.owner == sa.bindparam("holder"),
        claims.c.lease_until <= sa.bindparam("now", type_=claims.c.lease_until.type),
    ),
)
_TAKE = Prepared(
    sa.update(claims)
    .where(*_FREE)
    .values(owner=sa.bindparam("holder"), lease_until=sa.bindparam("until"))
    .returning(claims.c.move, claims.c.since)
)
_BEGIN = Prepared(
    sa.update(claims)
    .where(*_MINE)
    .values(move=sa.bindparam("begun"), since=sa.bindparam("at"), lease_until=sa.bindparam("until"))
)
_TAKE_TO_MAKE = Prepared(
    sa.update(claims)
    .where(*_FREE, claims.c.move.is_(None))
    .values(
        owner=sa.bindparam("holder"),
        lease_until=sa.bindparam("until"),
        move=sa.bindparam("begun"),
        since=sa.bindparam("at"),
    )
)
_FINISH = Prepared(sa.update(claims).where(*_MINE).values(move=None, since=None))
_RELEASE = Prepared(sa.update(claims).where(*_MINE).values(owner=None, lease_until=None))


class Claims:
    """The claims of a unit of work; leases are in seconds, moments aware UTC."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, postmortem_id: int, owner: str, lease_seconds: int = LEASE) -> Taken | None:
        """The claim, or None while somebody else's lease lasts. Taking one's own claim again extends it."""
        now = clock(self._connection)
        until = now + timedelta(seconds=lease_seconds)
        asked = {"of": postmortem_id, "holder": owner, "now": now, "until": until}
        row = _TAKE.one(self._connection, asked)
        return None if row is None else Taken(postmortem_id, owner, until, *row)

    def take_to_make(self, postmortem_id: int, owner: str, move: str, at: datetime) -> bool:
        """What `take` and then `begin` do, in one statement; False, and nothing is changed, where a move is unsettled
        or somebody else's lease lasts."""
        now = clock(self._connection)
        asked = {"of": postmortem_id, "holder": owner, "now": now, "until": now + timedelta(seconds=LEASE)}
        return _TAKE_TO_MAKE.change(self._connection, {**asked, "begun": move, "at": at}) > 0

    def begin(
        self, postmortem_id: int, owner: str, move: str, lease_seconds: int = LEASE, *, at: datetime | None = None
    ) -> None:
        """Say which move is about to be made, and extend the lease. Raises Fenced when the claim was lost.

        `at` is the moment by the clock that Slack's messages are dated with; without it, the database's own.
        """
        now = clock(self._connection)
        until = now + timedelta(seconds=lease_seconds)
        self._mine(_BEGIN, postmortem_id, owner, begun=move, at=at or now, until=until)

    def finish(self, postmortem_id: int, owner: str) -> None:
        """Say, in the transaction that saves its result, that the move was made; raises Fenced when it was lost."""
        self._mine(_FINISH, postmortem_id, owner)

    def release(self, postmortem_id: int, owner: str) -> None:
        """Give the claim up, if it is still held; a move that was begun stays to be settled by the next owner."""
        _RELEASE.change(self._connection, {"of": postmortem_id, "holder": owner})

    def _mine(self, statement: Prepared, postmortem_id: int, owner: str, **values: object) -> None:
        if statement.change(self._connection, {"of": postmortem_id, "holder": owner, **values}) == 0:
            raise Fenced(postmortem_id)
