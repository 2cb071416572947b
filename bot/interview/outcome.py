"""What comes of an event? Nothing, for a reason; or somebody is active; or the document shows something else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.interview.replacing import replace
from bot.interview.state import Interview


@dataclass(frozen=True, slots=True)
class Ignored:
    """Why an event changed nothing: a code that a message template turns into a sentence."""

    why: str


def active(interview: Interview, at: datetime) -> Interview:
    latest = at if interview.active_at is None else max(at, interview.active_at)
    return replace(interview, active_at=latest, reminded=0)


def altered(interview: Interview, at: datetime) -> Interview:
    """Something that the document shows is different now."""
    return active(replace(interview, revision=interview.revision + 1, changed_at=at), at)
