"""What does an interview keep of thoughts: which were asked for, what came of each, and what was made of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.interview.thoughts import Purpose


class Standing(StrEnum):
    """What became of a thought."""

    #: Somebody is to think it, or is at it.
    WANTED = "wanted"
    #: It came, and nothing was made of it yet.
    CAME = "came"
    USED = "used"
    #: It came too late, was of something that has changed since, or a person did not want it; `why` says which.
    DROPPED = "dropped"
    #: Nothing came; `why` is a word of `thoughts.Unavailable`.
    FAILED = "failed"


class Role(StrEnum):
    """What a saying is for."""

    STATEMENT = "statement"
    QUESTION = "question"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Ground:
    """Words that a saying rests on: the message or answer that they stand in, and who wrote them."""

    ts: str
    words: str
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of a thought, as it was checked; it goes when a message that it rests on is deleted."""

    text: str
    role: Role = Role.STATEMENT
    grounds: tuple[Ground, ...] = ()
    #: What it is about: the id of a line, or a section's.
    about: str = ""
    #: Of an item: a Slack user, and the words that say until when.
    owner: str | None = None
    due_words: str = ""


@dataclass(frozen=True, slots=True)
class Thought:
    """One thought of a second mind, for one purpose; `key` names it for good."""

    key: str
    purpose: Purpose
    wanted_at: datetime
    #: The question that was open when it was asked for; where it failed, the one under which that is told. 0: none.
    position: int = 0
    #: The question, reply or section that it is about.
    about: str = ""
    #: The digest of the words that it was asked of: when they change, what comes is of no use.
    basis: str = ""
    standing: Standing = Standing.WANTED
    why: str = ""
    ended_at: datetime | None = None
    by: str = ""
    sayings: tuple[Saying, ...] = ()
    #: Of a critique: the answer has what it needs.
    enough: bool = False
    #: How many statements the checks took out.
    dropped: int = 0

    def of(self, role: Role) -> tuple[Saying, ...]:
        return tuple(saying for saying in self.sayings if saying.role is role)

    @property
    def open(self) -> bool:
        """Whether something may still come of it."""
        return self.standing in (Standing.WANTED, Standing.CAME)
