"""What was loaded last? Interviews as they are kept, believed only as long as the row still has the same version."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from bot.interview.state import Interview
from storage.types import clean

#: So many postmortems are remembered; whatever was not used for the longest time is forgotten first.
REMEMBERED = 256


class Known:
    """Interviews and their scripts' texts by id, for all threads of a process.

    A unit adds to it only when it is committed. Every change to an interview's rows gives its row a new version, so
    that one look at the version tells whether what is remembered is what is kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, tuple[Interview, str]] = OrderedDict()

    def get(self, id: int, version: int) -> tuple[Interview, str] | None:
        """The interview of exactly that version."""
        with self._lock:
            found = self._kept.get(id)
            if found is None or found[0].version != version:
                return None
            self._kept.move_to_end(id)
            return found

    def add(self, loaded: Mapping[int, tuple[Interview, str]]) -> None:
        with self._lock:
            for id, found in loaded.items():
                self._kept[id] = found
                self._kept.move_to_end(id)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)


_FIELDS = tuple(f.name for f in fields(Interview))


def as_kept(before: Interview, after: Interview) -> bool:
    """Whether `after` is exactly what loading it would give, `before` being what loading gave."""
    return all(_same(getattr(before, name), getattr(after, name)) for name in _FIELDS)


def _same(before: Any, after: Any) -> bool:
    if after is before:
        return True
    if isinstance(after, tuple) and isinstance(before, tuple):
        earlier = {id(each) for each in before}
        return all(id(each) in earlier or _plain(each) for each in after)
    return _plain(after)


def _plain(value: Any) -> bool:
    match value:
        case datetime():
            return value.tzinfo is UTC
        case str():
            return clean(value) == value
        case tuple() | frozenset():
            return all(_plain(each) for each in value)
        case _ if is_dataclass(value):
            return all(_plain(getattr(value, f.name)) for f in fields(value))
    return True
