"""Which past incidents are like this one? Only those that everybody in its channel may see, the most alike first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.actions.item import Item
from bot.interview.state import SIMILAR, Fact, Interview
from bot.interview.thoughts import Line
from bot.past.likeness import like
from bot.past.short import in_short
from bot.past.telling import telling
from bot.past.terms import terms
from bot.timeline.values import Entry
from bot.understanding.people_named import users_in
from storage.past import Match, Sight
from storage.unit import Unit


def similar(unit: Unit, interview: Interview, entries: Sequence[Entry], items: Sequence[Item] = ()) -> tuple[Fact, ...]:
    """The numbers of the most similar past incidents, as facts; without any words, so that none outlives its message.

    What the two have in common is found when it is shown (`matches`).
    """
    found = _found(unit, interview, entries, items, None)
    return tuple(Fact(name, match.number) for name, match in zip(SIMILAR, found, strict=False))


def with_similar(unit: Unit, interview: Interview) -> tuple[Fact, ...]:
    """The facts of an interview with the past incidents that are like it as it is known now."""
    entries = [kept.entry for kept in unit.entries.all(interview.id)]
    others = [fact for fact in interview.facts if fact.name not in SIMILAR]
    return (*others, *similar(unit, interview, entries, unit.items.all(interview.id)))


def matches(unit: Unit, interview: Interview) -> tuple[Match, ...]:
    """The past incidents that its facts name, as far as they are still there, still alike and still to be seen."""
    numbers = [fact.text for name in SIMILAR if (fact := interview.fact(name)) is not None]
    if not numbers:
        return ()
    entries = [kept.entry for kept in unit.entries.all(interview.id)]
    return _found(unit, interview, entries, unit.items.all(interview.id), numbers)


def past_lines(unit: Unit, interview: Interview) -> tuple[Line, ...]:
    """The same for a second mind that says why each is, or is not, like this one (`Purpose.SIMILAR`).

    Each is one line, whose id is its number; the ids are also what the material is `about`. An incident whose channel
    says no to a second mind is not among them.
    """
    found = []
    for match in matches(unit, interview):
        past, _ = unit.postmortems.load(match.id)
        consent = unit.consents.of(interview.workspace, match.channel)
        if past.claude == "off" or (consent is not None and not consent[0]):
            continue
        text = in_short(past, unit.items.all(match.id))
        found.append(Line(match.number, text, at=match.written_at, kind="incident"))
    return tuple(found)


def _found(
    unit: Unit, interview: Interview, entries: Sequence[Entry], items: Sequence[Item], only: Sequence[str] | None
) -> tuple[Match, ...]:
    wanted = like(telling(interview, entries, items), _names(unit, interview, entries))
    return unit.past.find(interview.workspace, wanted, Sight(interview.channel), without=interview.id, only=only)


def _names(unit: Unit, interview: Interview, entries: Iterable[Entry]) -> frozenset[str]:
    """The people here: that the same ones were there says nothing of what happened."""
    users = users_in(interview) | {entry.actor for entry in entries if entry.actor}
    names = unit.people.names(interview.workspace, users)
    return frozenset(term for name in names.values() for term in terms(name))
