"""How is the same not worked out twice? What came of it is kept while it is asked about the very same values."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def kept(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For a pure function of immutable values, given by position: remembers its last `most` results.

    The values are told apart by identity, which costs nothing however much they hold, and are kept alive with the
    result, so that no other value can come to have their ids.
    """

    return lambda work: _kept(most, work, None)


def kept_by(most: int, looks_at: Callable[P, tuple[object, ...]]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The same for a function that does not look at all of what it is given, but only at what `looks_at` names."""
    return lambda work: _kept(most, work, looks_at)


def _kept(most: int, work: Callable[P, R], looks_at: Callable[P, tuple[object, ...]] | None) -> Callable[P, R]:
    known: OrderedDict[tuple[int, ...], tuple[tuple[object, ...], R]] = OrderedDict()

    @wraps(work)
    def again(*given: P.args, **named: P.kwargs) -> R:
        seen = given if looks_at is None else looks_at(*given, **named)
        key = tuple(map(id, seen))
        found = known.get(key)
        if found is not None:
            return found[1]
        result = work(*given, **named)
        known[key] = seen, result
        if len(known) > most:
            known.popitem(last=False)
        return result

    return again
