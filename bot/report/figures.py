"""Which fields did people enter in the form? Each with its words and who entered it, where the document shows facts.

What was said in an answer stands with that answer already.
"""

from __future__ import annotations

from bot.interview.fields import FIELDS
from bot.interview.script import Script
from bot.report.desk import IMPACT, Desk
from bot.report.values import Block, Cell, Label, Table, Voice


def home_of_figures(script: Script) -> str:
    """The section that holds them: the facts, else the impact, else the first."""
    ids = [s.id for s in script.sections]
    facts = [s.id for s in script.sections if s.made_of == "facts"]
    return next(iter([*facts, *(each for each in ids if each == IMPACT), *ids]), "")


def figures(desk: Desk) -> tuple[Block, ...]:
    """The fields that were entered, in the order of the form; nothing where none was."""
    entered = {f.name: f for f in desk.interview.fields if f.ts is None}
    rows = tuple(
        (
            Cell(FIELDS[name].label),
            Cell(desk.people.spoken(entered[name].text), voice=Voice.WORDS),
            Cell(desk.people.name(entered[name].by)),
        )
        for name in FIELDS
        if name in entered
    )
    return (Label("Figures that were entered"), Table("", ("Figure", "Value", "Entered by"), rows)) if rows else ()
