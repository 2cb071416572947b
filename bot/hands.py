"""How is each move made? At most one call to Slack, then the event that says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never, cast

import structlog

from bot.clock import Clock
from bot.errors import SlackRefused, SlackUnavailable
from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.bounds import BEFORE, stamp
from bot.interview.cards import Card
from bot.interview.filing import after
from bot.interview.script import Script
from bot.interview.state import REVOKED, Interview, Stage
from bot.move_results import Done, Unsure
from bot.publish.documents import Documents
from bot.publish.pictures import Pictures
from bot.publish.versions import lines_of
from bot.readers import Readers
from bot.redaction.payloads import mask_payload
from bot.report.paper import Paper
from bot.showing import Showing
from bot.slack import history, inbound, unlisted
from bot.slack.elements import Message
from bot.slack.room import PER_MINUTE, Page, Room
from bot.timeline.mentions import people_mentioned, unnamed
from bot.timeline.values import RecordMessage
from bot.understanding.findings import fields_of, findings_of
from bot.understanding.people_named import known_names, users_of
from bot.understanding.record import understand
from storage.database import Database
from storage.own_words import GONE
from storage.unit import Unit
from storage.versions import Line

log = structlog.get_logger()

#: The refusals that mean: this channel can't be written to until somebody acts.
OUT_OF_REACH: Mapping[str, str] = {
    "is_archived": "archived",
    "channel_not_found": "removed",
    "not_in_channel": "removed",
    "channel_is_archived": "archived",
    "token_revoked": REVOKED,
    "account_inactive": REVOKED,
    "invalid_auth": REVOKED,
    "not_authed": REVOKED,
    "token_expired": REVOKED,
}
#: The refusals that mean: this workspace has no canvases for us, so the document is a file.
NO_CANVAS = frozenset(
    {
        "free_teams_cannot_create_standalone_canvases",
        "free_team_canvas_tab_already_exists",
        "canvas_disabled_user_team",
        "canvas_disabled_file_team",
        "canvas_creation_failed",
        "canvas_editing_failed",
        "canvas_not_found",
        "canvas_deleted",
        "canvas_too_large",
        "missing_scope",
        "unknown_method",
        "not_allowed_token_type",
        "team_tier_cannot_create_channel_canvases",
        "access_denied",
        "restricted_action",
    }
)
#: The refusals that mean: this message can't be changed any more.
UNCHANGEABLE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
#: The refusals that mean: these blocks are not to Slack's liking.
BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
#: How long a move waits after a failure that Slack put no time to; doubled is not needed, the sweep is patient.
PATIENCE = timedelta(seconds=3)
#: How long a move waits when Slack refuses it for a reason that nobody here knows.
LONG_PATIENCE = timedelta(minutes=10)
#: How often an unreachable channel is tried again.
TRY_CHANNEL_EVERY = timedelta(hours=1)
#: How long a throttled app waits between two pages.
THROTTLED_FOR = timedelta(minutes=1)
#: Messages younger than this may be missing from a page that was read just now.
PAGE_MARGIN = timedelta(seconds=5)


class Hands:
    """Makes moves in one workspace."""

    def __init__(
        self,
        database: Database,
        room: Room,
        readers: Readers,
        showing: Showing,
        documents: Documents,
        clock: Clock,
        reaction: str = "",
    ) -> None:
        self._database = database
        self._room = room
        self._readers = readers
        self._showing = showing
        self._documents = documents
        self._pictures = Pictures(room, documents, clock)
        self._clock = clock
        #: What marks a message for the timeline.
        self._reaction = reaction

    # patience ----------------------------------------------------------------------------------------------------

    def afford(self, unit: Unit, interview: Interview, move: mv.Move, now: datetime) -> datetime | None:
        """Takes the move's call from the workspace's budget; when there is none left, says when there will be."""
        method = method_of(move)
        per_minute = PER_MINUTE.get(method)
        if per_minute is None:
            return None
        if isinstance(move, mv.Reconcile):
            # Comparing threads takes at most half of what reading may take.
            wait = unit.budgets.take(interview.workspace, f"{method} (comparing)", now, per_minute // 2)
            if wait is not None:
                return wait
        return unit.budgets.take(interview.workspace, method, now, per_minute)

    def penalise(self, unit: Unit, interview: Interview, move: mv.Move, until: datetime) -> None:
        """Slack says that the budget is used up, whatever we counted."""
        if (method := method_of(move)) in PER_MINUTE:
            unit.budgets.penalise(interview.workspace, method, until)

    def patience(self, err: SlackUnavailable, now: datetime) -> datetime:
        return now + (timedelta(seconds=err.retry_after) if err.retry_after is not None else PATIENCE)

    # making ------------------------------------------------------------------------------------------------------

    def names(self, unit: Unit, interview: Interview, move: mv.Move) -> Mapping[str, str] | None:
        """Who is called what in the message of a move that is begun; None where it needs more than names, or none."""
        if not isinstance(move, mv.Post | mv.Update):
            return None
        return self._showing.names(unit, interview, move.card)

    def make(self, script: Script, interview: Interview, move: mv.Move, names: Mapping[str, str] | None = None) -> Done:
        """Makes the move, with the names that were looked up when it was begun.

        Raises SlackUnavailable and SlackRefused.
        """
        match move:
            case mv.Post(card):
                return self._post(script, interview, card, names)
            case mv.Update(card, channel, ts):
                message = self._showing.message(script, interview, card, names)
                self._update(interview, card, channel, ts, message)
                return Done((ev.Shown(card.key, card.digest, self._clock.now()),))
            case mv.ReadHistory(cursor, heard_since):
                return self._read_history(interview, cursor, heard_since)
            case mv.ReadRoot(cursor):
                return self._read_root(interview, cursor)
            case mv.ReadThread():
                return self._read_thread(interview)
            case mv.LookUpPerson():
                return self._look_up(interview)
            case mv.Understand():
                words = self._showing.scripts.words()
                return understand(
                    self._database, self._showing.say, interview, self._clock.now(), self._reaction, words
                )
            case mv.Advance(position):
                return Done((ev.QuietPassed(position, self._clock.now()),))
            case mv.Remind():
                return Done((ev.Stalled(self._clock.now()),))
            case mv.TellFollowUp():
                return Done((ev.FollowUpDue(self._clock.now()),))
            case mv.Publish(kind, following):
                return self._publish(script, interview, kind, following)
            case mv.Draw(following):
                return self._pictures.draw(script, interview, following)
            case mv.TryChannel():
                return self._try_channel(interview)
            case mv.Reconcile(cursor):
                return self._reconcile(interview, cursor)
            case mv.Wait():
                raise AssertionError("waiting is not made")
        assert_never(move)

    def _post(self, script: Script, interview: Interview, card: Card, names: Mapping[str, str] | None) -> Done:
        channel, thread = self._place(interview, card)
        message = self._showing.message(script, interview, card, names)
        # Without its picture, or even its buttons, but not without its words: the conversation goes on.
        for plainer in (message.without_pictures(), Message(message.text)):
            try:
                ts = self._room.post(channel, message, number=interview.number, card=card.key, thread_ts=thread)
                break
            except SlackRefused as err:
                if err.error not in BAD_BLOCKS:
                    raise
                log.error("blocks.refused", card=card.key, error=err.error)
                message = plainer
        else:
            ts = self._room.post(channel, message, number=interview.number, card=card.key, thread_ts=thread)
        return Done((ev.Posted(card.key, ts, channel, card.digest, self._clock.now()),))

    def _update(self, interview: Interview, card: Card, channel: str, ts: str, message: Message) -> None:
        try:
            self._room.update(channel, ts, message, number=interview.number, card=card.key)
        except SlackRefused as err:
            plainer = message.without_pictures()
            if err.error not in BAD_BLOCKS or plainer == message:
                raise
            log.error("blocks.refused", card=card.key, error=err.error)
            self._room.update(channel, ts, plainer, number=interview.number, card=card.key)

    def _place(self, interview: Interview, card: Card) -> tuple[str, str | None]:
        match card.place:
            case "channel":
                return interview.channel, None
            case "direct":
                return self._room.direct(card.to), None
            case _:
                return interview.channel, interview.thread_ts

    # reading -----------------------------------------------------------------------------------------------------

    def _read_history(self, interview: Interview, cursor: str, heard_since: datetime | None) -> Done:
        bounds, opening = interview.bounds, interview.post("opening")
        latest = bounds.latest(opening.ts if opening else "")
        if cursor.startswith(BEFORE):
            latest, cursor = cursor.removeprefix(BEFORE), ""
        before_page = interview.reading.oldest if cursor else ""
        now = self._clock.now()
        page = self._room.history(interview.channel, cursor, latest=latest, oldest=bounds.roots_from)
        others = [m for m in page.messages if not self._room.is_mine(m) and history.belongs(m, bounds.oldest)]
        messages = history.record_messages(others)
        threads = self._unread(interview, history.threads_of(others), messages, heard_since)
        event = ev.PageRead(
            len(messages),
            len(threads),
            page.cursor,
            str(page.messages[-1].get("ts", "")) if page.messages else interview.reading.oldest,
            self._clock.now(),
            own=sum(self._room.is_mine(m) and not m.get("subtype") for m in page.messages),
            newest=str(page.messages[0].get("ts", "")) if page.messages else "",
            replies=max(0, sum(m.reply_count for m in messages) - sum(m.broadcast for m in messages)),
            slow=page.throttled,
        )

        # A page that goes on from another ends where that one began.
        until = before_page or latest or stamp(now)

        def also(unit: Unit, before: Interview) -> None:
            unit.record.store(before.workspace, before.record_channel, messages)
            kept = self._recorded(unit, before, bounds.roots_from)
            gone = unlisted.of_channel(kept, page, bounds.roots_from, until, _settled(now))
            self._deleted(unit, before, gone)
            unit.record.owe(before.id, before.workspace, threads)
            self._slow_down(unit, before, page, "conversations.history")

        return Done((event,), also)

    def _unread(
        self,
        interview: Interview,
        threads: Mapping[str, str],
        messages: Sequence[RecordMessage],
        heard_since: datetime | None,
    ) -> Mapping[str, str]:
        """The threads that are to be read; what was recorded whole, as it was written, is not read again.

        A thread that is older than `heard_since` is: Slack's count and newest reply tell what was written and deleted
        while nobody listened, but not what was edited.
        """
        if not interview.recorded or not threads or heard_since is None:
            return threads
        counts = {message.ts: message.reply_count for message in messages}
        with self._database.reading() as unit:
            known = unit.recordings.get(interview.workspace, interview.channel)
            since = max(known.since, stamp(heard_since)) if known is not None and known.recorded and known.since else ""
            kept = unit.record.answered(interview.workspace, interview.channel, since) if since else {}
        whole = {
            root
            for root, newest in threads.items()
            if newest and since and root >= since and kept.get(root) == (counts.get(root), newest)
        }
        return {root: newest for root, newest in threads.items() if root not in whole}

    def _read_root(self, interview: Interview, cursor: str) -> Done:
        page = self._replies(interview.channel, interview.root, cursor, "")
        messages = history.record_messages(m for m in page.messages if not self._room.is_mine(m))
        event = ev.PageRead(len(messages), 0, page.cursor, interview.root, self._clock.now(), slow=page.throttled)

        def also(unit: Unit, before: Interview) -> None:
            unit.record.store(before.workspace, before.record_channel, messages)
            self._slow_down(unit, before, page, "conversations.replies")

        return Done((event,), also)

    def _read_thread(self, interview: Interview) -> Done:
        now, bounds = self._clock.now(), interview.bounds
        opening = interview.post("opening")
        with self._database.reading() as unit:
            following = unit.record.next_thread(
                interview.id, bounds.oldest, bounds.latest(opening.ts if opening else "")
            )
        if following is None:
            return Done((ev.PhaseDone("threads", now),))
        root, cursor = following
        # Of a thread that began before the window only the replies in it are read.
        page = self._replies(interview.channel, root, cursor, bounds.oldest if root < bounds.oldest else "")
        others = [m for m in page.messages if not self._room.is_mine(m) and m.get("ts") != root]
        messages = history.record_messages(others)
        # What was sent to the channel too has been counted there.
        fresh = sum(not m.broadcast for m in messages)

        def also(unit: Unit, before: Interview) -> None:
            unit.record.store(before.workspace, before.record_channel, messages)
            kept, since = self._recorded(unit, before, root), "" if cursor else max(root, bounds.oldest)
            self._deleted(unit, before, unlisted.of_thread(kept, page, root, since, _settled(now)))
            unit.record.thread_read(before.id, root, page.cursor or None)
            self._slow_down(unit, before, page, "conversations.replies")

        return Done((ev.ThreadRead(fresh, not page.cursor, now, page.throttled),), also)

    def _recorded(self, unit: Unit, interview: Interview, oldest: str) -> tuple[RecordMessage, ...]:
        """What was kept of a recorded channel as it was written; nothing of another."""
        if not interview.recorded or interview.record_channel != interview.channel:
            return ()
        known = unit.recordings.get(interview.workspace, interview.channel)
        if known is None or not known.recorded or not known.since:
            return ()
        return unit.record.messages(interview.workspace, interview.channel, max(known.since, oldest))

    def _deleted(self, unit: Unit, interview: Interview, gone: Sequence[RecordMessage]) -> None:
        """What was deleted unheard loses its words here, and everywhere else as if Slack had told of it."""
        now, channel = self._clock.now(), interview.channel
        for message in gone:
            unit.record.delete(interview.workspace, channel, message.ts, now)
            told = unlisted.told(channel, message)
            unit.inbox.put(f"unlisted:{channel}:{message.ts}", interview.workspace, "event", told, now)

    def _replies(self, channel: str, root: str, cursor: str, oldest: str) -> Page:
        """A page of a thread; an empty one where the thread is gone."""
        try:
            return self._room.replies(channel, root, cursor, oldest)
        except SlackRefused as err:
            if err.error not in ("thread_not_found", "message_not_found"):
                raise
            return history.EMPTY

    def _slow_down(self, unit: Unit, interview: Interview, page: Page, method: str) -> None:
        """A throttled app has one call a minute: asking again at once would only be refused."""
        if page.throttled or interview.reading.slow:
            unit.budgets.penalise(interview.workspace, method, self._clock.now() + THROTTLED_FOR)

    def _look_up(self, interview: Interview) -> Done:
        now = self._clock.now()
        with self._database.reading() as unit:
            texts = unit.record.with_mentions(interview.workspace, interview.record_channel)
            users = unit.record.authors(interview.workspace, interview.record_channel) | {interview.facilitator}
            users |= {user for text in texts for user in people_mentioned(text)}
            unknown = unit.people.unknown(interview.workspace, tuple(sorted(users)))
            known = unit.people.called(interview.workspace)
        if not unknown:
            things = {thing for text in texts for thing in unnamed(text)} - known.keys()
            return self._look_up_things(sorted(things), now)
        person = self._readers.person(unknown[0])

        def also(unit: Unit, before: Interview) -> None:
            unit.people.put(before.workspace, person, now)

        # Nothing of the interview changes; the person is stored with the finished claim.
        return Done((ev.PhaseDone("", now),), also)

    def _look_up_things(self, things: Sequence[str], now: datetime) -> Done:
        """All unknown user groups in one call, or one channel; what Slack does not tell keeps its id for a name."""
        if not things:
            return Done((ev.PhaseDone("people", now),))
        groups = [thing for thing in things if thing.startswith("S")]
        names = self._groups(groups) if groups else {things[0]: self._channel_name(things[0])}
        return Done((ev.PhaseDone("", now),), lambda unit, before: unit.people.call(before.workspace, names))

    def _groups(self, groups: Sequence[str]) -> dict[str, str]:
        try:
            told = self._room.usergroups()
        except SlackRefused as err:
            log.info("groups.not_told", error=err.error)
            told = {}
        return {group: told.get(group, group) for group in groups}

    def _channel_name(self, channel: str) -> str:
        """A channel's name; that of a private channel is nobody's business here."""
        try:
            found = self._room.channel(channel)
        except SlackRefused as err:
            log.info("channel.not_told", error=err.error)
            return channel
        return "private-channel" if found.private else found.name or channel

    # the channel and the thread ----------------------------------------------------------------------------------

    def _try_channel(self, interview: Interview) -> Done:
        now = self._clock.now()
        found = self._room.channel(interview.channel)
        if interview.unreachable == REVOKED or (found.visible and found.member and not found.archived):
            return Done((ev.Unreachable("", now),))
        return Done((ev.Blocked(now + TRY_CHANNEL_EVERY, now),))

    def _reconcile(self, interview: Interview, cursor: str) -> Done:
        """Compares one page of the thread with what is stored: new and edited words, deletions, cards of ours."""
        root = interview.thread_ts or ""
        started = self._clock.now()
        place, _, before = cursor.partition("|")
        try:
            page = self._room.replies(interview.channel, root, place)
        except SlackRefused as err:
            if err.error not in ("thread_not_found", "message_not_found"):
                raise
            return Done((ev.Reconciled(started),))
        events: list[ev.Event] = []
        seen: set[str] = set()
        for message in page.messages:
            ts = str(message.get("ts", ""))
            seen.add(ts)
            events += self._compare(interview, message, ts)
        stamps = sorted(seen - {root}, key=lambda t: tuple(map(int, t.split("."))))
        last = stamps[-1] if stamps else before or root
        events += _deletions(interview, seen, before or root, last if page.cursor else "", started)
        return Done((*events, ev.Reconciled(started, f"{page.cursor}|{last}" if page.cursor else "")))

    def _compare(self, interview: Interview, message: Mapping[str, Any], ts: str) -> list[ev.Event]:
        now = self._clock.now()
        card = self._room.card_of(message, interview.number)
        if card is not None:
            known = interview.post(card)
            if known is None:
                return [ev.Posted(card, ts, interview.channel, "", now)]
            if known.ts != ts and after(ts, known.ts):
                self._room.delete(interview.channel, ts)
            return []
        if ts == interview.thread_ts:
            return []
        if message.get("subtype") == "tombstone":
            return [ev.Deleted(ts, now)]
        masked = cast(Mapping[str, Any], mask_payload(message))
        heard = inbound.written(masked, interview.channel, interview.workspace.team, self._room.identity.user)
        if not isinstance(heard, inbound.Written):
            return []
        known_said = next((s for s in interview.said if s.ts == ts), None)
        if known_said is not None and (known_said.deleted or known_said.revision == heard.revision):
            return []
        if known_said is None and heard.ignored:
            return []
        if known_said is None and self._readers.stranger(interview.workspace, heard.user, heard.team) is not None:
            return []
        self._readers.meet(interview.workspace, users_of(heard.text))
        with self._database.reading() as unit:
            found = findings_of(heard.text, known_names(unit, interview))
        return [ev.Said(ts, heard.user, heard.text, now, heard.revision, found, heard.hides, fields_of(heard.text))]

    # the document ------------------------------------------------------------------------------------------------

    def _publish(self, script: Script, interview: Interview, kind: str, following: str) -> Done:
        now, publication = self._clock.now(), interview.publication
        title = f"{interview.number} · {interview.title}"
        match kind, following:
            case "canvas", "created":
                return Done((ev.PublicationStep(kind, following, now, id=self._room.canvas_create(title)),))
            case "canvas", "filled":
                paper = self._documents.paper(script, interview)
                self._room.canvas_fill(publication.id, self._documents.renderer.canvas_markdown(paper))
                reached = "done" if publication.url else following
                step = ev.PublicationStep(kind, reached, now, revision=interview.revision)
                return Done((step,), _kept(paper, interview.revision, now))
            case "canvas", _:
                url = self._room.canvas_share(publication.id, interview.channel)
                return Done((ev.PublicationStep(kind, following, now, url=url),))
            case "file", "reserved":
                content = self._documents.markdown(script, interview).encode()
                file, url = self._room.file_reserve(f"{interview.number}.md", len(content))
                return Done((ev.PublicationStep(kind, following, now, id=file, url=url, revision=interview.revision),))
            case "file", "uploaded" if publication.revision != interview.revision:
                # The length was promised to Slack: what has changed since is reserved anew.
                return Done((ev.PublicationStep(kind, "", now),))
            case "file", "uploaded":
                paper = self._documents.paper(script, interview)
                self._room.file_upload(publication.url, self._documents.renderer.document_markdown(paper).encode())
                return Done((ev.PublicationStep(kind, following, now),), _kept(paper, interview.revision, now))
            case _:
                url = self._room.file_share(publication.id, title, interview.channel, interview.thread_ts)
                return Done((ev.PublicationStep(kind, following, now, url=url),))

    # refusals and what may already have happened -----------------------------------------------------------------

    def refused(self, interview: Interview, move: mv.Move, err: SlackRefused) -> Done:
        """What a refusal means for this move; an unknown one waits long, so that nothing is tried in a circle."""
        now = self._clock.now()
        if OUT_OF_REACH.get(err.error) == REVOKED and not isinstance(move, mv.TryChannel):
            return Done((ev.Unreachable(REVOKED, now),))
        match move:
            case mv.Update(card, _, _) if err.error in UNCHANGEABLE or interview.stage is Stage.WRITTEN:
                # Incident channels are archived once the document is out; that is no reason to disturb anybody.
                return Done((ev.Gone(card.key, now),))
            case mv.Update(card, _, _) if err.error not in OUT_OF_REACH:
                # One card that Slack will not change holds nothing up; it is tried again when it has something new.
                return Done((ev.Shown(card.key, card.digest, now),))
            case mv.Reconcile() if interview.stage is Stage.WRITTEN:
                return Done((ev.Reconciled(now),))
            case mv.TryChannel():
                return Done((ev.Blocked(now + TRY_CHANNEL_EVERY, now),))
            case mv.Post(card) if card.place == "direct":
                # Somebody who cannot be written to directly is not written to; the state stays.
                return Done((ev.Posted(card.key, "0.000000", "", card.digest, now),))
            case mv.Draw(following) if OUT_OF_REACH.get(err.error) != "revoked":
                return self._pictures.refused(interview, following, err.error)
            case mv.Publish("canvas", _) if err.error in NO_CANVAS:
                return Done((ev.PublicationStep("file", "", now),))
            case mv.Publish("file", "uploaded" | "done") if err.error not in OUT_OF_REACH:
                return Done((ev.PublicationStep("file", "", now), ev.Blocked(now + LONG_PATIENCE, now)))
        why = OUT_OF_REACH.get(err.error)
        if why is not None:
            return Done((ev.Unreachable(why, now),))
        return Done((ev.Blocked(now + LONG_PATIENCE, now),))

    def find(self, script: Script, interview: Interview, move: str, since: datetime) -> Done | Unsure | None:
        """Looks for what a move would have left in Slack; None when it is not there."""
        now = self._clock.now()
        oldest = f"{(since - timedelta(minutes=2)).timestamp():.6f}"
        if move == "publish:file:done":
            return self._find_file(interview, now)
        if move == "draw:completed":
            return self._pictures.find(interview)
        if ":" in move or move in _MADE_AGAIN:
            return Unsure()
        if interview.post(move) is not None:
            return None
        channel, root = interview.channel, interview.thread_ts
        if move.startswith(("stall-", "unreachable-", "followup-")):
            channel, root = self._room.direct(interview.facilitator), None
        page = (
            self._room.replies(channel, root, oldest=oldest)
            if root and move != "opening"
            else self._room.history(channel, oldest=oldest)
        )
        for message in page.messages:
            if self._room.card_of(message, interview.number) == move:
                return Done((ev.Posted(move, str(message.get("ts")), channel, "", now),))
        return None

    def _find_file(self, interview: Interview, now: datetime) -> Done | None:
        if interview.thread_ts is None:
            return None
        for message in self._room.replies(interview.channel, interview.thread_ts).messages:
            for file in message.get("files") or ():
                if file.get("id") == interview.publication.id:
                    return Done((ev.PublicationStep("file", "done", now, url=str(file.get("permalink") or "")),))
        return None


_MADE_AGAIN = frozenset(
    {
        "readhistory",
        "readroot",
        "readthread",
        "lookupperson",
        "understand",
        "remind",
        "tellfollowup",
        "trychannel",
        "reconcile",
    }
)


def _kept(paper: Paper, revision: int, now: datetime) -> Callable[[Unit, Interview], None]:
    """Keeps what was published as a version, without the words of what was deleted while it was on its way."""
    lines = lines_of(paper)

    def also(unit: Unit, before: Interview) -> None:
        stays = lines if before.revision == revision else _without_deleted(unit, before, lines)
        unit.versions.keep(before.id, before.workspace, paper.kind, stays, now)

    return also


def _without_deleted(unit: Unit, interview: Interview, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without those of messages that have no words any more; nor those of a section that names none."""
    answers = {said.ts: said.text.strip() for said in interview.said}
    sources = {ts for line in lines for ts in line.sources}
    gone = {
        ts
        for ts in sources
        if not (answers[ts] if ts in answers else unit.record.text(interview.workspace, interview.record_channel, ts))
    }
    if not gone:
        return tuple(lines)
    return tuple(
        replace(line, text=GONE) if gone & set(line.sources) or (line.section and not line.sources) else line
        for line in lines
    )


def _deletions(interview: Interview, seen: set[str], first: str, last: str, started: datetime) -> list[ev.Event]:
    """What is stored and lies between two messages of a page, but is not on it, is gone; no `last`: up to now."""
    last = last or f"{(started - PAGE_MARGIN).timestamp():.6f}"
    return [
        ev.Deleted(s.ts, started)
        for s in interview.said
        if not s.deleted and s.ts not in seen and after(s.ts, first) and not after(s.ts, last)
    ]


def _settled(now: datetime) -> str:
    """Up to which `ts` a page that is read now surely tells everything."""
    return stamp(now - PAGE_MARGIN)


def method_of(move: mv.Move) -> str:
    """The Web API method whose budget a move uses; empty when the move makes no call that is budgeted."""
    match move:
        case mv.Update():
            return "chat.update"
        case mv.ReadHistory():
            return "conversations.history"
        case mv.ReadThread() | mv.ReadRoot() | mv.Reconcile():
            return "conversations.replies"
        case mv.LookUpPerson():
            return "users.info"
        case mv.TryChannel():
            return "conversations.info"
        case mv.Publish("canvas", "created"):
            return "canvases.create"
        case mv.Publish("canvas", _):
            return "canvases.edit"
        case _:
            return ""
