"""What was loaded last? Interviews as they are kept, believed only as long as the row still has the same version."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from bot.interview.state import Interview
from storage.types import clean

#: So many postmortems are remembered; whatever was not used for the longest time is forgotten first.
REMEMBERED = 256


@dataclass(eq=False, slots=True)
class Remembered:
    """An interview and its script's text."""

    interview: Interview
    script: str
    #: What it was saved over, until somebody has looked whether loading it would give the same: whoever saves it is
    #: waited for, and need not do so.
    saved_over: Interview | None = None

    def holds(self) -> bool:
        """Whether it is what loading it would give."""
        before = self.saved_over
        if before is not None and as_kept(before, self.interview):
            self.saved_over = None
        return self.saved_over is None


class Known:
    """Interviews and their scripts' texts by id, for all threads of a process.

    A unit adds to it only when it is committed. Every change to an interview's rows gives its row a new version, so
    that one look at the version tells whether what is remembered is what is kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, Remembered] = OrderedDict()

    def get(self, id: int, version: int) -> Remembered | None:
        """The interview of exactly that version."""
        with self._lock:
            found = self._kept.get(id)
            if found is None or found.interview.version != version:
                return None
            self._kept.move_to_end(id)
        return found if found.holds() else None

    def last(self, id: int) -> Remembered | None:
        """What is remembered of a postmortem, whoever may have saved it since."""
        with self._lock:
            found = self._kept.get(id)
        return found if found is not None and found.holds() else None

    def look_through(self, id: int) -> tuple[Interview, str] | None:
        """What is remembered of a postmortem, if it is what loading it would give as long as nobody saves it."""
        found = self.last(id)
        return (found.interview, found.script) if found is not None else None

    def add(self, loaded: Mapping[int, Remembered]) -> None:
        with self._lock:
            for id, found in loaded.items():
                self._kept[id] = found
                self._kept.move_to_end(id)
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)


_values = attrgetter(*(f.name for f in fields(Interview)))


def as_kept(before: Interview, after: Interview) -> bool:
    """Whether `after` is exactly what loading it would give, `before` being what loading gave."""
    return all(new is old or _same(old, new) for old, new in zip(_values(before), _values(after), strict=True))


def _same(before: Any, after: Any) -> bool:
    if isinstance(after, tuple) and isinstance(before, tuple):
        earlier = {id(each) for each in before}
        return all(id(each) in earlier or _plain(each) for each in after)
    return _plain(after)


def _plain(value: object) -> bool:
    match value:
        case None | bool() | int() | float():
            return True
        case str():
            return clean(value) == value
        case datetime():
            return value.tzinfo is UTC
        case tuple() | frozenset():
            return all(map(_plain, value))
    values = _values_of(type(value))
    return values is None or all(map(_plain, values(value)))


def _values_of(kind: type[object]) -> Callable[[object], tuple[Any, ...]] | None:
    """All values of what is of that class, if that is a class of ours."""
    if kind not in _READERS:
        names = [f.name for f in fields(kind)] if is_dataclass(kind) else []
        _READERS[kind] = (lambda value: tuple(getattr(value, name) for name in names)) if names else None
        if len(names) > 1:
            _READERS[kind] = attrgetter(*names)
    return _READERS[kind]


#: By class, what reads all values at once; None where a class is none of ours.
_READERS: dict[type[object], Callable[[object], tuple[Any, ...]] | None] = {}
