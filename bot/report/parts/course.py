"""How did it go? The timeline in one table, or in the phases of an incident, with what people said of each."""

from __future__ import annotations

from bot.report.facts import DISAGREES
from bot.report.material import Phase
from bot.report.parts.made import Laying, Made, as_edited, edited_of
from bot.report.tables import events_table
from bot.report.values import Block, Drawn, Label, Listing, Paragraph, Voice

#: The kinds of entries that show the first sign of an incident, and the field that asks for it.
SIGNS, FIRST_SIGN = frozenset({"impact_began", "detected"}), "detection.first_sign"


def timeline(laying: Laying) -> Made:
    """All of the timeline in one table."""
    edited = edited_of(laying.document, "timeline")
    if edited is not None:
        return as_edited(edited)
    material = laying.document.material
    if not material.events:
        return Made()
    doubts = (Label(DISAGREES), *contradictions(laying).blocks) if material.contradictions else ()
    return Made((events_table(material.events, material.timeline_caption), *doubts))


def contradictions(laying: Laying) -> Made:
    """Where the record contradicts itself."""
    found = laying.document.material.contradictions
    return Made((Listing(found),)) if found else Made()


def picture(laying: Laying) -> Made:
    """The timeline's picture, where one can be drawn."""
    return Made((Drawn(),)) if laying.document.picture is not None else Made()


def phase(laying: Laying, name: str) -> Made:
    """What happened in one phase; nothing where the timeline was rewritten as a whole."""
    if edited_of(laying.document, "timeline") is not None:
        return Made()
    material = laying.document.material
    events = [event for event in material.events if event.phase is Phase(name)]
    if not events:
        return Made()
    blocks: list[Block] = []
    if name == Phase.DETECTION and (how := _noticed(laying)):
        blocks.append(Paragraph(how, Voice.COMPUTED))
    blocks.append(events_table(events, material.timeline_caption if events[0] is material.events[0] else ""))
    settled = name == Phase.DETECTION and any(event.kind in SIGNS for event in events)
    return Made(tuple(blocks), settled=frozenset({FIRST_SIGN}) if settled else frozenset())


def rewritten(laying: Laying) -> Made:
    """The timeline as somebody rewrote it; nothing where nobody did."""
    edited = edited_of(laying.document, "timeline")
    return as_edited(edited) if edited is not None else Made()


def _noticed(laying: Laying) -> str:
    """What noticed it: a tool or a person."""
    found = next((e for e in laying.document.material.events if e.kind == "detected"), None)
    if found is None:
        return ""
    if found.actor.text:
        return f"Noticed by a person: {found.actor.text}."
    return f"Noticed by a tool: {found.source.text}." if found.source.text not in ("", "the record") else ""
