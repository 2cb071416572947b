"""What of an incident has come before? Its services and the sorts of its factors, among the incidents written last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.past.trends import Course


@dataclass(frozen=True, slots=True)
class Again:
    """Something that an incident shares with others: a service, or a sort of contributing factor."""

    of: str
    name: str
    #: The other incidents that have it, the newest first.
    numbers: tuple[str, ...]


def again(services: Sequence[str], sorts: Sequence[str], others: Sequence[Course]) -> tuple[Again, ...]:
    """What comes back, the most frequent first; `others` are without the incident itself."""
    found = [Again("service", name, _having(others, "services", name)) for name in services]
    found += [Again("factor", name, _having(others, "sorts", name)) for name in sorts]
    return tuple(sorted((each for each in found if each.numbers), key=lambda each: -len(each.numbers)))


def _having(others: Sequence[Course], part: str, name: str) -> tuple[str, ...]:
    """The incidents that have it, however it is capitalised."""
    wanted = name.casefold()
    return tuple(c.number for c in others if wanted in {each.casefold() for each in getattr(c, part)})
