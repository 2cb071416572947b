"""What does an event make of an interview? One pure function; the order in which deliveries arrive does not matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.interview import events as ev
from bot.interview.bounds import BEFORE, WHOLE, too_much
from bot.interview.conclusions import Standing
from bot.interview.fields import FIELDS, without
from bot.interview.filing import after, factors, filed, position_of
from bot.interview.offers import answer_of, offered, taken, text_of, with_answer
from bot.interview.plan import Limits, can_go_deeper, how, next_question
from bot.interview.quoting import shorten
from bot.interview.reviews import OF_CLAUDE, question_called, without_question
from bot.interview.script import Script
from bot.interview.state import (
    BY_ITSELF,
    REVOKED,
    Accepted,
    Approval,
    Asked,
    Closed,
    Drawing,
    Field,
    Findings,
    Interview,
    Mention,
    Post,
    Publication,
    Put,
    Reading,
    Said,
    SectionEdit,
    Share,
    Split,
    Stage,
)
from bot.interview.thinking import came, marked, probe_after, worded
from bot.interview.thoughts import Purpose
from bot.interview.timers import follow_up_due, later_quiet, quiet_until, stalled_until

#: A cancelled postmortem can be restored for this long.
RESTORABLE_FOR = timedelta(days=30)
#: A postmortem has at most so many questions about what its document leaves open (facilitation: at most five).
LATER_AT_MOST = 5
#: For so long after the document its thread is listened to.
HEARD_FOR = timedelta(days=14)
#: How long nothing is tried once the token was taken away.
AFTER_REVOKED = timedelta(minutes=1)
#: A reply this soon after an automatic advance can be moved back with one press.
JUST_ADVANCED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Why an event changed nothing: a code that a message template turns into a sentence."""

    why: str


def step(script: Script, interview: Interview, event: ev.Event, limits: Limits) -> Interview | Ignored:
    """The interview after the event, or the reason why the event changes nothing."""
    match event:
        case ev.Said():
            return _said(interview, event)
        case ev.Deleted():
            return _deleted(interview, event)
        case ev.Pressed():
            return _pressed(script, interview, event, limits)
        case ev.SplitInto():
            return _split(interview, event)
        case ev.FieldsEntered():
            return _fields_entered(interview, event)
        case ev.AskedPerson():
            return _asked_person(interview, event)
        case ev.Invited():
            if any(m.key == "invite" for m in interview.mentions):
                return Ignored("already_invited")
            users = tuple(p.user for p in interview.participants if p.user != event.by)
            return _active(
                replace(interview, mentions=(*interview.mentions, Mention("invite", users, event.by))),
                event.at,
            )
        case ev.TimelineChanged():
            if interview.stage is Stage.CANCELLED:
                return Ignored("already_cancelled")
            if event.accepted:
                if interview.timeline_by is not None:
                    return Ignored("timeline_already_accepted")
                return _active(replace(interview, timeline_by=event.by), event.at)
            return _changed(replace(interview, timeline_revision=interview.timeline_revision + 1), event.at)
        case ev.ItemsChanged():
            return _changed(replace(interview, items_revision=interview.items_revision + 1), event.at)
        case ev.SectionAccepted():
            return _active(replace(interview, accepted=_accepted(interview, event.section, event.by)), event.at)
        case ev.SectionEdited():
            return _section_edited(interview, event)
        case ev.WriteIt():
            if interview.stage is not Stage.REVIEWING:
                return Ignored("not_reviewing")
            return _active(replace(interview, stage=Stage.PUBLISHING), event.at)
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
            return _after_writing(interview, event)
        case ev.AskedLater():
            asked = _asked_later(script, interview, event)
            open_one = question_called(interview, event.why.removeprefix(OF_CLAUDE))
            if isinstance(asked, Ignored) or open_one is None:
                return asked
            return without_question(asked, open_one, "asked", event.by, event.at)
        case ev.KindChanged():
            return _kind_changed(script, interview, event, limits)
        case ev.Paused() | ev.Resumed() | ev.HandedOver() | ev.Cancelled() | ev.Restored():
            return _steered(interview, event)
        case ev.RecordRead() if interview.reading.phase == "done":
            return _read_again(interview, event)
        case ev.PageRead() | ev.ThreadRead() | ev.PhaseDone() | ev.RecordRead():
            return _read(script, interview, event, limits)
        case ev.WindowChosen():
            return _window(interview, event)
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
            return _quiet(script, interview, event, limits)
        case ev.Stalled() if (until := stalled_until(interview)) is None or until > event.at:
            return Ignored("not_running")
        case ev.Stalled():
            if interview.paused or not interview.running:
                return Ignored("not_running")
            if interview.reminded >= 1:
                return replace(interview, reminded=2, paused_by=BY_ITSELF, paused_at=event.at)
            return replace(interview, reminded=1)
        case ev.PublicationStep():
            return _published(interview, event)
        case ev.DrawingStep():
            return replace(interview, drawing=_drawn(interview.drawing, event))
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
                return _active(without_question(interview, question, "ignored", event.by, event.at), event.at)
            thought = offered(interview, event.key)
            if thought is None:
                return Ignored("offer_over")
            if thought.purpose is Purpose.REWORDING and not _wrote(interview, thought.about, event.by):
                return Ignored("author_only")
            return _active(marked(interview, thought, Standing.DROPPED, "ignored", event.at, event.by), event.at)
        case ev.ClaudeAllowed():
            if interview.claude == event.state:
                return Ignored("claude_already")
            return _active(replace(interview, claude=event.state, claude_by=event.by), event.at)
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
            return _section_edited(used, edit)
        case Purpose.GLOSS:
            # The messages themselves go onto the timeline, in the same transaction.
            return _changed(replace(used, timeline_revision=used.timeline_revision + 1), event.at)
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
    heard = _heard(used, ev.Said(said.ts, said.user, said.text, event.at, fields=event.fields))
    return _changed(replace(with_answer(used, said), fields=heard), event.at)


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


