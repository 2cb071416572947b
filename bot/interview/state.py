"""What is an interview at one moment: the values that every other part reads and none changes in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.interview.bounds import Bounds
from bot.interview.conclusions import Thought
from bot.interview.kept import kept


@dataclass(frozen=True, slots=True)
class Workspace:
    """The Slack organisation and team that a row belongs to; `enterprise` is empty outside Enterprise Grid."""

    team: str
    enterprise: str = ""


class Stage(StrEnum):
    """How far a postmortem is; it only moves forward, except that a cancelled one can be restored."""

    OPENING = "opening"
    READING = "reading"
    ASKING = "asking"
    REVIEWING = "reviewing"
    PUBLISHING = "publishing"
    WRITTEN = "written"
    CANCELLED = "cancelled"


#: The stages in which a second postmortem in the same scope is refused.
RUNNING = frozenset({Stage.OPENING, Stage.READING, Stage.ASKING, Stage.REVIEWING, Stage.PUBLISHING})


#: Why nothing can be sent: the workspace took the token away.
REVOKED = "revoked"
#: The fact that names the kind of which the channel reads; no script asks about it.
SUGGESTED = "suggested_kind"
#: The facts that name the past incidents most like this one, by their numbers.
SIMILAR = ("similar", "similar_2", "similar_3")
#: The facts that hold what people said in the channel should be done, as actions are typed, one to a line.
PROMISED = ("promised", "promised_2", "promised_3", "promised_4", "promised_5", "promised_6")
#: Before the name of a fact that people have set aside: as the record has it, for the day when they take that back.
AS_READ = "as_read."
#: Before the number of a fact that tells where the record contradicts itself, with both sides.
CONTRADICTION = "contradiction."
#: Those that are worked out from facts and answers: a beginning before its cause, and counts of the same that differ.
OF_CAUSE, OF_COUNTS = f"{CONTRADICTION}cause", f"{CONTRADICTION}count"
#: The kind that is started when nobody names one; only in its place another is suggested.
USUAL = "service"


#: Who paused an interview that nobody answered any more.
BY_ITSELF = ""


class Put(StrEnum):
    """What sort of question was put; only ASK counts against the limit of asks, only PROBE against that of probes."""

    ASK = "ask"
    PROBE = "probe"
    CONFIRM = "confirm"
    #: The same question once more: because somebody pressed Back, or later, to one person (`Asked.why`).
    RETURN = "return"


class Closed(StrEnum):
    """How a question was passed."""

    NEXT = "next"
    QUIET = "quiet"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"
    DEEPER = "deeper"
    #: Left before it was passed: by Back, and put again; or it was never put, and holds what people moved to it.
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, and the message they stand in."""

    text: str
    ts: str | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the record settles; `at` is aware UTC where the fact is a moment."""

    name: str
    text: str
    at: datetime | None = None
    #: "exact", "about" or "unknown"; only meaningful together with `at`.
    precision: str = "exact"
    quote: Quote | None = None
    #: The facts that it follows from or speaks against, by name, with blanks between them; of a promise, the message of
    #: somebody else whose words it repeats.
    about: str = ""
    #: Of a moment whose words name no zone: that of its writer's clock, by which it was read, unless that shows UTC.
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the word rules found in one reply; the interview decides on these and never reads the text itself."""

    mentions: frozenset[str] = frozenset()
    #: Kinds of concern; where there are several factors, `kind@n` says besides that the n-th (from 0) has it.
    concerns: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    chatter: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that the bot put or is about to put into the thread."""

    position: int
    topic: str
    question: str
    put: Put
    text: str
    opened_at: datetime
    quote: Quote | None = None
    #: What a probe is about: something lacking ("count") or a concern ("human_error"). In a question, the moment
    #: that it asks for because the record leaves it open.
    about: str | None = None
    #: The factor that a deeper *how* asks about, as "position.index".
    factor: str | None = None
    #: The depth in the chain of hows, 1 for the first; 0 outside a chain.
    level: int = 0
    held: bool = False
    closed: Closed | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    #: Of a question about what the document leaves open, put once the others are over: to whom, and why, which tells
    #: it apart from every other: a rule and its place, such as "measures:AI-003".
    to: str | None = None
    why: str | None = None

    @property
    def key(self) -> str:
        return f"ask-{self.position}"


@dataclass(frozen=True, slots=True)
class Said:
    """One message that somebody wrote in the thread; (channel, ts) is its identity, `revision` Slack's `edited.ts`."""

    ts: str
    user: str
    text: str
    heard_at: datetime
    #: When it was heard or edited last.
    touched_at: datetime
    revision: str = ""
    deleted: bool = False
    deleted_at: datetime | None = None
    findings: Findings = Findings()
    #: The position of the question before, where it was written just after an advance; None files it by its ts.
    moved_to: int | None = None
    #: The position of the question that it belongs to, as a person says who moved it there; None where it was given.
    placed: int | None = None
    placed_by: str = ""

    @property
    def put_to(self) -> int | None:
        """The position that people said it belongs to; None where nobody did."""
        return self.moved_to if self.placed is None else self.placed


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot's that stands in Slack, by the key of its card."""

    key: str
    ts: str
    channel: str
    posted_at: datetime
    #: The digest of the face it shows, and when it was last changed.
    shown: str
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the channel has been read; `phase` is history, window, threads, people, understanding or done.

    In the phase window, people say what belongs to the incident before more of a large channel is read.
    """

    phase: str = "history"
    cursor: str = ""
    messages: int = 0
    threads: int = 0
    threads_read: int = 0
    oldest: str = ""
    #: Messages of the bot's own, from earlier postmortems; they are passed over.
    own: int = 0
    #: The newest message, and how many replies the threads hold by Slack's own count.
    newest: str = ""
    replies: int = 0
    #: Slack gives this app far less in a page than it asks for: it is throttled.
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """The reading receipt in numbers; `first` and `last` are aware UTC."""

    messages: int = 0
    replies: int = 0
    alerts: int = 0
    edited: int = 0
    deleted: int = 0
    files: int = 0
    huddles: int = 0
    service: int = 0
    unreadable: int = 0
    own: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who acted in the incident and is worth asking; `role` is what the record shows that they did."""

    user: str
    role: str
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """How a person divided the answer to one *how* question into separate factors."""

    position: int
    factors: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the vocabulary in `fields.py`, in the words of who said it."""

    name: str
    text: str
    by: str
    at: datetime
    #: The message that the words stand in; None for what somebody entered in the form.
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class SectionEdit:
    """A section of the document as a person wants it; `base` is the digest of the text that it was made from."""

    section: str
    text: str
    by: str
    at: datetime
    base: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A section that somebody read and accepted; who did so last is its reviewer."""

    section: str
    by: str


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody gave the document to others: `where` in their words, such as a channel, a list or a meeting."""

    where: str
    at: datetime
    #: Who said so.
    by: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody approves of the document in a role; the last one in each role counts."""

    role: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The review some weeks later: what became of the actions, and did they help? `day` is that of the team's zone."""

    day: date | None = None
    by: str | None = None
    #: The day of which the facilitator was told last.
    told: date | None = None
    held_at: datetime | None = None
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention made on somebody's request: an invitation, or one question for one person."""

    key: str
    users: tuple[str, ...]
    by: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """Where the document stands: `kind` canvas or file, `step` how far its publication is."""

    kind: str = "canvas"
    #: "" (nothing yet), created, filled, done for a canvas; "" , reserved, uploaded, done for a file.
    step: str = ""
    id: str = ""
    url: str = ""
    #: The interview's content revision that it shows.
    revision: int = -1
    #: Counts the files asked for; a canvas is always edited in place.
    round: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """The timeline's picture in Slack. A new one is made beside the one that is shown, and then takes its place."""

    #: "" (not begun), reserved, uploaded, completed, done; failed (`why` says why) or empty (nothing to draw).
    step: str = ""
    #: The file that is being made, and where its bytes go.
    id: str = ""
    url: str = ""
    #: The timeline's revision that it shows, or is to show, and the digest of the image.
    revision: int = -1
    digest: str = ""
    #: The file that cards show, and one that none shows any more.
    shown: str = ""
    old: str = ""
    why: str = ""
    #: Not carried on before this moment, and how often it had to wait.
    not_before: datetime | None = None
    tries: int = 0


