"""Where does one line share several items out among people: "ann the alert by friday, me the runbook, tom the test"?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
#: "luke asks support to page us" is what luke will do, unlike "luke asks why".
_ASKS_FOR_IT = pattern(r"@?[\p{L}.-]+(?: [\p{L}.-]+)? asks? (?:[\p{L}<@>'-]+ ){1,3}to\b")
_MYSELF = ("me", "i")
#: Where one item ends and another begins, when each ends with who does it; what stands in brackets is no such place.
_END_OF_ONE = pattern(r"\([^()]*\)|,[ \t]+(?:and[ \t]+|then[ \t]+)?|;[ \t]+")
_IN_BRACKETS = pattern(r".*\((?P<in>[^()]{1,60})\)\s*")
_LAST_WORD = pattern(r"(?P<before>.*?)[ \t](?P<name><@[A-Z0-9]+(?:\|[^<>]*)?>|@?[\p{L}][\p{L}.-]*)\s*")
#: Words of an item beside who does it.
_FEWEST = 2


def begins_with(text: str, known: Mapping[str, str]) -> Found | None:
    """The name of somebody known, or "me", with the first word of what they will do, where a text begins with that."""
    for rule in _FIRST:
        found = rule.match(text.lstrip())
        name = (found.group("name") or "").lower().removeprefix("@") if found is not None else ""
        if found is not None and (name in known or name in _MYSELF):
            goes_on = _GOES_ON.fullmatch(found.group("next") or "") is not None
            return found if not goes_on or _ASKS_FOR_IT.match(text.lstrip()) is not None else None
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


def each_owned(line: str, known: Mapping[str, str], without_day: Callable[[str], str]) -> tuple[str, ...]:
    """The items of a line that each end, or begin, with who does them; else the whole line.

    "rate limit (dee), vacuum on sundays tom, dashboard @al tomorrow, I tell the board". `without_day` takes a day from
    the end of a text. A bare name at the end comes back in brackets, where nothing else can be taken for it.
    """
    ends = [found for found in _END_OF_ONE.finditer(line) if not (found.group() or "").startswith("(")]
    starts = [0, *(found.end() for found in ends)]
    cut = [line[start:end.start()] for start, end in zip(starts, ends, strict=False)] + [line[starts[-1] :]]
    if len(cut) < 2 or not all(
        _ends_with_who(without_day(each), known) or begins_with(each, known) is not None for each in cut
    ):
        return (line,)
    return tuple(_bracketed(each.strip(), known) for each in cut)


def _bracketed(text: str, known: Mapping[str, str]) -> str:
    found = _LAST_WORD.fullmatch(text)
    name = (found.group("name") or "") if found is not None else ""
    return f"{text.removesuffix(name)}({name})" if name.lower() in known else text


def _ends_with_who(text: str, known: Mapping[str, str]) -> bool:
    """Whether somebody known, "me" or a mention ends it, in brackets or as the last word, after two words or more."""
    if (found := _IN_BRACKETS.fullmatch(text)) is not None:
        return any(_is_somebody(part.strip(), known) for part in (found.group("in") or "").split(","))
    found = _LAST_WORD.fullmatch(text)
    if found is None or not _is_somebody(found.group("name") or "", known):
        return False
    before = found.group("before") or ""
    return len(before.split()) >= _FEWEST and not needs_somebody(before)


def _is_somebody(name: str, known: Mapping[str, str]) -> bool:
    return name.startswith(("<@", "@")) or name.lower() in known or name.lower() in _MYSELF


def needs_somebody(before: str) -> bool:
    """Whether a sentence needs who follows: "page @maria" does, "add a page @maria" does not."""
    return _NEEDS.search(before) is not None and _A_NOUN.search(before) is None


_A_NOUN = pattern(r"\b(?:an?|the|this|each|new|every) (?:[\w-]+ )?(?:alert|page|call|ping)\s*$")
_NEEDS = pattern(
    r"(?:\b(?:for|from|to|of|about|and|or|at|in|on|than|as|via|ask|tell|page|call|ping|notify|invite|inform|alert"
    r"|remind|thank|help|with|call|contact|cc|replace|than))\s*$"
)
