"""Which facts does the timeline settle as it stands? What people corrected comes before what the record says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import timedelta

from bot.interview.causes import RECORDED
from bot.interview.state import AS_READ, CONTRADICTION, Fact, Quote
from bot.report.times import between
from bot.timeline.corrections import KIND, TIME
from bot.timeline.signs import signs_of
from bot.timeline.told import told_customers
from bot.timeline.values import MILESTONES, Entry, Kind, Precision
from bot.wording.whether import says_only_when
from storage.entries import Kept

#: The facts that are moments, by the name that scripts know, and the milestone that each one is.
MOMENTS = {
    "began": Kind.IMPACT_BEGAN,
    "detected": Kind.DETECTED,
    "acknowledged": Kind.ACKNOWLEDGED,
    "declared": Kind.DECLARED,
    "investigated": Kind.INVESTIGATION_BEGAN,
    "escalated": Kind.ESCALATED,
    "cause": Kind.CAUSE_IDENTIFIED,
    "mitigated": Kind.MITIGATED,
    "partly_recovered": Kind.PARTLY_RECOVERED,
    "resolved": Kind.RESOLVED,
}
#: What follows from the moments and the entries, and is worked out anew with them.
FOLLOWS = frozenset(
    {
        "mitigation", "duration", "detected_after", "acknowledged_after", "mitigated_after", "resolved_after",
        "milestones", "hypothesis", "customers_told",
    }
)  # fmt: skip
#: The best three loose ends: the first is asked about, the others stand beside that question.
LOOSE_ENDS = ("loose_end", "loose_end_2", "loose_end_3")
#: Nobody put a moment right in an answer.
_NONE: Mapping[str, Fact] = {}


def following(known: Sequence[Fact], kept: Sequence[Kept], put_right: Mapping[str, Fact] = _NONE) -> tuple[Fact, ...]:
    """The facts after a change of the timeline; `kept` is all of it, with what was taken off.

    A milestone is where a person put it: on the timeline, else in an answer that puts it right. One whose entry was
    taken off, or is something else now, is not known.
    """
    names = {fact.name.removeprefix(AS_READ) for fact in known if fact.name.startswith(AS_READ)}
    read = {f.name.removeprefix(AS_READ): replace(f, name=f.name.removeprefix(AS_READ)) for f in known if _as_read(f)}
    read |= {f.name: f for f in known if f.name in MOMENTS and f.name not in names}
    settled: list[Fact] = []
    aside: list[Fact] = []
    for name, kind in MOMENTS.items():
        before = read.get(name)
        named = next((k.entry for k in kept if k.stands and k.vouched and k.entry.kind is kind), None)
        if named is not None:
            aside.append(replace(before, name=AS_READ + name) if before is not None else Fact(AS_READ + name, ""))
            settled += [fact_of(name, named)] if named.at is not None else []
        elif name in put_right:
            settled.append(put_right[name])
            if before is not None and before.quote != put_right[name].quote:
                aside.append(replace(before, name=AS_READ + name))
        elif _set_aside(kind, kept):
            aside.append(replace(before, name=AS_READ + name) if before is not None else Fact(AS_READ + name, ""))
        elif before is not None and (before.text or before.at is not None):
            settled.append(before)
    ends = _loose_ends(known, kept, settled, [f for f in aside if f.name.removeprefix(AS_READ) in put_right])
    doubts = _contradictions(known, kept, {f.name.removeprefix(AS_READ) for f in aside})
    others = [
        f
        for f in known
        if f.name not in MOMENTS
        and f.name not in (*FOLLOWS, *LOOSE_ENDS)
        and not (_as_read(f) or f.name.startswith(CONTRADICTION))
    ]
    standing = [k.entry for k in kept if k.stands]
    found = (*settled, *spans({f.name: f for f in settled}), *others, *ends, *doubts, *told(standing), *aside)
    return tuple(known) if set(found) == set(known) else found


def on_timeline(facts: Sequence[Fact]) -> frozenset[Fact]:
    """What the timeline shows of the facts: moments, what people say in their place, and what does not fit together."""
    shown = (*MOMENTS, RECORDED, *(AS_READ + name for name in MOMENTS))
    return frozenset(f for f in facts if f.name in shown or f.name.startswith(CONTRADICTION))


def _loose_ends(
    known: Sequence[Fact], kept: Sequence[Kept], settled: Sequence[Fact], answered: Sequence[Fact]
) -> list[Fact]:
    """What is open still: who put the moment or the kind of what it builds on right has answered it.

    `answered` are the moments of the record that an answer puts right.
    """
    read = {f.name: f for f in known if f.name.removeprefix(AS_READ) in LOOSE_ENDS}
    ends = [read.get(AS_READ + name) or read.get(name) for name in LOOSE_ENDS]
    put_right = {
        k.entry.source_ts for k in kept if (k.removed_by and k.merged_into is None) or {TIME, KIND} & {*k.corrected}
    }
    put_right |= {f.quote.ts for f in answered if f.quote is not None}
    began = next((f.quote.ts for f in settled if f.name == "began" and f.quote), None)
    named = next((k.entry for k in kept if k.stands and k.vouched and k.entry.kind is Kind.DETECTED), None)
    if named is not None or any(f.name == AS_READ + "detected" for f in answered):
        put_right.add(began)  # How long it was felt before it was noticed is no longer what the record says.
    found = [f for f in ends if f is not None]
    still = [f for f in found if f.quote is None or f.quote.ts is None or f.quote.ts not in put_right]
    shown = [replace(f, name=name) for name, f in zip(LOOSE_ENDS, still, strict=False)]
    if len(still) == len(found):
        return shown
    return [*shown, *(replace(f, name=AS_READ + f.name.removeprefix(AS_READ)) for f in found)]


def _contradictions(known: Sequence[Fact], kept: Sequence[Kept], moved: Set[str]) -> list[Fact]:
    """Where the record contradicts itself: over once somebody put one of the sides right."""
    named = [replace(f, name=f.name.removeprefix(AS_READ)) for f in known]
    corrected = {k.entry.source_ts for k in kept if k.removed_by or k.corrected}
    found = []
    for fact in named:
        if fact.name.startswith(CONTRADICTION):
            ts = fact.quote.ts if fact.quote is not None else None
            over = ts in corrected or not moved.isdisjoint(fact.about.split())
            found.append(replace(fact, name=AS_READ + fact.name) if over else fact)
    return found


def _as_read(fact: Fact) -> bool:
    return fact.name.startswith(AS_READ)


def _set_aside(kind: Kind, kept: Iterable[Kept]) -> bool:
    """Whether people took off, or renamed, what the record takes for this milestone, and nothing else is it."""
    read = [k for k in kept if k.read_as is kind and k.merged_into is None]
    gone = [k for k in read if k.removed_by or (k.stands and k.entry.kind is not kind)]
    return bool(gone) and len(gone) == len(read)


def fact_of(name: str, entry: Entry) -> Fact:
    """A moment as a fact, with the words of its entry."""
    quote = Quote(entry.text, entry.source_ts, entry.actor)
    return Fact(name, entry.text, entry.at, entry.precision.value, quote)


def _ts(fact: Fact) -> str | None:
    return fact.quote.ts if fact.quote is not None else None


def spans(moments: Mapping[str, Fact]) -> list[Fact]:
    """What helped and how long it took, as far as both ends are known and in order.

    Who tells of the whole window in one message ("between 10:20 and 11:56"), or only tells moments, says when it ended,
    and not what ended it.
    """
    found: list[Fact] = []
    mitigated, began = moments.get("mitigated"), moments.get("began")
    window = mitigated is not None and began is not None and _ts(mitigated) is not None and _ts(mitigated) == _ts(began)
    if mitigated is not None and not window and not _tells_only_when(mitigated):
        found.append(Fact("mitigation", mitigated.text, quote=mitigated.quote))
    begin = began or moments.get("detected")
    for name, start, end in (
        ("duration", begin, moments.get("resolved") or mitigated),
        ("detected_after", began, moments.get("detected")),
        ("acknowledged_after", begin, moments.get("acknowledged")),
        ("mitigated_after", begin, mitigated),
        ("resolved_after", begin, moments.get("resolved")),
    ):
        if start is None or end is None or start.at is None or end.at is None or end.at <= start.at:
            continue
        about = "about " if Precision.ABOUT.value in (start.precision, end.precision) else ""
        counted = " (from detection)" if start is moments.get("detected") and name != "detected_after" else ""
        found.append(Fact(name, about + spelled(between(start.at, end.at)) + counted))
    return found


def _tells_only_when(moment: Fact) -> bool:
    return says_only_when(moment.quote.text if moment.quote is not None and moment.quote.text else moment.text)


def told(entries: Sequence[Entry]) -> list[Fact]:
    """What the entries show besides: how many milestones are known, the first idea, and what customers were told."""
    found: list[Fact] = []
    milestones = [e for e in entries if e.kind in MILESTONES]
    if milestones:
        found.append(Fact("milestones", str(len(milestones))))
    hypothesis = next((e for e in entries if e.kind is Kind.HYPOTHESIS and _is_an_idea(e.text)), None)
    if hypothesis is not None:
        quote = Quote(hypothesis.text, hypothesis.source_ts, hypothesis.actor)
        found.append(Fact("hypothesis", hypothesis.text, at=hypothesis.at, quote=quote))
    announced = next((e for e in entries if told_customers(e)), None)
    if announced is not None:
        quote = Quote(announced.text, announced.source_ts, announced.actor)
        found.append(Fact("customers_told", announced.text, quote=quote))
    return found


def _is_an_idea(text: str) -> bool:
    """Whether a message says itself that it is a guess; a question that says no such thing may ask about anything."""
    return not signs_of(text).isdisjoint(("guess", "hedge")) or not text.rstrip().endswith("?")


def spelled(span: timedelta) -> str:
    """A duration as people say it, cut to the minute as in the document: 2 h 35 min, 45 min, 3 d 2 h."""
    minutes = int(span.total_seconds() // 60)
    if not minutes:
        return "less than a minute"
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {left} min" if left else f"{hours} h"
    return f"{left} min"
