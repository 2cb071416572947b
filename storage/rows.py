"""How an interview becomes rows, and rows an interview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from bot.interview.state import (
    Accepted,
    Approval,
    Asked,
    Counts,
    Drawing,
    Fact,
    Field,
    Findings,
    FollowUp,
    Interview,
    Mention,
    Participant,
    Post,
    Publication,
    Quote,
    Reading,
    Said,
    SectionEdit,
    Share,
    Split,
    Workspace,
)
from storage import tables
from storage.conclusions import ground_rows, saying_rows, thought_rows, thoughts_of

Row = Mapping[Any, Any]
#: The fields of an interview that are rows of their own.
COLLECTIONS = (
    "asked", "said", "facts", "participants", "posts", "splits", "edits", "fields", "accepted", "mentions", "shares",
    "approvals", "thoughts",
)  # fmt: skip
#: The fields that are values of their own, spread over columns that begin with the field's name.
SPREAD = {
    "reading": Reading,
    "counts": Counts,
    "publication": Publication,
    "drawing": Drawing,
    "follow_up": FollowUp,
}
_APART = {"id", "workspace", "version", *COLLECTIONS, *SPREAD}
_OWN = tuple(f.name for f in fields(Interview) if f.name not in _APART)
_own = attrgetter(*_OWN)


@dataclass(frozen=True, slots=True)
class Part:
    """A table that holds one collection of an interview; `key` tells its rows apart within the postmortem."""

    table: sa.Table
    key: tuple[str, ...]
    rows: Callable[[Interview], Iterable[dict[str, Any]]]
    #: The field of the interview that the rows stand for.
    field: str
    #: Where each value is one row, what makes it one, beside its place.
    row: Callable[[Any], dict[str, Any]] | None = None

    @classmethod
    def of_values(
        cls, table: sa.Table, key: tuple[str, ...], field: str, row: Callable[[Any], dict[str, Any]]
    ) -> Part:
        """A part in which each value of the collection is one row."""
        values = attrgetter(field)
        return cls(table, key, lambda interview: _placed(enumerate(values(interview)), row), field, row)

    def keyed(self, interview: Interview) -> dict[tuple[Any, ...], dict[str, Any]]:
        """The rows by their keys. Raises ValueError for two of one key: neither may be lost silently."""
        return self._keyed(self.rows(interview))

    def differing(
        self, before: Interview, after: Interview
    ) -> tuple[dict[tuple[Any, ...], dict[str, Any]], dict[tuple[Any, ...], dict[str, Any]]]:
        """The same of both, without the rows of values that the two share in the same place: those are no other."""
        if self.row is None:
            return self.keyed(before), self.keyed(after)
        old, new = getattr(before, self.field), getattr(after, self.field)
        if self.key != ("place",) and len(set(map(attrgetter(*self.key), new))) < len(new):
            raise ValueError(f"two rows of one {', '.join(self.key)} in {self.table.name}")
        shared = {place for place, (was, now) in enumerate(zip(old, new, strict=False)) if was is now}
        return (
            self._keyed(_placed(((n, value) for n, value in enumerate(old) if n not in shared), self.row)),
            self._keyed(_placed(((n, value) for n, value in enumerate(new) if n not in shared), self.row)),
        )

    def _keyed(self, rows: Iterable[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in rows:
            key = tuple(row[name] for name in self.key)
            if key in found:
                raise ValueError(f"two rows {key} in {self.table.name}")
            found[key] = row
        return found


def parent_row(interview: Interview) -> dict[str, Any]:
    """The interview's own columns, without its identity, its version and its collections."""
    row = dict(zip(_OWN, _own(interview), strict=True))
    for name, kind in SPREAD.items():
        row.update(zip(_spread_columns(name, kind), _values(kind)(getattr(interview, name)), strict=True))
    return row


def changed_columns(before: Interview, after: Interview) -> dict[str, Any]:
    """What of `parent_row` differs, as it is now."""
    pairs = zip(_OWN, _own(before), _own(after), strict=True)
    changed = {name: now for name, was, now in pairs if was is not now and was != now}
    for name, kind in SPREAD.items():
        old, new = getattr(before, name), getattr(after, name)
        if old is not new:
            spread = zip(_spread_columns(name, kind), _values(kind)(old), _values(kind)(new), strict=True)
            changed |= {column: now for column, was, now in spread if was != now}
    return changed


