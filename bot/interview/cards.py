"""Which messages of the bot's ought to stand in Slack, and what does each show? Derived from the interview alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from bot.interview.bounds import WHOLE, Bounds, moment_of
from bot.interview.conclusions import Saying
from bot.interview.conditions import any_holds
from bot.interview.fields import takes_whole
from bot.interview.filing import REMEMBERED, Factor, after, answer, filed, shows_to_confirm, taken_over
from bot.interview.glosses import Missing, missing
from bot.interview.kept import kept
from bot.interview.likenesses import likenesses
from bot.interview.moving import Elsewhere, Stray, elsewhere, just_after_advance, moved_from, strays
from bot.interview.offers import Offer, Taken, offers_at, offers_at_review, pressed_since, taken_at
from bot.interview.plan import Limits, can_go_deeper, open_branches
from bot.interview.replacing import replace
from bot.interview.reviews import OpenQuestion, open_questions
from bot.interview.script import Question as ScriptQuestion
from bot.interview.script import Script
from bot.interview.state import (
    AS_READ,
    PROMISED,
    REVOKED,
    SIMILAR,
    SUGGESTED,
    USUAL,
    Asked,
    Closed,
    Counts,
    Fact,
    Interview,
    Mention,
    Participant,
    Publication,
    Put,
    Reading,
    Stage,
)
from bot.interview.step import RESTORABLE_FOR
from bot.interview.thinking import trouble_at
from bot.interview.timers import quiet_until

#: A question's "Noted" line is edited at most this often; so is the progress of the reading.
NOTED_EVERY = timedelta(seconds=10)
#: The actions are shown back so long after the last word of an answer, in which whoever pastes several lines is done;
#: and, while the question is open, shown anew at most this often.
LISTED_AFTER = timedelta(seconds=2)
#: The written document and its summary follow later changes after this much quiet.
QUIET_BEFORE_REWRITE = timedelta(minutes=10)
#: How long progress of the reading may stand unchanged, so that edits cost little of Slack's limit of 50 a minute.
PROGRESS_EVERY = timedelta(seconds=4)
#: How many calls for threads Slack allows in a minute; an app that it throttles has one, with so many messages.
CALLS_A_MINUTE = 50
SLOW_PAGE = 15
#: So many faces are remembered with their digests.
DIGESTS = 1024


@dataclass(frozen=True, slots=True)
class Opening:
    """The one message in the channel: what this is, who sees it, how it is steered."""

    number: str
    title: str
    kind: str
    topics: int
    facilitator: str
    private: bool
    stage: Stage
    paused_by: str | None
    restorable_until: datetime | None
    #: How many messages came in with an export; 0 where the channel itself is read.
    imported: int = 0
    recorded: bool = False
    #: Whether a second mind reads this channel: on, off, ask; empty where there is none. And who said so last.
    claude: str = ""
    claude_by: str = ""
    bounds: Bounds = WHOLE


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far the reading is; with `counts` it is the receipt."""

    reading: Reading
    counts: Counts | None
    minutes_left: int
    bounds: Bounds = WHOLE
    #: The kind of which the channel reads, where nobody chose one.
    suggests: str = ""
    #: The numbers of the past incidents most like this one; what they have in common is rows.
    similar: tuple[str, ...] = ()
    #: What a second mind says of them.
    likenesses: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowQuestion:
    """What of a large channel belongs to the incident? `by` has said so; until then only a part of it was read."""

    messages: int
    #: Whether the channel goes on before `oldest`.
    more: bool
    oldest: datetime
    newest: datetime
    by: str | None
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the record shows, in at most 15 lines; the entries themselves are rows."""

    revision: int
    accepted_by: str | None
    #: Messages that a second mind misses there, and the name of the thought that does.
    missing: tuple[Missing, ...] = ()
    missed_by: str = ""
    #: Whether it only nearly happened: then no beginning and no end are missed.
    nearly: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Who acted and is worth asking."""

    participants: tuple[Participant, ...]
    invited_by: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question with all that stands beside it; `live` when its buttons do something."""

    asked: Asked
    topic_number: int
    topics: int
    topic_title: str
    shows: tuple[Fact, ...]
    live: bool
    paused: bool
    noted: int
    next_at: datetime | None
    can_move_back: bool
    can_go_deeper: bool
    can_split: bool
    branches: tuple[Factor, ...]
    #: To which other questions replies under it belong by the rules, and to which sections people moved some.
    elsewhere: tuple[Elsewhere, ...] = ()
    moved_to: tuple[str, ...] = ()
    #: Why the rules go on alone, where that is told here.
    trouble: str = ""
    #: What a second mind offers here, and the draft that somebody took as an answer.
    offers: tuple[Offer, ...] = ()
    taken: Taken | None = None
    #: The moments that were put right here, or told by a clock that does not show UTC.
    heard: tuple[Fact, ...] = ()
    #: Whether it shows words that one press can confirm.
    confirms: bool = False
    #: The message further up in which Back put a question again that is open now; empty where none is.
    above: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """The parsed action items; the items themselves are rows."""

    revision: int
    stage_over: bool


@dataclass(frozen=True, slots=True)
class FieldsForm:
    """The offer to enter fields in one go; how many were entered there, and by whom."""

    entered: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Each section as it will read, before the document is written."""

    revision: int
    accepted: tuple[str, ...]
    edited: tuple[str, ...]
    open: bool
    #: What a second mind offers beside the sections, and why it has nothing to say.
    offers: tuple[Offer, ...] = ()
    trouble: str = ""
    questions: tuple[OpenQuestion, ...] = ()
    #: Answers that may stand in the wrong section.
    strays: tuple[Stray, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The document is written: what it says in short, and where it is."""

    revision: int
    publication: Publication
    #: The file of the timeline's picture, or why there is none.
    picture: str = ""
    no_picture: str = ""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One mention that somebody asked for."""

    mention: Mention
    question: str


@dataclass(frozen=True, slots=True)
class Stalled:
    """A direct message to the facilitator of an interview that nobody answers."""

    number: str
    title: str
    reminder: int
    facilitator: str


@dataclass(frozen=True, slots=True)
class CannotReach:
    """A direct message to the facilitator: the channel can't be written to, and what would help."""

    number: str
    title: str
    why: str
    channel: str


@dataclass(frozen=True, slots=True)
class AskedLater:
    """One question to one person about what the document leaves open; `noted` counts who has answered."""

    asked: Asked
    noted: int


@dataclass(frozen=True, slots=True)
class FollowUpReview:
    """A direct message to the facilitator on the day of the follow-up review; `moved` to another day since."""

    number: str
    title: str
    day: date
    moved: date | None
    held_by: str | None


Face = (
    CannotReach
    | Opening
    | ReadingProgress
    | WindowQuestion
    | Timeline
    | People
    | Question
    | Items
    | FieldsForm
    | Review
    | Summary
    | Mentioned
    | Stalled
    | FollowUpReview
    | AskedLater
)


@dataclass(frozen=True, slots=True)
class Card:
    """One message that ought to stand: `place` is channel, thread or direct."""

    key: str
    place: str
    face: Face
    #: Neither posted nor brought up to date before this moment.
    not_before: datetime | None = None
    #: For a direct message: whose.
    to: str = ""

    @property
    def digest(self) -> str:
        return _digest(self.face)


@lru_cache(maxsize=DIGESTS)
def _digest(face: Face) -> str:
    return hashlib.sha256(repr(face).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A card that ought to stand; what it shows is worked out when it is asked for."""

    key: str
    card: Callable[[], Card]


def cards(script: Script, interview: Interview, limits: Limits) -> tuple[Card, ...]:
    """Every card, in the order in which they are posted."""
    return tuple(wanted.card() for wanted in wanted_cards(script, interview, limits))


def wanted_cards(script: Script, interview: Interview, limits: Limits) -> Iterator[Wanted]:
    """The same, for who needs only some of them: most stand already and show what they ought to."""
    yield from _before_questions(script, interview)
    if interview.thread_ts is None:
        return
    over = taken_over(interview)
    for asked in interview.asked:
        if asked.key not in over:
            yield Wanted(asked.key, partial(_question, script, interview, asked, limits))
    yield from map(_ready, _closing_cards(script, interview))
    yield from map(_ready, _told_directly(interview))


def _ready(card: Card) -> Wanted:
    return Wanted(card.key, lambda: card)


def _before_questions(script: Script, interview: Interview) -> Iterator[Wanted]:
    yield Wanted("opening", lambda: Card("opening", "channel", _opening(script, interview)))
    if interview.unreachable and interview.unreachable_at is not None and interview.unreachable != REVOKED:
        stamp = int(interview.unreachable_at.timestamp())
        face = CannotReach(interview.number, interview.title, interview.unreachable, interview.channel)
        yield _ready(Card(f"unreachable-{stamp}", "direct", face, to=interview.facilitator))
    if interview.thread_ts is None:
        return
    if interview.stage is not Stage.OPENING:
        yield Wanted("reading", lambda: _reading(interview))
        yield from map(_ready, _window(interview))
    if interview.reading.phase == "done":
        yield Wanted("timeline", lambda: _timeline(script, interview))
        if len(interview.participants) >= 2:
            yield Wanted("people", lambda: Card("people", "thread", _people(interview)))
    for mention in interview.mentions:
        yield Wanted(mention.key, partial(_mention, interview, mention))
    yield from map(_ready, _items(script, interview))
    yield from map(_ready, _fields(script, interview))


def _told_directly(interview: Interview) -> list[Card]:
    """The reminders of an interview that rests, and of its follow-up review."""
    found: list[Card] = []
    if interview.reminded and interview.active_at is not None:
        stamp = int(interview.active_at.timestamp())
        found += [
            Card(
                f"stall-{n}-{stamp}",
                "direct",
                Stalled(interview.number, interview.title, n, interview.facilitator),
                to=interview.facilitator,
            )
            for n in range(1, interview.reminded + 1)
        ]
    told = interview.follow_up.told
    if told is not None:
        found.append(Card(f"followup-{told:%Y%m%d}", "direct", _follow_up(interview, told), to=interview.facilitator))
    return found


def _follow_up(interview: Interview, told: date) -> FollowUpReview:
    planned = interview.follow_up
    moved = planned.day if planned.day != told else None
    return FollowUpReview(interview.number, interview.title, told, moved, planned.held_by)


def _opening(script: Script, interview: Interview) -> Opening:
    return Opening(
        interview.number,
        interview.title,
        script.title,
        len(script.topics),
        interview.facilitator,
        interview.private,
        interview.stage,
        interview.paused_by,
        interview.cancelled_at + RESTORABLE_FOR if interview.cancelled_at is not None else None,
        interview.reading.messages if interview.source else 0,
        interview.recorded,
        interview.claude,
        interview.claude_by,
        interview.bounds,
    )


def _reading(interview: Interview) -> Card:
    reading, post = interview.reading, interview.post("reading")
    if reading.phase == "done":
        suggested = interview.fact(SUGGESTED)
        suggests = suggested.text if suggested is not None and interview.kind == USUAL else ""
        similar = tuple(fact.text for name in SIMILAR if (fact := interview.fact(name)) is not None)
        done = ReadingProgress(Reading(phase="done"), interview.counts, 0, interview.bounds, suggests, similar)
        done = replace(done, likenesses=likenesses(interview))
        return Card("reading", "thread", done)
    left = max(0, reading.threads - reading.threads_read)
    face = ReadingProgress(reading, None, _minutes(reading, left), interview.bounds)
    return Card("reading", "thread", face, not_before=post.shown_at + PROGRESS_EVERY if post is not None else None)


def _minutes(reading: Reading, threads: int) -> int:
    """The least that the threads known so far take: Slack allows 50 calls a minute, or one with 15 messages."""
    if not reading.slow:
        return -(-threads // CALLS_A_MINUTE)
    return max(threads, -(-reading.replies // SLOW_PAGE) if threads == reading.threads else threads)


def _window(interview: Interview) -> list[Card]:
    reading = interview.reading
    asks = interview.stage is Stage.READING and reading.phase == "window"
    if not (asks or interview.window_by is not None) or not reading.oldest or not reading.newest:
        return []
    face = WindowQuestion(
        messages=reading.messages + reading.replies if asks else 0,
        more=bool(reading.cursor) and asks,
        oldest=moment_of(reading.oldest if asks else reading.newest),
        newest=moment_of(reading.newest),
        by=interview.window_by,
        bounds=interview.bounds,
    )
    return [Card("window", "thread", face)]


def _later(interview: Interview, asked: Asked) -> Card:
    post = interview.post(asked.key)
    noted = len({s.user for s in filed(interview, asked.position)})
    face = AskedLater(asked, noted)
    throttled = asked.closed is None and noted > 0 and post is not None
    return Card(asked.key, "thread", face, not_before=post.shown_at + NOTED_EVERY if throttled and post else None)


def _question(script: Script, interview: Interview, asked: Asked, limits: Limits) -> Card:
    if asked.why is not None:
        return _later(interview, asked)
    question = script.question(asked.question)
    topic, topic_number, topics = script.topic(asked.topic, asked.question)
    live = asked.closed is None and interview.stage is Stage.ASKING
    here = filed(interview, asked.position) if live else ()
    noted = len({s.user for s in here})
    post = interview.post(asked.key)
    can_move_back = bool(just_after_advance(interview, asked)) if live else False
    branches: tuple[Factor, ...] = ()
    if live and asked.level > 1:
        branches = tuple(f for f in open_branches(interview) if not f.key.startswith(f"{asked.position}."))[:3]
    face = Question(
        asked=asked,
        topic_number=topic_number,
        topics=topics,
        topic_title=topic.title,
        shows=_shown_beside(interview, question, asked),
        live=live and not interview.paused,
        paused=live and interview.paused,
        noted=noted,
        next_at=quiet_until(interview, limits) if live else None,
        can_move_back=can_move_back,
        can_go_deeper=live and noted > 0 and can_go_deeper(script, interview, limits, asked),
        can_split=live and noted > 0 and asked.level > 0,
        confirms=shows_to_confirm(interview, asked) and not takes_whole(question),
        branches=branches,
        elsewhere=elsewhere(script, interview, asked) if noted else (),
        moved_to=moved_from(script, interview, asked) if live else (),
        trouble=trouble_at(interview, asked.position),
        offers=offers_at(interview, asked, collects=question.collects == "actions") if live else (),
        taken=taken_at(interview, asked) if interview.thoughts else None,
        heard=_moments_heard(interview, asked),
        above=_above(interview, asked),
    )
    if face.paused:
        return Card(asked.key, "thread", _resting(face))
    # That it goes on is shown at once, however recently the message was edited; so is what somebody did with an offer.
    if (
        live
        and noted > 0
        and post is not None
        and post.shown != Card(asked.key, "thread", _resting(face)).digest
        and not pressed_since(interview, asked, post.shown_at)
    ):
        return Card(asked.key, "thread", face, not_before=post.shown_at + NOTED_EVERY)
    return Card(asked.key, "thread", face)


def _above(interview: Interview, asked: Asked) -> str:
    """Where the open question stands, for who pressed Back below it, where it got no message of its own."""
    current = interview.current
    if current is None or current.put is not Put.RETURN or asked.position != current.position - 1:
        return ""
    post, here = interview.post(current.key), interview.post(asked.key)
    return post.ts if post is not None and here is not None and after(here.ts, post.ts) else ""


def _moments_heard(interview: Interview, asked: Asked) -> tuple[Fact, ...]:
    """What became of moments in the replies to a question, where it has to be said: nobody sees it in their words."""
    worth_saying = _worth_saying(interview.facts)
    here = {s.ts for s in filed(interview, asked.position)} if worth_saying else set()
    return tuple(f for f in worth_saying if f.quote is not None and f.quote.ts in here)


@kept(REMEMBERED)
def _worth_saying(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    told = [f for f in facts if f.at is not None and f.quote is not None and not f.name.startswith(AS_READ)]
    moved = {f.name.removeprefix(AS_READ) for f in facts if f.name.startswith(AS_READ) and f.text}
    return tuple(f for f in told if f.zone or f.name in moved or on_another_day(f))


def on_another_day(fact: Fact) -> bool:
    """Whether a moment is not of the day, in UTC, on which the words that tell it were written: "friday 18:05"."""
    ts = fact.quote.ts if fact.quote is not None else None
    return fact.at is not None and ts is not None and fact.at.date() != moment_of(ts).date()


def _resting(face: Question) -> Question:
    """The question while the interview is paused: whatever is said meanwhile, it shows the same."""
    return replace(
        face,
        live=False,
        paused=True,
        noted=0,
        next_at=None,
        can_move_back=False,
        can_go_deeper=False,
        can_split=False,
        branches=(),
        elsewhere=(),
        moved_to=(),
        offers=(),
        heard=(),
    )


def _shown_beside(interview: Interview, question: ScriptQuestion, asked: Asked) -> tuple[Fact, ...]:
    """The facts that are known already; a follow-up of the same question does not say them again.

    What people said should be done is no fact to be read: it is offered.
    """
    if asked.put is Put.PROBE or asked.level > 1:
        return ()
    shown = (name for name in question.shows if name not in PROMISED)
    return tuple(f for name in shown if (f := interview.fact(name)) is not None)


def _timeline(script: Script, interview: Interview) -> Card:
    name, missed = missing(interview)
    shown = Timeline(interview.timeline_revision, interview.timeline_by, missed, name, script.nearly)
    return Card("timeline", "thread", shown)


def _people(interview: Interview) -> People:
    """Who is worth asking; the facilitator is here already."""
    invite = next((m for m in interview.mentions if m.key == "invite"), None)
    if invite is not None:
        return People(tuple(p for p in interview.participants if p.user in invite.users), invite.by)
    return People(tuple(p for p in interview.participants if p.user != interview.facilitator), None)


def _mention(interview: Interview, mention: Mention) -> Card:
    text = interview.asked[mention.position - 1].text if mention.position else ""
    return Card(mention.key, "thread", Mentioned(mention, text))


def _items(script: Script, interview: Interview) -> list[Card]:
    """The actions as they were read: soon after somebody has named one, at the latest when the question is passed."""
    question = script.actions_question
    rounds = [a for a in interview.asked if question is not None and a.question == question.id]
    rounds = [a for a in rounds if a.put is not Put.PROBE]
    if question is None or not rounds:
        return []
    over = interview.stage in (Stage.WRITTEN, Stage.CANCELLED)
    card = Card("items", "thread", Items(interview.items_revision, over))
    told, post = answer(interview, question.id), interview.post("items")
    if rounds[-1].closed not in (None, Closed.LEFT):
        return [card] if told.printed or told.nothing or post is not None else []
    if post is not None:
        return [replace(card, not_before=post.shown_at + LISTED_AFTER)]
    if interview.paused or not told.printed or not interview.items_revision:
        return []
    return [replace(card, not_before=max(said.touched_at for said in told.printed) + LISTED_AFTER)]


def _fields(script: Script, interview: Interview) -> list[Card]:
    """Offered once, after the question that the script names; what stands stays, whatever becomes of the conditions."""
    form = script.form
    if form is None or interview.stage is Stage.CANCELLED:
        return []
    passed = any(a.question == form.after and a.closed not in (None, Closed.LEFT) for a in interview.asked)
    due = passed and any_holds(script, interview, form.when)
    if not due and interview.post("fields") is None:
        return []
    entered = [f for f in interview.fields if f.ts is None]
    return [Card("fields", "thread", FieldsForm(len(entered), tuple(dict.fromkeys(f.by for f in entered))))]


def _closing_cards(script: Script, interview: Interview) -> list[Card]:
    found: list[Card] = []
    after_asking = interview.stage in (Stage.REVIEWING, Stage.PUBLISHING, Stage.WRITTEN)
    if after_asking or interview.post("review") is not None:
        reviewing = interview.stage is Stage.REVIEWING
        revision = interview.revision if reviewing else 0
        post = interview.post("review")
        accepted = tuple(a.section for a in interview.accepted)
        face = Review(revision, accepted, tuple(e.section for e in interview.edits), reviewing)
        if reviewing:
            face = replace(face, strays=strays(script, interview))
        if reviewing and interview.thoughts:
            face = replace(
                face,
                offers=offers_at_review(interview),
                trouble=trouble_at(interview, 0),
                questions=open_questions(interview),
            )
        throttled = post is not None and reviewing
        found.append(
            Card(
                "review",
                "thread",
                face,
                not_before=post.shown_at + timedelta(seconds=2) if throttled and post else None,
            )
        )
    if interview.stage is Stage.WRITTEN:
        post = interview.post("summary")
        written = _summary(interview)
        later = None
        if post is not None and interview.changed_at is not None:
            unpictured = Card("summary", "thread", replace(written, picture="", no_picture=""))
            # A picture that Slack was slow with joins what stands already.
            later = interview.changed_at + QUIET_BEFORE_REWRITE if post.shown != unpictured.digest else None
        found.append(Card("summary", "thread", written, not_before=later))
    return found


def _summary(interview: Interview) -> Summary:
    drawing = interview.drawing
    return Summary(interview.revision, interview.publication, drawing.shown, drawing.why if not drawing.shown else "")
