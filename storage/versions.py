"""What each published version of a document said: line by line, each with the messages that its words come from.

So kept, a version loses the words of a message that is deleted, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.interview.state import Workspace
from storage.own_words import GONE, without_words
from storage.scope import tenant
from storage.tables import version_lines, version_sources, versions


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a version; `sources` are the messages that its words come from."""

    section: str
    heading: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One published version, counted from 1."""

    number: int
    at: datetime
    kind: str
    lines: int


class Versions:
    """The versions in a unit of work."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, postmortem: int, workspace: Workspace, kind: str, lines: Sequence[Line], at: datetime) -> int | None:
        """Keep what the document says now; gives it a number, or None when that is what the last version says.

        Runs in a transaction that also saves the postmortem, so that no two versions get one number.
        """
        last = self._last(postmortem)
        if last and self.lines(postmortem, last) == tuple(lines):
            return None
        number, owned = last + 1, {"postmortem_id": postmortem, **tenant(workspace)}
        self._connection.execute(sa.insert(versions).values(**owned, number=number, at=at, kind=kind, lines=len(lines)))
        told = [
            {**owned, "number": number, "place": place, "section": line.section, "heading": line.heading,
             "text": line.text}
            for place, line in enumerate(lines)
        ]  # fmt: skip
        if told:
            self._connection.execute(sa.insert(version_lines), told)
        sources = [
            {**owned, "number": number, "place": place, "ts": ts}
            for place, line in enumerate(lines)
            for ts in dict.fromkeys(line.sources)
        ]
        if sources:
            self._connection.execute(sa.insert(version_sources), sources)
        return number

    def all(self, postmortem: int) -> tuple[Version, ...]:
        """The versions, the first one first."""
        wanted = sa.select(versions.c.number, versions.c.at, versions.c.kind, versions.c.lines)
        rows = self._connection.execute(
            wanted.where(versions.c.postmortem_id == postmortem).order_by(versions.c.number)
        )
        return tuple(Version(*row) for row in rows)

    def lines(self, postmortem: int, number: int) -> tuple[Line, ...]:
        """What a version says, as far as it was not erased since; empty for a number that is none."""
        sources: dict[int, list[str]] = {}
        mine = (version_sources.c.postmortem_id == postmortem, version_sources.c.number == number)
        wanted = sa.select(version_sources.c.place, version_sources.c.ts).where(*mine).order_by(version_sources.c.id)
        for row in self._connection.execute(wanted):
            sources.setdefault(row.place, []).append(row.ts)
        table = version_lines.c
        rows = self._connection.execute(
            sa.select(table.place, table.section, table.heading, table.text)
            .where(table.postmortem_id == postmortem, table.number == number)
            .order_by(table.place)
        )
        return tuple(Line(row.section, row.heading, row.text, tuple(sources.get(row.place, ()))) for row in rows)

    def erase_source(self, postmortem: int, ts: str, words: Iterable[str] = ()) -> None:
        """Take what a message said out of every version.

        The lines that come from it go, and `words` out of longer lines, such as an edited section or the row of an
        action that somebody completed. A line that is nothing else, from another message, is somebody else's.
        """
        sourced = sa.select(version_sources.c.id).where(
            version_sources.c.postmortem_id == postmortem,
            version_sources.c.number == version_lines.c.number,
            version_sources.c.place == version_lines.c.place,
        )
        mine = version_lines.c.postmortem_id == postmortem
        own = sourced.where(version_sources.c.ts == ts).exists()
        self._connection.execute(sa.update(version_lines).where(mine, own).values(text=GONE))
        told = tuple(words)
        if not told:
            return
        others = sa.select(version_lines.c.id, version_lines.c.text, sourced.exists().label("sourced"))
        for row in self._connection.execute(others.where(mine, ~own)).all():
            left = without_words(row.text, told)
            if left != row.text and not (row.sourced and left == GONE):
                self._connection.execute(sa.update(version_lines).where(version_lines.c.id == row.id).values(text=left))

    def _last(self, postmortem: int) -> int:
        newest = sa.select(sa.func.max(versions.c.number)).where(versions.c.postmortem_id == postmortem)
        return self._connection.execute(newest).scalar_one() or 0
