"""Which past incidents are like one, or are told with certain words? Found by the database's own full-text search.

SQLite looks in FTS5, PostgreSQL in a tsvector under GIN, both for terms that `bot/past` has made: the same terms, so
the same incidents, whose likeness is then decided by `bot/past/likeness.py`. What is searched is made of a written
postmortem's rows in the transaction that changes them, so that words that are erased there are erased here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.actions.item import Status
from bot.interview.state import Interview, Stage, Workspace
from bot.past.likeness import COUNTED, Kept, Likeness, Seen, Wanted, best, likeness
from bot.past.summing import RULES, digest
from bot.past.trends import LENGTHS, Course
from storage.dialect import insert
from storage.entries import Entries
from storage.items import Items
from storage.scope import tenant, within
from storage.tables import TENANT, channel_members, facts, items, past, postmortems

#: How many incidents the database hands over to be compared.
CANDIDATES = 60
#: Which fields of an interview the words come from.
TOLD = ("title", "facts", "said", "asked", "posts", "splits", "edits", "stage", "timeline_revision", "items_revision",
        "channel", "private", "written_at")  # fmt: skip

#: What an incident says of itself in numbers.
_NUMBERS = ("severity", "began", *LENGTHS)
#: What every query is kept to: the workspace, and what may be seen.
_SIGHT = "past.enterprise = :enterprise AND past.team = :team AND (:all OR NOT past.private OR past.channel = :channel)"
#: As the index of PostgreSQL has it, so that it is used.
_LEXEMES = (
    "array_to_tsvector(array_remove(string_to_array(past.names || ' ' || past.causes || ' ' || past.rest, ' '), ''))"
)


def _sql(text: str) -> sa.TextClause:
    return sa.text(text.replace("$SIGHT", _SIGHT).replace("$LEXEMES", _LEXEMES))


#: How many incidents have each term.
_COUNT = {
    "sqlite": _sql(
        """SELECT term.value, (SELECT count(*) FROM (
            SELECT 1 FROM past_index CROSS JOIN past ON past.id = past_index.rowid
            WHERE past_index MATCH '"' || term.value || '"' AND $SIGHT LIMIT :most
        )) FROM json_each(:terms) AS term"""
    ),
    "postgresql": _sql(
        """SELECT term, (SELECT count(*) FROM (
            SELECT 1 FROM past WHERE $LEXEMES @@ CAST(quote_literal(term) AS tsquery) AND $SIGHT LIMIT :most
        ) AS found) FROM unnest(CAST(:terms AS text[])) AS term"""
    ),
}
#: The incidents with the heaviest terms in common; of those that weigh the same, the latest.
_RANKED = {
    "sqlite": _sql(
        """SELECT past.id FROM json_each(:terms) AS term
        CROSS JOIN past_index ON past_index MATCH '"' || term.key || '"' CROSS JOIN past ON past.id = past_index.rowid
        WHERE $SIGHT AND past.postmortem_id != :without
        GROUP BY past.id ORDER BY sum(term.value) DESC, past.id DESC LIMIT :most"""
    ),
    "postgresql": _sql(
        """SELECT past.id FROM json_each_text(CAST(:terms AS json)) AS term
        JOIN past ON $LEXEMES @@ CAST(quote_literal(term.key) AS tsquery)
        WHERE $SIGHT AND past.postmortem_id != :without
        GROUP BY past.id ORDER BY sum(CAST(term.value AS integer)) DESC, past.id DESC LIMIT :most"""
    ),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes it is for: `of_all` finds everything, for one who is asked about each private channel afterwards.

    Else what everybody in `channel` may see: incidents of public channels, and those of that very channel. With `user`
    also those of private channels in which this person was seen since that moment.
    """

    channel: str = ""
    of_all: bool = False
    user: str = ""
    seen_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A past incident and why it was found."""

    id: int
    number: str
    title: str
    channel: str
    thread_ts: str | None
    private: bool
    written_at: datetime
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Recent:
    """A past incident in a list, with what it says of itself in numbers."""

    id: int
    title: str
    channel: str
    thread_ts: str | None
    private: bool
    written_at: datetime
    course: Course
    #: When its open actions are due.
    open: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class Lucky:
    """Where the people of one incident said that they were lucky."""

    id: int
    channel: str
    private: bool
    written_at: datetime
    luck: tuple[str, ...]
    number: str
    title: str
    thread_ts: str | None


class Past:
    """The past incidents of a unit of work."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    # what is kept ------------------------------------------------------------------------------------------------

    def follow(self, before: Interview, after: Interview) -> None:
        """A postmortem was saved: what is kept of it says what it says now, or is gone when it is not written."""
        if Stage.WRITTEN not in (before.stage, after.stage):
            return
        if all(getattr(before, name) == getattr(after, name) for name in TOLD):
            mine = past.c.postmortem_id == after.id
            self._connection.execute(sa.update(past).where(mine).values(version=after.version))
        else:
            self.keep(after)

    def keep(self, interview: Interview) -> None:
        """Make what is kept of an incident from its rows as they are in this transaction."""
        if interview.stage is not Stage.WRITTEN or interview.written_at is None:
            self._connection.execute(sa.delete(past).where(past.c.postmortem_id == interview.id))
            return
        entries = [kept.entry for kept in Entries(self._connection).all(interview.id)]
        made = digest(interview, entries, Items(self._connection).all(interview.id))
        values: dict[str, Any] = {
            "version": interview.version,
            "rules": RULES,
            "channel": interview.channel,
            "private": interview.private,
            "written_at": interview.written_at,
            "size": len(made.told.spelling),
            "services": made.services,
            "sorts": made.sorts,
            "luck": made.luck,
            "names": " ".join(made.told.names),
            "causes": " ".join(made.told.causes),
            "rest": " ".join(made.told.rest),
        }
        owned = {"postmortem_id": interview.id, **tenant(interview.workspace)}
        fresh = insert(self._connection, past).values(**owned, **values)
        key = [past.c.postmortem_id, past.c.enterprise, past.c.team]
        self._connection.execute(fresh.on_conflict_do_update(index_elements=key, set_=values))

    def hide(self, workspace: Workspace, channel: str) -> None:
        """The channel is private now: what was public in it is for its members alone."""
        mine = (within(past, workspace), past.c.channel == channel)
        self._connection.execute(sa.update(past).where(*mine).values(private=True))

    def owed(self, limit: int = 50) -> tuple[int, ...]:
        """Written postmortems of which nothing is kept, or what an older version, of them or of the rules, gave."""
        stale = sa.or_(past.c.id.is_(None), past.c.version != postmortems.c.version, past.c.rules != RULES)
        wanted = (
            sa.select(postmortems.c.id)
            .outerjoin(past, past.c.postmortem_id == postmortems.c.id)
            .where(postmortems.c.stage == Stage.WRITTEN, postmortems.c.written_at.is_not(None), stale)
            .order_by(postmortems.c.id)
            .limit(limit)
        )
        return tuple(self._connection.execute(wanted).scalars())

    def tidy(self) -> None:
        """Terms that were erased leave the pages of SQLite's index too; PostgreSQL's own cleaning does that."""
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql("INSERT INTO past_index (past_index) VALUES ('optimize')")

    # what is found -----------------------------------------------------------------------------------------------

    def find(
        self, workspace: Workspace, wanted: Wanted, sight: Sight, *, without: int = 0, only: Sequence[str] | None = None
    ) -> tuple[Match, ...]:
        """The incidents that are like enough, the most alike first.

        `without` is a postmortem that is not meant; with `only` none but these numbers are looked at.
        """
        if not wanted.weights:
            return ()
        seen = self._seen(workspace, wanted, sight)
        found = {
            row.id: (row, like)
            for row in self._candidates(workspace, wanted, sight, seen, without, only)
            if (like := likeness(wanted, _kept(row), seen)) is not None
        }
        ordered = best([(id, like) for id, (_, like) in found.items()])
        return tuple(_match(found[id][0], like) for id, like in ordered)

    # what they say together ---------------------------------------------------------------------------------------

    def recent(self, workspace: Workspace, sight: Sight, limit: int) -> tuple[Recent, ...]:
        """The incidents that were written last, the newest first."""
        wanted = (
            sa.select(past, *(postmortems.c[name] for name in ("number", "title", "kind", "thread_ts")))
            .join(postmortems, postmortems.c.id == past.c.postmortem_id)
            .where(within(past, workspace), self._seen_by(sight))
            .order_by(past.c.written_at.desc(), past.c.id.desc())
            .limit(limit)
        )
        rows = self._connection.execute(wanted).all()
        ids = [row.postmortem_id for row in rows]
        told: dict[int, dict[str, Any]] = {id: {} for id in ids}
        numbers = sa.select(facts.c.postmortem_id, facts.c.name, facts.c.text, facts.c.at, facts.c.precision)
        for fact in self._connection.execute(numbers.where(facts.c.postmortem_id.in_(ids), facts.c.name.in_(_NUMBERS))):
            known = fact.text if fact.name == "severity" else fact.at if fact.precision != "unknown" else None
            if known:
                told[fact.postmortem_id].setdefault(fact.name, known)
        still = sa.select(items.c.postmortem_id, items.c.due).where(
            items.c.postmortem_id.in_(ids), items.c.status == Status.OPEN, items.c.withdrawn_at.is_(None)
        )
        open_: dict[int, list[date | None]] = {id: [] for id in ids}
        for item in self._connection.execute(still):
            open_[item.postmortem_id].append(item.due)
        return tuple(_recent(row, told[row.postmortem_id], open_[row.postmortem_id]) for row in rows)

    def lucky(self, workspace: Workspace, sight: Sight, limit: int) -> tuple[Lucky, ...]:
        """Where people said that they were lucky, of the incidents that were written last, the newest first."""
        columns = [postmortems.c[name] for name in ("number", "title", "thread_ts")]
        wanted = (
            sa.select(past.c.postmortem_id, past.c.channel, past.c.private, past.c.written_at, past.c.luck, *columns)
            .join(postmortems, postmortems.c.id == past.c.postmortem_id)
            .where(within(past, workspace), self._seen_by(sight), past.c.luck != ())
            .order_by(past.c.written_at.desc(), past.c.id.desc())
            .limit(limit)
        )
        return tuple(Lucky(*row) for row in self._connection.execute(wanted))

    # how it is found ---------------------------------------------------------------------------------------------

    def _seen(self, workspace: Workspace, wanted: Wanted, sight: Sight) -> Seen:
        counted = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(past.c.size), 0))
        counted = counted.where(within(past, workspace), self._seen_by(sight))
        incidents, terms = self._connection.execute(counted).one()
        if not incidents:
            return Seen(0, {})
        asked = {**self._sight(workspace, sight), "terms": self._listed(wanted.weights), "most": COUNTED}
        having = {term: count for term, count in self._connection.execute(self._words(_COUNT), asked)}
        return Seen(incidents, having, float(terms) / incidents)

    def _candidates(
        self, workspace: Workspace, wanted: Wanted, sight: Sight, seen: Seen, without: int, only: Sequence[str] | None
    ) -> tuple[sa.Row[Any], ...]:
        rarest = wanted.rarest(seen)
        if not rarest:
            return ()
        weights = {term: round(1000 * seen.rarity(term) ** 2 * wanted.weights[term]) + 1 for term in rarest}
        asked = {**self._sight(workspace, sight), "terms": json.dumps(weights), "most": CANDIDATES, "without": without}
        columns = [postmortems.c[name] for name in ("number", "title", "thread_ts")]
        rows = sa.select(past, *columns).join(postmortems, postmortems.c.id == past.c.postmortem_id)
        if only is not None:
            named = (within(past, workspace), self._seen_by(sight), postmortems.c.number.in_(only))
            return tuple(self._connection.execute(rows.where(*named, past.c.postmortem_id != without)))
        ids = tuple(self._connection.execute(self._words(_RANKED), asked).scalars())
        return tuple(self._connection.execute(rows.where(past.c.id.in_(ids))))

    @staticmethod
    def _seen_by(sight: Sight) -> sa.ColumnElement[bool]:
        if sight.of_all:
            return sa.true()
        visible = sa.or_(past.c.private.is_(False), past.c.channel == sight.channel)
        if not sight.user or sight.seen_since is None:
            return visible
        member = sa.exists().where(
            *(channel_members.c[name] == past.c[name] for name in (*TENANT, "channel")),
            channel_members.c.user == sight.user,
            channel_members.c.seen_at > sight.seen_since,
        )
        return sa.or_(visible, member)

    def _words(self, by: Mapping[str, sa.TextClause]) -> sa.TextClause:
        return by[self._connection.dialect.name]

    def _listed(self, terms: Mapping[str, float]) -> object:
        return json.dumps(list(terms)) if self._connection.dialect.name == "sqlite" else list(terms)

    @staticmethod
    def _sight(workspace: Workspace, sight: Sight) -> dict[str, Any]:
        return {**tenant(workspace), "all": sight.of_all, "channel": sight.channel}


def _kept(row: sa.Row[Any]) -> Kept:
    return Kept(frozenset(row.names.split()), frozenset(row.causes.split()), frozenset(row.rest.split()))


def _recent(row: sa.Row[Any], told: Mapping[str, Any], due: Sequence[date | None]) -> Recent:
    moments = {name: at for name, at in told.items() if name != "severity"}
    course = Course(row.number, row.kind, told.get("severity", ""), moments, row.services, row.sorts)
    return Recent(
        row.postmortem_id, row.title, row.channel, row.thread_ts, row.private, row.written_at, course, tuple(due)
    )


def _match(row: sa.Row[Any], like: Likeness) -> Match:
    return Match(
        row.postmortem_id, row.number, row.title, row.channel, row.thread_ts, row.private, row.written_at, like
    )
