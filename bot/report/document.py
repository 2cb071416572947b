"""What is the document, before anything lays it out? Its sections, and all that they are made of.

The script's own sections are read, accepted and edited; the kinds of document (`bot/report/layout.py`) are laid out
from the same value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.report.material import Material
from bot.report.values import (
    Block,
    Cell,
    Chain,
    Code,
    Commitments,
    Drawn,
    Evidence,
    FactorCount,
    ItemLine,
    Label,
    Listing,
    Moment,
    Paragraph,
    Point,
    SectionText,
    Source,
    State,
    Table,
    Tick,
    Ticks,
    Voice,
)
from bot.timeline.picture import Picture

__all__ = [
    "Block",
    "Cell",
    "Chain",
    "Code",
    "Commitments",
    "Document",
    "Drawn",
    "Evidence",
    "FactorCount",
    "ItemLine",
    "Label",
    "Listing",
    "Moment",
    "Paragraph",
    "Point",
    "SectionText",
    "Source",
    "State",
    "Table",
    "Tick",
    "Ticks",
    "Voice",
]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document. Durations are texts such as "2 h 35 min", empty when not known."""

    number: str
    title: str
    kind: str
    #: What a reader needs first: written or a draft, and of which day.
    status: str
    severity: str
    services: str
    facilitator: str
    #: Those who answered, by name, the facilitator first.
    authors: tuple[str, ...]
    #: Those who accepted a section before it was written, by name.
    reviewers: tuple[str, ...]
    started: datetime
    began: Moment | None
    detected: Moment | None
    mitigated: Moment | None
    resolved: Moment | None
    duration: str
    detected_after: str
    mitigated_after: str
    #: The first page's few facts, each a row of name and value.
    glance: Table
    sections: tuple[SectionText, ...]
    #: What will be done, most urgent first, for the first page.
    actions: tuple[ItemLine, ...]
    #: How many actions there are that are not dropped.
    action_count: int
    factor_count: FactorCount
    #: The words in which a person said what happened; empty while nobody has.
    sentence: str
    #: What was read, in one sentence; empty before the reading.
    reading: str
    warnings: tuple[str, ...]
    written: datetime
    #: The timeline as a drawing; None where no entry has a known time.
    picture: Picture | None
    #: What the kinds of document are laid out from.
    material: Material
    #: Whether it only nearly happened: then nothing lasted, and nothing had to be ended.
    nearly: bool = False

    def section(self, section_id: str) -> SectionText | None:
        """The section of that id, or None when the script has none."""
        return next((s for s in self.sections if s.id == section_id), None)

    @property
    def unanswered(self) -> tuple[SectionText, ...]:
        """The sections that hold no answer."""
        return tuple(s for s in self.sections if s.state in (State.NOT_ANSWERED, State.UNKNOWN, State.SKIPPED))
