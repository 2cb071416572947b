"""What one transaction offers: every kind of row, under the name of what it is."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storage.budgets import Budgets
from storage.calls import Calls
from storage.claims import Claims
from storage.consents import Consents
from storage.dialect import clock
from storage.entries import Entries
from storage.inbox import Inbox
from storage.items import Items
from storage.journal import Journal
from storage.known import Known
from storage.nudges import Nudges
from storage.past import Past
from storage.people import People
from storage.postmortems import Postmortems
from storage.record import Record
from storage.recordings import Recordings
from storage.thoughts import Thoughts
from storage.versions import Versions


class Unit:
    """One unit of work; it ends with the `with` block that gave it and must not be used after."""

    def __init__(self, connection: sa.Connection, *, writing: bool, known: Known) -> None:
        self.connection = connection
        self.postmortems = Postmortems(connection, writing=writing, known=known)
        self.claims = Claims(connection)
        self.inbox = Inbox(connection, writing=writing)
        self.record = Record(connection)
        self.recordings = Recordings(connection)
        self.people = People(connection)
        self.entries = Entries(connection)
        self.items = Items(connection)
        self.past = Past(connection)
        self.budgets = Budgets(connection)
        self.nudges = Nudges(connection)
        self.calls = Calls(connection)
        self.thoughts = Thoughts(connection)
        self.consents = Consents(connection)
        self.journal = Journal(connection)
        self.versions = Versions(connection)

    def now(self) -> datetime:
        """The database's own time, aware UTC."""
        return clock(self.connection)
