"""Who did what and when: the lines that an audit reads. They hold nobody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.changes import add
from storage.scope import tenant
from storage.tables import journal


@dataclass(frozen=True, slots=True)
class Line:
    """One line: at that moment `who` (a user, or the bot itself) did `what`; `detail` is an id, a number, a reason."""

    at: datetime
    who: str
    what: str
    detail: str


class Journal:
    """The journal in a unit of work: what a unit rolls back was not done and is not written."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def write(
        self, workspace: Workspace, postmortem_id: int | None, at: datetime, who: str, what: str, detail: str = ""
    ) -> None:
        """Add a line; the caller keeps the text of messages out of it."""
        line = {"postmortem_id": postmortem_id, "at": at, "who": who, "what": what, "detail": detail}
        add(self._connection, journal, {**tenant(workspace), **line})

    def of(self, postmortem_id: int) -> tuple[Line, ...]:
        """The lines about one postmortem, in the order in which they were written."""
        wanted = sa.select(journal.c.at, journal.c.who, journal.c.what, journal.c.detail)
        rows = self._connection.execute(wanted.where(journal.c.postmortem_id == postmortem_id).order_by(journal.c.id))
        return tuple(Line(*row) for row in rows)
