"""What puts a message on the timeline? The shortcut in its menu, a reaction and a pin, by members of the channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.clock import Clock
from bot.deliveries.replies import Replies
from bot.errors import SlackRefused
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.bounds import WHOLE, Bounds
from bot.interview.state import RUNNING, Interview, Stage, Workspace
from bot.readers import Readers
from bot.slack import inbound
from bot.slack.history import record_message
from bot.slack.room import Room
from bot.timeline.marked import BY_HAND, PINNED, entry_of, is_marked, reason_of
from bot.timeline.mentions import resolved
from bot.timeline.values import Entry, RecordMessage, shortened
from bot.understanding.people_named import users_of
from storage.database import Database
from storage.entries import Kept
from storage.inbox import Delivery
from storage.postmortems import Brief
from storage.unit import Unit

log = structlog.get_logger()


@dataclass
class Marking:
    """Hears what marks a message; `reaction` is the emoji's name, empty for none."""

    database: Database
    facilitator: Facilitator
    room: Room
    readers: Readers
    replies: Replies
    clock: Clock
    reaction: str

    def chosen(self, delivery: Delivery, heard: inbound.Chosen) -> None:
        """Somebody chose *Add to timeline* from a message's menu; they alone are told what came of it."""
        workspace, refusal = delivery.workspace, self.readers.stranger(delivery.workspace, heard.user, heard.team)
        ts = heard.message.ts if heard.message is not None else ""
        brief = None if refusal is not None else self._postmortem(workspace, heard.channel, ts, heard.thread_ts)
        if refusal is None and brief is not None:
            refusal = self.readers.outsider(workspace, heard.channel, heard.user, heard.team)
        entry = self._entry(workspace, heard.message, BY_HAND) if heard.message is not None else None
        if refusal is not None:
            self.replies.answer(heard, refusal.why)
        elif brief is None:
            self.replies.answer(heard, "no_timeline")
        elif entry is None or heard.message is None:
            self.replies.answer(heard, "nothing_to_add")
        elif self._stands(brief, entry):
            self.replies.answer(heard, "on_timeline_already", number=brief.number)
        else:
            self._add(delivery, brief, heard.message, entry, heard.user)
            self.replies.answer(heard, "on_timeline", number=brief.number)
            return
        self._done(delivery)

    def reacted(self, delivery: Delivery, heard: inbound.Reacted) -> None:
        """Somebody gave a message the reaction or pinned it, or took that back; what Slack says of it now counts."""
        workspace = delivery.workspace
        with self.database.reading() as unit:
            here = unit.postmortems.of_channel(workspace, heard.channel)
        if not here or self.readers.outsider(workspace, heard.channel, heard.user, "") is not None:
            self._done(delivery)
            return
        try:
            said = self.room.message(heard.channel, heard.ts)
        except SlackRefused as err:
            log.info("marked.not_read", error=err.error)
            self._done(delivery)
            return
        message = record_message(said)
        brief = self._postmortem(workspace, heard.channel, message.ts, message.thread_ts, only_its_own=True)
        reason = PINNED if heard.is_pin else reason_of(self.reaction)
        entry = None if self.room.is_mine(said) else self._entry(workspace, message, reason)
        marked = message.pinned if heard.is_pin else is_marked(message, self.reaction)
        if brief is None or entry is None or marked is not heard.given:
            self._done(delivery)
        elif not marked:
            self._take_back(delivery, brief, message, heard.user, reason)
        elif self._stands(brief, entry):
            self._done(delivery)
        else:
            self._add(delivery, brief, message, entry, heard.user)
            self.replies.whisper(heard.channel, heard.user, message.thread_ts, "on_timeline", number=brief.number)

    # what it changes ---------------------------------------------------------------------------------------------

    def _add(self, delivery: Delivery, brief: Brief, message: RecordMessage, entry: Entry, by: str) -> None:
        """Puts it there in one transaction; the message is kept, so that its edits and its deletion are followed."""
        now = self.clock.now()
        self.readers.meet(delivery.workspace, (*users_of(entry.text), *((message.user,) if message.user else ())))

        def also(unit: Unit, before: Interview) -> None:
            if before.stage is not Stage.CANCELLED:
                self._keep(unit, before, message)
                unit.entries.add(before.id, entry, by, now)
            unit.inbox.heard(delivery.key, now)

        self.facilitator.apply(brief.id, ev.TimelineChanged(by, now), also=also)
        self.facilitator.wake(brief.id)

    def _take_back(self, delivery: Delivery, brief: Brief, message: RecordMessage, by: str, reason: str) -> None:
        """The pin or the last such reaction is gone: so is an entry that stands there for no other reason."""
        now = self.clock.now()

        def also(unit: Unit, before: Interview) -> None:
            self._keep(unit, before, message)
            if before.stage is not Stage.CANCELLED:
                unit.entries.take_back(before.id, message.ts, reason, by, now)
            unit.inbox.heard(delivery.key, now)

        self.facilitator.apply(brief.id, ev.TimelineChanged(by, now), also=also)
        self.facilitator.wake(brief.id)

    @staticmethod
    def _keep(unit: Unit, interview: Interview, message: RecordMessage) -> None:
        """A reply in the thread of the interview is kept as that, with its edits, and is not of the record."""
        if message.thread_ts is None or message.thread_ts != interview.thread_ts:
            unit.record.store(interview.workspace, interview.channel, [message])

    def edited(self, workspace: Workspace, channel: str, message: RecordMessage) -> None:
        """A message of the channel says something else now: so do the entries that were made of it by hand."""
        with self.database.reading() as unit:
            now = {message.ts: shortened(resolved(message.text, unit.people.called(workspace)))}
            here = [b.id for b in unit.postmortems.of_channel(workspace, channel)]
            touched = [id for id in here if _says_otherwise(unit.entries.all(id), now)]
        for postmortem in touched:
            event = ev.TimelineChanged("", self.clock.now())
            self.facilitator.apply(postmortem, event, also=lambda unit, it: _followed(unit, it.id, now))
            self.facilitator.wake(postmortem)

    def _done(self, delivery: Delivery) -> None:
        with self.database.writing() as unit:
            unit.inbox.heard(delivery.key, self.clock.now())

    def _entry(self, workspace: Workspace, message: RecordMessage, reason: str) -> Entry | None:
        with self.database.reading() as unit:
            called = unit.people.called(workspace)
        return entry_of(replace(message, text=resolved(message.text, called)), reason)

    # which one ---------------------------------------------------------------------------------------------------

    def _postmortem(
        self, workspace: Workspace, channel: str, ts: str, thread_ts: str | None, *, only_its_own: bool = False
    ) -> Brief | None:
        """Whose timeline the message belongs to; with `only_its_own` not one that is about something else."""
        with self.database.reading() as unit:
            there = [b for b in unit.postmortems.of_channel(workspace, channel) if b.stage is not Stage.CANCELLED]
            bounds = {b.id: unit.postmortems.load(b.id)[0].bounds for b in there}
        brief = chosen_of(there, bounds, ts, thread_ts)
        own = brief is not None and thread_ts is not None and brief.thread_ts == thread_ts
        if brief is None or own or not only_its_own or bounds[brief.id].holds(ts, thread_ts):
            return brief
        return None

    def _stands(self, brief: Brief, entry: Entry) -> bool:
        """Whether the message is on the timeline already, as itself or by what it states."""
        with self.database.reading() as unit:
            return any(k.entry.source_ts == entry.source_ts for k in unit.entries.all(brief.id))


def _says_otherwise(kept: Sequence[Kept], now: Mapping[str, str]) -> bool:
    return any(
        k.added_by is not None and k.entry.key in now and now[k.entry.key] not in ("", k.entry.text) for k in kept
    )


def _followed(unit: Unit, postmortem: int, now: Mapping[str, str]) -> None:
    unit.entries.follow(postmortem, now)


def chosen_of(there: Sequence[Brief], bounds: Mapping[int, Bounds], ts: str, thread_ts: str | None) -> Brief | None:
    """Whose timeline a message belongs to, of several in its channel, the newest first.

    That of the interview in its thread, else of one that is about its thread or its hours, else of one about the whole
    channel; and what runs goes before what is written.
    """

    def distance(brief: Brief) -> tuple[int, bool]:
        its = bounds.get(brief.id, WHOLE)
        named = its != WHOLE and its.holds(ts, thread_ts)
        return 0 if named else 1 if its == WHOLE else 2, brief.stage not in RUNNING

    own = [b for b in there if thread_ts is not None and b.thread_ts == thread_ts]
    return next(iter([*own, *sorted(there, key=distance)]), None)
