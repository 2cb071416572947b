"""Which words of an incident are worth searching? In three parts, by how much they say of what sort of incident it was.

Words that were deleted, taken back by `//` or are idle talk are not among them, since they are no longer in the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.actions.item import Item
from bot.interview.filing import is_telling, position_of
from bot.interview.state import Interview
from bot.past.terms import MOST_TERMS, spelling
from bot.timeline.values import Entry, Kind

#: What the facts of the record are about; moments, lengths and counts say nothing of the sort of incident.
NAMES = frozenset({"services"})
CAUSES = frozenset({"cause", "hypothesis"})
REST = frozenset({"impact", "mitigation", "mitigated"})
#: Entries of the timeline, by the part that they belong to.
OF_NAMES = frozenset({Kind.ALERT})
OF_CAUSES = frozenset({Kind.CAUSE_IDENTIFIED, Kind.HYPOTHESIS, Kind.FINDING, Kind.CHANGE})
OF_REST = frozenset({Kind.IMPACT, Kind.IMPACT_BEGAN, Kind.DETECTED, Kind.MITIGATED, Kind.RECOVERY, Kind.DECISION})
#: The topics whose answers tell why; by the part of a question's id before the dot, which all kinds share.
WHY = frozenset({"causes", "cause", "evaluation"})
#: Answers that are not about the incident.
ASIDE = frozenset({"sharing", "closing"})


@dataclass(frozen=True, slots=True)
class Telling:
    """The different terms of an incident, each in the first part in which it stands and as it is written there."""

    #: Its title, its services, its alerts.
    names: dict[str, str]
    #: What caused it, contributed to it, was found and changed.
    causes: dict[str, str]
    #: What it did, what was done about it, what was learnt.
    rest: dict[str, str]

    @property
    def spelling(self) -> dict[str, str]:
        """How each term is written."""
        return {**self.rest, **self.causes, **self.names}


def telling(interview: Interview, entries: Iterable[Entry] = (), items: Sequence[Item] = ()) -> Telling:
    """The words of an incident; `entries` and `items` are those that stand."""
    names, causes, rest = [interview.title.replace("_", " ")], [], []
    for fact in interview.facts:
        text = f"{fact.text}\n{fact.quote.text if fact.quote is not None else ''}"
        if fact.name in NAMES:
            names.append(text)
        elif fact.name in CAUSES:
            causes.append(text)
        elif fact.name in REST:
            rest.append(text)
    for entry in entries:
        part = names if entry.kind in OF_NAMES else causes if entry.kind in OF_CAUSES else rest
        if entry.kind in OF_NAMES | OF_CAUSES | OF_REST:
            part.append(entry.text)
    for question, text in _answers(interview):
        (causes if question.split(".")[0] in WHY else rest).append(text)
    for split in interview.splits:
        causes += split.factors
    for edit in interview.edits:
        (causes if edit.section in WHY else rest).append(edit.text)
    rest += [item.text for item in items]
    return _parted("\n".join(names), "\n".join(causes), "\n".join(rest))


def _answers(interview: Interview) -> Iterable[tuple[str, str]]:
    """What people said, with the question that each belongs to."""
    for said in interview.said:
        position = position_of(interview, said)
        if said.deleted or not is_telling(said) or not 0 < position <= len(interview.asked):
            continue
        question = interview.asked[position - 1].question
        if question.split(".")[0] not in ASIDE:
            yield question, said.text


def _parted(*texts: str) -> Telling:
    parts: list[dict[str, str]] = []
    seen: set[str] = set()
    for text in texts:
        part = {term: word for term, word in spelling(text).items() if term not in seen}
        part = dict(list(part.items())[: MOST_TERMS - len(seen)])
        seen |= part.keys()
        parts.append(part)
    return Telling(*parts)