def _active(interview: Interview, at: datetime) -> Interview:
    latest = at if interview.active_at is None else max(at, interview.active_at)
    return replace(interview, active_at=latest, reminded=0)


def _changed(interview: Interview, at: datetime) -> Interview:
    """Something that the document shows is different now."""
    return _active(replace(interview, revision=interview.revision + 1, changed_at=at), at)


def _said(interview: Interview, event: ev.Said) -> Interview | Ignored:
    known = next((s for s in interview.said if s.ts == event.ts), None)
    fresh = Said(event.ts, event.user, event.text, event.at, event.at, event.revision, findings=event.findings)
    if known is None:
        if not event.text.strip():
            return Ignored("nothing_written")
        return _changed(replace(interview, said=(*interview.said, fresh), fields=_heard(interview, event)), event.at)
    if known.deleted:
        return Ignored("deleted")
    if not _newer(event.revision, known.revision):
        return Ignored("older_revision")
    if known.text == event.text:
        # Unfurling a link and similar: Slack reports an edit, the words are the same.
        return Ignored("same_words")
    fresh = replace(fresh, moved_to=known.moved_to, heard_at=known.heard_at)
    said = tuple(fresh if s.ts == event.ts else s for s in interview.said)
    splits = interview.splits
    if not event.text.strip():
        # Taken off the record: what was made of it goes as if it were deleted.
        splits = tuple(s for s in splits if s.position != position_of(interview, known))
    elif event.hides:
        gone = replace(known, text="\n".join(taken_back(known.text, event.text)))
        splits = tuple(kept for s in splits if (kept := _without_lines(s, interview, gone)) is not None)
    return _changed(replace(interview, said=said, splits=splits, fields=_heard(interview, event)), event.at)


def _heard(interview: Interview, event: ev.Said) -> tuple[Field, ...]:
    """The fields after a message was written or edited: what it says now takes the place of what it said before."""
    fresh = tuple(Field(name, words, event.user, event.at, event.ts) for name, words in event.fields)
    kept = without(interview, event.ts)
    return (*kept, *fresh) if fresh or len(kept) < len(interview.fields) else interview.fields


