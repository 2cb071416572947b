"""How do two wordings differ? Word by word, so that nobody has to compare them."""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def difference(before: str, after: str) -> tuple[tuple[Change, str], ...]:
    """The words of both in their order, each stretch with what became of it; what goes stands before what comes."""
    old, new = before.split(), after.split()
    found: list[tuple[Change, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append((Change.SAME, " ".join(old[a:b])))
            continue
        found += [(Change.GONE, " ".join(old[a:b]))] if b > a else []
        found += [(Change.NEW, " ".join(new[c:d]))] if d > c else []
    return tuple(found)
