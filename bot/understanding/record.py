"""What does the record settle? From the stored messages to facts, timeline entries, people and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.interview import events as ev
from bot.interview.fields import AFTER, BEFORE, CHANGED, FIELDS, LINKS
from bot.interview.replacing import replace
from bot.interview.state import CONTRADICTION, SUGGESTED, Counts, Fact, Field, Interview, Participant, Quote
from bot.move_results import Done
from bot.timeline import artefacts
from bot.timeline import values as tl
from bot.timeline.gaps import best
from bot.timeline.marked import with_marked
from bot.timeline.mentions import resolved
from bot.timeline.record import read_record
from bot.timeline.values import Kind
from bot.timeline.zones import assumed
from bot.understanding.contradicting import CAUSE_CHANGE
from bot.understanding.kinds import suggested
from bot.understanding.known_facts import LOOSE_ENDS, MOMENTS, spans, told
from bot.understanding.past_incidents import similar
from bot.understanding.people_named import known_names
from bot.understanding.promises import promised
from bot.wording import fields as word_rules
from storage.database import Database
from storage.unit import Unit

#: How many people are suggested: two to four acted enough to be worth asking.
PEOPLE_AT_MOST = 4

#: Which fields the record can fill, by what of it is looked at, and with how many values each.
OF_IMPACT = frozenset(name for name in FIELDS if name.split(".")[0] in ("impact", "revenue", "slo", "customers"))
OF_ESCALATION = frozenset({"escalation.reason"})
OF_LINKS = frozenset(name for name, field in FIELDS.items() if name.startswith("references.") and not field.read)
#: What support counts is counted until long after the impact; without a number it says nothing.
OF_SUPPORT = frozenset({"customers.tickets", "customers.complaints"})
FIELD_AT_MOST = 5
#: What was changed, where a version is named by it: "prompt v30".
CHANGES = frozenset({"prompt", "model"})


def understand(
    database: Database,
    say: Callable[..., str],
    interview: Interview,
    now: datetime,
    reaction: str = "",
    words: Mapping[str, tuple[str, ...]] | None = None,
) -> Done:
    """Reads the stored record; the entries are stored together with the event.

    What has the `reaction` is an entry; `words`, by kind, suggest another kind.
    """
    opening = interview.post("opening")
    with database.reading() as unit:
        messages = of_the_incident(unit, interview, opening.ts if opening else None)
        called, names = unit.people.called(interview.workspace), known_names(unit, interview)
        people = {user: unit.people.get(interview.workspace, user) for user in {m.user for m in messages if m.user}}
    zones = {user: person.zone for user, person in people.items() if person is not None}
    # Nobody who cannot answer here is suggested: tools, and people of other workspaces.
    bots = {user for user, person in people.items() if person is not None and (person.bot or person.foreign)}
    messages = tuple(replace(m, text=resolved(m.text, called)) for m in messages)
    record = read_record(messages, zone=interview.zone, zones=zones)
    record = replace(record, entries=with_marked(record.entries, messages, reaction))
    counts = counts_of(record.receipt, interview.reading.own)
    kind = suggested((interview.title, *(m.text for m in messages if not m.deleted)), words or {})
    facts = (*facts_of(record, say), *((Fact(SUGGESTED, kind),) if kind else ()))
    facts += promised(messages, interview.zone, names, record.planned)
    with database.reading() as unit:
        facts += similar(unit, replace(interview, facts=facts), record.entries)
    seen = interview.record_changed_at
    event = ev.RecordRead(facts, people_of(record, bots), counts, now, fields_of(record, now), seen)

    def also(unit: Unit, before: Interview) -> None:
        unit.entries.replace_record(before.id, record.entries)
        unit.entries.follow(before.id, {m.ts: tl.shortened(m.text) for m in messages})

    return Done((event,), also)


def of_the_incident(unit: Unit, interview: Interview, latest: str | None) -> Sequence[tl.RecordMessage]:
    """What of the channel's messages belongs to the incident, without the threads of postmortems."""
    workspace, channel, bounds = interview.workspace, interview.record_channel, interview.bounds
    threads = {brief.thread_ts for brief in unit.postmortems.of_record(workspace, channel)}
    since = bounds.root or bounds.roots_from
    messages = unit.record.messages(workspace, channel, oldest=since or None, latest=bounds.latest(latest or ""))
    messages = tuple(m for m in messages if m.thread_ts is None or m.thread_ts not in threads)
    if bounds.root:
        return tuple(m for m in messages if bounds.root in (m.ts, m.thread_ts))
    # A thread that began before the window is of it with its first message and the replies in the window.
    answered = {m.thread_ts for m in messages if m.is_reply and m.ts >= bounds.oldest}
    return tuple(m for m in messages if m.ts >= bounds.oldest or m.ts in answered)


def counts_of(receipt: tl.Receipt, own: int) -> Counts:
    """The receipt as the interview keeps it."""
    return Counts(
        messages=receipt.messages,
        replies=receipt.replies,
        alerts=receipt.alerts,
        edited=receipt.edited,
        deleted=receipt.deleted,
        files=receipt.files,
        huddles=receipt.huddles,
        service=receipt.service,
        unreadable=receipt.unreadable,
        own=own,
        first=receipt.first,
        last=receipt.last,
    )


def people_of(record: tl.Record, bots: set[str]) -> tuple[Participant, ...]:
    """Who acted, most important first; nobody when fewer than two did."""
    people = [a for a in record.actors if a.user not in bots][:PEOPLE_AT_MOST]
    return tuple(Participant(a.user, a.role, a.message_ts) for a in people)


