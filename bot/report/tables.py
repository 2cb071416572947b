"""Which tables stand in the document? The facts, the timeline and the action items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from bot.interview.quoting import gist
from bot.report.addresses import addresses
from bot.report.desk import Desk, KeptEntry
from bot.report.facts import ALWAYS, FACTS
from bot.report.material import Event, ItemRow, Phase
from bot.report.phases import phases
from bot.report.silence import ABSENT
from bot.report.times import MONTHS, clock, day, stamp
from bot.report.values import Block, Cell, Evidence, ItemLine, Label, Moment, Paragraph, Source, State, Table, Voice
from bot.timeline.values import Entry, Kind, Precision
from bot.timeline.zones import known_zone

#: What stands for the words of an entry whose message was deleted.
DELETED = "The message was deleted."
#: The header of the timeline.
TIMELINE = ("Time", "What happened", "Source", "Who")
#: The header of the action items, and which of its columns stand only where they hold something.
ITEMS = ("Number", "Action", "Owner", "Due", "How we will know it worked", "Priority", "Status", "Tracked in")
OPTIONAL = (5, 7)
#: The status of an item that people decided not to do.
DROPPED = "dropped"
#: What is said of a measure once an item is done.
MET = {"yes": "measure met", "no": "measure not met", "later": "too early to tell"}
#: What is said of an item whose line was edited out of its message, or whose message is no answer about actions now.
UNSAID = "no longer said among the actions"
#: What stands above the items that begin with none of the sorts.
UNSORTED = "Not sorted"
#: The words for the milestones in the timeline and among the facts.
MILESTONES = {
    Kind.IMPACT_BEGAN: "Impact began",
    Kind.DETECTED: "Detected",
    Kind.ACKNOWLEDGED: "Acknowledged",
    Kind.DECLARED: "Declared",
    Kind.INVESTIGATION_BEGAN: "Investigation began",
    Kind.ESCALATED: "Escalated",
    Kind.CAUSE_IDENTIFIED: "Cause identified",
    Kind.MITIGATED: "Mitigated",
    Kind.PARTLY_RECOVERED: "Partly recovered",
    Kind.RESOLVED: "Resolved",
}
_LAST = datetime.max.replace(tzinfo=UTC)


def facts_table(desk: Desk, moments: Mapping[str, Moment | None], spans: Mapping[str, str]) -> Table:
    """When it began and ended, how long that is, how severe; what is not known says so."""
    rows: list[tuple[Cell, ...]] = []
    # Those without a time stand last, in the order of FACTS.
    milestones = sorted(FACTS.items(), key=lambda each: m.at if (m := moments[each[0]]) else _LAST)
    for name, label in milestones:
        moment = moments[name]
        fact = desk.interview.fact(name)
        if moment is not None:
            when = stamp(moment.at, about=moment.about)
            if fact is not None and fact.zone and fact.at == moment.at:
                written = moment.at.astimezone(known_zone(fact.zone))
                when = f"{when} ({written:%H:%M} in {fact.zone}, its writer's zone)"
            rows.append((Cell(label), Cell(when, (moment.source,) if moment.source else ())))
        elif fact is not None and fact.text.strip():
            rows.append((Cell(label), Cell(desk.people.spoken(fact.text), desk.quoted(fact.quote))))
        elif name in ALWAYS:
            rows.append((Cell(label), Cell(ABSENT[State.UNKNOWN], voice=Voice.ABSENT)))
    for name, label in (
        ("duration", "Duration"),
        ("detected_after", "Detected after"),
        ("acknowledged_after", "Acknowledged after"),
        ("mitigated_after", "Mitigated after"),
    ):
        if name == "acknowledged_after" and not spans[name]:
            continue  # Few incidents are acknowledged in a way that a record shows.
        text = spans[name] or ABSENT[State.UNKNOWN]
        rows.append((Cell(label), Cell(text, voice=Voice.COMPUTED if spans[name] else Voice.ABSENT)))
    for name, label in (("severity", "Severity"), ("services", "Services")):
        fact = desk.interview.fact(name)
        known = fact is not None and bool(fact.text.strip())
        text = desk.severity() if name == "severity" else desk.fact_text(name)
        text = text if known else ABSENT[State.UNKNOWN]
        sources = desk.quoted(fact.quote) if fact is not None else ()
        rows.append((Cell(label), Cell(text, sources, voice=Voice.COMPUTED if known else Voice.ABSENT)))
    return Table("", ("Fact", "Value"), tuple(rows))


def events_table(events: Sequence[Event], above: str) -> Table:
    """Events with their time, what happened, what tells it, and who or what did it."""
    return Table(above, TIMELINE, tuple((e.time, e.what, e.source, e.actor) for e in events))


def caption(desk: Desk, entries: Sequence[KeptEntry]) -> str:
    """What stands above the timeline: the zone, the day when all is of one, and who corrected it."""
    days = _days(entries)
    on = f", {day(next(iter(days)))}" if len(days) == 1 else ""
    return " ".join(filter(None, (f"All times are UTC{on}.", _corrected(desk, entries))))


def events_of(desk: Desk, entries: Sequence[KeptEntry]) -> tuple[Event, ...]:
    """The entries as the document tells them, in the order given."""
    one_day, phase_of = len(_days(entries)) == 1, phases(entries, desk.interview.facts)
    return tuple(_event(desk, kept, one_day, phase_of(kept)) for kept in entries)


def _event(desk: Desk, kept: KeptEntry, one_day: bool, phase: Phase) -> Event:
    entry = kept.entry
    told = (entry, *kept.merged)
    sources = tuple(s for e in told for s in desk.source(e.source_ts, e.actor, _by(desk, e)))
    text = desk.people.spoken(gist(entry.text))
    mark = MILESTONES.get(entry.kind, "")
    voice = Voice.WORDS if sources or kept.added_by or kept.changed_by else Voice.COMPUTED
    what = Cell(text, sources, mark, voice) if text else Cell(DELETED, mark=mark, voice=Voice.ABSENT)
    by_a_tool = _is_a_tool(desk, entry.actor)
    by = _told_by(desk, kept, sources, by_a_tool)
    return Event(
        entry.at,
        entry.precision is Precision.ABOUT,
        str(entry.kind),
        Cell(_when(entry, one_day)),
        what,
        # A link cannot stand within a link.
        Cell(by, sources, leads=not addresses(by)),
        Cell("" if by_a_tool else desk.people.actor(entry.actor)),
        phase,
    )


def _told_by(desk: Desk, kept: KeptEntry, sources: Sequence[Source], by_a_tool: bool) -> str:
    """What tells of an entry: a tool by its name, the channel, an answer, or who put it there."""
    if kept.added_by is not None and not (sources and sources[0].kind is Evidence.ANSWER):
        return f"added by {desk.people.called(kept.added_by)}"
    if not sources:
        return "the record"
    if by_a_tool:
        return desk.people.actor(kept.entry.actor)
    return "an answer" if sources[0].kind is Evidence.ANSWER else "the channel"


def _is_a_tool(desk: Desk, actor: str | None) -> bool:
    return bool(actor) and desk.people.actor(actor) == actor


def _days(entries: Sequence[KeptEntry]) -> set[date]:
    return {kept.entry.at.astimezone(UTC).date() for kept in entries if kept.entry.at is not None}


def _by(desk: Desk, entry: Entry) -> str:
    return desk.people.actor(entry.actor) or "the record"


def _corrected(desk: Desk, entries: Sequence[KeptEntry]) -> str:
    """Who put their word in the place of the record's, by name, as whoever edits a section; also by taking it off."""
    changed = [kept.changed_by for kept in entries if kept.changed_by is not None]
    editors = [desk.people.name(user) for user in (*changed, *(by for by, _ in desk.taken_off))]
    if not editors:
        return ""
    names = sorted(set(editors))
    listed = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    into_another = sum(merged for _, merged in desk.taken_off)
    told = {"merged": into_another, "taken off": len(desk.taken_off) - into_another}
    of_them = ", ".join(f"{count} {what}" for what, count in told.items() if count)
    counted = f"{len(editors)} {'entry' if len(editors) == 1 else 'entries'}" + (f" ({of_them})" if of_them else "")
    return f"{listed} corrected {counted}."


