"""Who does the work, and when is it woken? Bounded pools of threads; a wake that comes during the work is not lost."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger()

#: Threads per pool. Their sum bounds the database connections that the bot needs.
CONVERSATION = 8
READING = 3
#: Whoever thinks waits for an answer from elsewhere nearly all of the time.
THINKING = 12
#: Whoever makes a PDF takes seconds of a processor: one at a time.
FILES = 1
#: So many of them may do what nobody waits for at this moment: a press always finds a thread that is free.
UNHURRIED = {"conversation": 4, "reading": READING, "thinking": THINKING, "files": FILES}
#: Seconds after which what nobody waits for is done all the same, in its turn among what somebody waits for.
PUT_OFF = 1.0

#: Some work; what it gives back is left to do when nobody waits for a worker, and keeps its key until then.
Work = Callable[[], "Work | None"]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits for a thread."""

    key: str
    work: Work
    #: Until when it may be put off while others wait for what is done elsewhere, by the monotonic clock.
    until: float
    #: It is what is left of work that was done for the greater part.
    rest: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """What waits for a thread of one pool, each as it came: what somebody waits for at this moment, and all else."""

    first: deque[_Waiting] = field(default_factory=deque)
    later: deque[_Waiting] = field(default_factory=deque)

    def __bool__(self) -> bool:
        return bool(self.first or self.later)


class Hold:
    """A key that a caller works on in its own thread, if it was free."""

    def __init__(self, free: bool) -> None:
        self.free = free
        #: What a worker is to do at the end, first of all and before anybody else gets the key.
        self.rest: Work | None = None