def facts_of(record: tl.Record, say: Callable[..., str]) -> tuple[Fact, ...]:
    """What the record settles, in the names that scripts know."""
    facts = record.facts
    moments = {
        "began": facts.began,
        "detected": facts.detected,
        "acknowledged": facts.acknowledged,
        "declared": facts.declared,
        "investigated": facts.investigation_began,
        "escalated": facts.escalated,
        "cause": facts.cause_identified,
        "mitigated": facts.mitigated,
        "partly_recovered": facts.partly_recovered,
        "resolved": facts.resolved,
    }
    found = [_moment(name, stated, record) for name, stated in moments.items() if stated is not None]
    found += spans({fact.name: fact for fact in found})
    if facts.severity:
        found.append(Fact("severity", facts.severity))
    if facts.services:
        found.append(Fact("services", ", ".join(facts.services)))
    if facts.cause_change is not None:
        found.append(_moment(CAUSE_CHANGE, facts.cause_change, record))
    suspected = [e.quote for e in record.loose_ends if e.kind == tl.OPEN_IDEA and e.quote is not None]
    if suspected and facts.cause_identified is None:
        quote = suspected[-1]
        found.append(Fact("suspected", quote.text, quote=Quote(quote.text, quote.source_ts, quote.user)))
    if facts.impact:
        quote = facts.impact[0]
        found.append(Fact("impact", quote.text, quote=Quote(quote.text, quote.source_ts, quote.user)))
    if record.facts.links:
        found.append(Fact("links", str(len(record.facts.links))))
    if shown := artefacts.named(each.text for each in record.facts.links):
        found.append(Fact("artefacts", shown))
    if shown := ", ".join(
        f"{each.text} {when}"
        for each, when in ((facts.versions.before, "before"), (facts.versions.after, "after"))
        if each is not None
    ):
        found.append(Fact("versions", shown))
    found += told(record.entries)
    for name, loose in zip(LOOSE_ENDS, best(record.loose_ends), strict=False):
        text = " ".join(say("loose_end", kind=loose.kind, facts=dict(loose.question_facts)).split())
        words = Quote(loose.quote.text, loose.quote.source_ts, loose.quote.user) if loose.quote is not None else None
        found.append(Fact(name, text, quote=words))
    return (*found, *_contradictions(record))


def _contradictions(record: tl.Record) -> Iterator[Fact]:
    names = {kind: name for name, kind in MOMENTS.items()}
    # A beginning before its cause is told from the facts: answers move both sides.
    doubts = [each for each in record.contradictions if Kind.CAUSE_IDENTIFIED not in each.against]
    for number, each in enumerate(doubts, 1):
        writer = next((e.actor for e in record.entries if e.source_ts == each.source_ts), None)
        about = " ".join(names[kind] for kind in each.against)
        yield Fact(f"{CONTRADICTION}{number}", each.text, quote=Quote(each.words, each.source_ts, writer), about=about)


def fields_of(record: tl.Record, now: datetime) -> tuple[Field, ...]:
    """What the record says of single fields: in its words on the impact, in what escalated it, and in its links."""
    texts: list[tuple[str, str | None, str | None, frozenset[str]]] = [
        (quote.text, quote.source_ts, quote.user, OF_IMPACT) for quote in record.facts.impact
    ]
    escalated = record.facts.escalated
    if escalated is not None and escalated.source_ts is not None:
        user = next((e.actor for e in record.entries if e.source_ts == escalated.source_ts), None)
        texts.append((escalated.words, escalated.source_ts, user, OF_ESCALATION))
    cause = record.facts.cause_identified
    shown = {}
    if cause is not None and cause.source_ts is not None and word_rules.is_evidence(cause.words):
        user = next((e.actor for e in record.entries if e.source_ts == cause.source_ts), None)
        shown[("cause.evidence", cause.words)] = Field("cause.evidence", cause.words, user or "", now, cause.source_ts)
    texts += [(e.text, e.source_ts, e.actor, OF_LINKS | OF_SUPPORT) for e in record.entries]
    found: dict[tuple[str, str], Field] = {**shown}
    for text, ts, user, names in texts:
        for name, words in word_rules.fields(text, names) if ts else ():
            if name in OF_SUPPORT and not any(each.isdigit() for each in words):
                continue
            if sum(known == name for known, _ in found) < FIELD_AT_MOST:
                found.setdefault((name, words), Field(name, words, user or "", now, ts))
    links = tuple(Field(LINKS, each.text, each.user or "", now, each.source_ts) for each in record.facts.links)
    versions = ((BEFORE, record.facts.versions.before), (AFTER, record.facts.versions.after))
    ran = tuple(Field(name, each.text, each.user or "", now, each.source_ts) for name, each in versions if each)
    changed = [each for _, each in versions if each is not None and each.text.split()[0].lower() in CHANGES]
    # The newer one says what was changed, in its own word: "prompt v30".
    kind = tuple(Field(CHANGED, e.text.split()[0], e.user or "", now, e.source_ts) for e in changed[-1:])
    return (*found.values(), *ran, *kind, *links)


def _moment(name: str, stated: tl.Stated, record: tl.Record) -> Fact:
    zone = assumed(stated.zone, stated.at) if stated.bare and stated.zone else ""
    return Fact(name, stated.words, stated.at, stated.precision.value, _quote(stated, record), zone=zone)


def _quote(stated: tl.Stated, record: tl.Record) -> Quote:
    writer = next((e.actor for e in record.entries if e.source_ts == stated.source_ts), None)
    return Quote(stated.words, stated.source_ts, writer)
