"""What became of it once it was written: did others read it, is it tracked, will anybody look again?"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.actions.values import Priority
from bot.interview.state import Stage
from bot.report.checks.dates import NO_END
from bot.report.checks.rule import HOLDS, Found, Matter, Mend, Rule, Verdict, each_item, listed, waits, weak
from bot.report.checks.tasks import NO_ITEMS
from bot.report.times import day, span

#: Shared so soon after the end (procedure, step 5 and validation: within 48 hours).
SHARED_WITHIN = timedelta(hours=48)
#: Tracked so soon after it was written (ML prompt: in a tracking system within 24 hours of the post-mortem).
TRACKED_WITHIN = timedelta(hours=24)
#: When the follow-up review is offered (procedure, validation: four weeks out; template: 30 days after the incident).
REVIEWED_AFTER = timedelta(weeks=4)
#: A review later than this is none: the weekly reminders have long gone quiet. Half as long again as it is asked for.
REVIEWED_BEFORE = timedelta(weeks=6)
#: A day for it is chosen while the document is fresh (procedure, step 5: more than a week is stale).
PLANNED_WITHIN = timedelta(weeks=1)
#: What is urgent enough to need somebody who stands up for it (procedure, step 6: high-priority items).
URGENT = (Priority.P0, Priority.P1)
#: Who approves, by role (template, approvals).
ROLES = ("Author", "Technical reviewer", "Manager", "On-call lead")
NOT_WRITTEN = "It is not written yet."


def shared(matter: Matter) -> Verdict:
    """Shared within 48 hours of the end (procedure, step 5)."""
    shares, end = matter.interview.shares, matter.end
    if _written(matter) is None:
        return waits(NOT_WRITTEN)
    if end is None:
        return HOLDS if shares else waits(NO_END)
    if shares:
        late = min(each.at for each in shares) - end.at
        return HOLDS if late <= SHARED_WITHIN else weak(Found(f"It was shared {span(late)} after the end"))
    age = matter.now - end.at
    if age <= SHARED_WITHIN:
        return waits(f"Nobody has said that it was shared; {span(SHARED_WITHIN - age)} are left.", early=True)
    return weak(Found(f"Nobody has said that it was shared, {span(age)} after the end"))


def tracked(matter: Matter) -> Verdict:
    """Every open action has its ticket within 24 hours (ML prompt; procedure, validation: in a ticketing system)."""
    written = _written(matter)
    if not matter.items:
        return waits(NO_ITEMS)
    found = each_item(matter.open_items, lambda i: not i.tracker, "has", "have", "no link to a ticket")
    if found.found and (written is None or matter.now - written <= TRACKED_WITHIN):
        return waits(f"{'; '.join(found.brief)}; a day after it is written they are missed.", early=written is not None)
    return found


def sponsors(matter: Matter) -> Verdict:
    """Every open action of high priority has a sponsor (procedure, step 6)."""
    if not matter.items:
        return waits(NO_ITEMS)
    urgent = [item for item in matter.open_items if item.priority in URGENT]
    return each_item(urgent, lambda i: not i.sponsor, "has", "have", "no sponsor")


def follow_up(matter: Matter) -> Verdict:
    """A review is planned about four weeks out (procedure, validation; template: follow-up date).

    The list offers it from the first day on, and misses it after a week.
    """
    written, planned = _written(matter), matter.interview.follow_up
    if written is None:
        return waits(NOT_WRITTEN)
    if planned.held_at is not None:
        return HOLDS
    if planned.day is None:
        left = PLANNED_WITHIN - (matter.now - written)
        if left > timedelta():
            return waits(f"No day is planned; {span(left)} are left to choose one.", early=True)
        return weak(Found("No day is planned"))
    later = planned.day - written.date()
    if later > REVIEWED_BEFORE:
        return weak(Found(f"It is planned for {day(planned.day)}, {later.days // 7} weeks after it was written"))
    return HOLDS


def approvals(matter: Matter) -> Verdict:
    """Approved in each role (template, approvals).

    Held against nobody where no place of the document asks for approvals and nobody has begun to give them, nor before
    those who are to approve have had it for as long as it may take to share it.
    """
    written, given = _written(matter), {each.role for each in matter.interview.approvals}
    if written is None:
        return waits(NOT_WRITTEN)
    missing = [role for role in ROLES if role not in given]
    if not missing:
        return HOLDS
    if not given and not matter.wants_approvals:
        return waits("This kind of document asks for none; one that is given all the same is kept.", early=True)
    left = SHARED_WITHIN - (matter.now - written)
    if left > timedelta():
        return waits(f"{listed(missing)}: nobody yet; {span(left)} are left.", early=True)
    return weak(*(Found(f"{role}: nobody yet", role) for role in missing))


def met(matter: Matter) -> Verdict:
    """What was done did what its measure says (template, usage notes: follow up on prevention measures)."""
    done = [item for item in matter.items if item.status == "done" and item.measure]
    failed = each_item(
        done, lambda i: i.met == "no", "was done, and its measure was", "were done, and their measures were", "not met"
    )
    if failed.found:
        return failed
    unsaid = [item.number for item in done if item.met != "yes"]
    if unsaid:
        return waits(f"Nobody has said whether the measure was met of {', '.join(unsaid)}.")
    return HOLDS if done else waits("No action is done yet.")


def _written(matter: Matter) -> datetime | None:
    return matter.interview.written_at if matter.interview.stage is Stage.WRITTEN else None


RULES = (
    Rule(
        "sponsors",
        "Every action of high priority has a sponsor",
        "Choose who stands up for it when something else comes first.",
        sponsors,
        Mend.ITEMS,
    ),
    Rule(
        "tracked",
        "Every action is in a tracker",
        "Enter its link, or write in the thread: AI-007 and the link; a day after the document is time enough.",
        tracked,
        Mend.ITEMS,
    ),
    Rule(
        "met",
        "What was done did what it was meant to",
        "Open the action again, or name a better one.",
        met,
        Mend.ITEMS,
        can_bind=False,
    ),
    Rule(
        "shared",
        "It was shared within 48 hours of the end",
        "Say to whom it was given; if to nobody yet, give it to those who were affected.",
        shared,
        Mend.SHARES,
        can_bind=False,
    ),
    Rule(
        "follow_up",
        "A follow-up review is planned, about four weeks out",
        "Choose a day: the facilitator is told in the morning.",
        follow_up,
        Mend.FOLLOW_UP,
    ),
    Rule(
        "approvals",
        "It is approved in every role",
        "Ask them to read it and to press *Approve* here.",
        approvals,
        Mend.APPROVALS,
    ),
)
