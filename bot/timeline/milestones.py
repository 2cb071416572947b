"""When the incident began, was detected, declared, understood, mitigated and resolved, as far as the record says.

A statement about the past outranks a message's own time. No order is forced on the answers, and what nobody said
stays None: the last message is never taken for the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.dialogue.turns import Act
from bot.timeline.calm import calm_talks
from bot.timeline.cause_told import cause
from bot.timeline.course import places_of
from bot.timeline.detection import began, detected
from bot.timeline.incident import LIKELY, MUCH, has_incident
from bot.timeline.mitigation import mitigated, partly
from bot.timeline.reading import Reading
from bot.timeline.related import called_off, unheeded
from bot.timeline.resolution import resolved
from bot.timeline.response import acknowledged, declared, escalated, investigated
from bot.timeline.search import Search, does
from bot.timeline.statements import Statement
from bot.timeline.stretches import set_aside
from bot.timeline.unsaid import story
from bot.timeline.values import Kind, Stated


@dataclass(frozen=True, slots=True)
class Milestones:
    """The milestones found, each with the reading that gave it. Empty where there is no incident in the record."""

    stated: Mapping[Kind, Stated] = field(default_factory=dict)
    sources: Mapping[Kind, Reading] = field(default_factory=dict)
    #: Stated ends of the impact and other moments that were set aside, with the reason.
    set_aside: tuple[tuple[Statement, str], ...] = ()
    #: The messages that speak of something else than the incident, by their `ts`.
    other: frozenset[str] = frozenset()
    #: The messages on planned work, by their `ts`: where it went wrong, they belong to what it led to.
    work: frozenset[str] = frozenset()

    def at(self, kind: Kind) -> datetime | None:
        found = self.stated.get(kind)
        return found.at if found else None


def find_milestones(readings: Sequence[Reading], likely: float | None = None, *, surely: bool = False) -> Milestones:
    """The milestones of the incident that `readings`, in order of time, tell of; with `surely` there was one.

    `likely` is how likely there is one, from 0 to 1, by what people do in the whole of a conversation, if it is one.
    """
    calm = calm_talks(readings) if likely is not None and likely >= LIKELY and not surely else frozenset()
    if calm:
        readings = [each for each in readings if each.read.message.ts not in calm]
        likely = max((each.weighed.incident for each in readings if each.weighed is not None), default=0.0)
    said = sum(each.read.message.bot is None for each in readings)
    aside = set_aside(each.read for each in readings)
    surely_of_it = {each.read.message.ts for each in readings if does(each, Act.HARM)}
    other = frozenset({*aside, *called_off(readings)} - surely_of_it) | calm
    readings = [each for each in readings if each.read.message.ts not in other]
    alone = unheeded(readings) - surely_of_it
    other |= alone
    readings = [each for each in readings if each.read.message.ts not in alone]
    told = story(readings)
    if 2 * len(aside) >= said and said < MUCH:
        likely = None  # A few who speak of planned work, a drill or old times: what the rules see in the rest counts.
    if not (surely or has_incident(readings, likely, told, said)):
        return Milestones(other=other)
    # Planned work that went wrong is no milestone, and belongs to what it led to.
    work = frozenset(ts for ts, rule in aside.items() if rule == "planned work")
    return replace(_all(Search(readings, told, frozenset(aside))), other=other - work, work=work)


def _all(search: Search) -> Milestones:
    """Every milestone; each may look at those that were found before it."""
    detected(search)
    search.places = places_of(search.everything, search.at(Kind.DETECTED))
    resolved(search)
    began(search)
    declared(search)
    mitigated(search)
    cause(search)
    acknowledged(search)
    investigated(search)
    escalated(search)
    partly(search)
    return Milestones(search.stated, search.sources, tuple(search.set_aside))
