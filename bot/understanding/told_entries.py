"""How are the entries of the timeline told, once people say otherwise than the record what they are?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import datetime

from bot.interview.causes import CAUSE, RECORDED
from bot.interview.replacing import replace
from bot.interview.state import AS_READ, Fact, Interview
from bot.timeline.corrections import ORDINARY
from bot.timeline.values import Entry, Kind, Precision
from bot.understanding.known_facts import MOMENTS
from bot.wording.whether import only_a_time
from storage.entries import Kept


def as_told(interview: Interview, kept: Sequence[Kept]) -> list[Kept]:
    """The entries as documents tell them: what people deny, or put right, is shown for no milestone any more.

    A moment that people told in an answer stands among them, with that answer.
    """
    denied, put_right = _denied_cause(interview.facts), _put_right(interview.facts)
    told = [
        replace(k, entry=replace(k.entry, kind=ORDINARY[k.entry.kind]))
        if (what := (k.entry.kind, k.entry.source_ts)) in denied or (what in put_right and not k.vouched)
        else k
        for k in kept
    ]
    for at, entry in _answered(interview, {k.entry.source_ts for k in kept}):
        place = next((n for n, k in enumerate(told) if k.entry.at is None or k.entry.at > at), len(told))
        told.insert(place, Kept(entry))
    return told


def _answered(interview: Interview, shown: Set[str | None]) -> Iterator[tuple[datetime, Entry]]:
    """The moments that stand in no entry, since people told them in answers; how the cause was found is told by it."""
    answers = {s.ts for s in interview.said if not s.deleted}
    for fact in interview.facts:
        kind, quote = MOMENTS.get(fact.name), fact.quote
        if kind is None or fact.name == CAUSE or fact.at is None:
            continue
        if quote is None or quote.ts not in answers or quote.ts in shown:
            continue
        key, precision, zone = f"{quote.ts}/told/{fact.name}", Precision(fact.precision), fact.zone or None
        why, line = "told in an answer", _line(fact)
        yield fact.at, Entry(key, fact.at, precision, zone, kind, line, quote.ts, quote.user, why)


def _line(fact: Fact) -> str:
    """What was said; a time alone is told as what it is."""
    words = fact.text.strip().rstrip(".")
    return f"told as “{words}” in an answer" if only_a_time(words) else fact.text


def _denied_cause(facts: tuple[Fact, ...]) -> set[tuple[Kind, str | None]]:
    record = next((f for f in facts if f.name == RECORDED), None)
    told = next((f for f in facts if f.name == CAUSE), None)
    if record is None or record.quote is None or (told is not None and told.at is not None):
        return set()
    return {(Kind.CAUSE_IDENTIFIED, record.quote.ts)}


def _put_right(facts: tuple[Fact, ...]) -> set[tuple[Kind, str | None]]:
    known = {f.name: f for f in facts}
    found = set()
    for name, kind in MOMENTS.items():
        record, now = known.get(AS_READ + name), known.get(name)
        if record is not None and now is not None and record.quote is not None and record.at != now.at:
            found.add((kind, record.quote.ts))
    return found
