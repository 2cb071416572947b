"""What do people and the bot do with the document? Sections, what it leaves open, sharing, publication, picture."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from bot.interview import events as ev
from bot.interview.outcome import Ignored, active, altered
from bot.interview.replacing import replace
from bot.interview.script import Script
from bot.interview.state import Accepted, Approval, Asked, Drawing, Interview, Put, SectionEdit, Share, Stage
from bot.interview.timers import follow_up_due

#: A postmortem has at most so many questions about what its document leaves open (facilitation: at most five).
LATER_AT_MOST = 5
#: For so long after the document its thread is listened to.
HEARD_FOR = timedelta(days=14)


def acceptances(interview: Interview, section: str, by: str) -> tuple[Accepted, ...]:
    return (*(a for a in interview.accepted if a.section != section), Accepted(section, by))


def section_accepted(interview: Interview, event: ev.SectionAccepted) -> Interview:
    """A section is read and accepted; an edit that was read beside newer answers is kept, with its author."""
    accepted = replace(interview, accepted=acceptances(interview, event.section, event.by))
    kept = tuple(
        replace(edit, base=event.base) if event.base and edit.section == event.section else edit
        for edit in interview.edits
    )
    if kept == interview.edits:
        return active(accepted, event.at)
    return altered(replace(accepted, edits=kept), event.at)


def section_edited(interview: Interview, event: ev.SectionEdited) -> Interview:
    kept = tuple(e for e in interview.edits if e.section != event.section)
    accepted = acceptances(interview, event.section, event.by)
    edits = (
        (*kept, SectionEdit(event.section, event.text, event.by, event.at, event.base)) if event.text.strip() else kept
    )
    return altered(replace(interview, edits=edits, accepted=accepted), event.at)


def after_writing(
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
            return altered(replace(interview, shares=(*interview.shares, share)), event.at)
        case ev.Approved():
            before = next((a for a in interview.approvals if a.role == event.role), None)
            if event.taken_back and (before is None or before.by != event.by):
                return Ignored("not_approved")
            others = tuple(a for a in interview.approvals if a.role != event.role)
            mine = () if event.taken_back else (Approval(event.role, event.by, event.at),)
            return altered(replace(interview, approvals=(*others, *mine)), event.at)
        case ev.FollowUpPlanned():
            if follow_up.day == event.day and follow_up.held_at is None:
                return Ignored("planned_already")
            planned = replace(follow_up, day=event.day, by=event.by, held_at=None, held_by=None)
            return altered(replace(interview, follow_up=planned), event.at)
        case ev.FollowUpHeld():
            if follow_up.day is None or follow_up.held_at is not None:
                return Ignored("nothing_to_hold")
            return altered(
                replace(interview, follow_up=replace(follow_up, held_at=event.at, held_by=event.by)), event.at
            )
        case ev.FollowUpDue():
            if follow_up_due(interview) is None:
                return Ignored("nothing_to_hold")
            return replace(interview, follow_up=replace(follow_up, told=follow_up.day))
    assert_never(event)


def asked_later(script: Script, interview: Interview, event: ev.AskedLater) -> Interview | Ignored:
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
    return active(replace(interview, asked=(*interview.asked, asked)), event.at)


def drawn(old: Drawing, event: ev.DrawingStep) -> Drawing:
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


def published(interview: Interview, event: ev.PublicationStep) -> Interview:
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
