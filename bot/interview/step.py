"""What does an event make of an interview? One pure function; the order in which deliveries arrive does not matter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from bot.interview import events as ev
from bot.interview.conclusions import Standing
from bot.interview.moving import answer_moved
from bot.interview.offers import answer_of, offered, taken, text_of, with_answer
from bot.interview.outcome import Ignored, active, altered
from bot.interview.plan import Limits
from bot.interview.reading import read, read_again, window
from bot.interview.replacing import replace
from bot.interview.replies import deleted, fields_entered, fields_heard, said
from bot.interview.reviews import OF_CLAUDE, question_called, without_question
from bot.interview.script import Script
from bot.interview.state import BY_ITSELF, REVOKED, Interview, Mention, Post, Publication, Stage
from bot.interview.thinking import came, marked
from bot.interview.thoughts import Purpose
from bot.interview.timers import stalled_until
from bot.interview.turns import asked_person, kind_changed, pressed, quiet, split
from bot.interview.writing import (
    after_writing,
    asked_later,
    drawn,
    published,
    section_accepted,
    section_edited,
)

#: A cancelled postmortem can be restored for this long.
RESTORABLE_FOR = timedelta(days=30)
#: How long nothing is tried once the token was taken away.
AFTER_REVOKED = timedelta(minutes=1)


def step(script: Script, interview: Interview, event: ev.Event, limits: Limits) -> Interview | Ignored:
    """The interview after the event, or the reason why the event changes nothing."""
    match event:
        case ev.Said():
            return said(interview, event)
        case ev.Deleted():
            return deleted(interview, event)
        case ev.Pressed():
            return pressed(script, interview, event, limits)
        case ev.SplitInto():
            return split(interview, event)
        case ev.AnswerMoved():
            return answer_moved(script, interview, event)
        case ev.FieldsEntered():
            return fields_entered(interview, event)
        case ev.AskedPerson():
            return asked_person(interview, event)
        case ev.Invited():
            if any(m.key == "invite" for m in interview.mentions):
                return Ignored("already_invited")
            users = tuple(p.user for p in interview.participants if p.user != event.by)
            return active(
                replace(interview, mentions=(*interview.mentions, Mention("invite", users, event.by))),
                event.at,
            )
        case ev.TimelineChanged():
            if interview.stage is Stage.CANCELLED:
                return Ignored("already_cancelled")
            if event.accepted:
                if interview.timeline_by is not None:
                    return Ignored("timeline_already_accepted")
                return active(replace(interview, timeline_by=event.by), event.at)
            return altered(replace(interview, timeline_revision=interview.timeline_revision + 1), event.at)
        case ev.ItemsChanged():
            return altered(replace(interview, items_revision=interview.items_revision + 1), event.at)
        case ev.SectionAccepted():
            return section_accepted(interview, event)
        case ev.SectionEdited():
            return section_edited(interview, event)
        case ev.WriteIt():
            if interview.stage is not Stage.REVIEWING:
                return Ignored("not_reviewing")
            return active(replace(interview, stage=Stage.PUBLISHING), event.at)
        case ev.NewFile():
            if interview.stage is not Stage.WRITTEN:
                return Ignored("not_written")
            if interview.publication.step != "done":
                return Ignored("already_writing")
            return replace(
                interview,
                publication=Publication(kind="file", round=interview.publication.round + 1, id="", url=""),
            )
        case ev.SharedWith() | ev.Approved() | ev.FollowUpPlanned() | ev.FollowUpHeld() | ev.FollowUpDue():
            return after_writing(interview, event)
        case ev.AskedLater():
            asked = asked_later(script, interview, event)
            open_one = question_called(interview, event.why.removeprefix(OF_CLAUDE))
            if isinstance(asked, Ignored) or open_one is None:
                return asked
            return without_question(asked, open_one, "asked", event.by, event.at)
        case ev.KindChanged():
            return kind_changed(script, interview, event, limits)
        case ev.Paused() | ev.Resumed() | ev.HandedOver() | ev.Cancelled() | ev.Restored():
            return _steered(interview, event)
        case ev.RecordRead() if interview.reading.phase == "done":
            return read_again(interview, event)
        case ev.PageRead() | ev.ThreadRead() | ev.PhaseDone() | ev.RecordRead():
            return read(script, interview, event, limits)
        case ev.WindowChosen():
            return window(interview, event)
        case ev.RecordChanged():
            if interview.stage in (Stage.OPENING, Stage.CANCELLED):
                return Ignored("not_reading")
            last = interview.record_changed_at
            if event.at == last:
                # Told once more, as after a death, before it was read.
                return Ignored("already_known")
            # Each change has a moment of its own: whoever reads the record says which was the last that was seen.
            at = event.at if last is None else max(event.at, last + timedelta(microseconds=1))
            return replace(interview, record_changed_at=at)
        case ev.Posted():
            return _posted(script, interview, event, limits)
        case ev.Shown():
            return _with_post(interview, event.key, digest=event.digest, at=event.at)
        case ev.Gone():
            return _with_post(interview, event.key, digest="gone", at=event.at)
        case ev.QuietPassed():
            return quiet(script, interview, event, limits)
        case ev.Stalled() if (until := stalled_until(interview)) is None or until > event.at:
            return Ignored("not_running")
        case ev.Stalled():
            if interview.paused or not interview.running:
                return Ignored("not_running")
            if interview.reminded >= 1:
                return replace(interview, reminded=2, paused_by=BY_ITSELF, paused_at=event.at)
            return replace(interview, reminded=1)
        case ev.PublicationStep():
            return published(interview, event)
        case ev.DrawingStep():
            return replace(interview, drawing=drawn(interview.drawing, event))
        case ev.Blocked():
            return _blocked(interview, event)
        case ev.Unreachable():
            if interview.unreachable == event.why:
                return Ignored("already_known")
            since = event.at if event.why else None
            # Slack tells of a token that it is about to refuse: what would still pass is not to be taken for a return.
            wait = event.at + AFTER_REVOKED if event.why == REVOKED else None
            return replace(interview, unreachable=event.why, unreachable_at=since, blocked_until=wait)
        case ev.Reconciled():
            if event.cursor:
                return replace(interview, reconcile_cursor=event.cursor)
            return replace(interview, reconciled_at=event.at, reconcile_cursor="")
        case ev.ThoughtCame():
            told = came(interview, event)
            return Ignored(told) if isinstance(told, str) else told
        case ev.OfferTaken():
            return _offer_taken(interview, event)
        case ev.OfferIgnored():
            question = question_called(interview, event.key)
            if question is not None:
                return active(without_question(interview, question, "ignored", event.by, event.at), event.at)
            thought = offered(interview, event.key)
            if thought is None:
                return Ignored("offer_over")
            if thought.purpose is Purpose.REWORDING and not _wrote(interview, thought.about, event.by):
                return Ignored("author_only")
            return active(marked(interview, thought, Standing.DROPPED, "ignored", event.at, event.by), event.at)
        case ev.ClaudeAllowed():
            if interview.claude == event.state:
                return Ignored("claude_already")
            return active(replace(interview, claude=event.state, claude_by=event.by), event.at)
    assert_never(event)


def _offer_taken(interview: Interview, event: ev.OfferTaken) -> Interview | Ignored:
    """A draft becomes an answer of whoever takes it, a summary a section of theirs, a rewording its author's words."""
    again = taken(interview, event.key) if event.edited else None
    thought = again or offered(interview, event.key)
    if thought is None or (not event.edited and event.text != text_of(thought)):
        return Ignored("offer_over")
    if interview.paused:
        return Ignored("paused")
    if not event.text.strip() and again is None:
        return Ignored("nothing_written")
    used = marked(interview, thought, Standing.USED, "edited" if event.edited else "used", event.at, event.by)
    match thought.purpose:
        case Purpose.SUMMARY | Purpose.EXECUTIVE:
            edit = ev.SectionEdited(thought.about, event.text, event.by, event.at, event.base)
            return section_edited(used, edit)
        case Purpose.GLOSS:
            # The messages themselves go onto the timeline, in the same transaction.
            return altered(replace(used, timeline_revision=used.timeline_revision + 1), event.at)
        case Purpose.REWORDING:
            if not _wrote(interview, thought.about, event.by):
                return Ignored("author_only")
            before = next(s for s in interview.said if s.ts == thought.about)
            said = replace(before, text=event.text, touched_at=event.at, findings=event.findings)
        case _:
            found = answer_of(interview, thought, event.text, event.by, event.at)
            if found is None:
                return Ignored("offer_over")
            said = replace(found, findings=event.findings)
    heard = fields_heard(used, ev.Said(said.ts, said.user, said.text, event.at, fields=event.fields))
    return altered(replace(with_answer(used, said), fields=heard), event.at)


