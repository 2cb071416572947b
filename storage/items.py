"""What was agreed to be done: items that follow the message they were said in, and what people filled in by hand."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any, assert_never

import sqlalchemy as sa

from bot.actions.item import Item, Met, Status, Withdrawn
from bot.actions.values import Draft, Group, Owner, Person, Priority, Words
from bot.interview.state import Stage, Workspace
from bot.timeline.values import moment_of
from storage.counters import following
from storage.errors import UnknownItem
from storage.scope import tenant, within
from storage.tables import item_changes, items, nudges, postmortems

#: What a person can fill in; the columns of each, and the one that says who did.
_FILLED = {
    "text": ("text",),
    "owner": ("owner_kind", "owner"),
    "due": ("due", "due_words", "due_sure"),
    "measure": ("measure",),
    "priority": ("priority",),
}
#: What only a person says, by hand; no message names it.
_BESIDE = ("link", "sponsor", "met")
#: AI-1000 comes after AI-999; of two workspaces, the one that was first has its AI-001 first.
_BY_NUMBER = (sa.func.length(items.c.number), items.c.number, items.c.id)
#: Two messages that somebody writes in one go are heard within this time.
SOON = timedelta(seconds=10)
#: From this likeness on (0 to 1, as difflib counts it) a changed line is the same item said differently.
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One change of an item; `by` is empty where its message was edited."""

    at: datetime
    by: str
    field: str
    old: str | None
    new: str | None


