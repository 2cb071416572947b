"""Was it done while people still remembered?"""

from __future__ import annotations

from datetime import timedelta

from bot.interview.state import Stage
from bot.report.checks.rule import HOLDS, Found, Matter, Rule, Verdict, waits, weak
from bot.report.times import span

#: Begun so soon after the end (template, usage notes: within 24 hours of the resolution).
STARTED_WITHIN = timedelta(hours=24)
#: Older than this, what people remember grows stale (procedure, step 5: delays beyond a week).
FRESH_FOR = timedelta(days=7)
NO_END = "Nobody knows when the incident was over."


def started(matter: Matter) -> Verdict:
    """Begun within 24 hours of the end (template, usage notes)."""
    if matter.end is None:
        return waits(NO_END)
    late = matter.interview.started_at - matter.end.at
    return HOLDS if late <= STARTED_WITHIN else weak(Found(f"It was begun {span(late)} after the end"))


def fresh(matter: Matter) -> Verdict:
    """Written within a week of the end (procedure, step 5)."""
    if matter.end is None:
        return waits(NO_END)
    written = matter.interview.written_at if matter.interview.stage is Stage.WRITTEN else None
    age = (written or matter.now) - matter.end.at
    if age > FRESH_FOR:
        done = "It was written" if written else "It is not written yet,"
        return weak(Found(f"{done} {span(age)} after the end"))
    return HOLDS if written else waits("It is not written yet.")


RULES = (
    Rule(
        "started",
        "It was begun within 24 hours of the end",
        "Next time: accept the offer once the channel says that it is resolved.",
        started,
        can_bind=False,
    ),
    Rule(
        "fresh",
        "It was written within a week",
        "Write it now, with what is known; what is missing can be added for two weeks.",
        fresh,
        can_bind=False,
    ),
)
