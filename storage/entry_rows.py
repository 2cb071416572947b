"""How is a timeline kept? One row an entry, and one row a change of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.interview.state import Workspace
from bot.timeline.corrections import KIND, ORDINARY
from bot.timeline.values import MILESTONES, Entry, Kind
from storage.errors import UnknownPostmortem
from storage.scope import tenant
from storage.tables import entries, entry_revisions, postmortems

_FIELDS = tuple(each.name for each in fields(Entry))


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry, and what people did to it by hand; an `erased` one has lost its words."""

    entry: Entry
    added_by: str | None = None
    removed_by: str | None = None
    erased: bool = False
    #: Which of text, time and kind are a person's word.
    corrected: tuple[str, ...] = ()
    changed_by: str | None = None
    changed_at: datetime | None = None
    #: What the record takes it for, where it is shown as something else.
    found_as: Kind | None = None
    merged_into: str | None = None
    #: The entries that tell the same and were merged into this one.
    merged: tuple[Entry, ...] = ()

    @property
    def stands(self) -> bool:
        return not (self.removed_by or self.erased)

    @property
    def vouched(self) -> bool:
        """Whether a person says that it is the milestone that it is shown as."""
        return self.entry.kind in MILESTONES and (self.added_by is not None or KIND in self.corrected)

    @property
    def read_as(self) -> Kind | None:
        """What the record takes it for; None for what only people have put there."""
        return self.found_as or (self.entry.kind if self.added_by is None else None)


@dataclass(frozen=True, slots=True)
class Change:
    """One change by hand: added, corrected, merged, removed, restored or erased; the rest is what it was before."""

    key: str
    change: str
    by: str
    changed_at: datetime
    text: str
    at: datetime | None
    precision: str | None = None
    kind: str | None = None


class EntryRows:
    """The rows of the timelines of a unit of work. An entry is known by its key within its postmortem."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self, postmortem_id: int, removed: bool = False) -> tuple[Kept, ...]:
        """The timeline by time, entries without one last; with `removed`, also what was taken off or erased.

        A milestone that the record gives is an ordinary entry as long as a person says that another is that milestone.
        """
        rows = sorted(
            self._rows(postmortem_id).values(),
            key=lambda row: (row.at is None, row.at.timestamp() if row.at else 0.0, row.place, row.id),
        )
        merged: dict[str, list[Entry]] = {}
        for row in rows:
            if row.merged_into and row.removed_by and not row.erased:
                merged.setdefault(row.merged_into, []).append(entry_of(row))
        kept = [kept_of(row, merged.get(row.key, ())) for row in rows]
        vouched = {each.entry.kind for each in kept if each.stands and each.vouched}
        shown = (_ordinary(each) if each.entry.kind in vouched and not each.vouched else each for each in kept)
        return tuple(each for each in shown if removed or each.stands)

    def changes(self, postmortem_id: int) -> tuple[Change, ...]:
        """What was changed by hand, in the order of the changes."""
        wanted = sa.select(*(entry_revisions.c[each.name] for each in fields(Change)))
        wanted = wanted.where(entry_revisions.c.postmortem_id == postmortem_id).order_by(entry_revisions.c.id)
        return tuple(Change(**row) for row in self._connection.execute(wanted).mappings())

    def _rows(self, postmortem_id: int) -> dict[str, Any]:
        wanted = sa.select(entries).where(entries.c.postmortem_id == postmortem_id)
        return {row.key: row for row in self._connection.execute(wanted)}

    def _insert(self, postmortem_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        owned = {"postmortem_id": postmortem_id, "corrected": (), "erased": False, **self._tenant(postmortem_id)}
        self._connection.execute(sa.insert(entries), [{**row, **owned} for row in rows])

    def _change(self, postmortem_id: int, entry_key: str, /, **values: object) -> None:
        one = (entries.c.postmortem_id == postmortem_id, entries.c.key == entry_key)
        self._connection.execute(sa.update(entries).where(*one).values(values))

    def _note(self, postmortem_id: int, key: str, change: str, by: str, at: datetime, row: Any) -> None:
        before: dict[str, Any] = {"text": "", "typed": False}
        if row is not None:
            before = {name: getattr(row, name) for name in ("text", "at", "source_ts")}
            before |= {"typed": is_typed(row), "precision": row.precision.value, "kind": row.kind.value}
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


def columns_of(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _FIELDS}


def entry_of(row: Any) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _FIELDS})


def kept_of(row: Any, merged: Sequence[Entry] = ()) -> Kept:
    return Kept(
        entry_of(row),
        row.added_by,
        row.removed_by,
        row.erased,
        row.corrected,
        row.changed_by,
        row.changed_at,
        Kind(row.found_as) if row.found_as else None,
        row.merged_into,
        tuple(merged),
    )


def is_typed(row: Any) -> bool:
    """Whether the words of an entry are those of the person who changed or added it, not a message's."""
    return "text" in row.corrected or row.source_ts is None


def _ordinary(kept: Kept) -> Kept:
    return replace(kept, entry=replace(kept.entry, kind=ORDINARY[kept.entry.kind]), found_as=kept.entry.kind)
