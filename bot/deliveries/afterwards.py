"""What do people say of a document that is written? Shared, approved, a day for the review: each becomes an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.deliveries.replies import Replies
from bot.errors import PostmortemError
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.outcome import Ignored
from bot.interview.state import Interview
from bot.showing import Showing
from bot.slack import after_modals as forms
from bot.slack import inbound
from bot.slack.forms import postmortem_of
from bot.slack.ids import Callback
from bot.slack.room import Room
from storage.database import Database
from storage.errors import UnknownPostmortem
from storage.inbox import Delivery

log = structlog.get_logger()

#: A day without a time counts from its middle.
NOON = time(12)


@dataclass
class Afterwards:
    """Hears the forms of what comes after the document."""

    database: Database
    facilitator: Facilitator
    room: Room
    replies: Replies
    showing: Showing
    clock: Clock

    def faults(self, view: Mapping[str, Any]) -> Mapping[str, str]:
        """What is wrong with a form, by block."""
        try:
            with self.database.reading() as unit:
                interview, _ = unit.postmortems.load(postmortem_of(view))
        except UnknownPostmortem:
            return {}
        found = forms.after_faults(view, self._today(interview))
        if found or view.get("callback_id") != Callback.SHARES:
            return found
        unmet = self.showing.unmet(interview.id)
        return {"where": f"It is a draft until {unmet}, so it can't be called shared yet."} if unmet else {}

    def hear(self, delivery: Delivery, heard: inbound.Submission, interview: Interview) -> None:
        """Says of a postmortem what a member of its channel sent."""
        now = self.clock.now()
        result = self.facilitator.apply(
            interview.id,
            self._event(heard, interview, now),
            also=lambda unit, _: unit.inbox.heard(delivery.key, now),
        )
        if isinstance(result, Ignored):
            self.replies.whisper_why(interview.channel, heard.user, interview.thread_ts, result.why)
        else:
            self.facilitator.wake(interview.id)
        self.show_again(heard.view, interview.id)

    def _event(self, heard: inbound.Submission, interview: Interview, now: datetime) -> ev.Event:
        match heard.callback:
            case Callback.SHARES:
                told = forms.read_share(heard.view, self._today(interview))
                at = now if told.day is None else datetime.combine(told.day, NOON, ZoneInfo(interview.zone))
                return ev.SharedWith(told.where, at.astimezone(UTC), heard.user, now)
            case Callback.APPROVE:
                approving = forms.read_approve(heard.view)
                return ev.Approved(approving.role, heard.user, now, approving.taken_back)
            case _:
                chosen = forms.read_follow_up(heard.view)
                return ev.FollowUpPlanned(chosen or self._today(interview), heard.user, now)

    def _today(self, interview: Interview) -> date:
        return self.clock.now().astimezone(ZoneInfo(interview.zone)).date()

    def show_again(self, view: Mapping[str, Any], postmortem: int) -> None:
        """Brings the checklist below a form up to date, when the form was opened from there."""
        below = str(view.get("previous_view_id") or "")
        if not below:
            return
        try:
            self.room.update_view(below, self.showing.checklist(postmortem))
        except PostmortemError as err:
            # It was closed, or Slack is slow; whoever opens it again sees what stands.
            log.info("list.not_shown_again", why=type(err).__name__)
