"""What was a past incident, in a few lines? In the words of those who told it, for somebody who compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.actions.item import Item
from bot.interview.filing import answer, factors, is_telling
from bot.interview.state import Interview

#: Facts of the record that say what sort of incident it was, with their names in words.
FACTS = (("severity", "Severity"), ("services", "Services"), ("impact", "Impact"), ("cause", "Cause"),
         ("mitigation", "What helped"))  # fmt: skip
#: The questions whose answers say what happened, or nearly did, and the one that says what was learnt.
OVERVIEW, LESSON = ("overview.sentence", "near.sentence"), "lessons.takeaway"
#: Characters of all of it, and of each of its parts.
LONGEST, PART = 1_800, 300


def in_short(interview: Interview, items: Sequence[Item] = ()) -> str:
    """One thing on each line; nothing is worded anew."""
    lines = [interview.title, *(words for each in OVERVIEW for words in _said(interview, each))]
    lines += [f"{name}: {fact.text}" for key, name in FACTS if (fact := interview.fact(key)) is not None and fact.text]
    lines += [f"Contributed: {factor.text}" for factor in factors(interview)]
    lines += [f"Learnt: {words}" for words in _said(interview, LESSON)]
    lines += [f"Action, {item.status}: {item.text}" for item in items]
    return "\n".join(_cut(" ".join(line.split()), PART) for line in lines if line.strip())[:LONGEST]


def _said(interview: Interview, question: str) -> Iterable[str]:
    return (said.text for said in answer(interview, question).printed if is_telling(said))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] or text[:most]
