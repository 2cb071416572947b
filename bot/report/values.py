"""What is a document made of? Typed blocks with people's words in them, each statement with its sources.

Every text in these values is plain: shown as text wherever it goes, never as Markdown, HTML or a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class State(StrEnum):
    """How a section came about; the last four say that it holds no answer in words."""

    COMPOSED = "composed"
    EDITED = "edited"
    NOT_ANSWERED = "not_answered"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    #: People said that there is nothing to say.
    NOTHING = "nothing"


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


class Evidence(StrEnum):
    """What sort of thing a statement comes from."""

    #: A message of the record.
    MESSAGE = "message"
    #: What somebody said in the thread of the interview.
    ANSWER = "answer"
    #: What somebody entered in a form; there is no message.
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement comes from. `who` is how the document speaks of its writer."""

    #: The message; empty for what was entered in a form.
    ts: str
    user: str | None
    who: str
    #: When it was written, aware UTC.
    at: datetime | None = None
    #: The link to the message; empty where there is none.
    url: str = ""
    kind: Evidence = Evidence.MESSAGE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One statement; line breaks in it are its writer's."""

    kind: ClassVar[str] = "paragraph"
    text: str
    voice: Voice
    sources: tuple[Source, ...] = ()
    #: What stands beside it in small print, such as "confirmed".
    note: str = ""
    #: Why it stands instead of an answer; None where something was said.
    silence: State | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What the statements after it answer, where several questions feed one section."""

    kind: ClassVar[str] = "label"
    text: str
    #: Whether a page may keep what stands under it folded until somebody opens it.
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list and what stands below it."""

    text: str
    voice: Voice = Voice.WORDS
    sources: tuple[Source, ...] = ()
    below: tuple[Point, ...] = ()
    #: What is known of it besides, in a few words.
    note: str = ""
    #: A word or two that stand before the text.
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FactorCount:
    """How many contributing factors are named, and how many conditions below them say how they came to be possible."""

    named: int = 0
    below: int = 0


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
    #: Whether the text itself is the link to its source.
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; the first cell of a row names it."""

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Commitments:
    """What will be done, in short, for a first page; `more` are told further below."""

    kind: ClassVar[str] = "commitments"
    items: tuple[ItemLine, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """The place of the timeline's picture."""

    kind: ClassVar[str] = "drawn"


@dataclass(frozen=True, slots=True)
class Code:
    """Something to run, ready to be copied."""

    kind: ClassVar[str] = "code"
    text: str
    #: The language, for whoever colours it; letters only.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a list to tick; `said` is what is known of it."""

    text: str
    done: bool
    said: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticks:
    """A list to tick."""

    kind: ClassVar[str] = "ticks"
    ticks: tuple[Tick, ...]


Block = Paragraph | Label | Listing | Chain | Table | Commitments | Drawn | Code | Ticks


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
    #: Why it won't be done, and who said so by name, once it is dropped.
    reason: str = ""
    closed_by: str = ""
    #: Whether its line is no longer in the message that it was said in.
    unsaid: bool = False
    #: The time of the day by which it is due, as it was typed.
    due_time: str = ""
