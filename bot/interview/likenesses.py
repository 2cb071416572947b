"""How is this incident like the past ones that the search found, and how is it not? Told beside them, if at all."""

from __future__ import annotations

from datetime import datetime

from bot.interview.conclusions import Role, Saying, Standing, Thought
from bot.interview.state import SIMILAR, Interview, Stage
from bot.interview.thoughts import Purpose


def wanted_likeness(interview: Interview, at: datetime) -> tuple[Thought, ...]:
    """Once for the same past incidents, while the questions are raised."""
    numbers = similar_numbers(interview)
    if not numbers or interview.stage is not Stage.ASKING:
        return ()
    key = f"similar-{'-'.join(numbers)}"
    known = any(t.purpose is Purpose.SIMILAR for t in interview.thoughts)
    return () if known else (Thought(key, Purpose.SIMILAR, at, 0, "", ",".join(numbers)),)


def similar_numbers(interview: Interview) -> tuple[str, ...]:
    """The numbers of the past incidents that the receipt names."""
    return tuple(fact.text for name in SIMILAR if (fact := interview.fact(name)) is not None)


def likenesses(interview: Interview) -> tuple[Saying, ...]:
    """What was said of those past incidents that are still named, one sentence for each."""
    named = similar_numbers(interview)
    return tuple(
        saying
        for thought in interview.thoughts
        if thought.purpose is Purpose.SIMILAR and thought.standing is Standing.CAME
        for saying in thought.of(Role.STATEMENT)
        if saying.about in named
    )
