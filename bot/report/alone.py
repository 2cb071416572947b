"""Which contributing factors could have caused it by themselves, as people answered by number?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.interview.filing import WHETHER, Factor, answer, confirms, contributing, filed, puts
from bot.interview.putting import FACTORS_SHOWN
from bot.interview.script import Question
from bot.interview.state import Closed
from bot.patterns import pattern
from bot.report.desk import Desk

ENOUGH, NOT_ENOUGH = "could have caused it alone", "not enough alone"
#: How a question ends that people went on from; "yes" and "no" both say that none was enough.
PASSED = (Closed.NEXT, Closed.QUIET)
_ENOUGH = (
    r"(?: (?:was|were|is|are|would be|would have been|could have been) (?:enough|sufficient)"
    r"| (?:could|would|can|did)(?: have)?(?: caused?| done?| do)?(?: it)?)?(?: (?:alone|by itself|on its own))?"
)
_NUMBERS = pattern(
    r"\W*(?:(?:yes|yep|yeah|i think|i'd say|maybe)\W+)?(?:only |just |number |nr\.? ?|no\.? ?|factors? |#)*"
    rf"\d(?:(?:[\s,;.&+()#]|and|or|only)*\d)*{_ENOUGH}\W*"
)
_NUMBER = pattern(r"\d+")
_NONE = pattern(r"\W*(?:none|neither|nothing|no|none of (?:them|these|those)|not one(?: of them)?)\b\W*(?:alone\W*)?")
_ALL = pattern(r"\W*(?:all|each|every one|any|both)(?: of (?:them|these|those))?\b\W*(?:alone\W*)?")


def alone_notes(desk: Desk, questions: Sequence[Question], chain: Sequence[Factor]) -> Mapping[str, str]:
    """A note for each factor that was shown with a number; empty while no answer names numbers and nothing else."""
    shown = contributing(tuple(chain))[:FACTORS_SHOWN]
    for question in questions:
        if question.collects != "alone":
            continue
        replies = answer(desk.interview, question.id).printed
        named = [_named(said.text, len(shown)) for said in replies]
        enough: set[int] = set()
        for numbers in named:
            if numbers is None:
                return {}
            enough |= numbers
        if replies or _confirmed(desk, question):
            return {f.key: ENOUGH if n in enough else NOT_ENOUGH for n, f in enumerate(shown, 1)}
    return {}


def _confirmed(desk: Desk, question: Question) -> bool:
    """Whether people were asked whether none of them was enough, and said that it is so."""
    for asked in puts(desk.interview, question.id):
        if not confirms(desk.interview, asked):
            continue
        said = {mention for reply in filed(desk.interview, asked.position) for mention in reply.findings.mentions}
        if said & {"unknown", "doubt"}:
            continue
        if asked.closed is Closed.CONFIRMED or (asked.closed in PASSED and said & WHETHER):
            return True
    return False


def _named(text: str, count: int) -> set[int] | None:
    """The numbers that an answer consists of; None when it says anything else."""
    if _NONE.fullmatch(text):
        return set()
    if _ALL.fullmatch(text):
        return set(range(1, count + 1))
    if not _NUMBERS.fullmatch(text):
        return None
    numbers = {int(found.group() or 0) for found in _NUMBER.finditer(text)}
    return numbers if numbers <= set(range(1, count + 1)) else None
