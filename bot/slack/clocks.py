"""What is said of a moment that people told: by whose clock it was read, and that it was put right?"""

from __future__ import annotations

from collections.abc import Sequence

from bot.interview.cards import on_another_day
from bot.interview.state import Fact
from bot.slack.elements import Look, day
from bot.timeline.values import Entry
from bot.timeline.zones import known_zone


def heard(facts: Sequence[Fact], look: Look) -> str:
    """What became of the moments in an answer, for a reader of any zone."""
    return " ".join(_say("heard", fact, look) for fact in facts)


def read_in(entry: Entry, facts: Sequence[Fact], look: Look) -> str:
    """By whose clock the moment of an entry was read, where its words name no zone and the clock shows no UTC."""
    same = (f for f in facts if f.zone and f.at == entry.at and f.quote is not None and f.quote.ts == entry.source_ts)
    fact = next(same, None)
    return _say("clock", fact, look) if fact is not None else ""


def _say(part: str, fact: Fact, look: Look) -> str:
    if fact.at is None:
        return ""
    who = look.name(fact.quote.user) if fact.quote is not None and fact.quote.user else ""
    local = f"{fact.at.astimezone(known_zone(fact.zone)):%H:%M}" if fact.zone else ""
    at, on = f"{fact.at:%H:%M}", day(fact.at) if on_another_day(fact) else ""
    return look.say("heard", part=part, moment=fact.name, at=at, local=local, zone=fact.zone, who=who, day=on)