class Items:
    """The items of a unit of work; a number is looked for in its workspace only."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def sync(
        self, workspace: Workspace, postmortem_id: int, source_ts: str, drafts: Sequence[Draft], at: datetime
    ) -> bool:
        """Make the items of one message those that it names now; gives back whether anything changed.

        A line keeps its item when it moves or is reworded. What a person filled in stays. An item whose line is gone
        is withdrawn, unless somebody has done anything with it; a line that comes back gets its old number.
        """
        rows = self._of_message(postmortem_id, source_ts)
        first = not rows
        pairs = _paired(rows, drafts)
        changed = False
        left = [row for row in rows if row.withdrawn_at is None and row.id not in {r.id for r in pairs.values() if r}]
        for row in left:
            if not self._touched(row):
                self._change(row, at, "", withdrawn_at=at, source_index=None)
            # Also where it was gone from there before: its words may have been erased since.
            changed = True
        # First all places are given up, since two items may change theirs with each other.
        moved = [row.id for index, row in pairs.items() if row and row.source_index != index] + [row.id for row in left]
        if moved:
            self._connection.execute(sa.update(items).where(items.c.id.in_(moved)).values(source_index=None))
        for index, draft in enumerate(drafts):
            known = pairs[index]
            if known is None:
                self._insert(workspace, postmortem_id, source_ts, index, draft, at)
                changed = True
            else:
                fresh = {
                    column: value
                    for field, columns in _FILLED.items()
                    if getattr(known, f"{field}_by") is None
                    for column, value in _drafted(draft).items()
                    if column in columns
                }
                changed |= self._change(known, at, "", **fresh, withdrawn_at=None)
                values = {"source_index": index, "typed": draft.text}
                self._connection.execute(sa.update(items).where(items.c.id == known.id).values(values))
        if first and drafts:
            self._number_as_said(postmortem_id, source_ts, at)
        return changed

    def all(self, postmortem_id: int) -> tuple[Item, ...]:
        """The items of a postmortem by their numbers, without those that were withdrawn."""
        return self._items(items.c.postmortem_id == postmortem_id)

    def withdrawn(self, postmortem_id: int) -> tuple[Withdrawn, ...]:
        """The items whose line was edited out of its message before anybody did anything with them."""
        wanted = (
            sa.select(items.c.number, items.c.source_ts)
            .where(items.c.postmortem_id == postmortem_id, items.c.withdrawn_at.is_not(None), items.c.typed != "")
            .order_by(*_BY_NUMBER)
        )
        return tuple(Withdrawn(row.number, row.source_ts) for row in self._connection.execute(wanted))

    def get(self, workspace: Workspace, number: str) -> Item | None:
        found = self._items(within(items, workspace), items.c.number == number)
        return found[0] if found else None

    def open(self, workspace: Workspace | None = None) -> tuple[Item, ...]:
        """The open items of all postmortems that are written; snoozed ones too."""
        conditions = [items.c.status == Status.OPEN, postmortems.c.stage == Stage.WRITTEN]
        if workspace is not None:
            conditions.append(within(items, workspace))
        return self._items(*conditions)

    def owned(self, workspace: Workspace, user: str) -> tuple[Item, ...]:
        """The open items of one person, also of postmortems that are not written yet."""
        return self._items(
            within(items, workspace),
            items.c.status == Status.OPEN,
            items.c.owner_kind == "person",
            items.c.owner == user,
            postmortems.c.stage != Stage.CANCELLED,
        )

    def to_judge(self, workspace: Workspace, since: datetime) -> tuple[Item, ...]:
        """The items of written postmortems that were done since then, and of which it is open whether they helped.

        Those whose measure nobody has spoken of, and those whose measure was not met.
        """
        return self._items(
            within(items, workspace),
            items.c.status == Status.DONE,
            items.c.closed_at >= since,
            items.c.measure.is_not(None),
            sa.or_(items.c.met.is_(None), items.c.met == Met.NO),
            postmortems.c.stage == Stage.WRITTEN,
        )

    def done(self, workspace: Workspace, since: datetime) -> tuple[Item, ...]:
        """The items of written postmortems that somebody has said since then are done."""
        return self._items(
            within(items, workspace),
            items.c.status == Status.DONE,
            items.c.closed_at >= since,
            postmortems.c.stage == Stage.WRITTEN,
        )

    def given_up(self, workspace: Workspace, since: datetime) -> tuple[Item, ...]:
        """The items of written postmortems of which somebody has said since then that they won't be done."""
        return self._items(
            within(items, workspace),
            items.c.status == Status.DROPPED,
            items.c.closed_at >= since,
            postmortems.c.stage == Stage.WRITTEN,
        )

    def handed_on(self, workspace: Workspace, by: str, since: datetime) -> tuple[Item, ...]:
        """The open items of written postmortems to which this person gave the owner that they have, since then."""
        given = self._owner_changes().where(
            item_changes.c.at >= since, item_changes.c.by == by, item_changes.c.new == items.c.owner
        )
        return self._items(
            within(items, workspace),
            items.c.status == Status.OPEN,
            items.c.owner_kind == "person",
            items.c.owner_by == by,
            items.c.owner != by,
            given.where(item_changes.c.item_id == items.c.id).exists(),
            postmortems.c.stage == Stage.WRITTEN,
        )

    def take_back(self, workspace: Workspace, number: str, by: str, at: datetime) -> bool:
        """The item has the owner again that it had before this person chose another; False where it has not that one.

        Raises UnknownItem.
        """
        row = self._locked(workspace, number)
        last = self._owner_changes().where(item_changes.c.item_id == row.id)
        change = self._connection.execute(last.order_by(item_changes.c.id.desc()).limit(1)).one_or_none()
        if change is None or row.owner_by != by or change.new != row.owner:
            return False
        kinds = sa.select(item_changes.c.old).where(
            item_changes.c.item_id == row.id, item_changes.c.field == "owner_kind", item_changes.c.at == change.at
        )
        kind = self._connection.execute(kinds.limit(1)).one_or_none()
        before = {"owner": change.old, "owner_kind": kind.old if kind is not None else row.owner_kind}
        return self._change(row, at, by, **before, owner_by=None)

    @staticmethod
    def _owner_changes() -> sa.Select[Any]:
        columns = (item_changes.c.id, item_changes.c.at, item_changes.c.old, item_changes.c.new)
        return sa.select(*columns).where(item_changes.c.field == "owner")

    def fill(
        self,
        workspace: Workspace,
        number: str,
        *,
        owner: Owner | None = None,
        due: date | None = None,
        measure: str | None = None,
        priority: Priority | None = None,
        text: str | None = None,
        link: str | None = None,
        sponsor: str | None = None,
        met: Met | None = None,
        by: str,
        at: datetime,
    ) -> Item:
        """Somebody fills in what an item lacks, or corrects it; None leaves a field alone. Raises UnknownItem."""
        values: dict[str, Any] = {}
        if owner is not None:
            values |= _owned(owner) | {"owner_by": by}
        if due is not None:
            values |= {"due": due, "due_words": None, "due_sure": True, "due_by": by}
        if measure is not None:
            values |= {"measure": measure, "measure_by": by}
        if priority is not None:
            values |= {"priority": priority, "priority_by": by}
        if text is not None:
            values |= {"text": text, "text_by": by}
        for name, value in zip(_BESIDE, (link, sponsor, met), strict=True):
            if value is not None:
                # Nothing entered where something stood takes it away.
                values |= {name: value or None, f"{name}_by": by}
        return self._changed(workspace, number, at, by, **values)

    def close(self, workspace: Workspace, number: str, status: str, by: str, at: datetime, reason: str = "") -> Item:
        """Somebody says what became of an item (a `Status`); open opens it again. Raises UnknownItem.

        Of an item that is so already, what was said first stays.
        """
        row = self._locked(workspace, number)
        if row.status == Status(status):
            return self._known(workspace, number)
        self._change(row, at, by, **_closed(Status(status), by, at, reason))
        return self._known(workspace, number)

    def give_up(self, workspace: Workspace, number: str, reason: str, by: str, at: datetime) -> bool:
        """Somebody says why an open item won't be done; False, and no change, where it is open no more.

        Raises UnknownItem.
        """
        row = self._locked(workspace, number)
        if row.status != Status.OPEN:
            return False
        return self._change(row, at, by, **_closed(Status.DROPPED, by, at, reason))

    def snooze(self, workspace: Workspace, number: str, until: date | None, by: str, at: datetime) -> Item:
        """Nobody is reminded of the item before that day. Raises UnknownItem."""
        return self._changed(workspace, number, at, by, snoozed_until=until)

    def changes(self, workspace: Workspace, number: str) -> tuple[ItemChange, ...]:
        """The history of an item, oldest first."""
        wanted = (
            sa.select(*(item_changes.c[each.name] for each in fields(ItemChange)))
            .join(items, items.c.id == item_changes.c.item_id)
            .where(within(items, workspace), items.c.number == number)
            .order_by(item_changes.c.id)
        )
        return tuple(ItemChange(**row) for row in self._connection.execute(wanted).mappings())

    def erase_source(self, postmortem_id: int, ts: str, at: datetime) -> bool:
        """The message was deleted: its items are withdrawn and lose its words; what people wrote by hand stays.

        Gives back whether there was an item.
        """
        rows = self._of_message(postmortem_id, ts)
        for row in rows:
            self._erase(row, row.withdrawn_at or at)
        return bool(rows)

    def erase_words(self, postmortem_id: int, ts: str, words: Set[str], at: datetime) -> bool:
        """What people took these words from was deleted: items of the answer `ts` that repeat them lose them.

        They are withdrawn, and what people wrote by hand stays. Gives back whether there was such an item.
        """
        rows = self._of_message(postmortem_id, ts)
        repeating = [row for row in rows if row.typed and any(row.typed in each for each in words)]
        for row in repeating:
            self._erase(row, row.withdrawn_at or at)
        return bool(repeating)

    def erase_hidden(self, postmortem_id: int, ts: str, at: datetime) -> None:
        """Lines of the message were taken back: items without a line lose its words, the others their past."""
        for row in self._of_message(postmortem_id, ts):
            if row.source_index is None:
                self._erase(row, row.withdrawn_at or at)
            else:
                self._erase_past(row)

    def _erase(self, row: Any, withdrawn_at: datetime) -> None:
        values: dict[str, Any] = {"typed": "", "source_index": None}
        for field, columns in _FILLED.items():
            if getattr(row, f"{field}_by") is None and field != "priority":
                values |= {column: _EMPTY.get(column) for column in columns}
        if row.text_by is None:
            values["withdrawn_at"] = withdrawn_at
        self._connection.execute(sa.update(items).where(items.c.id == row.id).values(values))
        self._erase_past(row)

    def _erase_past(self, row: Any) -> None:
        # What stood there before a change is either the message's own or stands in the change before it.
        mine = item_changes.c.item_id == row.id
        self._connection.execute(sa.update(item_changes).where(mine).values(old=None))
        self._connection.execute(sa.update(item_changes).where(mine, item_changes.c.by == "").values(new=None))

    def _number_as_said(self, postmortem_id: int, ts: str, at: datetime) -> None:
        """Gives what was said first the first number, where messages of the last seconds were heard the other way.

        Whoever writes two messages in one go may have the second heard first. What is older keeps its number.
        """
        mine = sa.select(items).where(
            items.c.postmortem_id == postmortem_id, items.c.withdrawn_at.is_(None), items.c.created_at >= at - SOON
        )
        rows = self._connection.execute(mine.order_by(items.c.id).with_for_update()).all()
        if not any(moment_of(row.source_ts) > moment_of(ts) for row in rows) or any(self._touched(row) for row in rows):
            return
        said = sorted(rows, key=lambda row: (moment_of(row.source_ts), row.id))
        numbers = sorted((row.number for row in rows), key=lambda number: (len(number), number))
        for final in (False, True):
            for row, number in zip(said, numbers, strict=True):
                new = number if final else f"{number}, soon"
                self._connection.execute(sa.update(items).where(items.c.id == row.id).values(number=new))

    def _touched(self, row: Any) -> bool:
        """Whether anybody has done anything with an item: by hand, or its owner was reminded of it."""
        filled = any(getattr(row, f"{name}_by") is not None for name in (*_FILLED, *_BESIDE))
        changed = sa.select(item_changes.c.id).where(item_changes.c.item_id == row.id, item_changes.c.by != "")
        facilitator = sa.select(postmortems.c.facilitator).where(postmortems.c.id == row.postmortem_id)
        reminded = sa.select(nudges.c.id).where(
            within(nudges, Workspace(row.team, row.enterprise)),
            nudges.c.sent_at >= row.created_at,
            nudges.c.owner == (row.owner if row.owner_kind == "person" else facilitator.scalar_subquery()),
        )
        return filled or any(self._connection.execute(each.limit(1)).first() for each in (changed, reminded))

    def _of_message(self, postmortem_id: int, ts: str) -> Sequence[Any]:
        wanted = sa.select(items).where(items.c.postmortem_id == postmortem_id, items.c.source_ts == ts)
        return self._connection.execute(wanted.order_by(items.c.source_index, items.c.id).with_for_update()).all()

    def _items(self, *conditions: sa.ColumnElement[bool]) -> tuple[Item, ...]:
        wanted = (
            sa.select(items, postmortems.c.channel, postmortems.c.facilitator)
            .join(postmortems, postmortems.c.id == items.c.postmortem_id)
            .where(items.c.withdrawn_at.is_(None), *conditions)
            .order_by(*_BY_NUMBER)
        )
        return tuple(_item(row) for row in self._connection.execute(wanted))

    def _insert(
        self, workspace: Workspace, postmortem_id: int, ts: str, index: int, draft: Draft, at: datetime
    ) -> None:
        self._connection.execute(
            sa.insert(items).values(
                **tenant(workspace),
                **_drafted(draft),
                postmortem_id=postmortem_id,
                number=f"AI-{following(self._connection, workspace, 'AI'):03d}",
                typed=draft.text,
                status=Status.OPEN,
                reason="",
                source_ts=ts,
                source_index=index,
                created_at=at,
            )
        )

    def _changed(self, workspace: Workspace, number: str, at: datetime, by: str, /, **values: Any) -> Item:
        self._change(self._locked(workspace, number), at, by, **values)
        return self._known(workspace, number)

    def _locked(self, workspace: Workspace, number: str) -> Any:
        wanted = sa.select(items).where(
            within(items, workspace), items.c.number == number, items.c.withdrawn_at.is_(None)
        )
        row = self._connection.execute(wanted.with_for_update()).one_or_none()
        if row is None:
            raise UnknownItem(number)
        return row

    def _known(self, workspace: Workspace, number: str) -> Item:
        item = self.get(workspace, number)
        if item is None:
            raise UnknownItem(number)
        return item

    def _change(self, row: Any, at: datetime, by: str, /, **values: Any) -> bool:
        """Write what differs, with a line of history for each; columns that only say who filled one get none."""
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not different:
            return False
        self._connection.execute(sa.update(items).where(items.c.id == row.id).values(different))
        lines = [
            {
                "enterprise": row.enterprise,
                "team": row.team,
                "item_id": row.id,
                "at": at,
                "by": by,
                "field": name,
                "old": _told(getattr(row, name)),
                "new": _told(value),
            }
            for name, value in different.items()
            if not name.endswith("_by") and name != "source_index"
        ]
        if lines:
            self._connection.execute(sa.insert(item_changes), lines)
        return True


