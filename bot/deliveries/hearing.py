"""What did we hear, and what does it mean? Deliveries are kept before they are acknowledged, and heard once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

import structlog

from bot.clock import Clock
from bot.deliveries.at_once import AtOnce, Outcome
from bot.deliveries.commands import Commands
from bot.deliveries.keeping import Keeping
from bot.deliveries.marking import Marking
from bot.deliveries.presses import Presses
from bot.deliveries.replies import Replies
from bot.deliveries.submissions import Submissions
from bot.errors import DatabaseFault, SlackRefused, SlackUnavailable
from bot.facilitator import UNHEARD_AFTER, Facilitator
from bot.interview import events as ev
from bot.interview.state import RUNNING, Interview, Workspace
from bot.logs import reference
from bot.readers import Readers
from bot.redaction.payloads import mask_payload
from bot.slack import inbound
from bot.slack.ids import Shortcut
from bot.understanding.findings import fields_of, findings_of
from bot.understanding.people_named import known_names, users_of
from bot.workers import Workers
from storage.database import Database
from storage.inbox import Delivery
from storage.unit import Unit

log = structlog.get_logger()

#: The longest that keeping a delivery may take, in seconds; three are all that Slack gives for the acknowledgement.
KEEP_WITHIN = 1.5
#: For so many seconds the sweep of no replica touches a delivery, whose clock may be a second ahead.
OURS_FOR = UNHEARD_AFTER - 1
#: Seconds that a delivery rests after a failure, times the number of failures.
PUT_OFF = 5
#: The keys of heard deliveries are kept for a week, against repeats.
FORGET_AFTER = timedelta(days=7)


@dataclass
class Hearing:
    """Keeps deliveries, and turns each into an event of a postmortem or an answer to a person."""

    database: Database
    facilitator: Facilitator
    readers: Readers
    replies: Replies
    at_once: AtOnce
    commands: Commands
    presses: Presses
    keeping: Keeping
    submissions: Submissions
    marking: Marking
    workers: Workers
    clock: Clock
    bot_user: str
    workspace: Workspace
    #: Deliveries that rest, and until when; a restart only makes it try sooner.
    later: dict[str, datetime] = field(default_factory=dict)

    # before the acknowledgement ----------------------------------------------------------------------------------

    def receive(self, payload: Mapping[str, Any]) -> Delivery | None:
        """Keeps a delivery and gives it back when it must be heard.

        None for a repeat, for what says nothing to us, and for what was heard at once, in the same transaction.

        Raises DatabaseFault when it cannot be kept: it must then not be acknowledged, so that Slack sends it again.
        """
        kind = inbound.kind_of(payload)
        if kind == "other":
            return None
        end = time.monotonic() + KEEP_WITHIN
        key, workspace, now = inbound.key_of(payload), inbound.workspace_of(payload), self.clock.now()
        if kind == "press":
            with self.workers.hurrying():
                if self.at_once.hear(key, workspace, payload) is not Outcome.IN_DOUBT:
                    return None
        record = inbound.of_record(payload, self.bot_user) if kind == "event" else None
        says = inbound.read(kind, payload, self.bot_user) if kind == "event" else None
        if says is not None and record is None and self._says_nothing(says):
            return None
        if kind == "submission" and self.submissions.faults(payload):
            # Slack shows the faults under the inputs; what is sent again has the same key.
            return None
        kept = cast(Mapping[str, Any], mask_payload(inbound.without_ignored(kind, payload)))
        if record is not None:
            kept = inbound.with_record(kept, record)
        with self.database.writing(timeout=max(end - time.monotonic(), KEEP_WITHIN / 3)) as unit:
            if says is not None and not self._concerns_us(unit, workspace, payload, says):
                return None
            new = unit.inbox.put(key, workspace, kind, kept, now)
        return Delivery(key, workspace, kind, kept, now, attempts=0) if new else None

    def _says_nothing(self, heard: inbound.Inbound) -> bool:
        if isinstance(heard, inbound.Reacted):
            return not heard.is_pin and heard.reaction != self.marking.reaction
        return isinstance(heard, inbound.Nothing)

    def _concerns_us(self, unit: Unit, workspace: Workspace, payload: Mapping[str, Any], says: inbound.Inbound) -> bool:
        channel = inbound.channel_of(payload)
        if not channel or isinstance(says, inbound.Command):
            return True
        if isinstance(says, inbound.Nothing):
            return self.keeping.wants(unit, workspace, channel, inbound.changes(payload))
        if unit.postmortems.listens(workspace, channel, self.clock.now()):
            return True
        if isinstance(says, inbound.ChannelChange) and says.name:
            return bool(self.keeping.recording.patterns)
        return self.keeping.recording.wants(unit, workspace, channel)

    # after it ----------------------------------------------------------------------------------------------------

    def soon(self, delivery: Delivery) -> None:
        """Has a worker hear a delivery."""
        self.workers.submit(f"delivery:{delivery.key}", lambda: self.hear(delivery), first=True)

    def sweep(self) -> None:
        """Hears what was kept and never heard, because a process died in between."""
        before = self.clock.now() - timedelta(seconds=UNHEARD_AFTER)
        with self.database.reading() as unit:
            left = unit.inbox.unheard(before, 50)
        now = self.clock.now()
        for delivery in left:
            if self.later.get(delivery.key, now) <= now:
                self.soon(delivery)
        self.keeping.recording.sweep(self.workspace)

    def forget(self) -> None:
        """Drops the keys of deliveries that were heard more than a week ago."""
        with self.database.writing() as unit:
            unit.inbox.purge(self.clock.now() - FORGET_AFTER)

    def hear(self, kept: Delivery) -> None:
        """Hears one kept delivery; one that fails is tried again, five times, and then kept with its reason."""
        delivery = self._unheard(kept)
        if delivery is None:
            return
        try:
            self._hear(delivery)
        except SlackUnavailable as err:
            self._put_off(delivery, err)
        except SlackRefused as err:
            self._failed(delivery, str(err))
        except DatabaseFault:
            # Nothing can be written down about it either; the sweep finds it again.
            raise
        except Exception as err:  # the edge: what nobody foresaw is counted, so that it is not tried for ever
            log.error("delivery.unforeseen", reference=reference(), error=type(err).__name__, exc_info=True)
            self._failed(delivery, type(err).__name__)
        else:
            self.later.pop(delivery.key, None)

    def _unheard(self, delivery: Delivery) -> Delivery | None:
        """The delivery as it is kept now, or None when somebody has heard it: one so new is nobody else's yet."""
        if self.clock.now() - delivery.received_at < timedelta(seconds=OURS_FOR):
            return delivery
        with self.database.reading() as unit:
            return unit.inbox.take(delivery.key)

    def _put_off(self, delivery: Delivery, err: SlackUnavailable) -> None:
        """Slack asks for patience: that is no failure of the delivery. The person is told once."""
        log.info("delivery.later", kind=delivery.kind, why=err.reason)
        first = delivery.key not in self.later
        self.later[delivery.key] = self.clock.now() + timedelta(seconds=err.retry_after or PUT_OFF)
        heard = inbound.read(delivery.kind, delivery.payload, self.bot_user)
        if first and isinstance(heard, inbound.Command | inbound.Press | inbound.Chosen):
            self.replies.answer(heard, "slack_slow")

    def _failed(self, delivery: Delivery, why: str) -> None:
        now = self.clock.now()
        log.warning("delivery.failed", kind=delivery.kind, why=why, attempts=delivery.attempts)
        with self.database.writing() as unit:
            dead = unit.inbox.failed(delivery.key, why, now)
        self.later[delivery.key] = now + timedelta(seconds=PUT_OFF * (delivery.attempts + 1))
        heard = inbound.read(delivery.kind, delivery.payload, self.bot_user)
        if dead and isinstance(heard, inbound.Command | inbound.Press | inbound.Chosen):
            self.replies.answer(heard, "failed")

    def _hear(self, delivery: Delivery) -> None:
        heard = inbound.read(delivery.kind, delivery.payload, self.bot_user)
        if delivery.workspace.team != self.workspace.team:
            log.warning("refused.other_workspace", kind=delivery.kind)
            self._done(delivery)
            return
        match heard:
            case inbound.Written():
                self._written(delivery, heard)
            case inbound.Removed():
                self._removed(delivery, heard)
            case inbound.Command():
                self.commands.hear(delivery, heard)
            case inbound.Press():
                self.presses.hear(delivery, heard)
            case inbound.Submission():
                self.submissions.hear(delivery, heard)
            case inbound.Chosen(shortcut=Shortcut.START):
                self.commands.starting.on_thread(delivery, heard)
                self._done(delivery)
            case inbound.Chosen():
                self.marking.chosen(delivery, heard)
            case inbound.Reacted():
                self.marking.reacted(delivery, heard)
            case inbound.ChannelChange():
                self._channel(delivery, heard)
            case inbound.Nothing():
                self._beside_threads(delivery, inbound.channel_of(delivery.payload))

    def _done(self, delivery: Delivery) -> None:
        with self.database.writing() as unit:
            unit.inbox.heard(delivery.key, self.clock.now())

    # messages ----------------------------------------------------------------------------------------------------

    def _written(self, delivery: Delivery, heard: inbound.Written) -> None:
        postmortem = self._of_thread(delivery.workspace, heard.channel, heard.thread_ts)
        if postmortem is None:
            self._beside_threads(delivery, heard.channel)
            return
        now = self.clock.now()
        refusal = self.readers.stranger(delivery.workspace, heard.user, heard.team)
        if refusal is not None:
            self.replies.whisper(heard.channel, heard.user, heard.thread_ts, refusal.why)
            self._done(delivery)
            return

        def also(unit: Unit, _: Interview) -> None:
            unit.inbox.heard(delivery.key, now)
            unit.people.note_member(delivery.workspace, heard.channel, heard.user, now)

        self.readers.meet(delivery.workspace, users_of(heard.text))
        with self.database.reading() as unit:
            found = findings_of(heard.text, known_names(unit, unit.postmortems.load(postmortem)[0]))
        event = ev.Said(
            heard.ts, heard.user, heard.text, now, heard.revision, found, heard.hides, fields_of(heard.text)
        )
        if heard.ignored and not heard.revision:
            self._done(delivery)
            return
        self.facilitator.hear(postmortem, event, also=also)

    def _of_thread(self, workspace: Workspace, channel: str, thread_ts: str | None) -> int | None:
        if thread_ts is None:
            return None
        with self.database.reading() as unit:
            return unit.postmortems.by_thread(workspace, channel, thread_ts)

    def _beside_threads(self, delivery: Delivery, channel: str) -> None:
        """A message of the channel, or a tool's: it is no answer, but may be of the record."""
        message = inbound.recorded(delivery.payload)
        if message is None:
            self._done(delivery)
        else:
            if inbound.changes(delivery.payload):
                self.marking.edited(delivery.workspace, channel, message)
            self.keeping.written(delivery, channel, message)

    def _removed(self, delivery: Delivery, heard: inbound.Removed) -> None:
        now = self.clock.now()
        postmortem = self._of_thread(delivery.workspace, heard.channel, heard.thread_ts)
        if postmortem is None:
            self.keeping.removed(delivery, heard)
            return
        with self.database.reading() as unit:
            interview, _ = unit.postmortems.load(postmortem)
        card = next((p.key for p in interview.posts if p.ts == heard.ts), None)
        event: ev.Event = ev.Gone(card, now) if card is not None else ev.Deleted(heard.ts, now)
        self.facilitator.apply(postmortem, event, also=lambda unit, _: unit.inbox.heard(delivery.key, now))
        self.facilitator.wake(postmortem)

    # the channel -------------------------------------------------------------------------------------------------

    def _channel(self, delivery: Delivery, heard: inbound.ChannelChange) -> None:
        now = self.clock.now()
        if heard.change == "revoked":
            self.facilitator.token_gone(delivery.workspace)
            self._done(delivery)
            return
        if heard.change in ("created", "renamed"):
            self.keeping.recording.called(delivery.workspace, heard.channel, heard.name)
        about_us = heard.user in ("", self.bot_user)
        why = {"archived": "archived", "left": "removed"}.get(heard.change)
        if heard.change in ("unarchived", "member_joined"):
            why = ""
        if heard.change == "member_left":
            why = "removed"
        concerned = why is not None and (about_us or heard.change in ("archived", "unarchived"))
        with self.database.reading() as unit:
            briefs = unit.postmortems.of_channel(delivery.workspace, heard.channel)
        # A written one needs the channel no more: archiving incident channels is what teams do.
        touched = [b.id for b in briefs if b.stage in RUNNING] if concerned else []
        for postmortem in touched:
            self.facilitator.apply(postmortem, ev.Unreachable(why or "", now))
        # Heard last: what is heard twice changes nothing, what is lost in between would.
        with self.database.writing() as unit:
            if heard.change == "member_left":
                unit.people.forget_member(delivery.workspace, heard.channel, heard.user)
            unit.inbox.heard(delivery.key, now)
        for postmortem in touched:
            self.facilitator.wake(postmortem)