def _wrote(interview: Interview, ts: str, user: str) -> bool:
    return any(s.ts == ts and s.user == user for s in interview.said)


def _blocked(interview: Interview, event: ev.Blocked) -> Interview:
    match event.what:
        case "edits":
            return replace(interview, edits_blocked_until=event.until)
        case "reads":
            return replace(interview, reads_blocked_until=event.until)
        case "drawing":
            tries = interview.drawing.tries + 1
            return replace(interview, drawing=replace(interview.drawing, not_before=event.until, tries=tries))
        case _:
            return replace(interview, blocked_until=event.until)


def _steered(
    interview: Interview, event: ev.Paused | ev.Resumed | ev.HandedOver | ev.Cancelled | ev.Restored
) -> Interview | Ignored:
    match event:
        case ev.Paused():
            if interview.paused:
                return Ignored("already_paused")
            if not interview.running:
                return Ignored("not_running")
            return replace(interview, paused_by=event.by, paused_at=event.at)
        case ev.Resumed():
            if not interview.paused:
                return Ignored("not_paused")
            return active(replace(interview, paused_by=None, paused_at=None), event.at)
        case ev.HandedOver():
            if interview.facilitator == event.to:
                return Ignored("already_facilitator")
            # The document says who facilitates, also when it was written already.
            return altered(replace(interview, facilitator=event.to), event.at)
        case ev.Cancelled():
            if interview.stage is Stage.CANCELLED:
                return Ignored("already_cancelled")
            if event.by != interview.facilitator:
                return Ignored("facilitator_only")
            return replace(interview, stage=Stage.CANCELLED, stage_before=interview.stage, cancelled_at=event.at)
        case ev.Restored():
            if interview.stage is not Stage.CANCELLED or interview.cancelled_at is None:
                return Ignored("not_cancelled")
            if event.at > interview.cancelled_at + RESTORABLE_FOR:
                return Ignored("restorable_no_more")
            back = interview.stage_before or Stage.OPENING
            return active(replace(interview, stage=back, stage_before=None, cancelled_at=None), event.at)
    assert_never(event)


def _posted(script: Script, interview: Interview, event: ev.Posted, limits: Limits) -> Interview | Ignored:
    if interview.post(event.key) is not None:
        return Ignored("already_posted")
    post = Post(event.key, event.ts, event.channel, event.at, event.digest, event.at)
    posted = replace(interview, posts=(*interview.posts, post), blocked_until=None)
    if event.key == "opening":
        stage = Stage.READING if interview.stage is Stage.OPENING else interview.stage
        return replace(posted, thread_ts=event.ts, stage=stage)
    return posted


def _with_post(interview: Interview, key: str, *, digest: str, at: datetime) -> Interview | Ignored:
    if interview.post(key) is None:
        return Ignored("unknown_card")
    posts = tuple(replace(p, shown=digest, shown_at=at) if p.key == key else p for p in interview.posts)
    return replace(interview, posts=posts, edits_blocked_until=None)
