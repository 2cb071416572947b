"""What stands on a timeline: what the record gave, what people added, and what they took off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.interview.state import Workspace
from bot.timeline.values import Entry
from storage.errors import UnknownPostmortem
from storage.scope import tenant
from storage.tables import entries, entry_revisions, postmortems

_FIELDS = tuple(each.name for each in fields(Entry))


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry, and who put it there or took it off by hand; an `erased` one has lost its words."""

    entry: Entry
    added_by: str | None = None
    removed_by: str | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an entry: added, corrected, removed, restored or erased; `text` and `at` are what it was before."""

    key: str
    change: str
    by: str
    changed_at: datetime
    text: str
    at: datetime | None


class Entries:
    """The timelines of a unit of work. An entry is known by its key within its postmortem."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def replace_record(self, postmortem_id: int, found: Sequence[Entry]) -> None:
        """What the record gives now takes the place of what it gave before.

        What people added or corrected stays, what they removed stays removed, and what was erased does not come back.
        """
        rows = self._rows(postmortem_id)
        touched = {key for key, row in rows.items() if row.added_by or row.removed_by or row.erased}
        erased = {row.source_ts for row in rows.values() if row.erased}
        fresh = {entry.key: entry for entry in found if entry.source_ts not in erased}
        old = [key for key in rows if key not in touched and key not in fresh]
        for start in range(0, len(old), 500):
            chunk = old[start : start + 500]
            self._connection.execute(
                sa.delete(entries).where(entries.c.postmortem_id == postmortem_id, entries.c.key.in_(chunk))
            )
        new = []
        for place, (key, entry) in enumerate(fresh.items()):
            if key not in rows:
                new.append({**_columns(entry), "place": place})
            elif key not in touched and (_entry(rows[key]) != entry or rows[key].place != place):
                self._change(postmortem_id, key, **_columns(entry), place=place)
        self._insert(postmortem_id, new)

    def all(self, postmortem_id: int, removed: bool = False) -> tuple[Kept, ...]:
        """The timeline by time, entries without one last; with `removed`, also what was taken off or erased."""
        rows = sorted(
            self._rows(postmortem_id).values(),
            key=lambda row: (row.at is None, row.at.timestamp() if row.at else 0.0, row.place, row.id),
        )
        return tuple(
            Kept(_entry(row), row.added_by, row.removed_by, row.erased)
            for row in rows
            if removed or not (row.removed_by or row.erased)
        )

    def add(self, postmortem_id: int, entry: Entry, by: str, at: datetime) -> None:
        """Somebody puts an entry on the timeline; one of the same key is corrected, and back if it was removed."""
        row = self._rows(postmortem_id).get(entry.key)
        if row is None:
            self._note(postmortem_id, entry.key, "added", by, at, None)
            self._insert(postmortem_id, [{**_columns(entry), "place": 0, "added_by": by, "added_at": at}])
            return
        self._note(postmortem_id, entry.key, "corrected", by, at, row)
        self._change(
            postmortem_id,
            entry.key,
            **_columns(entry),
            added_by=by,
            added_at=at,
            removed_by=None,
            removed_at=None,
            erased=False,
        )

    def remove(self, postmortem_id: int, key: str, by: str, at: datetime) -> bool:
        """Take an entry off; False when there is none to take off."""
        row = self._rows(postmortem_id).get(key)
        if row is None or row.removed_by or row.erased:
            return False
        self._note(postmortem_id, key, "removed", by, at, row)
        self._change(postmortem_id, key, removed_by=by, removed_at=at)
        return True

    def restore(self, postmortem_id: int, key: str, by: str, at: datetime) -> bool:
        """Put a removed entry back; False when it was not removed, or its words are gone."""
        row = self._rows(postmortem_id).get(key)
        if row is None or not row.removed_by or row.erased:
            return False
        self._note(postmortem_id, key, "restored", by, at, row)
        self._change(postmortem_id, key, removed_by=None, removed_at=None)
        return True

    def erase_source(self, postmortem_id: int, ts: str, at: datetime | None = None) -> bool:
        """The message was deleted: its entries leave the timeline and lose their words, in all versions.

        Gives back whether an entry stood there. `at` is when it was deleted.
        """
        gone = [row for row in self._rows(postmortem_id).values() if row.source_ts == ts and not row.erased]
        for row in gone:
            if at is not None:
                self._note(postmortem_id, row.key, "erased", "", at, row)
            self._change(postmortem_id, row.key, text="", reason="", erased=True)
        keys = [row.key for row in gone]
        revisions = entry_revisions.c
        self._connection.execute(
            sa.update(entry_revisions)
            .where(revisions.postmortem_id == postmortem_id, sa.or_(revisions.source_ts == ts, revisions.key.in_(keys)))
            .values(text="")
        )
        return any(not row.removed_by for row in gone)

    def changes(self, postmortem_id: int) -> tuple[Change, ...]:
        """What was changed by hand, in the order of the changes."""
        wanted = sa.select(*(entry_revisions.c[each.name] for each in fields(Change)))
        wanted = wanted.where(entry_revisions.c.postmortem_id == postmortem_id).order_by(entry_revisions.c.id)
        return tuple(Change(**row) for row in self._connection.execute(wanted).mappings())

    def _rows(self, postmortem_id: int) -> dict[str, Any]:
        wanted = sa.select(entries).where(entries.c.postmortem_id == postmortem_id)
        return {row.key: row for row in self._connection.execute(wanted)}

    def _insert(self, postmortem_id: int, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        owned = {"postmortem_id": postmortem_id, "erased": False, **self._tenant(postmortem_id)}
        self._connection.execute(sa.insert(entries), [{**row, **owned} for row in rows])

    def _change(self, postmortem_id: int, entry_key: str, /, **values: object) -> None:
        one = (entries.c.postmortem_id == postmortem_id, entries.c.key == entry_key)
        self._connection.execute(sa.update(entries).where(*one).values(values))

    def _note(self, postmortem_id: int, key: str, change: str, by: str, at: datetime, row: Any) -> None:
        before = {"text": row.text, "at": row.at, "source_ts": row.source_ts} if row is not None else {"text": ""}
        self._connection.execute(
            sa.insert(entry_revisions).values(
                postmortem_id=postmortem_id,
                **self._tenant(postmortem_id),
                key=key,
                change=change,
                by=by,
                changed_at=at,
                **before,
            )
        )

    def _tenant(self, postmortem_id: int) -> dict[str, str]:
        wanted = sa.select(postmortems.c.team, postmortems.c.enterprise).where(postmortems.c.id == postmortem_id)
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            raise UnknownPostmortem(postmortem_id)
        return tenant(Workspace(row.team, row.enterprise))


def _columns(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _FIELDS}


def _entry(row: Any) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _FIELDS})