#: What an erased column holds where that is not NULL.
_EMPTY = {"text": "", "due_sure": True}


def _closed(status: Status, by: str, at: datetime, reason: str) -> dict[str, Any]:
    open_again = status is Status.OPEN
    values: dict[str, Any] = {"status": status, "reason": reason}
    values |= {"closed_at": None if open_again else at, "closed_by": None if open_again else by}
    # What was said of it when it was done says nothing of it now.
    return values if status is Status.DONE else values | {"met": None, "met_by": None}


def _told(value: Any) -> str | None:
    return None if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _owned(owner: Owner | None) -> dict[str, str | None]:
    match owner:
        case None:
            return {"owner_kind": None, "owner": None}
        case Person(user_id):
            return {"owner_kind": "person", "owner": user_id}
        case Group(group_id):
            return {"owner_kind": "group", "owner": group_id}
        case Words(text):
            return {"owner_kind": "words", "owner": text}
    assert_never(owner)


def _drafted(draft: Draft) -> dict[str, Any]:
    return {
        **_owned(draft.owner),
        "text": draft.text,
        "due": draft.due.date if draft.due else None,
        "due_words": draft.due.words if draft.due else draft.due_words,
        "due_sure": draft.due.sure if draft.due else True,
        "measure": draft.measure,
        "priority": draft.priority,
    }


