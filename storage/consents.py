"""May a second mind read a channel? What its members said last, kept apart from any postmortem."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import insert
from storage.scope import tenant, within
from storage.tables import TENANT, claude_channels


class Consents:
    """The consents of channels in a unit of work."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of(self, workspace: Workspace, channel: str) -> tuple[bool, str] | None:
        """Whether it is allowed there, and who said so; None while nobody has."""
        wanted = sa.select(claude_channels.c.allowed, claude_channels.c.by).where(
            within(claude_channels, workspace), claude_channels.c.channel == channel
        )
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else (row.allowed, row.by)

    def say(self, workspace: Workspace, channel: str, allowed: bool, by: str, at: datetime) -> None:
        """Keep what a member said."""
        values = {"allowed": allowed, "by": by, "at": at}
        fresh = insert(self._connection, claude_channels).values(**tenant(workspace), channel=channel, **values)
        key = [claude_channels.c[name] for name in (*TENANT, "channel")]
        self._connection.execute(fresh.on_conflict_do_update(index_elements=key, set_=values))