def _fields_entered(interview: Interview, event: ev.FieldsEntered) -> Interview | Ignored:
    """What was entered takes the place of what was entered before; who else entered something keeps it."""
    if interview.stage is Stage.CANCELLED:
        return Ignored("already_cancelled")
    entered = {name: words.strip() for name, words in event.values if name in FIELDS}
    before = {f.name: f.text for f in interview.fields if f.ts is None}
    changed = {name: words for name, words in entered.items() if before.get(name, "") != words}
    if not changed:
        return Ignored("same_figures")
    kept = tuple(f for f in interview.fields if f.ts is not None or f.name not in changed)
    fresh = tuple(Field(name, words, event.by, event.at) for name, words in changed.items() if words)
    return _changed(replace(interview, fields=(*kept, *fresh)), event.at)


def _read_fields(interview: Interview, event: ev.RecordRead) -> tuple[Field, ...]:
    """The fields after the record was read: what the form and the answers say stays."""
    said = {s.ts for s in interview.said}
    return (*event.fields, *(f for f in interview.fields if f.ts is None or f.ts in said))


def taken_back(before: str, after: str) -> tuple[str, ...]:
    """The lines of the earlier wording that do not stand in the later one."""
    stay = {line.strip() for line in after.splitlines()}
    return tuple(line.strip() for line in before.splitlines() if line.strip() and line.strip() not in stay)


def _newer(revision: str, than: str) -> bool:
    return bool(revision) and (not than or after(revision, than))


def _deleted(interview: Interview, event: ev.Deleted) -> Interview | Ignored:
    known = next((s for s in interview.said if s.ts == event.ts), None)
    if known is not None and known.deleted:
        return Ignored("deleted")
    gone = replace(
        known or Said(event.ts, "", "", event.at, event.at),
        text="",
        deleted=True,
        deleted_at=event.at,
        findings=Findings(),
    )
    if known is None:
        # The deletion came before the message: keep it, so that the message is not taken for new.
        return replace(interview, said=(*interview.said, gone))
    fields = without(interview, event.ts)
    asked = tuple(_without_quote(a, event.ts) for a in interview.asked)
    splits = tuple(kept for s in interview.splits if (kept := _without_lines(s, interview, known)) is not None)
    said = tuple(gone if s.ts == event.ts else s for s in interview.said)
    return _changed(replace(interview, said=said, asked=asked, splits=splits, fields=fields), event.at)


def _without_lines(split: Split, interview: Interview, gone: Said) -> Split | None:
    """What somebody divided keeps the lines that the deleted message did not say."""
    if split.position != position_of(interview, gone):
        return split
    words = " ".join(gone.text.split())
    lines = tuple(line for line in split.factors if " ".join(line.split()) not in words)
    return replace(split, factors=lines) if lines else None


def _without_quote(asked: Asked, ts: str) -> Asked:
    """A question that quotes a deleted message keeps its place and loses the words."""
    if asked.quote is None or asked.quote.ts != ts:
        return asked
    words = shorten(asked.quote.text)
    text = asked.text.replace(words, "…") if words else asked.text
    return replace(asked, text=text, quote=replace(asked.quote, text=""))


def _pressed(script: Script, interview: Interview, event: ev.Pressed, limits: Limits) -> Interview | Ignored:
    if event.position > len(interview.asked) or event.position < 1:
        return Ignored("unknown_question")
    asked = interview.asked[event.position - 1]
    if asked.why is not None:
        closings = {"next": Closed.NEXT, "skip": Closed.SKIPPED, "unknown": Closed.UNKNOWN}
        if asked.closed is not None:
            return Ignored("question_passed")
        if event.button not in closings:
            return Ignored("unknown_button")
        return _changed(_close(interview, asked, closings[event.button], event.user, event.at), event.at)
    if event.button == "previous":
        return _moved_back(interview, asked, event.at)
    if interview.stage is not Stage.ASKING:
        return Ignored("interview_over")
    if interview.paused:
        return Ignored("paused")
    if asked.closed is not None:
        return Ignored("question_passed")
    match event.button:
        case "next":
            return _advance(script, interview, asked, Closed.NEXT, event.user, event.at, limits)
        case "confirm":
            return _advance(script, interview, asked, Closed.CONFIRMED, event.user, event.at, limits)
        case "skip":
            return _advance(script, interview, asked, Closed.SKIPPED, event.user, event.at, limits)
        case "unknown":
            return _advance(script, interview, asked, Closed.UNKNOWN, event.user, event.at, limits)
        case "wait":
            return _active(_replace_asked(interview, replace(asked, held=True)), event.at)
        case "deeper":
            if not can_go_deeper(script, interview, limits, asked):
                return Ignored("deep_enough")
            if not filed(interview, asked.position):
                return Ignored("nothing_to_go_deeper_on")
            return _advance(script, interview, asked, Closed.DEEPER, event.user, event.at, limits)
        case "other":
            return _other_branch(script, interview, asked, event, limits)
        case "back":
            return _back(interview, asked, event)
        case _:
            return Ignored("unknown_button")


