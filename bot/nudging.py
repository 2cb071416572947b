"""Who is reminded of what, once a week? A ledger row per person and ISO week is the truth; the clock only asks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.actions.item import Item
from bot.actions.nudges import due_slot, opened_on, overdue, reminded_again, resting
from bot.actions.values import Person
from bot.clock import Clock
from bot.errors import SlackRefused, SlackUnavailable
from bot.hands import OUT_OF_REACH, TRY_CHANNEL_EVERY
from bot.interview.state import REVOKED, Workspace
from bot.readers import Readers
from bot.showing import Showing
from bot.slack.room import Room
from storage.database import Database
from storage.nudges import NudgeClaim
from storage.people import Person as StoredPerson

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is reminded of: their own items that are overdue or have no day, and those without an owner."""

    user: str
    #: The ISO week whose reminder it is, in the person's own zone.
    week: str
    own: tuple[Item, ...] = ()
    unowned: tuple[Item, ...] = ()


#: For so long after an item is done, its reminder asks whether it helped; later the follow-up review does.
#: As long, what won't be done can be opened again there, and what was given away taken back; later in the form.
JUDGED_WITHIN = timedelta(days=7)


@dataclass
class Nudging:
    """Sends each person at most one message a week, all of theirs in one."""

    database: Database
    room: Room
    readers: Readers
    showing: Showing
    clock: Clock
    workspace: Workspace
    worker: str
    zone: str
    weekday: int
    hour: int
    #: Whose message Slack has put off, and until when; a restart only makes it try sooner.
    later: dict[str, datetime] = field(default_factory=dict)

    def tick(self) -> None:
        """Reminds everybody who is due; one person who cannot be reached stops nobody else's reminder."""
        now = self.clock.now()
        for due in self.due(now):
            if self.later.get(due.user, now) > now:
                continue
            with self.database.writing() as unit:
                claim = unit.nudges.claim(self.workspace, due.user, due.week, self.worker, at=now)
            if claim is None:
                continue
            try:
                self._send(due, claim, now)
            except Exception as err:  # the edge: one person's reminder never keeps anybody else's back
                self.later[due.user] = now + timedelta(minutes=10)
                log.error("nudge.failed", user=due.user, error=type(err).__name__, exc_info=True)
        with self.database.writing() as unit:
            unit.nudges.ran(now)

    def due(self, now: datetime) -> tuple[Due, ...]:
        """Everybody with something that was overdue when the current week's slot opened in their own zone."""
        with self.database.reading() as unit:
            open_items = unit.items.open(self.workspace)
            readers = {_reader(item) for item in open_items}
            people = {user: unit.people.get(self.workspace, user) for user in readers}
        weeks = {user: due_slot(now, self._zone(person), self.weekday, self.hour) for user, person in people.items()}
        own: dict[str, list[Item]] = defaultdict(list)
        unowned: dict[str, list[Item]] = defaultdict(list)
        for item in open_items:
            reader = _reader(item)
            if overdue(item, opened_on(weeks[reader], self.weekday)):
                (own if isinstance(item.owner, Person) else unowned)[reader].append(item)
        users = sorted({*own, *unowned})
        return tuple(Due(u, weeks[u], tuple(own[u]), tuple(unowned[u])) for u in users)

    def just_closed(self, user: str, now: datetime) -> tuple[Item, ...]:
        """What this person has done, given up or put off lately: it is judged, or taken back."""
        since = now - JUDGED_WITHIN
        with self.database.reading() as unit:
            zone = self._zone(unit.people.get(self.workspace, user))
            today = now.astimezone(ZoneInfo(zone)).date()
            put_off = [item for item in unit.items.open(self.workspace) if resting(item, today)]
            closed = (*unit.items.done(self.workspace, since), *unit.items.given_up(self.workspace, since))
        return tuple(item for item in (*put_off, *closed) if _reader(item) == user)

    def handed_on(self, user: str, now: datetime) -> tuple[Item, ...]:
        """What this person facilitated and has given to somebody else lately: it is taken back as it was."""
        with self.database.reading() as unit:
            found = unit.items.handed_on(self.workspace, user, now - JUDGED_WITHIN)
        return tuple(item for item in found if item.facilitator == user)

    def rests_until(self, item: Item, now: datetime) -> date:
        """The day of the first weekly reminder that comes a week or more after this moment, where its reader is."""
        with self.database.reading() as unit:
            zone = self._zone(unit.people.get(self.workspace, _reader(item)))
        return reminded_again(now.astimezone(ZoneInfo(zone)).date(), self.weekday)

    def _zone(self, person: StoredPerson | None) -> str:
        """The person's zone; the setting's where Slack tells none, or one that this computer does not know."""
        if person is None or not person.zone:
            return self.zone
        try:
            ZoneInfo(person.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return self.zone
        return person.zone

    def _still_theirs(self, due: Due) -> Due:
        """What this person may still see: an owner's own items, a facilitator's only while in the channel."""
        if self.readers.stranger(self.workspace, due.user, "") is not None:
            return replace(due, own=(), unowned=())
        channels = {item.channel for item in due.unowned}
        seen = {c for c in channels if self.readers.outsider(self.workspace, c, due.user, "") is None}
        return replace(due, unowned=tuple(item for item in due.unowned if item.channel in seen))

    def _send(self, due: Due, claim: NudgeClaim, now: datetime) -> None:
        card, ts = f"nudge-{claim.week}", None
        try:
            due = self._still_theirs(due)
            if not due.own and not due.unowned:
                raise SlackRefused("nothing_they_may_see", "nudge")
            channel = self.room.direct(due.user)
            ts = self._stands(channel, card, claim) if claim.again else None
            if ts is None:
                message = self.showing.nudge(self.workspace, due.user, due.own, due.unowned, now)
                ts = self.room.post(channel, message, number="", card=card)
        except SlackUnavailable as err:
            wait = timedelta(seconds=err.retry_after or 60)
            self.later[due.user] = now + wait
            log.info("nudge.later", reason=err.reason)
            return
        except SlackRefused as err:
            if OUT_OF_REACH.get(err.error) == REVOKED:
                # Nobody was reminded, and nobody can be until the token works again.
                self.later[due.user] = now + TRY_CHANNEL_EVERY
                log.info("nudge.later", reason=err.error)
                return
            log.warning("nudge.refused", error=err.error, user=due.user)
            ts = ""
        with self.database.writing() as unit:
            unit.nudges.sent(self.workspace, due.user, claim.week, ts, now)

    def _stands(self, channel: str, card: str, claim: NudgeClaim) -> str | None:
        """The message that an interrupted attempt has sent after all."""
        oldest = f"{(claim.since - timedelta(minutes=2)).timestamp():.6f}"
        for message in self.room.history(channel, oldest=oldest).messages:
            if self.room.card_of(message, "") == card:
                return str(message.get("ts"))
        return None


def _reader(item: Item) -> str:
    """Who is reminded of an item: its owner, or the facilitator while it has no person as owner."""
    return item.owner.user_id if isinstance(item.owner, Person) else item.facilitator
