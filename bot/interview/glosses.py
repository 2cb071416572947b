"""Which messages does a second mind miss on the timeline? It names them by their ids, and a person puts them there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.interview.conclusions import Standing, Thought
from bot.interview.state import Interview, Stage
from bot.interview.thoughts import Purpose

#: So many are shown at once, the first in time.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Missing:
    """A message that is not on the timeline, and what it tells in a few words that are not its own."""

    ts: str
    gloss: str
    user: str | None


def wanted_gloss(interview: Interview, at: datetime) -> tuple[Thought, ...]:
    """Once, when the record was read and the questions begin."""
    known = any(t.purpose is Purpose.GLOSS for t in interview.thoughts)
    if known or interview.stage is not Stage.ASKING or not interview.counts.messages:
        return ()
    return (Thought("gloss-1", Purpose.GLOSS, at),)


def missing(interview: Interview) -> tuple[str, tuple[Missing, ...]]:
    """The thought's name, and what it misses; nothing once somebody has answered it or the document is written."""
    if interview.stage not in (Stage.ASKING, Stage.REVIEWING):
        return "", ()
    for thought in interview.thoughts:
        if thought.purpose is Purpose.GLOSS and thought.standing is Standing.CAME and thought.sayings:
            found = [
                Missing(s.about, s.text, next((g.user for g in s.grounds if g.ts == s.about), None))
                for s in thought.sayings
                if s.about
            ]
            return thought.key, tuple(sorted(found, key=lambda each: each.ts)[:SHOWN])
    return "", ()
