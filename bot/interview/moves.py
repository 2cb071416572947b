"""What does the bot owe the room now? One pure function of the saved row and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.interview.cards import QUIET_BEFORE_REWRITE, AskedLater, Card, Question, wanted_cards
from bot.interview.plan import Limits
from bot.interview.script import Script
from bot.interview.state import Interview, Stage
from bot.interview.timers import follow_up_due, later_quiet, quiet_until, stalled_until

#: A thread is compared with Slack until this long after its document.
RECONCILE_AFTER_WRITTEN = timedelta(days=14)
#: After so long without a further change of the record, it is worked through again.
QUIET_BEFORE_READING = timedelta(seconds=10)
_COMPARED = (Stage.READING, Stage.ASKING, Stage.REVIEWING, Stage.PUBLISHING, Stage.WRITTEN)


@dataclass(frozen=True, slots=True)
class Post:
    """Post a card that does not stand yet."""

    card: Card


@dataclass(frozen=True, slots=True)
class Update:
    """Bring a card up to date."""

    card: Card
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """Read one page of the channel."""

    cursor: str
    #: From when on this process has heard all that Slack tells; None: nobody knows.
    heard_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadRoot:
    """Read one page of the thread that is reviewed, its first message included."""

    cursor: str


@dataclass(frozen=True, slots=True)
class ReadThread:
    """Read one page of the next thread that is not read yet."""


@dataclass(frozen=True, slots=True)
class LookUpPerson:
    """Look up the next person of the record whose name is not known."""


@dataclass(frozen=True, slots=True)
class Understand:
    """Turn the stored messages into timeline, facts and receipt; no call."""


@dataclass(frozen=True, slots=True)
class Advance:
    """The quiet time is over; no call."""

    position: int


@dataclass(frozen=True, slots=True)
class Remind:
    """Nobody has answered for a working day, or three; no call, the card follows."""


@dataclass(frozen=True, slots=True)
class TellFollowUp:
    """The day of the follow-up review has come; no call, the card follows."""


@dataclass(frozen=True, slots=True)
class Publish:
    """Take the document's publication one step further; `next_step` is what this move achieves."""

    kind: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Take the picture of the timeline one step further; `next_step` is what this move achieves."""

    next_step: str


@dataclass(frozen=True, slots=True)
class TryChannel:
    """Ask Slack whether the channel can be written to again."""


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Compare one page of the thread with what is stored."""

    cursor: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is owed before `until`; None: nothing at all until something happens."""

    until: datetime | None


Move = (
    Post
    | Update
    | ReadHistory
    | ReadRoot
    | ReadThread
    | LookUpPerson
    | Understand
    | Advance
    | Remind
    | TellFollowUp
    | Publish
    | Draw
    | TryChannel
    | Reconcile
    | Wait
)


def move_id(move: Move) -> str:
    """The move's name in the claim and, for a post, in the message's metadata; the same move has the same name."""
    match move:
        case Post(card):
            return card.key
        case Update(card, _, _):
            return f"update:{card.key}"
        case Publish(kind, following):
            return f"publish:{kind}:{following}"
        case Draw(following):
            return f"draw:{following}"
        case Advance(position):
            return f"advance:{position}"
        case _:
            return type(move).__name__.lower()


def next_move(
    script: Script, interview: Interview, now: datetime, limits: Limits, listening_since: datetime | None = None
) -> Move:
    """What the bot owes the room at `now` (aware UTC).

    `listening_since` is when this process began to hear: a thread that was not compared with Slack since
    then is compared before anything is said in it.
    """
    if interview.blocked_until is not None and now < interview.blocked_until:
        return Wait(interview.blocked_until)
    wanted = tuple(wanted_cards(script, interview, limits))
    posts = {post.key: post for post in interview.posts}
    if interview.unreachable:
        unsaid = (each.card() for each in wanted if each.key not in posts)
        notice = next((card for card in unsaid if card.place == "direct"), None)
        return Post(notice) if notice is not None else TryChannel()
    waits: list[datetime] = []
    compare = reconcile_due(interview, listening_since)
    reads_free = interview.reads_blocked_until is None or now >= interview.reads_blocked_until
    if compare is not None and now >= compare and reads_free:
        return Reconcile(interview.reconcile_cursor)
    if compare is not None and now >= compare and _missed_something(interview, listening_since):
        return Wait(interview.reads_blocked_until)
    if compare is not None:
        waits.append(compare if reads_free or interview.reads_blocked_until is None else interview.reads_blocked_until)
    for each in wanted:
        if each.key in posts or not _may_post(card := each.card(), interview):
            continue
        if card.not_before is None or now >= card.not_before:
            return Post(card)
        waits.append(card.not_before)
    shown = True
    for each in wanted:
        post = posts.get(each.key)
        if post is None or post.shown == "gone" or post.shown == (card := each.card()).digest:
            continue
        shown = False
        not_before = max(filter(None, (card.not_before, interview.edits_blocked_until)), default=None)
        if not_before is not None and now < not_before:
            waits.append(not_before)
            continue
        return Update(card, post.channel, post.ts)
    changed = _changed_record(interview)
    if changed is not None and now >= changed:
        return Understand()
    if changed is not None:
        waits.append(changed)
    if interview.paused:
        return Wait(min(waits) if waits else None)
    if interview.stage is Stage.READING and interview.reading.phase != "window":
        return (
            _read(interview, listening_since)
            if reads_free
            else Wait(min([*waits, interview.reads_blocked_until or now]))
        )
    return _later(interview, now, limits, waits, shown)


def reconcile_due(interview: Interview, listening_since: datetime | None) -> datetime | None:
    """When the thread is compared with Slack next: at once after a silence of our own, then ever more rarely.

    Every ten minutes while a question is younger than an hour, hourly for a day, daily after that, until 14
    days after the document (architecture: reconcile).
    """
    if interview.thread_ts is None or interview.stage not in _COMPARED:
        return None
    last = interview.reconciled_at
    if last is None or _missed_something(interview, listening_since):
        return interview.started_at
    if interview.stage is Stage.WRITTEN and interview.written_at is not None:
        if last > interview.written_at + RECONCILE_AFTER_WRITTEN:
            return None
        return last + timedelta(days=1)
    newest = max((p.posted_at for p in interview.posts), default=interview.started_at)
    age = last - newest
    every = timedelta(minutes=10) if age < timedelta(hours=1) else timedelta(hours=1)
    return last + (every if age < timedelta(days=1) else timedelta(days=1))


def _missed_something(interview: Interview, listening_since: datetime | None) -> bool:
    """Whether words may have been missed since the last comparison, so that nothing is said before the next."""
    last = interview.reconciled_at
    return last is None or (listening_since is not None and last < listening_since)


def _may_post(card: Card, interview: Interview) -> bool:
    if interview.stage is Stage.CANCELLED:
        return False
    if isinstance(card.face, Question):
        return not interview.paused and card.face.asked.closed is None
    if isinstance(card.face, AskedLater):
        return card.face.asked.closed is None
    return True


def _read(interview: Interview, listening_since: datetime | None) -> Move:
    match interview.reading.phase:
        case "history" if interview.root:
            return ReadRoot(interview.reading.cursor)
        case "history":
            return ReadHistory(interview.reading.cursor, listening_since)
        case "threads":
            return ReadThread()
        case "people":
            return LookUpPerson()
        case _:
            return Understand()


def _changed_record(interview: Interview) -> datetime | None:
    """When the record is read anew from what is stored, because messages in it were edited or deleted."""
    changed = interview.record_changed_at
    if changed is None or interview.reading.phase != "done" or interview.stage is Stage.CANCELLED:
        return None
    return changed + QUIET_BEFORE_READING


def _later(interview: Interview, now: datetime, limits: Limits, waits: list[datetime], shown: bool) -> Move:
    """What is owed when no card is; `shown` when no card shows anything old either."""
    quiet = quiet_until(interview, limits)
    if quiet is not None and interview.current is not None:
        if now >= quiet:
            return Advance(interview.current.position)
        waits.append(quiet)
    for position, until in later_quiet(interview, limits):
        if now >= until:
            return Advance(position)
        waits.append(until)
    stalled = stalled_until(interview)
    if stalled is not None:
        if now >= stalled:
            return Remind()
        waits.append(stalled)
    review = follow_up_due(interview)
    if review is not None:
        if now >= review:
            return TellFollowUp()
        waits.append(review)
    draw = _draw(interview, now, shown)
    if isinstance(draw, datetime):
        waits.append(draw)
    elif draw is not None:
        return draw
    publish = _publish(interview)
    if isinstance(publish, datetime):
        if now >= publish:
            return Publish("canvas", "filled")
        waits.append(publish)
    elif publish is not None:
        return publish
    return Wait(min(waits) if waits else None)


def _publish(interview: Interview) -> Publish | datetime | None:
    publication = interview.publication
    if interview.stage not in (Stage.PUBLISHING, Stage.WRITTEN):
        return None
    following = {
        ("canvas", ""): "created",
        ("canvas", "created"): "filled",
        ("canvas", "filled"): "done",
        ("file", ""): "reserved",
        ("file", "reserved"): "uploaded",
        ("file", "uploaded"): "done",
    }.get((publication.kind, publication.step))
    if following is not None:
        return Publish(publication.kind, following)
    if publication.kind == "canvas" and publication.revision < interview.revision and interview.changed_at is not None:
        return interview.changed_at + QUIET_BEFORE_REWRITE
    return None


def _draw(interview: Interview, now: datetime, shown: bool) -> Draw | datetime | None:
    """The picture comes before the document and follows the timeline; while it has to wait, nothing else does."""
    drawing = interview.drawing
    if interview.stage not in (Stage.PUBLISHING, Stage.WRITTEN):
        return None
    if drawing.not_before is not None and now < drawing.not_before:
        return drawing.not_before
    following = {"reserved": "uploaded", "uploaded": "completed", "completed": "done"}.get(drawing.step)
    if following is not None:
        return Draw(following)
    if drawing.revision < interview.timeline_revision:
        quiet = drawing.revision >= 0 and interview.stage is Stage.WRITTEN and interview.changed_at is not None
        due = interview.changed_at + QUIET_BEFORE_REWRITE if quiet and interview.changed_at is not None else now
        return Draw("reserved") if due <= now else due
    return Draw("removed") if drawing.old and shown else None