def _when(entry: Entry, one_day: bool) -> str:
    if entry.at is None or entry.precision is Precision.UNKNOWN:
        return "not known"
    at = entry.at.astimezone(UTC)
    date = "" if one_day else f"{at.day} {MONTHS[at.month - 1]}, "
    return f"{date}{'about ' if entry.precision is Precision.ABOUT else ''}{clock(at)}"


def sorted_items(desk: Desk, sorts: Sequence[str]) -> tuple[Block, ...]:
    """The action items; under a label for each sort that people put before them, where a script has sorts."""
    if not sorts or not any(_sort(item, sorts)[0] for item in desk.items):
        return (items_table([item_row(desk, item, item.text) for item in desk.items]),)
    blocks: list[Block] = []
    for sort in (*sorts, ""):
        found = [item_row(desk, i, text) for i in desk.items for name, text in [_sort(i, sorts)] if name == sort]
        if found:
            blocks += [Label(sort.capitalize() or UNSORTED), items_table(found)]
    return tuple(blocks)


def _sort(item: ItemLine, sorts: Sequence[str]) -> tuple[str, str]:
    """The sort that an item begins with, as "monitoring: …" or "[monitoring] …", and its text without that."""
    text = item.text.strip()
    for sort in sorts:
        for mark in (f"{sort}:", f"[{sort}]"):
            if text.lower().startswith(mark.lower()) and text[len(mark) :].strip():
                return sort, text[len(mark) :].strip(" :")
    return "", text


