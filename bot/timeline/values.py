"""Which values the reading of a record takes and gives.

A record is what people and tools wrote while an incident ran. Every value here is frozen, every time is aware
UTC, every text is somebody's own words: nothing in a `Record` was made up by the reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

#: The most characters that the text of an entry or a quote has.
LONGEST_TEXT = 600


class Precision(StrEnum):
    """How well a time is known."""

    EXACT = "exact"
    ABOUT = "about"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a message tells. The first ten are milestones of the incident."""

    IMPACT_BEGAN = "impact_began"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    DECLARED = "declared"
    INVESTIGATION_BEGAN = "investigation_began"
    ESCALATED = "escalated"
    CAUSE_IDENTIFIED = "cause_identified"
    MITIGATED = "mitigated"
    PARTLY_RECOVERED = "partly_recovered"
    RESOLVED = "resolved"
    CHANGE = "change"
    FINDING = "finding"
    HYPOTHESIS = "hypothesis"
    DECISION = "decision"
    ESCALATION = "escalation"
    IMPACT = "impact"
    RECOVERY = "recovery"
    ALERT = "alert"
    COMMUNICATION = "communication"
    NOTE = "note"


#: The kinds of which an incident has at most one moment each.
MILESTONES = (
    Kind.IMPACT_BEGAN,
    Kind.DETECTED,
    Kind.ACKNOWLEDGED,
    Kind.DECLARED,
    Kind.INVESTIGATION_BEGAN,
    Kind.ESCALATED,
    Kind.CAUSE_IDENTIFIED,
    Kind.MITIGATED,
    Kind.PARTLY_RECOVERED,
    Kind.RESOLVED,
)


@dataclass(frozen=True, slots=True)
class RecordMessage:
    """One message of a channel or a thread, already flattened to plain text.

    `ts` is Slack's id and time in one, seconds since 1970 as a string; it is never turned into a float.
    """

    ts: str
    user: str | None
    text: str
    #: The name of the bot that wrote it; None for a person.
    bot: str | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    subtype: str | None = None
    deleted: bool = False
    pinned: bool = False
    reactions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    broadcast: bool = False
    reply_count: int = 0

    @property
    def at(self) -> datetime:
        """When it was posted, in UTC. Raises ValueError for a `ts` that is no number of seconds."""
        return moment_of(self.ts)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class Stated:
    """A moment, and the words that give it. `words` are those of the message `source_ts`."""

    at: datetime
    precision: Precision
    source_ts: str
    words: str
    #: The zone that the words name or that was assumed for their writer; None for a message's own time.
    zone: str | None
    #: Whether it was assumed.
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, shortened at most."""

    text: str
    source_ts: str
    user: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `reason` says in words why it was chosen; unknown times have `at` None."""

    key: str
    at: datetime | None
    precision: Precision
    zone: str | None
    kind: Kind
    text: str
    source_ts: str | None
    actor: str | None
    reason: str
    score: float = 0


@dataclass(frozen=True, slots=True)
class Versions:
    """What ran before and after the change, each in the words of a message; None is "nobody said"."""

    before: Quote | None = None
    after: Quote | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record settles about the incident as a whole; None is "the record does not say"."""

    began: Stated | None = None
    detected: Stated | None = None
    acknowledged: Stated | None = None
    declared: Stated | None = None
    investigation_began: Stated | None = None
    escalated: Stated | None = None
    cause_identified: Stated | None = None
    mitigated: Stated | None = None
    partly_recovered: Stated | None = None
    resolved: Stated | None = None
    severity: str | None = None
    services: tuple[str, ...] = ()
    impact: tuple[Quote, ...] = ()
    #: Links to changes, builds, dashboards, logs and runs, each once, with the message that has it first.
    links: tuple[Quote, ...] = ()
    versions: Versions = Versions()
    #: When the change was made that is taken for the cause, where the record says so.
    cause_change: Stated | None = None

    def milestones(self) -> dict[Kind, Stated]:
        """The milestones that are known, in the order of their names."""
        named = {Kind.IMPACT_BEGAN: self.began, **{kind: getattr(self, kind.value) for kind in MILESTONES[1:]}}
        return {kind: stated for kind, stated in named.items() if stated is not None}


#: A suspicion that was neither confirmed nor ruled out.
OPEN_IDEA = "open_hypothesis"


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something the record leaves open that is worth a question.

    Kinds: silence, open_hypothesis (`OPEN_IDEA`), symptom_before_alert, late_expert, jump_to_call and
    unexplained_decision.
    `question_facts` are pairs of a name and a text for the wording of the question; times are ISO, in UTC.
    """

    kind: str
    question_facts: tuple[tuple[str, str], ...]
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Actor:
    """What a person did here.

    Roles: "incident lead", "found the cause", "mitigated it" or "saw it end", "declared it", "heard it first",
    "took part".
    """

    user: str
    role: str
    message_ts: str
    score: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stated time or duration that other words of the record disagree with, as a sentence with both sides."""

    text: str
    source_ts: str | None
    #: What is stated, in the words of the message; it stands in the sentence.
    words: str = ""
    #: The milestones on the other side.
    against: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was read, counted: `service` are joins, topics and the like; `unreadable` held nothing to read."""

    messages: int = 0
    replies: int = 0
    alerts: int = 0
    edited: int = 0
    deleted: int = 0
    files: int = 0
    huddles: int = 0
    service: int = 0
    unreadable: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything the reading found. Entries are in order of time, those without a time last."""

    facts: Facts
    entries: tuple[Entry, ...]
    actors: tuple[Actor, ...]
    loose_ends: tuple[LooseEnd, ...]
    contradictions: tuple[Contradiction, ...]
    receipt: Receipt
    #: Messages that may hold an action item, for a person to judge.
    action_candidates: tuple[Quote, ...]
    #: The messages by which people likely name what is to be done later, by their `ts`.
    planned: frozenset[str] = frozenset()


def moment_of(ts: str) -> datetime:
    """The moment that a Slack `ts` names, in UTC, to the microsecond; ValueError where it names none."""
    seconds, _, fraction = ts.strip().partition(".")
    if not seconds.isdigit() or not seconds.isascii() or (fraction and not fraction.isdigit()):
        raise ValueError(f"{ts!r} is no message time")
    micros = int((fraction + "000000")[:6])
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds), microseconds=micros)
    except OverflowError as fault:
        raise ValueError(f"{ts!r} is no message time") from fault


def shortened(text: str, most: int = LONGEST_TEXT) -> str:
    """`text` on one line, cut at a word to at most `most` characters, with … where something was left out."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > most // 2 else cut).rstrip(" ,;:-") + "…"


def in_order(messages: Sequence[RecordMessage]) -> tuple[RecordMessage, ...]:
    """The messages by time of posting, each `ts` once: its newest edit wins, and a deletion is final."""
    best: dict[str, RecordMessage] = {}
    for message in messages:
        known = best.get(message.ts)
        if known is None or _newer(message, known):
            best[message.ts] = message
    return tuple(sorted(best.values(), key=lambda each: each.at))


def _newer(one: RecordMessage, other: RecordMessage) -> bool:
    return (one.deleted, _edit(one)) > (other.deleted, _edit(other))


def _edit(message: RecordMessage) -> datetime:
    return moment_of(message.edited_ts) if message.edited_ts else message.at