def _replace_asked(interview: Interview, asked: Asked) -> Interview:
    return replace(interview, asked=tuple(asked if a.position == asked.position else a for a in interview.asked))


def _close(interview: Interview, asked: Asked, how_closed: Closed, by: str | None, at: datetime) -> Interview:
    return _active(
        _replace_asked(interview, replace(asked, closed=how_closed, closed_by=by, closed_at=at, held=False)),
        at,
    )


def _advance(
    script: Script,
    interview: Interview,
    asked: Asked,
    how_closed: Closed,
    by: str | None,
    at: datetime,
    limits: Limits,
) -> Interview:
    closed = _close(interview, asked, how_closed, by, at)
    if how_closed in (Closed.NEXT, Closed.QUIET, Closed.CONFIRMED, Closed.DEEPER):
        thought, probe = probe_after(script, interview, asked, limits, at)
        closed = replace(closed, thoughts=thought.thoughts)
        if probe is not None:
            return replace(closed, asked=(*closed.asked, probe))
    if asked.put is Put.PROBE and how_closed is Closed.DEEPER:
        root = next(a for a in reversed(closed.asked) if a.question == asked.question and a.put is not Put.PROBE)
        closed = _replace_asked(closed, replace(root, closed=Closed.DEEPER))
    return _open_next(script, closed, at, limits)


def _open_next(script: Script, interview: Interview, at: datetime, limits: Limits) -> Interview:
    interview, following = worded(interview, next_question(script, interview, limits, at), at)
    if following is None:
        return replace(interview, stage=Stage.REVIEWING, changed_at=interview.changed_at or at)
    return replace(interview, asked=(*interview.asked, following))


def _other_branch(
    script: Script, interview: Interview, asked: Asked, event: ev.Pressed, limits: Limits
) -> Interview | Ignored:
    factor = next((f for f in factors(interview) if f.key == event.value), None)
    if factor is None:
        return Ignored("unknown_factor")
    if not can_go_deeper(script, interview, limits, asked):
        return Ignored("deep_enough")
    closed = _close(interview, asked, Closed.NEXT, event.user, event.at)
    deeper = how(closed, script.question(asked.question), factor, event.at)
    return replace(closed, asked=(*closed.asked, deeper))


def _back(interview: Interview, asked: Asked, event: ev.Pressed) -> Interview | Ignored:
    # Pressed twice, it goes back twice: it looks before where this question was put first.
    first = next(a for a in interview.asked if (a.question, a.level) == (asked.question, asked.level))
    earlier = next((a for a in reversed(interview.asked[: first.position - 1]) if a.put is not Put.PROBE), None)
    if earlier is None:
        return Ignored("nothing_before")
    left = Closed.LEFT if not filed(interview, asked.position) else Closed.NEXT
    closed = _close(interview, asked, left, event.user, event.at)
    again = Asked(
        position=len(closed.asked) + 1,
        topic=earlier.topic,
        question=earlier.question,
        put=Put.RETURN,
        text=earlier.text,
        opened_at=event.at,
        quote=earlier.quote,
        factor=earlier.factor,
        level=earlier.level,
        about=earlier.about,
    )
    return replace(closed, asked=(*closed.asked, again))