@dataclass(frozen=True)
class Interview:
    """A whole postmortem conversation; the channel's messages, the entries and the items are rows of their own.

    Without slots, so that the next one is made quickly (`replacing.py`).
    """

    id: int
    workspace: Workspace
    number: str
    channel: str
    scope: str
    kind: str
    title: str
    facilitator: str
    started_by: str
    started_at: datetime
    private: bool = False
    zone: str = "UTC"
    #: What of the channel belongs to the incident: a thread's root, or a window; see `bounds`.
    root: str = ""
    window_from: datetime | None = None
    window_to: datetime | None = None
    #: Who said so when asked, because the channel holds much; None: nobody was asked.
    window_by: str | None = None
    #: The channel whose record is read, where that is not the one in which the conversation is held.
    source: str = ""
    #: Whether the channel was recorded as people wrote in it.
    recorded: bool = False
    #: When messages of the record were changed or deleted after it was read; None: it is read as it stands.
    record_changed_at: datetime | None = None
    stage: Stage = Stage.OPENING
    #: The stage to return to when a cancelled postmortem is restored.
    stage_before: Stage | None = None
    cancelled_at: datetime | None = None
    written_at: datetime | None = None
    paused_by: str | None = None
    paused_at: datetime | None = None
    thread_ts: str | None = None
    reading: Reading = Reading()
    counts: Counts = Counts()
    asked: tuple[Asked, ...] = ()
    said: tuple[Said, ...] = ()
    facts: tuple[Fact, ...] = ()
    participants: tuple[Participant, ...] = ()
    posts: tuple[Post, ...] = ()
    splits: tuple[Split, ...] = ()
    edits: tuple[SectionEdit, ...] = ()
    #: What answers, the record and the form say of single fields; `fields.py` tells which of them counts.
    fields: tuple[Field, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    mentions: tuple[Mention, ...] = ()
    shares: tuple[Share, ...] = ()
    approvals: tuple[Approval, ...] = ()
    follow_up: FollowUp = FollowUp()
    #: What was asked of a second mind, in the order in which it was asked, and what came of it.
    thoughts: tuple[Thought, ...] = ()
    #: Whether a second mind reads this channel: on, off, ask (until a member allows it); empty where there is none.
    claude: str = ""
    #: Who said so last.
    claude_by: str = ""
    publication: Publication = Publication()
    drawing: Drawing = Drawing()
    timeline_by: str | None = None
    #: Counters of change: of the timeline, of the items, and of everything that the document shows.
    timeline_revision: int = 0
    items_revision: int = 0
    revision: int = 0
    changed_at: datetime | None = None
    active_at: datetime | None = None
    reminded: int = 0
    #: Set when Slack asks for patience: nothing is sent, edited or read before.
    blocked_until: datetime | None = None
    edits_blocked_until: datetime | None = None
    reads_blocked_until: datetime | None = None
    #: Why nothing can be sent at all until somebody acts: "", archived, removed or revoked.
    unreachable: str = ""
    unreachable_at: datetime | None = None
    reconciled_at: datetime | None = None
    reconcile_cursor: str = ""
    version: int = field(default=0, compare=False)

    def post(self, key: str) -> Post | None:
        return next((p for p in self.posts if p.key == key), None)

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.root, self.window_from, self.window_to)

    @property
    def record_channel(self) -> str:
        """The channel under which the messages of the record are kept."""
        return self.source or self.channel

    def fact(self, name: str) -> Fact | None:
        return _named(self.facts).get(name)

    @property
    def current(self) -> Asked | None:
        """The question of the script that is open now."""
        return next((a for a in reversed(self.asked) if a.closed is None and a.why is None), None)

    @property
    def later(self) -> tuple[Asked, ...]:
        """The questions about what the document leaves open, each to one person."""
        return tuple(a for a in self.asked if a.why is not None)

    @property
    def paused(self) -> bool:
        return self.paused_by is not None

    @property
    def running(self) -> bool:
        return self.stage in RUNNING


@kept(512)
def _named(facts: tuple[Fact, ...]) -> dict[str, Fact]:
    """The facts by their names, the first of a name before all others."""
    return {fact.name: fact for fact in reversed(facts)}
