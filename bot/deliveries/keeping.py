"""What becomes of the record when a channel's message is written, edited or deleted? It follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.beginning.recording import Recording
from bot.clock import Clock
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.state import Workspace
from bot.slack import inbound
from bot.timeline.values import RecordMessage
from storage.database import Database
from storage.inbox import Delivery
from storage.unit import Unit


@dataclass
class Keeping:
    """Keeps the record of channels up to date with what happens in them."""

    database: Database
    facilitator: Facilitator
    recording: Recording
    clock: Clock

    def wants(self, unit: Unit, workspace: Workspace, channel: str, changed: bool) -> bool:
        """Whether a message of the channel is to be heard for the sake of the record."""
        if changed and unit.postmortems.listens(workspace, channel, self.clock.now()):
            return True
        return self.recording.wants(unit, workspace, channel)

    def written(self, delivery: Delivery, channel: str, message: RecordMessage) -> None:
        """A message was written, or edited. A postmortem that has read it works through its record again."""
        now = self.clock.now()
        if inbound.changes(delivery.payload) and not message.text.strip() and not message.files:
            # Every line of it begins with two slashes now: it was taken off the record.
            self.removed(delivery, inbound.Removed(channel, message.ts, message.thread_ts))
            return
        workspace, new = delivery.workspace, not inbound.changes(delivery.payload)
        recorded = self.recording.covers(workspace, channel, message.ts)
        with self.database.writing() as unit:
            touched = self._store(unit, workspace, channel, message, recorded)
        offers = recorded and new and self.recording.resolved_by(workspace, channel, message)
        owed = False

        def heard(unit: Unit) -> None:
            nonlocal owed
            owed = offers and unit.recordings.owe_offer(workspace, channel, now)
            unit.inbox.heard(delivery.key, now)

        self._changed(touched, _happened(delivery), heard)
        if owed:
            self.recording.offer(workspace, channel)

    def _store(
        self, unit: Unit, workspace: Workspace, channel: str, message: RecordMessage, recorded: bool
    ) -> tuple[int, ...]:
        if message.thread_ts and unit.postmortems.by_thread(workspace, channel, message.thread_ts) is not None:
            return ()
        following = unit.postmortems.following(workspace, channel, message.ts, self.clock.now())
        if following or recorded:
            # An event need not tell of reactions and pins; that nobody mentions them does not take them off.
            for known in unit.record.messages(workspace, channel, oldest=message.ts, latest=message.ts):
                marks = message.reactions or known.reactions
                message = replace(message, reactions=marks, pinned=message.pinned or known.pinned)
            unit.record.store(workspace, channel, [message])
        return following

    def removed(self, delivery: Delivery, heard: inbound.Removed) -> None:
        """A message was deleted: its words leave everything that had copied them, and the rest is worked out anew."""
        now = self.clock.now()
        with self.database.writing() as unit:
            unit.record.delete(delivery.workspace, heard.channel, heard.ts, now)
            following = unit.postmortems.following(delivery.workspace, heard.channel, heard.ts, now)
            for brief in unit.postmortems.of_record(delivery.workspace, heard.channel):
                unit.postmortems.erase_source(brief.id, heard.ts, now)
        self._changed(following, _happened(delivery), lambda unit: unit.inbox.heard(delivery.key, now))

    def _changed(self, postmortems: tuple[int, ...], at: datetime, heard: Callable[[Unit], None]) -> None:
        """Says so to each of them, and with the last one that the delivery was heard.

        Were it heard after that, a death in between would have the last one read its record twice.
        """
        for postmortem in postmortems[:-1]:
            self.facilitator.apply(postmortem, ev.RecordChanged(at))
        if postmortems:
            self.facilitator.apply(postmortems[-1], ev.RecordChanged(at), also=lambda unit, _: heard(unit))
        else:
            with self.database.writing() as unit:
                heard(unit)
        for postmortem in postmortems:
            self.facilitator.wake(postmortem)


def _happened(delivery: Delivery) -> datetime:
    """When it happened in Slack; after a pause of our own that may be long before it was told."""
    return min(filter(None, (inbound.happened(delivery.payload), delivery.received_at)))