def _moved_back(interview: Interview, asked: Asked, at: datetime) -> Interview | Ignored:
    late = just_after_advance(interview, asked)
    if not late:
        return Ignored("nothing_to_move")
    said = tuple(replace(s, moved_to=asked.position - 1) if s in late else s for s in interview.said)
    return _changed(replace(interview, said=said), at)


def just_after_advance(interview: Interview, asked: Asked) -> tuple[Said, ...]:
    """The replies within a minute of an automatic advance to `asked`: they may answer the previous question."""
    if asked.position < 2 or interview.asked[asked.position - 2].closed is not Closed.QUIET:
        return ()
    post = interview.post(asked.key)
    if post is None:
        return ()
    until = post.posted_at + JUST_ADVANCED
    return tuple(s for s in filed(interview, asked.position) if s.moved_to is None and s.heard_at <= until)


def _split(interview: Interview, event: ev.SplitInto) -> Interview | Ignored:
    if not 0 < event.position <= len(interview.asked):
        return Ignored("unknown_question")
    lines = tuple(f.strip() for f in event.factors if f.strip())
    if not lines:
        return Ignored("nothing_written")
    kept = tuple(s for s in interview.splits if s.position != event.position)
    return _changed(replace(interview, splits=(*kept, Split(event.position, lines, event.user))), event.at)


def _asked_person(interview: Interview, event: ev.AskedPerson) -> Interview | Ignored:
    key = f"someone-{event.position}-{event.user}"
    if any(m.key == key for m in interview.mentions):
        return Ignored("already_asked")
    mention = Mention(key, (event.user,), event.by, event.position)
    return _active(replace(interview, mentions=(*interview.mentions, mention)), event.at)


def _accepted(interview: Interview, section: str, by: str) -> tuple[Accepted, ...]:
    return (*(a for a in interview.accepted if a.section != section), Accepted(section, by))


def _section_edited(interview: Interview, event: ev.SectionEdited) -> Interview:
    kept = tuple(e for e in interview.edits if e.section != event.section)
    accepted = _accepted(interview, event.section, event.by)
    edits = (
        (*kept, SectionEdit(event.section, event.text, event.by, event.at, event.base)) if event.text.strip() else kept
    )
    return _changed(replace(interview, edits=edits, accepted=accepted), event.at)


def _after_writing(
    interview: Interview,
    event: ev.SharedWith | ev.Approved | ev.FollowUpPlanned | ev.FollowUpHeld | ev.FollowUpDue,
) -> Interview | Ignored:
    """What people do with a document that is written."""
    if interview.stage is not Stage.WRITTEN:
        return Ignored("not_written")
    follow_up = interview.follow_up
    match event:
        case ev.SharedWith():
            where = " ".join(event.where.split())
            if not where or any(s.where == where for s in interview.shares):
                return Ignored("shared_there")
            share = Share(where, event.shared_at, event.by)
            return _changed(replace(interview, shares=(*interview.shares, share)), event.at)
        case ev.Approved():
            before = next((a for a in interview.approvals if a.role == event.role), None)
            if event.taken_back and (before is None or before.by != event.by):
                return Ignored("not_approved")
            others = tuple(a for a in interview.approvals if a.role != event.role)
            mine = () if event.taken_back else (Approval(event.role, event.by, event.at),)
            return _changed(replace(interview, approvals=(*others, *mine)), event.at)
        case ev.FollowUpPlanned():
            if follow_up.day == event.day and follow_up.held_at is None:
                return Ignored("planned_already")
            planned = replace(follow_up, day=event.day, by=event.by, held_at=None, held_by=None)
            return _changed(replace(interview, follow_up=planned), event.at)
        case ev.FollowUpHeld():
            if follow_up.day is None or follow_up.held_at is not None:
                return Ignored("nothing_to_hold")
            return _changed(
                replace(interview, follow_up=replace(follow_up, held_at=event.at, held_by=event.by)), event.at
            )
        case ev.FollowUpDue():
            if follow_up_due(interview) is None:
                return Ignored("nothing_to_hold")
            return replace(interview, follow_up=replace(follow_up, told=follow_up.day))
    assert_never(event)


