"""Who may see and do what? Members of the channel may; guests, other workspaces and people outside may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import PostmortemError, SlackRefused
from bot.interview.state import Workspace
from bot.slack.room import Room
from storage.database import Database
from storage.people import Person
from storage.unit import Unit

log = structlog.get_logger()

#: A membership that was seen this recently is believed; leaving a channel ends it at once.
BELIEVED_FOR = timedelta(minutes=10)
#: Pages of a thousand members that are looked through at most.
MEMBER_PAGES = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody is refused: the name of the sentence that says so."""

    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database knows of somebody in a channel; `member` is False when nobody has looked lately."""

    person: Person | None
    member: bool


@dataclass
class Readers:
    """Asks the database first and Slack only where it does not know."""

    database: Database
    room: Room
    clock: Clock
    workspace: Workspace

    def person(self, user: str) -> Person:
        """What Slack says of a person; somebody whom Slack does not know is nobody who may take part."""
        try:
            found = self.room.profile(user)
        except SlackRefused as err:
            if err.error not in ("user_not_found", "user_not_visible"):
                raise
            return Person(user, user, "UTC", bot=False, guest=True, deleted=True, foreign=True)
        return Person(
            user, found.name, found.zone, bot=found.bot, guest=found.guest, deleted=found.deleted, foreign=found.foreign
        )

    def known(self, workspace: Workspace, user: str) -> Person:
        """A person as the database knows them; asked of Slack once, and kept."""
        with self.database.reading() as unit:
            person = unit.people.get(workspace, user)
        if person is None:
            person = self.person(user)
            with self.database.writing() as unit:
                unit.people.put(workspace, person, self.clock.now())
        return person

    def meet(self, workspace: Workspace, users: Iterable[str]) -> None:
        """Has the names of people ready who were mentioned or chosen; whom Slack does not tell stays unnamed."""
        for user in users:
            try:
                self.known(workspace, user)
            except PostmortemError as err:
                log.info("person.not_told", why=type(err).__name__)

    def stranger(self, workspace: Workspace, user: str, team: str) -> Refusal | None:
        """Why somebody may take no part at all: another workspace's, a guest, or not a person."""
        if self._elsewhere(workspace, team):
            return self._refused(user, Refusal("wrong_team"))
        return self._strange(user, self.known(workspace, user))

    def _elsewhere(self, workspace: Workspace, team: str) -> bool:
        return workspace.team != self.workspace.team or bool(team and team != self.workspace.team)

    def _strange(self, user: str, person: Person) -> Refusal | None:
        if person.foreign:
            return self._refused(user, Refusal("wrong_team"))
        if person.guest:
            return self._refused(user, Refusal("guest_refused"))
        return self._refused(user, Refusal("not_a_person")) if person.bot or person.deleted else None

    @staticmethod
    def _refused(user: str, refusal: Refusal) -> Refusal:
        log.warning("refused", user=user, why=refusal.why)
        return refusal

    def standing(self, unit: Unit, workspace: Workspace, channel: str, user: str) -> Standing:
        """What is known of somebody in a channel, from a look at the database that the caller has begun."""
        return Standing(*unit.people.in_channel(workspace, channel, user, self.clock.now() - BELIEVED_FOR))

    def belongs(self, workspace: Workspace, team: str, standing: Standing) -> bool:
        """Whether the database alone says that somebody may steer; False means no more than that it does not."""
        person = standing.person
        known = person is not None and not (person.foreign or person.guest or person.bot or person.deleted)
        return known and standing.member and not self._elsewhere(workspace, team)

    def outsider(
        self, workspace: Workspace, channel: str, user: str, team: str, standing: Standing | None = None
    ) -> Refusal | None:
        """Why somebody may not see or steer a postmortem of `channel`: a stranger, or not a member of the channel.

        With `standing` the database is not looked at again.
        """
        if self._elsewhere(workspace, team):
            return self._refused(user, Refusal("wrong_team"))
        if standing is None:
            with self.database.reading() as unit:
                standing = self.standing(unit, workspace, channel, user)
        refusal = self._strange(user, standing.person or self.known(workspace, user))
        if refusal is not None or standing.member:
            return refusal
        now = self.clock.now()
        cursor = ""
        for _ in range(MEMBER_PAGES):
            members, cursor = self.room.members(channel, cursor)
            if user in members:
                with self.database.writing() as unit:
                    unit.people.note_member(workspace, channel, user, now)
                return None
            if not cursor:
                break
        return self._refused(user, Refusal("outsider_refused"))
