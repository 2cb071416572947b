"""What are all kinds of document made of? The timeline, factors, figures and answers, each with its sources.

Everything is gathered once (`gathering.py`); a layout chooses from it and adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.report.values import Block, Cell, ItemLine, Moment, Paragraph, Point, State, Table


class Phase(StrEnum):
    """The part of the incident in which something happened."""

    DETECTION = "detection"
    INVESTIGATION = "investigation"
    MITIGATION = "mitigation"
    AFTERWARDS = "afterwards"
    #: Nobody knows when it happened.
    UNTIMED = "untimed"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline: `time`, `what`, `source` and `actor` as its cells read."""

    at: datetime | None
    about: bool
    #: The kind of a timeline entry, such as "escalated".
    kind: str
    time: Cell
    what: Cell
    source: Cell
    actor: Cell
    phase: Phase


@dataclass(frozen=True, slots=True)
class Factored:
    """One contributing factor with what stands below it, and of which sort it is.

    `sort` is empty where neither its writer nor its words tell one; `said` when its writer did.
    """

    point: Point
    sort: str
    group: str
    said: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An action item, and its cells in the document's table."""

    item: ItemLine
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of one field of `bot/interview/fields.py`, best first; never empty."""

    name: str
    label: str
    told: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What people said to one question that was put; `words` is empty when nobody answered."""

    section: str
    question: str
    label: str
    words: tuple[Paragraph, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier incident that resembles this one, and in what."""

    number: str
    title: str
    day: date | None
    likeness: str
    url: str = ""
    #: Its actions that are still open, in words.
    still_open: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """That somebody approved the document, in which role."""

    role: str
    by: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """That the document was given to others, and who said so."""

    where: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Material:
    """All that layouts choose from."""

    events: tuple[Event, ...]
    #: What stands above the timeline's table: the zone, the day, who corrected it.
    timeline_caption: str
    factors: tuple[Factored, ...]
    #: What else was asked about the causes: the question, and its answer under its label.
    beside_factors: tuple[tuple[str, tuple[Block, ...]], ...]
    figures: tuple[Figure, ...]
    #: How it is that nothing is known of a field that was asked for.
    silences: Mapping[str, State]
    answered: tuple[Answered, ...]
    items: tuple[ItemRow, ...]
    #: What is said of items that are none any more.
    withdrawn: tuple[Paragraph, ...]
    #: When it began, was noticed and ended, how severe it was: the table of facts.
    facts: Table
    #: Each by its name; what is not known is not in them.
    moments: dict[str, Moment]
    spans: dict[str, str]
    cause: Paragraph | None
    mitigation: Paragraph | None
    hypothesis: Paragraph | None
    #: Where the record contradicts itself, each with both sides.
    contradictions: tuple[Point, ...]
    #: Those of them that are about how many were hit.
    counts_differ: tuple[Point, ...]
    #: The levels of severity with their meanings, the worst first.
    severities: tuple[tuple[str, str], ...]
    #: Links that stand in the record and show something, with their sources.
    links: tuple[Cell, ...]
    #: The address of the thread of the interview; empty where there is none.
    thread_url: str
    similar: tuple[Similar, ...]
    #: What of it has come before among the incidents written last, each in one line.
    recurring: tuple[str, ...]
    approvals: tuple[Approval, ...]
    shares: tuple[Shared, ...]
    #: The day of the review some weeks later.
    reviewed_on: date | None

    def figure(self, name: str) -> Figure | None:
        """What is known of one field; None when nobody said anything."""
        return next((figure for figure in self.figures if figure.name == name), None)

    def silence(self, name: str) -> State:
        """How it is that nothing is known of a field."""
        return self.silences.get(name, State.NOT_ANSWERED)
