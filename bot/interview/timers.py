"""When does something happen by itself? The end of an answer's quiet time, and the reminders of a stalled interview."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.interview.filing import filed
from bot.interview.plan import Limits
from bot.interview.state import Interview, Stage

#: A stalled interview is mentioned to its facilitator after these many working days.
REMIND_AFTER_WORKING_DAYS = (1, 3)

#: The hour, in the team's zone, at which the facilitator is told that a follow-up review is due.
FOLLOW_UP_AT = time(9)


def quiet_until(interview: Interview, limits: Limits) -> datetime | None:
    """When the bot moves on by itself; None while there is no answer, somebody pressed Wait, or only Next counts."""
    asked = interview.current
    if (
        asked is None
        or asked.held
        or limits.quiet_seconds == 0
        or interview.paused
        or interview.stage is not Stage.ASKING
    ):
        return None
    here = filed(interview, asked.position)
    if not any(not s.findings.chatter for s in here):
        return None
    latest = max(s.touched_at for s in interview.said)
    if interview.active_at is not None:
        latest = max(latest, interview.active_at)
    return latest + timedelta(seconds=limits.quiet_seconds)


def later_quiet(interview: Interview, limits: Limits) -> tuple[tuple[int, datetime], ...]:
    """When each open question about what the document leaves open counts as answered: (position, moment)."""
    if limits.quiet_seconds == 0 or interview.paused:
        return ()
    found = []
    for asked in interview.later:
        said = [s for s in filed(interview, asked.position) if not s.findings.chatter] if asked.closed is None else []
        if said:
            latest = max(s.touched_at for s in said)
            found.append((asked.position, latest + timedelta(seconds=limits.quiet_seconds)))
    return tuple(found)


def stalled_until(interview: Interview) -> datetime | None:
    """When the facilitator is reminded next; None while nothing is stalled or both reminders are out.

    After a long silence of the bot's own the second reminder still keeps its distance from the first.
    """
    if interview.paused or interview.active_at is None:
        return None
    waits_for_window = interview.stage is Stage.READING and interview.reading.phase == "window"
    if interview.stage not in (Stage.ASKING, Stage.REVIEWING) and not waits_for_window:
        return None
    if interview.reminded >= len(REMIND_AFTER_WORKING_DAYS):
        return None
    at = working_days_after(interview.active_at, REMIND_AFTER_WORKING_DAYS[interview.reminded], interview.zone)
    first = next((p for p in reversed(interview.posts) if p.key.startswith("stall-1-")), None)
    if interview.reminded and first is not None:
        between = REMIND_AFTER_WORKING_DAYS[1] - REMIND_AFTER_WORKING_DAYS[0]
        at = max(at, working_days_after(first.posted_at, between, interview.zone))
    return at


def follow_up_due(interview: Interview) -> datetime | None:
    """When the facilitator is told that the day of the follow-up review has come; None while nothing is to be told."""
    follow_up = interview.follow_up
    if interview.stage is not Stage.WRITTEN or follow_up.day is None or follow_up.held_at is not None:
        return None
    if follow_up.told == follow_up.day:
        return None
    return datetime.combine(follow_up.day, FOLLOW_UP_AT, ZoneInfo(interview.zone)).astimezone(UTC)


def working_days_after(moment: datetime, days: int, zone: str) -> datetime:
    """The same time of day, `days` working days (Monday to Friday in `zone`) later; aware UTC in and out."""
    local = moment.astimezone(ZoneInfo(zone))
    left = days
    while left:
        local += timedelta(days=1)
        if local.weekday() < 5:
            left -= 1
    return local.astimezone(UTC)
