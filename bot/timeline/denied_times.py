"""Which of the times in a text does it deny? "It began 17:40, not 12:10" says nothing of 12:10."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.patterns import NOT_JOINED, pattern, plain
from bot.timeline.moments import Moment, all_moments_in, masked_text

#: "Not 12:10", "didn't start at 12:10"; "not until 12:10" and "not before 12:10" deny no time.
_NOT_BEFORE = pattern(
    rf"(?:\b(?:not|never|rather than|instead of)|{NOT_JOINED})"
    r"(?: (?:start|begin|happen|end|really|actually|yet|the|at|about|around|from|by|on|~))*[\s~(]+$"
)
_WRONG_AFTER = pattern(
    r"^[\s)]*(?:utc[\s)]*)?(?:is|was|'s) (?:\w+ly )?(?:wrong|incorrect|not (?:it|right|true|correct)|off)\b"
)
#: How far before and after a time its denial is looked for.
_NEAR = 40


def denied(text: str, moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """Those of the `moments` of a text that it says are not the ones."""
    flat = plain(text)
    return tuple(
        each
        for each in moments
        if _NOT_BEFORE.search(flat[max(0, each.start - _NEAR) : each.start]) is not None
        or _WRONG_AFTER.match(flat[each.end : each.end + _NEAR]) is not None
    )


def without_denied(text: str, moments: Sequence[Moment]) -> tuple[str, tuple[Moment, ...]]:
    """The text with blanks for what it denies, and the moments that are left; every other character keeps its place."""
    gone = denied(text, moments)
    flat = plain(text)
    for each in gone:
        near = max(0, each.start - _NEAR)
        word = _NOT_BEFORE.search(flat[near : each.start])
        start = near + word.start() if word is not None else each.start
        text = text[:start] + " " * (each.end - start) + text[each.end :]
    return text, tuple(each for each in moments if each not in gone)


def undenied_moments(text: str, written: datetime, zone: str) -> tuple[Moment, ...]:
    """The moments that a text may name, also the doubtful ones, besides those that it denies."""
    moments = all_moments_in(text, written, zone)
    return without_denied(masked_text(text), moments)[1] if moments else ()
