"""What do people change in the timeline? A sent form becomes a change of its entries, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.deliveries.replies import Replies
from bot.deliveries.timeline_forms import form
from bot.errors import PostmortemError
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.outcome import Ignored
from bot.interview.state import Interview, Stage
from bot.slack import inbound
from bot.slack import timeline_modals as forms
from bot.slack.forms import postmortem_of
from bot.slack.ids import Button, Callback
from bot.slack.room import Room
from bot.timeline.corrections import Correction, When
from bot.timeline.values import Entry, Precision
from storage.database import Database
from storage.errors import UnknownPostmortem
from storage.inbox import Delivery
from storage.unit import Unit

log = structlog.get_logger()

#: Said where somebody else was faster.
CHANGED_MEANWHILE = "This entry was changed meanwhile. Copy your text, close this, and open it again."
GONE_MEANWHILE = "This entry was taken off or merged meanwhile. Close this; it stands at the end of the list."
#: Clocks differ: so far ahead, a time is not yet one that is still to come.
AHEAD = timedelta(minutes=5)


@dataclass
class Corrections:
    """Hears the forms of the timeline."""

    database: Database
    facilitator: Facilitator
    room: Room
    replies: Replies
    clock: Clock

    # before the acknowledgement ----------------------------------------------------------------------------------

    def faults(self, view: Mapping[str, Any]) -> Mapping[str, str]:
        """What is wrong with a form, by block; also that somebody else has changed what it shows."""
        found = forms.faults(view)
        if found or view.get("callback_id") not in (Callback.ADD_ENTRY, Callback.CHANGE_ENTRY):
            return found
        try:
            with self.database.reading() as unit:
                interview, _ = unit.postmortems.load(postmortem_of(view))
                kept = unit.entries.all(interview.id)
        except UnknownPostmortem:
            return {}
        if view.get("callback_id") == Callback.ADD_ENTRY:
            return time_faults(forms.read_add_entry(view).time, interview.zone, self.clock.now())
        change = forms.read_change_entry(view)
        entry = next((k.entry for k in kept if k.entry.key == change.key), None)
        if entry is None:
            return {"text": GONE_MEANWHILE}
        if forms.digest(entry) != change.shown:
            return {"text": CHANGED_MEANWHILE}
        if change.merged and not any(k.entry.key == change.merged for k in kept):
            return {"same": "That entry was taken off meanwhile. Choose another, or none."}
        return time_faults(change.time, interview.zone, self.clock.now()) if change.time is not None else {}

    # after it ----------------------------------------------------------------------------------------------------

    def hear(self, delivery: Delivery, heard: inbound.Submission, interview: Interview) -> None:
        """Changes the entries of a postmortem whose member sent a form."""
        now, view = self.clock.now(), heard.view
        if not _says_something(view):
            with self.database.writing() as unit:
                unit.inbox.heard(delivery.key, now)
            return
        changed = False

        def also(unit: Unit, before: Interview) -> None:
            nonlocal changed
            if before.stage is not Stage.CANCELLED:
                changed = self._write(unit, heard, before, now)
            unit.inbox.heard(delivery.key, now)

        result = self.facilitator.apply(interview.id, ev.TimelineChanged(heard.user, now), also=also)
        if isinstance(result, Ignored) or not changed:
            why = result.why if isinstance(result, Ignored) else "entry_changed"
            self.replies.whisper_why(interview.channel, heard.user, interview.thread_ts, why)
        else:
            self.facilitator.wake(interview.id)
        self._show_again(view, interview)

    def _write(self, unit: Unit, heard: inbound.Submission, interview: Interview, now: datetime) -> bool:
        entries, view, by = unit.entries, heard.view, heard.user
        match heard.callback:
            case Callback.ADD_ENTRY:
                return entries.add(interview.id, added(forms.read_add_entry(view), interview.zone, by, now), by, now)
            case Callback.REMOVE_ENTRIES:
                return any([entries.remove(interview.id, k, by, now) for k in forms.read_remove_entries(view)])
            case Callback.PUT_BACK:
                return entries.restore(interview.id, forms.read_key(view), by, now)
            case _:
                return self._change(unit, forms.read_change_entry(view), interview, by, now)

    @staticmethod
    def _change(unit: Unit, change: forms.Changed, interview: Interview, by: str, now: datetime) -> bool:
        if change.removed:
            return unit.entries.remove(interview.id, change.key, by, now)
        entry = next((k.entry for k in unit.entries.all(interview.id) if k.entry.key == change.key), None)
        if entry is None:
            return False
        time = when(change.time, interview.zone, entry) if change.time is not None else None
        corrected = unit.entries.correct(interview.id, change.key, Correction(change.text, time, change.kind), by, now)
        merged = bool(change.merged) and unit.entries.merge(interview.id, change.key, change.merged, by, now)
        return corrected or merged

    def _show_again(self, view: Mapping[str, Any], interview: Interview) -> None:
        """Brings the list below the form up to date, when the form was opened from there."""
        below = str(view.get("previous_view_id") or "")
        if not below:
            return
        with self.database.reading() as unit:
            fresh, _ = unit.postmortems.load(interview.id)
            listed = form(unit, Button.TIMELINE_EDIT, fresh, forms.page_of(view), "", self.clock.now())
        try:
            self.room.update_view(below, listed)
        except PostmortemError as err:
            # It was closed, or Slack is slow; whoever opens it again sees what stands.
            log.info("list.not_shown_again", why=type(err).__name__)


def _says_something(view: Mapping[str, Any]) -> bool:
    match view.get("callback_id"):
        case Callback.REMOVE_ENTRIES:
            return bool(forms.read_remove_entries(view))
        case Callback.CHANGE_ENTRY:
            change = forms.read_change_entry(view)
            told = change.text, change.time, change.kind
            return change.removed or bool(change.merged) or any(each is not None for each in told)
        case _:
            return True


def added(told: forms.Added, zone: str, by: str, now: datetime) -> Entry:
    """An entry as somebody wrote it; its author is its actor."""
    time = when(told.time, zone)
    return Entry(
        key=f"by-{by}-{int(now.timestamp() * 1000)}",
        at=time.at,
        precision=time.precision,
        zone=time.zone,
        kind=told.kind,
        text=told.text,
        source_ts=None,
        actor=by,
        reason="added by hand",
    )


def when(told: forms.Time, zone: str, entry: Entry | None = None) -> When:
    """The moment that was entered in `zone`; the seconds of an entry whose minute is the same stay."""
    if told.day is None or told.time is None or told.precision is Precision.UNKNOWN:
        return When(None, Precision.UNKNOWN, None)
    local = datetime.combine(told.day, told.time, ZoneInfo(zone))
    at = local.astimezone(UTC)
    if entry is not None and entry.at is not None and entry.at.replace(second=0, microsecond=0) == at:
        return When(entry.at, told.precision, entry.zone)
    return When(at, told.precision, zone)


def time_faults(told: forms.Time, zone: str, now: datetime) -> dict[str, str]:
    """Why a time cannot be when something happened: the clocks left it out, or it is still to come."""
    if told.day is None or told.time is None or told.precision is Precision.UNKNOWN:
        return {}
    local = datetime.combine(told.day, told.time, ZoneInfo(zone))
    if local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        return {"time": f"The clocks of {zone} left that time out on that day. Choose one before or after it."}
    if local > now + AHEAD:
        return {"time": f"That is still to come: in {zone} it is {now.astimezone(ZoneInfo(zone)):%d %b, %H:%M}."}
    return {}
