"""What came of one part of a section: its blocks, and what nobody said?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.report.desk import ABSENT
from bot.report.document import Document
from bot.report.queries import Query
from bot.report.values import Block, Paragraph, SectionText, State, Voice


@dataclass(frozen=True, slots=True)
class Laying:
    """What laying out looks at besides the layout."""

    document: Document
    queries: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that nobody said, by its name, and how that came about."""

    name: str
    state: State = State.NOT_ANSWERED


@dataclass(frozen=True, slots=True)
class Made:
    """What one part shows."""

    blocks: tuple[Block, ...] = ()
    missing: tuple[Missing, ...] = ()
    #: The script's section that it shows as somebody edited it.
    edited: SectionText | None = None
    #: Whether there is such a thing in this kind of postmortem at all.
    exists: bool = True
    #: How it is that nothing is shown; None where the part cannot tell.
    state: State | None = None


def one_line(missing: Sequence[Missing]) -> Paragraph | None:
    """All that is missing, in one paragraph: not answered, not known, skipped; None where nothing is."""
    lines = []
    for state in (State.NOT_ANSWERED, State.UNKNOWN, State.SKIPPED):
        names = list(dict.fromkeys(_small(each.name) for each in missing if each.state is state))
        if names:
            listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
            lines.append(f"{ABSENT[state].removesuffix('.')}: {listed}.")
    return Paragraph(" ".join(lines), Voice.ABSENT) if lines else None


def _small(name: str) -> str:
    """A label within a sentence: without what explains it, and without a capital that only begins it."""
    objective = name.startswith("Objective")
    short = name.replace(":", "").strip() if objective else name.partition(":")[0].partition(", ")[0].strip()
    first = short.split(" ")[0]
    return short if first.isupper() and len(first) > 1 else short[:1].lower() + short[1:]


def sections_of(document: Document, name: str) -> tuple[SectionText, ...]:
    """The script's sections of that id, or that are made of that."""
    by_id = tuple(s for s in document.sections if s.id == name)
    return by_id or tuple(s for s in document.sections if s.made_of == name and name != "answers")


def edited_of(document: Document, name: str) -> SectionText | None:
    """The script's section of that name where a person rewrote it."""
    return next((s for s in sections_of(document, name) if s.state is State.EDITED), None)


def as_edited(section: SectionText) -> Made:
    return Made(section.blocks, edited=section)