def _asked_later(script: Script, interview: Interview, event: ev.AskedLater) -> Interview | Ignored:
    if interview.stage not in (Stage.REVIEWING, Stage.WRITTEN):
        return Ignored("asked_too_early")
    if interview.written_at is not None and event.at > interview.written_at + HEARD_FOR:
        return Ignored("heard_no_more")
    if any(a.why == event.why for a in interview.later):
        return Ignored("asked_that")
    if len(interview.later) >= LATER_AT_MOST:
        return Ignored("asked_enough")
    known = next((q for q in (*script.questions, *script.passed) if q.id == event.question), None)
    asked = Asked(
        position=len(interview.asked) + 1,
        topic=known.topic if known is not None else "",
        question=known.id if known is not None else "",
        put=Put.RETURN,
        text=event.text,
        opened_at=event.at,
        quote=event.quote,
        about=event.about,
        factor=event.factor,
        level=event.level,
        to=event.to,
        why=event.why,
    )
    return _active(replace(interview, asked=(*interview.asked, asked)), event.at)


def _kind_changed(script: Script, interview: Interview, event: ev.KindChanged, limits: Limits) -> Interview | Ignored:
    """Follows `script`, that of the new kind, from here; an open question that nobody answered gives way."""
    if interview.kind == event.kind:
        return Ignored("same_kind")
    if interview.stage not in (Stage.OPENING, Stage.READING, Stage.ASKING):
        return Ignored("kind_settled")
    changed = _changed(replace(interview, kind=event.kind), event.at)
    asked = changed.current
    if asked is None:
        return changed
    answered = bool(filed(changed, asked.position))
    fits = any(q.id == asked.question for q in script.questions)
    if fits and answered:
        return changed
    left = _close(changed, asked, Closed.NEXT if answered else Closed.LEFT, event.by, event.at)
    following = next_question(script, left, limits, event.at)
    if fits and following is not None and following.question == asked.question:
        return changed
    return _open_next(script, left, event.at, limits)


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
            return _active(replace(interview, paused_by=None, paused_at=None), event.at)
        case ev.HandedOver():
            if interview.facilitator == event.to:
                return Ignored("already_facilitator")
            return _active(replace(interview, facilitator=event.to), event.at)
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
            return _active(replace(interview, stage=back, stage_before=None, cancelled_at=None), event.at)
    assert_never(event)


def _read(
    script: Script,
    interview: Interview,
    event: ev.PageRead | ev.ThreadRead | ev.PhaseDone | ev.RecordRead,
    limits: Limits,
) -> Interview | Ignored:
    reading = interview.reading
    if interview.stage is not Stage.READING:
        return Ignored("not_reading")
    match event:
        case ev.PageRead():
            found = replace(
                reading,
                cursor=event.cursor,
                messages=reading.messages + event.messages,
                threads=reading.threads + event.threads,
                replies=reading.replies + event.replies,
                oldest=event.oldest or reading.oldest,
                newest=reading.newest or event.newest,
                own=reading.own + event.own,
                slow=reading.slow or event.slow,
            )
            return replace(
                interview, reads_blocked_until=None, reading=replace(found, phase=_after_page(interview, found))
            )
        case ev.ThreadRead():
            return replace(
                interview,
                reads_blocked_until=None,
                reading=replace(
                    reading,
                    messages=reading.messages + event.messages,
                    threads_read=reading.threads_read + int(event.done),
                    slow=reading.slow or event.slow,
                ),
            )
        case ev.PhaseDone():
            following = {"threads": "people", "people": "understanding"}.get(event.phase)
            if reading.phase != event.phase or following is None:
                return Ignored("not_in_this_phase")
            return replace(interview, reading=replace(reading, phase=following))
        case ev.RecordRead():
            understood = replace(
                interview,
                reading=replace(reading, phase="done"),
                facts=event.facts,
                participants=event.participants,
                counts=event.counts,
                fields=_read_fields(interview, event),
                stage=Stage.ASKING,
                timeline_revision=interview.timeline_revision + 1,
                record_changed_at=_changed_since(interview, event),
                active_at=event.at,
            )
            return _open_next(script, understood, event.at, limits)
    assert_never(event)


