"""What was written in a channel: each message once, under (workspace, channel, ts), whoever reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.interview.state import Workspace
from bot.timeline.values import RecordMessage
from storage.dialect import insert
from storage.scope import tenant, within
from storage.tables import channel_messages as messages
from storage.tables import reading_threads as threads

_FIELDS = tuple(each.name for each in fields(RecordMessage))
_KEY = [messages.c.enterprise, messages.c.team, messages.c.channel, messages.c.ts]


class Record:
    """The channels' messages in a unit of work; every `ts` is Slack's own string."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def store(self, workspace: Workspace, channel: str, messages_: Sequence[RecordMessage]) -> None:
        """Keep messages, in whatever order they come: the version edited last wins, and a deletion is final."""
        rows = [self._row(workspace, channel, message) for message in messages_]
        if not rows:
            return
        fresh = insert(self._connection, messages)
        new = fresh.excluded
        edited = sa.func.coalesce(messages.c.edited_ts, "") <= sa.func.coalesce(new.edited_ts, "")
        # A message may be told as an event, which does not count its replies, after a page of the history did.
        counted = sa.case((new.reply_count > messages.c.reply_count, new.reply_count), else_=messages.c.reply_count)
        values: dict[str, Any] = {name: new[name] for name in _FIELDS if name != "ts"}
        values |= {
            "reply_count": counted,
            # Slack shows a deleted message as its own; who wrote it stays.
            "user": sa.case((new.deleted, messages.c.user), else_=new.user),
            "bot": sa.case((new.deleted, messages.c.bot), else_=new.bot),
            "thread_ts": sa.func.coalesce(new.thread_ts, messages.c.thread_ts),
        }
        stored = fresh.on_conflict_do_update(
            index_elements=_KEY,
            set_=values,
            where=sa.case((messages.c.deleted, new.deleted), else_=sa.or_(new.deleted, edited)),
        )
        # In one order for everybody: two pages that overlap then wait for each other, never both.
        self._connection.execute(stored, sorted(rows, key=lambda row: (row["ts"], row["edited_ts"] or "")))

    def delete(self, workspace: Workspace, channel: str, ts: str, at: datetime) -> None:
        """Erase what a message said and keep that it was deleted, also when it comes only afterwards."""
        gone = {"text": "", "deleted": True, "deleted_at": at, "reactions": (), "files": (), "pinned": False}
        fresh = insert(self._connection, messages).values(
            **tenant(workspace), channel=channel, ts=ts, broadcast=False, reply_count=0, **gone
        )
        self._connection.execute(
            fresh.on_conflict_do_update(index_elements=_KEY, set_=gone, where=messages.c.deleted_at.is_(None))
        )

    def gone(self, workspace: Workspace, channel: str, stamps: Collection[str]) -> frozenset[str]:
        """Which of these messages were deleted."""
        wanted = sa.select(messages.c.ts).where(
            within(messages, workspace), messages.c.channel == channel, messages.c.ts.in_(stamps), messages.c.deleted
        )
        return frozenset(self._connection.execute(wanted).scalars())

    def text(self, workspace: Workspace, channel: str, ts: str) -> str:
        """What one message says; empty where it is not kept, or was deleted."""
        wanted = sa.select(messages.c.text).where(
            within(messages, workspace), messages.c.channel == channel, messages.c.ts == ts
        )
        return self._connection.execute(wanted).scalar_one_or_none() or ""

    def messages(
        self, workspace: Workspace, channel: str, oldest: str | None = None, latest: str | None = None
    ) -> tuple[RecordMessage, ...]:
        """The messages from `oldest` to `latest`, both included, by time of posting; deleted ones have no words."""
        wanted = sa.select(*(messages.c[name] for name in _FIELDS)).where(
            within(messages, workspace), messages.c.channel == channel
        )
        if oldest:
            wanted = wanted.where(messages.c.ts >= oldest)
        if latest:
            wanted = wanted.where(messages.c.ts <= latest)
        rows = self._connection.execute(wanted.order_by(messages.c.ts)).mappings()
        return tuple(RecordMessage(**row) for row in rows)

    def owe(self, postmortem_id: int, workspace: Workspace, found: Mapping[str, str]) -> None:
        """Note threads that a postmortem has to read: the `ts` of each root, and of its newest reply where known."""
        for root, latest_reply in sorted(found.items()):
            fresh = insert(self._connection, threads).values(
                **tenant(workspace), postmortem_id=postmortem_id, root=root, latest_reply=latest_reply,
                cursor="", complete=False,
            )  # fmt: skip
            self._connection.execute(fresh.on_conflict_do_nothing(index_elements=_THREAD))

    def owed(self, postmortem_id: int, oldest: str = "", latest: str = "") -> int:
        """How many threads are to be read, those that were included."""
        wanted = sa.select(sa.func.count()).select_from(threads).where(*_owed(postmortem_id, oldest, latest))
        return int(self._connection.execute(wanted).scalar_one())

    def next_thread(self, postmortem_id: int, oldest: str = "", latest: str = "") -> tuple[str, str] | None:
        """The oldest thread that is not read to its end: its root, and the cursor to go on from.

        Threads without a reply from `oldest` on, or that began after `latest`, are left out.
        """
        wanted = sa.select(threads.c.root, threads.c.cursor).where(
            *_owed(postmortem_id, oldest, latest), sa.not_(threads.c.complete)
        )
        row = self._connection.execute(wanted.order_by(threads.c.root).limit(1)).one_or_none()
        return None if row is None else (row.root, row.cursor)

    def thread_read(self, postmortem_id: int, root: str, cursor: str | None) -> None:
        """Note how far a thread was read; None: to its end."""
        read = sa.update(threads).where(threads.c.postmortem_id == postmortem_id, threads.c.root == root)
        self._connection.execute(read.values(cursor=cursor or "", complete=cursor is None))

    def answered(self, workspace: Workspace, channel: str, since: str) -> dict[str, tuple[int, str]]:
        """How many replies each thread has that are kept, and the newest; of threads that began from `since` on."""
        kept = sa.select(messages.c.thread_ts, sa.func.count(), sa.func.max(messages.c.ts)).where(
            within(messages, workspace),
            messages.c.channel == channel,
            messages.c.thread_ts >= since,
            messages.c.ts != messages.c.thread_ts,
            sa.not_(messages.c.deleted),
        )
        found = self._connection.execute(kept.group_by(messages.c.thread_ts))
        return {root: (count, newest) for root, count, newest in found}

    def get(self, workspace: Workspace, channel: str, ts: str) -> RecordMessage | None:
        """One message, if it is kept."""
        found = self.messages(workspace, channel, oldest=ts, latest=ts)
        return found[0] if found else None

    def authors(self, workspace: Workspace, channel: str) -> frozenset[str]:
        """The people who wrote in the channel; not its bots."""
        wanted = sa.select(messages.c.user).distinct()
        wanted = wanted.where(
            within(messages, workspace),
            messages.c.channel == channel,
            messages.c.user.is_not(None),
            messages.c.bot.is_(None),
            messages.c.deleted.is_(False),
        )
        return frozenset(self._connection.execute(wanted).scalars())

    def with_mentions(self, workspace: Workspace, channel: str) -> tuple[str, ...]:
        """The texts of the channel in which somebody or something is mentioned by an id."""
        mentions = sa.or_(*(messages.c.text.contains(sign) for sign in ("<@", "<!subteam^", "<#")))
        wanted = sa.select(messages.c.text).where(within(messages, workspace), messages.c.channel == channel, mentions)
        return tuple(self._connection.execute(wanted).scalars())

    @staticmethod
    def _row(workspace: Workspace, channel: str, message: RecordMessage) -> dict[str, Any]:
        row: dict[str, Any] = {name: getattr(message, name) for name in _FIELDS}
        if message.deleted:
            row |= _NOTHING_SAID
        return {**row, **tenant(workspace), "channel": channel}


_NOTHING_SAID: Mapping[str, Any] = {"text": "", "reactions": (), "files": (), "pinned": False}
_THREAD = [threads.c.postmortem_id, threads.c.root, threads.c.enterprise, threads.c.team]


def _owed(postmortem_id: int, oldest: str, latest: str) -> list[sa.ColumnElement[bool]]:
    found = [threads.c.postmortem_id == postmortem_id]
    if oldest:
        found.append(sa.or_(threads.c.latest_reply >= oldest, threads.c.latest_reply == ""))
    if latest:
        found.append(threads.c.root <= latest)
    return found
