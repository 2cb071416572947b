"""Where postmortems are kept: each as rows, of which a save writes only those that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.interview.replacing import replace
from bot.interview.state import RUNNING, Interview, Stage, Workspace
from bot.interview.step import RESTORABLE_FOR
from bot.interview.writing import HEARD_FOR
from storage import erasure
from storage.changes import add, change
from storage.counters import following
from storage.errors import AlreadyRunning, Stale, UnknownPostmortem
from storage.known import Known, Remembered
from storage.past import Past
from storage.prepared import Prepared
from storage.rows import PARTS, Part, changed_columns, changed_parts, interview_of, parent_row
from storage.scope import tenant, within
from storage.tables import claims, postmortems, reply_revisions

#: For so long after the document was written, replies in its thread are still heard.
HEARD_AFTER_WRITTEN = HEARD_FOR

_RUNNING = sorted(RUNNING)
_ROW = sa.select(postmortems.c.version).where(postmortems.c.id == sa.bindparam("of"))
_VERSION = Prepared(_ROW)
_VERSION_LOCKED = Prepared(_ROW.with_for_update(key_share=True))


def _said_before(interview: Interview, ts: str) -> str:
    return next((said.text for said in interview.said if said.ts == ts), "")


@dataclass(frozen=True, slots=True)
class Brief:
    """A postmortem in a list."""

    id: int
    number: str
    title: str
    stage: Stage
    channel: str
    thread_ts: str | None
    facilitator: str
    written_at: datetime | None
    cancelled_at: datetime | None
    scope: str = ""


class Postmortems:
    """The postmortems of a unit of work. Ids are the rows' own; all moments are aware UTC."""

    def __init__(self, connection: sa.Connection, *, writing: bool, known: Known) -> None:
        self._connection = connection
        self._writing = writing
        self._known = known
        #: What this unit has loaded or saved: others may believe it once the unit is committed.
        self.loaded: dict[int, Remembered] = {}

    def create(self, interview: Interview, script: str, due_at: datetime | None) -> Interview:
        """Begin a postmortem with the script that it keeps; gives it an id and the number PM-<year>-<NNN>.

        The year is that of `started_at` in the interview's zone. Raises AlreadyRunning when one runs in its scope.
        """
        self._refuse_second(interview)
        year = interview.started_at.astimezone(ZoneInfo(interview.zone)).year
        # Whoever comes second waits for the counter here, and then sees what the first has begun.
        with self._connection.begin_nested():
            serial = following(self._connection, interview.workspace, f"PM-{year}")
            self._refuse_second(interview)
            begun = replace(interview, number=f"PM-{year}-{serial:03d}", version=1)
            values = {**parent_row(begun), **tenant(begun.workspace), "version": 1, "script": script, "due_at": due_at}
            id = self._connection.execute(
                sa.insert(postmortems).values(values).returning(postmortems.c.id)
            ).scalar_one()
            begun = replace(begun, id=id)
            self._connection.execute(sa.insert(claims).values(postmortem_id=id, **tenant(begun.workspace)))
            for part in PARTS:
                self._insert(part, begun, list(part.keyed(begun).values()))
        return begun

    def presumed(self, id: int) -> tuple[Interview, str]:
        """What `load` gives, without a look at whether somebody has saved it since: only `save` finds that out."""
        known = self._known.last(id)
        if known is None:
            return self.load(id)
        self.loaded[id] = known
        return known.interview, known.script

    def load(self, id: int) -> tuple[Interview, str]:
        """The interview and its script's text. While writing, others who load it wait until this unit ends."""
        wanted = _VERSION_LOCKED if self._writing else _VERSION
        row = wanted.one(self._connection, {"of": id})
        if row is None:
            raise UnknownPostmortem(id)
        mine = self.loaded.get(id)
        if mine is not None and mine.interview.version == row[0] and mine.holds():
            known: Remembered | None = mine
        else:
            known = self._known.get(id, row[0])
        if known is None:
            parent = self._connection.execute(sa.select(postmortems).where(postmortems.c.id == id)).mappings().one()
            parts = {part.table.name: self._rows(part, id) for part in PARTS}
            known = Remembered(interview_of(parent, parts), parent["script"])
        self.loaded[id] = known
        return known.interview, known.script

    def save(
        self,
        before: Interview,
        after: Interview,
        due_at: datetime | None,
        *,
        hidden: str | None = None,
        script: str | None = None,
    ) -> Interview:
        """Write what differs between the two, and when the postmortem is due next (None: never by itself).

        `hidden` is the ts of a reply that was edited so that some of its lines begin with two slashes; `script`
        is the text of another script that it follows from now on.
        Gives `after` back as it is now kept: with its new version, and without the words of messages that were
        deleted, or lines that were hidden. Raises Stale when somebody has saved since `before` was loaded,
        AlreadyRunning when a restored postmortem finds another one in its scope.
        """
        loaded = self.loaded.pop(before.id, None)
        after = erasure.without_deleted(before, after)
        if hidden is not None:
            after = erasure.without_hidden(before, after, hidden)
        changed = changed_columns(before, after) | {"version": before.version + 1, "due_at": due_at}
        if script is not None:
            changed["script"] = script
        where = {"id": before.id, "version": before.version}
        if self._update(where, changed, after, restored=after.running and not before.running) == 0:
            self._require(before.id)
            raise Stale(before.id)
        for part in changed_parts(before, after):
            self._save_part(part, before, after)
        self._keep_revisions(before, after)
        gone = erasure.newly_deleted(before, after)
        for ts, at in gone.items():
            erasure.erase(self._connection, after, before, ts, at, _said_before(before, ts))
        if gone or hidden is not None:
            at = max(gone.values(), default=max((said.touched_at for said in after.said), default=after.started_at))
            erasure.erase_likenesses(self._connection, after.workspace, after.number, at)
        if hidden is not None:
            erasure.erase_hidden(self._connection, after, hidden, at)
        after = replace(after, version=before.version + 1)
        Past(self._connection).follow(before, after)
        if loaded is not None and loaded.interview is before:
            self.loaded[after.id] = Remembered(after, loaded.script if script is None else script, saved_over=before)
        return after

    def running_in(self, workspace: Workspace, scope: str) -> int | None:
        """The postmortem that runs in that scope."""
        return self._one(
            within(postmortems, workspace), postmortems.c.scope == scope, postmortems.c.stage.in_(_RUNNING)
        )

    def of_channel(self, workspace: Workspace, channel: str) -> tuple[Brief, ...]:
        """All postmortems of a channel, the newest first."""
        rows = self._connection.execute(
            sa.select(*(postmortems.c[name] for name in Brief.__dataclass_fields__))
            .where(within(postmortems, workspace), postmortems.c.channel == channel)
            .order_by(postmortems.c.started_at.desc(), postmortems.c.id.desc())
        )
        return tuple(Brief(**row) for row in rows.mappings())

    def of_record(self, workspace: Workspace, channel: str) -> tuple[Brief, ...]:
        """All postmortems whose record is that of the channel, the newest first."""
        rows = self._connection.execute(
            sa.select(*(postmortems.c[name] for name in Brief.__dataclass_fields__))
            .where(within(postmortems, workspace), _reads(channel))
            .order_by(postmortems.c.started_at.desc(), postmortems.c.id.desc())
        )
        return tuple(Brief(**row) for row in rows.mappings())

    def following(self, workspace: Workspace, channel: str, ts: str, now: datetime) -> tuple[int, ...]:
        """The postmortems that follow what becomes of that message of the channel: it was written before they began."""
        wanted = sa.select(postmortems.c.id).where(
            within(postmortems, workspace),
            _reads(channel),
            _heard(now),
            sa.or_(postmortems.c.thread_ts.is_(None), postmortems.c.thread_ts > ts),
        )
        return tuple(self._connection.execute(wanted.order_by(postmortems.c.id)).scalars())

    def running(self, workspace: Workspace) -> tuple[Brief, ...]:
        """All postmortems of a workspace that run, the newest first."""
        rows = self._connection.execute(
            sa.select(*(postmortems.c[name] for name in Brief.__dataclass_fields__))
            .where(within(postmortems, workspace), postmortems.c.stage.in_(_RUNNING))
            .order_by(postmortems.c.started_at.desc(), postmortems.c.id.desc())
        )
        return tuple(Brief(**row) for row in rows.mappings())

    def by_thread(self, workspace: Workspace, channel: str, thread_ts: str) -> int | None:
        """The postmortem whose interview is held in that thread."""
        return self._one(
            within(postmortems, workspace), postmortems.c.channel == channel, postmortems.c.thread_ts == thread_ts
        )

    def by_number(self, workspace: Workspace, number: str) -> int | None:
        return self._one(within(postmortems, workspace), postmortems.c.number == number)

    def numbered(self, number: str) -> tuple[int, ...]:
        """The postmortems of that number, of whichever workspace; the oldest first."""
        wanted = sa.select(postmortems.c.id).where(postmortems.c.number == number).order_by(postmortems.c.id)
        return tuple(self._connection.execute(wanted).scalars())

    def due(self, now: datetime, limit: int = 50) -> tuple[int, ...]:
        """What is due, in all workspaces; the longest overdue first."""
        wanted = (
            sa.select(postmortems.c.id)
            .where(postmortems.c.due_at <= now)
            .order_by(postmortems.c.due_at, postmortems.c.id)
            .limit(limit)
        )
        return tuple(self._connection.execute(wanted).scalars())

    def set_due(self, id: int, due_at: datetime | None, version: int | None = None) -> bool:
        """Change when it is due; its version stays.

        With `version`, only while that is still the one that is kept: a later save knows better when it is due.
        Gives back whether it was changed. Raises UnknownPostmortem.
        """
        changed = sa.update(postmortems).where(postmortems.c.id == id).values(due_at=due_at)
        if version is not None:
            changed = changed.where(postmortems.c.version == version)
        if self._connection.execute(changed).rowcount > 0:
            return True
        self._require(id)
        return False

    def erase_source(self, id: int, ts: str, at: datetime) -> bool:
        """A message of the channel was deleted at that moment: take its words out of everything in one postmortem.

        Its replies, questions, facts and edited sections, its timeline and its items. Gives back whether they were
        used anywhere but in the record: the timeline and the document are then to be shown anew, which is due at
        once. Raises UnknownPostmortem.
        """
        before, _ = self.load(id)
        self.loaded.pop(id)
        after = erasure.without_sections(erasure.without(before, {ts}))
        for part in changed_parts(before, after):
            self._save_part(part, before, after)
        used = erasure.erase(self._connection, before, before, ts, at) or after != before
        if used:
            erasure.erase_likenesses(self._connection, before.workspace, before.number, at)
            self._connection.execute(
                sa.update(postmortems)
                .where(postmortems.c.id == id)
                .values(
                    version=before.version + 1,
                    revision=before.revision + 1,
                    timeline_revision=before.timeline_revision + 1,
                    items_revision=before.items_revision + 1,
                    changed_at=at,
                    due_at=at,
                )
            )
            Past(self._connection).keep(replace(after, version=before.version + 1))
        return used

    def listens(self, workspace: Workspace, channel: str, now: datetime) -> bool:
        """Whether messages of the channel are kept: one runs on it, or was written or cancelled a short time ago."""
        return self._one(within(postmortems, workspace), _reads(channel), _heard(now)) is not None

    def alive(self, now: datetime | None = None) -> tuple[int, ...]:
        """The postmortems that run, oldest first; with `now`, also those in which replies are still heard."""
        alive = postmortems.c.stage.in_(_RUNNING) if now is None else _heard(now)
        return tuple(
            self._connection.execute(sa.select(postmortems.c.id).where(alive).order_by(postmortems.c.id)).scalars()
        )

    def _one(self, *conditions: sa.ColumnElement[bool]) -> int | None:
        wanted = sa.select(postmortems.c.id).where(*conditions).order_by(postmortems.c.id.desc()).limit(1)
        return self._connection.execute(wanted).scalar_one_or_none()

    def _require(self, id: int) -> None:
        if self._one(postmortems.c.id == id) is None:
            raise UnknownPostmortem(id)

    def _refuse_second(self, interview: Interview) -> None:
        id = self.running_in(interview.workspace, interview.scope)
        if id is None or id == interview.id:
            return
        row = self._connection.execute(sa.select(postmortems).where(postmortems.c.id == id)).one()
        raise AlreadyRunning(id, row.number, row.channel, row.thread_ts, row.facilitator)

    def _update(
        self, where: Mapping[str, Any], changed: Mapping[str, Any], interview: Interview, *, restored: bool
    ) -> int:
        if not restored:
            return change(self._connection, postmortems, where, changed)
        self._refuse_second(interview)
        try:
            with self._connection.begin_nested():
                return change(self._connection, postmortems, where, changed)
        except IntegrityError:
            # Another one began between the look and the update; only the index could see it.
            self._refuse_second(interview)
            raise

    def _rows(self, part: Part, id: int) -> Sequence[Mapping[Any, Any]]:
        wanted = sa.select(part.table).where(part.table.c.postmortem_id == id).order_by(part.table.c.place)
        return self._connection.execute(wanted).mappings().all()

    def _insert(self, part: Part, interview: Interview, rows: list[dict[str, Any]]) -> None:
        owned = {"postmortem_id": interview.id, **tenant(interview.workspace)}
        for row in rows:
            add(self._connection, part.table, {**row, **owned})

    def _save_part(self, part: Part, before: Interview, after: Interview) -> None:
        old, new = part.differing(before, after)
        for key in old.keys() - new.keys():
            mine = part.table.c.postmortem_id == after.id
            self._connection.execute(sa.delete(part.table).where(mine, *self._at(part, key)))
        for key in new.keys() & old.keys():
            changed = {name: value for name, value in new[key].items() if old[key][name] != value}
            if changed:
                where = {"postmortem_id": after.id, **dict(zip(part.key, key, strict=True))}
                change(self._connection, part.table, where, changed)
        self._insert(part, after, [row for key, row in new.items() if key not in old])

    @staticmethod
    def _at(part: Part, key: tuple[Any, ...]) -> list[sa.ColumnElement[bool]]:
        return [part.table.c[name] == value for name, value in zip(part.key, key, strict=True)]

    def _keep_revisions(self, before: Interview, after: Interview) -> None:
        now = {said.ts: said for said in after.said}
        owned = {"postmortem_id": after.id, **tenant(after.workspace)}
        rows = [
            {**owned, "ts": said.ts, "revision": said.revision, "text": said.text, "said_at": said.touched_at}
            for said in before.said
            if said.ts in now and not now[said.ts].deleted and now[said.ts].text != said.text
        ]
        if rows:
            self._connection.execute(sa.insert(reply_revisions), rows)


def _reads(channel: str) -> sa.ColumnElement[bool]:
    """Its conversation is held in that channel, or its record is that of the channel."""
    return sa.or_(postmortems.c.channel == channel, postmortems.c.source == channel)


def _heard(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        postmortems.c.stage.in_(_RUNNING),
        sa.and_(postmortems.c.stage == Stage.WRITTEN, postmortems.c.written_at >= now - HEARD_AFTER_WRITTEN),
        sa.and_(postmortems.c.stage == Stage.CANCELLED, postmortems.c.cancelled_at >= now - RESTORABLE_FOR),
    )
