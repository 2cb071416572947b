"""What is one rule of wording, and when does a place that it finds not count?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.patterns import NOT_JOINED, Found, Pattern, pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """Words to ask about. `name` says what they have in common, as in docs/wording.md."""

    name: str
    words: Pattern
    #: Whether a place that the words match counts, from what was found and the whole text.
    counts: Callable[[Found, str], bool] | None = None
    #: Whether the rule finds also what is denied ("should not have", "if we had not").
    denied_too: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule found something: from `start` to `end`."""

    start: int
    end: int
    rule: str


_NOT = pattern(
    rf"(?:\bnot?\b|{NOT_JOINED}\b|\bnever\b|\bnobody\b|\bno[ -]one\b|\bwithout\b|\bnone\b|\bneither\b|\bnor\b"
    r"|\bnobody's\b"
    r"|\brather than\b|\binstead of\b|\bhardly\b|\b(?:wrong|unfair|easy|pointless|tempting|too easy"
    r"|unhelpful) to\b|\bless\b|\bfar from\b|\banything but\b)[^.;:!?\n]{0,28}$"
)
#: How far before a place a denial is looked for, in characters.
_REACH = 44
#: A "not" that belongs to a clause of its own: "we did not test, because Raj forgot".
_NEW_CLAUSE = pattern(r"(?:,|\band\b|\bbecause\b|\bsince\b|\bbut\b|\bso\b| - | – )[^,]*$")
_QUOTE = pattern(r"\"")
#: Who is quoted: the words are somebody else's, and are told as such.
_SAYS = pattern(
    r"(?:\b(?:says?|said|saying|wrote|writes|written|reads?|asked|asks|complained|tweeted|posted|called (?:it|us)"
    r"|message|word|term|phrase|title|subject|text|line|label|comment|review|log|error|ticket|mail|it|us)"
    r"|[:(]),?(?: (?:was|were|is|are|being|came as|simply))? ?$"
)

_BEFORE = " \t\n(\"'*_>:,.-"
#: A longer quotation is looked at as the writer's own words.
_QUOTED_UP_TO = 400


def places(rules: tuple[Rule, ...], text: str) -> Iterator[Place]:
    """Every place in `text` that counts, rule by rule. What is denied and what others are quoted with does not."""
    for rule in rules:
        for found in rule.words.finditer(text):
            start, end = found.start(), found.end()
            # A name is looked for with what stands before it, which is none of the words that are asked about.
            while start < end and text[start] in _BEFORE:
                start += 1
            if not rule.denied_too and denied(text, start):
                continue
            if quoted(text, start) or (rule.counts is not None and not rule.counts(found, text)):
                continue
            yield Place(start, end, rule.name)


def denied(text: str, start: int) -> bool:
    """Whether the words just before `start` deny what follows in the same clause."""
    found = _NOT.search(text[max(0, start - _REACH) : start])
    return found is not None and _NEW_CLAUSE.search(found.group() or "") is None


def quoted(text: str, start: int) -> bool:
    """Whether `start` stands within the quotation marks of somebody else's words."""
    first = max(text.rfind("\n", 0, start) + 1, start - _QUOTED_UP_TO)
    marks = [first + each.start() for each in _QUOTE.finditer(text[first:start])]
    if len(marks) % 2 == 0 or '"' not in text[start : start + _QUOTED_UP_TO]:
        return False
    opened = marks[-1]
    return _SAYS.search(text[max(0, opened - 30) : opened]) is not None