def interview_of(parent: Row, parts: Mapping[str, Sequence[Row]]) -> Interview:
    """The interview that a row of `postmortems` and the rows of its parts (by table, in order of place) stand for."""
    own = {name: parent[name] for name in _OWN}
    spread = {
        name: kind(**{part: parent[f"{name}_{part}"] for part in _columns(kind)}) for name, kind in SPREAD.items()
    }
    lines = _grouped(parts["split_factors"], "position", "text")
    users = _grouped(parts["mention_users"], "key", "user")
    return Interview(
        id=parent["id"],
        workspace=Workspace(parent["team"], parent["enterprise"]),
        version=parent["version"],
        asked=tuple(Asked(**_only(Asked, row), quote=_quote(row)) for row in parts["questions"]),
        said=tuple(Said(**_only(Said, row), findings=_findings(row)) for row in parts["replies"]),
        facts=tuple(Fact(**_only(Fact, row), quote=_quote(row)) for row in parts["facts"]),
        participants=tuple(Participant(**_only(Participant, row)) for row in parts["participants"]),
        posts=tuple(Post(**_only(Post, row)) for row in parts["posts"]),
        splits=tuple(Split(row["position"], lines.get(row["position"], ()), row["by"]) for row in parts["splits"]),
        edits=tuple(SectionEdit(**_only(SectionEdit, row)) for row in parts["section_edits"]),
        fields=tuple(Field(**_only(Field, row)) for row in parts["fields"]),
        accepted=tuple(Accepted(row["section"], row["by"]) for row in parts["accepted_sections"]),
        shares=tuple(Share(**_only(Share, row)) for row in parts["shares"]),
        approvals=tuple(Approval(**_only(Approval, row)) for row in parts["approvals"]),
        mentions=tuple(
            Mention(row["key"], users.get(row["key"], ()), row["by"], row["position"]) for row in parts["mentions"]
        ),
        thoughts=thoughts_of(parts["thoughts"], parts["sayings"], parts["grounds"]),
        **own,
        **spread,
    )


@cache
def _columns(kind: Any) -> tuple[str, ...]:
    """The fields of a value that are columns of the same name."""
    return tuple(f.name for f in fields(kind) if f.name not in ("quote", "findings"))


@cache
def _spread_columns(name: str, kind: Any) -> tuple[str, ...]:
    return tuple(f"{name}_{part}" for part in _columns(kind))


@cache
def _values(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Reads these fields of a value in one go; there are always several."""
    return attrgetter(*_columns(kind))


def _plain(value: Any) -> dict[str, Any]:
    kind = value.__class__
    return dict(zip(_columns(kind), _values(kind)(value), strict=True))


def _only(kind: Any, row: Row) -> dict[str, Any]:
    return {name: row[name] for name in _columns(kind)}


def _quoted(quote: Quote | None) -> dict[str, Any]:
    if quote is None:
        return {"quote_text": None, "quote_ts": None, "quote_user": None}
    return {"quote_text": quote.text, "quote_ts": quote.ts, "quote_user": quote.user}


def _quote(row: Row) -> Quote | None:
    return None if row["quote_text"] is None else Quote(row["quote_text"], row["quote_ts"], row["quote_user"])


def _found(findings: Findings) -> dict[str, Any]:
    return _plain(findings) | {"mentions": tuple(sorted(findings.mentions))}


def _findings(row: Row) -> Findings:
    return Findings(frozenset(row["mentions"]), row["concerns"], row["factors"], row["chatter"])


def _grouped(rows: Sequence[Row], by: str, column: str) -> dict[Any, tuple[str, ...]]:
    found: dict[Any, tuple[str, ...]] = {}
    for row in rows:
        found[row[by]] = (*found.get(row[by], ()), row[column])
    return found


def _placed(values: Iterable[tuple[int, Any]], row: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row(value), "place": place} for place, value in values]


PARTS = (
    Part.of_values(tables.questions, ("position",), "asked", lambda a: {**_plain(a), **_quoted(a.quote)}),
    Part.of_values(tables.replies, ("ts",), "said", lambda s: {**_plain(s), **_found(s.findings)}),
    Part.of_values(tables.facts, ("place",), "facts", lambda f: {**_plain(f), **_quoted(f.quote)}),
    Part.of_values(tables.participants, ("place",), "participants", _plain),
    Part.of_values(tables.posts, ("key",), "posts", _plain),
    Part.of_values(tables.splits, ("position",), "splits", lambda s: {"position": s.position, "by": s.by}),
    Part(
        tables.split_factors,
        ("position", "place"),
        lambda interview: [
            {"position": s.position, "place": place, "text": text}
            for s in interview.splits
            for place, text in enumerate(s.factors)
        ],
        "splits",
    ),
    Part.of_values(tables.section_edits, ("section",), "edits", _plain),
    Part.of_values(tables.fields, ("place",), "fields", _plain),
    Part.of_values(tables.accepted_sections, ("section",), "accepted", _plain),
    Part.of_values(tables.shares, ("place",), "shares", _plain),
    Part.of_values(tables.approvals, ("role",), "approvals", _plain),
    Part.of_values(
        tables.mentions, ("key",), "mentions", lambda m: {"key": m.key, "by": m.by, "position": m.position}
    ),
    Part(
        tables.mention_users,
        ("key", "place"),
        lambda interview: [
            {"key": m.key, "place": place, "user": user}
            for m in interview.mentions
            for place, user in enumerate(m.users)
        ],
        "mentions",
    ),
    Part(tables.thoughts, ("key",), thought_rows, "thoughts"),
    Part(tables.sayings, ("key", "place"), saying_rows, "thoughts"),
    Part(tables.grounds, ("key", "saying", "place"), ground_rows, "thoughts"),
)

_collections = attrgetter(*COLLECTIONS)


def changed_parts(before: Interview, after: Interview) -> list[Part]:
    """The parts whose collections the two do not share, so that their rows have to be compared; in order."""
    pairs = zip(COLLECTIONS, _collections(before), _collections(after), strict=True)
    differ = {name for name, old, new in pairs if old is not new}
    return [part for part in PARTS if part.field in differ]
