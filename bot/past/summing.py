"""What is kept of a past incident beside its words: which services, which sorts of factors, where people were lucky."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.actions.item import Item
from bot.interview.filing import answer, factors, puts
from bot.interview.state import Interview
from bot.past.telling import Telling, telling
from bot.past.terms import spelling
from bot.timeline.values import Entry
from bot.wording.sorts import factor_sort
from bot.wording.speaking import speaks_of

#: Which rules `digest` follows; what was kept by older ones is worked out anew.
RULES = 4
#: The question whose answers say where people were lucky.
LUCK = "response.luck"
#: The question that asks for it as well: where it was told there, the other is not put.
ASKS_FOR_LUCK = "response.well"
#: Of each at most so many.
MOST = 20


@dataclass(frozen=True, slots=True)
class Digest:
    """One incident as it is kept for those who look back; made of the incident's rows alone, it goes with them."""

    told: Telling
    services: tuple[str, ...]
    #: The sorts of its contributing factors (`bot/wording/sorts.py`), each once.
    sorts: tuple[str, ...]
    #: Where people said that they were lucky, as they wrote it.
    luck: tuple[str, ...]


def digest(interview: Interview, entries: Iterable[Entry] = (), items: Sequence[Item] = ()) -> Digest:
    """The incident in short; `entries` and `items` are those that stand."""
    fact = interview.fact("services")
    services = tuple(name for part in (fact.text if fact is not None else "").split(",") if (name := part.strip()))
    found = [sort.name for factor in factors(interview) if (sort := factor_sort(factor.text)).name]
    luck = [said.text for said in answer(interview, LUCK).printed]
    if not puts(interview, LUCK):
        said = (s.text for s in answer(interview, ASKS_FOR_LUCK).printed if "luck" in s.findings.mentions)
        luck = [speaks_of(text, ("luck",)) for text in said]
    told = telling(interview, entries, items)
    # It is found by its number too; one that only asks for others is not told by its own.
    told = replace(told, names={**told.names, **spelling(interview.number)})
    return Digest(
        told,
        tuple(dict.fromkeys(services))[:MOST],
        tuple(dict.fromkeys(found)),
        tuple(luck[:MOST]),
    )
