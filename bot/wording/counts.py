"""How many of what does a clause say were hit, and how sure is it of that?

Two counts differ only where both are of the same, and neither leaves room for the other: "about", "at least", "so far".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.patterns import pattern, plain
from bot.wording.field_rules.rule import PEOPLE, REQUESTS


class Bound(StrEnum):
    """How a count is meant."""

    EXACT = "exact"
    ABOUT = "about"
    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things; `words` is the clause that says so."""

    number: int
    noun: str
    bound: Bound
    words: str
    #: Which of them: "premium" of "380 premium customers".
    which: frozenset[str]
    #: What happened to them, by its words; empty where they were only hit.
    what: frozenset[str]


_COUNT = pattern(
    r"(?:^|[\s(])(\d+(?:[,' ]\d{3})*)(\+?)(?: of (?:our|the|all)(?: the)?)?"
    rf"((?: [\pL-]+){{0,2}}?) ({PEOPLE}|{REQUESTS})\b"
)
_ABOUT = pattern(
    r"(?:[~≈]|\b(?:about|around|roughly|approx(?:imately|\.)?|circa|ca\.?|some|nearly|almost|maybe|perhaps|like|probably"
    r"|i think|i guess|estimated))\W*$"
)
_LEAST = pattern(r"(?:[>≥]|&gt;|\b(?:at least|more than|over|above|a minimum of|no fewer than))\W*$")
_MOST = pattern(r"(?:[<≤]|&lt;|\b(?:at most|up to|less than|fewer than|under|below|a maximum of))\W*$")
#: A range, a part of another count, or a length of time is no count of its own.
_PART_OF = pattern(r"(?:\b(?:of|out of|to|between|and|or|not|from)|\d ?[-–])\s*$")
_AND_COUNTING = pattern(
    r"\b(?:so far|by now|already|counting|at the moment|right now|currently|at present|until now|to date|as of now)\b"
)
_LOOSE = pattern(r"\b(?:or so|roughly|give or take|more or less|an? estimate|estimated)\b")
_WORD = pattern(r"[\pL]{3,}")
_ALL = frozenset({"affected", "impacted", "different", "distinct", "unique", "individual", "paying", "single", "total"})
_USUAL = _ALL | frozenset(
    {
        "the", "and", "were", "was", "are", "been", "have", "has", "had", "who", "that", "this", "which", "our", "all",
        "with", "for", "from", "hit", "hits", "affect", "affects", "impact", "impacts", "incident", "outage", "count",
        "counted", "counts", "final", "number", "exactly", "not", "there", "they", "them", "say", "says", "said",
        "could", "couldn", "can", "cannot", "did", "didn", "would", "then", "while", "during", "support", "over",
        "about", "least", "some", "than", "more", "less", "most", "now", "yes", "actually",
    }
)  # fmt: skip
#: "No, it was 412": a number that puts another right and does not say of what; what it stands for is told beside it.
_BARE = pattern(
    r"\W*(?:(?:no+|nope|nah|wrong|incorrect|correction|actually|sorry|not quite|in fact"
    r"|that's (?:wrong|not right))\b\W*)*"
    r"(?:(?:(?:it|that|this|there|they|(?:the )?(?:final |real |right |last |actual )*(?:count|number|total|figure)"
    r"(?: in the end)?)(?: ?(?:'s|is|was|were|should be))?|make (?:it|that)|rather|more like) )?"
    r"(?:only |really |just )?((?:about |around |roughly |some |nearly |almost |~ ?)?)(\d+(?:[,' ]\d{3})*)"
    r"\W*(?:(?:in (?:total|the end|all)|altogether|all told|instead|exactly)\W*)?"
)
#: How far counts may be apart where one of them is only about right.
_ABOUT_SLACK = 0.2


@lru_cache(maxsize=512)
def counts_in(clause: str) -> tuple[Count, ...]:
    """The counts in digits of a clause, each with what it counts."""
    flat = plain(clause)
    found = []
    for each in _COUNT.finditer(flat):
        before = flat[: each.start(1)]
        if _PART_OF.search(before) is not None and _MOST.search(before) is None:
            continue
        noun = _one(each.group(4) or "")
        # "1,240 failed payments" are "1,240 payments that failed".
        which = frozenset(w for w in _words(each.group(3) or "") - _ALL if not w.endswith("ed"))
        what = frozenset(w[:5] for w in _words(flat) - _USUAL if _one(w) != noun and w not in which)
        number = int("".join(c for c in each.group(1) or "" if c.isdigit()))
        found.append(Count(number, noun, _bound(before, bool(each.group(2)), flat), clause, which, what))
    return tuple(found)


@lru_cache(maxsize=512)
def bare_count(text: str) -> Count | None:
    """The number that a text gives without saying of what: "no, it was 412"; None where it says more, or no number."""
    found = _BARE.fullmatch(plain(text))
    if found is None:
        return None
    number = int("".join(c for c in found.group(2) or "" if c.isdigit()))
    bound = Bound.ABOUT if (found.group(1) or "").strip() else Bound.EXACT
    return Count(number, "", bound, text.strip(), frozenset(), frozenset())


def from_count(clause: str) -> str:
    """A clause from the count in it on, with what says how sure it is: "declaring SEV-2, about 380 payments failed"."""
    flat = plain(clause)
    found = _COUNT.search(flat)
    if found is None:
        return clause
    before = flat[: found.start(1)]
    sure = next((said for each in (_ABOUT, _LEAST, _MOST) if (said := each.search(before)) is not None), None)
    start = sure.start() if sure is not None else found.start(1)
    return clause[start:].strip()


def differ(one: Count, other: Count) -> bool:
    """Whether two counts are of the same and cannot both be so."""
    if one.noun != other.noun or one.which != other.which or one.number == other.number:
        return False
    if one.what and other.what and one.what.isdisjoint(other.what):
        return False
    return not (_leaves_room(one, other) or _leaves_room(other, one))


def _leaves_room(one: Count, other: Count) -> bool:
    match one.bound:
        case Bound.ABOUT:
            return abs(one.number - other.number) <= _ABOUT_SLACK * max(one.number, other.number)
        case Bound.LEAST:
            return other.number >= one.number
        case Bound.MOST:
            return other.number <= one.number
        case _:
            return False


def _bound(before: str, more: bool, clause: str) -> Bound:
    if more or _LEAST.search(before) is not None or _AND_COUNTING.search(clause) is not None:
        return Bound.LEAST
    if _MOST.search(before) is not None:
        return Bound.MOST
    return Bound.ABOUT if _ABOUT.search(before) is not None or _LOOSE.search(clause) is not None else Bound.EXACT


def _words(text: str) -> frozenset[str]:
    return frozenset((each.group() or "").lower() for each in _WORD.finditer(text))


def _one(noun: str) -> str:
    """The noun in the singular, near enough to tell nouns apart."""
    word = noun.lower()
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
