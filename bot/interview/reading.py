"""How far has the record been read, and what of it belongs to the incident?"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.interview import events as ev
from bot.interview.bounds import BEFORE, WHOLE, too_much
from bot.interview.outcome import Ignored, active
from bot.interview.plan import Limits
from bot.interview.replacing import replace
from bot.interview.replies import fields_read
from bot.interview.script import Script
from bot.interview.state import Interview, Reading, Stage
from bot.interview.turns import open_next


def read(
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
                fields=fields_read(interview, event),
                stage=Stage.ASKING,
                timeline_revision=interview.timeline_revision + 1,
                record_changed_at=_changed_since(interview, event),
                active_at=event.at,
            )
            return open_next(script, understood, event.at, limits)
    assert_never(event)


def _after_page(interview: Interview, reading: Reading) -> str:
    """What is read next; a large channel is not read on before people said what of it belongs to the incident."""
    unlimited = interview.bounds == WHOLE and interview.window_by is None
    if unlimited and too_much(reading.messages + reading.replies, reading.oldest, reading.newest):
        return "window"
    if reading.cursor:
        return "history"
    return "people" if interview.root else "threads"


def window(interview: Interview, event: ev.WindowChosen) -> Interview | Ignored:
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
    return active(replace(chosen, reading=following), event.at)


def _changed_since(interview: Interview, event: ev.RecordRead) -> datetime | None:
    """When the record was changed after it was read. Moments do not tell: a change may be told of long after it."""
    changed = interview.record_changed_at
    return changed if changed != event.seen else None


def read_again(interview: Interview, event: ev.RecordRead) -> Interview:
    """The record after a message was edited or deleted: nobody did anything here, but the document shows it."""
    return replace(
        interview,
        facts=event.facts,
        participants=event.participants,
        counts=event.counts,
        fields=fields_read(interview, event),
        timeline_revision=interview.timeline_revision + 1,
        record_changed_at=_changed_since(interview, event),
        revision=interview.revision + 1,
        changed_at=interview.record_changed_at or event.at,
    )