def items_table(rows: Sequence[ItemRow]) -> Table:
    """A table of items; a column for priorities or tickets only where one has any."""
    used = [any(row.cells[i].text for row in rows) or i not in OPTIONAL for i in range(len(ITEMS))]
    return Table(
        "",
        tuple(head for head, use in zip(ITEMS, used, strict=True) if use),
        tuple(tuple(cell for cell, use in zip(row.cells, used, strict=True) if use) for row in rows),
    )


def day_of(item: ItemLine) -> str:
    """The day by which an action is due, with the time where one was named; empty where none is known."""
    if item.due is None:
        return ""
    return f"{day(item.due)}, {item.due_time}" if item.due_time else day(item.due)


def item_row(desk: Desk, item: ItemLine, text: str) -> ItemRow:
    """One action item, with `text` for its words."""
    due = day_of(item) or item.due_words
    words = " ".join(text.split())
    # What nobody is going to do lacks nothing.
    told = _told if item.status == DROPPED else _or_open
    cells = (
        Cell(item.number),
        Cell(desk.by_name.spoken(words), desk.source(item.source_ts, None, "where it was said"), voice=Voice.WORDS),
        told(f"{item.owner} (sponsor: {item.sponsor})" if item.owner and item.sponsor else item.owner),
        told(due),
        told(desk.by_name.spoken(" ".join(item.measure.split()))),
        Cell(item.priority),
        _status(desk, item),
        Cell(item.tracker),
    )
    return ItemRow(item, cells)


def _status(desk: Desk, item: ItemLine) -> Cell:
    """Whether it is done, and whether it helped; or why it won't be done, and who said so."""
    if item.status == DROPPED:
        why = desk.by_name.spoken(" ".join(item.reason.split()))
        by = f", {item.closed_by}" if item.closed_by else ""
        return Cell(f"won't do: {why}{by}" if why else f"won't do{by}", voice=Voice.WORDS)
    told = f"{item.status}, {MET[item.met]}" if item.met in MET else item.status
    return Cell(f"{told}; {UNSAID}" if item.unsaid else told)


def withdrawn(desk: Desk) -> tuple[Paragraph, ...]:
    """The items that are none any more, so that no number is missing without a word."""
    return tuple(
        Paragraph(
            f"{number} was withdrawn: it is no longer said among the actions.",
            Voice.COMPUTED,
            desk.source(ts, None, "where it was said"),
        )
        for number, ts in desk.withdrawn
    )


def _told(text: str) -> Cell:
    return Cell(text, voice=Voice.WORDS) if text.strip() else Cell("")


def _or_open(text: str) -> Cell:
    return _told(text) if text.strip() else Cell("not set", voice=Voice.ABSENT)
