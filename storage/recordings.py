"""Which channels are recorded as people write in them, and where was a postmortem offered?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import insert
from storage.scope import tenant, within
from storage.tables import recordings


@dataclass(frozen=True, slots=True)
class Recorded:
    """A channel that was looked at: `since` is the first message that was recorded, empty where none is."""

    channel: str
    name: str
    recorded: bool
    since: str
    #: When a postmortem was to be offered there, and the message that does; at most one for each channel.
    offer_at: datetime | None = None
    offer_ts: str = ""


class Recordings:
    """The channels that were looked at, in a unit of work."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, workspace: Workspace, channel: str) -> Recorded | None:
        wanted = sa.select(*(recordings.c[name] for name in Recorded.__dataclass_fields__))
        row = self._connection.execute(wanted.where(*self._one(workspace, channel))).one_or_none()
        return None if row is None else Recorded(**row._mapping)

    def note(self, workspace: Workspace, channel: str, name: str, recorded: bool, since: str) -> None:
        """Keep what a channel is called, and whether it is recorded; `since` stays that of its first recording."""
        known = self.get(workspace, channel)
        begun = known.since if known is not None and known.recorded and recorded else (since if recorded else "")
        values = {"name": name, "recorded": recorded, "since": begun}
        fresh = insert(self._connection, recordings).values(
            **tenant(workspace), channel=channel, offer_at=None, offer_ts="", **values
        )
        key = [recordings.c.enterprise, recordings.c.team, recordings.c.channel]
        self._connection.execute(fresh.on_conflict_do_update(index_elements=key, set_=values))

    def owe_offer(self, workspace: Workspace, channel: str, at: datetime) -> bool:
        """A postmortem is to be offered there; False when one was before."""
        owed = sa.update(recordings).where(*self._one(workspace, channel), recordings.c.offer_at.is_(None))
        return self._connection.execute(owed.values(offer_at=at)).rowcount > 0

    def offered(self, workspace: Workspace, channel: str, ts: str) -> None:
        """The offer stands in the channel, as the message `ts`."""
        self._connection.execute(sa.update(recordings).where(*self._one(workspace, channel)).values(offer_ts=ts))

    def offers_owed(self, workspace: Workspace, before: datetime) -> tuple[Recorded, ...]:
        """The channels in which an offer was owed before that moment, and does not stand yet."""
        wanted = sa.select(*(recordings.c[name] for name in Recorded.__dataclass_fields__)).where(
            within(recordings, workspace), recordings.c.offer_at < before, recordings.c.offer_ts == ""
        )
        return tuple(Recorded(**row) for row in self._connection.execute(wanted).mappings())

    @staticmethod
    def _one(workspace: Workspace, channel: str) -> tuple[sa.ColumnElement[bool], ...]:
        return within(recordings, workspace), recordings.c.channel == channel
