"""How does a postmortem go on? Hear what happened, save it, make the next move, say that it was made."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.errors import DatabaseFault, SlackRefused, SlackUnavailable
from bot.hands import OUT_OF_REACH, TRY_CHANNEL_EVERY, Hands
from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits
from bot.interview.replacing import replace
from bot.interview.script import Script
from bot.interview.script_file import after_change
from bot.interview.state import REVOKED, Interview, Workspace
from bot.interview.step import step
from bot.interview.turns import think_ahead
from bot.interview.wanting import with_wanted
from bot.logs import reference
from bot.move_results import Done, Unsure
from bot.scripts.shelf import script_of
from bot.understanding.consequences import Consequences
from bot.workers import Work, Workers
from storage.database import Database
from storage.errors import Fenced, Stale
from storage.unit import Unit

log = structlog.get_logger()

#: How often a save is tried again when somebody else saved first.
SAVES = 25
#: Moves made in one go before the claim is given back, so that one long reading never starves the sweep.
MOVES_AT_ONCE = 40
#: The pools of workers; a reading never keeps a conversation waiting.
CONVERSATION = "conversation"
READING = "reading"
Answer = TypeVar("Answer")
#: How long a postmortem rests after an error that nobody foresaw.
REST = timedelta(minutes=1)
#: A delivery that nobody has heard after this many seconds is heard by the sweep.
UNHEARD_AFTER = 5


@dataclass
class Facilitator:
    """Conducts every postmortem of one workspace; several replicas may share one database."""

    database: Database
    hands: Hands
    clock: Clock
    limits: Limits
    workers: Workers
    consequences: Consequences = field(default_factory=Consequences)
    #: Deliveries from before this moment may have been missed: threads are compared first.
    listening_since: datetime = field(init=False)
    owner: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    #: Whether this process has seen Slack refuse the token.
    token_is_gone: bool = False
    #: Has the thoughts of a postmortem thought, beside it; None without a second mind.
    think: Callable[[int], None] | None = None
    #: The postmortems of which thoughts are wanted since the last save.
    _wanting: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.listening_since = self.clock.now()

    # hearing -----------------------------------------------------------------------------------------------------

    def apply(
        self,
        postmortem: int,
        event: ev.Event,
        *,
        also: Callable[[Unit, Interview], None] | None = None,
        fence: str | None = None,
    ) -> Interview | Ignored:
        """Steps and saves in one transaction; a save that comes second steps again on the newer row.

        `also` writes in the same transaction, whether or not the event changed anything. With `fence` the
        transaction fails with Fenced unless that owner still holds the claim. Raises UnknownPostmortem.
        """
        return self._saved(postmortem, event, lambda unit: self._apply(unit, postmortem, event, also, fence).told)

    def _saved(self, postmortem: int, event: ev.Event, work: Callable[[Unit], Answer]) -> Answer:
        for _ in range(SAVES):
            try:
                with self.database.writing() as unit:
                    done = work(unit)
            except Stale:
                continue
            if self.think is not None and postmortem in self._wanting:
                self._wanting.discard(postmortem)
                self.think(postmortem)
            return done
        raise Stale(postmortem)

    def _apply(
        self,
        unit: Unit,
        postmortem: int,
        event: ev.Event,
        also: Callable[[Unit, Interview], None] | None,
        fence: str | None,
        *,
        presuming: bool = False,
    ) -> Applied:
        postmortems = unit.postmortems
        before, source = postmortems.presumed(postmortem) if presuming else postmortems.load(postmortem)
        kept = script = script_of(source)
        changed = after_change(source, event.source) if isinstance(event, ev.KindChanged) else None
        if changed is not None:
            script = script_of(changed)
        if fence is not None:
            unit.claims.finish(postmortem, fence)
        if isinstance(event, ev.ThoughtCame):
            event = self._of_what_stands(unit, before, event)
        result = step(script, before, event, self.limits)
        if also is not None:
            also(unit, before)
        if isinstance(result, Ignored):
            return Applied(kept, before, self._next_move(kept, before), result)
        result = self.consequences.of(unit, script, before, result, event, self.clock.now())
        if self.think is not None:
            asked_for, now = len(result.thoughts), self.clock.now()
            result = with_wanted(script, result, self.limits, now)
            if len(result.thoughts) > asked_for:
                self._wanting.add(postmortem)
        move = self._next_move(script, result)
        due = move.until if isinstance(move, mv.Wait) else self.clock.now()
        hidden = event.ts if isinstance(event, ev.Said) and event.hides else None
        saved = unit.postmortems.save(before, result, due, hidden=hidden, script=changed)
        who, what = told(event)
        if what:
            unit.journal.write(before.workspace, postmortem, self.clock.now(), who, what)
        return Applied(script, saved, move, saved)

    @staticmethod
    def _of_what_stands(unit: Unit, interview: Interview, event: ev.ThoughtCame) -> ev.ThoughtCame:
        """What was thought, without what it says of messages that were deleted while it was."""
        grounds = {ground.ts for saying in event.sayings for ground in saying.grounds}
        gone = unit.record.gone(interview.workspace, interview.record_channel, grounds) if grounds else frozenset()
        kept = tuple(s for s in event.sayings if not any(ground.ts in gone for ground in s.grounds))
        return replace(event, sayings=kept)

    def _next_move(self, script: Script, interview: Interview) -> mv.Move:
        return mv.next_move(script, interview, self.clock.now(), self.limits, self.listening_since)

    def hear(
        self, postmortem: int, event: ev.Event, *, also: Callable[[Unit, Interview], None] | None = None
    ) -> Interview | Ignored:
        """What `apply` does, and then the first move that follows from it, begun in the same transaction.

        Whatever is left to do is for a worker, after those who wait for their first move.
        """
        with self.workers.holding(self._key(postmortem)) as hold:
            result, following = self._saved(
                postmortem, event, lambda unit: self._heard(unit, postmortem, event, also, free=hold.free)
            )
            ended: Begun | Made | Ended = following
            if isinstance(following, Begun):
                ended = self._carry(following, self._owner(CONVERSATION), CONVERSATION, 1)
        self._hand_on(postmortem, ended, CONVERSATION)
        return result

    def hear_at_once(
        self, postmortem: int, event: ev.Event, also: Callable[[Unit, Interview], None], within: float
    ) -> bool:
        """What `hear` does, in one try of at most `within` seconds, with the first move left to a worker.

        False: nothing was saved, since the event changes nothing or the postmortem is at work elsewhere. Raises what
        `also` raises, and then nothing was saved either.
        """
        with self.workers.holding(self._key(postmortem)) as hold:
            if not hold.free:
                return False
            try:
                with self.database.writing(timeout=within) as unit:
                    result, following = self._heard(unit, postmortem, event, also, free=True, presuming=True)
                    if isinstance(result, Ignored):
                        raise _Undone
            except (_Undone, Stale):
                return False
            if isinstance(following, Begun):
                begun = following
                hold.rest = lambda: self._go_on(begun)
        # Where nothing follows, nothing is looked through either: Slack waits for its acknowledgement.
        if hold.rest is None and following is not Ended.WAITING:
            self._hand_on(postmortem, following, CONVERSATION)
        return True

    def _heard(
        self,
        unit: Unit,
        postmortem: int,
        event: ev.Event,
        also: Callable[[Unit, Interview], None] | None,
        *,
        free: bool,
        presuming: bool = False,
    ) -> tuple[Interview | Ignored, Begun | Ended]:
        """Saves an event and, when this process may, begins the first move that follows from it.

        With `presuming`, an event that changes nothing may do so because somebody else has saved since: ask again.
        """
        owner = self._owner(CONVERSATION)
        applied = self._apply(unit, postmortem, event, also, None, presuming=presuming)
        if isinstance(applied.told, Ignored):
            return applied.told, Ended.WAITING
        if not free:
            return applied.told, Ended.MORE
        move, at = applied.move, self.clock.now()
        is_message = isinstance(move, mv.Post | mv.Update)
        if is_message and unit.claims.take_to_make(postmortem, owner, mv.move_id(move), at):
            return applied.told, self._afford(unit, applied, owner, CONVERSATION, MOVES_AT_ONCE, at)
        taken = unit.claims.take(postmortem, owner)
        if taken is None:
            return applied.told, Ended.WAITING
        if taken.unsettled is not None:
            unit.claims.release(postmortem, owner)
            return applied.told, Ended.MORE
        return applied.told, self._begin(unit, applied, owner, CONVERSATION)

    def _go_on(self, owed: Begun | Made) -> Work | None:
        """Makes the move that was begun when an event was heard, and the rest too.

        While others wait, what came of a move is saved later, which is the work that is given back: until then the
        claim names the move, and after a lost lease it is looked for and found.
        """
        following = self._carry(owed, self._owner(CONVERSATION), CONVERSATION, MOVES_AT_ONCE, lingering=True)
        if isinstance(following, Made):
            made = following
            return lambda: self._go_on(made)
        self._hand_on(owed.interview.id, following, CONVERSATION)
        return None

    def wake(self, postmortem: int) -> None:
        """Has a worker carry the postmortem on, soon."""
        self.workers.submit(self._key(postmortem), lambda: self._carry_on_or_rest(postmortem, CONVERSATION))

    def _carry_on_or_rest(self, postmortem: int, pool: str) -> None:
        """The edge of the sweep: what nobody foresaw is logged, and tried again after a rest, not in a circle."""
        try:
            self.carry_on(postmortem, pool)
        except DatabaseFault:
            raise
        except Exception as err:
            log.error("carry_on.unforeseen", reference=reference(), error=type(err).__name__, exc_info=True)
            now = self.clock.now()
            self.apply(postmortem, ev.Blocked(now + REST, now))

    @staticmethod
    def _key(postmortem: int) -> str:
        return f"postmortem:{postmortem}"

    def _owner(self, pool: str) -> str:
        return f"{self.owner}.{pool}"

    # carrying on -------------------------------------------------------------------------------------------------

    def carry_on(self, postmortem: int, pool: str = CONVERSATION) -> None:
        """Makes moves until only waiting is left, or somebody else is at it."""
        owner = self._owner(pool)
        with self.database.writing() as unit:
            # In the order in which `apply` takes its locks: the postmortem, then its claim.
            now = self._as_is(unit, postmortem)
            taken = unit.claims.take(postmortem, owner)
            if taken is None:
                return
            settled = taken.unsettled is None or taken.since is None
            following = self._begin(unit, now, owner, pool, unsaved=True) if settled else Ended.MORE
        try:
            if taken.unsettled is not None and taken.since is not None:
                self._settle(postmortem, owner, taken.unsettled, taken.since)
                with self.database.writing() as unit:
                    following = self._begin(unit, self._as_is(unit, postmortem), owner, pool, unsaved=True)
        except Fenced:
            log.info("claim.lost", postmortem=postmortem)
            following = Ended.WAITING
            self._release(postmortem, owner)
        except BaseException:
            self._release(postmortem, owner)
            raise
        ended: Begun | Made | Ended = following
        if isinstance(following, Begun):
            ended = self._carry(following, owner, pool, MOVES_AT_ONCE)
        self._hand_on(postmortem, ended, pool)

    def _hand_on(self, postmortem: int, ended: Begun | Made | Ended, pool: str) -> None:
        if ended is Ended.WAITING:
            resting = self.database.look_through(postmortem)
            if resting is not None:
                think_ahead(script_of(resting[1]), resting[0], self.limits)
        elif ended is Ended.TO_READ:
            self.workers.submit(f"reading:{postmortem}", lambda: self._carry_on_or_rest(postmortem, READING), READING)
        elif ended is Ended.MORE and pool == CONVERSATION:
            self.wake(postmortem)
        elif ended is Ended.MORE:
            self.workers.submit(f"{pool}:{postmortem}", lambda: self._carry_on_or_rest(postmortem, pool), pool)

    def _as_is(self, unit: Unit, postmortem: int) -> Applied:
        interview, source = unit.postmortems.load(postmortem)
        script = script_of(source)
        return Applied(script, interview, self._next_move(script, interview), interview)

    def _release(self, postmortem: int, owner: str) -> None:
        with self.database.writing() as unit:
            unit.claims.release(postmortem, owner)

    def _begin(
        self, unit: Unit, now: Applied, owner: str, pool: str, *, left: int = MOVES_AT_ONCE, unsaved: bool = False
    ) -> Begun | Ended:
        """Notes the move that is owed, or gives the claim back when there is none for this worker.

        With `unsaved`, nothing was saved in this transaction, so that it is this that says when it is due again.
        """
        postmortem, move = now.interview.id, now.move
        if isinstance(move, mv.Wait):
            if unsaved:
                unit.postmortems.set_due(postmortem, move.until, version=now.interview.version)
            unit.claims.release(postmortem, owner)
            return Ended.WAITING
        if pool != READING and isinstance(move, READING_MOVES):
            unit.claims.release(postmortem, owner)
            return Ended.TO_READ
        if not left:
            unit.claims.release(postmortem, owner)
            return Ended.MORE
        at = self.clock.now()
        unit.claims.begin(postmortem, owner, mv.move_id(move), at=at)
        return self._afford(unit, now, owner, pool, left, at)

    def _afford(self, unit: Unit, now: Applied, owner: str, pool: str, left: int, at: datetime) -> Begun | Ended:
        """What a move that the claim names needs; where it has to wait, the next one is begun instead."""
        postmortem, move = now.interview.id, now.move
        wait = self.hands.afford(unit, now.interview, move, at)
        if wait is None:
            return Begun(now.script, now.interview, move, self.hands.names(unit, now.interview, move))
        blocked = self._apply(unit, postmortem, ev.Blocked(wait, at, gate(move)), None, owner)
        return self._begin(unit, blocked, owner, pool, left=left - 1, unsaved=isinstance(blocked.told, Ignored))

    def _carry(self, owed: Begun | Made, owner: str, pool: str, moves: int, *, lingering: bool = False) -> Made | Ended:
        """Makes moves that were begun, each saved together with the beginning of the next; at most `moves`.

        With `lingering`, while others wait for a worker, only as far as the open question, and nothing is saved of
        the last one yet.
        """
        following: Begun | Made | Ended = owed
        waited_for = False
        try:
            while not isinstance(following, Ended):
                if isinstance(following, Made):
                    following = self._conclude(following, owner, pool, moves, lingering and not waited_for)
                    continue
                moves -= 1
                waited_for = _question_is_to_come(following)
                following = self._make(following, owner, pool, moves)
                if isinstance(following, Made) and lingering and not waited_for and self.workers.somebody_waits():
                    return following
        except Fenced:
            log.info("claim.lost", postmortem=owed.interview.id)
            self._release(owed.interview.id, owner)
            return Ended.WAITING
        except BaseException:
            self._release(owed.interview.id, owner)
            raise
        return following

    def _make(self, begun: Begun, owner: str, pool: str, left: int) -> Begun | Made | Ended:
        """Makes one move; where that has to wait, the next one is begun while `left` allows."""
        script, interview, move = begun.script, begun.interview, begun.move
        try:
            done = self.hands.make(script, interview, move, begun.names)
        except SlackUnavailable as err:
            return self._try_later(begun, err, owner, pool, left)
        except SlackRefused as err:
            if OUT_OF_REACH.get(err.error) == REVOKED:
                self.token_gone(interview.workspace)
            else:
                log.warning("slack.refused", method=err.method, error=err.error, number=interview.number)
            done = self.hands.refused(interview, move, err)
        else:
            if isinstance(move, mv.TryChannel) and interview.unreachable == REVOKED and self.token_is_gone:
                self.token_back()
        return Made(interview, done)

    def _conclude(self, made: Made, owner: str, pool: str, left: int, lingering: bool) -> Begun | Ended:
        """Saves what came of a move, and begins the next one while `left` allows."""
        interview, done = made.interview, made.done
        for event in done.events[:-1]:
            self.apply(interview.id, event)
        if lingering and not self.workers.may_linger():
            left = 0
        return self._finish(interview.id, done.events[-1], done.also, owner, pool, left)

    def _finish(
        self,
        postmortem: int,
        event: ev.Event,
        also: Callable[[Unit, Interview], None] | None,
        owner: str,
        pool: str,
        left: int,
    ) -> Begun | Ended:
        """Saves what came of a move and, in the same transaction, begins the next one."""

        def work(unit: Unit) -> Begun | Ended:
            applied = self._apply(unit, postmortem, event, also, owner)
            unsaved = isinstance(applied.told, Ignored)
            return self._begin(unit, applied, owner, pool, left=left, unsaved=unsaved)

        return self._saved(postmortem, event, work)

    def _try_later(self, begun: Begun, err: SlackUnavailable, owner: str, pool: str, left: int) -> Begun | Ended:
        now, interview, move = self.clock.now(), begun.interview, begun.move
        log.info("slack.unavailable", reason=err.reason, number=interview.number, move=mv.move_id(move))
        event = ev.Blocked(self.hands.patience(err, now), now, gate(move))
        if err.retry_after is not None:
            with self.database.writing() as unit:
                self.hands.penalise(unit, interview, move, event.until)
            return self._finish(interview.id, event, None, owner, pool, left)
        # Whether Slack did it is not known: the claim keeps the move's name, and it is looked for first.
        self.apply(interview.id, event)
        self._release(interview.id, owner)
        return Ended.WAITING

    def _settle(self, postmortem: int, owner: str, move: str, since: datetime) -> None:
        """After a lost lease: was the move made? It is looked for where it would stand, and heard as what it was."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
        try:
            found = self.hands.find(script_of(source), interview, move, since)
        except SlackUnavailable as err:
            now = self.clock.now()
            self.apply(postmortem, ev.Blocked(self.hands.patience(err, now), now))
            raise Fenced(postmortem) from err
        except SlackRefused as err:
            if OUT_OF_REACH.get(err.error) == REVOKED:
                self.token_gone(interview.workspace)
                now = self.clock.now()
                self.apply(postmortem, ev.Blocked(now + TRY_CHANNEL_EVERY, now))
                raise Fenced(postmortem) from err
            log.warning("slack.refused", method=err.method, error=err.error, number=interview.number)
            found = None
        if isinstance(found, Unsure) or found is None:
            with self.database.writing() as unit:
                unit.claims.finish(postmortem, owner)
            return
        self.apply(postmortem, found.events[-1], also=found.also, fence=owner)

    # the token ---------------------------------------------------------------------------------------------------

    def token_gone(self, workspace: Workspace) -> None:
        """Slack no longer takes the bot's token: every running postmortem waits until it does; this is logged once."""
        with self.database.reading() as unit:
            running = unit.postmortems.running(workspace)
        now = self.clock.now()
        for brief in running:
            self.apply(brief.id, ev.Unreachable(REVOKED, now))
        if not self.token_is_gone:
            log.error("slack.token_gone", waiting=len(running), mend="python -m bot doctor")
        self.token_is_gone = True

    def token_back(self) -> None:
        """Slack takes the token again: what waited for that goes on."""
        with self.database.reading() as unit:
            waiting = [id for id in unit.postmortems.alive() if unit.postmortems.load(id)[0].unreachable == REVOKED]
        for postmortem in waiting:
            self.apply(postmortem, ev.Unreachable("", self.clock.now()))
            self.wake(postmortem)
        if waiting or self.token_is_gone:
            log.info("slack.token_back", waited=len(waiting))
        self.token_is_gone = False

    # the sweep ---------------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Carries on whatever is due; called every few seconds, and by every replica."""
        with self.database.reading() as unit:
            due = unit.postmortems.due(self.clock.now())
        for postmortem in due:
            self.wake(postmortem)

    def listening_anew(self) -> None:
        """After a start or a reconnect: what was said meanwhile is in the threads, so compare them all."""
        if not self.token_is_gone:
            # A process that never saw it go has begun with a token that works.
            self.token_back()
        self.listening_since = self.clock.now()
        with self.database.writing() as unit:
            for postmortem in unit.postmortems.alive(self.listening_since):
                unit.postmortems.set_due(postmortem, self.listening_since)