def _item(row: Any) -> Item:
    kinds: dict[str, type[Person] | type[Group] | type[Words]] = {"person": Person, "group": Group, "words": Words}
    own = {name: getattr(row, name) for name in Item.__dataclass_fields__ if name not in ("workspace", "owner")}
    owner = kinds[row.owner_kind](row.owner) if row.owner_kind else None
    return Item(**own, workspace=Workspace(row.team, row.enterprise), owner=owner)


def _paired(rows: Sequence[Any], drafts: Sequence[Draft]) -> dict[int, Any]:
    """Which item each line is, None for a new one: by its words, else by likeness, else by its place."""
    live = [row for row in rows if row.withdrawn_at is None]
    found: dict[int, Any] = {}

    def pair(index: int, row: Any, pool: list[Any]) -> None:
        found[index] = row
        pool.remove(row)

    def rest() -> list[int]:
        return [index for index in range(len(drafts)) if index not in found]

    for index in rest():
        same = next((row for row in live if row.typed == drafts[index].text), None)
        if same is not None:
            pair(index, same, live)
    alike = sorted(
        (
            (SequenceMatcher(None, row.typed, drafts[index].text, autojunk=False).ratio(), -index, row)
            for index in rest()
            for row in live
        ),
        key=lambda each: each[:2],
        reverse=True,
    )
    for ratio, minus, row in alike:
        if ratio >= ALIKE and -minus not in found and row in live:
            pair(-minus, row, live)
    for index in rest():
        # What is done, or won't be, is not made another thing by what is written in its place.
        there = next((row for row in live if row.source_index == index and row.status == Status.OPEN), None)
        if there is not None:
            pair(index, there, live)
    withdrawn = [row for row in rows if row.withdrawn_at is not None and row.typed]
    for index in rest():
        back = next((row for row in withdrawn if row.typed == drafts[index].text), None)
        if back is not None:
            pair(index, back, withdrawn)
        else:
            found[index] = None
    return found
