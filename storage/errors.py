"""What the rows can answer instead of doing as asked; a database that cannot be used is `bot.errors.DatabaseFault`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import PostmortemError


@dataclass(eq=False)
class UnknownPostmortem(PostmortemError):
    """There is no postmortem {id}."""

    id: int


@dataclass(eq=False)
class UnknownItem(PostmortemError):
    """There is no action item {number}."""

    number: str


@dataclass(eq=False)
class Stale(PostmortemError):
    """The postmortem {id} was changed by somebody else in the meantime."""

    id: int


@dataclass(eq=False)
class AlreadyRunning(PostmortemError):
    """{number} is already running here, led by {facilitator}."""

    id: int
    number: str
    channel: str
    thread_ts: str | None
    facilitator: str


@dataclass(eq=False)
class Fenced(PostmortemError):
    """Somebody else has taken over the postmortem {id}; what was done here must not be saved."""

    id: int
