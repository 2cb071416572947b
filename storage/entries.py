"""What stands on a timeline: what the record gave, and what people added, changed, merged and took off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.timeline.corrections import KIND, ORDINARY, TEXT, Correction, against, corrected, from_record, merged
from bot.timeline.values import MILESTONES, Entry
from storage.entry_rows import Change, EntryRows, Kept, columns_of, entry_of, is_typed, kept_of
from storage.own_words import without_words
from storage.tables import entries, entry_revisions

__all__ = ["Change", "Entries", "Kept"]


class Entries(EntryRows):
    """The timelines of a unit of work. What people say of an entry outranks whatever the record gives later."""

    # the record --------------------------------------------------------------------------------------------------

    def replace_record(self, postmortem_id: int, found: Sequence[Entry]) -> None:
        """What the record gives now takes the place of what it gave before.

        What people added or corrected stays, what they removed stays removed, and what was erased does not come back.
        """
        rows = self._rows(postmortem_id)
        touched = {key for key, row in rows.items() if _touched(row)}
        erased = {row.source_ts for row in rows.values() if row.erased}
        fresh = {entry.key: entry for entry in found if entry.source_ts not in erased}
        # A statement's key names its time; what people did to it holds although the record now reads another time.
        held = {_statement(key) for key in touched if key not in fresh} - {""}
        fresh = {key: entry for key, entry in fresh.items() if _statement(key) not in held}
        old = [key for key in rows if key not in touched and key not in fresh]
        for start in range(0, len(old), 500):
            chunk = old[start : start + 500]
            self._connection.execute(
                sa.delete(entries).where(entries.c.postmortem_id == postmortem_id, entries.c.key.in_(chunk))
            )
        new = []
        for place, (key, entry) in enumerate(fresh.items()):
            row = rows.get(key)
            if row is None:
                new.append({**columns_of(entry), "place": place})
            elif row.added_by is None and not row.erased:
                now = from_record(entry, entry_of(row), row.corrected)
                found_as = entry.kind.value if KIND in row.corrected else None
                if (entry_of(row), row.place, row.found_as) != (now, place, found_as):
                    self._change(postmortem_id, key, **columns_of(now), place=place, found_as=found_as)
        self._insert(postmortem_id, new)

    def follow(self, postmortem_id: int, said: Mapping[str, str]) -> bool:
        """Messages were edited (`said` gives the words by ts): entries that people made of them say the same.

        Gives back whether one of them changed.
        """
        changed = False
        for row in self._rows(postmortem_id).values():
            now = said.get(row.source_ts or "")
            # Only a whole message, not one of its statements; and not what somebody wrote instead.
            if now is None or row.added_by is None or row.key != row.source_ts or row.erased or TEXT in row.corrected:
                continue
            if now.strip() and now != row.text:
                self._change(postmortem_id, row.key, text=now)
                changed = True
        return changed

    # people ------------------------------------------------------------------------------------------------------

    def add(self, postmortem_id: int, entry: Entry, by: str, at: datetime) -> bool:
        """Somebody puts an entry on the timeline, or back on it; False when it stands there already, or is erased."""
        row = self._rows(postmortem_id).get(entry.key)
        if row is not None:
            return self.restore(postmortem_id, entry.key, by, at)
        self._note(postmortem_id, entry.key, "added", by, at, None)
        self._insert(postmortem_id, [{**columns_of(entry), "place": 0, "added_by": by, "added_at": at}])
        self._yield_to(postmortem_id, entry.key, by, at)
        return True

    def correct(self, postmortem_id: int, key: str, wanted: Correction, by: str, at: datetime) -> bool:
        """Somebody says something else of an entry; False when that changes nothing, or the entry does not stand."""
        shown = self._shown(postmortem_id, key)
        if shown is None:
            return False
        correction = against(shown, wanted)
        if not correction.fields:
            return False
        self._correct(postmortem_id, key, correction, by, at)
        self._yield_to(postmortem_id, key, by, at)
        return True

    def merge(self, postmortem_id: int, key: str, other_key: str, by: str, at: datetime) -> bool:
        """Two entries tell the same: the first stays; False when one of the two does not stand."""
        one, other = self._shown(postmortem_id, key), self._shown(postmortem_id, other_key)
        if one is None or other is None or key == other_key:
            return False
        self._note(postmortem_id, other_key, "merged", by, at, self._rows(postmortem_id)[other_key])
        taken_off = {"removed_by": by, "removed_at": at, "merged_into": key}
        self._change(postmortem_id, other_key, **taken_off, changed_by=by, changed_at=at)
        # What was merged into that one before goes along.
        before = (entries.c.postmortem_id == postmortem_id, entries.c.merged_into == other_key)
        self._connection.execute(sa.update(entries).where(*before).values(merged_into=key))
        takes = merged(one, other)
        if takes.fields:
            self._correct(postmortem_id, key, takes, by, at)
            self._yield_to(postmortem_id, key, by, at)
        return True

    def remove(self, postmortem_id: int, key: str, by: str, at: datetime) -> bool:
        """Take an entry off; False when there is none to take off."""
        row = self._rows(postmortem_id).get(key)
        if row is None or row.removed_by or row.erased:
            return False
        self._note(postmortem_id, key, "removed", by, at, row)
        self._change(postmortem_id, key, removed_by=by, removed_at=at, changed_by=by, changed_at=at)
        return True

    def restore(self, postmortem_id: int, key: str, by: str, at: datetime) -> bool:
        """Put a removed or merged entry back; False when it was not removed, or its words are gone."""
        row = self._rows(postmortem_id).get(key)
        if row is None or not row.removed_by or row.erased:
            return False
        self._note(postmortem_id, key, "restored", by, at, row)
        back = {"removed_by": None, "removed_at": None, "merged_into": None}
        self._change(postmortem_id, key, **back, changed_by=by, changed_at=at)
        self._yield_to(postmortem_id, key, by, at)
        return True

    def take_back(self, postmortem_id: int, key: str, reason: str, by: str, at: datetime) -> bool:
        """The mark that made an entry is gone, and so is the entry; False when it stands for another reason too."""
        rows = self._rows(postmortem_id)
        row = rows.get(key)
        if row is None or row.reason != reason or row.removed_by or row.erased or row.corrected:
            return False
        if any(each.merged_into == key for each in rows.values()):
            return False
        self._note(postmortem_id, key, "removed", by, at, row)
        one = (entries.c.postmortem_id == postmortem_id, entries.c.key == key)
        self._connection.execute(sa.delete(entries).where(*one))
        return True

    # erasure -----------------------------------------------------------------------------------------------------

    def erase_source(self, postmortem_id: int, ts: str, at: datetime | None = None) -> bool:
        """The message was deleted: its entries leave the timeline and lose their words, in all versions.

        What a person typed instead stays, as far as it does not repeat the message. Gives back whether an entry stood
        there. `at` is when it was deleted.
        """
        rows = self._rows(postmortem_id)
        mine = [row for row in rows.values() if row.source_ts == ts and not row.erased]
        words = {row.text.rstrip("…").rstrip() for row in mine if not is_typed(row)}
        words |= self._untyped_revisions(postmortem_id, ts)
        for row in mine:
            if at is not None:
                self._note(postmortem_id, row.key, "erased", "", at, row)
            if is_typed(row):
                self._change(postmortem_id, row.key, source_ts=None)
            else:
                self._change(postmortem_id, row.key, text="", reason="", erased=True)
        for row in rows.values():
            left = without_words(row.text, words)
            if is_typed(row) and left != row.text:
                self._change(postmortem_id, row.key, text=left)
        self._erase_revisions(postmortem_id, ts, words)
        return any(not row.removed_by for row in mine)

    def forget_wordings(self, postmortem_id: int, ts: str) -> None:
        """What entries of a message said in its own earlier words is not kept any more."""
        self._erase_revisions(postmortem_id, ts, set())

    def _untyped_revisions(self, postmortem_id: int, ts: str) -> set[str]:
        """What the entries of a message said in the message's own words before they were changed."""
        own = (
            entry_revisions.c.postmortem_id == postmortem_id,
            entry_revisions.c.source_ts == ts,
            entry_revisions.c.typed.is_(False),
        )
        found = self._connection.execute(sa.select(entry_revisions.c.text).where(*own)).scalars()
        return {text.rstrip("…").rstrip() for text in found}

    def _erase_revisions(self, postmortem_id: int, ts: str, words: set[str]) -> None:
        kept = entry_revisions.c
        mine = kept.postmortem_id == postmortem_id
        own = (mine, kept.source_ts == ts, kept.typed.is_(False))
        self._connection.execute(sa.update(entry_revisions).where(*own).values(text=""))
        typed = sa.select(kept.id, kept.text).where(mine, kept.typed.is_(True))
        for row in self._connection.execute(typed).all() if words else ():
            left = without_words(row.text, words)
            if left != row.text:
                self._connection.execute(sa.update(entry_revisions).where(kept.id == row.id).values(text=left))

    # parts -------------------------------------------------------------------------------------------------------

    def _shown(self, postmortem_id: int, key: str) -> Entry | None:
        """The entry as people see it; None when it does not stand."""
        return next((kept.entry for kept in self.all(postmortem_id) if kept.entry.key == key), None)

    def _correct(self, postmortem_id: int, key: str, correction: Correction, by: str, at: datetime) -> None:
        row = self._rows(postmortem_id)[key]
        self._note(postmortem_id, key, "corrected", by, at, row)
        found_as = row.found_as
        if correction.kind is not None and KIND not in row.corrected and row.added_by is None:
            found_as = row.kind.value
        self._change(
            postmortem_id,
            key,
            **columns_of(corrected(entry_of(row), correction)),
            corrected=tuple(dict.fromkeys((*row.corrected, *correction.fields))),
            found_as=found_as,
            changed_by=by,
            changed_at=at,
        )

    def _yield_to(self, postmortem_id: int, key: str, by: str, at: datetime) -> None:
        """An incident has one moment of each milestone: the one that a person named last."""
        rows = self._rows(postmortem_id)
        kind = rows[key].kind
        if kind not in MILESTONES or not kept_of(rows[key]).vouched:
            return
        for other in rows.values():
            same = other.key != key and other.kind is kind and not other.removed_by and not other.erased
            if same and kept_of(other).vouched:
                self._correct(postmortem_id, other.key, Correction(kind=ORDINARY[kind]), by, at)


def _touched(row: Any) -> bool:
    return bool(row.added_by or row.removed_by or row.erased or row.corrected)


def _statement(key: str) -> str:
    """Which statement of which message an entry is made of; empty for a whole message and for what people added."""
    return key.rpartition("/")[0]
