"""What of a channel belongs to the incident? All of it, what was written in a window of time, or one thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: Past so many messages, or so long a history, people say first what belongs to the incident.
MANY = 2000
LONG = timedelta(days=14)
#: How long before a window the threads may have begun that are looked through for replies in it.
THREADS_FROM = timedelta(days=14)
#: Begins a cursor of our own: the page ends before the `ts` that follows.
BEFORE = "before:"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The whole channel where nothing is set. `start` and `end` are aware UTC; `root` is the ts of a thread's root."""

    root: str = ""
    start: datetime | None = None
    end: datetime | None = None

    @property
    def oldest(self) -> str:
        """From which `ts` on messages belong; empty: from the first on."""
        return stamp(self.start) if self.start is not None else ""

    @property
    def roots_from(self) -> str:
        """From which `ts` on the roots of threads are looked for."""
        return stamp(self.start - THREADS_FROM) if self.start is not None else ""

    def latest(self, opening: str) -> str:
        """Up to which `ts` the channel is read; the bot's own first message ends every reading."""
        end = stamp(self.end) if self.end is not None else ""
        return min(filter(None, (end, opening)), default="")

    def holds(self, ts: str, thread_ts: str | None) -> bool:
        """Whether a message is of the thread, or was written in the window."""
        if self.root:
            return self.root in (ts, thread_ts)
        return self.oldest <= ts and (self.end is None or ts <= stamp(self.end))

    def scope(self, channel: str) -> str:
        """What tells it from everything else that could be reviewed in that channel; one at a time runs in each."""
        if self.root:
            return f"{channel}/{self.root}"
        if self.start is None and self.end is None:
            return channel
        return f"{channel}/{self.oldest}-{stamp(self.end) if self.end is not None else ''}"


#: The whole channel.
WHOLE = Bounds()


def stamp(moment: datetime) -> str:
    """The `ts` of a message that would be posted at that moment; they sort like moments."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{since // timedelta(seconds=1):010d}.{since % timedelta(seconds=1) // timedelta(microseconds=1):06d}"


def moment_of(ts: str) -> datetime:
    """The moment that a `ts` names, in UTC."""
    seconds, _, micros = ts.partition(".")
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds), microseconds=int(micros or 0))


def too_much(messages: int, oldest: str, newest: str) -> bool:
    """Whether a channel holds more than one incident is likely to need."""
    if messages > MANY:
        return True
    return bool(oldest and newest) and moment_of(newest) - moment_of(oldest) > LONG
