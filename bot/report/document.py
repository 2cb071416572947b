"""What is the document, before anything renders it? Sections of typed blocks, each statement with its sources.

Every text in these values is plain: shown as text wherever it goes, never as Markdown, HTML or a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from bot.timeline.picture import Picture


class State(StrEnum):
    """How a section came about; the last three say that it holds no answer."""

    COMPOSED = "composed"
    EDITED = "edited"
    NOT_ANSWERED = "not_answered"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Voice(StrEnum):
    """Who speaks in a text."""

    #: Somebody's own words, unchanged.
    WORDS = "words"
    #: Computed from facts: moments, counts, durations.
    COMPUTED = "computed"
    #: A person rewrote the section.
    EDIT = "edit"
    #: The one honest line that stands where nobody answered.
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Source:
    """The message that a statement comes from. `who` is how the document speaks of its writer."""

    ts: str
    user: str | None
    who: str
    #: When it was written, aware UTC.
    at: datetime | None = None
    #: The link to the message; empty where there is none.
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One statement; line breaks in it are its writer's."""

    kind: ClassVar[str] = "paragraph"
    text: str
    voice: Voice
    sources: tuple[Source, ...] = ()
    #: What stands beside it in small print, such as "confirmed".
    note: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What the statements after it answer, where several questions feed one section."""

    kind: ClassVar[str] = "label"
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list and what stands below it."""

    text: str
    voice: Voice = Voice.WORDS
    sources: tuple[Source, ...] = ()
    below: tuple[Point, ...] = ()
    #: What is known of it besides, in a few words.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Points beside each other."""

    kind: ClassVar[str] = "listing"
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Contributing factors: what stands below one says how it came to be possible."""

    kind: ClassVar[str] = "chain"
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `mark` is a word or two that stand before the text."""

    text: str
    sources: tuple[Source, ...] = ()
    mark: str = ""
    voice: Voice = Voice.COMPUTED


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; the first cell of a row names it."""

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Label | Listing | Chain | Table


@dataclass(frozen=True, slots=True)
class SectionText:
    """One section as it will read."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    state: State
    edited_by: str = ""
    edited_at: datetime | None = None
    #: Whether the answers have changed since the edit was made.
    stale: bool = False
    #: What it is built on, an edited one too.
    sources: tuple[Source, ...] = ()
    #: The digest of what would be composed now; an edit carries it as its `base`.
    base: str = ""
    #: Whether it stands on the first page, for a reader who was not there.
    front: bool = False
    #: How the script says it is composed: answers, summary, timeline, factors, items or facts.
    made_of: str = "answers"
    #: Names of people that stand in it as somebody typed them, where the document speaks of roles.
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A milestone of the incident. `at` is aware UTC; `about` when its words leave it open."""

    at: datetime
    about: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One action item as the document shows it. `status` is open, done or dropped."""

    number: str
    text: str
    owner: str = ""
    due: date | None = None
    #: A date as somebody wrote it, where it names no day.
    due_words: str = ""
    priority: str = ""
    #: How we will know that it worked.
    measure: str = ""
    status: str = "open"
    source_ts: str | None = None
    #: Where it is tracked: an address, or empty.
    tracker: str = ""
    #: Who stands up for it where it is urgent, by name.
    sponsor: str = ""
    #: Whether its measure was met once it was done: yes, no, later, or empty where nobody has said.
    met: str = ""


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
    factor_count: int
    #: The words in which a person said what happened; empty while nobody has.
    sentence: str
    #: What was read, in one sentence; empty before the reading.
    reading: str
    warnings: tuple[str, ...]
    written: datetime
    #: The timeline as a drawing; None where no entry has a known time.
    picture: Picture | None = None

    def section(self, section_id: str) -> SectionText | None:
        """The section of that id, or None when the script has none."""
        return next((s for s in self.sections if s.id == section_id), None)

    @property
    def front(self) -> tuple[SectionText, ...]:
        return tuple(s for s in self.sections if s.front)

    @property
    def rest(self) -> tuple[SectionText, ...]:
        return tuple(s for s in self.sections if not s.front)

    @property
    def unanswered(self) -> tuple[SectionText, ...]:
        """The sections that hold no answer."""
        return tuple(s for s in self.sections if s.state in (State.NOT_ANSWERED, State.UNKNOWN, State.SKIPPED))
