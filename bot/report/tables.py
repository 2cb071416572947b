"""Which tables stand in the document? The facts, the timeline and the action items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC

from bot.interview.quoting import gist
from bot.report.desk import ABSENT, Desk, KeptEntry
from bot.report.document import Block, Cell, ItemLine, Label, Moment, State, Table, Voice
from bot.report.facts import ALWAYS, FACTS
from bot.report.times import MONTHS, clock, day, stamp
from bot.timeline.values import Entry, Kind, Precision

#: What stands for the words of an entry whose message was deleted.
DELETED = "The message was deleted."
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


def facts_table(desk: Desk, moments: Mapping[str, Moment | None], spans: Mapping[str, str]) -> Table:
    """When it began and ended, how long that is, how severe; what is not known says so."""
    rows: list[tuple[Cell, ...]] = []
    for name, label in FACTS.items():
        moment = moments[name]
        fact = desk.interview.fact(name)
        if moment is not None:
            when = stamp(moment.at, about=moment.about)
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


def entries_table(desk: Desk, entries: Sequence[KeptEntry]) -> Table:
    """The timeline, in the order given; the day stands above it when all is of one day, else with each time."""
    days = {kept.entry.at.astimezone(UTC).date() for kept in entries if kept.entry.at is not None}
    one_day = len(days) == 1
    rows = []
    for kept in entries:
        entry = kept.entry
        told = (entry, *kept.merged)
        source = tuple(s for e in told for s in desk.source(e.source_ts, e.actor, _by(desk, e)))
        text = desk.people.spoken(gist(entry.text))
        by = desk.people.actor(entry.actor)
        if kept.added_by is not None:
            by = by or f"added by {desk.people.called(kept.added_by)}"
        mark = MILESTONES.get(entry.kind, "")
        voice = Voice.WORDS if source or kept.added_by or kept.changed_by else Voice.COMPUTED
        what = Cell(text, source, mark, voice) if text else Cell(DELETED, mark=mark, voice=Voice.ABSENT)
        rows.append((Cell(_when(entry, one_day)), what, Cell(by)))
    on = f", {day(next(iter(days)))}" if one_day else ""
    caption = " ".join(filter(None, (f"All times are UTC{on}.", _corrected(desk, entries))))
    return Table(caption, ("Time", "What happened", "Who or what"), tuple(rows))


def _by(desk: Desk, entry: Entry) -> str:
    return desk.people.actor(entry.actor) or "the record"


def _corrected(desk: Desk, entries: Sequence[KeptEntry]) -> str:
    """Who put their word in the place of the record's, by name, as whoever edits a section."""
    editors = [desk.people.name(kept.changed_by) for kept in entries if kept.changed_by is not None]
    if not editors:
        return ""
    names = sorted(set(editors))
    listed = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    return f"{listed} corrected {len(editors)} {'entry' if len(editors) == 1 else 'entries'}."


def _when(entry: Entry, one_day: bool) -> str:
    if entry.at is None or entry.precision is Precision.UNKNOWN:
        return "not known"
    at = entry.at.astimezone(UTC)
    date = "" if one_day else f"{at.day} {MONTHS[at.month - 1]}, "
    return f"{date}{'about ' if entry.precision is Precision.ABOUT else ''}{clock(at)}"


def sorted_items(desk: Desk, sorts: Sequence[str]) -> tuple[Block, ...]:
    """The action items; under a label for each sort that people put before them, where a script has sorts."""
    if not sorts or not any(_sort(item, sorts)[0] for item in desk.items):
        return (_items(desk, [(item, item.text) for item in desk.items]),)
    blocks: list[Block] = []
    for sort in (*sorts, ""):
        found = [(item, text) for item in desk.items for name, text in [_sort(item, sorts)] if name == sort]
        if found:
            blocks += [Label(sort.capitalize() or UNSORTED), _items(desk, found)]
    return tuple(blocks)


def _sort(item: ItemLine, sorts: Sequence[str]) -> tuple[str, str]:
    """The sort that an item begins with, as "monitoring: …" or "[monitoring] …", and its text without that."""
    text = item.text.strip()
    for sort in sorts:
        for mark in (f"{sort}:", f"[{sort}]"):
            if text.lower().startswith(mark.lower()) and text[len(mark) :].strip():
                return sort, text[len(mark) :].strip(" :")
    return "", text


def _items(desk: Desk, items: Sequence[tuple[ItemLine, str]]) -> Table:
    """A table of items; a column for priorities only where one has a priority."""
    rows = tuple(_item(desk, item, text) for item, text in items)
    header = ("Number", "Action", "Owner", "Due", "How we will know it worked", "Priority", "Status")
    used = [any(row[i].text for row in rows) or i not in (5,) for i in range(len(header))]
    return Table(
        "",
        tuple(head for head, use in zip(header, used, strict=True) if use),
        tuple(tuple(cell for cell, use in zip(row, used, strict=True) if use) for row in rows),
    )


def _item(desk: Desk, item: ItemLine, text: str) -> tuple[Cell, ...]:
    due = day(item.due) if item.due is not None else item.due_words
    words = " ".join(text.split())
    return (
        Cell(item.number),
        Cell(desk.people.spoken(words), desk.source(item.source_ts, None, "where it was said"), voice=Voice.WORDS),
        _or_open(item.owner),
        _or_open(due),
        _or_open(desk.people.spoken(" ".join(item.measure.split()))),
        Cell(item.priority),
        Cell(item.status),
    )


def _or_open(text: str) -> Cell:
    return Cell(text, voice=Voice.WORDS) if text.strip() else Cell("not set", voice=Voice.ABSENT)
