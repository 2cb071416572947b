"""Which thoughts does an interview want now, and of which can nothing come any more?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.interview import offers
from bot.interview.conclusions import Standing, Thought
from bot.interview.glosses import wanted_gloss
from bot.interview.likenesses import wanted_likeness
from bot.interview.plan import Limits
from bot.interview.replacing import replace
from bot.interview.reviews import ASKING, wanted_reviews
from bot.interview.script import Script
from bot.interview.state import Interview, Stage
from bot.interview.thinking import critique, ended, question, too_late
from bot.interview.thoughts import Purpose


def with_wanted(script: Script, interview: Interview, limits: Limits, at: datetime) -> Interview:
    """The interview with what it wants to be thought now, and without what has become useless meanwhile."""
    thoughts = tuple(_lapsed(interview, thought, at) for thought in interview.thoughts)
    if thoughts != interview.thoughts:
        interview = replace(interview, thoughts=thoughts)
    if interview.claude != "on" or interview.paused or any(t.why == "budget_postmortem" for t in thoughts):
        return interview
    asks = (*critique(script, interview, limits, at), *question(script, interview, limits, at))
    kept = (
        *offers.wanted_offers(script, interview, at),
        *wanted_gloss(interview, at),
        *wanted_likeness(interview, at),
        *wanted_reviews(script, interview, at),
    )
    for thought in (*asks, *kept):
        interview = replace(interview, thoughts=(*_without_rivals(interview.thoughts, thought, at), thought))
    return interview


def _lapsed(interview: Interview, thought: Thought, at: datetime) -> Thought:
    """A thought of which nothing can come any more is dropped, and says why."""
    if not thought.open:
        return thought
    if interview.claude != "on":
        return ended(thought, Standing.DROPPED, "off", at)
    if thought.purpose in (Purpose.CRITIQUE, Purpose.QUESTION):
        return ended(thought, Standing.DROPPED, "late", at) if too_late(interview, thought) else thought
    if thought.purpose in ASKING:
        return ended(thought, Standing.DROPPED, "late", at) if interview.stage is not Stage.REVIEWING else thought
    why = offers.lapsed(interview, thought)
    return ended(thought, Standing.DROPPED, why, at) if why else thought


def _without_rivals(thoughts: Sequence[Thought], fresh: Thought, at: datetime) -> tuple[Thought, ...]:
    """What was wanted of the same answer before more was written is not waited for."""
    return tuple(
        ended(t, Standing.DROPPED, "superseded", at)
        if fresh.purpose is Purpose.CRITIQUE and t.open and (t.purpose, t.position) == (fresh.purpose, fresh.position)
        else t
        for t in thoughts
    )
