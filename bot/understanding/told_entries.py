"""How are the entries of the timeline told, once people say otherwise than the record what they are?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.interview.causes import CAUSE, RECORDED
from bot.interview.state import AS_READ, Fact
from bot.timeline.corrections import ORDINARY
from bot.timeline.values import Kind
from bot.understanding.known_facts import MOMENTS
from storage.entries import Kept


def as_told(facts: tuple[Fact, ...], kept: Iterable[Kept]) -> list[Kept]:
    """The entries as documents tell them: what people deny, or put right, is shown for no milestone any more."""
    denied, put_right = _denied_cause(facts), _put_right(facts)
    return [
        replace(k, entry=replace(k.entry, kind=ORDINARY[k.entry.kind]))
        if (told := (k.entry.kind, k.entry.source_ts)) in denied or (told in put_right and not k.vouched)
        else k
        for k in kept
    ]


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
