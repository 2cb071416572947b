"""Which channels are recorded as people write in them, and when is a postmortem offered there? Once, never begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from functools import partial

import structlog

from bot.beginning.starting import Starting
from bot.clock import Clock
from bot.deliveries.replies import Replies
from bot.errors import PostmortemError, SlackRefused
from bot.interview.bounds import stamp
from bot.interview.state import Stage, Workspace
from bot.readers import Readers
from bot.showing import Showing
from bot.slack import inbound, notice_blocks
from bot.slack.ids import Button
from bot.slack.room import Room
from bot.timeline.record import read_record
from bot.timeline.signs import read_signs
from bot.timeline.values import RecordMessage
from bot.workers import Workers
from storage.database import Database
from storage.inbox import Delivery
from storage.unit import Unit

log = structlog.get_logger()

#: An offer that does not stand so long after it was owed is looked for in the channel, and made if it is not there.
LOOKED_FOR_AFTER = timedelta(minutes=1)
#: Under this name an offer carries its metadata.
OFFER = "offer"


@dataclass
class Recording:
    """Records the channels whose names fit one of `patterns` (as `inc-*`); none of them: nothing is recorded."""

    database: Database
    room: Room
    readers: Readers
    replies: Replies
    showing: Showing
    starting: Starting
    workers: Workers
    clock: Clock
    patterns: Sequence[str]

    def wants(self, unit: Unit, workspace: Workspace, channel: str) -> bool:
        """Whether what is written in the channel may be recorded; its name may have to be asked for."""
        if not self.patterns or channel.startswith("D"):
            return False
        known = unit.recordings.get(workspace, channel)
        return known is None or known.recorded

    def covers(self, workspace: Workspace, channel: str, ts: str) -> bool:
        """Whether the channel is recorded; Slack is asked once what it is called."""
        if not self.patterns:
            return False
        with self.database.reading() as unit:
            known = unit.recordings.get(workspace, channel)
        if known is not None:
            return known.recorded
        self.named(workspace, channel, self.room.channel(channel).name, ts)
        with self.database.reading() as unit:
            known = unit.recordings.get(workspace, channel)
        return known is not None and known.recorded

    def named(self, workspace: Workspace, channel: str, name: str, ts: str) -> None:
        """A channel is called so, from now on: whether it is recorded follows from that."""
        with self.database.writing() as unit:
            unit.recordings.note(workspace, channel, name, self._fits(name), ts)

    def called(self, workspace: Workspace, channel: str, name: str) -> None:
        """A channel is new, or has another name; nothing is recorded in it that was written before.

        A public one that is to be recorded is joined first: Slack tells an app of no message of other channels.
        Raises SlackUnavailable.
        """
        if not (self.patterns and name):
            return
        if self._fits(name):
            self._join(channel)
        self.named(workspace, channel, name, stamp(self.clock.now()))

    def _join(self, channel: str) -> None:
        try:
            now = self.room.channel(channel)
            if now.visible and not (now.member or now.private or now.archived):
                self.room.join(channel)
        except SlackRefused as err:
            # Whoever wants it recorded can invite the bot.
            log.info("recording.not_joined", error=err.error)

    def _fits(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.patterns)

    # offering ----------------------------------------------------------------------------------------------------

    def resolved_by(self, workspace: Workspace, channel: str, message: RecordMessage) -> bool:
        """Whether this message says that the incident of its channel is over, and nobody reviews it yet."""
        if "resolved" not in read_signs(message).signs:
            return False
        with self.database.reading() as unit:
            known = unit.recordings.get(workspace, channel)
            if known is None or known.offer_at is not None:
                return False
            if any(brief.stage is not Stage.CANCELLED for brief in unit.postmortems.of_record(workspace, channel)):
                return False
            messages = unit.record.messages(workspace, channel)
        # The channel's name says that there is an incident: people need not have told of it since it is recorded.
        resolved = read_record(messages, surely=True).facts.resolved
        return resolved is not None and resolved.source_ts == message.ts

    def offer(self, workspace: Workspace, channel: str) -> None:
        """Puts the offer into the channel, once; that Slack did not take it is mended by the sweep."""
        try:
            ts = self.room.post(channel, notice_blocks.offer(self.showing.say), number="", card=OFFER)
        except PostmortemError as err:
            log.info("offer.not_posted", why=str(err))
            return
        with self.database.writing() as unit:
            unit.recordings.offered(workspace, channel, ts)

    def sweep(self, workspace: Workspace) -> None:
        """Offers that were owed and do not stand: they are looked for first."""
        if not self.patterns:
            return
        with self.database.reading() as unit:
            owed = unit.recordings.offers_owed(workspace, self.clock.now() - LOOKED_FOR_AFTER)
        for each in owed:
            since = stamp(each.offer_at) if each.offer_at is not None else ""
            self.workers.submit(f"offer:{each.channel}", partial(self._settle, workspace, each.channel, since))

    def _settle(self, workspace: Workspace, channel: str, since: str) -> None:
        try:
            page = self.room.history(channel, oldest=since)
        except SlackRefused as err:
            # Archived or left meanwhile: nobody is offered anything there any more.
            log.info("offer.given_up", error=err.error)
            with self.database.writing() as unit:
                unit.recordings.offered(workspace, channel, since)
            return
        found = [str(m["ts"]) for m in page.messages if self.room.card_of(m, "") == OFFER]
        if not found:
            self.offer(workspace, channel)
            return
        with self.database.writing() as unit:
            unit.recordings.offered(workspace, channel, found[0])

    def pressed(self, delivery: Delivery, heard: inbound.Press, button: str) -> None:
        """Somebody took the offer, or wants none; the message then says so and has no buttons any more."""
        refusal = self.readers.outsider(delivery.workspace, heard.channel, heard.user, heard.team)
        if refusal is not None:
            self.replies.answer(heard, refusal.why)
            return
        number = ""
        if button == Button.OFFER_START:
            begun = self.starting.begin(delivery, heard)
            if begun is None:
                return
            number = begun.number
        by = self.showing.name(delivery.workspace, heard.user)
        self.room.update(
            heard.channel, heard.ts, notice_blocks.offer_over(self.showing.say, number, by), number="", card=OFFER
        )
