"""How does a postmortem begin? In a channel that can be read, by one of its members, once for each scope."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog

from bot.beginning.consent import with_consent
from bot.beginning.windows import Unclear, read_window
from bot.clock import Clock
from bot.deliveries.replies import Asking, Replies
from bot.errors import ScriptFault, SlackRefused
from bot.facilitator import Facilitator
from bot.interview.bounds import WHOLE, Bounds, moment_of
from bot.interview.state import RUNNING, USUAL, Interview
from bot.patterns import pattern
from bot.readers import Readers
from bot.scripts.shelf import Scripts
from bot.showing import Showing
from bot.slack import inbound
from bot.slack.room import Channel, Room
from storage.database import Database
from storage.errors import AlreadyRunning
from storage.inbox import Delivery

log = structlog.get_logger()

#: The longest title; what is longer is shortened at a word.
TITLE_LENGTH = 80
_BEFORE_THE_SUBJECT = pattern(r"^(?:inc|incident|sev\d?|outage)[-_]")
_DASHES = pattern(r"[-_]+")


@dataclass
class Starting:
    """Begins postmortems, or says to the person who asked, in one sentence, why not."""

    database: Database
    facilitator: Facilitator
    room: Room
    readers: Readers
    replies: Replies
    scripts: Scripts
    showing: Showing
    clock: Clock
    zone: str
    #: Whether there is a second mind that could read the channel.
    thinks: bool = False

    def asked(self, delivery: Delivery, heard: Asking, words: str) -> None:
        """`[kind] [title] [window]`, as typed after start."""
        zone = self.readers.known(delivery.workspace, heard.user).zone or self.zone
        window = read_window(words, self.clock.now(), zone)
        if isinstance(window, Unclear):
            self.replies.answer(heard, "unclear_window", given=window.given, zone=zone)
            return
        kind, title = self._kind_and_title(window.before)
        if kind is None:
            self.replies.answer(heard, "unknown_kind", kind=window.before, kinds=", ".join(self.scripts.kinds()))
            return
        self.begin(delivery, heard, kind, title, Bounds(start=window.start, end=window.end))

    def on_thread(self, delivery: Delivery, heard: inbound.Chosen) -> None:
        """Begins one on the thread of a message; no word of the message goes into the title, which would outlive it."""
        refusal = self.readers.stranger(delivery.workspace, heard.user, heard.team)
        if refusal is not None:
            self.replies.answer(heard, refusal.why)
            return
        root = heard.thread_ts or (heard.message.ts if heard.message is not None else "")
        with self.database.reading() as unit:
            ours = not root or unit.postmortems.by_thread(delivery.workspace, heard.channel, root) is not None
        if ours:
            self.replies.answer(heard, "not_on_mine")
            return
        self.begin(delivery, heard, bounds=Bounds(root=root))

    def begin(
        self, delivery: Delivery, heard: Asking, kind: str = USUAL, title: str = "", bounds: Bounds = WHOLE
    ) -> Interview | None:
        """Begins one in the channel that was asked in; the delivery is heard in the same transaction.

        None when none began, and the person was told why.
        """
        source = self.script(heard, kind)
        if source is None:
            return None
        channel = self._readable(heard)
        if channel is None:
            return None
        refusal = self.readers.outsider(delivery.workspace, heard.channel, heard.user, heard.team)
        if refusal is not None:
            self.replies.answer(heard, refusal.why)
            return None
        if not self._joined(heard, channel):
            return None
        now = self.clock.now()
        interview = Interview(
            id=0,
            workspace=delivery.workspace,
            number="",
            channel=heard.channel,
            scope=bounds.scope(heard.channel),
            kind=kind,
            title=(title or own_title(channel.name, bounds))[:TITLE_LENGTH],
            facilitator=heard.user,
            started_by=heard.user,
            started_at=now,
            private=channel.private,
            zone=self.zone,
            root=bounds.root,
            window_from=bounds.start,
            window_to=bounds.end,
            active_at=now,
            reconciled_at=now,
        )
        try:
            with self.database.writing() as unit:
                known = unit.recordings.get(delivery.workspace, heard.channel)
                interview = replace(interview, recorded=known is not None and known.recorded)
                if self.thinks:
                    interview = with_consent(unit, interview)
                beside = [
                    brief.number
                    for brief in reversed(unit.postmortems.of_channel(delivery.workspace, heard.channel))
                    if brief.stage in RUNNING
                ]
                opened = unit.postmortems.create(interview, source, now)
                unit.inbox.heard(delivery.key, now)
        except AlreadyRunning as err:
            link = self.room.permalink(err.channel, err.thread_ts) if err.thread_ts else ""
            name = self.showing.name(delivery.workspace, err.facilitator)
            self.replies.answer(heard, "already_running", number=err.number, link=link, facilitator=name)
            return None
        self.facilitator.wake(opened.id)
        also = " and ".join(beside)
        self.replies.answer(
            heard, "started", number=opened.number, channel=channel.name, title=opened.title, beside=also
        )
        return opened

    def script(self, heard: Asking, kind: str) -> str | None:
        """The text of a kind's script; None when it can't be used and the person was told."""
        try:
            return self.scripts.source(kind)
        except ScriptFault as err:
            log.error("script.unusable", kind=kind, faults=len(err.faults))
            self.replies.answer(heard, "kind_broken", kind=kind)
            return None

    def _kind_and_title(self, rest: str) -> tuple[str | None, str]:
        """`[kind] [title]`: a single word that is no kind is a mistake, several words are a title."""
        first, _, others = rest.partition(" ")
        if not rest:
            return USUAL, ""
        if first.lower() in self.scripts.kinds():
            return first.lower(), others.strip()
        return (None, "") if not others.strip() else (USUAL, rest)

    def _readable(self, heard: Asking) -> Channel | None:
        """The channel, when it can be read or joined; None when the person was told why not."""
        if heard.channel.startswith("D") or (isinstance(heard, inbound.Command) and heard.direct):
            # Nothing more is asked of Slack: the app has no scope for direct messages of others.
            self.replies.answer(heard, "not_in_direct_messages")
            return None
        channel = self.room.channel(heard.channel)
        if channel.archived:
            self.replies.answer(heard, "archived")
        elif not channel.visible or (channel.private and not channel.member):
            self.replies.answer(heard, "how_to_invite")
        else:
            return channel
        return None

    def _joined(self, heard: Asking, channel: Channel) -> bool:
        """Whether the bot is in the channel now; the person is told when it may not join."""
        if channel.member:
            return True
        try:
            self.room.join(heard.channel)
        except SlackRefused:
            self.replies.answer(heard, "how_to_invite")
            return False
        return True


def own_title(channel: str, bounds: Bounds) -> str:
    """A title where nobody gives one: after the channel, and of a thread after its time."""
    title = plain_title(channel)
    return f"{title}, thread of {moment_of(bounds.root):%d %b %H:%M} UTC" if bounds.root else title


def plain_title(channel: str) -> str:
    """A title from a channel's name: inc-checkout-errors is about checkout errors."""
    return _DASHES.sub(" ", _BEFORE_THE_SUBJECT.sub("", channel)).strip() or channel
