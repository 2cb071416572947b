"""What is done about it? The action items in short, in one table, or by when they are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.report.document import Document
from bot.report.material import ItemRow
from bot.report.parts.made import Laying, Made, as_edited, edited_of, sections_of
from bot.report.tables import DROPPED, items_table
from bot.report.times import day
from bot.report.values import Block, Commitments, Label, Paragraph, Voice

#: Days from the document's date within which something is due, with the heading of that time.
HORIZONS = ((7, "This week"), (31, "This month"), (92, "This quarter"))
LATER, UNDATED, GIVEN_UP = "Later", "Without a date", "Won't be done"


def commitments(laying: Laying, most: int) -> Made:
    """The most urgent ones in short."""
    document = laying.document
    edited = edited_of(document, "items")
    if edited is not None and not document.actions:
        return as_edited(edited)
    shown = document.actions[: most or len(document.actions)]
    if shown:
        return Made((Commitments(shown, document.action_count - len(shown)),))
    told = none_left(document)
    return Made((Paragraph(told, Voice.COMPUTED),)) if told else Made()


def none_left(document: Document) -> str:
    """That of the actions that were named none is going to be done; empty where none was named, or one is."""
    named = len(document.material.items)
    if document.action_count or not named:
        return ""
    return f"Nothing: {named} {'action' if named == 1 else 'actions'} won't be done."


def horizons(laying: Laying) -> Made:
    """The items by when they are due, from the day of the document; without a date, or given up, is said so."""
    edited = edited_of(laying.document, "items")
    if edited is not None:
        return as_edited(edited)
    rows = laying.document.material.items
    found = sections_of(laying.document, "items")
    gone = laying.document.material.withdrawn
    if not rows and not gone:
        return Made(exists=bool(found), state=found[0].state if found else None)
    start = laying.document.written.date()
    blocks: list[Block] = []
    for heading, within in _divided(rows, start):
        blocks += [Label(heading), items_table(within)]
    return Made((*blocks, *gone))


def _divided(rows: Sequence[ItemRow], start: date) -> list[tuple[str, list[ItemRow]]]:
    found: dict[str, list[ItemRow]] = {}
    until = [(start + timedelta(days=days), name) for days, name in HORIZONS]
    ends = [(end, f"{name} (until {day(end)})") for end, name in until]
    for row in sorted(rows, key=lambda row: row.item.due or date.max):
        due = row.item.due
        heading = UNDATED if due is None else next((name for end, name in ends if due <= end), LATER)
        if row.item.status == DROPPED:
            heading = GIVEN_UP
        found.setdefault(heading, []).append(row)
    order = [*(name for _, name in ends), LATER, UNDATED, GIVEN_UP]
    return [(name, found[name]) for name in order if name in found]
