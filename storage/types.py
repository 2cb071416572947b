"""What a column may hold, so that both databases give back exactly what they were given."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

#: A surrogate key; SQLite only counts by itself when the type is INTEGER.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: Slack's `ts`. Compared byte by byte: a language's collation would pass over the dot.
Ts = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


class Words(sa.types.TypeDecorator[str]):
    """Text as it was typed, without what no database keeps: NUL and halves of surrogate pairs."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Listed(sa.types.TypeDecorator[tuple[str, ...]]):
    """A short list of words that were derived from something else, kept as a JSON array."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps([clean(each) for each in value], ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment. Takes any zone and gives back UTC; raises ValueError for a time that names no zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError(f"{value!r} names no time zone")
        utc = value.astimezone(UTC)
        # SQLite would drop the zone without a word; text in UTC also sorts by time.
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(members: type[StrEnum], name: str) -> sa.Enum:
    """A closed set of words, kept as text with a CHECK of that name: one definition on both databases."""
    return sa.Enum(
        members,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda each: [member.value for member in each],
    )


def clean(text: str) -> str:
    text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "ignore").decode("utf-8")