@dataclass(frozen=True, slots=True)
class Applied:
    """A postmortem within a transaction: as it is now, what is owed then, and what whoever asked is told."""

    script: Script
    interview: Interview
    move: mv.Move
    told: Interview | Ignored


@dataclass(frozen=True, slots=True)
class Begun:
    """A move whose name is in the claim, and which is to be made now."""

    script: Script
    interview: Interview
    move: mv.Move
    #: Who is called what, where the move shows nothing else of the database.
    names: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made, of which nothing is saved yet."""

    interview: Interview
    done: Done


def _question_is_to_come(begun: Begun) -> bool:
    """Whether people still wait for the open question when a message was posted: the list of actions comes before."""
    asked, move = begun.interview.current, begun.move
    return (
        isinstance(move, mv.Post)
        and asked is not None
        and move.card.key != asked.key
        and begun.interview.post(asked.key) is None
    )


class _Undone(Exception):
    """Nothing of this unit of work is to be saved."""


class Ended(Enum):
    """Why a worker stopped carrying a postmortem on."""

    WAITING = "waiting"
    TO_READ = "to read"
    MORE = "more"


READING_MOVES = (mv.ReadHistory, mv.ReadRoot, mv.ReadThread, mv.LookUpPerson, mv.Understand)


def gate(move: mv.Move) -> str:
    """Which gate a move goes through: a limit on edits never holds up a question, nor one on files the document."""
    match move:
        case mv.Update():
            return "edits"
        case mv.ReadHistory() | mv.ReadRoot() | mv.ReadThread() | mv.LookUpPerson() | mv.Reconcile():
            return "reads"
        case mv.Draw():
            return "drawing"
        case _:
            return "all"


def told(event: ev.Event) -> tuple[str, str]:
    """Who did what, for the journal; nothing for what the bot itself does all the time. Never any words."""
    match event:
        case ev.Said(user=user):
            return user, "said"
        case ev.Deleted():
            return "", "deleted"
        case ev.Pressed(button=button, user=user, position=position):
            return user, f"pressed {button} at {position}"
        case ev.SplitInto(user=user):
            return user, "split"
        case ev.AnswerMoved(by=by, section=section):
            return by, f"moved an answer to {section or 'no section'}"
        case ev.QuietPassed(position=position):
            return "bot", f"moved on from {position}"
        case ev.Posted(key=key):
            return "bot", f"posted {key}"
        case ev.Stalled():
            return "bot", "reminded"
        case ev.FollowUpDue():
            return "bot", "told of the follow-up review"
        case ev.PublicationStep(kind=kind, step=reached):
            return "bot", f"{kind} {reached}"
        case ev.DrawingStep(step=reached, why=why):
            return "bot", f"picture {reached} {why}".rstrip()
        case ev.ThoughtCame(key=key, why=why):
            return "bot", f"thought {key} {why}".rstrip()
        case ev.OfferTaken(by=by, key=key, edited=edited):
            return by, f"took {key}{' edited' if edited else ''}"
        case ev.OfferIgnored(by=by, key=key):
            return by, f"ignored {key}"
        case ev.ClaudeAllowed(by=by, state=state):
            return by, f"claude {state}"
        case ev.Unreachable(why=why):
            return "bot", f"unreachable {why}" if why else "reachable again"
        case (
            ev.Paused(by=by)
            | ev.Resumed(by=by)
            | ev.HandedOver(by=by)
            | ev.KindChanged(by=by)
            | ev.Cancelled(by=by)
            | ev.Restored(by=by)
            | ev.WriteIt(by=by)
            | ev.NewFile(by=by)
            | ev.SharedWith(by=by)
            | ev.Approved(by=by)
            | ev.FollowUpPlanned(by=by)
            | ev.FollowUpHeld(by=by)
            | ev.AskedLater(by=by)
            | ev.SectionEdited(by=by)
            | ev.SectionAccepted(by=by)
            | ev.TimelineChanged(by=by)
            | ev.Invited(by=by)
            | ev.AskedPerson(by=by)
            | ev.FieldsEntered(by=by)
            | ev.WindowChosen(by=by)
        ):
            return by, type(event).__name__.lower()
        case _:
            return "", ""
