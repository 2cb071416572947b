"""Who is who: what Slack said about people, groups and channels, and who was seen in which channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.dialect import insert
from storage.prepared import Prepared
from storage.scope import of_tenant, tenant, within
from storage.tables import channel_members, names, people


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's account. `zone` is an IANA name, empty when not known; `foreign` is from another organisation."""

    user: str
    name: str
    zone: str = ""
    bot: bool = False
    guest: bool = False
    deleted: bool = False
    foreign: bool = False


_PERSON = Prepared(
    sa.select(*(people.c[each.name] for each in fields(Person))).where(
        of_tenant(people), people.c.user == sa.bindparam("asked")
    )
)
#: So many names are asked for in one statement.
NAMES = 50
_SIGHT = sa.select(channel_members.c.id).where(
    of_tenant(channel_members),
    channel_members.c.channel == sa.bindparam("of"),
    channel_members.c.user == sa.bindparam("asked"),
    channel_members.c.seen_at > sa.bindparam("newer_than", type_=channel_members.c.seen_at.type),
)
_SEEN = Prepared(_SIGHT)
_PERSON_SEEN = Prepared(
    sa.select(*(people.c[each.name] for each in fields(Person)), _SIGHT.exists().label("seen")).where(
        of_tenant(people), people.c.user == sa.bindparam("asked")
    )
)
_MEMBERS = Prepared(
    sa.select(channel_members.c.user).where(of_tenant(channel_members), channel_members.c.channel == sa.bindparam("of"))
)


class People:
    """The people of a unit of work."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, workspace: Workspace, user: str) -> Person | None:
        row = _PERSON.one(self._connection, {**tenant(workspace), "asked": user})
        return None if row is None else Person(*row)

    def put(self, workspace: Workspace, person: Person, at: datetime) -> None:
        """Keep what is known of a person at that moment; an older knowledge does not replace a newer one."""
        known = {**asdict(person), "seen_at": at}
        fresh = insert(self._connection, people).values(**tenant(workspace), **known)
        key = [people.c.enterprise, people.c.team, people.c.user]
        self._connection.execute(
            fresh.on_conflict_do_update(index_elements=key, set_=known, where=people.c.seen_at <= at)
        )

    def names(self, workspace: Workspace, users: Iterable[str]) -> dict[str, str]:
        """The names of those who are known, by their ids."""
        asked = sorted(set(users))
        found: dict[str, str] = {}
        for first in range(0, len(asked), NAMES):
            some = asked[first : first + NAMES]
            values = {f"user_{n}": user for n, user in enumerate(some)}
            rows = _names_of(len(some)).all(self._connection, {**tenant(workspace), **values})
            found |= {user: name for user, name in rows}
        return found

    def unknown(self, workspace: Workspace, users: Iterable[str]) -> tuple[str, ...]:
        """Those of whom nothing is known, each once, in the order given."""
        asked = tuple(dict.fromkeys(users))
        known = self.names(workspace, asked)
        return tuple(user for user in asked if user not in known)

    def call(self, workspace: Workspace, things: Mapping[str, str]) -> None:
        """Keep what user groups and channels are called, by their ids; the newer name wins."""
        for thing, name in sorted(things.items()):
            fresh = insert(self._connection, names).values(**tenant(workspace), thing=thing, name=name)
            key = [names.c.enterprise, names.c.team, names.c.thing]
            self._connection.execute(fresh.on_conflict_do_update(index_elements=key, set_={"name": name}))

    def called(self, workspace: Workspace) -> dict[str, str]:
        """The user groups and channels whose names are known."""
        wanted = sa.select(names.c.thing, names.c.name).where(within(names, workspace))
        return {row.thing: row.name for row in self._connection.execute(wanted)}

    def is_member(self, workspace: Workspace, channel: str, user: str, newer_than: datetime) -> bool:
        """Whether the person was seen in the channel since that moment; False may also mean: not looked."""
        asked = {**tenant(workspace), "asked": user, "of": channel, "newer_than": newer_than}
        return _SEEN.one(self._connection, asked) is not None

    def in_channel(
        self, workspace: Workspace, channel: str, user: str, newer_than: datetime
    ) -> tuple[Person | None, bool]:
        """The person, and whether they were seen in the channel since that moment, in one look."""
        asked = {**tenant(workspace), "asked": user, "of": channel, "newer_than": newer_than}
        row = _PERSON_SEEN.one(self._connection, asked)
        if row is None:
            return None, self.is_member(workspace, channel, user, newer_than)
        *person, seen = row
        return Person(*person), seen

    def note_member(self, workspace: Workspace, channel: str, user: str, at: datetime) -> None:
        fresh = insert(self._connection, channel_members).values(
            **tenant(workspace), channel=channel, user=user, seen_at=at
        )
        members = channel_members.c
        key = [members.enterprise, members.team, members.channel, members.user]
        self._connection.execute(fresh.on_conflict_do_update(index_elements=key, set_={"seen_at": at}))

    def members(self, workspace: Workspace, channel: str) -> frozenset[str]:
        """Everybody who was seen in the channel."""
        return frozenset(user for (user,) in _MEMBERS.all(self._connection, {**tenant(workspace), "of": channel}))

    def forget_member(self, workspace: Workspace, channel: str, user: str) -> None:
        self._connection.execute(sa.delete(channel_members).where(*self._member(workspace, channel, user)))

    @staticmethod
    def _member(workspace: Workspace, channel: str, user: str) -> tuple[sa.ColumnElement[bool], ...]:
        return (
            within(channel_members, workspace),
            channel_members.c.channel == channel,
            channel_members.c.user == user,
        )


@cache
def _names_of(count: int) -> Prepared:
    """Asks for the names of so many people."""
    asked = [sa.bindparam(f"user_{n}", type_=people.c.user.type) for n in range(count)]
    return Prepared(sa.select(people.c.user, people.c.name).where(of_tenant(people), people.c.user.in_(asked)))
