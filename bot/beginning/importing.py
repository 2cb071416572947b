"""How does an old incident come in? An export's messages become the record, and an interview on it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.beginning.slack_exports import Export, name_of
from bot.beginning.starting import TITLE_LENGTH, plain_title
from bot.clock import Clock
from bot.errors import NotThere
from bot.interview.bounds import WHOLE
from bot.interview.state import Interview, Reading, Workspace
from bot.readers import Readers
from bot.scripts.shelf import Scripts
from bot.slack.room import Room
from storage.database import Database
from storage.people import Person
from storage.unit import Unit

#: Messages that are stored with one statement.
AT_ONCE = 1000


@dataclass
class Importing:
    """Takes an export in; `zone` is the team's."""

    database: Database
    room: Room
    readers: Readers
    scripts: Scripts
    clock: Clock
    zone: str

    def take_in(self, export: Export, channel: str, into: str, facilitator: str, title: str) -> tuple[Interview, int]:
        """The interview that begins, and how many messages its record holds.

        All or nothing. Raises BadExport, NotThere and AlreadyRunning.
        """
        messages = export.record(channel)
        place = self.room.own_channel(into)
        if place is None or place.archived:
            raise NotThere("channel", into, " Invite the bot there first, with /invite.")
        user = self.room.user_called(facilitator)
        workspace, now = self.room.identity.workspace, self.clock.now()
        if user is None or self.readers.outsider(workspace, place.id, user, "") is not None:
            raise NotThere("member of the channel", facilitator)
        source = export.channels[channel] or f"export-{channel}"
        times = sorted(each.ts for each in messages)
        interview = Interview(
            id=0,
            workspace=workspace,
            number="",
            channel=place.id,
            scope=WHOLE.scope(source),
            kind="service",
            title=(title or plain_title(channel))[:TITLE_LENGTH],
            facilitator=user,
            started_by=user,
            started_at=now,
            private=place.private,
            zone=self.zone,
            source=source,
            # Nothing of it is left to read in Slack, but for people whom the export does not tell.
            reading=Reading(
                phase="people",
                messages=len(messages),
                oldest=times[0] if times else "",
                newest=times[-1] if times else "",
            ),
            active_at=now,
            reconciled_at=now,
        )
        with self.database.writing() as unit:
            for start in range(0, len(messages), AT_ONCE):
                unit.record.store(workspace, source, messages[start : start + AT_ONCE])
            self._meet(unit, workspace, export.users)
            return unit.postmortems.create(interview, self.scripts.source("service"), now), len(messages)

    def _meet(self, unit: Unit, workspace: Workspace, users: Mapping[str, Mapping[str, Any]]) -> None:
        """People whom nobody has asked Slack about yet are known by what the export tells."""
        for user in unit.people.unknown(workspace, sorted(users)):
            told = users[user]
            person = Person(
                user,
                name_of(user, told),
                str(told.get("tz") or "UTC"),
                bot=bool(told.get("is_bot")),
                guest=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
                deleted=bool(told.get("deleted")),
                foreign=told.get("team_id") not in (None, workspace.team),
            )
            unit.people.put(workspace, person, self.clock.now())
