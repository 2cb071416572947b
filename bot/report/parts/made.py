"""What came of one part of a section: its blocks, and what nobody said?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.report.document import Document
from bot.report.queries import Query
from bot.report.silence import Missing, told
from bot.report.values import Block, Paragraph, SectionText, State, Voice


@dataclass(frozen=True, slots=True)
class Laying:
    """What laying out looks at besides the layout."""

    document: Document
    queries: tuple[Query, ...] = ()


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
    #: The fields of which it shows what the record tells, so that nobody has to have answered them.
    settled: frozenset[str] = frozenset()


def one_line(missing: Sequence[Missing], settled: Collection[str] = ()) -> Paragraph | None:
    """All that is missing, in one paragraph; None where nothing is. What the fields `settled` ask is shown already."""
    left = [replace(each, name=_small(each.name)) for each in missing if each.field not in settled]
    words = told(left)
    return Paragraph(words, Voice.ABSENT) if words else None


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
