"""Where does one line share several items out among people: "ann the alert by friday, me the runbook, tom the test"?"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bot.patterns import Found, pattern

#: Where one person's item may end and another's begin.
_BREAK = pattern(r",[ \t]+(?:and[ \t]+|then[ \t]+)?|;[ \t]+|[.!][ \t]+|[ \t]+and[ \t]+")
_NEXT = r" +(?P<next>[\p{L}\p{N}][^\s,;]*)"
_FIRST = tuple(
    pattern(rf"(?P<name>{name}){_NEXT}") for name in (r"@?[\p{L}][\p{L}.-]* [\p{L}.-]+", r"@?[\p{L}][\p{L}.-]*")
)
#: After a name, what makes it no beginning of that person's item.
_GOES_ON = pattern(
    r"(?:and|or|is|was|were|are|has|had|said|says|asked|asks|told|tells|thinks|wants|wanted|suggested|agreed|knows|knew"
    r"|noticed|saw|team|account|customer|on|for|from|at|with|in|of|did|does|doesn't|didn't|can't|cannot|couldn't)"
)
_MYSELF = ("me", "i")


def begins_with(text: str, known: Mapping[str, str]) -> Found | None:
    """The name of somebody known, or "me", with the first word of what they will do, where a text begins with that."""
    for rule in _FIRST:
        found = rule.match(text.lstrip())
        name = (found.group("name") or "").lower().removeprefix("@") if found is not None else ""
        if found is not None and (name in known or name in _MYSELF):
            return found if _GOES_ON.fullmatch(found.group("next") or "") is None else None
    return None


def shared_out(line: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The parts of a line that each begin with somebody known, with what stands before the first; else the whole line.

    "dee and tom add the alert" and "ask dee, then tom" share nothing out.
    """
    starts = [0, *(found.end() for found in _BREAK.finditer(line))]
    own = [at for at in starts if begins_with(line[at:], known) is not None]
    if len(own) < 2:
        return (line,)
    edges = sorted({0, *own, len(line)})
    cut = (line[a:b] for a, b in pairwise(edges))
    parts = (part.strip().removesuffix(" and").rstrip(" ,;.!") for part in cut)
    return tuple(part for part in parts if part)
