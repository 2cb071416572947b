"""What may somebody do by a message in a channel?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What a message does for an incident of its channel: the most important of what it does."""

    #: Nothing: talk, other work, thanks.
    CHATS = "chats"
    #: Speaks of harm, repairs or ends that are no incident of this channel now: a drill, a plan, an old one, a laptop.
    ELSEWHERE = "elsewhere"
    #: A tool raises an alarm of the incident.
    ALERTS = "alerts"
    #: A tool takes it back.
    CLEARS = "clears"
    #: Says that something is broken, or who is hit.
    HARM = "harm"
    #: Asks about the incident.
    ASKS = "asks"
    TAKES_ON = "takes_on"
    #: Says what was seen while looking, and what it is not.
    FINDS = "finds"
    SUSPECTS = "suspects"
    #: Says what it was.
    EXPLAINS = "explains"
    DECIDES = "decides"
    #: Does something about it, without a word that it helped.
    MENDS = "mends"
    #: Tells of the change that led to it.
    CHANGED = "changed"
    #: Says that it works again, in part or whole.
    RECOVERS = "recovers"
    #: Says that it is over.
    CLOSES = "closes"
    CALLS_IN = "calls_in"
    DECLARES = "declares"
    #: Informs those outside.
    TELLS = "tells"
    #: Says when it began.
    DATES = "dates"
    #: Names what is to be done later.
    PLANS = "plans"


ACTS = tuple(Act)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message among those of its channel."""

    at: datetime
    writer: str
    text: str
    #: Whether a tool wrote it, and not a person.
    tool: bool = False
    in_thread: bool = False