class Workers:
    """Runs each piece of work once at a time per key; a key that is woken meanwhile runs once more afterwards."""

    def __init__(self, on_error: Callable[[str, BaseException], None] | None = None) -> None:
        self._pools = {
            "conversation": ThreadPoolExecutor(CONVERSATION, "conversation"),
            "reading": ThreadPoolExecutor(READING, "reading"),
            "thinking": ThreadPoolExecutor(THINKING, "thinking"),
            "files": ThreadPoolExecutor(FILES, "files"),
        }
        self._lock = threading.Lock()
        self._running: set[str] = set()
        self._again: dict[str, tuple[Work, str, bool]] = {}
        self._lines = {name: _Line() for name in self._pools}
        #: How many do what somebody waits for in threads that are not of these pools.
        self._hurrying = 0
        #: How many threads of each pool do what nobody waits for at this moment.
        self._unhurried = dict.fromkeys(self._pools, 0)
        #: What the thread that looks is doing.
        self._mine = threading.local()
        #: How many threads of each pool are at work at this moment.
        self._at_work = dict.fromkeys(self._pools, 0)
        self._closed = False
        self._on_error = on_error
        self._idle = threading.Condition(self._lock)

    def submit(self, key: str, work: Work, pool: str = "conversation", *, first: bool = False) -> None:
        """Does the work soon; while the same key is at work, once more after it.

        With `first`, before all that nobody waits for at this moment.
        """
        with self._lock:
            if self._closed:
                return
            if key in self._running:
                self._again[key] = (work, pool, first)
                return
            self._running.add(key)
        self._start(key, work, pool, first)

    @contextmanager
    def holding(self, key: str) -> Iterator[Hold]:
        """Does work of that key in the caller's own thread, unless it is at work elsewhere.

        While it lasts, a wake of the key waits as it does for a worker.
        """
        with self._lock:
            free = key not in self._running
            if free:
                self._running.add(key)
        hold = Hold(free)
        try:
            yield hold
        finally:
            if hold.rest is not None:
                self._start(key, hold.rest, "conversation", True)
            elif free:
                self._ended(key)

    @contextmanager
    def hurrying(self) -> Iterator[None]:
        """While somebody waits for what the caller does in its own thread, nothing is begun that nobody waits for."""
        with self._lock:
            self._hurrying += 1
        try:
            yield
        finally:
            with self._lock:
                self._hurrying -= 1
                over = not self._hurrying and not self._closed
                put_off = {pool: len(line.later) for pool, line in self._lines.items()} if over else {}
            for pool, count in put_off.items():
                for _ in range(min(count, UNHURRIED[pool])):
                    self._started(pool)

    def somebody_waits(self, pool: str = "conversation") -> bool:
        """Whether somebody waits for a worker of that pool, or for what is done in a thread of its own."""
        with self._lock:
            return not self._closed and (self._hurrying > 0 or bool(self._lines[pool].first))

    def _start(self, key: str, work: Work, pool: str, first: bool, *, rest: bool = False) -> None:
        waiting = _Waiting(key, work, time.monotonic() + PUT_OFF, rest)
        with self._lock:
            line = self._lines[pool]
            (line.first if first else line.later).append(waiting)
        if not self._started(pool):
            with self._lock:
                self._running.discard(key)
                self._idle.notify_all()

    def _started(self, pool: str) -> bool:
        """Has a thread look at the pool's line; False when the pool was shut down between a check and here."""
        try:
            self._pools[pool].submit(self._next, pool)
        except RuntimeError:
            return False
        return True

    def _next(self, pool: str) -> None:
        """Does what is next in a pool's line, unless half of its threads are busy with what nobody waits for."""
        with self._lock:
            line = self._lines[pool]
            unhurried = not line.first or (bool(line.later) and time.monotonic() > line.later[0].until)
            if unhurried and not self._has_time(pool):
                unhurried = False
            if not (line.later if unhurried else line.first):
                return
            found = (line.later if unhurried else line.first).popleft()
            self._unhurried[pool] += unhurried
            self._at_work[pool] += 1
        self._mine.pool, self._mine.unhurried = pool, unhurried
        try:
            self._run(found.key, found.work, pool)
        finally:
            unhurried, self._mine.pool = self._mine.unhurried, None
            with self._lock:
                self._unhurried[pool] -= unhurried
                self._at_work[pool] -= 1
                self._idle.notify_all()
                # Somebody may have been sent away above, and nobody else would come for it.
                left = bool(unhurried and line) and not self._closed
            if left:
                self._started(pool)

    def _has_time(self, pool: str) -> bool:
        """Whether a thread may begin the next thing that nobody waits for."""
        later = self._lines[pool].later
        put_off = self._hurrying > 0 and bool(later) and time.monotonic() < later[0].until and not self._closed
        return not put_off and self._unhurried[pool] < UNHURRIED[pool]

    def may_linger(self) -> bool:
        """Whether the worker that asks may go on with what nobody waits for, instead of handing it over.

        It may not while somebody waits for a worker, and counts as one of those who are not hurried if it does.
        """
        pool = getattr(self._mine, "pool", None)
        if pool is None:
            return False
        with self._lock:
            if self._closed or self._lines[pool].first:
                return False
            if self._mine.unhurried:
                return True
            if self._unhurried[pool] >= UNHURRIED[pool]:
                return False
            self._unhurried[pool] += 1
            self._mine.unhurried = True
            return True

    def _run(self, key: str, work: Work, pool: str = "conversation") -> None:
        rest: Work | None = None
        try:
            rest = work()
            while rest is not None and self._closed:
                rest = rest()
        except BaseException as err:
            rest = None
            log.error("work.failed", work=key, error=type(err).__name__, exc_info=True)
            if self._on_error is not None:
                self._on_error(key, err)
        finally:
            if rest is None:
                self._ended(key)
            else:
                self._start(key, rest, pool, False, rest=True)

    def _ended(self, key: str) -> None:
        with self._lock:
            again = None if self._closed else self._again.pop(key, None)
            if again is None:
                self._running.discard(key)
                self._idle.notify_all()
        if again is not None:
            self._start(key, *again)

    def wait_until_calm(self, timeout: float, pool: str = "conversation") -> bool:
        """Waits until nothing of a pool is at work or waits for a thread; whether that came within `timeout` seconds.

        When the workers are closed it waits no longer.
        """
        with self._idle:
            return self._idle.wait_for(lambda: self._closed or not (self._lines[pool] or self._at_work[pool]), timeout)

    def settled(self, timeout: float) -> bool:
        """Waits until nothing is at work; whether that came true within `timeout` seconds."""
        with self._idle:
            return self._idle.wait_for(lambda: not self._running, timeout)

    def close(self, timeout: float = 10.0) -> None:
        """Takes no more work, and waits for what is under way or waited for by somebody, at most `timeout` seconds."""
        with self._lock:
            self._closed = True
            self._idle.notify_all()
            self._again.clear()
            # What nobody waits for is not begun any more: the rows say that it is owed. What was begun is ended.
            for line in self._lines.values():
                self._running -= {each.key for each in line.later if not each.rest}
                line.first.extend(each for each in line.later if each.rest)
                line.later.clear()
            left = {name: len(line.first) for name, line in self._lines.items()}
        for name, count in left.items():
            for _ in range(count):
                self._started(name)
        for pool in self._pools.values():
            pool.shutdown(wait=False)
        with self._idle:
            self._idle.wait_for(lambda: not self._running, timeout)
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