def _after_page(interview: Interview, reading: Reading) -> str:
    """What is read next; a large channel is not read on before people said what of it belongs to the incident."""
    unlimited = interview.bounds == WHOLE and interview.window_by is None
    if unlimited and too_much(reading.messages + reading.replies, reading.oldest, reading.newest):
        return "window"
    if reading.cursor:
        return "history"
    return "people" if interview.root else "threads"


def _window(interview: Interview, event: ev.WindowChosen) -> Interview | Ignored:
    reading = interview.reading
    if interview.stage is not Stage.READING or reading.phase != "window":
        return Ignored("window_chosen")
    chosen = replace(interview, window_from=event.start, window_to=event.end, window_by=event.by)
    far_enough = bool(chosen.bounds.roots_from) and reading.oldest <= chosen.bounds.roots_from
    on = bool(reading.cursor) and not far_enough
    following = replace(
        reading,
        phase="history" if on else "threads",
        # The next page begins where the last one ended; Slack's own cursor belongs to a question without an end.
        cursor=f"{BEFORE}{reading.oldest}" if on else "",
        threads=event.threads,
    )
    return _active(replace(chosen, reading=following), event.at)


def _changed_since(interview: Interview, event: ev.RecordRead) -> datetime | None:
    """When the record was changed after it was read. Moments do not tell: a change may be told of long after it."""
    changed = interview.record_changed_at
    return changed if changed != event.seen else None


def _read_again(interview: Interview, event: ev.RecordRead) -> Interview:
    """The record after a message was edited or deleted: nobody did anything here, but the document shows it."""
    return replace(
        interview,
        facts=event.facts,
        participants=event.participants,
        counts=event.counts,
        fields=_read_fields(interview, event),
        timeline_revision=interview.timeline_revision + 1,
        record_changed_at=_changed_since(interview, event),
        revision=interview.revision + 1,
        changed_at=interview.record_changed_at or event.at,
    )


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


def _quiet(script: Script, interview: Interview, event: ev.QuietPassed, limits: Limits) -> Interview | Ignored:
    later = next((until for position, until in later_quiet(interview, limits) if position == event.position), None)
    if later is not None and later <= event.at:
        return _close(interview, interview.asked[event.position - 1], Closed.QUIET, None, event.at)
    asked = interview.current
    if asked is None or asked.position != event.position or asked.held or interview.paused:
        return Ignored("question_passed")
    if interview.stage is not Stage.ASKING:
        return Ignored("interview_over")
    until = quiet_until(interview, limits)
    if until is None or until > event.at:
        # Somebody wrote between the look at the clock and now.
        return Ignored("question_passed")
    return _advance(script, interview, asked, Closed.QUIET, None, event.at, limits)


def _drawn(old: Drawing, event: ev.DrawingStep) -> Drawing:
    """A finished picture takes the place of the one that was shown; one that failed leaves none that would be wrong."""
    drawing = replace(old, step=event.step, why=event.why, not_before=None, tries=0)
    match event.step:
        case "reserved":
            return replace(drawing, id=event.id, url=event.url, revision=event.revision, digest=event.digest)
        case "":
            return replace(drawing, id="", url="", revision=-1, digest="")
        case "same":
            return replace(drawing, step=old.step, why=old.why, revision=event.revision)
        case "done":
            return replace(drawing, id="", url="", shown=old.id, old=old.shown)
        case "failed" | "empty":
            return replace(drawing, id="", url="", shown="", old=old.shown, revision=event.revision, digest="")
        case "removed":
            return replace(drawing, step=old.step, why=old.why, old="")
        case _:
            return drawing


def _published(interview: Interview, event: ev.PublicationStep) -> Interview:
    old = interview.publication
    publication = replace(
        old,
        kind=event.kind,
        step=event.step,
        id=event.id or (old.id if old.kind == event.kind else ""),
        url=event.url or (old.url if old.kind == event.kind else ""),
        revision=event.revision if event.revision >= 0 else old.revision,
    )
    written = replace(interview, publication=publication)
    if event.step:
        written = replace(written, blocked_until=None)
    if event.step == "done" and interview.stage is Stage.PUBLISHING:
        return replace(written, stage=Stage.WRITTEN, written_at=event.at)
    return written
