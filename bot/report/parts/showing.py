"""What shows it, and who heard of it: queries to run, updates, links, earlier incidents, sharing, approvals?"""

from __future__ import annotations

from itertools import groupby

from bot.interview.fields import FIELDS
from bot.report.addresses import addresses
from bot.report.layout import Part
from bot.report.material import Event
from bot.report.parts.made import Laying, Made
from bot.report.queries import filled, services_of
from bot.report.silence import Missing
from bot.report.tables import events_table
from bot.report.times import day
from bot.report.values import (
    Block,
    Cell,
    Code,
    Evidence,
    Label,
    Listing,
    Paragraph,
    Point,
    Source,
    Table,
    Tick,
    Ticks,
    Voice,
)
from bot.timeline.told import SHOWN_THERE, STATUS_PAGE, tells

#: What counts as an update inside the company.
_INTERNAL = frozenset({"declared", "escalated", "escalation", "communication", "resolved"})
#: The fields that updates of the record settle.
SETTLES_PUBLIC, SETTLES_INTERNAL = "communication.status_page", "communication.internal"
#: The header of the table of earlier incidents.
PAST = ("Incident", "Date", "In common", "Actions of then still open")
#: Earlier incidents that one document lists.
MOST_SIMILAR = 5


def queries(laying: Laying) -> Made:
    """The queries of the file, with this service and window filled in."""
    if not laying.queries:
        return Made()
    document = laying.document
    services = services_of(document.services)
    moments = document.material.moments
    blocks: list[Block] = []
    if intro := _filled_in(document.services, services, bool({"began", "detected", "declared"} & moments.keys())):
        blocks.append(Paragraph(intro, Voice.COMPUTED))
    for about, group in groupby(laying.queries, key=lambda query: query.about):
        blocks.append(Label(about))
        for query in group:
            blocks.append(Paragraph(f"{query.title} ({query.tool})" if query.tool else query.title, Voice.COMPUTED))
            blocks.append(Code(filled(query, services, moments), query.language))
    return Made(tuple(blocks))


def _filled_in(named: str, services: tuple[str, ...], window: bool) -> str:
    """For what the queries are filled in, and for what not."""
    parts = []
    if services:
        others = f"; the same for {', '.join(services[1:])}" if services[1:] else ""
        parts.append(f"Filled in for {services[0]}{others}.")
    elif named:
        parts.append("No service has a name that can stand in a query: put it in place of <service>.")
    else:
        parts.append("Which service it was is not known: put its name in place of <service>.")
    if not window:
        parts.append("When it began is not known: put the times in place of <start> and <end>.")
    return " ".join(parts)


def updates(laying: Laying, where: str) -> Made:
    """What was told while it ran, from the timeline: inside the company, or on the status page."""
    external = where == "status_page"
    events = laying.document.material.events
    found = [e for e in events if _is_told(e) and _public(e) is external and (external or e.kind in _INTERNAL)]
    if not found:
        return Made()
    return Made((events_table(found, ""),), settled=frozenset({SETTLES_PUBLIC if external else SETTLES_INTERNAL}))


def _is_told(event: Event) -> bool:
    """Whether somebody was told by it: not what others told us, what was asked, or what was not posted."""
    words = event.what.text
    if event.kind != "communication" and STATUS_PAGE.search(words) is None:
        return True
    return tells(words)


def _public(event: Event) -> bool:
    """Whether it stood on a status page: posted by its tool, or told by somebody who posts there."""
    if SHOWN_THERE.search(event.what.text) is not None:
        return True
    words = event.source.text if event.kind != "communication" else f"{event.source.text} {event.what.text}"
    return STATUS_PAGE.search(words) is not None


def references(laying: Laying, part: Part) -> Made:
    """Links that people gave or that stand in the record; in a list of references, the interview itself too."""
    material = laying.document.material
    rows: list[tuple[Cell, ...]] = []
    missing: list[Missing] = []
    for name in part.fields:
        figure = material.figure(name)
        if FIELDS[name].read:
            continue  # These stand among the links of the record.
        if figure is None:
            missing.append(Missing(FIELDS[name].label, material.silence(name), name))
            continue
        for told in figure.told:
            for text in addresses(told.text) or (told.text,):
                rows.append((Cell(figure.label), Cell(text, told.sources, voice=Voice.WORDS)))
    known = {row[1].text for row in rows}
    rows += [(Cell("In the record"), cell) for cell in material.links if cell.text not in known]
    if material.thread_url and part.fields:
        rows.append((Cell("The interview"), Cell(material.thread_url)))
    return Made((Table("", ("What", "Where"), tuple(rows)),) if rows else (), tuple(missing))


def similar(laying: Laying) -> Made:
    """Earlier incidents that resemble this one, what of them is still to be done, and what comes back."""
    found, recurring = laying.document.material.similar, laying.document.material.recurring
    blocks: list[Block] = []
    if found:
        rows = tuple(
            (
                Cell(f"{each.number} {each.title}", _to(each.url), leads=True),
                Cell(day(each.day) if each.day else ""),
                Cell(each.likeness, voice=Voice.WORDS),
                Cell(each.still_open or "none", voice=Voice.WORDS if each.still_open else Voice.COMPUTED),
            )
            for each in found[:MOST_SIMILAR]
        )
        blocks.append(Table("", PAST, rows))
    if recurring:
        blocks.append(Label("What comes back"))
        blocks.append(Listing(tuple(Point(line, voice=Voice.COMPUTED) for line in recurring)))
    return Made(tuple(blocks))


def _to(url: str) -> tuple[Source, ...]:
    return (Source("", None, "", url=url, kind=Evidence.ANSWER),) if url else ()


def sharing(laying: Laying, part: Part) -> Made:
    """The ways of sharing what was learnt, to tick, each with what was said of it."""
    ticks = []
    for name in part.fields:
        figure = laying.document.material.figure(name)
        told = figure.told[0] if figure is not None else None
        ticks.append(
            Tick(FIELDS[name].label, False, told.text if told is not None else "", told.sources if told else ())
        )
    return Made((Ticks(tuple(ticks)),))


def shares(laying: Laying) -> Made:
    """To whom the document was given, and when it is looked at again."""
    material = laying.document.material
    rows = [(Cell(day(each.at)), Cell(each.where, voice=Voice.WORDS), Cell(each.by)) for each in material.shares]
    blocks: list[Block] = [Table("", ("Day", "Given to", "As said by"), tuple(rows))] if rows else []
    if material.reviewed_on is not None:
        blocks.append(Paragraph(f"It is looked at again on {day(material.reviewed_on)}.", Voice.COMPUTED))
    return Made(tuple(blocks))


def approvals(laying: Laying, part: Part) -> Made:
    """Who has approved the document in which of these roles, and which approvals are still open."""
    given = {approval.role: approval for approval in laying.document.material.approvals}
    roles = list(dict.fromkeys((*part.of, *given)))
    ticks = []
    for role in roles:
        approval = given.get(role)
        said = "" if approval is None else f"{approval.by}, {day(approval.at)}" if approval.at else approval.by
        ticks.append(Tick(role, approval is not None, said))
    return Made((Ticks(tuple(ticks)),))
