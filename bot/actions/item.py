"""What is an action item once it is kept: a number, its own words, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.actions.due import clock_in
from bot.actions.values import Owner, Priority
from bot.interview.state import Workspace


class Status(StrEnum):
    """What became of an item."""

    OPEN = "open"
    DONE = "done"
    #: People decided not to do it, and said why.
    DROPPED = "dropped"


class Met(StrEnum):
    """Whether an item that is done did what its measure says."""

    YES = "yes"
    NO = "no"
    #: It is too early to say; asked again at the follow-up review.
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An item that is none any more, and the message that it was said in; its number is given to no other."""

    number: str
    source_ts: str


@dataclass(frozen=True, slots=True)
class Item:
    """One action item. Its number (AI-007) is unique in the workspace; moments are aware UTC, days are the owner's."""

    number: str
    postmortem_id: int
    workspace: Workspace
    text: str
    #: The message that it was said in, and its place among that message's items; None once its line is gone.
    source_ts: str
    source_index: int | None
    created_at: datetime
    #: Where the postmortem is held, and who leads it: asked when the item has no owner.
    channel: str
    facilitator: str
    owner: Owner | None = None
    due: date | None = None
    #: The words that gave the day, or that named none for certain.
    due_words: str | None = None
    #: False where people mean different days by the words: show the day and ask.
    due_sure: bool = True
    priority: Priority | None = None
    #: How its author will know that it worked.
    measure: str | None = None
    status: Status = Status.OPEN
    #: Why it was dropped, or what was said when it was done.
    reason: str = ""
    snoozed_until: date | None = None
    closed_at: datetime | None = None
    #: Who said that it is done, or that it won't be.
    closed_by: str | None = None
    #: Where it is tracked, as somebody entered it.
    link: str | None = None
    #: The Slack user who stands up for it where it is urgent.
    sponsor: str | None = None
    #: Whether its measure was met, once it is done; None: nobody has said.
    met: str | None = None

    @property
    def due_time(self) -> str:
        """The time of the day by which it is due, as it was typed; empty where nobody named one."""
        return clock_in(self.due_words or "") if self.due is not None else ""
