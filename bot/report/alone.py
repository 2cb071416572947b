"""Which contributing factors could have caused it by themselves, as people answered by number?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.interview.filing import Factor, answer
from bot.interview.plan import FACTORS_SHOWN
from bot.interview.script import Question
from bot.patterns import pattern
from bot.report.desk import Desk

ENOUGH, NOT_ENOUGH = "could have caused it alone", "not enough alone"
_NUMBERS = pattern(r"\W*(?:only |just |number |nr\.? ?|no\.? ?|factors? )*\d(?:(?:[\s,;.&+()#]|and|or|only)*\d)*\W*")
_NUMBER = pattern(r"\d+")
_NONE = pattern(r"\W*(?:none|neither|nothing|no|none of (?:them|these|those)|not one(?: of them)?)\b\W*(?:alone\W*)?")
_ALL = pattern(r"\W*(?:all|each|every one|any|both)(?: of (?:them|these|those))?\b\W*(?:alone\W*)?")


def alone_notes(desk: Desk, questions: Sequence[Question], chain: Sequence[Factor]) -> Mapping[str, str]:
    """A note for each factor that was shown with a number; empty while no answer names numbers and nothing else."""
    shown = chain[:FACTORS_SHOWN]
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
        if replies:
            return {f.key: ENOUGH if n in enough else NOT_ENOUGH for n, f in enumerate(shown, 1)}
    return {}


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
